import assert from 'node:assert/strict';
import {after, before, test} from 'node:test';
import {bucketsOf, unitOf} from '../../src/core/buckets.ts';
import {startOf, type Unit} from '../../src/core/calendar.ts';
import {ZONES} from '../core/support.ts';
import {openAsker, type Asker, type Row} from './asked.ts';
import {groupBy, Oracle, type Asked} from './oracle.ts';
import {CENTRE, load, Random, randomLog} from './random-log.ts';
import {eachLog as eachLogOf, functionIds, HOUR, packageNames, randomRequest, sum, values, type Check} from './requests.ts';

const LOGS = 12;

let asker: Asker;
before(async () => {
  asker = await openAsker();
});
after(() => asker.close());

const eachLog = (check: Check): Promise<void> => eachLogOf(asker, LOGS, check);

/** Cells of an answer, less their labels, in one order. */
function cells(rows: Row[]): string[] {
  return rows.filter((row) => row.package_name !== null).map((row) => JSON.stringify(
    [row.bucket, row.user_id, row.package_name, row.events, row.runs, row.errors])).sort();
}

function expectedCells(oracle: Oracle, asked: Asked, unit: Unit, zone: string): string[] {
  const groups = groupBy(oracle.counted(asked),
    (event) => [startOf(event.time, unit, zone), event.user, event.package]);
  return [...groups].map(([key, events]) => JSON.stringify([...JSON.parse(key),
    events.filter((e) => e.isEvent).length, events.filter((e) => e.isRun).length,
    events.filter((e) => e.isError).length])).sort();
}

test('totals of both periods equal those of the oracle, whatever is filtered', () => eachLog(async (oracle, asked) => {
  const previous = {...asked, from: asked.from - (asked.to - asked.from), to: asked.from};
  const rows = await asker.ask('OverviewTotals', values(asked,
    {previousFrom: new Date(previous.from).toISOString(), previousTo: new Date(previous.to).toISOString()}));
  assert.deepEqual(rows, [
    {period: 'current', from: asked.from, to: asked.to, ...oracle.totals(asked)},
    {period: 'previous', from: previous.from, to: previous.to, ...oracle.totals(previous)}]);
}));

test('activity equals that of the oracle in every bucket, and every bucket of the range has a row', () =>
  eachLog(async (oracle, asked, random) => {
    const zone = random.of(ZONES);
    const unit = random.of([unitOf(asked), 'day', 'hour', 'week', 'month', 'quarter', 'year'] as Unit[]);
    const rows = await asker.ask('OverviewActivity', values(asked, {unit, zone}));
    assert.deepEqual(cells(rows), expectedCells(oracle, asked, unit, zone));
    assert.deepEqual([...new Set(rows.map((row) => row.bucket))],
      bucketsOf(asked, unit, zone, 0).map((bucket) => bucket.start));
    for (const empty of rows.filter((row) => row.package_name === null))
      assert.deepEqual([empty.user_id, empty.user, empty.package, empty.events, empty.runs, empty.errors, empty.folded],
        [null, null, null, 0, 0, 0, 0]);
  }));

test('parts add up to the whole, and both queries agree on users', () => eachLog(async (_, asked) => {
  const rows = await asker.ask('OverviewActivity', values(asked));
  const [totals] = await asker.ask('OverviewTotals', values(asked));
  for (const column of ['events', 'runs', 'errors'])
    assert.equal(sum(rows, column), totals[column], column);
  assert.equal(new Set(rows.filter((row) => row.events > 0).map((row) => row.user_id)).size, totals.active_users);
}));

test('packages apart add up to all packages', () => eachLog(async (_, asked) => {
  const all = {...asked, packages: []};
  const names = [...new Set((await asker.ask('OverviewActivity', values(all))).map((row) => row.package_name))];
  let events = 0;
  for (const name of names.filter((text) => text !== null))
    events += (await asker.ask('OverviewTotals', values({...all, packages: [name]})))[0].events;
  assert.equal(events, (await asker.ask('OverviewTotals', values(all)))[0].events);
}));

test('narrowing any filter never raises a number', () => eachLog(async (_, asked, random, tables) => {
  const [wide] = await asker.ask('OverviewTotals', values(asked));
  const id = (table: string): string => random.of(tables[table]).id as string;
  const choices: [keyof Asked, string[]][] = [['packages', packageNames(tables).slice(0, 2)], ['users', [id('users')]],
    ['groups', [id('groups')]], ['functions', functionIds(tables).slice(0, 4)], ['sources', ['usage', 'error']],
    ['types', [id('event_types'), id('event_types')]], ['tags', ['viewer']], ['categories', ['A', 'Core']],
    ['cells', randomRequest(random, tables).cells!]];
  const narrower: Asked[] = choices.filter(([key]) => (asked[key] as string[]).length === 0)
    .map(([key, list]) => ({...asked, [key]: list}));
  narrower.push({...asked, to: (asked.from + asked.to) / 2}, {...asked, service: false});
  for (const narrow of [random.of(narrower), random.of(narrower), random.of(narrower)]) {
    const [row] = await asker.ask('OverviewTotals', values(narrow));
    for (const column of ['active_users', 'new_users', 'sessions', 'runs', 'events', 'errors'])
      assert.ok(row[column] <= wide[column], `${column}: ${row[column]} > ${wide[column]} ${JSON.stringify(narrow)}`);
  }
}));

test('folding merges the smallest packages, says how many, and keeps users exact', () => eachLog(async (_, asked) => {
  const whole = await asker.ask('OverviewActivity', values(asked));
  const maxRows = 12;
  const rows = await asker.ask('OverviewActivity', values(asked, {maxRows}));
  const usersBy = (list: Row[], key: string): Map<string, number> => new Map([...groupBy(list
    .filter((row) => row.user_id !== null), (row) => row[key])].map(([k, group]) =>
    [k, new Set(group.map((row) => row.user_id)).size]));
  assert.deepEqual(usersBy(rows, 'bucket'), usersBy(whole, 'bucket'));
  assert.deepEqual(usersBy(rows, 'user_id'), usersBy(whole, 'user_id'));
  for (const column of ['events', 'runs', 'errors'])
    assert.equal(sum(rows, column), sum(whole, column), column);
  const kept = rows.filter((row) => row.folded === 0 && row.package_name !== null);
  const keptNames = new Set(kept.map((row) => row.package_name));
  assert.deepEqual(cells(kept), cells(whole.filter((row) => keptNames.has(row.package_name))));
  const names = new Set(whole.map((row) => row.package_name).filter((name) => name !== null));
  for (const row of rows.filter((one) => one.folded > 0))
    assert.deepEqual([row.package_name, row.folded], ['Other packages', names.size - keptNames.size]);
  if (cells(whole).length <= maxRows)
    assert.deepEqual(rows, whole);
  else {
    const pairs = new Set(whole.filter((row) => row.package_name !== null).map((row) => `${row.bucket} ${row.user_id}`));
    assert.ok(cells(rows).length <= Math.max(maxRows, pairs.size));
  }
}));

test('labels of users are distinct, and no label hides a name', () => eachLog(async (oracle, asked) => {
  const rows = await asker.ask('OverviewActivity', values({...asked, groups: [], users: [], service: true}));
  const labels = new Map(rows.filter((row) => row.user_id !== null).map((row) => [row.user_id, row.user]));
  assert.equal(new Set(labels.values()).size, labels.size);
  for (const [id, label] of labels) {
    const user = oracle.data.users.find((row) => row.id === id)!;
    assert.ok(label.startsWith(user.friendly_name?.trim() || user.login || user.id), label);
  }
}));

test('buckets begin where the package says, in every zone and unit', async () => {
  const random = new Random(5);
  await load(asker.client, randomLog(1));
  const centres = ['2026-11-01', '2026-03-08', '2018-11-04', '2024-11-03', '2026-04-04T15:00Z', '2026-10-03T15:00Z',
    '2011-12-30', '2026-03-29', '2026-06-15'].map((text) => Date.parse(text));
  for (const zone of ZONES) {
    for (const unit of ['minute', '10 minutes', 'hour', 'day', 'week', 'month', 'quarter', 'year'] as Unit[]) {
      const length = {'minute': 1, '10 minutes': 8, 'hour': 50}[unit as string] ?? 2000;
      const from = random.of(centres) + Math.round((random.next() - 0.5) * 4) * 15 * HOUR / 4 * length ** 0.3;
      const asked = {from: Math.floor(from), to: Math.floor(from) + length * HOUR};
      const rows = await asker.ask('OverviewActivity', values(asked, {unit, zone}));
      assert.deepEqual([...new Set(rows.map((row) => row.bucket))].map((time) => new Date(time).toISOString()),
        bucketsOf(asked, unit, zone, 0).map((bucket) => new Date(bucket.start).toISOString()), `${unit} ${zone}`);
    }
  }
});

test('only the bounds need to be given, and nulls mean no filter', async () => {
  await load(asker.client, randomLog(3));
  const asked = {from: CENTRE - 500 * HOUR, to: CENTRE + 500 * HOUR};
  const plain = await asker.ask('OverviewTotals', values(asked));
  assert.ok(plain[0].events > 0);
  assert.deepEqual(await asker.ask('OverviewTotals', values(asked, {groups: null, users: null, packages: null})), plain);
  assert.deepEqual(await asker.ask('OverviewTotals', values(asked, {groups: [], users: [], packages: []})), plain);
  assert.ok((await asker.ask('OverviewActivity', values(asked))).length > 0);
});

test('values that are no ids, units or zones fail with the message of the database', async () => {
  const asked = {from: CENTRE, to: CENTRE + HOUR};
  await assert.rejects(asker.ask('OverviewTotals', values(asked, {groups: [`' or 1=1 --`]})), /uuid/);
  await assert.rejects(asker.ask('OverviewActivity', values(asked, {zone: 'Mars/Olympus'})), /Mars\/Olympus/);
  await assert.rejects(asker.ask('OverviewActivity', values(asked, {unit: `day'; --`})), /day'; --/);
});

test('a package filter takes any text for a name, ids included', async () => {
  await load(asker.client, randomLog(2));
  const asked = {from: CENTRE - 500 * HOUR, to: CENTRE + 500 * HOUR};
  for (const packages of [[`'"\\{},`], ['3e32c5fa-ac9c-4d39-8b4b-4db3e576b3c3'], ['%'], ['NULL']])
    assert.equal((await asker.ask('OverviewTotals', values({...asked, packages})))[0].events, 0);
});
