import {bool, instant, orAbsent, text, time, uuid, type Json, type Kind, type Row, type View} from '../kind.ts';
import {notDeleted} from './user.ts';
import {entityMention} from './class-names.ts';

/** Projects; `relations.entity` is sent when asked for. */
export const projects: Kind = {
  name: 'project',
  source: () => ({from: 'projects p left join entities e on e.id = p.id', where: [notDeleted('p.id')]}),
  columns: 'p.id::text, to_jsonb(p) as project, e.namespace',
  id: 'p.id',
  order: `lower(coalesce(nullif(p.friendly_name, ''), p.name))`,
  fields: {
    'id': uuid('p.id'), 'name': text('p.name'), 'shortname': text('p.name'), 'friendlyname': text('p.friendly_name'),
    'namespace': text('e.namespace'), 'isdashboard': bool('p.is_dashboard'), 'isroot': bool('p.is_root'),
    'isentity': bool('p.is_entity'), 'ispackage': bool('p.is_package'),
    'author': uuid(`(to_jsonb(p)->>'author_id')::uuid`), 'author.id': uuid(`(to_jsonb(p)->>'author_id')::uuid`),
    'createdon': time(`(to_jsonb(p)->>'created_on')::timestamp`),
    'updatedon': time(`(to_jsonb(p)->>'updated_on')::timestamp`),
  },
  words: ['p.name', 'p.friendly_name'],
  async entities(rows, view, include) {
    const relations = include.has('relations.entity') ? await relationsOf(rows, view) : new Map<string, Json[]>();
    return rows.map(({project, namespace}) => projectEntity(project, namespace, relations.get(project.id) ?? []));
  },
};

/** Some projects have an empty name; users know them by the friendly one. */
const projectEntity = (project: Row, namespace: string | null, relations: Json[]): Json => ({
  '#type': 'Project', 'id': project.id, 'name': project.name || project.friendly_name || '',
  'friendlyName': project.friendly_name || project.name || '', 'namespace': namespace ?? '',
  'description': orAbsent(project.description), 'isDashboard': project.is_dashboard ?? false,
  'isRoot': project.is_root ?? false, 'isEntity': project.is_entity ?? false, 'isPackage': project.is_package ?? false,
  'author': project.author_id ? {id: project.author_id} : undefined,
  'createdOn': instant(project.created_on), 'updatedOn': instant(project.updated_on), relations,
});

async function relationsOf(rows: Row[], view: View): Promise<Map<string, Json[]>> {
  const answer = await view.pool.query<Row>(`
    select r.id::text, r.project_id::text, (to_jsonb(r)->>'is_link')::boolean as is_link, e.id::text as entity_id,
      e.name, e.friendly_name, e.namespace, t.name as class
    from project_relations r join entities e on e.id = r.entity_id left join entity_types t on t.id = e.entity_type_id
    where r.project_id = any($1::uuid[]) and not e.is_deleted order by e.name, r.id`, [rows.map(({id}) => id)]);
  const found = new Map<string, Json[]>();
  for (const row of answer.rows) {
    const entity = entityMention({...row, id: row.entity_id});
    if (entity)
      found.set(row.project_id, [...found.get(row.project_id) ?? [],
        {'#type': 'ProjectRelation', 'id': row.id, 'isLink': row.is_link ?? false, entity}]);
  }
  return found;
}
