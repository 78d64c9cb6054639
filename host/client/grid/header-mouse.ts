import * as grok from 'datagrok-api/grok';
import type {GridColumnHandle} from './grid-column.ts';
import type {GridHandle} from './grid-handle.ts';
import {widthOf} from './column-widths.ts';

const tremble = 5;

/**
 * The mouse on headers: a click makes the column current, a double click goes through descending, ascending and the
 * order of the table (so does a click on the arrow), dragging moves the column, a double click on a border fits the
 * width to the content.
 */
export function installHeaderMouse(grid: GridHandle): void {
  const {body} = grid;
  let drag: HeaderDrag | null = null;
  body.addEventListener('pointerdown', (e) => {
    const column = onHandle(e) || e.button !== 0 ? null : grid.view?.headerAt(e.target);
    if (column != null && !column.isRowHeader && grid.look.get('allowColReordering') !== false)
      drag = new HeaderDrag(grid, column, e);
  });
  body.addEventListener('pointermove', (e) => drag?.move(e));
  body.addEventListener('pointerup', () => {
    drag?.end(true);
  });
  body.addEventListener('pointercancel', () => drag?.end(false));
  body.addEventListener('click', (e) => {
    const moved = drag?.moving === true;
    drag = null;
    const column = moved || onHandle(e) ? null : grid.view?.headerAt(e.target);
    if (column?.column == null)
      return;
    if (e.target instanceof Element && e.target.closest('.d4-grid-sort') != null)
      cycleSort(grid, column);
    else
      makeColumnCurrent(grid, column);
  });
  body.addEventListener('dblclick', (e) => {
    const column = grid.view?.headerAt(e.target);
    if (column == null || e.target instanceof Element && e.target.closest('.d4-grid-sort') != null)
      return;
    if (onHandle(e))
      column.width = widthOf(column, 'Maximal');
    else
      cycleSort(grid, column);
  });
}

const onHandle = (e: Event): boolean =>
  e.target instanceof Element && e.target.closest('.slick-resizable-handle') != null;

function makeColumnCurrent(grid: GridHandle, column: GridColumnHandle): void {
  grid.dataFrame!.currentCol = column.column!;
  if (grid.look.get('allowChangeCurrentObject') !== false)
    grok.shell.o = column.column;
}

/** Descending, ascending, as in the table. */
export function cycleSort(grid: GridHandle, column: GridColumnHandle): void {
  if (grid.look.get('allowSorting') === false || column.column == null)
    return;
  const now = grid.sorting.of(column);
  grid.sorting.by(now === true ? [] : [column.column], now === true ? null : [now === false]);
}

/** One drag of a header; a line shows where the column would go. */
class HeaderDrag {
  moving = false;
  private readonly line = document.createElement('div');
  private target = -1;

  constructor(private readonly grid: GridHandle, private readonly column: GridColumnHandle,
    private readonly from: PointerEvent) {
    this.line.className = 'd4-grid-drop-line';
  }

  move(e: PointerEvent): void {
    if ((e.buttons & 1) === 0)
      return;
    if (!this.moving && Math.abs(e.clientX - this.from.clientX) < tremble)
      return;
    if (!this.moving) {
      this.moving = true;
      this.grid.body.setPointerCapture(e.pointerId);
      this.grid.body.append(this.line);
    }
    const {body, columns, view} = this.grid;
    const x = e.clientX - body.getBoundingClientRect().left;
    const data = columns.visible.filter((c) => !c.isRowHeader);
    const boxes = data.map((c) => view!.bounds(-1, c));
    const place = boxes.findIndex((box) => x < box.x + box.width / 2);
    const last = boxes[boxes.length - 1];
    this.line.style.left = `${place < 0 ? last.x + last.width : boxes[place].x}px`;
    this.target = place < 0 ? columns.all.length : columns.indexOf(data[place]);
  }

  end(done: boolean): void {
    this.line.remove();
    if (!done || !this.moving || this.target < 0)
      return;
    const own = this.grid.columns.indexOf(this.column);
    // Taking the column out first moves everything after it one place to the left.
    this.grid.columns.move(this.column, this.target > own ? this.target - 1 : this.target);
    this.target = -1;
  }
}
