import type pg from 'pg';
import type {FunctionKind, FunctionSpec, PackageSpec} from '../model.ts';
import {inTransaction} from '../transaction.ts';
import {stableId} from './id.ts';

/** Words of `funcs.source` and classes of entities, by kind. */
const KINDS: Record<FunctionKind, {source: string, entityType: string}> = {
  DataQuery: {source: 'data-query', entityType: 'DataQuery'}, Script: {source: 'script', entityType: 'Script'},
  PackageFunc: {source: 'function-package', entityType: 'PackageFunc'},
};

/** One lock for all hosts on one database, so that two that start at once do not add the same rows. */
const LOCK = 7_201_935;

/**
 * Writes packages found in folders into the platform's tables, with their functions and parameters, as publishing them
 * would: what runs is logged under these ids, and can be named. Rows that are there are brought up to date; functions
 * that a version no longer has count as deleted.
 * @param beforeCommit runs when all is written and nothing is committed; when it throws, nothing is.
 */
export async function recordPackages(client: pg.ClientBase, packages: readonly PackageSpec[],
  beforeCommit?: () => void): Promise<void> {
  await inTransaction(client, async () => {
    await client.query('select pg_advisory_xact_lock($1)', [LOCK]);
    await addEntityTypes(client);
    for (const one of packages)
      await recordPackage(client, one);
    beforeCommit?.();
  });
}

async function addEntityTypes(client: pg.ClientBase): Promise<void> {
  const names = ['GrokPackage', 'GrokPublishedPackage', ...Object.values(KINDS).map(({entityType}) => entityType)];
  await client.query(`insert into entity_types (id, name)
    select w.id, w.name from unnest($1::uuid[], $2::text[]) as w (id, name)
    where not exists (select from entity_types t where t.name = w.name)`,
  [names.map((name) => stableId('entity type', name)), names]);
}

interface EntityRow {
  id: string;
  type: string;
  name: string;
  friendlyName: string;
  namespace: string | null;
  version: string | null;
}

async function addEntities(client: pg.ClientBase, rows: readonly EntityRow[]): Promise<void> {
  await client.query(`insert into entities (id, entity_type_id, name, friendly_name, namespace, package_id)
    select w.id, (select t.id from entity_types t where t.name = w.type order by t.id limit 1), w.name, w.friendly,
      w.namespace, w.version
    from unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::text[], $6::uuid[])
      as w (id, type, name, friendly, namespace, version)
    on conflict (id) do update set name = excluded.name, friendly_name = excluded.friendly_name,
      package_id = excluded.package_id, is_deleted = false`,
  [rows.map((r) => r.id), rows.map((r) => r.type), rows.map((r) => r.name), rows.map((r) => r.friendlyName),
    rows.map((r) => r.namespace), rows.map((r) => r.version)]);
}

async function recordPackage(client: pg.ClientBase, spec: PackageSpec): Promise<void> {
  const {id, packageId, name, friendlyName, category, description, npmName, url, version, buildHash,
    publication} = spec;
  const debug = publication?.debug ?? false;
  await client.query(`insert into packages (id, name, friendly_name, category, description, full_name, url, created_on,
      published_on, updated_on)
    values ($1, $2, $3, nullif($4, ''), $5, $6, $7, now() at time zone 'utc', now() at time zone 'utc',
      now() at time zone 'utc')
    on conflict (id) do update set friendly_name = excluded.friendly_name, category = excluded.category,
      description = excluded.description, url = excluded.url`,
  [packageId, name, friendlyName, category, description, npmName, url ?? null]);
  if (!debug)
    await client.query('update published_packages set is_current = false where package_id = $1 and id <> $2',
      [packageId, id]);
  await client.query(`insert into published_packages (id, package_id, name, friendly_name, version, is_current, debug,
      build_hash, can_view, can_edit, build_number, commit, author_id, published_on, created_on, updated_on)
    values ($1, $2, $3, $4, $5, not $6, $6, $7, $8, $9, $10, $11, $12, coalesce($13, now()) at time zone 'utc',
      coalesce($13, now()) at time zone 'utc', coalesce($13, now()) at time zone 'utc')
    on conflict (id) do update set is_current = excluded.is_current, friendly_name = excluded.friendly_name,
      build_hash = excluded.build_hash, can_view = excluded.can_view, can_edit = excluded.can_edit,
      build_number = excluded.build_number, commit = excluded.commit, author_id = excluded.author_id,
      published_on = case when $14 then excluded.published_on else published_packages.published_on end,
      updated_on = excluded.updated_on`,
  [id, packageId, name, friendlyName, version, debug, buildHash, spec.canView, spec.canEdit, spec.buildNumber,
    publication?.commit ?? null, publication?.userId ?? null,
    publication === undefined ? null : new Date(publication.published).toISOString(), publication !== undefined]);
  await addEntities(client, [
    {id: packageId, type: 'GrokPackage', name, friendlyName, namespace: null, version: null},
    {id, type: 'GrokPublishedPackage', name, friendlyName, namespace: null, version: null},
    ...spec.functions.map((one) => ({id: one.id, type: KINDS[one.kind].entityType, name: one.name,
      friendlyName: one.friendlyName, namespace: `${name}:`, version: id}))]);
  // A version published again may have lost some.
  await client.query(`update entities e set is_deleted = true from entity_types t
    where e.package_id = $1 and t.id = e.entity_type_id and t.name = any($2::text[]) and e.id <> all($3::uuid[])`,
  [id, Object.values(KINDS).map(({entityType}) => entityType), spec.functions.map((f) => f.id)]);
  await recordFunctions(client, spec.functions);
}

async function recordFunctions(client: pg.ClientBase, functions: readonly FunctionSpec[]): Promise<void> {
  await client.query(`insert into funcs (id, name, friendly_name, description, source, options, created_on, updated_on)
    select w.*, now() at time zone 'utc', now() at time zone 'utc'
    from unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::text[], $6::jsonb[]) as w
    on conflict (id) do update set name = excluded.name, friendly_name = excluded.friendly_name,
      description = excluded.description, options = excluded.options`,
  [functions.map((f) => f.id), functions.map((f) => f.name), functions.map((f) => f.friendlyName),
    functions.map((f) => f.description), functions.map((f) => KINDS[f.kind].source),
    functions.map((f) => JSON.stringify(f.options))]);
  const params = functions.flatMap((f) => f.params.map((param) => ({func: f.id, ...param})));
  await client.query(`insert into func_params (id, func_id, is_input, name, type, sub_type, description, is_optional,
      nullable_raw)
    select * from unnest($1::uuid[], $2::uuid[], $3::boolean[], $4::text[], $5::text[], $6::text[], $7::text[],
      $8::boolean[], $9::boolean[])
    on conflict (id) do update set type = excluded.type, sub_type = excluded.sub_type,
      description = excluded.description, is_optional = excluded.is_optional, nullable_raw = excluded.nullable_raw`,
  [params.map((p) => p.id), params.map((p) => p.func), params.map((p) => p.isInput), params.map((p) => p.name),
    params.map((p) => p.type), params.map((p) => p.subType ?? null), params.map((p) => p.description ?? null),
    params.map((p) => p.isOptional), params.map((p) => p.isNullable)]);
  await client.query(`insert into tags (id, entity_id, tag)
    select w.id, w.entity, w.tag from unnest($1::uuid[], $2::uuid[], $3::text[]) as w (id, entity, tag)
    on conflict (id) do nothing`, columnsOfTags(functions));
  await recordTexts(client, functions);
}

function columnsOfTags(functions: readonly FunctionSpec[]): [string[], string[], string[]] {
  const tags = functions.flatMap((f) => [...new Set(f.tags)].map((tag) => ({func: f.id, tag})));
  return [tags.map(({func, tag}) => stableId('tag', func, tag)), tags.map(({func}) => func), tags.map(({tag}) => tag)];
}

/** Queries and scripts have rows of their own beside those of all functions. */
async function recordTexts(client: pg.ClientBase, functions: readonly FunctionSpec[]): Promise<void> {
  const [queries, scripts] = (['DataQuery', 'Script'] as const).map((kind) => functions.filter((f) => f.kind === kind));
  await client.query(`insert into queries (id, name, friendly_name, description, query, connection_id, created_on)
    select w.id, w.name, w.friendly, w.description, w.query,
      (select c.id from connections c where c.name = w.connection order by c.id limit 1), now() at time zone 'utc'
    from unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[])
      as w (id, name, friendly, description, query, connection)
    on conflict (id) do update set query = excluded.query, description = excluded.description`,
  [queries.map((f) => f.id), queries.map((f) => f.name), queries.map((f) => f.friendlyName),
    queries.map((f) => f.description), queries.map((f) => f.text ?? ''),
    queries.map((f) => (f.connection ?? '').split(':').pop())]);
  await client.query(`insert into scripts (id, name, friendly_name, description, language, script, created_on)
    select w.*, now() at time zone 'utc'
    from unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[]) as w
    on conflict (id) do update set script = excluded.script, language = excluded.language`,
  [scripts.map((f) => f.id), scripts.map((f) => f.name), scripts.map((f) => f.friendlyName),
    scripts.map((f) => f.description), scripts.map((f) => f.language ?? null), scripts.map((f) => f.text ?? '')]);
}
