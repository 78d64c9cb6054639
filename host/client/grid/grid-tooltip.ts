import * as DG from 'datagrok-api/dg';
import * as ui from 'datagrok-api/ui';
import {pairs, rowTooltip, showTooltip} from '../viewers/tooltips.ts';
import {cellText} from './cell-text.ts';
import type {GridCellHandle} from './grid-cell.ts';

const mostColumns = 20;

/**
 * Next to the mouse: what a subscriber of `onCellTooltip` shows (it returns true when it did), or the column behind a
 * header, or what the row holds that cannot be seen: text that is cut off, and columns that are out of sight.
 */
export function showCellTooltip(cell: GridCellHandle, e: MouseEvent): void {
  const {grid} = cell;
  for (const f of grid.tooltips)
    if (f(cell, e.clientX, e.clientY) === true)
      return;
  const content = cell.isColHeader ? columnTooltip(cell) : cellTooltip(cell);
  if (content == null)
    ui.tooltip.hide();
  else
    showTooltip(grid, content, e);
}

function columnTooltip(cell: GridCellHandle): HTMLElement | null {
  const {column, isRowHeader} = cell.gridColumn;
  if (isRowHeader || column == null || cell.grid.look.get('showColumnTooltip') === false)
    return null;
  const lines: [string, string][] = [['Type', column.type]];
  if (column.semType)
    lines.push(['Semantic type', column.semType]);
  const description = column.getTag(DG.TAGS.DESCRIPTION);
  if (description)
    lines.push(['Description', description]);
  return pairs(column.name, lines);
}

function cellTooltip(cell: GridCellHandle): HTMLElement | null {
  const {grid, tableRow} = cell;
  const {look} = grid;
  if (look.get('showCellTooltip') === false || tableRow < 0)
    return null;
  if (cell.isRowHeader || look.get('rowTooltip') || look.get('showVisibleColumnsInTooltip'))
    return rowTooltip(grid, grid.dataFrame!, tableRow);
  const inView = new Set(grid.view!.inView.columns);
  const unseen = grid.columns.visible.filter((c) =>
    c.column != null && (!inView.has(c) || c === cell.gridColumn && cut(cell)));
  const lines = unseen.map((c): [string, string] => [c.name, cellText(c, tableRow)]);
  const rest = lines.length - mostColumns;
  return lines.length === 0 ? null :
    pairs(null, lines.slice(0, mostColumns), rest > 0 ? `and ${rest} more columns` : null);
}

/** Whether the cell is too narrow for its text. */
function cut(cell: GridCellHandle): boolean {
  const text = cell.grid.view?.cellNode(cell.gridRow, cell.gridColumn)?.querySelector('.d4-grid-text');
  return text != null && text.scrollWidth > text.clientWidth;
}
