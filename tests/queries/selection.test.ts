import assert from 'node:assert/strict';
import {after, before, test} from 'node:test';
import {usersOfCells} from '../../src/core/cells.ts';
import {openAsker, type Asker, type Row} from './asked.ts';
import {groupBy, Oracle, type Counted} from './oracle.ts';
import {eachLog as eachLogOf, HOUR, iso, values, type Check} from './requests.ts';

let asker: Asker;
before(async () => {
  asker = await openAsker();
});
after(() => asker.close());

const eachLog = (check: Check): Promise<void> => eachLogOf(asker, 12, check);

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

test('events of a selection by log level', () => eachLog(async (oracle, asked) => {
  const rows = await asker.ask('SelectionSources', values(asked));
  assert.deepEqual(pick(rows, 'source', 'events', 'errors', 'users', 'last_event'),
    grouped(oracle.counted(asked), (event) => [event.source]));
  const [totals] = await asker.ask('OverviewTotals', values(asked));
  for (const column of ['events', 'errors'])
    assert.equal(rows.reduce((total, row) => total + row[column], 0), totals[column], column);
}));

test('audit records of a selection by type', () => eachLog(async (oracle, asked) => {
  const rows = await asker.ask('SelectionAudit', values(asked));
  assert.deepEqual(pick(rows.map((row) => ({...row, errors: 0})), 'type', 'events', 'errors', 'users', 'last_event'),
    grouped(oracle.counted(asked).filter((event) => event.isEvent && event.source === 'audit'), (event) => [event.type]));
}));

test('functions run in a selection, versions as one, those that are gone in one row, add up to the runs', () =>
  eachLog(async (oracle, asked) => {
    const rows = await asker.ask('SelectionFunctions', values(asked));
    const runs = oracle.counted(asked).filter((event) => event.isRun);
    const keyed = rows.map((row) => ({...row, errors: 0, key: oracle.functionKey(row.function_id)}) as Row);
    assert.deepEqual(pick(keyed, 'key', 'runs', 'errors', 'users', 'last_run'), grouped(runs, (event) => event.functions));
    assert.equal(rows.reduce((total, row) => total + row.runs, 0),
      (await asker.ask('OverviewTotals', values(asked)))[0].runs);
    for (const row of keyed) {
      assert.equal(row.function, Oracle.functionName(row.key));
      assert.equal(row.package_name, Oracle.packageName(oracle.packageOfEntity(row.function_id)));
    }
  }));

test('of points of people, asking for these people too gives the same', async () => {
  let found = 0;
  await eachLog(async (_, asked, random, tables) => {
    const people = random.some(tables.users.map(({id}) => id as string), 3);
    const cells = people.map((id) => [iso(asked.from - 20 * HOUR), iso(asked.from + 300 * HOUR), id,
      random.of(['', 'usage']), '', random.of(['', '', 'Core'])].join('|'));
    assert.deepEqual(usersOfCells(cells), [...new Set(people)].sort());
    const wide = {...asked, groups: [], cells};
    for (const query of ['SelectionSources', 'SelectionFunctions', 'SelectionAudit']) {
      const [without, narrowed] = [await asker.ask(query, values({...wide, users: []})),
        await asker.ask(query, values({...wide, users: usersOfCells(cells)}))];
      assert.deepEqual(narrowed, without, query);
      found += narrowed.length;
    }
  });
  assert.ok(found > 30, `${found} rows`);
});
