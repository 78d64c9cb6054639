import {bool, instant, orAbsent, text, time, uuid, type Json, type Kind, type Row, type View} from '../kind.ts';
import {notDeleted} from './user.ts';

/** Groups; the relations `children.child` and `parents.parent` are sent when asked for. */
export const groups: Kind = {
  name: 'group',
  source: () => ({from: 'groups g', where: [notDeleted('g.id')]}),
  columns: 'g.id::text, to_jsonb(g) as "group"',
  id: 'g.id',
  order: 'lower(g.friendly_name)',
  fields: {
    'id': uuid('g.id'), 'name': text('g.name'), 'shortname': text('g.name'), 'friendlyname': text('g.friendly_name'),
    'personal': bool('g.personal'), 'hidden': bool('g.hidden'),
    'isrole': bool('(to_jsonb(g)->>\'is_role\')::boolean'),
    'createdon': time('(to_jsonb(g)->>\'created_on\')::timestamp'),
  },
  words: ['g.name', 'g.friendly_name'],
  entities: async (rows, view, include) => {
    const entities = rows.map(({group}) => groupEntity(group));
    const ids = entities.map(({id}) => id as string);
    if (include.has('children.child'))
      attach(entities, 'children', await relations(view, ids, 'parent_id', 'child_id', 'child'));
    if (include.has('parents.parent'))
      attach(entities, 'parents', await relations(view, ids, 'child_id', 'parent_id', 'parent'));
    return entities;
  },
};

export function groupEntity(group: Row): Json {
  return {
    '#type': 'UserGroup', 'id': group.id, 'name': group.name ?? group.friendly_name,
    'friendlyName': group.friendly_name ?? group.name, 'description': orAbsent(group.description),
    'personal': group.personal ?? false, 'hidden': group.hidden ?? false, 'isRole': orAbsent(group.is_role),
    'createdOn': instant(group.created_on), 'updatedOn': instant(group.updated_on),
  };
}

/**
 * Direct relations of groups, one level: by the id of the group at `near`, with the group at the `far` end under the
 * key `role`. Whoever walks the nesting meets diamonds and cycles; a single level has none.
 */
async function relations(view: View, ids: string[], near: 'parent_id' | 'child_id', far: 'parent_id' | 'child_id',
  role: 'parent' | 'child'): Promise<Map<string, Json[]>> {
  const {rows} = await view.pool.query<Row>(`
    select r.id::text, r.${near}::text as near, to_jsonb(r) as relation, to_jsonb(g) as "group"
    from groups_relations r join groups g on g.id = r.${far}
    where r.${near} = any($1::uuid[]) and ${notDeleted('g.id')} order by lower(g.friendly_name), g.id`, [ids]);
  const found = new Map<string, Json[]>();
  for (const {id, near: owner, relation, group} of rows) {
    const item = {'#type': 'GroupRelation', id, 'isAdmin': relation.is_admin ?? false, [role]: groupEntity(group)};
    found.set(owner, [...found.get(owner) ?? [], item]);
  }
  return found;
}

function attach(entities: Json[], key: string, found: Map<string, Json[]>): void {
  for (const entity of entities)
    entity[key] = found.get(entity.id as string) ?? [];
}
