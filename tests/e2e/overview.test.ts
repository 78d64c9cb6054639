import {after, before, test} from 'node:test';
import assert from 'node:assert/strict';
import pg from 'pg';
import type {Page} from 'puppeteer';
import {cards, settled, viewerIn} from '../support/app-page.ts';
import {startHost, type TestHost, type TestPage} from '../support/host.ts';

let host: TestHost;
let client: pg.Client;

before(async () => {
  host = await startHost();
  client = new pg.Client({connectionString: host.databaseUrl, options: '-c TimeZone=UTC'});
  await client.connect();
});

after(async () => {
  await client?.end();
  await host?.close();
});

/** People, told by the plainest means: no service account, neither System nor Test. */
const people = `select id from users where not is_service and login not in ('system', 'test')`;

async function number(sql: string, values: unknown[] = []): Promise<number> {
  return Number((await client.query(sql, values)).rows[0].n);
}

/** Numbers of a period, one naive query each, nothing shared with the package's SQL. */
async function naive(from: string, to: string, whose = people): Promise<Record<string, number>> {
  const events = `select e.*, s.user_id, t.source, t.friendly_name as type from events e
    join event_types t on t.id = e.event_type_id join users_sessions s on s.id = e.session_id
    where e.event_time >= '${from}' and e.event_time < '${to}' and s.user_id in (${whose})
    and not (t.source = 'usage' and t.friendly_name like 'test-%')`;
  return {
    active_users: await number(`select count(distinct user_id) n from (${events}) x`),
    new_users: await number(`select count(*) n from users where joined >= '${from}' and joined < '${to}'
      and id in (${whose})`),
    sessions: await number(`select count(distinct session_id) n from (${events}) x`),
    runs: await number(`select count(*) n from (${events}) x where source = 'usage' and type = 'function-ran'`),
    events: await number(`select count(*) n from (${events}) x`),
    errors: await number(`select count(*) n from (${events}) x join event_types t on t.id = x.event_type_id
      where x.source = 'error' and t.is_error is distinct from false`) + (whose !== people ? 0 :
      await number(`select count(*) n from events e join event_types t on t.id = e.event_type_id
        where e.session_id is null and t.source = 'error' and t.is_error is distinct from false
        and e.event_time >= '${from}' and e.event_time < '${to}'`)),
  };
}

async function open(query: string): Promise<TestPage> {
  const opened = await host.openPage(`/apps/UsageAnalysis/Overview?zone=UTC&${query}`);
  await settled(opened.page, 4);
  return opened;
}

const values = (shown: Record<string, {value: number}>): Record<string, number> =>
  Object.fromEntries(Object.entries(shown).map(([id, {value}]) => [id, value]));

test('cards show the numbers of the range and of the period before', async () => {
  const {page, errors, close} = await open('date=2026-02-01..2026-02-28');
  const shown = await cards(page);
  assert.deepEqual(values(shown), await naive('2026-02-01', '2026-03-01'));
  const before = Object.fromEntries(Object.entries(shown).map(([id, {previous}]) => [id, previous]));
  assert.deepEqual(before, await naive('2026-01-04', '2026-02-01'));
  assert.ok(shown.events.value > 100);
  assert.deepEqual(errors, []);
  await close();
});

test('a calendar month is compared with the month before', async () => {
  const {page, close} = await open('date=Feb 2026');
  const shown = await cards(page);
  assert.equal(shown.events.previous, (await naive('2026-01-01', '2026-02-01')).events);
  await close();
});

test('a group narrows every number to its members, nested groups included', async () => {
  const {rows: [group]} = await client.query(`select g.id from groups g join groups_relations r on r.parent_id = g.id
    join groups c on c.id = r.child_id and not c.personal where not g.personal and g.friendly_name <> 'All users'
    group by g.id order by count(*) desc, g.id limit 1`);
  const members = `with recursive m as (select '${group.id}'::uuid id union select r.child_id from m
    join groups_relations r on r.parent_id = m.id) select u.id from users u join m on m.id = u.group_id
    where u.id in (${people})`;
  const {page, close} = await open(`date=2026-02-01..2026-02-28&groups=${group.id}`);
  const shown = values(await cards(page));
  assert.deepEqual(shown, await naive('2026-02-01', '2026-03-01', members));
  assert.ok(shown.active_users > 0 && shown.active_users < (await naive('2026-02-01', '2026-03-01')).active_users);
  await close();
});

/** Bars of a bar chart: category to value, from the frame that the chart shows. */
async function distinctUsersPerPackage(page: Page): Promise<Record<string, number>> {
  return page.evaluate((selector) => {
    const frame = (window as any).DG.Widget.find(document.querySelector(selector)).dataFrame;
    const users = new Map<string, Set<string>>();
    for (let i = 0; i < frame.rowCount; i++)
      if (frame.get('events', i) > 0)
        users.set(frame.get('package', i), (users.get(frame.get('package', i)) ?? new Set()).add(frame.get('user', i)));
    return Object.fromEntries([...users].map(([name, set]) => [name, set.size]));
  }, viewerIn('Packages by active users'));
}

test('the shared frame adds up to the cards', async () => {
  const {page, close} = await open('date=2026-02-01..2026-02-28');
  const shown = await cards(page);
  const sums = await page.evaluate((selector) => {
    const frame = (window as any).DG.Widget.find(document.querySelector(selector)).dataFrame;
    const sum = (name: string): number => frame.col(name).toList().reduce((a: number, b: number) => a + b, 0);
    const users = new Set(frame.col('user_id').toList().filter((id: string) => id != null && id !== ''));
    const buckets = new Set(frame.col('bucket').getRawData().subarray(0, frame.rowCount));
    return {events: sum('events'), runs: sum('runs'), errors: sum('errors'), users: users.size, buckets: buckets.size};
  }, viewerIn('Active users'));
  assert.deepEqual(sums, {events: shown.events.value, runs: shown.runs.value, errors: shown.errors.value,
    users: shown.active_users.value, buckets: 28});
  await close();
});

test('clicking a bar filters the other charts and fills the context panel; clicking it again resets', async () => {
  const {page, errors, close} = await open('date=2026-02-01..2026-02-28');
  const perPackage = await distinctUsersPerPackage(page);
  const [top] = Object.entries(perPackage).sort((a, b) => b[1] - a[1])[0];
  const clickTop = async (): Promise<void> => {
    // The largest bar is the first one; its label area lies left of it.
    const box = (await (await page.$(viewerIn('Packages by active users')))!.boundingBox())!;
    await page.mouse.click(box.x + box.width * 0.45, box.y + 16);
    await page.evaluate(() => new Promise((done) => setTimeout(done, 300)));
  };
  await clickTop();
  const chip = await page.$eval('.ua-tab .ua-chip-text', (e) => e.textContent);
  assert.equal(chip, `Package: ${top}`);
  const state = await page.evaluate((selector) => {
    const frame = (window as any).DG.Widget.find(document.querySelector(selector)).dataFrame;
    const rows = frame.col('package').toList().filter((p: string) => p === document
      .querySelector('.ua-tab .ua-chip-text')!.textContent!.slice('Package: '.length)).length;
    return {rows, filtered: frame.filter.trueCount, selected: frame.selection.trueCount};
  }, viewerIn('Users by events'));
  assert.equal(state.filtered, state.rows);
  assert.equal(state.selected, state.rows);
  const pane = await page.$eval('.ua-selection', (e) => (e as HTMLElement).innerText);
  assert.match(pane, new RegExp(`Users\\s+${perPackage[top]}\\b`));
  assert.match(pane, /Packages\s+1\b/);
  await clickTop();
  assert.equal(await page.$('.ua-tab .ua-chip'), null);
  assert.deepEqual(errors, []);
  await close();
});

test('the address restores the screen, and back returns to the one before', async () => {
  const {page, close} = await open('date=2026-02-01..2026-02-28');
  const february = values(await cards(page));
  await page.evaluate(() => {
    const input = document.querySelector<HTMLInputElement>('.ua-date input')!;
    input.focus();
    input.select();
  });
  await page.keyboard.type('2026-03-01..2026-03-10');
  await page.keyboard.press('Enter');
  await settled(page, 4);
  await page.waitForFunction(() => location.search.includes('2026-03-01..2026-03-10'));
  const march = values(await cards(page));
  assert.deepEqual(march, await naive('2026-03-01', '2026-03-11'));
  await page.reload();
  await settled(page, 4);
  assert.deepEqual(values(await cards(page)), march);
  await page.goBack();
  await page.waitForFunction(() => location.search.includes('2026-02-01..2026-02-28'));
  await settled(page, 4);
  assert.deepEqual(values(await cards(page)), february);
  await close();
});

test('a range without activity is empty, not broken', async () => {
  const {page, close} = await open('date=2019-01-01..2019-01-31');
  const states = await page.$$eval('.ua-panel', (panels) => panels.map((p) => (p as HTMLElement).dataset.state));
  assert.deepEqual(states, ['ready', 'empty', 'empty', 'empty']);
  assert.equal((await cards(page)).events.value, 0);
  await close();
});

test('closing the app leaves no widget and no running task', async () => {
  const {page, close} = await open('date=2026-02-01..2026-02-28');
  const left = await page.evaluate(async () => {
    const {grok, DG} = window as any;
    grok.shell.v.close();
    await new Promise((done) => setTimeout(done, 300));
    return DG.Widget.getAll().filter((w: any) => ['UsagePanel', 'Bar chart', 'Line chart'].includes(w.type)).length;
  });
  assert.equal(left, 0);
  await close();
});
