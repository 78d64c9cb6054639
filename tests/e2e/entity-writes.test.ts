import {after, before, test} from 'node:test';
import assert from 'node:assert/strict';
import type pg from 'pg';
import type {ElementHandle, Page} from 'puppeteer';
import {settled} from '../support/app-page.ts';
import {startHost, type TestHost} from '../support/host.ts';

let host: TestHost;
let client: pg.Client;

before(async () => {
  host = await startHost();
  client = await host.connect();
});

after(async () => {
  await host?.close();
});

const inPage = (page: Page, code: string): Promise<any> => page.evaluate(`(async () => {${code}})()`);

/** Audit records about an entity in their order, once there are so many. */
async function audited(entity: string, count: number): Promise<string[]> {
  for (;;) {
    const {rows} = await client.query(`select t.friendly_name as type from events e
      join event_types t on t.id = e.event_type_id
      join event_parameter_values v on v.event_id = e.id and v.value_uuid = $1
      where e.event_time > '2026-06-01' and t.source = 'audit' order by e.event_time, e.id`, [entity]);
    if (rows.length >= count)
      return rows.map((row) => row.type);
    await new Promise((done) => setTimeout(done, 50));
  }
}

test('what is created, edited and deleted through the API is stored, and audited', {timeout: 60_000}, async () => {
  const {page, close} = await host.openPage('/');
  const id = await inPage(page, `
    const script = await grok.dapi.scripts.save(DG.Script.create('//name: Mine\\n//language: javascript\\n//output: int x\\nx = 1;'));
    script.friendlyName = 'Mine <2>';
    await grok.dapi.scripts.save(script);
    const found = await grok.dapi.scripts.find(script.id);
    await grok.dapi.scripts.delete(script);
    return found.friendlyName === 'Mine <2>' ? script.id : found.friendlyName;`);
  assert.deepEqual(await audited(id, 3), ['script-created', 'script-edited', 'script-deleted']);
  assert.deepEqual((await client.query('select is_deleted from entities where id = $1', [id])).rows, [{is_deleted: true}]);
  const group = await inPage(page, `return (await grok.dapi.groups.save(DG.Group.create('Fresh group'))).id;`);
  assert.deepEqual(await audited(group, 1), ['group-created']);
  await close();
});

test('others may not change what is not theirs, nor anybody what a package brought', {timeout: 60_000}, async () => {
  const {rows: [user]} = await client.query(`select login from users where not is_service
    and login not in ('admin', 'system', 'test') order by login limit 1`);
  const {rows: [project]} = await client.query('select id, name from projects order by id limit 1');
  const {rows: [before]} = await client.query('select count(*)::int n from tags');
  const {page, close} = await host.openPage(`/?user=${user.login}`);
  const failed = (code: string): Promise<string> =>
    inPage(page, `return await (async () => {${code}})().then(() => 'done', (e) => String(e?.message ?? e))`);
  assert.match(await failed(`const p = await grok.dapi.projects.find('${project.id}'); p.friendlyName = 'x';
    await grok.dapi.projects.save(p);`), /may not edit/);
  assert.match(await failed(`await grok.dapi.groups.save(DG.Group.create('Mine'));`), /Only administrators/);
  assert.match(await failed(`const g = await grok.dapi.groups.find('1ab8b38d-9c4e-4b1e-81c3-ae2bde3e12c5');
    await g.tag('usage-analysis:hide-names');`), /may not edit/);
  await page.goto(`${host.url}/?user=admin`);
  await page.waitForFunction(() => document.querySelector('.grok-preloader') == null);
  assert.match(await failed(`const [s] = await grok.dapi.scripts.filter('name = "LogCustomEvent"').list();
    await grok.dapi.scripts.delete(s);`), /changes with the package/);
  assert.equal((await client.query('select count(*)::int n from tags')).rows[0].n, before.n);
  await close();
});

test('what is shared may be edited by the group, is audited with it, and taken back', {timeout: 90_000}, async () => {
  const {rows: [user]} = await client.query(`select login, group_id as group from users where not is_service
    and login not in ('admin', 'system', 'test') and group_id is not null order by login desc limit 1`);
  const {page, close} = await host.openPage('/');
  const ids = await inPage(page, `
    const script = await grok.dapi.scripts.save(DG.Script.create('//name: Shared\\n//language: javascript\\n//output: int x\\nx = 1;'));
    const project = DG.Project.create();
    project.name = 'SharedProject';
    await grok.dapi.projects.save(project);
    return [script.id, project.id];`);
  const names = async (id: string): Promise<Record<string, string[]>> => inPage(page, `
    const [e] = await grok.dapi.getEntities(['${id}']);
    const found = await grok.dapi.permissions.get(e);
    return {view: (found.view ?? []).map((g) => g.id), edit: (found.edit ?? []).map((g) => g.id)};`);
  const change = (id: string, code: string): Promise<void> => inPage(page, `
    const [e] = await grok.dapi.getEntities(['${id}']);
    const g = await grok.dapi.groups.find('${user.group}');
    await grok.dapi.permissions.${code};`);
  const other = await host.openPage(`/?user=${user.login}`);
  for (const id of ids) {
    const may = (): Promise<boolean> => inPage(other.page, `
      const [e] = await grok.dapi.getEntities(['${id}']);
      return await grok.dapi.permissions.check(e, 'Edit');`);
    assert.deepEqual([await names(id), await may()], [{view: [], edit: []}, false]);
    await change(id, 'grant(e, g, false)');
    assert.deepEqual([await names(id), await may()], [{view: [user.group], edit: []}, false]);
    await change(id, 'grant(e, g, true)');
    assert.deepEqual([await names(id), await may()], [{view: [], edit: [user.group]}, true]);
    await change(id, 'revoke(g, e)');
    assert.deepEqual([await names(id), await may()], [{view: [], edit: []}, false]);
    const types = await audited(id, 4);
    assert.deepEqual(types.slice(1), ['entity-shared', 'entity-shared', 'entity-edited']);
    const {rows} = await client.query(`select v.value_uuid as group from events e
      join event_types t on t.id = e.event_type_id and t.friendly_name = 'entity-shared'
      join event_parameter_values w on w.event_id = e.id and w.value_uuid = $1
      join event_parameter_values v on v.event_id = e.id
      join event_parameters p on p.id = v.parameter_id and p.name = 'group' where e.event_time > '2026-06-01'`, [id]);
    assert.deepEqual(rows, [{group: user.group}, {group: user.group}]);
  }
  const refused = await inPage(other.page, `
    const [e] = await grok.dapi.getEntities(['${ids[0]}']);
    const g = await grok.dapi.groups.find('${user.group}');
    return await grok.dapi.permissions.grant(e, g, true).then(() => 'done', (x) => String(x?.message ?? x));`);
  assert.match(refused, /may not share/);
  await other.close();
  await close();
});

test('the Privacy dialog hides names for everybody, on the server', {timeout: 60_000}, async () => {
  const {page, errors, close} = await host.openPage('/apps/UsageAnalysis/Overview?date=2026-02-01..2026-02-28&zone=UTC');
  await settled(page, 4);
  const users = (): Promise<string[]> => inPage(page, `const frame = await grok.data.query('UsageAnalysis:FilterUsers', {});
    return frame.getCol('label').toList();`);
  assert.ok((await users()).every((name) => !/^User [0-9A-F]{8}/.test(name)));
  await page.keyboard.press('p');
  const box = await page.waitForSelector('.d4-dialog input[type="checkbox"]');
  await box!.evaluate((e) => (e as HTMLInputElement).click());
  await page.type('.d4-dialog textarea', 'Plate');
  const ok = await page.waitForFunction(() => [...document.querySelectorAll<HTMLElement>('.d4-dialog button')]
    .find((e) => e.textContent!.trim() === 'OK'));
  await (ok.asElement() as ElementHandle<HTMLElement>).click();
  await page.waitForFunction(() => [...document.querySelectorAll('.d4-balloon')]
    .some((e) => e.textContent!.includes('The privacy setting is saved')));
  const {rows} = await client.query(`select tag from tags where tag like 'usage-analysis:%' order by tag`);
  assert.deepEqual(rows.map((row) => row.tag), ['usage-analysis:hide-names', 'usage-analysis:hide-values:Plate']);
  assert.ok((await users()).filter((name) => /^User [0-9A-F]{8}/.test(name)).length > 30);
  assert.deepEqual(await audited('1ab8b38d-9c4e-4b1e-81c3-ae2bde3e12c5', 2), ['entity-edited', 'entity-edited']);
  assert.deepEqual(errors, []);
  await close();
});

test('the Inspector shows what is logged, as it is logged', {timeout: 60_000}, async () => {
  const {page, errors, close} = await host.openPage('/');
  await page.click('[title="Tools"], [aria-label="Tools"]');
  for (const item of ['Dev', 'Inspector']) {
    const found = await page.waitForFunction((text) => [...document.querySelectorAll<HTMLElement>('.d4-menu-item')]
      .find((e) => e.offsetParent != null && e.querySelector('.d4-menu-item-label')?.textContent === text), {}, item);
    await (found.asElement() as ElementHandle<HTMLElement>)[item === 'Dev' ? 'hover' : 'click']();
  }
  await page.waitForSelector('.grok-inspector');
  await inPage(page, `grok.log.usage('<img src=x onerror="window.hurt=1">', {plate: 'P9'}, 'seen');
    grok.log.debug('quiet'); for (let i = 0; i < 1500; i++) grok.log.info('many ' + i);`);
  await page.waitForFunction(() => /^1,5\d\d records, the latest 500 are shown$/
    .test(document.querySelector('.grok-inspector-status')?.textContent ?? ''));
  const search = async (text: string): Promise<void> => {
    await page.$eval('.grok-inspector input', (e, value) => {
      (e as HTMLInputElement).value = value;
      e.dispatchEvent(new Event('input'));
    }, text);
    await page.waitForFunction(() => document.querySelectorAll('.grok-inspector-row').length === 1);
  };
  await search('many 1499');
  await search('P9');
  await page.click('.grok-inspector-row');
  await inPage(page, `grok.log.info('more'); await new Promise((done) => setTimeout(done, 100));`);
  assert.deepEqual(await page.$$eval('.grok-inspector-table:nth-of-type(2) td', (all) => all.map((e) => e.textContent)),
    ['plate', 'string', 'P9']);
  assert.equal(await page.$eval('.grok-inspector-message', (e) => e.textContent), '<img src=x onerror="window.hurt=1">');
  assert.equal(await page.evaluate(() => (window as any).hurt), undefined);
  assert.deepEqual(errors, []);
  await close();
});
