import assert from 'node:assert/strict';
import {after, before, beforeEach, test} from 'node:test';
import type {Page} from 'puppeteer';
import {openPlayground, type Playground} from '../support/playground.ts';

let playground: Playground;
let page: Page;

before(async () => {
  playground = await openPlayground({width: 1000, height: 760});
  page = playground.page;
  await page.evaluate(`
    window.painted = () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done, 30))));
    // Two frames built by hand, and a place of a fixed size for one viewer.
    window.makeFrame = () => DG.DataFrame.fromColumns([
      DG.Column.fromStrings('package', ['Chem', 'Bio', 'Chem', 'EDA', 'Chem', 'Bio', '', 'EDA']),
      DG.Column.fromStrings('user', ['ann', 'bob', 'ann', 'cid', 'dee', 'bob', 'ann', 'cid']),
      DG.Column.fromList('int', 'runs', [5, 1, 2, 8, 3, null, 4, 6]),
      DG.Column.fromList('double', 'ms', [10, 20, 30, 40, 50, 60, 70, 80]),
      DG.Column.fromList('datetime', 'day', ['2024-01-01', '2024-01-01', '2024-01-02', '2024-01-02', '2024-02-01',
        '2024-02-01', '2024-02-02', '2024-02-02'].map((d) => dayjs(d + 'T00:00:00Z'))),
    ]);
    window.show = async (viewer) => {
      window.viewer = viewer;
      window.place.append(viewer.root);
      await painted();
    };
    window.bars = () => Object.fromEntries(viewer.getInfo().bars.map((b) => [b.name, b.value]));
    window.area = (name) => {
      const root = viewer.root.getBoundingClientRect();
      const a = viewer.getWidgetStatus().hitAreas[name];
      return {x: root.left + a.x + a.width / 2, y: root.top + a.y + a.height / 2};
    };
    window.pointOf = (row) => {
      const plot = viewer.root.querySelector('.d4-chart-plot').getBoundingClientRect();
      const p = DG.Point.fromXY(grok_ScatterPlotViewer_PointToScreen(viewer.dart, row));
      return {x: plot.left + p.x, y: plot.top + p.y};
    };
    window.selected = () => Array.from(df.selection.getSelectedIndexes());
  `);
});

after(() => playground?.close());

beforeEach(async () => {
  await page.mouse.move(2, 2);
  await page.evaluate(`
    if (window.place != null)
      ui.empty(place);
    window.place?.remove();
    window.place = document.createElement('div');
    place.style.cssText = 'position:fixed;left:40px;top:40px;width:640px;height:420px;z-index:800';
    document.body.append(place);
    window.df = makeFrame();
  `);
});

const run = <T = any>(code: string): Promise<T> => page.evaluate(`(async () => { ${code} })()`) as Promise<T>;
const show = (code: string): Promise<void> => run(`await show(${code}); return null;`);
const settle = (): Promise<void> => run('await painted(); return null;');

async function click(place: string, keys: ('Control' | 'Shift')[] = []): Promise<void> {
  const {x, y} = await run(`return ${place}`);
  for (const key of keys)
    await page.keyboard.down(key);
  await page.mouse.click(x, y);
  for (const key of keys)
    await page.keyboard.up(key);
  await settle();
}

async function drag(from: [number, number], to: [number, number], keys: ('Control' | 'Shift' | 'Alt')[] = []): Promise<void> {
  for (const key of keys)
    await page.keyboard.down(key);
  await page.mouse.move(...from);
  await page.mouse.down();
  await page.mouse.move(...to, {steps: 6});
  await page.mouse.up();
  for (const key of keys)
    await page.keyboard.up(key);
  await settle();
}

test('a bar chart adds up values by category, missing values counted as a category of their own', async () => {
  await show(`DG.Viewer.barChart(df, {split: 'package', value: 'runs', valueAggrType: 'sum'})`);
  assert.deepEqual(await run('return bars()'), {'EDA': 14, 'Chem': 10, '': 4, 'Bio': 1});
});

test('each aggregation of a bar chart gives what it says', async () => {
  await show(`DG.Viewer.barChart(df, {split: 'package', value: 'runs', valueAggrType: 'count'})`);
  const expected: Record<string, number> = {count: 3, values: 3, nulls: 0, unique: 3, min: 2, max: 5, avg: 10 / 3,
    med: 3, sum: 10, first: 5, q1: 2.5, q3: 4};
  for (const [type, value] of Object.entries(expected)) {
    const chem = await run(`viewer.props.valueAggrType = '${type}'; await painted(); return bars().Chem`);
    assert.ok(Math.abs(chem - value) < 1e-9, `${type}: ${chem} instead of ${value}`);
  }
  assert.equal(await run(`viewer.setOptions({value: 'user', valueAggrType: 'unique'}); await painted(); return bars().Chem`), 2);
  const deviation = await run(`viewer.setOptions({value: 'runs', valueAggrType: 'stdev'}); await painted(); return bars().Chem`);
  assert.ok(Math.abs(deviation - Math.sqrt(7 / 3)) < 1e-9);
});

test('bars sort by value and by category, both ways, and leave out missing values on demand', async () => {
  await show(`DG.Viewer.barChart(df, {split: 'package', value: 'runs', valueAggrType: 'sum', includeNulls: false})`);
  const order = (options: string): Promise<string[]> =>
    run(`viewer.setOptions(${options}); await painted(); return viewer.getInfo().bars.map((b) => b.name)`);
  assert.deepEqual(await order('{}'), ['EDA', 'Chem', 'Bio']);
  assert.deepEqual(await order(`{barSortOrder: 'asc'}`), ['Bio', 'Chem', 'EDA']);
  assert.deepEqual(await order(`{barSortType: 'by category'}`), ['Bio', 'Chem', 'EDA']);
  assert.deepEqual(await order(`{barSortOrder: 'desc'}`), ['EDA', 'Chem', 'Bio']);
});

test('dates split into units of time in UTC', async () => {
  await show(`DG.Viewer.barChart(df, {split: 'day', splitMap: 'month', value: 'ms', valueAggrType: 'sum'})`);
  assert.deepEqual(await run('return bars()'), {'2024 Jan': 100, '2024 Feb': 260});
  assert.deepEqual(await run(`viewer.props.splitMap = 'quarter'; await painted(); return bars()`), {'2024 Q1': 360});
  assert.deepEqual(await run(`viewer.props.splitMap = 'week'; await painted(); return bars()`),
    {'2024-01-01': 100, '2024-01-29': 260});
});

test('stacked bars split a sum into parts that end where the bar ends', async () => {
  await show(`DG.Viewer.barChart(df, {split: 'package', value: 'runs', valueAggrType: 'sum', stack: 'user'})`);
  const chem = await run(`return viewer.getInfo().bars.find((b) => b.name === 'Chem').segments`);
  assert.deepEqual(chem.map((s: any) => [s.name, s.value, s.from, s.to]), [['ann', 7, 0, 7], ['dee', 3, 7, 10]]);
  const shares = await run(`viewer.props.relativeValues = true; await painted();
    return viewer.getInfo().bars.find((b) => b.name === 'Chem').segments`);
  assert.deepEqual(shares.map((s: any) => s.to), [0.7, 1]);
  const legend = await run(`return [...viewer.root.querySelectorAll('.d4-legend-value')].map((e) => e.textContent)`);
  assert.deepEqual(legend, ['ann', 'bob', 'cid', 'dee']);
});

test('a name of several lines is one line on an axis', async () => {
  await run(`df.col('package').init((i) => i < 4 ? 'line one\\r\\n  line two' : 'Bio');`);
  await show(`DG.Viewer.barChart(df, {split: 'package', valueAggrType: 'count', barSortType: 'by category'})`);
  assert.deepEqual(await run('return viewer.getInfo().option.yAxis[0].data.sort()'), ['Bio', 'line one line two']);
  await show(`DG.Viewer.scatterPlot(df, {x: 'ms', y: 'package'})`);
  assert.equal(await run(`const axis = viewer.getInfo().option.yAxis[0].axisLabel;
    return axis.customValues.map(axis.formatter).find((name) => name !== 'Bio')`), 'line one line two');
});

test('clicking a bar selects its rows; Ctrl toggles, Shift adds, the background and Esc clear', async () => {
  await show(`DG.Viewer.barChart(df, {split: 'package'})`);
  await click(`area('bar: Chem')`);
  assert.deepEqual(await run('return selected()'), [0, 2, 4]);
  assert.equal(await run(`return viewer.getInfo().bars.find((b) => b.name === 'Chem').segments[0].selected`), 1);
  await click(`area('bar: EDA')`, ['Control']);
  assert.deepEqual(await run('return selected()'), [0, 2, 3, 4, 7]);
  await click(`area('bar: Chem')`, ['Control']);
  assert.deepEqual(await run('return selected()'), [3, 7]);
  await click(`area('bar: Bio')`, ['Shift']);
  assert.deepEqual(await run('return selected()'), [1, 3, 5, 7]);
  await click(`({x: area('bar: Chem').x + 60, y: area('bar: ').y})`);
  assert.deepEqual(await run('return selected()'), []);
  await click(`area('bar: Chem')`);
  await page.keyboard.press('Escape');
  assert.deepEqual(await run('return selected()'), []);
});

test('a click runs the chart\'s action, then the event, then the page\'s click', async () => {
  await show(`DG.Viewer.barChart(df, {split: 'package', stack: 'user'})`);
  await run(`window.log = [];
    viewer.onEvent('d4-bar-chart-on-category-clicked').subscribe((e) => log.push(['event', df.selection.trueCount,
      e.args.options.categories, e.args.matchCondition, e.args.matchConditionStr]));
    viewer.root.onclick = () => log.push(['click']);
    df.onSelectionChanged.subscribe(() => log.push(['selection']));`);
  await click(`area('bar: Chem / ann')`);
  assert.deepEqual(await run('return log'), [['selection'], ['event', 2, ['Chem', 'ann'],
    {package: 'Chem', user: 'ann'}, '${package} = Chem and ${user} = ann'], ['click']]);
});

test('with onClick Filter a click filters and the same click lifts the filter; None does neither', async () => {
  await show(`DG.Viewer.barChart(df, {split: 'package', onClick: 'Filter', rowSource: 'All'})`);
  await click(`area('bar: Chem')`);
  assert.deepEqual(await run('return [df.filter.trueCount, df.selection.trueCount]'), [3, 0]);
  assert.deepEqual(await run(`return viewer.getInfo().bars.map((b) => [b.name, b.segments[0].filtered])
    .sort((a, b) => a[0] < b[0] ? -1 : 1)`), [['', 0], ['Bio', 0], ['Chem', 1], ['EDA', 0]]);
  await click(`area('bar: EDA')`);
  assert.equal(await run('return df.filter.trueCount'), 2);
  await click(`area('bar: EDA')`);
  assert.equal(await run('return df.filter.trueCount'), 8);
  await run(`viewer.props.onClick = 'None'`);
  await click(`area('bar: EDA')`);
  assert.deepEqual(await run('return [df.filter.trueCount, df.selection.trueCount]'), [8, 0]);
});

test('hovering a bar highlights its rows everywhere and shows a tooltip; leaving ends both', async () => {
  await show(`DG.Viewer.barChart(df, {split: 'package', value: 'runs', valueAggrType: 'sum'})`);
  const {x, y} = await run(`return area('bar: Chem')`);
  await page.mouse.move(x, y);
  await settle();
  assert.deepEqual(await run(`return [0, 1, 2, 3, 4].map((i) => df.rows.mouseOverRowFunc(i))`),
    [true, false, true, false, true]);
  const text = await run(`return ui.tooltip.root.textContent`);
  assert.match(text, /Chem.*sum\(runs\).*10.*rows.*3/);
  await page.mouse.move(5, 700);
  await settle();
  assert.equal(await run('return df.rows.mouseOverRowFunc == null'), true);
});

test('row sources take the rows they name, and follow them', async () => {
  await show(`DG.Viewer.barChart(df, {split: 'package'})`);
  await run(`df.filter.init((i) => i < 4); df.selection.init((i) => i % 2 === 0); df.currentRowIdx = 3;`);
  const rows = async (source: string): Promise<number> =>
    run(`viewer.props.rowSource = '${source}'; await painted(); return viewer.filter.trueCount`);
  const expected: Record<string, number> = {All: 8, Filtered: 4, Selected: 4, SelectedOrCurrent: 4, FilteredSelected: 2,
    CurrentRow: 1};
  for (const [source, count] of Object.entries(expected))
    assert.equal(await rows(source), count, source);
  await run(`df.selection.setAll(false); viewer.props.rowSource = 'SelectedOrCurrent'; await painted();`);
  assert.deepEqual(await run('return bars()'), {EDA: 1});
  await run(`df.currentRowIdx = 0; await painted();`);
  assert.deepEqual(await run('return bars()'), {Chem: 1});
  await run(`viewer.props.rowSource = 'MouseOverGroup'; df.rows.highlight((i) => i === 1 || i === 2); await painted();`);
  assert.deepEqual(await run('return bars()'), {Bio: 1, Chem: 1});
});

test('a viewer\'s own filter formula leaves rows out without touching the table\'s filter', async () => {
  await show(`DG.Viewer.barChart(df, {split: 'package', filter: '\${ms} > 35'})`);
  await page.waitForFunction('viewer.filter.trueCount === 5');
  await settle();
  assert.deepEqual(await run('return bars()'), {'EDA': 2, 'Bio': 1, 'Chem': 1, '': 1});
  assert.equal(await run('return df.filter.trueCount'), 8);
});

test('handlers that change the selection again are seen in their final state', async () => {
  await show(`DG.Viewer.barChart(df, {split: 'package'})`);
  await run(`df.onSelectionChanged.subscribe(() => df.selection.set(3, true, false));`);
  await click(`area('bar: Chem')`);
  assert.deepEqual(await run(`return viewer.getInfo().bars.map((b) => [b.name, b.selected])
    .filter((b) => b[1] > 0).sort((a, b) => a[0] < b[0] ? -1 : 1)`), [['Chem', 3], ['EDA', 1]]);
});

test('properties: short names, unknown options, events, one look for life, serialization', async () => {
  await show(`DG.Viewer.barChart(df, {split: 'user', markerMinSize: 3, title: 'Users'})`);
  const result = await run(`
    const names = [];
    viewer.onPropertyValueChanged.subscribe((e) => names.push(e.args.propertyName));
    const other = DG.Widget.find(viewer.root);
    other.props.splitColumnName = 'package';
    viewer.props.splitColumnName = 'package';
    let unknown = null;
    try { viewer.props.nonsense; } catch (e) { unknown = String(e); }
    const options = viewer.getOptions();
    return {names, split: viewer.props.splitColumnName, unknown, type: options.type, look: options.look,
      all: Object.keys(viewer.getOptions(true).look).length, properties: viewer.getProperties().length,
      title: viewer.root.querySelector('.d4-viewer-title textarea').value, className: viewer.root.className};`);
  assert.deepEqual(result.names, ['splitColumnName']);
  assert.equal(result.split, 'package');
  assert.equal(result.unknown, 'Property not found: nonsense');
  assert.deepEqual(result.look, {'#type': 'BarChartLook', 'splitColumnName': 'package', 'title': 'Users'});
  assert.equal(result.type, 'Bar chart');
  assert.equal(result.all, result.properties + 1);
  assert.equal(result.title, 'Users');
  assert.match(result.className, /d4-viewer d4-bar-chart/);
});

test('after close nothing listens to the frame and the chart is gone', async () => {
  await show(`DG.Viewer.scatterPlot(df, {x: 'runs', y: 'ms'})`);
  const result = await run(`
    let detached = 0, drawn = 0;
    viewer.onDetached.subscribe(() => detached++);
    viewer.onViewerRendered.subscribe(() => drawn++);
    const handle = viewer.dart;
    viewer.close();
    df.selection.setAll(true); df.currentRowIdx = 2; df.set('ms', 0, 11);
    await painted();
    return {detached, drawn, bus: handle.bus.size, listening: handle.stopListening == null, chart: handle.chart,
      found: DG.Widget.find(handle.root), inPage: document.contains(handle.root)};`);
  assert.deepEqual(result, {detached: 1, drawn: 0, bus: 0, listening: true, chart: null, found: null, inPage: false});
});

test('emptying the element around a viewer ends it', async () => {
  await show(`DG.Viewer.lineChart(df, {x: 'day', yColumnNames: ['runs']})`);
  assert.equal(await run(`const h = viewer.dart; ui.empty(place); return h.isDetached && h.chart == null`), true);
});

test('another frame takes the place of the first', async () => {
  await show(`DG.Viewer.barChart(df, {split: 'package'})`);
  const result = await run(`
    let told = 0;
    viewer.onDataFrameChanged.subscribe(() => told++);
    viewer.dataFrame = DG.DataFrame.fromColumns([DG.Column.fromStrings('kind', ['a', 'b', 'a'])]);
    await painted();
    return {told, bars: bars(), split: viewer.props.splitColumnName, rows: viewer.dataFrame.rowCount};`);
  assert.deepEqual(result, {told: 1, bars: {a: 2, b: 1}, split: 'kind', rows: 3});
});

test('clicking a point makes its row current; Ctrl and Shift select; the background clears', async () => {
  await show(`DG.Viewer.scatterPlot(df, {x: 'ms', y: 'runs'})`);
  await run(`window.points = []; viewer.onPointClicked.subscribe((e) => points.push(e.args.rowId));`);
  await click('pointOf(3)');
  assert.deepEqual(await run('return [df.currentRowIdx, df.selection.trueCount, points]'), [3, 0, [3]]);
  await click('pointOf(0)', ['Control']);
  await click('pointOf(2)', ['Shift']);
  assert.deepEqual(await run('return [df.currentRowIdx, selected()]'), [3, [0, 2]]);
  await click('pointOf(0)', ['Control']);
  assert.deepEqual(await run('return selected()'), [2]);
  await click('({x: pointOf(1).x, y: pointOf(1).y - 60})');
  assert.deepEqual(await run('return selected()'), []);
});

test('rows without a value for an axis have no point', async () => {
  await show(`DG.Viewer.scatterPlot(df, {x: 'ms', y: 'runs'})`);
  assert.deepEqual(await run('return viewer.getInfo().rows'), [0, 1, 2, 3, 4, 6, 7]);
});

test('hovering a point marks its row and shows its values', async () => {
  await show(`DG.Viewer.scatterPlot(df, {x: 'ms', y: 'runs'})`);
  const {x, y} = await run('return pointOf(4)');
  await page.mouse.move(x, y);
  await settle();
  assert.equal(await run('return df.mouseOverRowIdx'), 4);
  assert.match(await run('return ui.tooltip.root.textContent'), /packageChem.*userdee.*day2024-02-01/);
  await page.mouse.move(5, 700);
  assert.equal(await run('return df.mouseOverRowIdx'), -1);
});

test('Shift+drag selects the points inside, Ctrl+Shift+drag takes them out, the lasso follows the mouse', async () => {
  await show(`DG.Viewer.scatterPlot(df, {x: 'ms', y: 'runs'})`);
  const [a, b] = await run(`return [pointOf(0), pointOf(2)].map((p) => [p.x, p.y])`);
  await drag([a[0] - 15, a[1] - 120], [b[0] + 15, b[1] + 60], ['Shift']);
  assert.deepEqual(await run('return selected()'), [0, 1, 2]);
  await drag([a[0] - 15, a[1] - 15], [a[0] + 15, a[1] + 15], ['Control', 'Shift']);
  assert.deepEqual(await run('return selected()'), [1, 2]);
  assert.equal(await run('return df.currentRowIdx'), -1, 'a drag is not a click');
  await run(`df.selection.setAll(false); viewer.props.lassoTool = true; await painted();`);
  const p = await run(`return [pointOf(6).x, pointOf(6).y]`);
  await page.keyboard.down('Shift');
  await page.mouse.move(p[0] - 12, p[1] + 12);
  await page.mouse.down();
  for (const [dx, dy] of [[0, -20], [12, 12]])
    await page.mouse.move(p[0] + dx, p[1] + dy, {steps: 4});
  await page.mouse.up();
  await page.keyboard.up('Shift');
  assert.deepEqual(await run('return selected()'), [6]);
});

test('wheel and Alt+drag zoom, a plain drag pans, a double click on the background resets', async () => {
  await show(`DG.Viewer.scatterPlot(df, {x: 'ms', y: 'runs', zoomAndFilter: 'no action'})`);
  const width = (): Promise<number> => run('return viewer.viewport.width');
  const whole = await width();
  const {x, y} = await run('return pointOf(4)');
  await page.mouse.move(x + 30, y - 70);
  await page.mouse.wheel({deltaY: -100});
  await settle();
  const closer = await width();
  assert.ok(Math.abs(closer - whole / 1.2) < whole * 1e-9, `${closer} of ${whole}`);
  assert.equal(await run('return df.filter.trueCount'), 8);
  const before = await run('return pointOf(4)');
  await drag([x + 30, y - 70], [x + 80, y - 40]);
  const moved = await run('return pointOf(4)');
  const shift = [moved.x - before.x, moved.y - before.y].map(Math.round);
  assert.deepEqual(shift, [50, 30]);
  await page.mouse.click(x + 30, y - 70, {count: 2});
  await settle();
  assert.equal(await width(), whole);
  const [a, b] = await run(`return [pointOf(1), pointOf(4)].map((p) => [p.x, p.y])`);
  await drag([a[0], a[1] + 5], [b[0], b[1] - 40], ['Alt']);
  const view = await run('return viewer.viewport');
  assert.ok(Math.abs(view.x - 20) < 1 && Math.abs(view.width - 30) < 1.5, JSON.stringify(view));
});

test('by default zooming filters the table to what is seen, and resetting lifts that', async () => {
  await show(`DG.Viewer.scatterPlot(df, {x: 'ms', y: 'runs'})`);
  await run('viewer.zoom(15, 0, 45, 9); await painted();');
  assert.deepEqual(await run('return [df.filter.trueCount, viewer.getInfo().rows]'), [3, [1, 2, 3]]);
  await run('viewer.dart.resetView(); await painted();');
  assert.equal(await run('return df.filter.trueCount'), 8);
});

test('world and screen coordinates are each other\'s inverse, also on inverted and logarithmic axes', async () => {
  for (const options of ['{}', `{invertXAxis: true, yAxisType: 'logarithmic'}`]) {
    await run(`ui.empty(place); await show(DG.Viewer.scatterPlot(df, {x: 'ms', y: 'runs', ...${options}})); return null;`);
    const back = await run(`const s = viewer.worldToScreen(33, 4); const w = viewer.screenToWorld(s.x, s.y);
      return {x: w.x, y: w.y, hit: viewer.hitTest(...Object.values(viewer.worldToScreen(30, 2)))}`);
    assert.ok(Math.abs(back.x - 33) < 1e-6 && Math.abs(back.y - 4) < 1e-6, JSON.stringify(back));
    assert.equal(back.hit, 2);
  }
});

test('axes take dates and categories; size and colour follow their columns', async () => {
  await show(`DG.Viewer.scatterPlot(df, {x: 'day', y: 'package', size: 'ms', color: 'user', markerMinSize: 4,
    markerMaxSize: 18})`);
  const result = await run(`return {sizes: [0, 7].map((i) => grok_ScatterPlotViewer_GetMarkerSize(viewer.dart, i)),
    colors: [0, 2, 1].map((i) => grok_ScatterPlotViewer_GetMarkerColor(viewer.dart, i)),
    x: viewer.getInfo().x.map((ms) => ms > Date.UTC(2023, 11, 1) && ms < Date.UTC(2024, 3, 1)),
    legend: [...viewer.root.querySelectorAll('.d4-legend-value')].map((e) => e.textContent)}`);
  assert.deepEqual(result.sizes, [4, 18]);
  assert.equal(result.colors[0], result.colors[1]);
  assert.notEqual(result.colors[0], result.colors[2]);
  assert.deepEqual(result.x, [true, true]);
  assert.deepEqual(result.legend, ['ann', 'bob', 'cid', 'dee']);
});

test('a column\'s own colours win over the palette', async () => {
  await run(`df.col('user').meta.colors.setCategorical({ann: '#123456', bob: 0xFFABCDEF});`);
  await show(`DG.Viewer.scatterPlot(df, {x: 'ms', y: 'runs', color: 'user'})`);
  assert.deepEqual(await run(`return [0, 1].map((i) => grok_ScatterPlotViewer_GetMarkerColor(viewer.dart, i))`),
    ['#123456', '#abcdef']);
});

test('fifty thousand points: all are shown, the one under the mouse is found, a selection repaints', async () => {
  await run(`const n = 50000; window.df = DG.DataFrame.create(n);
    df.columns.addNewFloat('x').init((i) => (i * 7919) % 10007);
    df.columns.addNewFloat('y').init((i) => (i * 104729) % 9973);
    await show(DG.Viewer.scatterPlot(df, {x: 'x', y: 'y'})); return null;`);
  assert.equal(await run('return viewer.getInfo().shown'), 50000);
  await click('pointOf(12345)');
  assert.ok(await run('return df.currentRowIdx >= 0'));
  const orange = await run(`df.selection.setAll(true); await painted();
    const c = viewer.dart.image.canvas; const d = c.getContext('2d').getImageData(0, 0, c.width, c.height).data;
    let n = 0; for (let i = 0; i < d.length; i += 4) if (d[i] > 220 && d[i + 1] > 110 && d[i + 1] < 180 && d[i + 2] < 90) n++;
    return n / (c.width * c.height)`);
  assert.ok(orange > 0.25, `orange share ${orange}`);
});

test('a line chart aggregates rows with the same x, one line per category', async () => {
  await show(`DG.Viewer.lineChart(df, {x: 'day', yColumnNames: ['runs', 'user'], yAggrTypes: ['sum', 'unique']})`);
  const lines = await run('return viewer.getInfo().lines');
  assert.deepEqual(lines.map((l: any) => [l.label, l.y]), [['sum(runs)', [6, 10, 3, 10]], ['unique(user)', [2, 2, 2, 2]]]);
  assert.deepEqual(lines[0].x, ['2024-01-01', '2024-01-02', '2024-02-01', '2024-02-02'].map((d) => Date.parse(`${d}T00:00Z`)));
  const split = await run(`viewer.setOptions({yColumnNames: ['runs'], yAggrTypes: ['count'], split: 'user'}); await painted();
    return viewer.getInfo().lines.map((l) => [l.name, l.y])`);
  assert.deepEqual(split, [['ann', [1, 1, 1]], ['bob', [1, 1]], ['cid', [1, 1]], ['dee', [1]]]);
});

test('without options a line chart takes the first date for x and numbers for y', async () => {
  await show(`DG.Viewer.lineChart(df)`);
  assert.deepEqual(await run('return [viewer.props.xColumnName, viewer.props.yColumnNames]'), ['day', ['runs', 'ms']]);
});

test('clicking a point of a line selects its rows and makes the first current', async () => {
  await show(`DG.Viewer.lineChart(df, {x: 'day', yColumnNames: ['runs'], yAggrTypes: ['sum']})`);
  await run(`window.lines = []; viewer.onLineSelected.subscribe((e) => lines.push(e.args.yColumnNames));`);
  await click(`area('point: sum(runs) / 0 / 1')`);
  assert.deepEqual(await run('return [selected(), df.currentRowIdx, lines]'), [[2, 3], 2, [['runs']]]);
});

test('viewers of packages: registered by name, given the frame, told of properties and of rows, ended', async () => {
  const result = await run(`
    window.calls = [];
    class Words extends DG.JsViewer {
      constructor() { super(); this.word = this.string('word', 'hi'); this.addRowSourceAndFormula(); }
      onTableAttached() { calls.push('table ' + this.dataFrame.rowCount); }
      onPropertyChanged(p) { calls.push('property ' + p.name + ' ' + this.word); }
      onSourceRowsChanged() { calls.push('rows ' + this.filter.trueCount); }
      detach() { super.detach(); calls.push('detach'); }
    }
    grok.shell.registerViewer('Words', 'Test', () => new Words());
    const v = await df.plot.fromType('Words', {word: 'ho'});
    place.append(v.root);
    await painted();
    df.filter.init((i) => i < 3);
    await painted();
    v.props.word = 'hey';
    const found = DG.Widget.find(v.root) === v;
    const type = v.type;
    ui.empty(place);
    return {found, type, calls};`);
  assert.deepEqual(result, {found: true, type: 'Words',
    calls: ['property word ho', 'table 8', 'rows 8', 'rows 3', 'property word hey', 'detach']});
});

test('an unknown viewer type fails with its name', async () => {
  const message = await run(`try { DG.Viewer.fromType('Nonsense chart', df); } catch (e) { return e.message; }`);
  assert.match(message, /Nonsense chart/);
});

test('BitSet.handleClick follows the keys', async () => {
  const result = await run(`
    const out = []; let events = 0;
    df.onSelectionChanged.subscribe(() => events++);
    const go = (from, to, keys) => { df.selection.handleClick((i) => i >= from && i < to, {ctrlKey: false, shiftKey: false,
      metaKey: false, ...keys}); out.push(selected()); };
    go(0, 2, {}); go(2, 4, {}); go(5, 6, {shiftKey: true}); go(2, 3, {ctrlKey: true}); go(3, 6, {ctrlKey: true, shiftKey: true});
    return {out, events};`);
  assert.deepEqual(result, {out: [[0, 1], [2, 3], [2, 3, 5], [3, 5], []], events: 5});
});

test('the context menu opens, packages add to it, F4 shows the properties in the context panel', async () => {
  await show(`DG.Viewer.barChart(df, {split: 'package', title: 'Packages'})`);
  await run(`viewer.onContextMenu.subscribe((menu) => menu.item('Mine', () => window.mine = true));`);
  const {x, y} = await run(`return area('bar: Chem')`);
  await page.mouse.click(x, y, {button: 'right'});
  await settle();
  const items = await run(`return document.body.innerText`);
  for (const word of ['Reset View', 'Full Screen', 'Save as PNG', 'Properties...', 'Mine'])
    assert.ok(items.includes(word), word);
  await page.keyboard.press('Escape');
  await run(`viewer.root.focus();`);
  await page.keyboard.press('F4');
  await settle();
  assert.equal(await run('return grok.shell.o === viewer || DG.toDart(grok.shell.o) === viewer.dart'), true);
});

test('nothing failed in the page meanwhile', () => {
  assert.deepEqual(playground.errors.filter((e) => !/Failed to load resource/.test(e)), []);
});
