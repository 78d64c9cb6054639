import {add, emptyMask, type Mask} from '../viewers/mask.ts';
import {applyClick} from '../viewers/mask.ts';
import {GridCellHandle} from './grid-cell.ts';
import type {GridHandle} from './grid-handle.ts';

/** Keys that move the current cell; with Shift they select rows on the way. The space bar toggles the current row. */
export function installGridKeys(grid: GridHandle): void {
  // In the capture phase: the library's own elements would swallow some of these keys.
  grid.root.addEventListener('keydown', (e) => {
    if ((e.target as HTMLElement).closest('input, textarea, select, [contenteditable]') || grid.dataFrame == null)
      return;
    const {row, column} = grid.currentPlace;
    if (row >= 0)
      grid.emit('d4-grid-cell-key-down', new GridCellHandle(grid, column ?? grid.columns.rowHeader, row));
    if (!move(grid, e))
      return;
    e.preventDefault();
    e.stopPropagation();
  }, {capture: true});
}

function move(grid: GridHandle, e: KeyboardEvent): boolean {
  const last = grid.order.length - 1;
  const {row, column} = grid.currentPlace;
  const columns = grid.columns.visible.filter((c) => c.column != null);
  const place = column == null ? -1 : columns.indexOf(column);
  const ctrl = e.ctrlKey || e.metaKey;
  if (last < 0 || e.altKey)
    return false;
  if (e.key === ' ' && row >= 0) {
    applyClick(grid.dataFrame!.selection, between(grid, row, row), {ctrlKey: true, shiftKey: false, metaKey: false});
    return true;
  }
  const page = grid.view?.pageRows ?? 10;
  const rows: Record<string, number> = {ArrowDown: ctrl ? last : row + 1, ArrowUp: ctrl ? 0 : row - 1,
    PageDown: row + page, PageUp: row - page};
  if (e.key in rows) {
    const to = Math.max(0, Math.min(last, rows[e.key]));
    if (e.shiftKey)
      applyClick(grid.dataFrame!.selection, between(grid, Math.max(0, row), to),
        {ctrlKey: ctrl, shiftKey: true, metaKey: false});
    go(grid, to, Math.max(0, place));
    return true;
  }
  if (columns.length === 0)
    return false;
  if (e.key === 'ArrowLeft' || e.key === 'ArrowRight')
    go(grid, Math.max(0, row), Math.max(0, Math.min(columns.length - 1, place + (e.key === 'ArrowLeft' ? -1 : 1))));
  else if (e.key === 'Home' || e.key === 'End')
    go(grid, !ctrl ? Math.max(0, row) : e.key === 'Home' ? 0 : last,
      ctrl ? Math.max(0, place) : e.key === 'Home' ? 0 : columns.length - 1);
  else
    return false;
  return true;
}

function go(grid: GridHandle, row: number, place: number): void {
  const column = grid.columns.visible.filter((c) => c.column != null)[place] ?? null;
  grid.makeCurrent(row, column);
  grid.scrollTo(row, column);
}

function between(grid: GridHandle, from: number, to: number): Mask {
  const mask = emptyMask(grid.dataFrame!.rowCount);
  for (let i = Math.min(from, to); i <= Math.max(from, to); i++)
    add(mask, grid.order.tableRow(i));
  return mask;
}
