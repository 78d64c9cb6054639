import {after, before, beforeEach, describe, it} from 'node:test';
import assert from 'node:assert/strict';
import {openPlayground, type Playground} from '../support/playground.ts';

declare const grok: any;
declare const DG: any;
declare const dayjs: any;
declare const ui: any;
declare let df: any;
declare let grid: any;
declare let log: any[];

describe('grid', () => {
  let p: Playground;

  before(async () => {
    p = await openPlayground({width: 1280, height: 800});
    // The test runner's compiler wraps named functions in a helper that the page does not have.
    await p.page.evaluate('globalThis.__name = (f) => f');
  });
  after(async () => {
    const errors = p?.errors ?? [];
    await p?.close();
    assert.deepEqual(errors, []);
  });

  /** Eight rows of each type; row 3 has no values. */
  beforeEach(async () => {
    await p.page.evaluate(async () => {
      grok.shell.closeAll();
      if (document.querySelector('#host') != null)
        ui.remove(document.querySelector('#host'));
      const w = window as any;
      w.df = DG.DataFrame.fromColumns([
        DG.Column.fromStrings('name', ['delta', 'alpha', '<b id="x">b</b>', '', 'beta', 'alpha', 'omega', 'beta']),
        DG.Column.fromList('int', 'count', [1000, 7, 3, null, 5, 6, 4, 5]),
        DG.Column.fromList('double', 'ratio', [0.5, 1.25, -3, null, 0.001, 2, 8.125, 1234567.5]),
        DG.Column.fromList('bool', 'ok', [true, false, true, false, true, false, true, true]),
        DG.Column.fromStrings('~secret', ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h']),
      ]);
      const when = w.df.columns.addNewDateTime('when');
      [0, 1, 2, null, 4, 5, 6, 7].forEach((h, i) => when.set(i, h == null ? null : dayjs(`2024-03-05T0${h}:30:00Z`)));
      w.df.name = 'sample';
      const host = document.createElement('div');
      host.id = 'host';
      host.style.cssText = 'position:fixed;left:100px;top:100px;width:900px;height:400px;z-index:500;display:flex';
      document.body.append(host);
      w.grid = DG.Viewer.grid(w.df);
      host.append(w.grid.root);
      w.log = [];
    });
    await painted();
  });

  const painted = (): Promise<void> => p.page.evaluate(() => new Promise<void>((done) =>
    requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done)))));

  /** Texts of a column as the screen has them, from the top. */
  const texts = (column: string): Promise<string[]> => p.page.evaluate((column) => {
    const id = [...grid.root.querySelectorAll('.slick-header-column')]
      .findIndex((h: any) => h.textContent.trim() === column);
    return ([...grid.root.querySelectorAll(`.slick-cell.l${id}`)] as HTMLElement[])
      .sort((a, b) => a.getBoundingClientRect().top - b.getBoundingClientRect().top).map((c) => c.textContent ?? '');
  }, column);
  const order = (): Promise<number[]> => p.page.evaluate(() => [...grid.getRowOrder()]);
  const selected = (): Promise<number[]> => p.page.evaluate(() => [...df.selection.getSelectedIndexes()]);

  /** Middle of a cell, or of a header with row -1, in pixels of the page. An empty name is the row header. */
  const place = (column: string, row: number): Promise<{x: number; y: number}> => p.page.evaluate((column, row) => {
    const gc = column === '' ? grid.columns.byIndex(0) : grid.col(column);
    const header = DG.GridCell.createColHeader(gc);
    const top = row < 0 ? header.bounds : grid.cell('name', row).bounds;
    const root = grid.root.getBoundingClientRect();
    return {x: root.x + header.bounds.x + header.bounds.width / 2, y: root.y + top.y + top.height / 2};
  }, column, row);

  const click = async (column: string, row: number, key?: 'Control' | 'Shift', count = 1): Promise<void> => {
    const at = await place(column, row);
    if (key != null)
      await p.page.keyboard.down(key);
    await p.page.mouse.click(at.x, at.y, {count});
    if (key != null)
      await p.page.keyboard.up(key);
    await painted();
  };

  it('a text of several lines is shown in one, whole rows high', async () => {
    await p.page.evaluate(() => df.set('name', 0, 'line one\nline two\nline three'));
    await painted();
    const height = await p.page.evaluate(() => [...grid.root.querySelectorAll('.d4-grid-text')]
      .find((e: any) => e.textContent.startsWith('line one')).getBoundingClientRect().height);
    assert.ok(height < 24, `${height}`);
  });

  it('shows values by type: empty where there is none, UTC, and no column whose name starts with ~', async () => {
    const headers = await p.page.evaluate(() => [...grid.root.querySelectorAll('.slick-header-column')]
      .map((h: any) => h.textContent.trim()));
    assert.deepEqual(headers, ['', 'name', 'count', 'ratio', 'ok', 'when']);
    assert.deepEqual((await texts('count')).slice(0, 4), ['1000', '7', '3', '']);
    assert.deepEqual(await texts('ratio'), ['0.50', '1.25', '-3.00', '', '0.001', '2.00', '8.13', '1234567.50']);
    const when = await texts('when');
    assert.match(when[1], /0?1:30/);
    assert.equal(when[3], '');
    assert.deepEqual(await p.page.$$eval('#host .d4-grid-checked', (e) => e.length), 5);
  });

  it('text of data never becomes markup', async () => {
    assert.equal((await texts('name'))[2], '<b id="x">b</b>');
    assert.equal(await p.page.$('#host #x'), null);
  });

  it('double clicks on a header sort descending, ascending, and not at all; missing values come last', async () => {
    await click('count', -1, undefined, 2);
    assert.deepEqual(await order(), [0, 1, 5, 4, 7, 6, 2, 3]);
    assert.deepEqual(await texts('count'), ['1000', '7', '6', '5', '5', '4', '3', '']);
    assert.equal(await p.page.$eval('#host .d4-grid-sorted', (e) => e.getAttribute('aria-sort')), 'descending');
    await click('count', -1, undefined, 2);
    assert.deepEqual(await order(), [2, 6, 4, 7, 5, 1, 0, 3]);
    await click('count', -1, undefined, 2);
    assert.deepEqual(await order(), [0, 1, 2, 3, 4, 5, 6, 7]);
  });

  it('sort() takes columns and directions, tells of it, and converts rows both ways', async () => {
    const result = await p.page.evaluate(() => {
      grid.onRowsSorted.subscribe(() => log.push('sorted'));
      grid.sort([df.col('name'), 'count'], [true, false]);
      return {order: [...grid.getRowOrder()], log, by: grid.sortByColumns.map((c: any) => c.name),
        types: grid.sortTypes, toGrid: grid.tableRowToGrid(7), toTable: grid.gridRowToTable(1)};
    });
    assert.deepEqual(result, {order: [2, 1, 5, 4, 7, 0, 6, 3], log: ['sorted'], by: ['name', 'count'],
      types: [true, false], toGrid: 4, toTable: 1});
  });

  it('an order of its own, with the filter applied to it', async () => {
    await p.page.evaluate(() => {
      grid.setRowOrder([7, 6, 5, 4, 3, 2, 1, 0]);
      df.filter.init((i: number) => i % 2 === 1);
    });
    await painted();
    assert.deepEqual(await order(), [7, 5, 3, 1]);
    assert.deepEqual(await texts('count'), ['5', '6', '', '7']);
    await p.page.evaluate(() => grid.props.rowSource = 'All');
    assert.equal((await order()).length, 8);
  });

  it('a click makes the cell current, everywhere, and its row the current object', async () => {
    await p.page.evaluate(() => {
      grid.onCellClick.subscribe((c: any) => log.push(['click', c.gridColumn.name, c.gridRow, c.cell.value]));
      grid.onCurrentCellChanged.subscribe((c: any) => log.push(['current', c.gridColumn.name, c.tableRowIndex]));
    });
    await click('count', 4);
    const state = await p.page.evaluate(() => [df.currentRowIdx, df.currentCol.name, log,
      document.querySelector('.grok-prop-panel-title')?.textContent,
      document.querySelector('.grok-prop-panel')?.textContent]);
    assert.deepEqual(state.slice(0, 2), [4, 'count']);
    assert.deepEqual(state[2], [['current', 'count', 4], ['click', 'count', 4, 5]]);
    assert.equal(state[3], 'sample, row 5');
    assert.match(state[4], /beta/);
    assert.equal(await p.page.$$eval('#host .d4-grid-cell-current', (e) => e.length), 1);
  });

  it('the row header selects one row; Ctrl toggles, Shift adds up to the row, Ctrl+Shift takes out', async () => {
    await click('', 1);
    assert.deepEqual(await selected(), [1]);
    await click('name', 3, 'Control');
    assert.deepEqual(await selected(), [1, 3]);
    await click('name', 3, 'Control');
    assert.deepEqual(await selected(), [1]);
    await click('count', 5, 'Shift');
    assert.deepEqual(await selected(), [1, 3, 4, 5]);
    await p.page.keyboard.down('Control');
    await click('count', 4, 'Shift');
    await p.page.keyboard.up('Control');
    assert.deepEqual(await selected(), [1, 5]);
  });

  it('Shift and dragging selects the rows passed over; Esc and Ctrl+A work on all', async () => {
    const [from, to] = [await place('name', 2), await place('name', 5)];
    await p.page.keyboard.down('Shift');
    await p.page.mouse.move(from.x, from.y);
    await p.page.mouse.down();
    await p.page.mouse.move(to.x, to.y, {steps: 4});
    await p.page.mouse.up();
    await p.page.keyboard.up('Shift');
    await painted();
    assert.deepEqual(await selected(), [2, 3, 4, 5]);
    const marked = await p.page.$$eval('#host .d4-grid-row-selected', (e) => e.map((x) => (x as HTMLElement).dataset.row));
    assert.deepEqual([...new Set(marked)].sort(), ['2', '3', '4', '5']);
    await p.page.keyboard.press('Escape');
    assert.deepEqual(await selected(), []);
    await p.page.keyboard.down('Control');
    await p.page.keyboard.press('KeyA');
    await p.page.keyboard.up('Control');
    assert.equal((await selected()).length, 8);
  });

  it('arrows, Home and End move the current cell in the order of the screen', async () => {
    await p.page.evaluate(() => grid.sort(['count'], [true]));
    await painted();
    await click('name', 0);
    const at = (): Promise<unknown[]> => p.page.evaluate(() => [df.currentRowIdx, df.currentCol.name]);
    assert.deepEqual(await at(), [2, 'name']);
    await p.page.keyboard.press('ArrowDown');
    assert.deepEqual(await at(), [6, 'name']);
    await p.page.keyboard.press('ArrowRight');
    assert.deepEqual(await at(), [6, 'count']);
    await p.page.keyboard.press('End');
    assert.deepEqual(await at(), [6, 'when']);
    await p.page.keyboard.press('PageDown');
    assert.deepEqual(await at(), [3, 'when']);
    await p.page.keyboard.press('ArrowUp');
    assert.deepEqual(await at(), [0, 'when']);
  });

  it('the mouse over a row is known to all viewers, and forgotten when it leaves', async () => {
    const at = await place('name', 6);
    await p.page.mouse.move(at.x, at.y);
    await painted();
    assert.equal(await p.page.evaluate(() => df.mouseOverRowIdx), 6);
    assert.equal(await p.page.$eval('#host .d4-grid-row-mouse-over', (e) => (e as HTMLElement).dataset.row), '6');
    await p.page.mouse.move(1200, 700);
    assert.equal(await p.page.evaluate(() => df.mouseOverRowIdx), -1);
  });

  it('cells are prepared while they come into view: text, colours, elements', async () => {
    await p.page.evaluate(() => {
      grid.onCellPrepare((c: any) => {
        if (c.isColHeader && c.gridColumn.name === 'ratio')
          c.customText = 'Share';
        if (!c.isTableCell)
          return;
        if (c.gridColumn.name === 'count') {
          c.customText = `#${c.cell.value}`;
          c.style.textColor = 0xFFFF0000;
          c.style.backColor = 0xFF00FF00;
          c.style.font = 'bold 11px monospace';
        } else if (c.gridColumn.name === 'name') {
          const button = document.createElement('button');
          button.textContent = String(c.tableRowIndex);
          button.addEventListener('click', () => log.push(c.tableRowIndex));
          c.style.element = button;
        }
      });
    });
    await painted();
    assert.equal((await texts('count'))[1], '#7');
    assert.ok((await p.page.evaluate(() => grid.root.querySelector('.slick-header').parentElement.parentElement.textContent))
      .includes('Share'));
    const css = await p.page.evaluate(() => {
      const cell = grid.root.querySelector('.slick-cell.l2 > *');
      const style = getComputedStyle(cell);
      return [style.color, style.backgroundColor, style.fontWeight, style.fontSize];
    });
    assert.deepEqual(css, ['rgb(255, 0, 0)', 'rgb(0, 255, 0)', '700', '11px']);
    await p.page.click('#host .slick-pane-right .slick-row[data-row="5"] button');
    assert.deepEqual(await p.page.evaluate(() => [log, df.currentRowIdx]), [[5], 5]);
  });

  it('subscribers paint cells on a canvas in the coordinates of the grid, instead of the text', async () => {
    await p.page.evaluate(() => grid.onCellRender.subscribe((a: any) => {
      if (!a.cell.isTableCell || a.cell.gridColumn.name !== 'count')
        return;
      log.push(a.bounds.width === a.cell.gridColumn.width && a.bounds.y === a.cell.bounds.y);
      a.g.fillStyle = '#0000ff';
      a.g.fillRect(a.bounds.x, a.bounds.y, a.bounds.width, a.bounds.height);
      a.preventDefault();
    }));
    await painted();
    const facts = await p.page.evaluate(() => {
      const cell = grid.root.querySelector('.slick-cell.l2');
      const canvas = cell.querySelector('canvas');
      const pixel = canvas.getContext('2d').getImageData(canvas.width / 2, canvas.height / 2, 1, 1).data;
      return {text: cell.textContent, pixel: [...pixel], consistent: log.every((x) => x === true),
        others: grid.root.querySelectorAll('.slick-cell.l3 canvas').length};
    });
    assert.deepEqual(facts, {text: '', pixel: [0, 0, 255, 255], consistent: true, others: 0});
  });

  it('columns: found without regard to case, hidden, ordered, resized, formatted', async () => {
    const facts = await p.page.evaluate(() => {
      const row = grid.columns.rowHeader;
      grid.onColumnResized.subscribe((c: any) => log.push(c.name));
      grid.columns.setOrder(['when', 'COUNT']);
      grid.col('ratio').format = '0.0';
      grid.col('name').width = 222;
      return {row: [row.idx, row.name], length: grid.columns.length, byName: grid.col('NAME').name,
        column: grid.col('count').column.type, missing: grid.col('nothing'), secret: grid.col('~secret').visible};
    });
    assert.deepEqual(facts, {row: [0, ''], length: 7, byName: 'name', column: 'int', missing: null, secret: false});
    await painted();
    const headers = (): Promise<string[]> => p.page.evaluate(() => [...grid.root.querySelectorAll('.slick-header-column')]
      .map((h: any) => h.textContent.trim()));
    assert.deepEqual(await headers(), ['', 'when', 'count', 'name', 'ratio', 'ok']);
    assert.equal((await texts('ratio'))[1], '1.3');
    assert.equal(await p.page.evaluate(() => grid.cell('name', 0).bounds.width), 222);
    await p.page.evaluate(() => grid.columns.setVisible(['name', 'ok']));
    await painted();
    assert.deepEqual(await headers(), ['', 'name', 'ok']);
    const edge = await p.page.evaluate(() => {
      const box = grid.root.querySelectorAll('.slick-header-column')[1].getBoundingClientRect();
      return {x: box.right - 3, y: box.y + box.height / 2};
    });
    await p.page.mouse.move(edge.x, edge.y);
    await p.page.mouse.down();
    await p.page.mouse.move(edge.x + 40, edge.y, {steps: 3});
    await p.page.mouse.up();
    assert.deepEqual(await p.page.evaluate(() => [grid.col('name').width, log]), [262, ['name']]);
  });

  it('a header that is dragged takes its column along', async () => {
    const [from, to] = [await place('ok', -1), await place('name', -1)];
    await p.page.mouse.move(from.x, from.y);
    await p.page.mouse.down();
    await p.page.mouse.move(to.x - 20, to.y, {steps: 5});
    await p.page.mouse.up();
    await painted();
    const headers = await p.page.evaluate(() => [...grid.root.querySelectorAll('.slick-header-column')]
      .map((h: any) => h.textContent.trim()));
    assert.deepEqual(headers, ['', 'ok', 'name', 'count', 'ratio', 'when']);
  });

  it('colour coding of a column colours its cells, and the text stays readable', async () => {
    await p.page.evaluate(() => {
      df.col('name').meta.colors.setCategorical({alpha: '#112233'});
      df.col('count').meta.colors.setLinear(['#ffffff', '#ff0000']);
    });
    await painted();
    const colors = await p.page.evaluate(() => {
      const css = (row: number, column: number): string[] => {
        const style = getComputedStyle(grid.root.querySelector(
          `.slick-pane-right .slick-row[data-row="${row}"] .slick-cell.l${column} > *`));
        return [style.backgroundColor, style.color];
      };
      return [css(1, 1), css(0, 2)[0], css(2, 2)[0]];
    });
    assert.deepEqual(colors, [['rgb(17, 34, 51)', 'rgb(255, 255, 255)'], 'rgb(255, 0, 0)', 'rgb(255, 255, 255)']);
  });

  it('hitTest finds headers and cells; beside the table there is nothing', async () => {
    const hits = await p.page.evaluate(() => {
      const at = (c: any): any => grid.hitTest(c.bounds.x + 3, c.bounds.y + 3);
      const cell = at(grid.cell('count', 2));
      const header = at(DG.GridCell.createColHeader(grid.col('ratio')));
      return [cell.position, cell.cell.value, header.isColHeader, header.gridColumn.name, grid.hitTest(890, 390)];
    });
    assert.deepEqual(hits, ['count: 2', 3, true, 'ratio', null]);
  });

  it('columns added, replaced and removed in the table come and go', async () => {
    const names = await p.page.evaluate(() => {
      const all = (): string[] => Array.from({length: grid.columns.length}, (_, i) => grid.columns.byIndex(i).name);
      const result = [];
      df.columns.addNewInt('extra').init((i: number) => i);
      result.push(all());
      df.columns.remove('ratio');
      result.push(all());
      grid.col('count').width = 123;
      df.columns.replace('count', DG.Column.fromList('double', 'count', [1, 2, 3, 4, 5, 6, 7, 8]));
      result.push([...all(), grid.col('count').width, grid.col('count').column.type]);
      return result;
    });
    assert.deepEqual(names[0], ['', 'name', 'count', 'ratio', 'ok', '~secret', 'when', 'extra']);
    assert.deepEqual(names[1], ['', 'name', 'count', 'ok', '~secret', 'when', 'extra']);
    assert.deepEqual(names[2], [...names[1], 123, 'double']);
  });

  it('a killed grid lets go of the table', async () => {
    const facts = await p.page.evaluate(async () => {
      const sheets = document.querySelectorAll('style').length;
      ui.empty(document.querySelector('#host'));
      df.selection.set(0, true);
      df.mouseOverRowIdx = 1;
      await new Promise((done) => requestAnimationFrame(done));
      return [document.querySelectorAll('.slick-row').length, DG.Widget.find(grid.root) == null,
        sheets - document.querySelectorAll('style').length];
    });
    assert.deepEqual(facts, [0, true, 1]);
  });

  it('two hundred thousand rows: elements only for those in view, all of them reachable and sortable', async () => {
    const facts = await p.page.evaluate(async () => {
      const n = 200_000;
      const big = DG.DataFrame.fromColumns([
        DG.Column.fromInt32Array('i', Int32Array.from({length: n}, (_, i) => i * 7 % n)),
        ...Array.from({length: 7}, (_, k) => DG.Column.fromFloat32Array(`c${k}`, new Float32Array(n).fill(k)))]);
      grid.dataFrame = big;
      const frame = (): Promise<void> => new Promise((done) =>
        requestAnimationFrame(() => requestAnimationFrame(() => done())));
      await frame();
      const rows = grid.root.querySelectorAll('.slick-row').length;
      grid.sort(['i'], [false]);
      const first = grid.getRowOrder()[0];
      grid.scrollToCell('c6', n - 1);
      await frame();
      await frame();
      const last = grid.root.querySelector(`.slick-pane-right .slick-row[data-row="${n - 1}"] .l1`)?.textContent;
      return {few: rows < 120, value: big.col('i').get(first), last};
    });
    assert.deepEqual(facts, {few: true, value: 199_999, last: '0'});
  });

  it('the wheel scrolls by what it was turned, over the row header, too, and rows and headers stay in line', async () => {
    await p.page.evaluate(() => {
      const numbers = Int32Array.from({length: 1000}, (_, i) => i);
      grid.dataFrame = DG.DataFrame.fromColumns([DG.Column.fromInt32Array('i', numbers)]);
    });
    await painted();
    for (const column of ['i', '']) {
      const at = await p.page.evaluate((column) => {
        const gc = column === '' ? grid.columns.byIndex(0) : grid.col(column);
        const root = grid.root.getBoundingClientRect();
        return {x: root.x + DG.GridCell.createColHeader(gc).bounds.x + 5, y: root.y + 200};
      }, column);
      await p.page.mouse.move(at.x, at.y);
      await p.page.mouse.wheel({deltaY: 520});
      await painted();
    }
    await painted();
    const facts = await p.page.evaluate(() => {
      const panes = [...grid.root.querySelectorAll('.slick-viewport-top')].map((v: any) => v.scrollTop);
      const cells = [...grid.root.querySelectorAll('.slick-row[data-row="45"]')]
        .map((r: any) => r.getBoundingClientRect().y);
      return {panes, level: cells.length === 2 && cells[0] === cells[1], y: grid.cell('i', 45).bounds.y,
        same: grid.cell('i', 45).documentBounds.y === cells[0], first: [...grid.getVisibleCells()][0].cell.value};
    });
    assert.deepEqual(facts, {panes: [1040, 1040], level: true, y: 28 + 1 + 5 * 26, same: true, first: 40});
  });

  it('the tooltip shows what cannot be seen: cut text and columns out of sight, or what a subscriber shows', async () => {
    await p.page.evaluate(() => {
      grid.col('name').width = 30;
      grid.col('when').visible = false;
      grid.onCellTooltip((c: any, x: number, y: number) => {
        if (c.gridColumn.name !== 'ok')
          return false;
        ui.tooltip.show('own words', x, y);
        return true;
      });
    });
    await painted();
    const shown = async (column: string): Promise<string> => {
      const at = await place(column, 0);
      await p.page.mouse.move(at.x, at.y);
      await painted();
      return p.page.evaluate(() => {
        const tooltip = document.querySelector('.d4-tooltip') as HTMLElement | null;
        return tooltip?.offsetParent == null && getComputedStyle(tooltip!).display === 'none' ? '' : tooltip!.innerText.trim();
      });
    };
    assert.equal(await shown('name'), 'name\tdelta');
    assert.equal(await shown('ok'), 'own words');
  });

  it('a registered renderer paints the cells of its type', async () => {
    await p.page.evaluate(() => {
      class Dots extends DG.GridCellRenderer {
        get name() {return 'dots';}
        get cellType() {return 'dots';}
        render(g: any, x: number, y: number, w: number, h: number, cell: any) {
          log.push(cell.cell.value);
          g.fillStyle = '#ff0000';
          g.fillRect(x, y, w, h);
        }
      }
      DG.GridCellRenderer.register(new Dots());
      grid.col('count').cellType = 'dots';
    });
    await painted();
    const facts = await p.page.evaluate(() => {
      const canvas = grid.root.querySelector('.slick-cell.l2 canvas');
      return [[...canvas.getContext('2d').getImageData(5, 5, 1, 1).data], log.slice(0, 3)];
    });
    assert.deepEqual(facts, [[255, 0, 0, 255], [1000, 7, 3]]);
  });

  describe('in a table view', () => {
    beforeEach(async () => {
      await p.page.evaluate(() => {
        ui.remove(document.querySelector('#host'));
        grid = grok.shell.addTableView(df).grid;
      });
      await painted();
    });

    it('the table belongs to the workspace, and the shell knows the view, the grid and the counts', async () => {
      const facts = await p.page.evaluate(() => [grok.shell.tv.name, grok.shell.v.type,
        grok.shell.v instanceof DG.TableView, grok.shell.tableNames, grok.shell.tableByName('SAMPLE').rowCount, grok.shell.tv.dataFrame.name,
        grok.shell.tv.grid.dataFrame.name, [...grok.shell.tv.viewers].map((v: any) => v.type)]);
      assert.deepEqual(facts, ['sample', 'TableView', true, ['sample'], 8, 'sample', 'sample', ['Grid']]);
      const status = await p.page.$eval('.layout-status-table', (e) => e.textContent);
      assert.match(status ?? '', /Rows: 8.*Filtered: 8/);
    });

    it('viewers are docked beside the grid, and closing their panel ends them', async () => {
      const types = await p.page.evaluate(() => {
        grok.events.onViewerAdded.subscribe((e: any) => log.push(`added ${e.args.viewer.type}`));
        const tv = grok.shell.tv;
        tv.addViewer('Bar chart', {split: 'name'});
        tv.addViewer(DG.Viewer.scatterPlot(df, {x: 'count', y: 'ratio'}));
        return [[...tv.viewers].map((v: any) => v.type), log, tv.viewers[1].props.splitColumnName];
      });
      assert.deepEqual(types, [['Grid', 'Bar chart', 'Scatter plot'], ['added Bar chart', 'added Scatter plot'], 'name']);
      await painted();
      const boxes = await p.page.evaluate(() => [...grok.shell.tv.viewers].map((v: any) => {
        const {x, y} = v.root.getBoundingClientRect();
        return {x, y};
      }));
      assert.ok(boxes[1].x > boxes[0].x && boxes[2].x === boxes[1].x && boxes[2].y > boxes[1].y);
      await p.page.click('.panel-titlebar-button-close');
      await p.page.evaluate(() => grok.shell.tv.viewers[1].close());
      assert.deepEqual(await p.page.evaluate(() => [[...grok.shell.tv.viewers].map((v: any) => v.type),
        document.querySelectorAll('.panel-titlebar').length]), [['Grid'], 0]);
    });

    it('buttons of the ribbon add viewers and filters', async () => {
      await p.page.click('.d4-ribbon [aria-label="Scatter plot"]');
      await p.page.click('.d4-ribbon [aria-label="Filters"]');
      assert.deepEqual(await p.page.evaluate(() => [...grok.shell.tv.viewers].map((v: any) => v.type)),
        ['Grid', 'Scatter plot', 'Filters']);
      await p.page.click('.d4-ribbon [aria-label="Reset layout"]');
      assert.deepEqual(await p.page.evaluate(() => [...grok.shell.tv.viewers].map((v: any) => v.type)), ['Grid']);
    });

    it('CSV has the rows and columns on the screen, and nothing in it runs as a formula', async () => {
      const csv = await p.page.evaluate(async () => {
        df.columns.remove('when');
        df.col('name').set(0, '=1+1');
        df.col('name').set(1, 'say "hi", you');
        df.filter.init((i: number) => i < 4);
        grid.col('ok').visible = false;
        grid.sort(['count'], [true]);
        const make = URL.createObjectURL;
        let blob: Blob | null = null;
        URL.createObjectURL = (x: any) => {
          blob = x;
          return 'data:,';
        };
        (document.querySelector('.d4-ribbon [aria-label="Save as CSV"]') as HTMLElement).click();
        URL.createObjectURL = make;
        return blob!.text();
      });
      assert.equal(csv, ['name,count,ratio', '"<b id=""x"">b</b>",3,-3', '"say ""hi"", you",7,1.25', '\'=1+1,1000,0.5', ',,', '']
        .join('\r\n'));
    });

    it('closing the table closes its view', async () => {
      assert.deepEqual(await p.page.evaluate(() => {
        grok.events.onTableRemoved.subscribe((e: any) => log.push(e.args.dataFrame.name));
        grok.shell.closeTable(df);
        return [log, grok.shell.tableNames, [...grok.shell.tableViews].length];
      }), [['sample'], [], 0]);
    });
  });

  describe('filters', () => {
    const rows = (): Promise<number[]> => p.page.evaluate(() => [...df.filter.getSelectedIndexes()]);

    beforeEach(async () => {
      await p.page.evaluate(() => {
        const filters = DG.Viewer.filters(df);
        (window as any).filters = filters;
        document.querySelector('#host')!.append(filters.root);
      });
      await painted();
    });

    it('a click on a name keeps that category, on a box toggles one, Reset brings all back', async () => {
      const row = (text: string): Promise<any> => p.page.evaluateHandle((text) =>
        [...document.querySelectorAll('.d4-filter-row')].find((r) => r.querySelector('span')!.textContent === text), text);
      await (await (await row('alpha')).$('span')).click();
      assert.deepEqual(await rows(), [1, 5]);
      await (await (await row('beta')).$('input')).click();
      assert.deepEqual(await rows(), [1, 4, 5, 7]);
      await p.page.click('.d4-filter-group-header button');
      assert.equal((await rows()).length, 8);
    });

    it('a range leaves out what is outside and what has no value; filters of others stay', async () => {
      await p.page.evaluate(() => {
        df.onRowsFiltering.subscribe(() => df.filter.set(4, false, false));
        new DG.FilterGroup((window as any).filters.dart).updateOrAdd({type: 'histogram', column: 'count', min: 5, max: 7});
      });
      assert.deepEqual(await rows(), [1, 5, 7]);
      assert.deepEqual(await p.page.evaluate(() => [...df.rows.filters]), ['count: 5 – 7']);
      await p.page.type('.d4-filter-edge[aria-label="count, from"]', '');
      await p.page.$eval('.d4-filter-edge[aria-label="count, from"]', (e) => {
        (e as HTMLInputElement).value = '6';
        e.dispatchEvent(new Event('change'));
      });
      assert.deepEqual(await rows(), [1, 5]);
    });

    it('filters that are closed no longer filter', async () => {
      await p.page.evaluate(() => new DG.FilterGroup((window as any).filters.dart)
        .updateOrAdd({type: 'categorical', column: 'name', selected: ['omega']}));
      assert.deepEqual(await rows(), [6]);
      await p.page.evaluate(() => (window as any).filters.close());
      assert.equal((await rows()).length, 8);
    });
  });
});
