import {after, before, test} from 'node:test';
import assert from 'node:assert/strict';
import type pg from 'pg';
import type {Page} from 'puppeteer';
import {cards, ownStep, panelStates, settled, viewerIn} from '../support/app-page.ts';
import {startHost, type TestHost, type TestPage} from '../support/host.ts';

let host: TestHost;
let client: pg.Client;
const february = 'zone=UTC&date=2026-02-01..2026-02-28';

before(async () => {
  host = await startHost();
  client = await host.connect();
});

after(async () => {
  await host?.close();
});

async function open(query = february, tab = 'Packages', panels = 2): Promise<TestPage> {
  const opened = await host.openPage(`/apps/UsageAnalysis/${tab}?${query}`);
  await settled(opened.page, panels);
  return opened;
}

/** Rows of the frame behind a panel's viewer, as plain objects. */
function rows(page: Page, title: string): Promise<Record<string, any>[]> {
  return page.evaluate((selector) => {
    const frame = (window as any).DG.Widget.find(document.querySelector(selector)).dataFrame;
    const value = (column: any, i: number): unknown => column.isNone(i) ? null :
      column.type === 'datetime' ? column.getRawData()[i] / 1000 : column.get(i);
    return Array.from({length: frame.rowCount}, (_, i) =>
      Object.fromEntries(frame.columns.toList().map((column: any) => [column.name, value(column, i)])));
  }, viewerIn(title));
}

const sum = (list: Record<string, any>[], column: string): number => list.reduce((n, row) => n + row[column], 0);

test('the points of the chart add up to the cards of the Overview', async () => {
  const overview = await open(february, 'Overview', 4);
  const shown = await cards(overview.page);
  await overview.close();
  const {page, close, errors} = await open();
  const points = await rows(page, 'Package use');
  assert.equal(sum(points, 'events'), shown.events.value);
  assert.equal(sum(points, 'runs'), shown.runs.value);
  assert.equal(new Set(points.map((p) => p.user_id)).size, shown.active_users.value);
  assert.deepEqual(errors, []);
  await close();
});

test('used and unused packages together are the inventory, and no package is in both', async () => {
  const {page, close} = await open();
  const used = new Set((await rows(page, 'Package use')).map((p) => p.package_name));
  const unused = (await rows(page, 'Not used in this range')).map((p) => p.package_name);
  const {rows: all} = await client.query('select distinct name from packages');
  assert.deepEqual([...used, ...unused].filter((name) => name !== 'Core').sort(), all.map((r) => r.name).sort());
  assert.ok(unused.length >= 2);
  await close();
});

test('a category narrows the chart to its packages; the other tabs keep their numbers', async () => {
  const {rows: [{category}]} = await client.query(`select category from packages where category is not null
    group by category order by count(*) desc, category limit 1`);
  const {page, close} = await open(`${february}&categories=${encodeURIComponent(category)}`);
  const points = await rows(page, 'Package use');
  const {rows: inside} = await client.query('select name from packages where category = $1', [category]);
  assert.ok(points.length > 0);
  assert.ok(points.every((p) => inside.some((r) => r.name === p.package_name)));
  assert.match(await page.$eval('.ua-filter-chips', (e) => (e as HTMLElement).innerText), new RegExp(category));
  await close();
});

/** Clicks a point with the mouse, where the viewer says that it is. */
async function clickPoint(page: Page, title: string, row: number, key?: 'Control'): Promise<void> {
  const place = await page.evaluate(({selector, index}) => {
    const root = document.querySelector<HTMLElement>(selector)!;
    const point = (window as any).DG.Widget.find(root).pointToScreen(index);
    const box = root.getBoundingClientRect();
    return {x: box.left + point.x, y: box.top + point.y};
  }, {selector: viewerIn(title), index: row});
  if (key != null)
    await page.keyboard.down(key);
  await page.mouse.click(place.x, place.y);
  if (key != null)
    await page.keyboard.up(key);
}

test('a click on a dot shows that dot, and Ctrl+click adds others', async () => {
  const {page, errors, close} = await open();
  const points = await rows(page, 'Package use');
  const order = points.map((p, i) => [p.events, i]).sort((a, b) => b[0] - a[0]).map(([, i]) => i);
  await clickPoint(page, 'Package use', order[0]);
  await page.waitForSelector('.ua-selection-title');
  // Another dot may lie on top: what counts is the one that became current.
  const current = await page.evaluate((selector) =>
    (window as any).DG.Widget.find(document.querySelector(selector)).dataFrame.currentRowIdx, viewerIn('Package use'));
  assert.ok(current >= 0);
  assert.equal(await page.$eval('.ua-selection-title', (e) => e.textContent),
    `${points[current].package}, ${points[current].user}`);
  assert.match(await page.$eval('.ua-counts', (e) => (e as HTMLElement).innerText.replace(/,/g, '')),
    new RegExp(`Events\\s+${points[current].events}\\b`));
  await clickPoint(page, 'Package use', order[1], 'Control');
  await clickPoint(page, 'Package use', order.at(-1)!, 'Control');
  const selected: number[] = await page.evaluate((selector) => [...(window as any).DG.Widget
    .find(document.querySelector(selector)).dataFrame.selection.getSelectedIndexes()], viewerIn('Package use'));
  assert.equal(selected.length, 2);
  await page.waitForFunction(() => document.querySelector('.ua-selection-title')?.textContent === '2 points');
  assert.match(await page.$eval('.ua-counts', (e) => (e as HTMLElement).innerText.replace(/,/g, '')),
    new RegExp(`Events\\s+${sum(selected.map((i) => points[i]), 'events')}\\b`));
  assert.deepEqual(errors, []);
  await close();
});

test('a step back lets go of the dot that was clicked, a step forward shows it again', async () => {
  const {page, errors, close} = await open();
  const current = (): Promise<number> => page.evaluate((selector) =>
    (window as any).DG.Widget.find(document.querySelector(selector)).dataFrame.currentRowIdx, viewerIn('Package use'));
  await ownStep();
  // The largest dot: a small one may be too small to be hit.
  const points = await rows(page, 'Package use');
  const largest = points.reduce((best, point, i) => point.events > points[best].events ? i : best, 0);
  await clickPoint(page, 'Package use', largest);
  await page.waitForFunction(() => location.search.includes('selected='));
  const row = await current();
  assert.ok(row >= 0);
  await page.goBack();
  await page.waitForFunction(() => !location.search.includes('selected=') && document.querySelector('.ua-counts') == null);
  assert.equal(await current(), -1);
  await page.goForward();
  await page.waitForSelector('.ua-counts');
  assert.equal(await current(), row);
  assert.deepEqual(errors, []);
  await close();
});

test('selected points fill the context panel with exactly their numbers', async () => {
  const {page, close} = await open();
  const points = await rows(page, 'Package use');
  const chosen = [0, Math.floor(points.length / 2), points.length - 1];
  await page.evaluate(({selector, indexes}) => {
    const frame = (window as any).DG.Widget.find(document.querySelector(selector)).dataFrame;
    for (const i of indexes)
      frame.selection.set(i, true);
  }, {selector: viewerIn('Package use'), indexes: chosen});
  await page.waitForFunction(() => document.querySelector('.ua-selection-title')?.textContent === '3 points');
  const pane = await page.$eval('.ua-counts', (e) => (e as HTMLElement).innerText.replace(/,/g, ''));
  const picked = chosen.map((i) => points[i]);
  assert.match(pane, new RegExp(`Events\\s+${sum(picked, 'events')}\\b`));
  assert.match(pane, new RegExp(`Users\\s+${new Set(picked.map((p) => p.user_id)).size}\\b`));
  assert.match(pane, new RegExp(`Packages\\s+${new Set(picked.map((p) => p.package_name)).size}\\b`));
  await page.waitForFunction(() => location.search.includes('selected='));
  await page.reload();
  await settled(page, 2);
  await page.waitForFunction(() => document.querySelector('.ua-selection-title')?.textContent === '3 points');
  await close();
});

test('installation time shows the publications of the range with their durations', async () => {
  const {page, close} = await open(`${february}&view=installation`, 'Packages', 2);
  assert.deepEqual(Object.keys(await panelStates(page)).sort(), ['Installation time', 'Publications']);
  const shown = await rows(page, 'Installation time');
  const {rows: naive} = await client.query(`select v.value::int ms from events e
    join event_types t on t.id = e.event_type_id and t.friendly_name = 'package-version-published'
    join event_parameters p on p.event_type_id = t.id and p.name = 'ms'
    join event_parameter_values v on v.event_id = e.id and v.parameter_id = p.id
    where e.event_time >= '2026-02-01' and e.event_time < '2026-03-01'`);
  assert.deepEqual(shown.map((r) => r.ms).sort((a, b) => a - b), naive.map((r) => r.ms).sort((a, b) => a - b));
  assert.ok(shown.length > 0);
  await close();
});

test('the keys switch tabs, clear the selection and refresh', async () => {
  const {page, close} = await open();
  await page.evaluate((selector) => {
    (window as any).DG.Widget.find(document.querySelector(selector)).dataFrame.selection.set(0, true);
  }, viewerIn('Package use'));
  await page.waitForSelector('.ua-selection-title');
  await page.keyboard.press('Escape');
  await page.waitForFunction(() => document.querySelector('.ua-selection-title') == null);
  await page.keyboard.press('1');
  await page.waitForFunction(() => location.pathname.endsWith('/Overview'));
  await page.keyboard.press('2');
  await page.waitForFunction(() => location.pathname.endsWith('/Packages'));
  await close();
});

test('a view that does not exist is reported, and the first one is shown', async () => {
  const {page, errors, close} = await open(`${february}&view=%3Cb%3Einstall`);
  const warning = await page.waitForFunction(() => [...document.querySelectorAll('.d4-balloon')].map((e) => e.textContent)
    .find((text) => text?.includes('There is no view "<b>install" here; Usage is shown.')));
  assert.ok(await warning.jsonValue());
  assert.equal((await panelStates(page))['Package use'], 'ready');
  assert.deepEqual(errors, []);
  await close();
});

test('when every package was used, nothing is asked of whoever reads it', async () => {
  const {page, close} = await open('zone=UTC&date=2025-11-01..2026-03-20&packages=Core');
  const text = await page.$eval('.ua-panel[aria-label="Not used in this range"] .ua-panel-cover', (e) => e.textContent);
  assert.equal(text, 'Every package was used.');
  await close();
});
