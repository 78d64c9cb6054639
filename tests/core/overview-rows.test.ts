import assert from 'node:assert/strict';
import {test} from 'node:test';
import type {Cube, SummaryRequest} from '../../src/core/summary/cube.ts';
import {overviewActivity} from '../../src/core/summary/overview.ts';
import {Dictionary, type Slice} from '../../src/core/summary/slice.ts';
import type {MadeTable} from '../../src/core/summary/table.ts';

const DAY = 86_400_000;
const [USERS, PACKAGES, BUCKETS] = [300, 50, 8];
const from = Date.UTC(2026, 2, 2);
const request: SummaryRequest = {from, to: from + BUCKETS * DAY, unit: 'day', zone: 'UTC', groups: [], users: [],
  packages: [], categories: [], sources: [], service: false, functions: [], tags: []};

/** Everybody uses every package every day, package n n times: 120,000 rows. */
function busyCube(): Cube {
  const dictionary = new Dictionary();
  dictionary.kind({source: 'usage', error: '', isTest: false, isRun: true});
  const names = (word: string, count: number): string[] => Array.from({length: count}, (_, i) => `${word} ${i + 1}`);
  names('user', USERS).forEach((id) => dictionary.users.add(id));
  names('package', PACKAGES).forEach((id) => dictionary.packages.add(id));
  const rows = USERS * PACKAGES * BUCKETS;
  const column = (of: (row: number) => number): Int32Array => Int32Array.from({length: rows}, (_, row) => of(row));
  const runs = Array.from({length: USERS * BUCKETS}, (_, run) => run);
  const none = new Int32Array(0);
  const slice: Slice = {rows, starts: Array.from({length: BUCKETS}, (_, i) => from + i * DAY),
    runs: {bucket: runs.map((run) => Math.floor(run / USERS)),
      user: runs.map((run) => run % USERS), from: [...runs, runs.length].map((run) => run * PACKAGES)},
    package: column((row) => row % PACKAGES), function: column(() => -1), kind: column(() => 0),
    events: column((row) => row % PACKAGES + 1),
    visits: {rows: 0, session: none, user: none, isTest: new Uint8Array(0), word: none, low: none, high: none,
      packages: none}};
  return {dictionary, slices: [slice], functions: null, dimensions: {members: new Map(), dismissed: new Set(),
    accounts: new Map(dictionary.users.names.map((id) => [id, {id, label: id, login: id, group: `group of ${id}`,
      isService: false, joined: NaN}])),
    packages: new Map(dictionary.packages.names.map((id) => [id, {name: id, label: id, category: 'none'}]))}};
}

/** Column by name: the text or number of each row. */
function values(table: MadeTable, name: string): (string | number)[] {
  const column = table.columns.find((one) => one.name === name)!;
  return column.type === 'text' ? Array.from(column.codes, (code) => column.names[code]) :
    column.type === 'int' ? [...column.values] : Array.from(column.places, (place) => column.instants[place]);
}

/** Events and distinct users by package. */
function byPackage(table: MadeTable): Record<string, [events: number, users: number]> {
  const [packages, users, events] = ['package_name', 'user_id', 'events'].map((name) => values(table, name));
  const sums: Record<string, [number, Set<unknown>]> = {};
  packages.forEach((name, row) => {
    const sum = sums[name] ??= [0, new Set()];
    sum[0] += events[row] as number;
    sum[1].add(users[row]);
  });
  return Object.fromEntries(Object.entries(sums).map(([name, [count, people]]) => [name, [count, people.size]]));
}

test('a hundred and twenty thousand rows tell every package apart', () => {
  const table = overviewActivity(busyCube(), request);
  assert.equal(table.rows, 120_000);
  assert.ok(values(table, 'folded').every((folded) => folded === 0));
  const expected = Array.from({length: PACKAGES}, (_, i) => [`package ${i + 1}`, [(i + 1) * USERS * BUCKETS, USERS]]);
  assert.deepEqual(byPackage(table), Object.fromEntries(expected));
});

test('more rows than fit: the smallest packages are one, and each bucket and user has one row of it', () => {
  // Besides 2,400 rows of what is folded there is room for those of the 40 largest.
  const table = overviewActivity(busyCube(), request, 2400 * 41);
  assert.equal(table.rows, 2400 * 41);
  const sums = byPackage(table);
  assert.equal(Object.keys(sums).length, 41);
  assert.deepEqual(sums['Other packages'], [55 * USERS * BUCKETS, USERS]);
  assert.deepEqual(sums['package 11'], [11 * USERS * BUCKETS, USERS]);
  assert.deepEqual([...new Set(values(table, 'folded'))].sort(), [0, 10]);
});

test('every bucket has a row of nobody and nothing where lines need zeros', () => {
  const table = overviewActivity(busyCube(), request, undefined, true);
  const [users, events] = ['user_id', 'events'].map((name) => values(table, name));
  assert.equal(users.filter((user, row) => user === '' && events[row] === 0).length, BUCKETS);
  assert.equal(table.rows, 120_000 + BUCKETS);
});
