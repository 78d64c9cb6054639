import assert from 'node:assert/strict';
import {after, before, test} from 'node:test';
import {QueryRunner} from '../../../host/server/query/run.ts';
import {decodeColumnar} from '../../../host/shared/columnar.ts';
import {tableToFrame} from '../../../host/shared/frame.ts';
import {testDatabase, withClient} from '../../support/postgres.ts';
import {startNodeClient} from './node-client.ts';
import {queriesOf} from './queries.ts';
import {streamServer} from './stream-server.ts';

process.env.TZ = 'UTC';
let database: {url: string; close(): Promise<void>};
let runner: QueryRunner;
let server: Awaited<ReturnType<typeof streamServer>>;
let grok: any;
let DG: any;

before(async () => {
  database = await testDatabase();
  runner = new QueryRunner({url: database.url, rowLimit: 1000});
  server = await streamServer(runner, queriesOf(`
--name: types
--input: string date = "today" {pattern: datetime}
--input: list<string> groups = ['all']
--input: int top = 5
--input: datetime since {optional: true}
--input: bool flag = true
select 1 as i, 5000000000::int8 as big, 0.1::float8 as d, true as b, 'ü'::text as s, null::text as n,
  timestamp '2024-01-01 12:00:00.123' as t, @top::int as top, array_to_string(@groups::text[], '|') as groups,
  @since::timestamp as since, @flag as flag, now() at time zone 'utc' as now
from (values (now() at time zone 'utc')) v(x) where @date(x)
--end
--name: many
select i from generate_series(1, 5000) i
--end
--name: empty
select 'x'::text as a, 1::int8 as b, now() as c where false
--end
--name: fail
select 1/0
--end
--name: sleep
select pg_sleep(60) as mark
--end
--name: total
--output: int total
select 42 as total`));
  ({grok, DG} = await startNodeClient(`http://127.0.0.1:${server.port}/api`));
});
after(async () => {
  await server?.close();
  await runner?.close();
  await database?.close();
  // The client leaves a timer of half a minute behind for every call; nothing else is left to wait for.
  setTimeout(() => process.exit(), 300).unref();
});

test('the function is there with its parameters', () => {
  const [func] = DG.Func.find({package: 'Pkg', name: 'Types'});
  assert.equal(func.nqName, 'Pkg:Types');
  assert.deepEqual(func.inputs.map((p: any) => p.name), ['date', 'groups', 'top', 'since', 'flag']);
});

test('grok.data.query gives a data frame with the right types', async () => {
  const frame = await grok.data.query('Pkg:types', {groups: ['a', 'b'], TOP: 7, since: '2024-01-01T00:00:00Z'});
  assert.equal(frame.rowCount, 1);
  assert.deepEqual(Object.fromEntries(frame.columns.toList().map((c: any) => [c.name, c.type])), {
    i: 'int', big: 'bigint', d: 'double', b: 'bool', s: 'string', n: 'string', t: 'datetime', top: 'int',
    groups: 'string', since: 'datetime', flag: 'bool', now: 'datetime'});
  assert.equal(frame.get('big', 0), 5000000000n);
  assert.equal(frame.get('d', 0), 0.1);
  assert.equal(frame.get('s', 0), 'ü');
  assert.equal(frame.col('n').isNone(0), true);
  assert.equal(frame.get('t', 0).toISOString(), '2024-01-01T12:00:00.123Z');
  assert.equal(frame.get('top', 0), 7);
  assert.equal(frame.get('groups', 0), 'a|b');
  assert.equal(frame.get('since', 0).toISOString(), '2024-01-01T00:00:00.000Z');
  assert.equal(frame.get('flag', 0), true);
});

test('defaults apply, and a pattern restricts', async () => {
  const frame = await grok.functions.call('Pkg:Types', {});
  assert.deepEqual([frame.get('top', 0), frame.get('groups', 0), frame.col('since').isNone(0)], [5, 'all', true]);
  assert.equal((await grok.functions.call('Pkg:Types', {date: 'last year'})).rowCount, 0);
});

test('a cut table carries that in its tags', async () => {
  const frame = await grok.data.query('Pkg:Many');
  assert.equal(frame.rowCount, 1000);
  assert.equal(frame.getTag('.host-truncated'), 'true');
  assert.equal(frame.getTag('.host-row-limit'), '1000');
});

test('an empty table has its columns', async () => {
  const frame = await grok.data.query('Pkg:Empty');
  assert.deepEqual([frame.rowCount, Array.from(frame.columns.names())], [0, ['a', 'b', 'c']]);
});

test('a scalar output is the value itself', async () => {
  assert.equal(await grok.functions.call('Pkg:Total'), 42);
});

test('tables of the columnar container become data frames in the slot for Parquet', async () => {
  const globals = globalThis as any;
  const {createWebSocket} = globals;
  const seen: string[] = [];
  globals.arrow = {fromParquet: (bytes: Uint8Array) => {
    seen.push(new TextDecoder().decode(bytes.subarray(0, 8)));
    return tableToFrame(DG, decodeColumnar(bytes));
  }};
  const func = grok.functions.register({signature: 'dataframe fromParquet(blob bytes)', namespace: 'Arrow',
    run: globals.arrow.fromParquet});
  func.dart.get$initialized = () => true;
  globals.createWebSocket = (url: string, headers: object) => createWebSocket(`${url}?tables=columnar`, headers);
  try {
    const frame = await grok.data.query('Pkg:Types');
    assert.deepEqual(seen, ['DGTABLE1']);
    assert.deepEqual(frame.columns.toList().map((c: any) => c.type), ['int', 'bigint', 'double', 'bool', 'string',
      'string', 'datetime', 'int', 'string', 'datetime', 'bool', 'datetime']);
    assert.deepEqual([frame.get('big', 0), frame.get('d', 0), frame.get('b', 0), frame.get('s', 0)],
      [5000000000n, 0.1, true, 'ü']);
    assert.deepEqual([frame.col('n').isNone(0), frame.col('since').isNone(0), frame.col('s').isNone(0)],
      [true, true, false]);
    assert.equal(frame.get('t', 0).toISOString(), '2024-01-01T12:00:00.123Z');
    // The column with nulls can be changed, saved and appended to.
    frame.set('n', 0, 'now');
    assert.equal(DG.DataFrame.fromByteArray(frame.append(frame).toByteArray()).get('n', 1), 'now');
    assert.equal((await grok.data.query('Pkg:Many')).getTag('.host-truncated'), 'true');
    assert.deepEqual(Array.from((await grok.data.query('Pkg:Empty')).columns.names()), ['a', 'b', 'c']);
  } finally {
    globals.createWebSocket = createWebSocket;
  }
});

test('errors reach the caller with the message of the database', async () => {
  await assert.rejects(grok.data.query('Pkg:Fail'),
    (error: unknown) => String(error).includes('Failed to execute Pkg:Fail') && String(error).includes('division by zero'));
  const call = DG.Func.byName('Pkg:Fail').prepare();
  await assert.rejects(call.call());
  assert.deepEqual([call.status, call.errorMessage], ['Error', 'division by zero']);
  await assert.rejects(grok.data.query('Pkg:Types', {date: 'nonsense'}),
    (error: unknown) => String(error).includes('Parameter "date": "nonsense"'));
});

test('progress and parallel calls work', async () => {
  const indicator = DG.TaskBarProgressIndicator?.create?.('') ?? DG.ProgressIndicator.create();
  const percents: number[] = [];
  indicator.onProgressUpdated.subscribe(() => percents.push(indicator.percent));
  await DG.Func.byName('Pkg:Many').prepare().call(false, indicator);
  assert.ok(percents.includes(10) && percents.includes(90), `percents were ${percents}`);
  const frames = await Promise.all([1, 2, 3, 4].map((top) => grok.data.query('Pkg:Types', {top})));
  assert.deepEqual(frames.map((frame) => frame.get('top', 0)), [1, 2, 3, 4]);
});

test('cancelling a call ends the query in the database', async () => {
  const running = (): Promise<number> => withClient(database.url, async (client) => Number((await client.query(
    `select count(*) n from pg_stat_activity where query like '%pg_sleep(60) as mark%' and state = 'active'
      and pid <> pg_backend_pid()`)).rows[0].n));
  const untilRunning = async (count: number): Promise<void> => {
    for (let i = 0; i < 400 && await running() !== count; i++)
      await new Promise((resolve) => setTimeout(resolve, 25));
    assert.equal(await running(), count);
  };
  const call = DG.Func.byName('Pkg:Sleep').prepare();
  const run = call.call();
  await untilRunning(1);
  call.cancel();
  await run;
  assert.equal(call.status, 'Canceled');
  await untilRunning(0);
});
