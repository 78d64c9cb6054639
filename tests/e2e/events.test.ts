import {after, before, test} from 'node:test';
import assert from 'node:assert/strict';
import {randomUUID} from 'node:crypto';
import type pg from 'pg';
import type {Page} from 'puppeteer';
import {cards, panelStates, settled, viewerIn} from '../support/app-page.ts';
import {startHost, type TestHost, type TestPage} from '../support/host.ts';

let host: TestHost;
let client: pg.Client;
const february = 'zone=UTC&date=2026-02-01..2026-02-28';
const inFebruary = `e.event_time >= '2026-02-01' and e.event_time < '2026-03-01'`;

/** An event type whose every text is an attack on pages that build markup. */
const hostile = {
  type: randomUUID(), user: '', name: `<img src=x onerror="window.hacked=1">`, parameter: `<b onclick=alert(1)>"'`,
  value: `"><script>window.hacked=2</script>`, description: `@user saw <svg onload="window.hacked=3"> and @nothing`,
  error: `<iframe srcdoc="<script>parent.hacked=4</script>"></iframe>`, person: `<u>O'Brien</u> & "Co"`,
};

before(async () => {
  host = await startHost();
  client = await host.connect();
  await addHostile();
});

after(async () => {
  await host?.close();
});

async function addHostile(): Promise<void> {
  const {rows: [session]} = await client.query(`select s.id, s.user_id from users_sessions s join users u
    on u.id = s.user_id where not u.is_service and u.login not in ('system', 'test') order by u.login, s.id limit 1`);
  hostile.user = session.user_id;
  await client.query('update users set friendly_name = $2 where id = $1', [session.user_id, hostile.person]);
  const [plain, user, event] = [randomUUID(), randomUUID(), randomUUID()];
  await client.query(`insert into event_types (id, source, friendly_name) values ($1, 'info', $2)`,
    [hostile.type, hostile.name]);
  await client.query(`insert into event_parameters (id, event_type_id, name, type)
    values ($1, $3, $4, 'string'), ($2, $3, 'user', 'entity_id')`, [plain, user, hostile.type, hostile.parameter]);
  await client.query(`insert into events (id, event_type_id, session_id, event_time, friendly_name, description,
    error_message, error_stack_trace) values ($1, $2, $3, '2026-02-10 10:00:00.123456', $4, $5, $6, 'at <line> 1')`,
  [event, hostile.type, session.id, hostile.name, hostile.description, hostile.error]);
  await client.query(`insert into event_parameter_values (id, event_id, parameter_id, value, value_uuid)
    values ($1, $3, $4, $5, null), ($2, $3, $6, null, $7)`,
  [randomUUID(), randomUUID(), event, plain, hostile.value, user, session.user_id]);
}

async function open(query: string, tab = 'Events', panels = 1): Promise<TestPage> {
  const opened = await host.openPage(`/apps/UsageAnalysis/${tab}?${query}`);
  await settled(opened.page, panels);
  return opened;
}

async function number(sql: string, values: unknown[] = []): Promise<number> {
  return Number((await client.query(sql, values)).rows[0].n);
}

/** Events of people, by the plainest means: no service account, neither System nor Test, no package test. */
const counted = `from events e join event_types t on t.id = e.event_type_id join users_sessions s on s.id = e.session_id
  join users u on u.id = s.user_id where ${inFebruary} and not u.is_service and u.login not in ('system', 'test')
  and not (t.source = 'usage' and t.friendly_name like 'test-%')`;

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

/** Number of rows that the log says it has. */
async function total(page: Page): Promise<number> {
  await page.waitForFunction(() => new URLSearchParams(location.search).get('view') === 'log');
  await settled(page);
  const state = Object.values(await panelStates(page));
  assert.equal(state.length, 1);
  if (state[0] === 'empty')
    return 0;
  const text = await page.$$eval('.ua-pages-text', (all) =>
    all.find((e) => (e as HTMLElement).offsetParent != null)!.textContent!);
  return Number(text.split(' of ')[1].replace(/,/g, ''));
}

/** Clicks a named area of a viewer with the mouse: a point, a bar. */
async function clickArea(page: Page, title: string, area: string): Promise<void> {
  const place = await page.evaluate(({selector, name}) => {
    const root = document.querySelector<HTMLElement>(selector)!;
    const {hitAreas} = (window as any).DG.Widget.find(root).getWidgetStatus();
    const box = root.getBoundingClientRect();
    const found = hitAreas[name];
    if (found == null)
      throw new Error(`No "${name}" among ${Object.keys(hitAreas).slice(0, 20).join('; ')}`);
    return {x: box.left + found.x + found.width / 2, y: box.top + found.y + found.height / 2};
  }, {selector: viewerIn(title), name: area});
  await page.mouse.click(place.x, place.y);
}

/** Clicks a point of the scatter plot; gives the row that became current, for another may lie on top. */
async function clickPoint(page: Page, title: string, row: number): Promise<number> {
  const place = await page.evaluate(({selector, index}) => {
    const root = document.querySelector<HTMLElement>(selector)!;
    const point = (window as any).DG.Widget.find(root).pointToScreen(index);
    const box = root.getBoundingClientRect();
    return {x: box.left + point.x, y: box.top + point.y};
  }, {selector: viewerIn(title), index: row});
  await page.mouse.click(place.x, place.y);
  const current = await page.evaluate((selector) => {
    const frame = (window as any).DG.Widget.find(document.querySelector(selector)).dataFrame;
    return {row: frame.currentRowIdx, name: `${frame.get('source', frame.currentRowIdx)}, ${
      frame.get('user', frame.currentRowIdx)}`};
  }, viewerIn(title));
  await page.waitForFunction((name) => document.querySelector('.ua-selection-title')?.textContent === name, {},
    current.name);
  return current.row;
}

/** The numbers of the context panel's selection. */
async function paneNumbers(page: Page): Promise<Record<string, number>> {
  return page.$eval('.ua-counts', (e) => Object.fromEntries([...e.querySelectorAll('tr')].map((row) =>
    [row.cells[0].innerText.trim(), Number(row.cells[1].innerText.replace(/,/g, ''))])));
}

/** Presses a button of a name, wherever it is. */
async function press(page: Page, text: string, within = 'body'): Promise<void> {
  const handle = await page.evaluateHandle(({name, place}) => [...document.querySelectorAll<HTMLElement>(
    `${place} button, ${place} .ui-btn`)].find((b) => b.offsetParent != null && b.textContent!.trim() === name) ?? null,
  {name: text, place: within});
  const element = handle.asElement();
  assert.ok(element, `no button "${text}"`);
  await (element as any).click();
}

test('both charts share one frame, which adds up to the cards of the Overview', async () => {
  const overview = await open(february, 'Overview', 4);
  const shown = await cards(overview.page);
  await overview.close();
  const {page, errors, close} = await open(february, 'Events', 2);
  const points = await rows(page, 'Events by source over time');
  assert.equal(sum(points, 'events'), shown.events.value);
  assert.equal(sum(points, 'errors'), shown.errors.value);
  assert.equal(await number(`select count(*) n ${counted}`), shown.events.value);
  const {rows: naive} = await client.query(`select t.source, count(*)::int n ${counted} group by 1 order by 1`);
  const bySource: Record<string, number> = {};
  for (const {source, events} of points)
    bySource[source] = (bySource[source] ?? 0) + events;
  assert.deepEqual(bySource, Object.fromEntries(naive.map(({source, n}) => [source, n])));
  // Every level in every bucket: what did not happen is a zero.
  const buckets = new Set(points.map((p) => p.bucket));
  assert.equal(buckets.size, 28);
  assert.equal(new Set(points.map((p) => `${p.bucket} ${p.source}`)).size, 28 * naive.length);
  assert.ok(await page.evaluate(([a, b]) => (window as any).DG.Widget.find(document.querySelector(a)).dataFrame.dart ===
    (window as any).DG.Widget.find(document.querySelector(b)).dataFrame.dart,
  [viewerIn('Events by source over time'), viewerIn('Events by user and source')]));
  assert.deepEqual(errors, []);
  await close();
});

test('the cards lead to exactly the rows that they count, by mouse and by keyboard', async () => {
  for (const id of ['events', 'runs', 'errors']) {
    const {page, errors, close} = await open(february, 'Overview', 4);
    const {value} = (await cards(page))[id];
    if (id === 'runs') {
      await page.focus(`.ua-card[data-metric="${id}"] .ua-card-open`);
      await page.keyboard.press('Enter');
    } else
      await page.click(`.ua-card[data-metric="${id}"] .ua-card-open`);
    assert.equal(await total(page), value, id);
    assert.match(await page.$eval('.ua-drill', (e) => (e as HTMLElement).innerText), /Overview › Events/);
    await press(page, 'Back to Overview', '.ua-drill');
    await settled(page, 4);
    assert.equal((await cards(page))[id].value, value);
    assert.deepEqual(errors, []);
    await close();
  }
});

test('the number of the period before leads to its rows', async () => {
  const {page, close} = await open(february, 'Overview', 4);
  const {previous} = (await cards(page)).events;
  assert.ok(previous > 0);
  await page.click('.ua-card[data-metric="events"] .ua-card-base button');
  assert.equal(await total(page), previous);
  await close();
});

test('a click on a dot of the users chart leads to its rows', async () => {
  const {page, errors, close} = await open(february, 'Events', 2);
  const title = 'Events by user and source';
  const points = await rows(page, title);
  const largest = points.map((p, i) => [p.events, i]).sort((a, b) => b[0] - a[0])[0][1];
  const clicked = points[await clickPoint(page, title, largest)];
  assert.equal((await paneNumbers(page)).Events, clicked.events);
  await press(page, clicked.events.toLocaleString('en'), '.ua-counts');
  assert.equal(await total(page), clicked.events);
  assert.equal(clicked.events, await number(`select count(*) n ${counted} and s.user_id = $1 and t.source = $2
    and e.event_time >= $3 and e.event_time < $4`, [clicked.user_id, clicked.source, new Date(clicked.bucket),
    new Date(clicked.bucket_end)]));
  assert.deepEqual(errors, []);
  await close();
});

test('a click on a point of a line selects everybody of that day and source, and leads to the rows', async () => {
  const {page, errors, close} = await open(february, 'Events', 2);
  const title = 'Events by source over time';
  const place = await page.evaluate((selector) => {
    const root = document.querySelector<HTMLElement>(selector)!;
    const viewer = (window as any).DG.Widget.find(root);
    const frame = viewer.dataFrame;
    const sums = new Map<string, {bucket: number, source: string, events: number}>();
    for (let i = 0; i < frame.rowCount; i++) {
      const [bucket, source] = [frame.col('bucket').getRawData()[i] / 1000, frame.get('source', i)];
      const entry = sums.get(`${bucket} ${source}`) ?? {bucket, source, events: 0};
      entry.events += frame.get('events', i);
      sums.set(`${bucket} ${source}`, entry);
    }
    const highest = [...sums.values()].sort((a, b) => b.events - a.events)[0];
    const at = viewer.worldToScreen(highest.bucket, highest.events, 0);
    const plot = root.querySelector('canvas')!.getBoundingClientRect();
    const [x, y] = Array.isArray(at) ? at : [at.x, at.y];
    return {x: plot.left + x, y: plot.top + y, ...highest};
  }, viewerIn(title));
  await page.mouse.click(place.x, place.y);
  await page.waitForSelector('.ua-counts');
  assert.equal((await paneNumbers(page)).Events, place.events);
  await page.waitForFunction(() => location.search.includes('selected='));
  await page.reload();
  await settled(page, 2);
  await page.waitForSelector('.ua-counts');
  const pane = await paneNumbers(page);
  assert.equal(pane.Events, place.events);
  assert.ok(pane.Users > 3);
  await press(page, place.events.toLocaleString('en'), '.ua-counts');
  assert.equal(await total(page), place.events);
  assert.equal(place.events, await number(`select count(*) n ${counted} and t.source = $1 and e.event_time >= $2
    and e.event_time < $2::timestamp + interval '1 day'`, [place.source, new Date(place.bucket)]));
  assert.deepEqual(errors, []);
  await close();
});

test('errors of nobody have a point of their own that leads to them', async () => {
  const {page, close} = await open(`${february}&sources=error`, 'Events', 2);
  const points = await rows(page, 'Events by user and source');
  const nobody = points.findIndex((p) => p.user === 'No session' && p.errors > 0);
  assert.ok(nobody >= 0);
  await page.evaluate(({selector, row}) => {
    (window as any).DG.Widget.find(document.querySelector(selector)).dataFrame.currentRowIdx = row;
  }, {selector: viewerIn('Events by user and source'), row: nobody});
  await page.waitForSelector('.ua-counts');
  const pane = await paneNumbers(page);
  assert.deepEqual([pane.Users, pane.Events, pane.Errors], [0, 0, points[nobody].errors]);
  await press(page, String(points[nobody].errors), '.ua-counts');
  assert.equal(await total(page), points[nobody].errors);
  await close();
});

test('every event type is listed with the numbers of plain SQL', async () => {
  const {page, errors, close} = await open(`${february}&view=types`, 'Events', 2);
  const shown = await rows(page, 'Event types');
  const {rows: naive} = await client.query(`select t.id, count(*)::int events, count(distinct s.user_id)::int users,
    (select count(*)::int from event_parameters p where p.event_type_id = t.id) parameters ${counted} group by t.id`);
  const byId = (list: Record<string, any>[]): unknown[] => list.map(({type_id, id, events, users, parameters}) =>
    [type_id ?? id, events, users, parameters]).sort((a, b) => a[0] < b[0] ? -1 : 1);
  assert.deepEqual(byId(shown.filter((r) => r.events > 0)), byId(naive));
  assert.ok(shown.some((r) => r.kind === 'custom') && shown.some((r) => r.kind === 'built-in'));
  assert.deepEqual(errors, []);
  await close();
});

/** A custom event type and a parameter of it with several values. */
async function customType(): Promise<Record<string, any>> {
  const {rows: [found]} = await client.query(`select t.id, t.friendly_name as name, p.id as parameter,
    p.name as parameter_name, count(*)::int n ${counted.replace('where', `join event_parameters p
      on p.event_type_id = t.id join event_parameter_values v on v.event_id = e.id and v.parameter_id = p.id where`)}
    and t.source = 'usage' and p.name not in ('package', 'user') and v.value_uuid is null and v.value <> 'null'
    and exists (select from event_parameters k where k.event_type_id = t.id and k.name = 'package')
    group by 1, 2, 3, 4 having count(distinct v.value) between 2 and 40 order by n desc, 3 limit 1`);
  assert.ok(found, 'the demo has a custom event type');
  return found;
}

test('a custom type of a link shows its parameters, the values of one, and its events', async () => {
  const type = await customType();
  const {page, errors, close} = await open(`${february}&view=types&selected=${type.id},${type.parameter}`, 'Events', 4);
  await page.waitForSelector(`.ua-panel[aria-label="Values of ${type.parameter_name}"][data-state=ready]`);
  const values = await rows(page, `Values of ${type.parameter_name}`);
  const {rows: naive} = await client.query(`select v.value, count(distinct e.id)::int events ${counted.replace('where',
    'join event_parameter_values v on v.event_id = e.id where')} and t.id = $1 and v.parameter_id = $2
    and v.value <> 'null' group by 1`, [type.id, type.parameter]);
  const sorted = (list: Record<string, any>[]): unknown[] => list.map(({value, events}) => [value ?? '', events])
    .sort((a, b) => a[0] < b[0] ? -1 : 1);
  assert.deepEqual(sorted(values), sorted(naive));
  const {rows: declared} = await client.query('select name from event_parameters where event_type_id = $1', [type.id]);
  assert.deepEqual((await rows(page, 'Parameters')).map((r) => r.name).sort(), declared.map((r) => r.name).sort());
  const list = await rows(page, 'Events of this type');
  const events = await number(`select count(*) n ${counted} and t.id = $1`, [type.id]);
  assert.equal(list[0].total, events);
  assert.ok(list.every((row) => row.type_id === type.id));
  await press(page, `${events.toLocaleString('en')} events`, '.ua-type-heading');
  assert.equal(await total(page), events);
  assert.deepEqual(errors, []);
  await close();
});

test('arrow keys in the table of types choose the next one, which is in the address', async () => {
  const {page, close} = await open(`${february}&view=types`, 'Events', 3);
  const shown = await rows(page, 'Event types');
  const box = await page.$eval(viewerIn('Event types'), (e) => e.getBoundingClientRect().toJSON());
  await page.mouse.click(box.x + 120, box.y + 45);
  await page.keyboard.press('ArrowDown');
  await page.waitForFunction((id) => new URLSearchParams(location.search).get('selected') === id, {}, shown[1].type_id);
  await settled(page, 2);
  assert.equal(await page.$eval('.ua-type-heading .ua-panel-title', (e) => e.textContent), shown[1].type);
  await page.reload();
  await settled(page, 2);
  await page.waitForFunction((name) => document.querySelector('.ua-type-heading .ua-panel-title')?.textContent === name,
    {}, shown[1].type);
  await close();
});

test('an event type that is not there, and a number that is none, are told', async () => {
  const unknown = randomUUID();
  const {page, errors, close} = await open(`${february}&view=types&selected=${unknown}&measure=everything`);
  await page.waitForFunction((id) => document.querySelector('.ua-type-below')?.textContent?.includes(id), {}, unknown);
  assert.match(await page.$eval('.ua-tab:not([style*="none"]) > .ua-problem, .ua-tab .ua-problem', (e) =>
    e.textContent!), /everything/);
  assert.deepEqual(errors, []);
  await close();
});

test('all pages together are all events, each once, newest first', async () => {
  const {rows: [type]} = await client.query(`select t.id ${counted} group by 1
    having count(*) between 150 and 700 order by count(*), 1 limit 1`);
  const {page, close} = await open(`${february}&view=log&types=${type.id}`);
  const all: Record<string, any>[] = [];
  const count = await total(page);
  for (;;) {
    all.push(...await rows(page, 'Events'));
    if (all.length >= count)
      break;
    const last = all.at(-1)!.id;
    await press(page, 'Older');
    await page.waitForFunction(({selector, id}) => {
      const frame = (window as any).DG.Widget.find(document.querySelector(selector)).dataFrame;
      return frame.get('id', frame.rowCount - 1) !== id;
    }, {}, {selector: viewerIn('Events'), id: last});
    await settled(page);
  }
  const {rows: naive} = await client.query(`select e.id ${counted} and t.id = $1 order by e.event_time desc, e.id desc`,
    [type.id]);
  assert.deepEqual(all.map((row) => row.id), naive.map((row) => row.id));
  assert.ok(all.length > 100);
  await close();
});

test('a page of the log is in the address: a link opened cold shows its rows, and the way back to the newest', async () => {
  const {rows: naive} = await client.query(`select e.id ${counted} order by e.event_time desc, e.id desc`);
  const {page, close} = await open(`${february}&view=log`);
  const shown = async (on: Page, from: number): Promise<void> => {
    await on.waitForFunction((text) => [...document.querySelectorAll<HTMLElement>('.ua-pages-text')]
      .some((e) => e.offsetParent != null && e.textContent!.startsWith(text)), {}, `${from + 1}–${from + 100} of`);
    await settled(on);
    assert.deepEqual((await rows(on, 'Events')).map((row) => row.id), naive.slice(from, from + 100).map((row) => row.id));
  };
  for (const from of [0, 100, 200]) {
    await shown(page, from);
    await press(page, 'Older');
  }
  await shown(page, 300);
  await page.waitForFunction(() => location.search.includes('page=3,'));
  const link = await page.evaluate(() => location.pathname + location.search);
  await close();

  const cold = await host.openPage(link);
  await shown(cold.page, 300);
  await press(cold.page, 'Newer');
  await shown(cold.page, 200);
  await press(cold.page, 'Newest');
  await shown(cold.page, 0);
  await cold.page.waitForFunction(() => !location.search.includes('page='));
  // Another question begins at its first page.
  await press(cold.page, 'Older');
  await shown(cold.page, 100);
  await press(cold.page, 'Types');
  await settled(cold.page);
  await press(cold.page, 'Log');
  await shown(cold.page, 0);
  await cold.close();

  const gone = await open(`${february}&view=log&page=3,00000000-0000-4000-8000-000000000009`);
  await shown(gone.page, 0);
  await gone.close();
});

test('a tab that cannot count one number alone says so, and keeps it for Events', async () => {
  const {page, close} = await open(`${february}&view=log&measure=errors`);
  const errors = await total(page);
  const chip = (): Promise<string[]> => page.$$eval('.ua-chip', (all) => all.map((e) => e.textContent!)
    .filter((text) => text.startsWith('Counting')));
  assert.deepEqual(await chip(), ['Counting: errors×']);
  await page.keyboard.press('1');
  await settled(page, 4);
  assert.deepEqual(await chip(), ['Counting: errors (not on this tab)×']);
  assert.equal((await cards(page)).errors.value, errors);
  assert.ok((await cards(page)).events.value > errors);
  await page.keyboard.press('4');
  assert.equal(await total(page), errors);
  assert.deepEqual(await chip(), ['Counting: errors×']);
  await close();
});

test('texts that look like markup stay texts everywhere', async () => {
  const {page, errors, close} = await open(`${february}&view=log&types=${hostile.type}`);
  const [row] = await rows(page, 'Events');
  assert.equal(row.text, hostile.description.replace('@user', hostile.person));
  const box = await page.$eval(viewerIn('Events'), (e) => e.getBoundingClientRect().toJSON());
  await page.mouse.click(box.x + 60, box.y + 42);
  await page.waitForFunction((text) => document.querySelector('.ua-event-description')?.textContent === text, {},
    row.text);
  const pane = await page.$eval('.ua-selection', (e) => e.textContent!);
  for (const text of [hostile.name, hostile.parameter, hostile.value, hostile.error, hostile.person, 'at <line> 1',
    '2026-02-10 10:00:00.123 UTC'])
    assert.ok(pane.includes(text), text);
  assert.ok((await page.$eval('.ua-filter-chips', (e) => e.textContent!)).includes(hostile.name));
  await page.waitForFunction((id) => new URLSearchParams(location.search).get('selected') === id, {}, row.id);
  await page.reload();
  await settled(page);
  await page.waitForSelector('.ua-event-description');
  await close();
  const types = await open(`${february}&view=types&selected=${hostile.type}`, 'Events', 4);
  await open(`${february}&users=${hostile.user}`, 'Events', 2).then((charts) => charts.close());
  assert.equal(await types.page.evaluate(() => (window as any).hacked), undefined);
  assert.equal(await types.page.$('.ua-app img, .ua-app svg[onload], .ua-app iframe'), null);
  assert.deepEqual([...errors, ...types.errors], []);
  await types.close();
});

test('from a bar of the Overview into Events, deeper, and back by Back and by Close', async () => {
  const {page, errors, close} = await open(february, 'Overview', 4);
  const before = await cards(page);
  const packages = (await rows(page, 'Packages by active users')).filter((r) => r.package !== 'Core' && r.events > 0);
  const users = new Map<string, Set<string>>();
  for (const row of packages)
    users.set(row.package, (users.get(row.package) ?? new Set()).add(row.user));
  const [name] = [...users].sort((a, b) => b[1].size - a[1].size)[0];
  const events = sum(packages.filter((r) => r.package === name), 'events');
  await clickArea(page, 'Packages by active users', `bar: ${name}`);
  await page.waitForSelector('.ua-selection-actions');
  assert.equal((await paneNumbers(page)).Events, events);
  await press(page, 'Details in Events');
  await page.waitForFunction(() => location.pathname.endsWith('/Events'));
  await settled(page, 2);
  const points = await rows(page, 'Events by user and source');
  assert.equal(sum(points, 'events'), events);
  assert.match(await page.$eval('.ua-drill', (e) => (e as HTMLElement).innerText), /Overview › Events/);
  // The second drill-down, within the first.
  const largest = points.map((p, i) => [p.events, i]).sort((a, b) => b[0] - a[0])[0][1];
  const clicked = points[await clickPoint(page, 'Events by user and source', largest)];
  await press(page, clicked.events.toLocaleString('en'), '.ua-counts');
  assert.equal(await total(page), clicked.events);
  assert.match(await page.$eval('.ua-drill', (e) => (e as HTMLElement).innerText), /Overview › Events › Events/);
  await page.reload();
  assert.equal(await total(page), clicked.events);
  assert.match(await page.$eval('.ua-drill', (e) => (e as HTMLElement).innerText), /Overview › Events › Events/);
  await press(page, 'Back to Events', '.ua-drill');
  await settled(page, 2);
  assert.equal(sum(await rows(page, 'Events by user and source'), 'events'), events);
  await press(page, 'Back to Overview', '.ua-drill');
  await page.waitForFunction(() => location.pathname.endsWith('/Overview'));
  await settled(page, 4);
  assert.deepEqual(await cards(page), before);
  await page.goBack();
  await page.waitForFunction(() => location.pathname.endsWith('/Events'));
  await settled(page, 2);
  await press(page, 'Close', '.ua-drill');
  await settled(page, 2);
  assert.equal(sum(await rows(page, 'Events by user and source'), 'events'), before.events.value);
  assert.equal(await page.$eval('.ua-drill', (e) => (e as HTMLElement).hidden), true);
  assert.deepEqual(errors, []);
  await close();
});

test('a range in which nothing happened is empty in every sub-view', async () => {
  for (const [view, panels] of [['', 2], ['types', 1], ['log', 1]] as const) {
    const {page, errors, close} = await open(`zone=UTC&date=2019-01-01..2019-01-31&view=${view}`, 'Events', panels);
    assert.deepEqual([...new Set(Object.values(await panelStates(page)))], ['empty'], view);
    assert.deepEqual(errors, []);
    await close();
  }
});
