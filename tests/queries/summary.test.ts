import assert from 'node:assert/strict';
import {after, before, test} from 'node:test';
import {unitOf} from '../../src/core/buckets.ts';
import type {Unit} from '../../src/core/calendar.ts';
import {overviewTotals} from '../../src/core/summary/overview.ts';
import {usedPackages} from '../../src/core/summary/points.ts';
import {ZONES} from '../core/support.ts';
import {openAsker, type Asker, type Row} from './asked.ts';
import {Oracle, type Asked} from './oracle.ts';
import {CENTRE, load, randomLog, type Random} from './random-log.ts';
import {eachLog as eachLogOf, HOUR, iso, values, type Check} from './requests.ts';
import {filtered, fits, rowsOf, sorted, Summaries, summaryRequest, TABLES} from './summaries.ts';

const LOGS = 14;

let asker: Asker;
before(async () => {
  asker = await openAsker();
});
after(() => asker.close());

const eachLog = (check: Check): Promise<void> => eachLogOf(asker, LOGS, (oracle, asked, random, tables) =>
  check(oracle, {...asked, entities: [], cells: [], types: []}, random, tables));

interface Case {
  unit: Unit;
  zone: string;
  now: number;
}

/** Some of the range closed, all of it, or nothing. */
function anyCase(random: Random, asked: Asked): Case {
  return {zone: random.of(ZONES), unit: random.of([unitOf(asked), 'day', 'week', 'month', 'year'] as Unit[]),
    now: random.of([CENTRE, CENTRE + 5 * 24 * HOUR, CENTRE + 2000 * HOUR, CENTRE - 2000 * HOUR])};
}

for (const {query, detail, made, limit} of TABLES) {
  test(`${query} from summaries by ${detail} is the answer of the query, folded or not`, () =>
    eachLog(async (_, wide, random) => {
      const asked = filtered(wide, detail);
      const {unit, zone, now} = anyCase(random, asked);
      assert.ok(fits(asked));
      const cube = await new Summaries(asker, now).cube(asked, detail, unit, zone);
      for (const most of [undefined, 12]) {
        const rows = await asker.ask(query, values(asked, {unit, zone, [limit]: most}));
        assert.deepEqual(sorted(rowsOf(made(cube, summaryRequest(asked, unit, zone), most))), sorted(rows));
      }
    }));
}

test('values are looked up one by one, or all are read where the range has many of them: the counts are the same', async () => {
  const range = {from: iso(CENTRE - 480 * HOUR), to: iso(CENTRE + 480 * HOUR)};
  for (let seed = 1; seed <= LOGS; seed++) {
    await load(asker.client, randomLog(seed));
    const answers = (): Promise<Row[][]> => Promise.all(['packages', 'functions'].map(async (detail) =>
      (await asker.ask('UsageSummary', {...range, detail})).sort((a, b) => String(a.part) < String(b.part) ? -1 : 1)));
    // How many values there are is not known yet: those of 40 days are looked up.
    const lookedUp = await answers();
    await asker.client.query('analyze event_parameter_values');
    const {rows: [{values: known, events}]} = await asker.client.query(`select c.reltuples as values,
      (select count(*) from events e where e.event_time >= $1 and e.event_time < $2)::int as events
      from pg_class c where c.oid = 'event_parameter_values'::regclass`, [range.from, range.to].map((at) => at.slice(0, -1)));
    assert.ok(known > 0 && events > known / 60, `${events} events, ${known} values`);
    assert.deepEqual(await answers(), lookedUp, `log ${seed}`);
  }
});

test('totals from summaries are those of the oracle, sessions over several chunks counted once', () =>
  eachLog(async (oracle, wide, random) => {
    const asked = {...filtered(wide, 'packages'), sources: [], measure: undefined};
    const {unit, zone, now} = anyCase(random, asked);
    const cube = await new Summaries(asker, now).cube(asked, 'packages', unit, zone);
    const {last_event: _, ...totals} = oracle.totals(asked);
    assert.deepEqual(overviewTotals(cube, summaryRequest(asked, unit, zone)), totals);
  }));

test('packages that no event of summaries is of are those which the query finds, and it believes what it is told', () =>
  eachLog(async (_, wide, random) => {
    const asked = filtered(wide, 'packages');
    const {unit, zone, now} = anyCase(random, asked);
    const cube = await new Summaries(asker, now).cube(asked, 'packages', unit, zone);
    const {used, unused} = usedPackages(cube, summaryRequest(asked, unit, zone));
    const rows = await asker.ask('PackagesUnused', values(asked));
    assert.deepEqual(unused.sort(), rows.map((row) => row.package_name as string).sort());
    assert.deepEqual(await asker.ask('PackagesUnused', values(asked, {used: ['Core', ...used]})), rows);
  }));

test('what changes later is obeyed by summaries that were counted before', () => eachLog(async (_, wide, random) => {
  const asked = filtered(wide, 'packages');
  const {unit, zone, now} = anyCase(random, asked);
  const summaries = new Summaries(asker, now);
  const before = await summaries.cube(asked, 'packages', unit, zone);
  for (const sql of [`update users set friendly_name = 'New ' || friendly_name, is_service = not is_service`,
    `update event_types set is_error = not coalesce(is_error, true) where source = 'error'`,
    `update packages set name = 'New ' || name, friendly_name = 'Label', category = 'New'`,
    `delete from groups_relations where id::text < '8'`])
    await asker.client.query(sql);
  const cube = {...await summaries.cube(asked, 'packages', unit, zone), slices: before.slices};
  for (const {query, made} of TABLES.filter((table) => table.detail === 'packages')) {
    assert.deepEqual(sorted(rowsOf(made(cube, summaryRequest(asked, unit, zone)))),
      sorted(await asker.ask(query, values(asked, {unit, zone}))));
  }
  const plain = {...asked, sources: [], measure: undefined};
  const {last_event: _last, ...totals} = (await Oracle.read(asker.client)).totals(plain);
  assert.deepEqual(overviewTotals(cube, summaryRequest(plain, unit, zone)), totals);
}));
