import {after, before, test} from 'node:test';
import assert from 'node:assert/strict';
import {randomUUID} from 'node:crypto';
import type pg from 'pg';
import type {Page} from 'puppeteer';
import {cards, panelStates, settled, viewerIn} from '../support/app-page.ts';
import {startHost, type TestHost, type TestPage} from '../support/host.ts';

let host: TestHost;
let client: pg.Client;
/** Long enough for functions with more than a page of saved calls; cut by weeks. */
const winter = 'zone=UTC&date=2025-11-21..2026-03-19';
const range = `>= '2025-11-21' and c.started < '2026-03-20'`;

/** A function, a parameter and values that must be read as text and nothing else. */
const hostile = {id: randomUUID(), name: `<img src=x onerror="window.hurt=1">';drop table funcs--`,
  input: 'in: <b>x</b>,"quoted"', twin: 'IN: <b>X</b>,"QUOTED"', value: `<script>window.hurt=2</script>\n${'long '.repeat(400)}`,
  // More than a thousand calls of 1, 2, ... milliseconds, so that the chart shows percentiles.
  calls: 1100};

before(async () => {
  host = await startHost();
  client = await host.connect();
  await addHostileFunction();
});

after(async () => {
  await host?.close();
});

async function addHostileFunction(): Promise<void> {
  const {rows: [{session}]} = await client.query(`select s.id session from users_sessions s join users u on u.id = s.user_id
    where not u.is_service and u.login not in ('system', 'test') order by s.started, s.id limit 1`);
  await client.query('insert into entities (id, name) values ($1, $2)', [hostile.id, hostile.name]);
  await client.query('insert into funcs (id, name) values ($1, $2)', [hostile.id, hostile.name]);
  const params = [[hostile.input, true], [hostile.twin, true], [hostile.input, false]].map(([name, isInput]) =>
    ({id: randomUUID(), name, isInput}));
  for (const {id, name, isInput} of params)
    await client.query(`insert into func_params (id, func_id, name, is_input, type) values ($1, $2, $3, $4, 'string')`,
      [id, hostile.id, name, isInput]);
  await client.query(`insert into func_calls (id, func_id, session_id, started, ended, status, error_message)
    select gen_random_uuid(), $1, $2, t, t + i * interval '1 ms', case when i % 10 = 0 then 'Error' else 'Completed' end,
      case when i % 10 = 0 then '<i>no</i>' end
    from generate_series(1, ${hostile.calls}) i, lateral (select timestamp '2026-01-05' + i * interval '20 minutes' t) x`,
  [hostile.id, session]);
  for (const [i, {id}] of params.entries())
    await client.query(`insert into func_call_values (id, func_call_id, func_param_id, value_string)
      select gen_random_uuid(), c.id, $2, $3 from func_calls c where c.func_id = $1`, [hostile.id, id,
      `${i} ${hostile.value}`]);
}

/** Saved calls of people in the range with the name of their function, by the plainest means. */
const savedCalls = `select c.*, extract(epoch from c.ended - c.started) * 1000 as ms, s.user_id,
  coalesce(p.name || ':', '') || f.name as label
  from func_calls c join users_sessions s on s.id = c.session_id join users u on u.id = s.user_id
  join funcs f on f.id = c.func_id left join entities e on e.id = f.id
  left join published_packages v on v.id = e.package_id left join packages p on p.id = v.package_id
  where not u.is_service and u.login not in ('system', 'test') and c.started ${range}`;

async function open(query = winter, panels = 1): Promise<TestPage> {
  const opened = await host.openPage(`/apps/UsageAnalysis/Functions?${query}`);
  await settled(opened.page, panels);
  return opened;
}

const openTiming = (): Promise<TestPage> => open(`${winter}&view=time`);

/** Rows of the frame behind a panel's viewer, as plain objects. */
function rows(page: Page, title: string): Promise<Record<string, any>[]> {
  return page.evaluate((selector) => {
    const shown = [...document.querySelectorAll<HTMLElement>(selector)].find((e) => e.offsetParent != null);
    const frame = (window as any).DG.Widget.find(shown).dataFrame;
    const value = (column: any, i: number): unknown => column.isNone(i) ? null :
      column.type === 'datetime' ? column.getRawData()[i] / 1000 : column.get(i);
    return Array.from({length: frame.rowCount}, (_, i) =>
      Object.fromEntries(frame.columns.toList().map((column: any) => [column.name, value(column, i)])));
  }, viewerIn(title));
}

const sum = (list: Record<string, any>[], column: string): number => list.reduce((n, row) => n + row[column], 0);
const near = (a: number | null, b: number | null): boolean => a == null || b == null ? a == null && b == null :
  Math.abs(a - b) <= 1e-6 * Math.max(1, Math.abs(b));

/** Clicks the cell of a row of the frame, scrolled to first. */
async function clickRow(page: Page, title: string, column: string, row: number): Promise<void> {
  const at = await page.evaluate(async ({selector, name, index}) => {
    const root = document.querySelector<HTMLElement>(selector)!;
    const grid = (window as any).DG.Widget.find(root);
    const place = grid.tableRowToGrid(index);
    grid.scrollToCell(name, place);
    await new Promise((done) => setTimeout(done, 200));
    const {bounds} = grid.cell(name, place);
    const box = root.getBoundingClientRect();
    return {x: box.left + bounds.x + 20, y: box.top + bounds.y + bounds.height / 2};
  }, {selector: viewerIn(title), name: column, index: row});
  await page.mouse.click(at.x, at.y);
}

/** Chooses a function in the table with the mouse, and waits for its calls. */
async function choose(page: Page, label: string): Promise<void> {
  const index = (await rows(page, 'Execution time')).findIndex((r) => r.function === label);
  assert.ok(index >= 0, `${label} is in the table`);
  await clickRow(page, 'Execution time', 'function', index);
  await page.waitForFunction((name) => document.querySelector('.ua-function-name')?.textContent === name, {}, label);
  await settled(page, 4);
}

async function press(page: Page, text: string): Promise<void> {
  const handle = await page.evaluateHandle((start) => [...document.querySelectorAll<HTMLElement>('button')]
    .find((b) => b.offsetParent != null && b.textContent!.trim().startsWith(start)), text);
  const button = handle.asElement();
  assert.ok(button != null, `There is a button "${text}"`);
  await (button as any).click();
}

/** Of the functions with more than one parameter and with failures, the one with the most saved calls. */
async function busiest(): Promise<{label: string, calls: number, failed: number}> {
  const {rows: [top]} = await client.query(`select label, count(*)::int calls,
    (count(*) filter (where status = 'Error'))::int failed from (${savedCalls}) c
    where func_id <> $1 and (select count(*) from func_params p where p.func_id = c.func_id) > 1
    group by label having count(*) filter (where status = 'Error') > 0 order by count(*) desc, label limit 1`, [hostile.id]);
  return top;
}

test('the runs of all points are the runs on the card of the Overview', async () => {
  const overview = await host.openPage(`/apps/UsageAnalysis/Overview?${winter}`);
  await settled(overview.page, 4);
  const {runs} = await cards(overview.page);
  await overview.close();
  const {page, errors, close} = await open();
  const points = await rows(page, 'Function use');
  assert.ok(runs.value > 100);
  assert.equal(sum(points, 'runs'), runs.value);
  const {rows: naive} = await client.query(`select coalesce(p.name || ':', '') || f.name label, count(*)::int runs
    from events c join event_types t on t.id = c.event_type_id and t.source = 'usage' and t.friendly_name = 'function-ran'
    join users_sessions s on s.id = c.session_id join users u on u.id = s.user_id
    join event_parameters ep on ep.event_type_id = t.id and ep.name = 'entity'
    join event_parameter_values ev on ev.event_id = c.id and ev.parameter_id = ep.id join funcs f on f.id = ev.value_uuid
    left join entities e on e.id = f.id left join published_packages v on v.id = e.package_id
    left join packages p on p.id = v.package_id
    where not u.is_service and u.login not in ('system', 'test') and c.event_time ${range.replace('c.started', 'c.event_time')}
    group by 1`);
  const shown = new Map<string, number>();
  for (const point of points)
    shown.set(point.function, (shown.get(point.function) ?? 0) + point.runs);
  assert.deepEqual([...shown].sort(), naive.map((r) => [r.label, r.runs]).sort());
  assert.deepEqual(errors, []);
  await close();
});

test('the function that ran most often is the last category, which is on top', async () => {
  const {page, close} = await open();
  const totals = new Map<string, number>();
  for (const {function: name, runs} of await rows(page, 'Function use'))
    totals.set(name, (totals.get(name) ?? 0) + runs);
  const order: string[] = await page.evaluate((selector) => (window as any).DG.Widget
    .find(document.querySelector(selector)).dataFrame.getCol('function').categories, viewerIn('Function use'));
  const runs = order.map((name) => totals.get(name)!);
  assert.deepEqual(runs, [...runs].sort((a, b) => a - b));
  await close();
});

test('timing agrees with percentiles of the calls themselves, and has none below twenty', async () => {
  const {page, errors, close} = await openTiming();
  const shown = new Map((await rows(page, 'Execution time')).map((r) => [r.function, r]));
  const {rows: naive} = await client.query(`select label, count(*)::int calls,
    (count(*) filter (where status = 'Error'))::int failed, (count(*) filter (where ended is null))::int unfinished,
    count(distinct user_id)::int users, count(ms)::int ended, sum(ms)::float8 total, max(ms)::float8 longest,
    percentile_cont(0.5) within group (order by ms) p50, percentile_cont(0.95) within group (order by ms) p95
    from (${savedCalls}) c group by label`);
  assert.equal(shown.size, naive.length);
  for (const n of naive) {
    const row = shown.get(n.label)!;
    assert.deepEqual([row.calls, row.failed, row.unfinished, row.users], [n.calls, n.failed, n.unfinished, n.users],
      n.label);
    assert.ok(near(row.failed_share, n.failed / n.calls));
    assert.ok(near(row.p50_ms, n.ended < 20 ? null : n.p50), `p50 of ${n.label}: ${row.p50_ms}, ${n.p50}`);
    assert.ok(near(row.p95_ms, n.ended < 20 ? null : n.p95), `p95 of ${n.label}: ${row.p95_ms}, ${n.p95}`);
    assert.ok(near(row.total_ms, n.total) && near(row.max_ms, n.longest));
  }
  assert.ok(naive.some((n) => n.ended < 20) && naive.some((n) => n.ended >= 20));
  assert.deepEqual(errors, []);
  await close();
});

test('the pages of a function hold each call once, and the failed ones are as many as the table says', async () => {
  const top = await busiest();
  assert.ok(top.calls > 50 && top.failed > 0);
  const {page, errors, close} = await openTiming();
  await choose(page, top.label);
  const buckets = await rows(page, 'Calls over time');
  assert.equal(sum(buckets, 'calls'), top.calls);
  assert.equal(sum(buckets.filter((b) => b.outcome === 'failed'), 'calls'), top.failed);
  assert.equal((await rows(page, 'Duration, ms')).length, top.calls);
  const seen: Record<string, any>[] = [];
  for (;;) {
    const shown = await rows(page, 'Calls');
    seen.push(...shown);
    if (seen.length >= top.calls || shown.length === 0)
      break;
    const last = shown.at(-1)!.id;
    await press(page, 'Older');
    await page.waitForFunction(({selector, id}) => {
      const frame = (window as any).DG.Widget.find(document.querySelector(selector)).dataFrame;
      return frame.getCol('id').toList().at(-1) !== id;
    }, {}, {selector: viewerIn('Calls'), id: last});
    await settled(page, 4);
  }
  assert.equal(new Set(seen.map((r) => r.id)).size, top.calls);
  assert.equal(seen.length, top.calls);
  assert.ok(seen.every((r, i) => i === 0 || seen[i - 1].started >= r.started));
  await press(page, 'Failed');
  await page.waitForFunction((n) => document.querySelector('.ua-function .ua-pages-text')?.textContent?.endsWith(` of ${n}`),
    {}, top.failed);
  assert.ok((await rows(page, 'Calls')).every((r) => r.status === 'Error'));
  assert.deepEqual(errors, []);
  await close();
});

/** Inputs and outputs of a call as the tables have them. */
async function valuesOf(call: string): Promise<{name: string, is_input: boolean, value: string}[]> {
  return (await client.query(`select p.name, p.is_input,
    coalesce(v.value, v.value_string, v.data_frame_value_name, v.value_uuid::text, v.value_array::text) as value
    from func_call_values v join func_params p on p.id = v.func_param_id where v.func_call_id = $1`, [call])).rows;
}

test('from a function to a call: its row has every input and output, and the context panel has them in full', async () => {
  const top = await busiest();
  const {page, errors, close} = await openTiming();
  await choose(page, top.label);
  assert.match(await page.$eval('.ua-counts', (e) => (e as HTMLElement).innerText.replace(/,/g, '')),
    new RegExp(`Saved calls\\s+${top.calls}\\b`));
  const shown = await rows(page, 'Calls');
  const values: Awaited<ReturnType<typeof valuesOf>>[] = [];
  for (const {id} of shown)
    values.push(await valuesOf(id));
  assert.ok(values.flat().length > shown.length);
  shown.forEach((row, i) => {
    for (const {name, is_input: isInput, value} of values[i])
      assert.equal(row[`${isInput ? 'in' : 'out'}: ${name}`] ?? null, value === '' ? null : value);
  });
  await clickRow(page, 'Calls', 'user', 1);
  await page.waitForFunction((id) => document.querySelector('.ua-call-facts')?.textContent?.includes(id) &&
    document.querySelectorAll('.ua-call-values').length === 2, {}, shown[1].id);
  const facts = await page.$eval('.ua-call-facts', (e) => (e as HTMLElement).innerText);
  for (const text of [shown[1].user, top.label, shown[1].status,
    new Date(Math.floor(shown[1].started)).toISOString().slice(11, 23)])
    assert.ok(facts.includes(text), `${facts} has ${text}`);
  const texts = await page.$$eval('.ua-call-values .ua-call-text', (all) => all.map((e) => e.textContent));
  assert.deepEqual(texts.sort(), values[1].map((v) => v.value).filter((v) => v != null).sort());
  assert.deepEqual(errors, []);
  await close();
});

test('the arrow keys move from function to function', async () => {
  const {page, close} = await openTiming();
  const shown = (await rows(page, 'Execution time')).sort((a, b) => b.total_ms - a.total_ms);
  await choose(page, shown[0].function);
  await page.keyboard.press('ArrowDown');
  await page.waitForFunction((name) => document.querySelector('.ua-function-name')?.textContent === name, {},
    shown[1].function);
  await settled(page, 4);
  assert.equal(sum(await rows(page, 'Calls over time'), 'calls'), shown[1].calls);
  await page.keyboard.press('Escape');
  await page.waitForFunction(() => !location.search.includes('selected=') &&
    document.querySelector<HTMLElement>('.ua-function')!.style.display === 'none');
  await close();
});


test('a reload and a step back restore the chosen function and call', async () => {
  const top = await busiest();
  const {page, close} = await openTiming();
  await choose(page, top.label);
  const [, second] = await rows(page, 'Calls');
  await clickRow(page, 'Calls', 'user', 1);
  await page.waitForFunction((id) => location.search.includes(`run:${id}`), {}, second.id);
  await page.reload();
  await settled(page, 4);
  await page.waitForFunction((id) => document.querySelector('.ua-call-facts')?.textContent?.includes(id), {}, second.id);
  assert.equal(await page.$eval('.ua-function-name', (e) => e.textContent), top.label);
  const chosen = await page.evaluate(() => location.search);
  await page.keyboard.press('2');
  await page.waitForFunction(() => location.pathname.endsWith('/Packages'));
  await settled(page, 2);
  await page.goBack();
  await page.waitForFunction((search) => location.pathname.endsWith('/Functions') && location.search === search, {}, chosen);
  await settled(page, 4);
  assert.equal(await page.$eval('.ua-function-name', (e) => e.textContent), top.label);
  const shown = await rows(page, 'Calls');
  assert.equal(shown[await page.evaluate((selector) =>
    (window as any).DG.Widget.find(document.querySelector(selector)).dataFrame.currentRowIdx, viewerIn('Calls'))].id, second.id);
  await close();
});

test('an id that is no function is told, and so is one that is no id', async () => {
  const unknown = await open(`${winter}&view=time&selected=00000000-0000-4000-8000-000000000001`, 4);
  await unknown.page.waitForFunction(() => document.querySelector('.ua-tab .ua-problem:not([hidden])')?.textContent
    ?.includes('There is no function with the id 00000000-0000-4000-8000-000000000001'));
  assert.equal((await panelStates(unknown.page))['Calls'], 'empty');
  await unknown.close();
  const wrong = await open(`${winter}&view=time&selected=${encodeURIComponent('<b>x</b>')}`);
  await wrong.page.waitForFunction(() => [...document.querySelectorAll('.ua-tab .ua-problem')]
    .some((e) => e.textContent === '"<b>x</b>" is not the id of a function.'));
  assert.deepEqual(wrong.errors, []);
  await wrong.close();
});

test('another tab and back: the chosen function is still there', async () => {
  const top = await busiest();
  const {page, close} = await openTiming();
  await choose(page, top.label);
  await page.keyboard.press('2');
  await page.waitForFunction(() => location.pathname.endsWith('/Packages') && !location.search.includes('selected='));
  await settled(page, 2);
  await page.keyboard.press('3');
  await page.waitForFunction(() => location.pathname.endsWith('/Functions') && location.search.includes('selected='));
  await settled(page, 4);
  assert.equal(await page.$eval('.ua-function-name', (e) => e.textContent), top.label);
  await close();
});

test('a tag narrows both sub-views to the functions that have it', async () => {
  const {rows: [{tag}]} = await client.query(`select t.tag from tags t join funcs f on f.id = t.entity_id
    join func_calls c on c.func_id = f.id where c.started ${range} group by t.tag order by count(*) desc, t.tag limit 1`);
  const {rows: inside} = await client.query(`select distinct coalesce(p.name || ':', '') || f.name label from tags t
    join funcs f on f.id = t.entity_id left join entities e on e.id = f.id
    left join published_packages v on v.id = e.package_id left join packages p on p.id = v.package_id where t.tag = $1`, [tag]);
  const {rows: [{n}]} = await client.query(`select count(*)::int n from (${savedCalls}) c where label = any($1)`,
    [inside.map((r) => r.label)]);
  const {page, close} = await open(`${winter}&tags=${encodeURIComponent(tag)}`);
  const points = await rows(page, 'Function use');
  assert.ok(points.length > 0 && points.every((p) => inside.some((r) => r.label === p.function)));
  await press(page, 'Execution time');
  await page.waitForFunction(() => location.search.includes('view=time'));
  await settled(page);
  assert.equal(sum(await rows(page, 'Execution time'), 'calls'), n);
  await close();
});

test('from points of one function to its execution time, and with Details to its logged runs', async () => {
  const {page, errors, close} = await open();
  const points = await rows(page, 'Function use');
  const {function_id: id, function: name} = points.find((p) => p.runs > 1 && p.package_name !== 'Core')!;
  const mine = points.map((p, i) => ({i, runs: p.runs, id: p.function_id})).filter((p) => p.id === id).slice(0, 3);
  await page.evaluate(({selector, indexes}) => {
    const frame = (window as any).DG.Widget.find(document.querySelector(selector)).dataFrame;
    for (const i of indexes)
      frame.selection.set(i, true);
  }, {selector: viewerIn('Function use'), indexes: mine.map((p) => p.i)});
  const runs = sum(mine, 'runs');
  await page.waitForFunction((n) => new RegExp(`Function runs\\s+${n}\\b`)
    .test(document.querySelector<HTMLElement>('.ua-counts')?.innerText ?? ''), {}, runs);
  await press(page, 'Execution time');
  assert.equal(await page.evaluate(() => location.search.includes('view=time')), true);
  await press(page, 'Usage');
  await page.waitForFunction(() => !location.search.includes('view='));
  await page.keyboard.press('Escape');
  await page.evaluate(({selector, index}) => {
    const frame = (window as any).DG.Widget.find(document.querySelector(selector)).dataFrame;
    frame.currentRowIdx = index;
  }, {selector: viewerIn('Function use'), index: mine[0].i});
  await page.waitForFunction((title) => document.querySelector('.ua-selection-title')?.textContent?.startsWith(title), {},
    name);
  await press(page, 'Details in Events');
  await page.waitForFunction(() => location.pathname.endsWith('/Events') && location.search.includes('measure=runs'));
  assert.ok((await page.evaluate(() => decodeURIComponent(location.search))).includes(`functions=${id}`));
  assert.deepEqual(errors, []);
  await close();
});

test('the number of runs of selected points leads to as many rows of the log', async () => {
  const {page, errors, close} = await open();
  const points = await rows(page, 'Function use');
  const chosen = [3, Math.floor(points.length / 2), points.length - 4];
  await page.evaluate(({selector, indexes}) => {
    const frame = (window as any).DG.Widget.find(document.querySelector(selector)).dataFrame;
    for (const i of indexes)
      frame.selection.set(i, true);
  }, {selector: viewerIn('Function use'), indexes: chosen});
  await page.waitForFunction(() => document.querySelector('.ua-selection-title')?.textContent === '3 points');
  await page.click('.ua-counts .ua-link');
  await page.waitForFunction(() => location.pathname.endsWith('/Events'));
  const runs = sum(chosen.map((i) => points[i]), 'runs');
  await page.waitForFunction((n) => [...document.querySelectorAll<HTMLElement>('.ua-pages-text')]
    .some((e) => e.offsetParent != null && e.textContent!.endsWith(` of ${n}`)), {}, runs);
  assert.deepEqual(errors, []);
  await close();
});


test('hostile names of functions and parameters are shown as they are, and percentiles stand for many calls', async () => {
  const {page, errors, close} = await openTiming();
  await choose(page, hostile.name);
  assert.equal(sum(await rows(page, 'Calls over time'), 'calls'), hostile.calls);
  const lines = await rows(page, 'Duration, ms');
  const {rows: weeks} = await client.query(`select percentile_cont(0.95) within group (order by ms) p95 from (${savedCalls}) c
    where func_id = $1 group by date_trunc('week', started) having count(*) >= 20 order by date_trunc('week', started)`,
  [hostile.id]);
  const drawn = lines.filter((r) => r.percentile === 'p95' && r.ms != null).map((r) => r.ms);
  assert.equal(drawn.length, weeks.length);
  assert.ok(drawn.every((p95, i) => near(p95, weeks[i].p95)));
  const [first] = await rows(page, 'Calls');
  const columns = Object.keys(first).filter((name) => /^(in|out): /.test(name));
  assert.equal(columns.length, 3);
  assert.equal(new Set(columns.map((name) => name.toLowerCase())).size, 3);
  assert.deepEqual(columns.map((name) => first[name]), [0, 1, 2].map((i) => `${i} ${hostile.value}`));
  await clickRow(page, 'Calls', 'user', 0);
  await page.waitForFunction(() => document.querySelectorAll('.ua-call-values .ua-call-text').length === 3);
  assert.deepEqual(await page.$$eval('.ua-call-values .ua-call-text', (all) => all.map((e) => e.textContent)),
    [0, 1, 2].map((i) => `${i} ${hostile.value}`));
  assert.equal(await page.evaluate(() => document.querySelectorAll('.ua-selection img, .ua-selection script, .ua-tab img')
    .length), 0);
  assert.equal(await page.evaluate(() => (window as any).hurt), undefined);
  assert.deepEqual(errors, []);
  await close();
});

test('a range without runs is empty, not broken', async () => {
  const {page, errors, close} = await open('zone=UTC&date=2019-01-01..2019-01-31');
  assert.deepEqual(await panelStates(page), {'Function use': 'empty'});
  await press(page, 'Execution time');
  await page.waitForFunction(() => location.search.includes('view=time'));
  await settled(page);
  assert.deepEqual(await panelStates(page), {'Execution time': 'empty'});
  assert.deepEqual(errors, []);
  await close();
});
