import {mkdir, mkdtemp, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {after, before, test} from 'node:test';
import assert from 'node:assert/strict';
import type {Page} from 'puppeteer';
import {startHost, type TestHost, type TestPage} from '../support/host.ts';

/** Each run of these gives another answer, so that a kept one is seen. */
const QUERIES = `--name: Kept
--connection: System:Datagrok
--meta.cache: client
--input: int n = 0
--input: datetime at {nullable: true}
--input: list<string> names {optional: true}
select gen_random_uuid()::text as run, @n + 1 as n, timestamp '2026-03-04 05:06:07' as instant, null::text as nothing
--end

--name: KeptAt
--connection: System:Datagrok
--meta.cache: client
--input: datetime at
select gen_random_uuid()::text as run, @at::timestamp as at
--end

--name: KeptBoth
--connection: System:Datagrok
--meta.cache: all
select gen_random_uuid()::text as run
--end

--name: KeptByServer
--connection: System:Datagrok
--meta.cache: server
select gen_random_uuid()::text as run
--end

--name: KeptForAMinute
--connection: System:Datagrok
--meta.cache: client
--meta.cache.invalidateOn: * * * * *
select gen_random_uuid()::text as run
--end

--name: Scalar
--connection: System:Datagrok
--meta.cache: client
--output: string run
select gen_random_uuid()::text as run
--end

--name: Large
--connection: System:Datagrok
--meta.cache: client
--input: int rows
select gen_random_uuid()::text as run from generate_series(1, @rows)
--end

--name: Long
--connection: System:Datagrok
--meta.cache: client
--input: int n
--output: string run
select repeat(gen_random_uuid()::text, 300000 + @n) as run
--end

--name: Fails
--connection: System:Datagrok
--meta.cache: client
select 1 / (random() * 0)::int as run
--end
`;

let folder: string;
let host: TestHost;
let opened: TestPage;
let page: Page;

before(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'client-cache-'));
  await mkdir(path.join(folder, 'keeper', 'queries'), {recursive: true});
  await writeFile(path.join(folder, 'keeper', 'package.json'), JSON.stringify({name: 'keeper', version: '1.0.0'}));
  await writeFile(path.join(folder, 'keeper', 'queries', 'all.sql'), QUERIES);
  host = await startHost({packageFolders: [folder], limits: {timeLimitMs: 20_000, rowLimit: 200_000}});
  opened = await host.openPage('/');
  page = opened.page;
});

after(async () => {
  await opened?.close();
  await host?.close();
  await rm(folder, {recursive: true, force: true});
});

/** What a query answers: the first row, or the value. */
const ask = (name: string, parameters: Record<string, unknown> = {}): Promise<string> =>
  page.evaluate(async (query, values) => {
    const {grok, DG} = window as any;
    const at = typeof values.at === 'string' ? {at: (window as any).dayjs(values.at)} : {};
    const answer = await grok.functions.call(`Keeper:${query}`, {...values, ...at});
    return answer instanceof DG.DataFrame ? answer.get('run', 0) : answer;
  }, name, parameters);

const cache = (method: string, ...values: unknown[]): Promise<any> =>
  page.evaluate((name, all) => (window as any).grok.functions.clientCache[name](...all), method, values);

const openAt = (address: string): Promise<unknown> => page.goto(`${host.url}${address}`)
  .then(() => page.waitForFunction(() => document.querySelector('.grok-preloader') == null &&
    (window as any).grok?.shell?.user != null));

test('an answer is kept for the same values, in this browser, and for whoever asked', {timeout: 90_000}, async () => {
  const first = await ask('Kept', {n: 1, names: ['a', 'b']});
  assert.equal(await ask('Kept', {n: 1, names: ['a', 'b']}), first);
  assert.notEqual(await ask('Kept', {n: 2, names: ['a', 'b']}), first);
  assert.notEqual(await ask('Kept', {n: 1, names: ['a']}), first);
  const dated = await ask('Kept', {n: 1, names: ['a', 'b'], at: '2026-01-01'});
  assert.notEqual(dated, first);
  assert.notEqual(await ask('Kept', {n: 1, names: ['a', 'b'], at: '2026-01-02'}), dated);
  assert.equal(await ask('Kept', {n: 1, names: ['a', 'b'], at: '2026-01-01'}), dated);
  await openAt('/');
  assert.equal(await ask('Kept', {n: 1, names: ['a', 'b']}), first, 'after the page was opened again');
  const {login} = (await (await host.connect()).query(`select login from users
    where login not in ('admin', 'system', 'test') and not is_service order by login limit 1`)).rows[0];
  await openAt(`/?user=${login}`);
  const other = await ask('Kept', {n: 1, names: ['a', 'b']});
  assert.notEqual(other, first);
  await openAt('/?user=admin');
  assert.equal(await ask('Kept', {n: 1, names: ['a', 'b']}), first);
});

test('a call whose values cannot be compared is run', async () => {
  const runs = await page.evaluate(async () => {
    const {grok} = window as any;
    const run = async (): Promise<string> => (await grok.functions.eval('Keeper:KeptAt(Date(2026, 1, 2))')).get('run', 0);
    return [await run(), await run()];
  });
  assert.equal(runs.filter((id) => /^[0-9a-f-]{36}$/.test(id)).length, 2);
});

test('a kept table is what was answered', async () => {
  const told = (): Promise<unknown> => page.evaluate(async () => {
    const {grok} = window as any;
    const call = grok.functions;
    const seen: string[] = [];
    const subscriptions = [call.onBeforeRunAction, call.onAfterRunAction].map((on: any, i) =>
      on.subscribe((c: any) => c.func.name === 'Kept' && seen.push(`${['before', 'after'][i]} ${c.status}`)));
    const df = await grok.data.query('Keeper:Kept', {n: 41});
    subscriptions.forEach((s: any) => s.unsubscribe());
    return {columns: df.columns.toList().map((c: any) => [c.name, c.type, c.isNone(0), String(c.get(0))]), seen};
  });
  const first = await told() as {columns: unknown[][], seen: string[]};
  assert.deepEqual(first.columns.slice(1).map(([name, type, isNone]) => [name, type, isNone]),
    [['n', 'int', false], ['instant', 'datetime', false], ['nothing', 'string', true]]);
  assert.equal(first.columns[1][3], '42');
  assert.deepEqual(first.seen, ['before Running', 'after Completed']);
  assert.deepEqual(await told(), first);
});

test('what the header does not ask for, what failed and what is too large is not kept', {timeout: 60_000}, async () => {
  await cache('clear');
  assert.equal(await cache('getRecordCount'), 0);
  await ask('KeptByServer');
  for (let i = 0; i < 2; i++)
    await assert.rejects(ask('Fails'), /division by zero/);
  const large = await ask('Large', {rows: 100_001});
  assert.notEqual(await ask('Large', {rows: 100_001}), large);
  assert.equal(await cache('getRecordCount'), 0);
  const most = await ask('Large', {rows: 100_000});
  assert.equal(await ask('Large', {rows: 100_000}), most);
  const both = await ask('KeptBoth');
  assert.equal(await ask('KeptBoth'), both);
  const scalar = await ask('Scalar');
  assert.match(scalar, /^[0-9a-f-]{36}$/);
  assert.equal(await ask('Scalar'), scalar);
  assert.equal(await cache('getRecordCount'), 3);
});

test('a schedule ends answers; what is void is cleaned up', async () => {
  await cache('clear');
  const shift = (minutes: number): Promise<void> => page.evaluate((by) => {
    const real = (window as any).realNow ??= Date.now.bind(Date);
    Date.now = () => real() + by * 60_000;
  }, minutes);
  // Early in a minute, so that none ends between two questions.
  await page.evaluate(() => {
    const real = (window as any).realNow ??= Date.now.bind(Date);
    const early = Math.ceil(real() / 60_000) * 60_000 - real();
    (window as any).realNow = () => real() + early;
    Date.now = (window as any).realNow;
  });
  const first = await ask('KeptForAMinute');
  assert.equal(await ask('KeptForAMinute'), first);
  await shift(1);
  const second = await ask('KeptForAMinute');
  assert.notEqual(second, first);
  await ask('Scalar');
  assert.equal(await cache('getRecordCount'), 2);
  await shift(2);
  await cache('cleanup');
  assert.equal(await cache('getRecordCount'), 1);
});

test('answers of one function are cleared alone; a stopped cache neither gives nor takes', async () => {
  await cache('clear');
  const [kept, scalar] = [await ask('Kept'), await ask('Scalar')];
  const id = await page.evaluate(() => (window as any).DG.Func.find({package: 'Keeper', name: 'Kept'})[0].id);
  await cache('clear', id);
  assert.notEqual(await ask('Kept'), kept);
  assert.equal(await ask('Scalar'), scalar);
  assert.equal(await page.evaluate(() => (window as any).grok.functions.clientCache.isRunning), true);
  await page.evaluate(async () => {
    const {grok, DG} = window as any;
    await grok.functions.call('DropQueryCache', {query: DG.Func.find({package: 'Keeper', name: 'Scalar'})[0]});
  });
  assert.equal(await cache('getRecordCount'), 1, 'what the server drops is dropped here');
  const again = await ask('Scalar');
  assert.notEqual(again, scalar);
  await cache('stop');
  assert.equal(await page.evaluate(() => (window as any).grok.functions.clientCache.isRunning), false);
  assert.notEqual(await ask('Scalar'), again);
  await cache('start');
  assert.equal(await ask('Scalar'), again);
});

test('what was unused for the longest goes when there is no room', {timeout: 60_000}, async () => {
  await cache('clear');
  // Texts of 10.8 million characters, two bytes each: 100 MB hold four of them.
  const start = async (n: number): Promise<string> => (await ask('Long', {n})).slice(0, 36);
  const first = await start(0);
  const second = await start(1);
  assert.equal(await start(0), first);
  await start(2);
  await start(3);
  assert.equal(await cache('getRecordCount'), 4);
  await start(4);
  assert.equal(await cache('getRecordCount'), 4);
  assert.equal(await start(0), first, 'was used after the second');
  assert.notEqual(await start(1), second);
  assert.deepEqual(opened.errors, []);
});
