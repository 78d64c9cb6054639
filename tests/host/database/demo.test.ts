import assert from 'node:assert/strict';
import {after, before, test} from 'node:test';
import pg from 'pg';
import {fillDemo, type DemoOptions, type DemoSummary} from '../../../host/database/demo/index.ts';
import {testDatabase, withClient} from '../../support/postgres.ts';

const UNTIL = new Date('2025-11-20T15:20:00Z');
const FROM = new Date('2024-11-20T15:20:00Z');
const CONSTRAINTS = `select string_agg(d, E'\\n' order by d) as all from (
  select conrelid::regclass || ' ' || pg_get_constraintdef(oid) as d from pg_constraint
  where connamespace = 'public'::regnamespace
  union all select indexdef from pg_indexes where schemaname = 'public') t`;

let database: {url: string; close(): Promise<void>};
let client: pg.Client;
let summary: DemoSummary;
let constraintsBefore: string;

before(async () => {
  database = await testDatabase();
  client = new pg.Client({connectionString: database.url});
  await client.connect();
  constraintsBefore = (await client.query(CONSTRAINTS)).rows[0].all;
  summary = await fillDemo(database.url, {events: 40_000, seed: 'tests', until: UNTIL});
});

after(async () => {
  await client?.end();
  await database?.close();
});

/** First column of the first row, as a number. */
async function number(sql: string, values: unknown[] = []): Promise<number> {
  return Number(Object.values((await client.query(sql, values)).rows[0])[0]);
}

/** Every table's row count, and a checksum over its rows in the order of their text. */
async function fingerprint(url: string): Promise<Record<string, string>> {
  return withClient(url, async (reader) => {
    const tables = (await reader.query<{name: string}>(
      `select tablename as name from pg_tables where schemaname = 'public' order by 1`)).rows;
    const result: Record<string, string> = {};
    for (const {name} of tables) {
      const {rows} = await reader.query(
        `select count(*) || ':' || coalesce(md5(string_agg(md5(t::text), '' order by t::text)), '') as sum from ${name} t`);
      result[name] = rows[0].sum;
    }
    return result;
  });
}

async function fingerprintOf(options: DemoOptions): Promise<Record<string, string>> {
  const other = await testDatabase();
  try {
    await fillDemo(other.url, options);
    return await fingerprint(other.url);
  } finally {
    await other.close();
  }
}

test('the same seed and end give the same rows, another seed or end gives others', async () => {
  const options = {events: 5000, users: 40, days: 90, seed: 7, until: UNTIL};
  const one = await fingerprintOf(options);
  assert.deepEqual(await fingerprintOf({...options}), one);
  const otherSeed = await fingerprintOf({...options, seed: 8});
  assert.notEqual(otherSeed.events, one.events);
  assert.notEqual(otherSeed.users, one.users);
  const otherEnd = await fingerprintOf({...options, until: new Date(UNTIL.getTime() + 60_000)});
  assert.notEqual(otherEnd.events, one.events);
});

for (const [events, users, days] of [[1000, 5, 14], [5000, 120, 365], [20_000, 300, 30], [2500, 1, 400]]) {
  test(`${events} events of ${users} persons in ${days} days come out within two percent`, async () => {
    const other = await testDatabase();
    try {
      await fillDemo(other.url, {events, users, days, until: UNTIL});
      const {rows: [row]} = await withClient(other.url, (reader) => reader.query(
        `select count(*)::int as events, min(event_time) >= $1 as "begins", max(event_time) < $2 as "ends",
         (select count(*)::int from users where not is_service and login not in ('admin', 'system', 'test')) as users
         from events`, [new Date(UNTIL.getTime() - days * 86_400_000).toISOString().slice(0, -1), UNTIL.toISOString().slice(0, -1)]));
      assert.ok(Math.abs(row.events - events) <= 0.02 * events, `${row.events} events`);
      assert.deepEqual({begins: row.begins, ends: row.ends, users: row.users}, {begins: true, ends: true, users});
    } finally {
      await other.close();
    }
  });
}

test('the summary tells the rows of every table', async () => {
  for (const [table, rows] of Object.entries(summary.rows))
    assert.equal(await number(`select count(*) from ${table}`), rows, table);
  assert.deepEqual([summary.from, summary.until], [FROM, UNTIL]);
});

test('constraints and indexes are all back after the fill', async () => {
  assert.equal((await client.query(CONSTRAINTS)).rows[0].all, constraintsBefore);
});

test('a database with data in it is refused and left as it was', async () => {
  const events = await number('select count(*) from events');
  await assert.rejects(fillDemo(database.url, {events: 10}), /not empty/);
  assert.equal(await number('select count(*) from events'), events);
});

test('a fill that fails leaves empty tables and their constraints', async () => {
  const other = await testDatabase();
  try {
    await withClient(other.url, (writer) => writer.query('alter table users add constraint no_admin check (login <> \'admin\')'));
    await assert.rejects(fillDemo(other.url, {events: 2000, until: UNTIL}), /no_admin/);
    const counts = await withClient(other.url, (reader) => reader.query(`select (select count(*)::int from events) as events,
      (select count(*)::int from users_sessions) as sessions,
      (select count(*)::int from pg_constraint where conrelid = 'events'::regclass and contype = 'p') as keys`));
    assert.deepEqual(counts.rows, [{events: 0, sessions: 0, keys: 1}]);
  } finally {
    await other.close();
  }
});

test('what makes no sense is refused before anything is done', async () => {
  for (const options of [{events: 0}, {users: -1}, {days: 1.5}])
    await assert.rejects(fillDemo(database.url, options), /whole positive number/);
});

// Each query looks for a contradiction; the second number is how many rows it must look at, at least.
const NEVER: Record<string, [contradiction: string, over: string, atLeast: number]> = {
  'an event lies outside its session': [
    `select 1 from events e join users_sessions s on s.id = e.session_id
     where e.event_time < s.started or e.event_time > coalesce(s.ended, 'infinity')`, 'select 1 from events', 40_000],
  'an event lies outside the span': [
    `select 1 from events where event_time < '2024-11-20 15:20' or event_time >= '2025-11-20 15:20' or event_time is null`,
    'select 1 from events', 40_000],
  'somebody acts before joining': [
    `select 1 from events e join users_sessions s on s.id = e.session_id join users u on u.id = s.user_id
     where e.event_time < u.joined`, `select 1 from users where joined > '2024-11-20 15:20'`, 15],
  'a function-ran event lacks its user or its function': [
    `select 1 from events e join event_types t on t.id = e.event_type_id where t.friendly_name = 'function-ran' and 2 <> (
       select count(*) from event_parameter_values v join event_parameters p on p.id = v.parameter_id
       where v.event_id = e.id and p.type = 'entity_id' and v.value = v.value_uuid::text and (
         p.name = 'user' and exists (select from users u join users_sessions s on s.user_id = u.id
           where u.id = v.value_uuid and s.id = e.session_id)
         or p.name = 'entity' and exists (select from funcs f join entities n on n.id = f.id where f.id = v.value_uuid)))`,
    `select 1 from event_types t join events e on e.event_type_id = t.id where t.friendly_name = 'function-ran'`, 10_000],
  'an opened project is no living dashboard of that time': [
    `select 1 from events e join event_types t on t.id = e.event_type_id and t.friendly_name = 'project-opened'
     where not exists (select from event_parameter_values v join projects p on p.id = v.value_uuid
       where v.event_id = e.id and p.is_dashboard and not p.is_root and not p.is_entity and p.created_on <= e.event_time)`,
    `select 1 from event_types t join events e on e.event_type_id = t.id where t.friendly_name = 'project-opened'`, 1000],
  'a parameter belongs to another kind of event': [
    `select 1 from event_parameter_values v join events e on e.id = v.event_id join event_parameters p on p.id = v.parameter_id
     where p.event_type_id <> e.event_type_id`, 'select 1 from event_parameter_values', 20_000],
  'an entity parameter has no uuid, or another one has': [
    `select 1 from event_parameter_values v join event_parameters p on p.id = v.parameter_id
     where (p.type = 'entity_id') <> (v.value_uuid is not null)`, 'select 1 from event_parameter_values', 20_000],
  'a package parameter is not the version in use at the time': [
    `select 1 from event_parameter_values v join event_parameters p on p.id = v.parameter_id and p.name = 'package'
     join events e on e.id = v.event_id join published_packages pp on pp.id = v.value_uuid
     where pp.debug or exists (select from published_packages later where later.package_id = pp.package_id and not later.debug
       and later.published_on > pp.published_on and later.published_on < e.event_time - interval '1 second')`,
    `select 1 from event_parameter_values v join event_parameters p on p.id = v.parameter_id and p.name = 'package'`, 500],
  'a stored call has no run beside it': [
    `select 1 from func_calls c where not exists (select from events e join event_parameter_values v on v.event_id = e.id
       where e.session_id = c.session_id and v.value_uuid = c.func_id and e.event_time = c.started)`,
    'select 1 from func_calls', 4000],
  'a call ends before it starts, or a failed one says nothing': [
    `select 1 from func_calls where ended < started or (status = 'Error') <> (error_message is not null)
     or (status = 'Running') <> (ended is null)`, 'select 1 from func_calls', 4000],
  'a completed call lacks the value of a parameter': [
    `select 1 from func_calls c where status = 'Completed' and (select count(*) from func_params p where p.func_id = c.func_id)
     <> (select count(*) from func_call_values v join func_params p on p.id = v.func_param_id
         where v.func_call_id = c.id and p.func_id = c.func_id)`, 'select 1 from func_calls', 4000],
  'a failed call has an output': [
    `select 1 from func_calls c join func_call_values v on v.func_call_id = c.id join func_params p on p.id = v.func_param_id
     where c.status <> 'Completed' and not p.is_input`, `select 1 from func_calls where status = 'Error'`, 50],
  'an error has no signature, or another kind has one': [
    `select 1 from event_types where (source = 'error') <> (error_stack_trace_hash is not null)`, 'select 1 from event_types', 100],
  'two kinds other than errors have the same name': [
    `select 1 from event_types where source <> 'error' group by source, friendly_name having count(*) > 1`,
    `select 1 from event_types where source <> 'error'`, 50],
  'a thing has no entity of its id': [
    `select id from users except select id from entities union all (select id from funcs except select id from entities)
     union all (select id from projects except select id from entities) union all (select id from queries except select id from funcs)
     union all (select id from scripts except select id from funcs) union all (select id from packages except select id from entities)
     union all (select id from connections except select id from entities)`, 'select 1 from entities', 500],
};

for (const [situation, [contradiction, over, atLeast]] of Object.entries(NEVER)) {
  test(`never: ${situation}`, async () => {
    assert.ok(await number(`select count(*) from (${over}) t`) >= atLeast, 'there is something to look at');
    assert.equal(await number(`select count(*) from (${contradiction}) t`), 0);
  });
}

test('those who left did something before their account was blocked, and nothing after', async () => {
  const {rows: [row]} = await client.query(
    `select count(distinct u.id)::int as leavers, count(*) filter (where e.event_time >= u.updated_on)::int as late,
       count(*) filter (where s.ended is null or s.ended > u.updated_on)::int as open
     from users u join users_sessions s on s.user_id = u.id join events e on e.session_id = s.id where u.status = 'blocked'`);
  assert.deepEqual(row, {leavers: 12, late: 0, open: 0});
});

test('some have an account and never came, some service accounts work every week', async () => {
  assert.equal(await number(`select count(*) from users u where status = 'new'
    and not exists (select from users_sessions s where s.user_id = u.id)`), 6);
  assert.equal(await number(`select min(weeks) from (select u.id, count(distinct date_trunc('week', e.event_time)) as weeks
    from users u join users_sessions s on s.user_id = u.id join events e on e.session_id = s.id where u.is_service group by 1) t`), 53);
});

test('the incident fills its two days with one error, tied to sessions and to its package', async () => {
  const {rows} = await client.query(
    `select t.friendly_name, count(*)::int as n, count(e.session_id)::int as tied, min(e.event_time) as first, max(e.event_time) as last
     from events e join event_types t on t.id = e.event_type_id where t.source = 'error' group by 1 order by 2 desc limit 1`);
  const [{n, tied, first, last}] = rows;
  assert.equal(n, 480);
  assert.ok(tied > 0.9 * n, `${tied} of ${n} in sessions`);
  assert.ok(last.getTime() - first.getTime() <= 26 * 3_600_000);
  const usual = await number(`select percentile_cont(0.5) within group (order by n) from (select count(*) as n from events e
    join event_types t on t.id = e.event_type_id and t.source = 'error' group by e.event_time::date) d`);
  const worst = await number(`select max(n) from (select count(*) as n from events e
    join event_types t on t.id = e.event_type_id and t.source = 'error' group by e.event_time::date) d`);
  assert.ok(worst > 20 * usual, `${worst} on the worst day, ${usual} on a usual one`);
  assert.equal(await number(`select count(*) from published_packages where name = 'AssayPlates' and published_on <= $1
    and published_on > $1 - interval '1 minute'`, [first]), 1);
});

test('packages and functions that nobody uses are really unused', async () => {
  const {rows} = await client.query<{name: string}>(
    `select p.name from packages p where not exists (
       select from published_packages pp where pp.package_id = p.id and (
         exists (select from event_parameter_values v where v.value_uuid = pp.id)
         or exists (select from entities n join event_parameter_values v on v.value_uuid = n.id where n.package_id = pp.id)))
     order by 1`);
  assert.deepEqual(rows.map((row) => row.name), ['GeoLayers', 'LegacyImporter']);
  assert.ok(await number(`select count(*) from funcs f join entities n on n.id = f.id join published_packages pp on pp.id = n.package_id
    where pp.name not in ('GeoLayers', 'LegacyImporter')
    and not exists (select from event_parameter_values v where v.value_uuid = f.id)`) >= 20);
});

test('a launched package is used by more and more people, a retired one fades', async () => {
  const users = (name: string, from: string, until: string): Promise<number> => number(
    `select count(distinct s.user_id) from events e join users_sessions s on s.id = e.session_id
     join event_parameter_values v on v.event_id = e.id join entities n on n.id = v.value_uuid
     join published_packages pp on pp.id = n.package_id where pp.name = $1 and e.event_time >= $2 and e.event_time < $3`,
    [name, from, until]);
  assert.equal(await users('AntibodyBench', '2024-11-20', '2025-04-15'), 0);
  const [early, late] = [await users('AntibodyBench', '2025-04-15', '2025-06-01'), await users('AntibodyBench', '2025-10-01', '2025-11-20')];
  assert.ok(early < late, `${early} people at first, ${late} in the end`);
  const [high, low] = [await users('DockingDesk', '2025-02-01', '2025-05-01'), await users('DockingDesk', '2025-08-20', '2025-11-20')];
  assert.ok(high > low, `${high} people at its height, ${low} in the end`);
});

test('every person, and every account, is a member of All users through the personal group', async () => {
  const reached = `with recursive members as (select 'a4b45840-9a50-11e6-9cc9-8546b8bf62e6'::uuid as id
    union select r.child_id from groups_relations r join members m on m.id = r.parent_id)`;
  assert.equal(await number(`${reached} select count(*) from users u where u.group_id not in (select id from members)`), 0);
  assert.equal(await number(`select count(*) from users u join groups g on g.id = u.group_id and g.personal`), 126);
  assert.equal(await number('select count(*) from groups where personal'), 126);
});

test('a programme is reached from Research by two ways, and its people are counted once', async () => {
  const paths = `with recursive walk as (select id, name from groups where name = 'Research'
    union all select g.id, g.name from walk w join groups_relations r on r.parent_id = w.id join groups g on g.id = r.child_id
    where not g.personal) select count(*) from walk where name = 'Kinase Programme'`;
  assert.equal(await number(paths), 2);
});

test('the built-in admin is where every installation has it', async () => {
  const {rows} = await client.query(
    `select u.login, g.name from users u join groups_relations r on r.child_id = u.group_id join groups g on g.id = r.parent_id
     where u.id = '878c42b0-9a50-11e6-c537-6bf8e9ab02ee' order by 2`);
  assert.deepEqual(rows, ['Administrators', 'All users', 'Developers'].map((name) => ({login: 'admin', name})));
});

test('people work by day and in the week, in three zones, with few hands doing much', async () => {
  const person = `from events e join users_sessions s on s.id = e.session_id join users u on u.id = s.user_id
    where not u.is_service and u.login <> 'system'`;
  const weekend = await number(`select avg((extract(isodow from e.event_time) > 5)::int) ${person}`);
  assert.ok(weekend > 0.005 && weekend < 0.08, `${weekend} at weekends`);
  const newYear = await number(`select count(*) ${person} and e.event_time::date = '2025-01-01'`);
  const usual = await number(`select count(*) / 5 ${person} and e.event_time >= '2025-01-13' and e.event_time < '2025-01-18'`);
  assert.ok(newYear < 0.25 * usual, `${newYear} on New Year, ${usual} usually`);
  const top = await number(`with n as (select s.user_id, count(*) as n ${person} group by 1)
    select (select sum(n) from (select n from n order by n desc limit 12) t) / sum(n) from n`);
  assert.ok(top > 0.3 && top < 0.8, `${top} by the busiest twelve`);
});
