import {after, before, test} from 'node:test';
import assert from 'node:assert/strict';
import {mkdtemp, readFile, readdir, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';
import type pg from 'pg';
import type {Page} from 'puppeteer';
import {parseCsv} from '../../src/core/csv.ts';
import {settled, viewerIn} from '../support/app-page.ts';
import {startHost, type TestHost, type TestPage} from '../support/host.ts';

let host: TestHost;
let client: pg.Client;
let folder: string;
/** Somebody who used the package with the hostile name. */
let person: {id: string, name: string, package_id: string};
const february = 'zone=UTC&date=2026-02-01..2026-02-28';
/** A name that a spreadsheet would run, and that breaks careless CSV. */
const hostile = '=HYPERLINK("http://127.0.0.1/","x"),\r\n@sum Ünal';

before(async () => {
  host = await startHost();
  folder = await mkdtemp(path.join(tmpdir(), 'ua-export-'));
  client = await host.connect();
  ({rows: [person]} = await client.query(`select u.id, u.friendly_name as name, v.package_id from users u
    join users_sessions s on s.user_id = u.id join events e on e.session_id = s.id
      and e.event_time >= '2026-02-01' and e.event_time < '2026-03-01'
    join event_types t on t.id = e.event_type_id and t.source <> 'usage'
    join event_parameter_values x on x.event_id = e.id join event_parameters p on p.id = x.parameter_id
      and p.name = 'package'
    join published_packages v on v.id = x.value_uuid
    where not u.is_service and u.login not in ('system', 'test')
    group by u.id, v.package_id order by count(*) desc, u.id, v.package_id limit 1`));
  await client.query('update packages set friendly_name = $1 where id = $2', [hostile, person.package_id]);
});

after(async () => {
  await host?.close();
  if (folder != null)
    await rm(folder, {recursive: true, force: true});
});

async function open(tab: string, query: string): Promise<TestPage> {
  const opened = await host.openPage(`/apps/UsageAnalysis/${tab}?${query}`);
  const session = await opened.page.createCDPSession();
  await session.send('Browser.setDownloadBehavior', {behavior: 'allow', downloadPath: folder, eventsEnabled: true,
    browserContextId: (opened.page.browserContext() as any).id});
  await settled(opened.page);
  return opened;
}

/** Opens the menu of the panel with the mouse and clicks an item. */
async function choose(page: Page, panel: string, item: string): Promise<void> {
  await page.click(`.ua-panel[aria-label="${panel}"] .ua-panel-menu`);
  const found = await page.waitForFunction((text) => [...document.querySelectorAll<HTMLElement>('.d4-menu-item')]
    .find((e) => e.offsetParent != null && e.textContent!.trim().startsWith(text)), {}, item);
  await (found.asElement() as any).click();
}

/** The file that comes into the folder, whole, and its name. */
async function downloaded(): Promise<{name: string, bytes: Buffer}> {
  for (;;) {
    const [name] = (await readdir(folder)).filter((one) => !one.endsWith('.crdownload') && !one.startsWith('.'));
    const bytes = name == null ? Buffer.alloc(0) : await readFile(path.join(folder, name));
    if (bytes.length > 0) {
      await rm(path.join(folder, name));
      return {name, bytes};
    }
    await new Promise((done) => setTimeout(done, 50));
  }
}

function rowsOnScreen(page: Page, title: string): Promise<Record<string, any>[]> {
  return page.evaluate((selector) => {
    const frame = (window as any).DG.Widget.find(document.querySelector(selector)).dataFrame;
    return Array.from({length: frame.rowCount}, (_, i) =>
      Object.fromEntries(frame.columns.toList().map((c: any) => [c.name, c.isNone(i) ? null : c.get(i)])));
  }, viewerIn(title));
}

test('a table is saved as CSV with its filters, and its cells run nothing', {timeout: 60_000}, async () => {
  const {page, errors, close} = await open('Packages', `${february}&users=${person.id}`);
  const shown = await rowsOnScreen(page, 'Package use');
  await choose(page, 'Package use', 'Save as CSV');
  const file = await downloaded();
  const text = file.bytes.toString('utf8');
  assert.deepEqual([...file.bytes.subarray(0, 3)], [0xef, 0xbb, 0xbf], 'a byte order mark, which spreadsheets need');
  assert.match(file.name, /^package-use-\d{4}-\d\d-\d\d\.csv$/);
  const {comments, header, rows} = parseCsv(text);
  assert.equal(comments[0], 'Package use');
  assert.equal(comments[1], 'Range: Feb 1 – Feb 28, 2026 (time zone UTC)');
  assert.ok(comments.some((line) => line.startsWith('User') && line.includes(person.name)), comments.join('\n'));
  assert.ok(comments.some((line) => /^As of: .*\d{4}, \d\d:\d\d/.test(line)), comments.join('\n'));
  assert.equal(rows.length, shown.length);
  const events = header.indexOf('events');
  const total = (list: number[]): number => list.reduce((sum, n) => sum + n, 0);
  assert.equal(total(rows.map((row) => Number(row[events]))), total(shown.map((row) => row.events)));
  assert.deepEqual(new Set(rows.map((row) => row[header.indexOf('package')])), new Set(shown.map((row) => row.package)));
  assert.ok(shown.some((row) => row.package === hostile), 'the hostile package is in the range');
  assert.doesNotMatch(text, /(^|[",\n])=HYPERLINK/m);
  assert.match(text, /"'=HYPERLINK\(""http:\/\/127\.0\.0\.1\/"",""x""\),\r\n'@sum Ünal"/);
  assert.deepEqual(errors, []);
  await close();
});

test('a chart is saved as a picture of what is on screen, with a header above', {timeout: 60_000}, async () => {
  const {page, errors, close} = await open('Packages', february);
  const box = await page.$eval('.ua-panel[aria-label="Package use"] .d4-viewer', (e) => {
    const {width, height} = e.getBoundingClientRect();
    return {width, height};
  });
  await choose(page, 'Package use', 'Save as PNG');
  const {name, bytes} = await downloaded();
  assert.match(name, /^package-use-\d{4}-\d\d-\d\d\.png$/);
  assert.equal(bytes.toString('latin1', 1, 4), 'PNG');
  const [width, height] = [bytes.readUInt32BE(16), bytes.readUInt32BE(20)];
  assert.ok(Math.abs(width - box.width) <= 2, `${width} is as wide as the chart, ${box.width}`);
  assert.ok(height > box.height + 40, `${height} is higher than the chart, ${box.height}, by the header`);
  // Points are painted in many colours; an empty picture would have a few.
  const colours = await page.evaluate(async (base64) => {
    const image = new Image();
    image.src = `data:image/png;base64,${base64}`;
    await image.decode();
    const canvas = document.createElement('canvas');
    [canvas.width, canvas.height] = [image.width, image.height];
    const g = canvas.getContext('2d')!;
    g.drawImage(image, 0, 0);
    return new Set(new Uint32Array(g.getImageData(0, 0, image.width, image.height).data.buffer)).size;
  }, bytes.toString('base64'));
  assert.ok(colours > 100, `${colours} colours`);
  assert.deepEqual(errors, []);
  await close();
});

test('what a panel shows opens as a table view of its own', {timeout: 60_000}, async () => {
  const {page, errors, close} = await open('Packages', february);
  const shown = await rowsOnScreen(page, 'Package use');
  await choose(page, 'Package use', 'Open as table');
  await page.waitForFunction(() => (window as any).grok.shell.v.type === 'TableView');
  const table = await page.evaluate(() => {
    const {dataFrame} = (window as any).grok.shell.tv;
    return {name: dataFrame.name, rows: dataFrame.rowCount, events: dataFrame.getCol('events').stats.sum};
  });
  assert.deepEqual(table, {name: 'Package use, Feb 1 – Feb 28, 2026', rows: shown.length,
    events: shown.reduce((sum, row) => sum + row.events, 0)});
  assert.deepEqual(errors, []);
  await close();
});
