import {mkdtemp, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {test} from 'node:test';
import assert from 'node:assert/strict';
import pg from 'pg';
import {fillDemo} from '../../host/database/demo/index.ts';
import {createSchema} from '../../host/database/schema.ts';
import {startDatabase} from '../../host/database/server.ts';
import {cards, panelStates, settled} from '../support/app-page.ts';
import {demo, startHost} from '../support/host.ts';
import {withClient} from '../support/postgres.ts';

test('a database that goes away shows failed panels; Retry works once it is back', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'killed-database-'));
  let database = await startDatabase({folder});
  await withClient(database.url, (client: pg.Client) => createSchema(client));
  await fillDemo(database.url, {...demo, events: 4000});
  const host = await startHost({databaseUrl: database.url});
  try {
    const {page, close} = await host.openPage('/apps/UsageAnalysis/Overview?zone=UTC&date=2026-02-01..2026-02-28');
    await settled(page, 4);
    const before = await cards(page);
    const {port} = database;
    await database.stop();
    await page.click('.d4-ribbon-item .fa-sync, .d4-ribbon .fa-sync');
    await page.waitForFunction(() => document.querySelectorAll('.ua-panel[data-state=failed]').length === 4,
      {timeout: 30_000});
    const message = await page.$eval('.ua-panel-message-text', (e) => e.textContent ?? '');
    assert.match(message, /database|connect/i);
    database = await startDatabase({folder, port});
    for (const title of Object.keys(await panelStates(page)))
      await page.evaluate((name) => document.querySelector<HTMLElement>(
        `.ua-panel[aria-label="${name}"][data-state=failed] .ua-panel-message button`)?.click(), title);
    await settled(page, 4);
    assert.deepEqual(Object.values(await panelStates(page)), ['ready', 'ready', 'ready', 'ready']);
    assert.deepEqual(await cards(page), before);
    await close();
  } finally {
    await host.close();
    await database.stop();
    await rm(folder, {recursive: true, force: true});
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
