import {mkdtemp, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {test} from 'node:test';
import assert from 'node:assert/strict';
import pg from 'pg';
import type {Page} from 'puppeteer';
import {fillDemo} from '../../host/database/demo/index.ts';
import {createSchema} from '../../host/database/schema.ts';
import {startDatabase} from '../../host/database/server.ts';
import {cards, panelStates, settled} from '../support/app-page.ts';
import {demo, startHost, type TestHost, type TestPage} from '../support/host.ts';
import {withClient} from '../support/postgres.ts';

const february = 'zone=UTC&date=2026-02-01..2026-02-28';

interface Opened extends TestPage {
  screen: string;
  panels: number;
}

/** Every tab and sub-view, with a function and an event type chosen, and the number of their panels. */
async function openScreens(host: TestHost): Promise<Opened[]> {
  const {func, type} = await withClient(host.databaseUrl, async (client) => ({
    func: (await client.query(`select func_id id from func_calls where started between '2026-02-02' and '2026-02-27'
      group by 1 order by count(*) desc, 1 limit 1`)).rows[0].id,
    type: (await client.query(`select t.id from event_types t join event_parameters p on p.event_type_id = t.id
      join events e on e.event_type_id = t.id where t.source = 'usage' and t.friendly_name not like 'test-%'
      and e.event_time between '2026-02-02' and '2026-02-27' group by 1 order by count(distinct e.id) desc, 1 limit 1`))
      .rows[0].id}));
  const screens: [string, number][] = [[`Overview?${february}`, 4], [`Packages?${february}`, 2],
    [`Packages?${february}&view=installation`, 2], [`Functions?${february}`, 1],
    [`Functions?${february}&view=time&selected=${func}`, 4], [`Events?${february}`, 2],
    [`Events?${february}&view=types&selected=${type}`, 4], [`Events?${february}&view=log`, 1]];
  const opened: Opened[] = [];
  for (const [screen, panels] of screens) {
    const page = await host.openPage(`/apps/UsageAnalysis/${screen}`);
    await settled(page.page, panels);
    opened.push({...page, screen, panels});
  }
  return opened;
}

/** Waits until all panels on screen are in the state, and gives their number. */
async function allIn(page: Page, state: string, panels: number): Promise<void> {
  await page.waitForFunction(({wanted, count}) => {
    const shown = [...document.querySelectorAll<HTMLElement>('.ua-panel')].filter((p) => p.offsetParent != null);
    return shown.length === count && shown.every((p) => p.dataset.state === wanted);
  }, {timeout: 40_000}, {wanted: state, count: panels}).catch(async (e) => {
    throw new Error(`${page.url()}: ${panels} panels should be ${state}: ${JSON.stringify(await panelStates(page))}`, {cause: e});
  });
}

const refresh = (page: Page): Promise<void> => page.click('.d4-ribbon-item .fa-sync, .d4-ribbon .fa-sync');

/** Rows behind every viewer on screen. */
const rowCounts = (page: Page): Promise<number[]> => page.evaluate(() =>
  [...document.querySelectorAll<HTMLElement>('.ua-panel .d4-viewer')].filter((e) => e.offsetParent != null)
    .map((e) => (window as any).DG.Widget.find(e).dataFrame.rowCount));

test('a database that goes away shows failed panels on every screen; Retry works once it is back', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'killed-database-'));
  let database = await startDatabase({folder});
  await withClient(database.url, (client: pg.Client) => createSchema(client));
  await fillDemo(database.url, {...demo, events: 4000});
  const host = await startHost({databaseUrl: database.url});
  try {
    const screens = await openScreens(host);
    const before = await Promise.all(screens.map(({page}) => rowCounts(page)));
    const numbers = await cards(screens[0].page);
    const {port} = database;
    await database.stop();
    for (const {page, panels} of screens) {
      await refresh(page);
      await allIn(page, 'failed', panels);
      const messages = await page.$$eval('.ua-panel-message-text', (all) =>
        all.filter((e) => (e as HTMLElement).offsetParent != null).map((e) => e.textContent ?? ''));
      assert.equal(messages.length, panels);
      for (const message of messages)
        assert.match(message, /database|connect/i);
    }
    database = await startDatabase({folder, port});
    for (const [i, {page, panels, screen, errors}] of screens.entries()) {
      await page.evaluate(() => document.querySelectorAll<HTMLElement>('.ua-panel[data-state=failed] .ua-panel-message button')
        .forEach((button) => button.offsetParent != null && button.click()));
      await allIn(page, 'ready', panels);
      assert.deepEqual(await rowCounts(page), before[i], screen);
      assert.deepEqual(errors, [], screen);
    }
    assert.deepEqual(await cards(screens[0].page), numbers);
  } finally {
    await host.close();
    await database.stop();
    await rm(folder, {recursive: true, force: true});
  }
});

test('while the database is slow every screen is loading at first, and later keeps its old answer, marked as stale', async () => {
  // However long it takes to look at all screens, no query is given up meanwhile.
  const host = await startHost({limits: {timeLimitMs: 300_000, rowLimit: 1_000_000}});
  try {
    const screens = await openScreens(host);
    const before = await Promise.all(screens.map(({page}) => rowCounts(page)));
    await withClient(host.databaseUrl, async (client) => {
      await client.query('begin');
      await client.query('lock table events, func_calls, event_parameters, packages in access exclusive mode');
      for (const {page, panels} of screens) {
        await refresh(page);
        await allIn(page, 'stale', panels);
      }
      assert.deepEqual(await Promise.all(screens.map(({page}) => rowCounts(page))), before);
      // Whoever waits long is told how long, and may stop waiting.
      const {page, panels} = screens[0];
      await page.waitForFunction((count) => document.querySelectorAll('.ua-panel-wait-text .d4-link-action, .ua-panel-wait-text .ui-link')
        .length === count, {timeout: 15_000}, panels);
      const cold = await host.openPage(`/apps/UsageAnalysis/${screens[7].screen}`);
      await allIn(cold.page, 'loading', 1);
      await client.query('commit');
      await allIn(cold.page, 'ready', 1);
    });
    for (const [i, {page, panels, screen, errors}] of screens.entries()) {
      await allIn(page, 'ready', panels);
      assert.deepEqual(await rowCounts(page), before[i], screen);
      assert.deepEqual(errors, [], screen);
    }
  } finally {
    await host.close();
  }
});

test('names made of markup, quotes and formulas stay texts', async () => {
  const host = await startHost();
  try {
    await withClient(host.databaseUrl, async (client) => {
      await client.query(`update users set friendly_name = '<img src=x onerror="window.hacked=1">' || login
        where not is_service`);
      await client.query(`update packages set friendly_name = '"><script>window.hacked=2</script>' || name`);
      await client.query(`update groups set friendly_name = '<b onmouseover=window.hacked=3>' || name
        where not personal`);
    });
    const {page, errors, close} = await host.openPage('/apps/UsageAnalysis/Overview?zone=UTC&date=2026-02-01..2026-02-28');
    await settled(page, 4);
    const box = (await (await page.$('.ua-panel[aria-label="Packages by active users"] .d4-viewer'))!.boundingBox())!;
    await page.mouse.move(box.x + box.width * 0.45, box.y + 14);
    await page.mouse.click(box.x + box.width * 0.45, box.y + 16);
    await page.waitForSelector('.ua-selection .ua-shares');
    await page.evaluate(() => document.querySelectorAll<HTMLElement>('.ui-input-root input')[1]?.focus());
    await page.keyboard.type('b');
    await page.evaluate(() => new Promise((done) => setTimeout(done, 500)));
    assert.match(await page.$eval('.ua-selection', (e) => (e as HTMLElement).innerText), /<img src=x/);
    assert.equal(await page.evaluate(() => (window as any).hacked), undefined);
    assert.deepEqual(errors, []);
    await close();
  } finally {
    await host.close();
  }
});
