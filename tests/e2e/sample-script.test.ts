import {test} from 'node:test';
import assert from 'node:assert/strict';
import pg from 'pg';
import type {ElementHandle, Page} from 'puppeteer';
import {settled, viewerIn} from '../support/app-page.ts';
import {startHost} from '../support/host.ts';

async function press(page: Page, selector: string, text: string): Promise<void> {
  const found = await page.waitForFunction((where, name) => [...document.querySelectorAll<HTMLElement>(where)]
    .find((e) => e.offsetParent != null && e.textContent!.trim() === name), {}, selector, text);
  await (found.asElement() as ElementHandle<HTMLElement>).click();
}

function rows(page: Page, title: string): Promise<Record<string, any>[]> {
  return page.evaluate((selector) => {
    const shown = [...document.querySelectorAll<HTMLElement>(selector)].find((e) => e.offsetParent != null);
    const frame = (window as any).DG.Widget.find(shown).dataFrame;
    return Array.from({length: frame.rowCount}, (_, i) =>
      Object.fromEntries(frame.columns.toList().map((c: any) => [c.name, c.isNone(i) ? null : c.get(i)])));
  }, viewerIn(title));
}

test('the sample script runs from Browse, and its event shows on the Events tab with its parameters',
  {timeout: 120_000}, async () => {
    const host = await startHost();
    const client = new pg.Client({connectionString: host.databaseUrl});
    await client.connect();
    try {
      const {page, errors, close} = await host.openPage('/scripts');
      const item = await page.waitForFunction(() => [...document.querySelectorAll<HTMLElement>('.grok-entity-item')]
        .find((e) => e.textContent!.includes('Log Custom Event')));
      await (item.asElement() as ElementHandle<HTMLElement>).click({count: 2});
      await press(page, '.grok-function-view button', 'Run');
      for (let i = 0; i < 3; i++)
        await press(page, 'button', 'Open plate');
      const count = async (): Promise<number> => (await client.query(`select count(*)::int n from events e
        join event_types t on t.id = e.event_type_id where t.source = 'usage' and t.friendly_name = 'plate-opened'`)).rows[0].n;
      while (await count() < 3)
        await new Promise((done) => setTimeout(done, 100));
      const {rows: [type]} = await client.query(`select id from event_types where friendly_name = 'plate-opened'`);

      await page.goto(`${host.url}/apps/UsageAnalysis/Events?view=types&date=today&selected=${type.id}`);
      await settled(page, 4);
      const [event] = (await rows(page, 'Event types')).filter((row) => row.type === 'plate-opened');
      assert.deepEqual([event.source, event.events, event.users], ['usage', 3, 1]);
      const parameters = Object.fromEntries((await rows(page, 'Parameters'))
        .map((row) => [row.name, [row.value_type, row.events]]));
      assert.deepEqual(parameters, {user: ['entity_id', 3], plate: ['string', 3], wells: ['int', 3], isFull: ['bool', 3]});
      const log = await rows(page, 'Events of this type');
      assert.deepEqual(log.map((row) => row.text), Array(3).fill('Admin opened plate P-1042'));
      assert.deepEqual(errors, []);
      await close();
    } finally {
      await client.end();
      await host.close();
    }
  });
