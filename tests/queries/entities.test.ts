import assert from 'node:assert/strict';
import {after, before, test} from 'node:test';
import {openAsker, type Asker, type Row} from './asked.ts';
import {Oracle, type Counted} from './oracle.ts';
import {eachLog, iso, sum, values} from './requests.ts';

const LOGS = 8;

let asker: Asker;
before(async () => {
  asker = await openAsker();
});
after(() => asker.close());

/** Ids that parameters of an event hold. */
const mentioned = (oracle: Oracle, event: string): unknown[] => oracle.data.event_parameter_values
  .filter((value) => value.event_id === event).map((value) => value.value_uuid);

const isOpening = (event: Counted): boolean => event.isEvent && event.type === 'project-opened';

test('activity of an entity: the events that name it, by bucket and person, each once', () =>
  eachLog(asker, LOGS, async (oracle, asked, random) => {
    const known = oracle.data.event_parameter_values.map((value) => value.value_uuid).filter((id) => id !== null);
    const entities = random.some(known as string[], 4);
    const rows = await asker.ask('EntityActivity', values(asked, {entities, unit: 'day', zone: 'Europe/Berlin'}));
    const expected = oracle.counted(asked)
      .filter((event) => mentioned(oracle, event.id).some((id) => entities.includes(id as string)));
    for (const [column, counts] of [['events', (e: Counted) => e.isEvent], ['runs', (e: Counted) => e.isRun],
      ['openings', isOpening], ['errors', (e: Counted) => e.isError]] as const)
      assert.equal(sum(rows, column), expected.filter(counts).length, column);
    const active = new Set(rows.filter((row) => row.events > 0).map((row) => row.user_id));
    assert.deepEqual(active, new Set(expected.filter((e) => e.isEvent).map((e) => e.user)));
    const days = new Set(rows.map((row) => row.bucket));
    assert.equal(days.size, new Set((await asker.ask('HomeActivity', values(asked, {unit: 'day', zone: 'Europe/Berlin'})))
      .map((row) => row.bucket)).size, 'every day has a row');
  }));

test('activity of the home page: distinct people, events and errors of each bucket, as on the cards', () =>
  eachLog(asker, LOGS, async (oracle, asked) => {
    const rows = await asker.ask('HomeActivity', values(asked, {unit: 'day', zone: 'UTC'}));
    const expected = oracle.counted(asked);
    assert.equal(sum(rows, 'events'), expected.filter((e) => e.isEvent).length);
    assert.equal(sum(rows, 'errors'), expected.filter((e) => e.isError).length);
    for (const [i, row] of rows.entries()) {
      const end = rows[i + 1]?.bucket ?? Infinity;
      const inside = expected.filter((e) => e.isEvent && e.time >= row.bucket && e.time < end);
      assert.equal(row.users, new Set(inside.map((e) => e.user)).size);
    }
  }));

/** Rows of all pages. */
async function allRows(asked: {entities?: string[]; users?: string[]}, pageSize: number): Promise<Row[]> {
  const rows: Row[] = [];
  for (let last: Row | undefined; ;) {
    const page = await asker.ask('EntityLog', {...asked, pageSize,
      ...last === undefined ? {} : {beforeId: last.id, beforeTime: last.time === null ? null : iso(last.time)}});
    rows.push(...page);
    if (page.length < pageSize)
      return rows;
    last = page[page.length - 1];
  }
}

test('the log of an entity: everything that names it, by anybody and by nobody, the newest first, by pages', () =>
  eachLog(asker, LOGS, async (oracle, _asked, random) => {
    const {events, funcs, packages, published_packages: versions, event_types: types} = oracle.data;
    const one: string = random.of(random.of([packages, versions, funcs, oracle.data.entities])).id;
    const pack = oracle.find('published_packages', one)?.package_id ?? one;
    const siblings = versions.filter((v) => v.package_id === pack);
    const meant = new Set<unknown>([one, ...siblings.flatMap((v) => [v.id, v.package_id]),
      ...funcs.filter((f) => oracle.find('funcs', one) && oracle.functionKey(f.id) === oracle.functionKey(one))
        .map((f) => f.id)]);
    const publishing = new Set(types.filter((t) => t.source === 'audit' && t.friendly_name === 'package-version-published')
      .map((t) => t.id));
    const naming = new Set(oracle.data.event_parameters.filter((p) => publishing.has(p.event_type_id) && p.name === 'entity')
      .map((p) => p.id));
    const expected = events.filter((event) => oracle.data.event_parameter_values.some((v) => v.event_id === event.id &&
      (meant.has(v.value_uuid) || naming.has(v.parameter_id) && meant.has(v.value))))
      .filter((event) => event.event_time !== null)
      .sort((a, b) => a.event_time === b.event_time ? a.id < b.id ? 1 : -1 : a.event_time < b.event_time ? 1 : -1);
    const rows = (await allRows({entities: [one]}, random.of([1, 3, 100]))).filter((row) => row.time !== null);
    assert.deepEqual(rows.map((row) => row.id), expected.map((event) => event.id));
    for (const row of rows) {
      const event = oracle.find('events', row.id)!;
      assert.equal(row.user_id, oracle.userOf(event.session_id)?.id ?? null);
      assert.equal(row.by_server, event.session_id === null);
      assert.equal(row.description, event.description);
      assert.equal(row.source, oracle.find('event_types', event.event_type_id)?.source ?? 'unknown');
    }
  }));

test('the log of a person: all that they did, the newest first, by pages', () =>
  eachLog(asker, LOGS, async (oracle, _asked, random) => {
    const users = [random.of(oracle.data.users).id, random.of(oracle.data.users).id] as string[];
    const expected = oracle.data.events.filter((event) => event.event_time !== null &&
      users.includes(oracle.find('users_sessions', event.session_id)?.user_id))
      .sort((a, b) => a.event_time === b.event_time ? a.id < b.id ? 1 : -1 : a.event_time < b.event_time ? 1 : -1);
    const rows = (await allRows({users}, random.of([2, 7, 100]))).filter((row) => row.time !== null);
    assert.deepEqual(rows.map((row) => row.id), expected.map((event) => event.id));
    assert.deepEqual(await asker.ask('EntityLog'), []);
  }));

test('queries of a connection: one for all versions, and none of another', async () => {
  const {client} = asker;
  const id = (n: number): string => `0000000${n}-0000-4000-8000-000000000000`;
  await client.query('truncate queries, connections, funcs, entities, published_packages, packages cascade');
  await client.query(`insert into connections (id, name) values ($1, 'a'), ($2, 'b')`, [id(1), id(2)]);
  await client.query(`insert into packages (id, name) values ($1, 'Chem')`, [id(3)]);
  await client.query(`insert into published_packages (id, package_id, is_current) values ($1, $3, false), ($2, $3, true)`,
    [id(4), id(5), id(3)]);
  for (const [query, version, connection] of [[id(6), id(4), id(1)], [id(7), id(5), id(1)], [id(8), id(5), id(2)]]) {
    const name = query === id(8) ? 'other' : '<q>';
    await client.query('insert into entities (id, package_id) values ($1, $2)', [query, version]);
    await client.query('insert into funcs (id, name) values ($1, $2)', [query, name]);
    await client.query('insert into queries (id, name, connection_id) values ($1, $2, $3)', [query, name, connection]);
  }
  assert.deepEqual(await asker.ask('ConnectionQueries', {entity: id(1)}), [{function_id: id(7), function: 'Chem:<q>'}]);
  assert.deepEqual(await asker.ask('ConnectionQueries', {entity: id(9)}), []);
  assert.deepEqual(await asker.ask('ConnectionQueries', {}), []);
});
