import pg from 'pg';
import {ADMIN_GROUP, ADMIN_USER, ADMINISTRATORS, ALL_USERS} from '../../../host/server/access/well-known.ts';
import {testDatabase} from '../../support/postgres.ts';

/** Readable ids: `id(7)` is `00000007-0000-4000-8000-000000000000`. */
export const id = (n: number): string => `${String(n).padStart(8, '0')}-0000-4000-8000-000000000000`;

export const GROUPS = {
  ann: id(1), bob: id(2), eve: id(3), 'lab%': id(10), 'team': id(11), 'Chemists': id(12), 'site': id(13),
  'loop a': id(14), 'loop b': id(15), 'loop c': id(16), 'left': id(17), 'right': id(18), 'top': id(19),
};
export const USERS = {ann: id(101), bob: id(102), eve: id(103)};

/** Child and parent: nested, a diamond (team - left/right - top), a cycle (loop a - b - c - a). */
export const RELATIONS: [child: string, parent: string][] = [
  ['ann', 'team'], ['team', 'lab%'], ['lab%', 'Chemists'], ['Chemists', 'site'],
  ['team', 'left'], ['team', 'right'], ['left', 'top'], ['right', 'top'],
  ['bob', 'loop a'], ['loop a', 'loop b'], ['loop b', 'loop c'], ['loop c', 'loop a'],
];

export const EVENT_COUNT = 60;
const NAMES = ['run', 'Run', 'a"b', `o'hara; drop table events --`, '50%', 'under_score',
  '<img src=x onerror=alert(1)>'];

/** A database with the platform's tables and a small organisation in it: three people, groups, packages, a log. */
export async function organisation(): Promise<{url: string; client: pg.Client; close(): Promise<void>}> {
  const database = await testDatabase();
  const client = new pg.Client({connectionString: database.url});
  await client.connect();
  const insert = async (table: string, row: Record<string, unknown>) => {
    const names = Object.keys(row);
    await client.query(`insert into ${table} (${names}) values (${names.map((_, i) => `$${i + 1}`)})`,
      Object.values(row));
  };
  const close = async () => {
    await client.end();
    await database.close();
  };
  try {
    // A real server has these; the host's own schema has no use for them.
    await client.query('alter table users_sessions add token_hash varchar, add external_token varchar');
    await people(insert);
    await inventory(insert);
    await log(insert);
  } catch (error) {
    await close();
    throw error;
  }
  return {url: database.url, client, close};
}

type Insert = (table: string, row: Record<string, unknown>) => Promise<void>;

async function people(insert: Insert): Promise<void> {
  const personal = new Set(['ann', 'bob', 'eve']);
  await insert('groups', {id: ALL_USERS, name: 'All users', friendly_name: 'All users'});
  await insert('groups', {id: ADMINISTRATORS, name: 'Administrators', friendly_name: 'Administrators', is_role: true});
  await insert('groups', {id: ADMIN_GROUP, name: 'admin', friendly_name: 'Admin', personal: true});
  for (const [name, group] of Object.entries(GROUPS))
    await insert('groups', {id: group, name, friendly_name: name === 'top' ? 'Top Floor' : name,
      personal: personal.has(name)});
  const byName: Record<string, string> = {...GROUPS, admin: ADMIN_GROUP};
  let n = 200;
  for (const [child, parent] of [...RELATIONS, ['admin', ''], ['eve', ''], ['bob', ''], ['ann', '']])
    await insert('groups_relations', {id: id(++n), child_id: byName[child], parent_id: byName[parent] ?? ALL_USERS});
  await insert('groups_relations', {id: id(290), child_id: ADMIN_GROUP, parent_id: ADMINISTRATORS, is_admin: true});
  await insert('users', {id: ADMIN_USER, login: 'admin', friendly_name: 'Admin', group_id: ADMIN_GROUP,
    status: 'active',
    joined: '2020-01-01 00:00:00'});
  for (const [login, user] of Object.entries(USERS))
    await insert('users', {id: user, login, friendly_name: login[0].toUpperCase() + login.slice(1), status: 'active',
      group_id: GROUPS[login as keyof typeof USERS], joined: '2024-03-01 12:00:00.5'});
}

async function inventory(insert: Insert): Promise<void> {
  for (const [n, name] of ['User', 'DataQuery', 'PackageFunc', 'Script', 'Project', 'DataConnection',
    'Mystery'].entries())
    await insert('entity_types', {id: id(300 + n), name});
  await insert('packages', {id: id(400), name: 'OldLab', friendly_name: 'Old Lab', category: 'Science'});
  await insert('packages', {id: id(401), name: 'GuardedNumbers', friendly_name: 'Guarded Numbers'});
  for (const [version, n, current] of [['1.0.0', 410, false], ['2.0.0', 411, true]] as const)
    await insert('published_packages', {id: id(n), package_id: id(400), name: 'OldLab', version, is_current: current});
  await insert('published_packages', {id: id(412), package_id: id(401), name: 'GuardedNumbers', version: '0.0.9',
    is_current: true});
  const func = async (n: number, name: string, source: string, type: number, version: number | null) => {
    await insert('funcs', {id: id(n), name, friendly_name: name, source, created_on: '2024-01-01'});
    await insert('entities', {id: id(n), entity_type_id: id(type), name, namespace: version ? null : 'ann:',
      package_id: version ? id(version) : null});
  };
  await func(500, 'assay', 'function-package', 302, 410);
  await func(501, 'assay', 'function-package', 302, 411);
  await func(502, 'Compounds', 'data-query', 301, 411);
  await func(503, 'mine', 'script', 303, null);
  await func(504, 'oldSecret', 'function-package', 302, 412);
  await insert('func_params', {id: id(510), func_id: id(501), is_input: true, name: 'n', type: 'int'});
  await insert('tags', {id: id(511), entity_id: id(501), tag: 'Plates'});
  await insert('connections', {id: id(520), name: 'Warehouse', friendly_name: 'Warehouse', data_source: 'Oracle',
    parameters: {server: 'db.example', password: 'hunter2', connString: 'jdbc:x?password=hunter2'}});
  await insert('queries', {id: id(502), name: 'Compounds', query: 'select 1', connection_id: id(520)});
  await insert('scripts', {id: id(503), name: 'mine', language: 'javascript', script: '//name: mine\nlet a = 1;'});
  for (let n = 0; n < 5; n++) {
    await insert('projects', {id: id(600 + n), name: n === 3 ? '' : `Board ${n}`, friendly_name: `Board ${n}`,
      is_dashboard: n < 4, author_id: USERS.ann, created_on: `2024-01-0${n + 1}`});
    await insert('entities', {id: id(600 + n), entity_type_id: id(304), name: `Board ${n}`, is_deleted: n === 4});
  }
  await insert('entities', {id: id(610), entity_type_id: id(306), name: 'of an unknown class'});
  await insert('project_relations', {id: id(620), project_id: id(600), entity_id: id(502)});
}

async function log(insert: Insert): Promise<void> {
  for (const [n, user] of [USERS.ann, USERS.bob, ADMIN_USER].entries()) {
    await insert('users_sessions', {id: id(700 + n), user_id: user, started: '2024-05-01', type: 'internal',
      token_hash: 'hash-of-a-token', external_token: 'external-secret', ip: '10.0.0.1'});
  }
  await insert('event_types', {id: id(710), source: 'usage', friendly_name: 'click', is_error: false});
  await insert('event_types', {id: id(711), source: 'error', friendly_name: 'boom', is_error: true});
  await insert('event_parameters', {id: id(720), event_type_id: id(710), name: 'entity', type: 'entity_id'});
  for (let n = 0; n < EVENT_COUNT; n++) {
    await insert('events', {id: id(1000 + n), event_type_id: id(n % 4 ? 710 : 711),
      session_id: n % 5 === 4 ? null : id(700 + n % 3), friendly_name: NAMES[n % NAMES.length],
      event_time: `2024-05-${String(1 + n % 20).padStart(2, '0')} 10:00:00.123456`, description: `event ${n}`});
    if (n % 6 === 1)
      await insert('event_parameter_values', {id: id(2000 + n), event_id: id(1000 + n), parameter_id: id(720),
        value: id(600), value_uuid: id(600)});
  }
  for (let n = 0; n < 6; n++) {
    await insert('func_calls', {id: id(3000 + n), func_id: id(501), session_id: id(700 + n % 2), status: 'Completed',
      started: `2024-05-0${n + 1} 10:00:00`, ended: `2024-05-0${n + 1} 10:00:02`});
    await insert('func_call_values', {id: id(3100 + n), func_call_id: id(3000 + n), func_param_id: id(510),
      value: String(n)});
  }
}
