import assert from 'node:assert/strict';
import {randomUUID} from 'node:crypto';
import {after, before, test} from 'node:test';
import type pg from 'pg';
import type {Page} from 'puppeteer';
import {installRollups} from '../queries/summaries.ts';
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

/** Different rows by answer, from the table that the command opens. */
async function check(page: Page): Promise<Record<string, number>> {
  await page.evaluate(() => {
    const {shell} = (window as any).grok;
    shell.v = [...shell.views].find((view: any) => view.root.classList.contains('ua-app'));
    document.querySelector<HTMLElement>('.ua-app')!.focus();
  });
  await page.keyboard.press('n');
  await page.waitForFunction(() => (window as any).grok.shell.tv?.dataFrame?.name.startsWith('Check of the numbers'),
    {timeout: 20_000});
  return page.evaluate(() => {
    const {tv} = (window as any).grok.shell;
    const [names, counts] = ['answer', 'different'].map((name) => tv.dataFrame.getCol(name).toList());
    tv.close();
    return Object.fromEntries(names.map((name: string, i: number) => [name, counts[i]]));
  });
}

const agreed = {OverviewActivity: 0, PackagesActivity: 0, FunctionsActivity: 0, EventsActivity: 0, OverviewTotals: 0};

test('kept counts are those of the queries, until an event comes in late: the check finds it, Refresh counts it',
  {timeout: 90_000}, async () => {
    const {page, errors, close} = await host.openPage(
      '/apps/UsageAnalysis/Overview?date=2026-01-01..2026-01-31&zone=UTC');
    await settled(page, 4);
    const events = (): Promise<number> => page.$eval('.ua-card[data-metric="events"]',
      (card) => Number((card as HTMLElement).dataset.value));
    const before = await events();

    assert.deepEqual(await check(page), agreed);

    const {rows: [late]} = await client.query(`select e.session_id as session, e.event_type_id as type, e.event_time as at
      from events e join event_types t on t.id = e.event_type_id and t.source = 'usage' and t.friendly_name = 'function-ran'
      join users_sessions s on s.id = e.session_id join users u on u.id = s.user_id and not u.is_service
      where e.event_time >= '2026-01-10' and u.login not in ('system', 'test') order by e.event_time, e.id limit 1`);
    await client.query('insert into events (id, event_type_id, session_id, event_time) values ($1, $2, $3, $4)',
      [randomUUID(), late.type, late.session, late.at]);
    const found = await check(page);
    // A run without a package changes a row of Core, or adds one, in each answer; its session and user are known.
    for (const name of ['OverviewActivity', 'PackagesActivity', 'FunctionsActivity', 'EventsActivity'])
      assert.ok([1, 2].includes(found[name]), `${name}: ${found[name]}`);
    assert.equal(found.OverviewTotals, 4, 'runs and events, by either path');
    assert.equal(await events(), before, 'nothing changes by itself');

    await page.evaluate(() => {
      const {shell} = (window as any).grok;
      shell.v = [...shell.views].find((view: any) => view.root.classList.contains('ua-app'));
    });
    await page.keyboard.press('r');
    await page.waitForFunction((count) => Number(document.querySelector<HTMLElement>('.ua-card[data-metric="events"]')!
      .dataset.value) === count, {timeout: 20_000}, before + 1);
    assert.deepEqual(await check(page), agreed);
    assert.deepEqual(errors, []);
    await close();
  });

test('roll-ups are found, used and named on screen; the check compares them too',
  {timeout: 120_000}, async () => {
    const events = (page: Page): Promise<number> => page.$eval('.ua-card[data-metric="events"]',
      (card) => Number((card as HTMLElement).dataset.value));
    const address = '/apps/UsageAnalysis/Overview?date=2026-01-01..2026-01-31&zone=Asia/Kolkata';
    const plain = await host.openPage(address);
    await settled(plain.page, 4);
    const counted = await events(plain.page);
    await plain.close();

    await installRollups(client);
    await client.query('call usage_rollups.refresh()');
    const {page, errors, close} = await host.openPage(address);
    await settled(page, 4);
    assert.equal(await events(page), counted);
    assert.ok(await page.evaluate(() => document.body.textContent!.includes('until Jan 31, 2026 from roll-ups')));
    const both = Object.fromEntries(Object.keys(agreed).flatMap((name) => [[`${name} (roll-ups)`, 0], [name, 0]]));
    assert.deepEqual(await check(page), both);

    assert.deepEqual(errors, []);
    await close();
    await client.query('drop schema usage_rollups cascade');
  });
