import {after, before, test} from 'node:test';
import assert from 'node:assert/strict';
import {mkdir, mkdtemp, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';
import type pg from 'pg';
import type {Page} from 'puppeteer';
import {settled} from '../support/app-page.ts';
import {root, startHost, type TestHost} from '../support/host.ts';

let host: TestHost;
let client: pg.Client;
let folder: string;

/** A package that logs, runs, and fails. */
const PACKAGE = `var talkative = (() => {
  const _package = new DG.Package();
  //name: opened
  //input: string plate
  //input: int rows
  //input: dataframe table
  //output: int doubled
  function opened(plate, rows, table) {
    _package.logger.usage('opened', {plate, rows}, 'plate-opened');
    return 2 * rows;
  }
  //name: fails
  //input: string why
  async function fails(why) {throw new Error('It failed: ' + why);}
  return {_package, opened, fails};
})();`;

before(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'talkative-'));
  await mkdir(path.join(folder, 'talkative/dist'), {recursive: true});
  await writeFile(path.join(folder, 'talkative/package.json'),
    JSON.stringify({name: 'talkative', friendlyName: 'Talkative', version: '2.0.0'}));
  await writeFile(path.join(folder, 'talkative/dist/package.js'), PACKAGE);
  host = await startHost({packageFolders: [root, folder]});
  client = await host.connect();
});

after(async () => {
  await host?.close();
  if (folder != null)
    await rm(folder, {recursive: true, force: true});
});

/** Records of one type that came since the demo ended: message, source, parameters as name to [value, id, type]. */
async function logged(type: string): Promise<{message: string, source: string, user: string, error: string | null,
  params: Record<string, [string, string | null, string]>}[]> {
  const {rows} = await client.query(`select e.description as message, t.source, u.login as user,
      e.error_stack_trace as error, (select coalesce(jsonb_object_agg(p.name, jsonb_build_array(v.value, v.value_uuid, p.type)), '{}')
        from event_parameter_values v join event_parameters p on p.id = v.parameter_id where v.event_id = e.id) as params
    from events e join event_types t on t.id = e.event_type_id left join users_sessions s on s.id = e.session_id
    left join users u on u.id = s.user_id
    where (t.friendly_name = $1 or t.source = 'error' and e.description = $1) and e.event_time > '2026-06-01' order by e.event_time, e.id`, [type]);
  return rows;
}

/** Waits until so many records of the type are in the database: the page posts each second. */
async function arrived(type: string, count: number): ReturnType<typeof logged> {
  for (;;) {
    const found = await logged(type);
    if (found.length >= count)
      return found;
    await new Promise((done) => setTimeout(done, 100));
  }
}

const inPage = (page: Page, code: string): Promise<unknown> => page.evaluate(`(async () => {${code}})()`);

test('every logger of a page, with parameters of every kind', {timeout: 60_000}, async () => {
  const {page, close} = await host.openPage('/');
  await inPage(page, `
    const user = await grok.dapi.users.current();
    const {log} = grok;
    log.usage('u', {text: '<b>"x"', n: 5, half: 0.5, nan: NaN, yes: false, none: null, at: dayjs.utc('2026-02-03T04:05:06Z'),
      list: [1, 'a'], map: {k: 1}, '@user': user}, 'kinds');
    log.audit('a', {}, 'my-audit');
    log.usage('plain');
    log.info('i'); log.debug('d'); log.warning('w!', {n: 1}); log.error('e!', {n: 2});
    log.error(new Error('thrown'));
    DG.Logger.create({params: {plate: 'P7', n: 1}}).usage('c', {n: 2}, 'created');
    new DG.Package().logger.usage('bare', {}, 'bare-package');
  `);
  const [kinds] = await arrived('kinds', 1);
  const {rows: [{id}]} = await client.query(`select id from users where login = 'admin'`);
  assert.deepEqual(kinds, {message: 'u', source: 'usage', user: 'admin', error: null, params: {
    text: ['<b>"x"', null, 'string'], n: ['5', null, 'int'], half: ['0.5', null, 'double'], nan: ['NaN', null, 'string'],
    yes: ['false', null, 'bool'], none: ['null', null, 'string'], at: ['2026-02-03T04:05:06.000Z', null, 'datetime'],
    list: ['[1,"a"]', null, 'list'], map: ['{"k":1}', null, 'map'], user: [id, id, 'entity_id']}});
  assert.deepEqual((await arrived('my-audit', 1)).map((r) => [r.message, r.source]), [['a', 'audit']]);
  assert.deepEqual((await arrived('usage', 1)).map((r) => r.message), ['plain']);
  assert.deepEqual((await arrived('w!', 1)).map((r) => [r.source, r.params.n[0]]), [['warning', '1']]);
  const [error] = await arrived('e!', 1);
  assert.deepEqual([error.source, error.params.n[0]], ['error', '2']);
  assert.ok(error.error!.includes('at '), error.error!);
  assert.equal((await arrived('thrown', 1)).length, 1);
  assert.deepEqual((await arrived('created', 1))[0].params, {plate: ['P7', null, 'string'], n: ['2', null, 'int']});
  assert.deepEqual(Object.keys((await arrived('bare-package', 1))[0].params).sort(), ['package', 'packageName']);
  assert.equal((await logged('datagrok-started')).length >= 1, true);
  assert.deepEqual((await client.query(`select count(*)::int n from event_types where source in ('info', 'debug')
    and friendly_name in ('i', 'd')`)).rows, [{n: 0}]);
  await close();
});

test('thousands of records from two pages at once, each once', {timeout: 60_000}, async () => {
  const pages = await Promise.all([host.openPage('/'), host.openPage('/')]);
  await Promise.all(pages.map(({page}, k) => inPage(page, `
    for (let i = 0; i < 1500; i++)
      grok.log.usage('n ' + i, {page: ${k}, i, even: i % 2 === 0}, 'flood-' + i % 7);`)));
  for (let type = 0; type < 7; type++)
    await arrived(`flood-${type}`, 2 * (type < 2 ? 215 : 214));
  const {rows} = await client.query(`select count(*)::int events, count(distinct t.id)::int types, sum(n)::int as values,
      count(distinct (page, i))::int pairs
    from event_types t join events e on e.event_type_id = t.id cross join lateral (select count(*) n,
      max(v.value) filter (where p.name = 'page') page, max(v.value) filter (where p.name = 'i') i
      from event_parameter_values v join event_parameters p on p.id = v.parameter_id where v.event_id = e.id) x
    where t.friendly_name like 'flood-%'`);
  assert.deepEqual(rows, [{events: 3000, types: 7, values: 9000, pairs: 3000}]);
  await Promise.all(pages.map(({close}) => close()));
});

test('a record that is logged as the page goes arrives', {timeout: 30_000}, async () => {
  const {page, close} = await host.openPage('/');
  await inPage(page, `window.addEventListener('beforeunload', () => grok.log.usage('bye', {}, 'gone'));`);
  await page.goto('about:blank');
  assert.equal((await arrived('gone', 1)).length, 1);
  await close();
});

test('runs of functions, scripts and queries are logged, with what went in and came out', {timeout: 60_000}, async () => {
  const {page, close} = await host.openPage('/');
  await inPage(page, `
    const table = DG.DataFrame.fromColumns([DG.Column.fromList('int', 'x', [1])]);
    table.name = 'Plates';
    await grok.functions.call('Talkative:opened', {plate: 'P1', rows: 96, table});
    await grok.functions.call('Talkative:fails', {why: 'because'}).catch(() => {});
    await grok.data.query('UsageAnalysis:FilterTags', {});
  `);
  const {rows: [{admin}]} = await client.query(`select id as admin from users where login = 'admin'`);
  // The home page has its card's query run, too.
  const ours = ['FilterTags', 'fails', 'opened'];
  let runs = await logged('function-ran');
  let names: string[] = [];
  while (names.length < ours.length) {
    const {rows} = await client.query('select id, name from funcs where name = any($1)', [ours]);
    runs = (await logged('function-ran')).filter(({params}) => rows.some(({id}) => id === params.entity[1]));
    names = runs.map(({params}) => rows.find(({id}) => id === params.entity[1]).name);
  }
  assert.deepEqual(names.sort(), ours);
  assert.ok(runs.every(({message, params}) => message === '@user ran @entity' && params.user[1] === admin));
  const {rows: calls} = await client.query(`select f.name, c.status, c.error_message error, c.ended >= c.started ended,
      (select jsonb_object_agg(p.name, coalesce(v.value, v.data_frame_value_name)) from func_call_values v
        join func_params p on p.id = v.func_param_id where v.func_call_id = c.id and
        coalesce(v.value, v.data_frame_value_name) is not null) as values
    from func_calls c join funcs f on f.id = c.func_id where c.started > '2026-06-01' order by f.name`);
  assert.deepEqual(calls.find((c) => c.name === 'opened'), {name: 'opened', status: 'Completed', error: null, ended: true,
    values: {plate: 'P1', rows: '96', table: 'Plates', doubled: '192'}});
  const failed = calls.find((c) => c.name === 'fails');
  assert.deepEqual([failed.status, failed.values], ['Error', {why: 'because'}]);
  assert.match(failed.error, /It failed: because/);
  const query = calls.find((c) => c.name === 'FilterTags');
  assert.deepEqual([query.status, Object.values(query.values)], ['Completed', ['result']]);
  // The package logger names the version that logged, so that the event is the package's.
  const [opened] = await arrived('plate-opened', 1);
  const {rows: [version]} = await client.query(`select id from published_packages where name = 'Talkative'`);
  const {package: pack, packageName, plate, rows} = opened.params;
  assert.deepEqual([pack[1], packageName[0], plate[0], rows[0]], [version.id, 'Talkative', 'P1', '96']);
  await close();
});

test('clicks, menus, dialogs, inputs and uncaught errors are logged with where they were', {timeout: 60_000}, async () => {
  const {page, errors, close} = await host.openPage('/apps/UsageAnalysis/Overview?date=2026-02-01..2026-02-28&zone=UTC');
  await settled(page, 4);
  await page.click('.ua-panel[aria-label="Users by events"] .ua-panel-menu');
  await page.waitForSelector('.d4-menu-item');
  await page.evaluate(() => [...document.querySelectorAll<HTMLElement>('.d4-menu-item')]
    .find((e) => e.textContent!.includes('Open as table'))!.click());
  await inPage(page, `
    ui.dialog('Plate <1>').add(ui.input.string('Secret word', {value: ''})).onOK(() => {}).show();
    setTimeout(() => {throw new Error('nobody caught me')}, 0);
    Promise.reject(new Error('nor me'));
    Promise.reject(null);
    window.dispatchEvent(new ErrorEvent('error', {message: 'ResizeObserver loop completed with undelivered notifications.'}));
  `);
  await page.type('.d4-dialog input', 'swordfish');
  await page.keyboard.press('Enter');
  assert.deepEqual((await arrived('dialog ok', 1)).map((r) => r.message), ['Plate <1>']);
  assert.deepEqual((await arrived('dialog show', 1)).map((r) => r.message), ['Plate <1>']);
  const clicks = (await arrived('click', 1)).map((r) => r.message);
  assert.ok(clicks.some((text) => text.endsWith('Users by events / Save or open what this panel shows')), clicks.join('\n'));
  assert.ok((await arrived('menu click', 1)).some((r) => r.message.endsWith('Open as table')));
  const inputs = (await arrived('input', 1)).map((r) => r.message);
  assert.ok(inputs.some((text) => text.includes('Secret word')), inputs.join('\n'));
  // The published client tells the core of both; of a promise it hands over the error itself.
  for (const message of ['nobody caught me', 'Error: nor me']) {
    // Both have one stack, as the log sees it, and so one type; the message tells them apart.
    const errors = (await arrived(message, 1)).filter((one) => one.message === message);
    assert.equal(errors.length, 1, `${message} once`);
    assert.equal(errors[0].params.handled[0], 'false');
    assert.match(errors[0].error!, /Error: nobody caught me|Error: nor me/);
  }
  assert.equal((await arrived('A promise was rejected with null', 1)).length, 1);
  assert.equal((await client.query(`select count(*)::int n from events
    where event_time > '2026-06-01' and description ~ 'ResizeObserver|Cannot read'`)).rows[0].n, 0);
  assert.deepEqual(errors.map((text) => text.split('\n')[0]).sort(),
    ['Error: nobody caught me', 'Error: nor me', 'null'], 'tests see what a page throws');
  // Which input, never what was typed.
  assert.deepEqual((await client.query(`select count(*)::int n from events e
    left join event_parameter_values v on v.event_id = e.id where e.description like '%swordfish%' or v.value like '%swordfish%'`)).rows, [{n: 0}]);
  await close();
});

test('on a read-only database the page works and logs nothing', {timeout: 60_000}, async () => {
  const before = (await client.query('select count(*)::int n from events')).rows[0].n;
  const other = await startHost({databaseUrl: host.databaseUrl, readOnly: true});
  const {page, errors, close} = await other.openPage('/apps/UsageAnalysis/Overview?date=2026-02-01..2026-02-28&zone=UTC');
  await settled(page, 4);
  await inPage(page, `grok.log.usage('x', {}, 'not-kept');`);
  // The page's own queue may have been refused before, and posts no more.
  const status = await inPage(page, `return (await fetch('/api/log/audit', {method: 'PUT', body: '[]',
    headers: {'content-type': 'application/json; charset=utf-8'}})).status;`);
  assert.equal(status, 409);
  assert.deepEqual(errors, []);
  assert.equal((await client.query('select count(*)::int n from events')).rows[0].n, before);
  await close();
  await other.close();
});
