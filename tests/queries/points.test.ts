import assert from 'node:assert/strict';
import {after, before, test} from 'node:test';
import {bucketsOf, unitOf} from '../../src/core/buckets.ts';
import {startOf, type Unit} from '../../src/core/calendar.ts';
import {ZONES} from '../core/support.ts';
import {openAsker, type Asker, type Row} from './asked.ts';
import {groupBy, Oracle, type Asked, type Counted} from './oracle.ts';
import {eachLog, sum, values} from './requests.ts';

const LOGS = 12;

let asker: Asker;
before(async () => {
  asker = await openAsker();
});
after(() => asker.close());

/** A chart of points: what it shows of each event, and by which columns. */
interface Chart {
  query: string;
  shows: (event: Counted) => boolean;
  item: (event: Counted) => string;
  itemOf: (row: Row, oracle: Oracle) => string;
  counts: readonly ('events' | 'runs' | 'errors')[];
  /** Columns whose sums are the numbers of the cards. */
  totals: readonly string[];
}

const CHARTS: readonly Chart[] = [
  {query: 'PackagesActivity', shows: (event) => event.isEvent, item: (event) => event.package,
    itemOf: (row) => row.package_name, counts: ['events', 'runs', 'errors'], totals: ['events', 'runs']},
  {query: 'FunctionsActivity', shows: (event) => event.isRun, item: (event) => event.functions[0],
    itemOf: (row, oracle) => oracle.functionKey(row.function_id), counts: ['runs'], totals: ['runs']},
  {query: 'EventsActivity', shows: () => true, item: (event) => event.source, itemOf: (row) => row.source,
    counts: ['events', 'errors'], totals: ['events', 'errors']},
];

const isOf = {events: (e: Counted) => e.isEvent, runs: (e: Counted) => e.isRun, errors: (e: Counted) => e.isError};
const isPoint = (row: Row): boolean => row.source !== null;

function points(rows: Row[], chart: Chart, oracle: Oracle): string[] {
  return rows.filter(isPoint).map((row) => JSON.stringify([row.bucket, chart.itemOf(row, oracle), row.user_id,
    ...chart.counts.map((column) => row[column])])).sort();
}

function expectedPoints(chart: Chart, oracle: Oracle, asked: Asked, unit: Unit, zone: string): string[] {
  const groups = groupBy(oracle.counted(asked).filter(chart.shows),
    (event) => [startOf(event.time, unit, zone), chart.item(event), event.user]);
  return [...groups].map(([key, events]) => JSON.stringify([...JSON.parse(key),
    ...chart.counts.map((column) => events.filter(isOf[column]).length)])).sort();
}

for (const chart of CHARTS) {
  const {query} = chart;

  test(`${query}: points equal those of the oracle, buckets those of the page, sums those of the cards`, () =>
    eachLog(asker, LOGS, async (oracle, asked, random) => {
      const zone = random.of(ZONES);
      const unit = random.of([unitOf(asked), 'day', 'hour', 'month'] as Unit[]);
      const rows = await asker.ask(query, values(asked, {unit, zone}));
      assert.deepEqual(points(rows, chart, oracle), expectedPoints(chart, oracle, asked, unit, zone));
      const ends = new Map(bucketsOf(asked, unit, zone, 0).map((bucket) => [bucket.start, bucket.end]));
      assert.ok(rows.every((row) => ends.get(row.bucket) === row.bucket_end));
      assert.ok(rows.every((row) => row.folded === 0));
      const [totals] = await asker.ask('OverviewTotals', values(asked));
      for (const column of chart.totals)
        assert.equal(sum(rows, column), totals[column], column);
      if (query === 'EventsActivity')
        assert.deepEqual([...new Set(rows.map((row) => row.bucket))], [...ends.keys()]);
    }));

  test(`${query}: folding keeps the most active users exact and tells how many are behind each of the other points`, () =>
    eachLog(asker, LOGS, async (oracle, asked) => {
      const wide = {...asked, cells: [], sources: [], types: []};
      const [first] = chart.counts;
      const whole = (await asker.ask(query, values(wide))).filter(isPoint);
      const maxPoints = 15;
      const rows = (await asker.ask(query, values(wide, {maxPoints}))).filter(isPoint);
      if (whole.length <= maxPoints)
        return assert.deepEqual(rows, whole);
      const size = (user: string): number => sum(whole.filter((row) => row.user_id === user), first);
      const users = [...new Set(whole.map((row) => row.user_id as string | null))].filter((id) => id !== null)
        .sort((a, b) => size(b) - size(a) || (a < b ? -1 : 1));
      const kept = rows.filter((row) => row.folded === 0);
      const keptUsers = new Set(kept.map((row) => row.user_id).filter((id) => id !== null));
      assert.deepEqual(users.slice(0, keptUsers.size), users.filter((id) => keptUsers.has(id)));
      assert.deepEqual(points(kept, chart, oracle),
        points(whole.filter((row) => row.user_id === null || keptUsers.has(row.user_id)), chart, oracle));
      const rest = groupBy(whole.filter((row) => row.user_id !== null && !keptUsers.has(row.user_id)),
        (row) => [row.bucket, chart.itemOf(row, oracle)]);
      assert.deepEqual(rows.filter((row) => row.folded > 0).map((row) => JSON.stringify([[row.bucket,
        chart.itemOf(row, oracle)], row.user_id, row.user, row.folded, chart.counts.map((c) => row[c])])).sort(),
      [...rest].map(([key, group]) => JSON.stringify([JSON.parse(key), null, 'Other users', group.length,
        chart.counts.map((c) => sum(group, c))])).sort());
      const cells = groupBy(whole, (row) => [row.bucket, chart.itemOf(row, oracle), row.user_id === null]);
      assert.ok(rows.length <= Math.max(maxPoints, cells.size));
    }));
}

test('points carry the names of what they stand for', () => eachLog(asker, LOGS, async (oracle, asked) => {
  const labels = new Map((await asker.ask('FilterUsers')).map((row) => [row.id, [row.label, row.login]]));
  const packages = new Map((await asker.ask('FilterPackages')).map((row) => [row.name, row.label]));
  for (const {query} of CHARTS) {
    for (const row of (await asker.ask(query, values(asked))).filter((one) => one.user_id !== null)) {
      assert.deepEqual([row.user, row.login], labels.get(row.user_id));
      if (row.package_name !== undefined)
        assert.equal(row.package, packages.get(row.package_name));
      if (row.category !== undefined)
        assert.equal(row.category, oracle.category(row.package_name));
      if (row.function_id !== undefined) {
        assert.equal(row.function, Oracle.functionName(oracle.functionKey(row.function_id)));
        assert.equal(row.package_name, Oracle.packageName(oracle.packageOfEntity(row.function_id)));
      }
    }
  }
}));

test('one id stands for all versions of a function: of the current version, or of the latest', () =>
  eachLog(asker, LOGS, async (oracle, asked) => {
    const version = (id: string): Row | undefined => {
      const found = oracle.find('published_packages', oracle.find('entities', id)?.package_id);
      return found;
    };
    const isCurrent = (id: string): number => Number(version(id)?.is_current === true && !version(id)!.debug);
    const published = (id: string): string => version(id)?.published_on ?? '';
    const best = new Map([...groupBy(oracle.data.funcs, (func) => oracle.functionKey(func.id))].map(([key, funcs]) =>
      [JSON.parse(key), funcs.map((func) => func.id as string).sort((a, b) => isCurrent(b) - isCurrent(a) ||
        (published(a) === published(b) ? a < b ? -1 : 1 : published(a) < published(b) ? 1 : -1))[0]]));
    for (const row of await asker.ask('FunctionsActivity', values({...asked, cells: [], types: [], sources: []}))) {
      const key = oracle.functionKey(row.function_id);
      assert.equal(row.function_id, best.get(key) ?? key);
    }
  }));
