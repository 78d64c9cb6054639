import {after, before, test} from 'node:test';
import assert from 'node:assert/strict';
import type pg from 'pg';
import type {Page} from 'puppeteer';
import {cards, ownStep, settled, viewerIn} from '../support/app-page.ts';
import {startHost, type TestHost, type TestPage} from '../support/host.ts';

let host: TestHost;
let client: pg.Client;

before(async () => {
  host = await startHost();
  client = await host.connect();
});

after(async () => {
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
    const nothing = frame.getCol('events').toList().filter((n: number, i: number) => n === 0 && frame.get('errors', i) === 0);
    return {rows, nothing: nothing.length, filtered: frame.filter.trueCount, selected: frame.selection.trueCount};
  }, viewerIn('Users by events'));
  assert.equal(state.nothing, 28, 'a row of nothing for each day keeps the line at zero');
  assert.equal(state.filtered, state.rows + state.nothing);
  assert.equal(state.selected, state.rows);
  const pane = await page.$eval('.ua-selection', (e) => (e as HTMLElement).innerText);
  assert.match(pane, new RegExp(`Users\\s+${perPackage[top]}\\b`));
  assert.match(pane, /Packages\s+1\b/);
  await clickTop();
  assert.equal(await page.$('.ua-tab .ua-chip'), null);
  assert.deepEqual(errors, []);
  await close();
});

/** Middle of a named part of a chart, in pixels of the page. */
async function area(page: Page, title: string, name: string): Promise<{x: number, y: number}> {
  return page.evaluate(({selector, part}) => {
    const root = document.querySelector(selector)!;
    const {x, y, width, height} = (window as any).DG.Widget.find(root).getWidgetStatus().hitAreas[part];
    const box = root.getBoundingClientRect();
    return {x: box.left + x + width / 2, y: box.top + y + height / 2};
  }, {selector: viewerIn(title), part: name});
}

const chosen = (page: Page): Promise<(string | null)[]> =>
  page.$$eval('.ua-tab .ua-chip-text', (all) => all.map((e) => e.textContent));
const paneNumber = (page: Page, name: string): Promise<number> => page.$eval('.ua-counts', (e, wanted) => Number(
  (e as HTMLElement).innerText.replace(/,/g, '').match(new RegExp(`${wanted}\\s+(\\d+)`))![1]), name);

test('Ctrl+click chooses several bars; the choice is in the address, so that reload, back and forward keep it', async () => {
  const {page, errors, close} = await open('date=2026-02-01..2026-02-28');
  const bars = (await page.evaluate((selector) => (window as any).DG.Widget.find(document.querySelector(selector))
    .getInfo().bars.slice(0, 2).map((b: any) => b.name), viewerIn('Packages by active users'))) as string[];
  const first = await area(page, 'Packages by active users', `bar: ${bars[0]}`);
  const second = await area(page, 'Packages by active users', `bar: ${bars[1]}`);
  await ownStep();
  await page.mouse.click(first.x, first.y);
  await page.waitForFunction(() => location.search.includes('selected='));
  await ownStep();
  await page.keyboard.down('Control');
  await page.mouse.click(second.x, second.y);
  await page.keyboard.up('Control');
  const both = bars.map((name) => `Package: ${name}`);
  await page.waitForFunction(() => document.querySelectorAll('.ua-tab .ua-chip').length === 2);
  assert.deepEqual(await chosen(page), both);
  const sum = await page.evaluate(({selector, names}) => {
    const frame = (window as any).DG.Widget.find(document.querySelector(selector)).dataFrame;
    let events = 0;
    for (let i = 0; i < frame.rowCount; i++)
      events += names.includes(frame.get('package', i)) ? frame.get('events', i) : 0;
    return events;
  }, {selector: viewerIn('Users by events'), names: bars});
  assert.equal(await paneNumber(page, 'Events'), sum);
  await page.reload();
  await settled(page, 4);
  await page.waitForSelector('.ua-counts');
  assert.deepEqual(await chosen(page), both);
  assert.equal(await paneNumber(page, 'Events'), sum);
  await page.goBack();
  await page.waitForFunction(() => document.querySelectorAll('.ua-tab .ua-chip').length === 1);
  assert.deepEqual(await chosen(page), both.slice(0, 1));
  await page.goForward();
  await page.waitForFunction(() => document.querySelectorAll('.ua-tab .ua-chip').length === 2);
  await page.keyboard.press('Escape');
  await page.waitForFunction(() => !location.search.includes('selected='));
  assert.deepEqual(await chosen(page), []);
  assert.deepEqual(errors, []);
  await close();
});

test('a line falls to zero where the chosen package has nothing', async () => {
  const {page, close} = await open('date=2026-02-01..2026-02-28');
  const rarest: string = await page.evaluate((selector) => (window as any).DG.Widget
    .find(document.querySelector(selector)).getInfo().bars.at(-1).name, viewerIn('Packages by active users'));
  const name = await page.evaluate(({selector, label}) => {
    const frame = (window as any).DG.Widget.find(document.querySelector(selector)).dataFrame;
    return frame.get('package_name', frame.getCol('package').toList().indexOf(label));
  }, {selector: viewerIn('Users by events'), label: rarest});
  await close();
  const linked = await open(`date=2026-02-01..2026-02-28&selected=package,${encodeURIComponent(name)}`);
  assert.deepEqual(await chosen(linked.page), [`Package: ${rarest}`]);
  const line = await linked.page.evaluate((selector) => (window as any).DG.Widget.find(document.querySelector(selector))
    .getInfo().lines[0].y, viewerIn('Active users')) as number[];
  assert.equal(line.length, 28);
  assert.ok(line.includes(0) && line.some((n) => n > 0), line.join());
  await linked.close();
});

test('a point of the line tells of its day, and leads to exactly its rows and back', async () => {
  const {page, errors, close} = await open('date=2026-02-01..2026-02-28');
  const {x, y} = await area(page, 'Active users', 'point: unique(user) / 0 / 9');
  await page.mouse.click(x, y);
  await page.waitForSelector('.ua-counts');
  assert.deepEqual(await chosen(page), ['Time: Feb 10, 2026']);
  const day = await naive('2026-02-10', '2026-02-11');
  assert.equal(await paneNumber(page, 'Users'), day.active_users);
  assert.equal(await paneNumber(page, 'Events'), day.events);
  await page.click('.ua-counts .ua-link');
  await page.waitForFunction((n) => document.querySelector('.ua-pages-text')?.textContent?.endsWith(` of ${n}`), {},
    day.events);
  await page.keyboard.press('b');
  await page.waitForFunction(() => location.pathname.endsWith('/Overview'));
  await settled(page, 4);
  assert.deepEqual(await chosen(page), ['Time: Feb 10, 2026']);
  assert.deepEqual(errors, []);
  await close();
});

test('Shift+drag over bars chooses them; a choice that is not there is reported', async () => {
  const {page, errors, close} = await open('date=2026-02-01..2026-02-28&selected=package,%3Cb%3Enone,Chem');
  await page.waitForFunction(() => [...document.querySelectorAll('.d4-balloon')]
    .some((e) => e.textContent?.includes('Some of what was selected is not in this range')));
  const names = (await page.evaluate((selector) => (window as any).DG.Widget.find(document.querySelector(selector))
    .getInfo().bars.slice(0, 3).map((b: any) => b.name), viewerIn('Users by events'))) as string[];
  await page.keyboard.press('Escape');
  await page.waitForFunction(() => !location.search.includes('selected='));
  const [from, to] = [await area(page, 'Users by events', `bar: ${names[0]}`),
    await area(page, 'Users by events', `bar: ${names[2]}`)];
  await page.keyboard.down('Shift');
  await page.mouse.move(to.x - 8, from.y);
  await page.mouse.down();
  await page.mouse.move(to.x, to.y, {steps: 4});
  await page.mouse.up();
  await page.keyboard.up('Shift');
  await page.waitForFunction(() => document.querySelector('.ua-selection-title')?.textContent === '3 users');
  assert.equal((await chosen(page)).length, 3);
  assert.deepEqual(errors, []);
  await close();
});

test('on a narrow screen the text of the range, titles and names have room', async () => {
  const opened = await host.openPage('/apps/UsageAnalysis/Overview?zone=UTC&date=2026-02-01..2026-02-28',
    {width: 1024, height: 768});
  await settled(opened.page, 4);
  const sizes = await opened.page.evaluate(() => ({
    date: document.querySelector('.ua-date input')!.getBoundingClientRect().width,
    cut: [...document.querySelectorAll<HTMLElement>('.ua-panel-title')].filter((e) => e.scrollWidth > e.clientWidth)
      .map((e) => e.textContent),
    charts: [...document.querySelectorAll('.ua-overview-bars .d4-viewer')].map((e) => e.getBoundingClientRect())
      .map(({width, height}) => width >= 250 && height >= 200)}));
  assert.ok(sizes.date > 150, `the input of the range is ${sizes.date} wide`);
  assert.deepEqual(sizes.cut, []);
  assert.deepEqual(sizes.charts, [true, true]);
  await opened.close();
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
