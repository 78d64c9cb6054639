import {applyStyle} from './cell-content.ts';
import {GridCellHandle} from './grid-cell.ts';
import type {GridColumnHandle} from './grid-column.ts';

/** Fills a header: what `onCellPrepare` made of it, or the column's name, and an arrow when it is sorted by. */
export function fillHeader(node: HTMLElement, column: GridColumnHandle): void {
  const {grid} = column;
  const name = node.querySelector('.slick-column-name')!;
  const cell = new GridCellHandle(grid, column, -1);
  grid.prepare(cell);
  const element = cell.style.get('element');
  name.replaceChildren(element instanceof HTMLElement ? element : document.createTextNode(cell.text));
  applyStyle(node, cell);
  node.classList.add(`d4-grid-${column.alignment}`);
  const ascending = grid.sorting.of(column);
  node.setAttribute('aria-sort', ascending == null ? 'none' : ascending ? 'ascending' : 'descending');
  node.classList.toggle('d4-grid-sorted', ascending != null);
  if (ascending != null)
    name.after(arrow(ascending));
}

function arrow(ascending: boolean): HTMLElement {
  const mark = document.createElement('i');
  mark.className = `grok-icon fas fa-caret-${ascending ? 'up' : 'down'} d4-grid-sort`;
  mark.setAttribute('aria-hidden', 'true');
  return mark;
}
