import {textWidth} from '../viewers/chart-handle.ts';
import {cellText} from './cell-text.ts';
import {leastWidth, type GridColumnHandle} from './grid-column.ts';

const font = 'Roboto, sans-serif';
const padding = 18;
/** Margins and the arrow of the sort order. */
const headerExtra = 34;
/** Rows looked at: the first ones, which are what the user sees first, and as many spread over the rest. */
const looked = 40;
const widest = 260;

/** Pixels that the longest text of a column needs, as far as it was looked at. */
export function dataWidth(column: GridColumnHandle): number {
  const grid = column.grid;
  const rows = grid.dataFrame?.rowCount ?? 0;
  if (column.isRowHeader)
    return Math.max(30, textWidth('9'.repeat(`${rows}`.length), font, 12) + padding);
  if (column.cellType === 'bool')
    return 30;
  let width = 0;
  const step = Math.max(1, Math.floor(rows / looked));
  for (let i = 0; i < Math.min(looked, rows); i++)
    for (const row of [i, rows - 1 - i * step])
      width = Math.max(width, textWidth(cellText(column, row), font, 13));
  return Math.ceil(width) + padding;
}

/** Width by one of the policies of `DG.ColumnWidthType`; `Optimal` is what a column starts with. */
export function widthOf(column: GridColumnHandle, policy: string): number {
  const data = dataWidth(column);
  if (column.isRowHeader)
    return data;
  const header = Math.ceil(textWidth(column.caption, font, 13)) + headerExtra;
  const wanted = policy === 'Minimal' ? Math.min(data, 60) : policy === 'Compact' ? data : Math.max(data, header);
  return Math.max(leastWidth, policy === 'Maximal' ? wanted : Math.min(widest, wanted));
}
