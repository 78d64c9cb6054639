import * as DG from 'datagrok-api/dg';
import {parseOptions} from '../interop/dart.ts';
import {define} from '../interop/define.ts';
import {Subscription} from '../interop/bus.ts';
import {createViewer} from '../viewers/registry.ts';
import {widthOf} from './column-widths.ts';
import {GridCellHandle} from './grid-cell.ts';
import type {GridColumnHandle} from './grid-column.ts';
import type {GridHandle, Prepare, Tooltip} from './grid-handle.ts';
import {canvasOver} from './overlay.ts';

/** A column by its name, its core object, or its wrapper. */
function columnOf(grid: GridHandle, x: any): DG.Column | null {
  const frame = grid.dataFrame;
  const column = typeof x === 'string' ? frame?.col(x) : x instanceof DG.Column ? x : DG.toJs(x);
  return column instanceof DG.Column ? column : null;
}

function gridColumnOf(grid: GridHandle, x: any): GridColumnHandle | null {
  return typeof x === 'string' ? grid.columns.byName(x) : grid.columns.all.find((c) => c === x) ??
    grid.columns.of(columnOf(grid, x));
}

/** Adds a callback for as long as the subscription lives; cells in view are made anew. */
function subscribe<T>(grid: GridHandle, callbacks: Set<T>, callback: T): Subscription {
  callbacks.add(callback);
  grid.touch('layout');
  return new Subscription(() => callbacks.delete(callback));
}

/** Cells in view, of one column or of all; without the row header. */
function visibleCells(grid: GridHandle, column: GridColumnHandle | null): any[] {
  const view = grid.settle();
  if (view == null)
    return [];
  const {first, last, columns} = view.inView;
  const cells: any[] = [];
  for (let row = first; row <= last; row++)
    for (const c of columns)
      if (!c.isRowHeader && (column == null || c === column))
        cells.push(new GridCellHandle(grid, c, row).wrapper);
  return cells;
}

/** Cell at pixels of the root; headers count; null beside the table. */
function hitTest(grid: GridHandle, x: number, y: number): GridCellHandle | null {
  const view = grid.settle();
  const column = view?.inView.columns.find((c) => {
    const box = view.bounds(-1, c);
    return x >= box.x && x < box.x + box.width;
  });
  if (view == null || column == null || y < 0)
    return null;
  const head = view.bounds(-1, column);
  const row = y < head.y + head.height ? -1 : view.rowAt(y);
  return row >= grid.order.length ? null : new GridCellHandle(grid, column, row);
}

/** Makes the root as large as its content, within limits; what is not given does not limit. */
function autoSize(grid: GridHandle, maxWidth?: number, maxHeight?: number, minWidth?: number, minHeight?: number):
  void {
  const limit = (x: number, min?: number, max?: number): string =>
    `${Math.max(min ?? 0, Math.min(max ?? Infinity, x))}px`;
  const width = grid.columns.visible.reduce((sum, c) => sum + c.width, 0);
  const header = grid.look.get('showColumnLabels') === false ? 0 : grid.headerHeight;
  const border = 2;
  grid.root.style.width = limit(width + border, minWidth, maxWidth);
  grid.root.style.height = limit(header + grid.order.length * grid.look.get('rowHeight') + border, minHeight, maxHeight);
  grid.root.style.flex = 'none';
}

/** Functions of `DG.Grid`. Grid rows count rows of the screen, table rows those of the data frame. */
export function defineGridFunctions(): void {
  define({
    Grid_Create: (frame: any) => createViewer(DG.VIEWER.GRID, frame, parseOptions(null)),
    Grid_Get_Columns: (g: GridHandle) => g.columns,
    Grid_GetCell: (g: GridHandle, name: string, row: number) =>
      new GridCellHandle(g, g.columns.byName(name) ?? g.columns.rowHeader, row),
    Grid_OnCellPrepare: (g: GridHandle, f: Prepare) => subscribe(g, g.preparers, f),
    Grid_OnCellTooltip: (g: GridHandle, f: Tooltip) => subscribe(g, g.tooltips, f),

    Grid_Sort: (g: GridHandle, columns: any[], orders: boolean[] | null) => {
      const found = columns.map((c) => columnOf(g, c));
      const lost = found.indexOf(null);
      if (lost >= 0)
        throw new Error(`The grid cannot be sorted: its table has no column ${String(columns[lost])}`);
      g.sorting.by(found as DG.Column[], orders);
    },
    Grid_Get_SortByColumns: (g: GridHandle) =>
      ((g.look.get('sortByColumnNames') ?? []) as string[]).map((name) => columnOf(g, name)).filter((c) => c != null),
    Grid_Get_SortTypes: (g: GridHandle) => g.look.get('sortTypes') ?? [],
    Grid_GetRowOrder: (g: GridHandle) => g.order.rows.slice(),
    Grid_SetRowOrder: (g: GridHandle, order: ArrayLike<number>) => g.sorting.give(Int32Array.from(order)),
    Grid_TableRowToGrid: (g: GridHandle, row: number) => g.order.gridRow(row),
    Grid_GridRowToTable: (g: GridHandle, row: number) => g.order.tableRow(row),
    Grid_Get_PinnedRows: () => [],

    Grid_ScrollToCell: (g: GridHandle, column: any, row: number) => g.scrollTo(row, gridColumnOf(g, column)),
    Grid_ScrollToPixels: (g: GridHandle, x: number, y: number) => g.settle()?.scrollToPixels(x, y),
    Grid_HitTest: hitTest,
    Grid_GetVisibleCells: (g: GridHandle, column: any) => visibleCells(g, column ?? null),
    Grid_Invalidate: (g: GridHandle) => g.touch('layout'),
    CanvasViewer_RunPostponedComputations: (g: GridHandle) => {
      g.settle();
    },
    Grid_AutoSize: autoSize,
    Grid_SetColumnsWidthType: (g: GridHandle, policy: string, columns: GridColumnHandle[] | null) => {
      for (const c of columns ?? g.columns.all)
        c.width = widthOf(c, policy);
    },
    Grid_ResetRowHeight: (g: GridHandle) =>
      g.look.set('rowHeight', g.viewerType.properties.find((p) => p.name === 'rowHeight')!.value),
    Grid_Get_ColHeaderHeight: (g: GridHandle) => g.view?.headerHeight ?? g.headerHeight,
    Grid_Get_ColHeaderRect: (g: GridHandle) => {
      const view = g.settle();
      return new DG.Rect(0, 0, g.body.clientWidth, view?.headerHeight ?? g.headerHeight);
    },
    Grid_Get_Canvas: (g: GridHandle) => canvasOver(g),
    Grid_Get_Overlay: (g: GridHandle) => canvasOver(g),
  });
}
