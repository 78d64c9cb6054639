import * as ui from 'datagrok-api/ui';
import {add, applyClick, combine, emptyMask, maskOf, toBitSet, type Mask} from '../viewers/mask.ts';
import {GridCellHandle} from './grid-cell.ts';
import type {GridHandle} from './grid-handle.ts';
import {showCellTooltip} from './grid-tooltip.ts';

/**
 * The mouse on cells. A click makes the cell current; on the row header it also selects the row alone. Ctrl toggles a
 * row, Shift adds the rows from the one clicked last (without one: from the first) up to this one, Ctrl+Shift takes
 * them out. Shift+drag selects the rows passed over.
 */
export function installGridMouse(grid: GridHandle): void {
  const {body} = grid;
  const pointer = new GridPointer(grid);
  body.addEventListener('pointerdown', (e) => pointer.down(e));
  body.addEventListener('pointermove', (e) => pointer.move(e));
  body.addEventListener('pointerup', () => pointer.up());
  body.addEventListener('pointercancel', () => pointer.up());
  body.addEventListener('pointerleave', () => pointer.leave());
  body.addEventListener('click', (e) => pointer.click(e));
  body.addEventListener('dblclick', (e) => pointer.doubleClick(e));
}

class GridPointer {
  private over: GridCellHandle | null = null;
  private anchor = -1;
  private block: {from: number; before: Mask; remove: boolean} | null = null;
  private dragged = false;

  constructor(private readonly grid: GridHandle) {}

  down(e: PointerEvent): void {
    this.dragged = false;
    const cell = this.cellOf(e);
    if (cell == null)
      return;
    this.grid.emit('d4-grid-cell-mouse-down', cell);
    const {frame, look} = {frame: this.grid.dataFrame!, look: this.grid.look};
    if (e.button !== 0 || !e.shiftKey || cell.isColHeader || look.get('allowBlockSelection') === false)
      return;
    this.block = {from: cell.gridRow, before: maskOf(frame.selection, frame.rowCount), remove: e.ctrlKey || e.metaKey};
  }

  move(e: PointerEvent): void {
    if (this.block != null && (e.buttons & 1) === 1) {
      this.drag(e);
      return;
    }
    const cell = this.cellOf(e);
    if (cell?.gridRow !== this.over?.gridRow || cell?.gridColumn !== this.over?.gridColumn)
      this.enter(cell, e);
  }

  up(): void {
    this.block = null;
  }

  leave(): void {
    this.enter(null, null);
  }

  click(e: MouseEvent): void {
    const cell = this.cellOf(e);
    const {grid} = this;
    if (cell == null || this.dragged || cell.isColHeader)
      return;
    const ctrl = e.ctrlKey || e.metaKey;
    if (grid.look.get('allowRowSelection') !== false && (ctrl || e.shiftKey || cell.isRowHeader))
      this.select(cell, e);
    if (!ctrl && !e.shiftKey)
      grid.makeCurrent(cell.gridRow, cell.gridColumn);
    if (!e.shiftKey)
      this.anchor = cell.gridRow;
    grid.emit('d4-grid-cell-click', cell);
  }

  doubleClick(e: MouseEvent): void {
    const cell = this.cellOf(e);
    if (cell != null && !cell.isColHeader)
      this.grid.emit('d4-grid-cell-double-click', cell);
  }

  private select(cell: GridCellHandle, e: MouseEvent): void {
    const anchor = this.anchor < 0 || this.anchor >= this.grid.order.length ? 0 : this.anchor;
    const from = e.shiftKey ? anchor : cell.gridRow;
    applyClick(this.grid.dataFrame!.selection, this.rows(from, cell.gridRow), e);
  }

  private rows(from: number, to: number): Mask {
    const mask = emptyMask(this.grid.dataFrame!.rowCount);
    for (let i = Math.min(from, to); i <= Math.max(from, to); i++)
      add(mask, this.grid.order.tableRow(i));
    return mask;
  }

  private drag(e: PointerEvent): void {
    const {grid, block} = this;
    const last = grid.order.length - 1;
    const y = e.clientY - grid.root.getBoundingClientRect().top;
    const to = Math.max(0, Math.min(last, grid.view?.rowAt(y) ?? 0));
    if (!this.dragged && to === block!.from)
      return;
    if (!this.dragged)
      grid.body.setPointerCapture(e.pointerId);
    this.dragged = true;
    const rows = this.rows(block!.from, to);
    const next = combine(block!.before, rows, block!.remove ? (x, m) => x & ~m : (x, m) => x | m);
    grid.dataFrame!.selection.copyFrom(toBitSet(next, grid.dataFrame!.rowCount));
    grid.scrollTo(to, null);
  }

  private enter(cell: GridCellHandle | null, e: MouseEvent | null): void {
    const {grid} = this;
    const frame = grid.dataFrame;
    if (this.over != null)
      grid.emit('d4-grid-cell-mouse-leave', this.over);
    const otherRow = cell?.gridRow !== this.over?.gridRow;
    this.over = cell;
    if (cell != null) {
      if (otherRow)
        grid.emit('d4-grid-row-enter', cell);
      grid.emit('d4-grid-cell-mouse-enter', cell);
    }
    const row = cell == null || cell.isColHeader ? -1 : cell.tableRow;
    if (frame != null && frame.mouseOverRowIdx !== row)
      frame.mouseOverRowIdx = row;
    if (cell == null || e == null)
      ui.tooltip.hide();
    else
      showCellTooltip(cell, e);
  }

  private cellOf(e: MouseEvent): GridCellHandle | null {
    const place = this.grid.dataFrame == null ? null : this.grid.view?.cellAt(e.target);
    return place == null ? null : new GridCellHandle(this.grid, place.column, place.row);
  }
}
