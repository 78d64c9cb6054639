import assert from 'node:assert/strict';
import {after, before, test} from 'node:test';
import {openAsker, type Asker, type Row} from './asked.ts';
import {groupBy, Oracle, type Asked, type Counted} from './oracle.ts';
import {CENTRE, load, Random, randomLog} from './random-log.ts';

const LOGS = 25;
const HOUR = 3_600_000;

let asker: Asker;
before(async () => {
  asker = await openAsker();
});
after(() => asker.close());

/** The numbers of each group of counted events, in one order. */
function grouped(events: Counted[], key: (event: Counted) => unknown[]): string[] {
  return [...groupBy(events, key)].map(([text, group]) => JSON.stringify([...JSON.parse(text),
    group.filter((event) => event.isEvent).length, group.filter((event) => event.isError).length,
    new Set(group.filter((event) => event.isEvent).map((event) => event.user)).size,
    Math.max(...group.map((event) => event.time))])).sort();
}

function pick(rows: Row[], ...columns: string[]): string[] {
  return rows.map((row) => JSON.stringify(columns.map((column) => row[column] ?? null))).sort();
}

async function eachLog(check: (oracle: Oracle, asked: Asked, values: Row) => Promise<void>): Promise<void> {
  for (let seed = 100; seed < 100 + LOGS; seed++) {
    const tables = randomLog(seed);
    await load(asker.client, tables);
    const oracle = await Oracle.read(asker.client);
    const random = new Random(seed);
    for (let i = 0; i < 3; i++) {
      const asked: Asked = {from: CENTRE - random.below(100) * HOUR, to: CENTRE + (1 + random.below(300)) * HOUR,
        users: random.chance(0.5) ? [] : random.some(tables.users, 5).map((row) => row.id as string),
        groups: random.chance(0.7) ? [] : random.some(tables.groups, 2).map((row) => row.id as string),
        packages: random.chance(0.5) ? [] : random.some(['Core', ...tables.packages.map((row) => row.name as string)]
          .filter((name) => name !== null), 3), service: random.chance(0.3)};
      await check(oracle, asked,
        {...asked, from: new Date(asked.from).toISOString(), to: new Date(asked.to).toISOString()});
    }
  }
}

test('events of a selection by log level', () => eachLog(async (oracle, asked, values) => {
  const rows = await asker.ask('SelectionSources', values);
  assert.deepEqual(pick(rows, 'source', 'events', 'errors', 'users', 'last_event'),
    grouped(oracle.counted(asked), (event) => [event.source]));
  const [totals] = await asker.ask('OverviewTotals', values);
  for (const column of ['events', 'errors'])
    assert.equal(rows.reduce((total, row) => total + row[column], 0), totals[column], column);
}));

test('audit records of a selection by type', () => eachLog(async (oracle, asked, values) => {
  const rows = await asker.ask('SelectionAudit', values);
  assert.deepEqual(pick(rows.map((row) => ({...row, errors: 0})), 'type', 'events', 'errors', 'users', 'last_event'),
    grouped(oracle.counted(asked).filter((event) => event.isEvent && event.source === 'audit'), (event) => [event.type]));
}));

test('functions run in a selection, those that are gone in one row, add up to the runs', () =>
  eachLog(async (oracle, asked, values) => {
    const rows = await asker.ask('SelectionFunctions', values);
    const runs = oracle.counted(asked).filter((event) => event.isRun);
    assert.deepEqual(pick(rows.map((row) => ({...row, errors: 0})), 'function_id', 'runs', 'errors', 'users', 'last_run'),
      grouped(runs, (event) => [event.func]));
    assert.equal(rows.reduce((total, row) => total + row.runs, 0), (await asker.ask('OverviewTotals', values))[0].runs);
    for (const row of rows.filter((one) => one.function_id !== null)) {
      const name = oracle.data.funcs.find((func) => func.id === row.function_id)!.name;
      assert.equal(row.function, row.package_name === null ? name : `${row.package_name}:${name}`);
    }
  }));
