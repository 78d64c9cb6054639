import assert from 'node:assert/strict';
import {after, before, test} from 'node:test';
import {openAsker, type Asker, type Row} from './asked.ts';
import {Oracle, ZERO, type Asked, type Counted} from './oracle.ts';
import {eachLog, iso, values} from './requests.ts';

const LOGS = 10;

let asker: Asker;
before(async () => {
  asker = await openAsker();
});
after(() => asker.close());

/** All pages, asked for one after the other by the last row of the page before; its time as a page knows it. */
async function allRows(query: string, asked: Record<string, unknown>, pageSize: number, time: string): Promise<Row[]> {
  const rows: Row[] = [];
  for (let last: Row | undefined; ;) {
    const page = await asker.ask(query, {...asked, pageSize,
      ...last === undefined ? {} : {beforeId: last.id, beforeTime: iso(last[time])}});
    assert.ok(page.length <= pageSize);
    rows.push(...page);
    if (page.length < pageSize)
      return rows;
    last = page[page.length - 1];
  }
}

const newest = (a: Counted, b: Counted): number =>
  a.instant === b.instant ? a.id < b.id ? 1 : -1 : a.instant < b.instant ? 1 : -1;

test('events: the pages together are the rows that each number counts, the newest first, and each page tells how many', () =>
  eachLog(asker, LOGS, async (oracle, asked, random) => {
    const measure = random.of(['events', 'runs', 'errors', undefined]);
    const expected = oracle.counted({...asked, measure: measure ?? 'events'}).sort(newest);
    const rows = await allRows('EventRows', values(asked, {measure}), random.of([3, 7, 1000]), 'time');
    assert.deepEqual(rows.map((row) => row.id), expected.map((event) => event.id));
    assert.ok(rows.every((row) => row.total === expected.length));
    const [totals] = await asker.ask('OverviewTotals', values({...asked, measure: undefined}));
    assert.equal(rows.length, asked.measure && measure === undefined ? rows.length : totals[measure ?? 'events']);
  }));

test('events: each row tells the package, the function, the person and the type it counts for', () =>
  eachLog(asker, LOGS, async (oracle, asked) => {
    const known = new Map(oracle.counted(asked).map((event) => [event.id, event]));
    const users = new Map((await asker.ask('FilterUsers')).map((row) => [row.id, row.label]));
    for (const row of await asker.ask('EventRows', values(asked, {pageSize: 1000}))) {
      const event = known.get(row.id)!;
      const stored = oracle.find('events', row.id)!;
      assert.deepEqual([row.time, row.source, row.type, row.type_id, row.user_id, row.package_name, row.session_id],
        [event.time, event.source, event.type, event.typeId, event.user, event.package, event.session]);
      assert.equal(row.user, users.get(row.user_id) ?? null);
      assert.deepEqual([row.description, row.error_message],
        [stored.description || stored.friendly_name, stored.error_message]);
      const key = row.function_id === null ? undefined : oracle.functionKey(row.function_id);
      assert.equal(key === undefined, event.functions.length === 0);
      if (key !== undefined) {
        assert.ok(event.functions.includes(key));
        assert.equal(row.function, Oracle.functionName(key));
      }
    }
  }));

/** A request for what a point of a chart shows, as the page makes it: the point as an exact selection. */
function cellOf(row: Row, kept: string[], part: {source?: string; func?: string; owner?: string}): string {
  const person = row.folded > 0 ? `!${kept.join(',')}` : row.user_id ?? '-';
  return [iso(row.bucket), iso(row.bucket_end), person, part.source ?? '', part.func ?? '', part.owner ?? ''].join('|');
}

test('the rows behind the points of a chart are as many as the points say, folded ones too', () =>
  eachLog(asker, LOGS, async (_, asked, random) => {
    const charts: [string, string, (row: Row) => {source?: string; func?: string; owner?: string}][] = [
      ['PackagesActivity', 'events', (row) => ({owner: row.package_name})],
      ['PackagesActivity', 'errors', (row) => ({owner: row.package_name})],
      ['FunctionsActivity', 'runs', (row) => ({func: row.function_id})],
      ['EventsActivity', 'events', (row) => ({source: row.source})],
      ['EventsActivity', 'errors', (row) => ({source: row.source})]];
    const wide: Asked = {...asked, cells: [], measure: undefined};
    for (const [query, measure, part] of charts) {
      const maxPoints = random.of([8, 20000]);
      const rows = (await asker.ask(query, values(wide, {maxPoints}))).filter((row) => row.source !== null);
      const kept = [...new Set(rows.map((row) => row.user_id as string).filter((id) => id !== null))];
      const chosen = random.chance(0.3) ? rows : random.some(rows, 3);
      if (chosen.length === 0)
        continue;
      const cells = chosen.map((row) => cellOf(row, kept, part(row)));
      const [first] = await asker.ask('EventRows', values(wide, {cells, measure, pageSize: 1}));
      const count = [...new Set(chosen)].reduce((total, row) => total + row[measure], 0);
      assert.equal(first?.total ?? 0, count, `${query} ${measure} ${cells}`);
    }
  }));

test('numbers per type, level and function are those of their rows', () => eachLog(asker, LOGS, async (_, asked, random) => {
  const wide: Asked = {...asked, cells: [], measure: undefined};
  const count = async (more: Partial<Asked>): Promise<number> =>
    (await asker.ask('EventRows', values({...wide, ...more}, {pageSize: 1})))[0]?.total ?? 0;
  const types = await asker.ask('EventTypes', values({...wide, types: []}));
  for (const row of random.some(types, 2)) {
    assert.equal(await count({types: [row.type_id], measure: 'events'}), row.events);
    assert.equal(await count({types: [row.type_id], measure: 'errors'}), row.errors);
  }
  const sources = await asker.ask('SelectionSources', values({...wide, sources: []}));
  for (const row of random.some(sources, 2))
    assert.equal(await count({sources: [row.source], measure: 'events'}), row.events);
  const functions = await asker.ask('SelectionFunctions', values({...wide, functions: []}));
  for (const row of random.some(functions, 2))
    assert.equal(await count({functions: [row.function_id], measure: 'runs'}), row.runs);
}));

test('hostile and malformed selections fail or select nothing, and never more than they say', async () => {
  const asked = {from: '2026-01-01T00:00:00Z', to: '2027-01-01T00:00:00Z'};
  const total = async (cell: string): Promise<number> =>
    (await asker.ask('EventRows', {...asked, cells: [cell]}))[0]?.total ?? 0;
  assert.ok(await total('|||||') > 0);
  for (const cell of ['', '|', '||||', '|||||no such', '|||||%', `|||||' or '1'='1`, `||-|||`, `||||${ZERO.replace(/0/g, 'f')}|`,
    '2026-06-01T00:00:00Z|2026-05-01T00:00:00Z||||'])
    assert.equal(await total(cell), 0, cell);
  for (const cell of ['soon|||||', `||' or 1=1||||`, '||!x||||', '||||f|'])
    await assert.rejects(total(cell), /invalid input syntax/, cell);
  await assert.rejects(asker.ask('EventRows', {...asked, measure: 'everything'}), /invalid input syntax/);
  await assert.rejects(asker.ask('EventRows', {...asked, functions: ['f']}), /uuid/);
});

test('calls: the pages together are all calls that match, the newest first', () => eachLog(asker, LOGS, async (oracle, asked, random) => {
  const {from, to, groups, users, packages, service} = asked;
  const request = {from, to, groups, users, packages, service};
  const rows = await allRows('FunctionCalls', values(request), random.of([4, 500]), 'started');
  const text = (row: Row): string => oracle.find('func_calls', row.id)!.started + row.id;
  const [calls] = [await asker.ask('FunctionsTiming', values(request))];
  assert.equal(rows.length, calls.reduce((total, row) => total + row.calls, 0));
  assert.ok(rows.every((row, i) => row.total === rows.length && (i === 0 || text(rows[i - 1]) > text(row))));
}));
