import {readFileSync} from 'node:fs';
import type {ClientBase} from 'pg';

/** Text of `schema.sql`. */
export const SCHEMA_SQL = readFileSync(new URL('./schema.sql', import.meta.url), 'utf8');

/** Creates the platform's tables and indexes in an empty database, all or nothing. */
export async function createSchema(client: ClientBase): Promise<void> {
  await client.query('begin');
  try {
    await client.query(SCHEMA_SQL);
    await client.query('commit');
  } catch (error) {
    await client.query('rollback');
    throw error;
  }
}

/** True when the database has none of the platform's tables, so that creating and filling them harms nobody. */
export async function isEmpty(client: ClientBase): Promise<boolean> {
  const {rows} = await client.query('select 1 from information_schema.tables where table_schema = $1 limit 1', ['public']);
  return rows.length === 0;
}

/**
 * Tables and columns without which usage analytics cannot answer: those with direct evidence on current servers, and
 * no others, so that a real server is not refused for a column that was only inferred.
 */
export const REQUIRED_COLUMNS: Readonly<Record<string, readonly string[]>> = {
  events: ['id', 'event_type_id', 'session_id', 'event_time', 'friendly_name', 'description', 'error_message',
    'error_stack_trace'],
  event_types: ['id', 'source', 'friendly_name', 'error_stack_trace_hash', 'error_source', 'is_error'],
  event_parameters: ['id', 'event_type_id', 'name', 'type'],
  event_parameter_values: ['id', 'event_id', 'parameter_id', 'value', 'value_uuid'],
  users: ['id', 'login', 'friendly_name', 'first_name', 'last_name', 'group_id', 'joined', 'status'],
  users_sessions: ['id', 'user_id', 'started'],
  groups: ['id', 'name', 'friendly_name', 'personal', 'hidden'],
  groups_relations: ['parent_id', 'child_id'],
  entities: ['id', 'entity_type_id', 'package_id', 'is_deleted', 'name'],
  entity_types: ['id', 'name'],
  packages: ['id', 'name', 'friendly_name', 'category'],
  published_packages: ['id', 'package_id', 'name', 'version', 'is_current', 'debug'],
  projects: ['id', 'name', 'friendly_name', 'is_root', 'is_entity', 'is_package', 'is_dashboard'],
  project_relations: ['project_id', 'entity_id'],
  funcs: ['id', 'name'],
  func_params: ['id', 'func_id', 'name', 'type'],
  func_calls: ['id', 'func_id', 'session_id', 'started', 'ended', 'status'],
  func_call_values: ['func_call_id', 'func_param_id', 'value', 'value_uuid'],
  connections: ['id', 'name', 'friendly_name', 'data_source'],
  queries: ['id', 'name', 'connection_id'],
  scripts: ['id'],
  tags: ['entity_id', 'tag'],
};

/**
 * Checks, reading only, that a database of somebody else has what usage analytics reads.
 *
 * @throws Error that names every missing table, and every missing column of the others
 */
export async function checkSchema(client: ClientBase): Promise<void> {
  const {rows} = await client.query<{table_name: string; column_name: string}>(
    'select table_name, column_name from information_schema.columns where table_schema = $1 and table_name = any($2)',
    ['public', Object.keys(REQUIRED_COLUMNS)]);
  const found = new Map<string, Set<string>>();
  for (const row of rows)
    found.set(row.table_name, (found.get(row.table_name) ?? new Set()).add(row.column_name));
  const problems: string[] = [];
  for (const [table, columns] of Object.entries(REQUIRED_COLUMNS)) {
    const present = found.get(table);
    if (present === undefined)
      problems.push(`table ${table}`);
    else
      problems.push(...columns.filter((column) => !present.has(column)).map((column) => `column ${table}.${column}`));
  }
  if (problems.length > 0)
    throw new Error(`This is not a Datagrok database that can be served, or the role may not read it. ` +
      `Missing: ${problems.join(', ')}.`);
}
