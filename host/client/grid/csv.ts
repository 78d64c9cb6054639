import * as DG from 'datagrok-api/dg';
import {cellText} from './cell-text.ts';
import type {GridColumnHandle} from './grid-column.ts';
import type {GridHandle} from './grid-handle.ts';

/**
 * The rows and columns that a grid shows, in its order, as CSV (RFC 4180). Text that a spreadsheet would run as a
 * formula gets an apostrophe in front; numbers and dates, being what they are, do not need it.
 */
export function csvOf(grid: GridHandle): string {
  const columns = grid.columns.visible.filter((c) => c.column != null);
  const lines = [columns.map((c) => field(safe(c.name))).join(',')];
  for (const row of grid.order.rows)
    lines.push(columns.map((c) => field(value(c, row))).join(','));
  return `${lines.join('\r\n')}\r\n`;
}

export function saveCsv(grid: GridHandle): void {
  const name = `${grid.dataFrame?.name || 'table'}.csv`;
  DG.Utils.download(name, csvOf(grid), 'text/csv;charset=utf-8');
}

function value(gridColumn: GridColumnHandle, row: number): string {
  const column = gridColumn.column!;
  if (column.isNone(row))
    return '';
  const number = column.isNumerical && column.type !== DG.COLUMN_TYPE.DATE_TIME;
  return number ? numberText(column, row) : safe(cellText(gridColumn, row));
}

/** All digits that the column keeps, and not the noise beyond them: fractions may be stored in single precision. */
function numberText(column: DG.Column, row: number): string {
  const x = column.get(row);
  const single = column.type === DG.COLUMN_TYPE.FLOAT && !column.isVirtual &&
    column.getRawData() instanceof Float32Array;
  return String(single ? Number((x as number).toPrecision(7)) : x);
}

/** Recommended by OWASP against formula injection: these first characters start a formula somewhere. */
function safe(text: string): string {
  return /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
}

function field(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
