import type {FunctionKind} from '../../model.ts';
import {checkView} from '../../access/index.ts';
import {instant, orAbsent, text, time, uuid, type Json, type Kind, type Row, type View} from '../kind.ts';
import type {Statement} from '../statement.ts';
import {functionEntity, SOURCES} from './function-entity.ts';
import {currentVersion, visiblePackages, visibleVersion} from './visible.ts';
import {notDeleted} from './user.ts';

/**
 * Functions: those that run in this host, and those that only the database knows (other packages, users' own). The
 * database's row of a function that runs here is not listed beside it; it is still found by its id.
 */
function functionsOf(kind?: FunctionKind): Kind {
  return {
    name: kind === 'DataQuery' ? 'query' : kind === 'Script' ? 'script' : 'function',
    source: (view, statement) => ({
      from: union(view, statement),
      where: kind ? [`t.kind = ${statement.bind(kind)}`] : [],
    }),
    columns: 't.id::text, t.running, t.kind, t.namespace, t.row, t.version_id, t.package_name',
    id: 't.id',
    order: 'lower(coalesce(t.friendly_name, t.name))',
    fields: {
      'id': uuid('t.id'), 'name': text('t.name'), 'shortname': text('t.name'), 'friendlyname': text('t.friendly_name'),
      'namespace': text('t.namespace'), 'nqname': text('t.namespace || t.name'), 'source': text('t.source'),
      'package.id': uuid('t.version_id'), 'package.name': text('t.package_name'),
      'package.shortname': text('t.package_name'), 'author.id': uuid('t.author_id'), 'author': uuid('t.author_id'),
      'createdon': time('t.created_on'), 'updatedon': time('t.updated_on'), 'description': text('t.description'),
      'tag': {sql: 't.tags', type: 'tags'}, 'tags': {sql: 't.tags', type: 'tags'},
    },
    words: ['t.name', 't.friendly_name'],
    entities: functionEntities,
    guard(id, {registry, caller}) {
      const running = registry.function(id);
      if (running)
        checkView(caller, running.package);
    },
  };
}

export const functions = functionsOf();
export const queries = functionsOf('DataQuery');
export const scripts = functionsOf('Script');

function union(view: View, statement: Statement): string {
  const running = visiblePackages(view).flatMap((one) => one.functions).map((one) => ({
    id: one.id, kind: one.kind, source: SOURCES[one.kind], name: one.name, friendly_name: one.friendlyName,
    description: one.description, namespace: `${one.package.name}:`, version_id: one.package.id,
    package_name: one.package.name, tags: one.tags,
  }));
  const taken = view.registry.allFunctions().map((one) => `${one.package.name}:${one.name}`.toLowerCase());
  return `(
    select r.id, true as running, r.kind, r.source, r.name, r.friendly_name, r.description, r.namespace, r.version_id,
      r.package_name, r.tags, null::uuid as author_id, null::timestamp as created_on, null::timestamp as updated_on,
      null::jsonb as row
    from jsonb_to_recordset(${statement.bind(JSON.stringify(running))}::jsonb) as r(id uuid, kind text, source text,
      name text, friendly_name text, description text, namespace text, version_id uuid, package_name text, tags text[])
    union all
    select known.* from (
      select f.id, false, ${KIND_OF_ROW}, f.source, f.name, f.friendly_name, f.description,
        coalesce(nullif(e.namespace, ''), pp.name || ':', '') as namespace, pp.id as version_id,
        pp.name as package_name,
        array(select tag::text from tags where entity_id = f.id), (to_jsonb(f)->>'author_id')::uuid,
        (to_jsonb(f)->>'created_on')::timestamp, (to_jsonb(f)->>'updated_on')::timestamp, to_jsonb(f)
      from funcs f left join entities e on e.id = f.id left join published_packages pp on pp.id = e.package_id
      where f.id <> all(${statement.bind(view.registry.allFunctions().map((one) => one.id))}::uuid[]) and
        ${notDeleted('f.id')} and ${visibleVersion(view, 'pp', statement)} and
        (${statement.bind(view.allVersions)}::boolean or ${currentVersion('pp')})
    ) known where ${statement.bind(view.allVersions)}::boolean or
      lower(known.namespace || known.name) <> all(${statement.bind(taken)}::text[])
  ) t`;
}

/** Class of a function in the core, by the words of `funcs.source`. */
const KIND_OF_ROW = `case when f.source in ('data-query', 'data-table-query') then 'DataQuery'
  when f.source = 'script' then 'Script' when f.source = 'function-package' then 'PackageFunc' else 'Func' end`;

async function functionEntities(rows: Row[], view: View): Promise<Json[]> {
  const stored = rows.filter((row) => !row.running);
  const details = await detailsOf(stored, view);
  return rows.map((row) => row.running ? functionEntity(view.registry.function(row.id)!) : storedEntity(row, details));
}

type Details = Record<'params' | 'tags' | 'queries' | 'scripts' | 'connections', Map<string, Row[]>>;

/** Parameters, tags and texts of functions that only the database knows. */
async function detailsOf(rows: Row[], view: View): Promise<Details> {
  const ids = rows.map((row) => row.id);
  const read = async (needed: boolean, sql: string) => {
    const found = new Map<string, Row[]>();
    const answer = needed && ids.length ? await view.pool.query<Row>(sql, [ids]) : {rows: []};
    for (const {owner, row} of answer.rows)
      found.set(owner, [...found.get(owner) ?? [], row]);
    return found;
  };
  const has = (kind: string) => rows.some((row) => row.kind === kind);
  const [params, tags, queries, scripts, connections] = await Promise.all([
    read(true, `select func_id::text as owner, to_jsonb(p) as row from func_params p
      where func_id = any($1::uuid[]) order by is_input desc, name, id`),
    read(true, `select entity_id::text as owner, jsonb_build_object('id', id, 'tag', tag) as row from tags
      where entity_id = any($1::uuid[]) order by tag, id`),
    read(has('DataQuery'), 'select id::text as owner, to_jsonb(q) as row from queries q where id = any($1::uuid[])'),
    read(has('Script'), 'select id::text as owner, to_jsonb(s) as row from scripts s where id = any($1::uuid[])'),
    read(has('DataQuery'), `select q.id::text as owner,
        jsonb_build_object('id', c.id, 'name', c.name, 'friendly_name', c.friendly_name,
          'data_source', c.data_source) as row
      from queries q join connections c on c.id = q.connection_id where q.id = any($1::uuid[])`),
  ]);
  return {params, tags, queries, scripts, connections};
}

function storedEntity(found: Row, details: Details): Json {
  const {id, kind, namespace, row, version_id: version, package_name: name} = found;
  const [query] = details.queries.get(id) ?? [];
  const [script] = details.scripts.get(id) ?? [];
  const [connection] = details.connections.get(id) ?? [];
  return {
    '#type': kind, id, 'name': row.name, 'friendlyName': row.friendly_name ?? row.name, namespace,
    'source': orAbsent(row.source), 'description': orAbsent(row.description), 'helpUrl': orAbsent(row.help_url),
    'topMenu': orAbsent(row.top_menu), 'options': row.options ?? {}, 'entityTags': details.tags.get(id) ?? [],
    'author': row.author_id ? {id: row.author_id} : undefined,
    'createdOn': instant(row.created_on), 'updatedOn': instant(row.updated_on),
    'package': version ? {'#type': 'GrokPublishedPackage', 'id': version, name} : undefined,
    'params': (details.params.get(id) ?? []).map(storedParam),
    ...query ? {query: query.query} : {},
    ...connection ? {connection: {
      '#type': 'DataConnection', 'id': connection.id, 'name': connection.name,
      'friendlyName': connection.friendly_name ?? connection.name, 'dataSource': connection.data_source ?? 'Postgres',
    }} : {},
    ...script ? {script: script.script, language: script.language} : {},
  };
}

export function storedParam(row: Row): Json {
  return {
    'id': row.id, 'name': row.name, 'propertyType': row.type ?? 'dynamic', 'propertySubType': orAbsent(row.sub_type),
    'isInput': row.is_input ?? true, 'isOptional': orAbsent(row.is_optional), 'nullable': orAbsent(row.nullable_raw),
    'description': orAbsent(row.description), 'semType': orAbsent(row.sem_type), 'options': row.options ?? {},
  };
}
