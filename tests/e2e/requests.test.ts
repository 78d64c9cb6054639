import assert from 'node:assert/strict';
import {after, before, test} from 'node:test';
import type {KeyInput, Page} from 'puppeteer';
import {cards, goTo, settled, viewerIn} from '../support/app-page.ts';
import {startHost, type TestHost, type TestPage} from '../support/host.ts';

let host: TestHost;
before(async () => {
  host = await startHost();
});
after(() => host?.close());

/** Makes a page keep the names of the queries that it asks, in `asked`, and the calls themselves in `calls`. */
function listen(): void {
  const asked: string[] = (window as any).asked = [];
  const calls: any[] = (window as any).calls = [];
  let api: any;
  Object.defineProperty(window, 'DG', {configurable: true, get: () => api, set: (value) => {
    const isKnown = api?.FuncCall === value.FuncCall;
    api = value;
    if (isKnown)
      return;
    const {call} = api.FuncCall.prototype;
    api.FuncCall.prototype.call = function (...parameters: unknown[]) {
      if (this.func instanceof api.DataQuery) {
        asked.push(this.func.name);
        calls.push(this);
      }
      return call.apply(this, parameters);
    };
  }});
}

/** Queries of numbers that were asked since the last time, each with its count; lists of the filters are apart. */
async function asked(page: Page): Promise<Record<string, number>> {
  const names: string[] = await page.evaluate(() => (window as any).asked.splice(0));
  const counts: Record<string, number> = {};
  for (const name of names.filter((one) => !one.startsWith('Filter') && one !== 'Privacy').sort())
    counts[name] = (counts[name] ?? 0) + 1;
  return counts;
}

async function open(address: string, panels: number): Promise<TestPage> {
  const opened = await host.openPage(`/apps/UsageAnalysis/${address}`, undefined, listen);
  await settled(opened.page, panels);
  return opened;
}

async function turnTo(page: Page, tab: string, panels: number): Promise<void> {
  await page.keyboard.press(String(['Overview', 'Packages', 'Functions', 'Events'].indexOf(tab) + 1) as KeyInput);
  await settled(page, panels);
}

const february = 'zone=UTC&date=2026-02-01..2026-02-28';

test('each tab asks few queries, none of them twice', async () => {
  const screens: [string, number, Record<string, number>][] = [
    ['Overview', 4, {SummaryHints: 1, UsageDimensions: 1, UsageSummary: 2}],
    ['Packages', 2, {PackagesUnused: 1, SummaryHints: 1, UsageDimensions: 1, UsageSummary: 1}],
    ['Functions', 1, {FunctionDimensions: 1, SummaryHints: 1, UsageDimensions: 1, UsageSummary: 1}],
    ['Events', 2, {SummaryHints: 1, UsageDimensions: 1, UsageSummary: 1}],
  ];
  for (const [tab, panels, expected] of screens) {
    const {page, close} = await open(`${tab}?${february}`, panels);
    assert.deepEqual(await asked(page), expected, tab);
    await close();
  }
});

test('what one tab asked serves the others; other people and packages ask for no counts', async () => {
  const {page, close} = await open(`Overview?${february}`, 4);
  assert.deepEqual(await asked(page), {SummaryHints: 1, UsageDimensions: 1, UsageSummary: 2});
  await turnTo(page, 'Packages', 2);
  assert.deepEqual(await asked(page), {PackagesUnused: 1});
  await turnTo(page, 'Events', 2);
  assert.deepEqual(await asked(page), {});
  await turnTo(page, 'Overview', 4);
  const before = await cards(page);
  await goTo(page, `/apps/UsageAnalysis/Overview?${february}&packages=Chem`);
  await page.waitForFunction((events) => {
    const card = document.querySelector<HTMLElement>('.ua-card[data-metric=events]');
    return Number(card?.dataset.value) < events;
  }, {}, before.events.value);
  await settled(page, 4);
  assert.deepEqual(await asked(page), {});
  await close();
});

test('Refresh counts anew, and filters that summaries do not hold ask the query itself', async () => {
  const {page, close} = await open(`Overview?${february}`, 4);
  await asked(page);
  await page.keyboard.press('r');
  await settled(page, 4);
  assert.deepEqual(await asked(page), {SummaryHints: 1, UsageDimensions: 1, UsageSummary: 2});
  await close();
  const type = '00000000-0000-0000-0000-000000000000';
  const narrowed = await open(`Overview?${february}&types=${type}`, 4);
  assert.deepEqual(await asked(narrowed.page), {OverviewActivity: 1, OverviewTotals: 1});
  await narrowed.close();
});

test('a point of somebody is asked for with that person alone, and for its own time', async () => {
  const {page, close} = await open(`Packages?${february}`, 2);
  const point = await page.evaluate((selector) => {
    const frame = (window as any).DG.Widget.find(document.querySelector(selector)).dataFrame;
    const row = Math.floor(frame.rowCount / 2);
    frame.selection.set(row, true);
    const [from, to] = ['bucket', 'bucket_end'].map((name) => frame.getCol(name).getRawData()[row] / 1000);
    return {from, to, user: frame.get('user_id', row)};
  }, viewerIn('Package use'));
  await page.waitForFunction(() => (window as any).asked.includes('SelectionFunctions'));
  const inputs = await page.evaluate(() => {
    const call = (window as any).calls.find((one: any) => one.func.name === 'SelectionFunctions');
    const {from, to, users, cells} = call.inputs;
    return {from: from.valueOf(), to: to.valueOf(), users: [...users], cells: cells.length};
  });
  assert.deepEqual(inputs, {from: point.from, to: point.to, users: [point.user], cells: 1});
  await close();
});
