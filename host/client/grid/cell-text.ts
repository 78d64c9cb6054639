import * as DG from 'datagrok-api/dg';
import {isDate} from '../viewers/column-values.ts';
import {formatDate, formatNumber, formatValue} from '../viewers/value-format.ts';
import type {GridColumnHandle} from './grid-column.ts';

/**
 * What a cell of a column shows; a missing value is empty. Numbers have no separators of thousands, for many of them
 * are identifiers; fractions are rounded for reading. Dates are in UTC. Formats, of the grid's column or the table's,
 * win.
 */
export function cellText(gridColumn: GridColumnHandle, row: number): string {
  const column = gridColumn.column;
  if (column == null || row < 0 || row >= column.length || column.isNone(row))
    return '';
  if (gridColumn.hasFormat)
    return formatted(column, row, gridColumn.format!);
  if (column.isVirtual || column.getTag(DG.TAGS.FORMAT) != null && !isDate(column))
    return column.getString(row);
  // Two decimals, by the core, keep the points of a column under each other; they would hide a small number.
  const x = isDate(column) || column.type === DG.COLUMN_TYPE.FLOAT ? numberAt(column, row) : 0;
  return isDate(column) || x !== 0 && Math.abs(x) < 0.01 ? formatValue(x, column) : column.getString(row);
}

function formatted(column: DG.Column, row: number, format: string): string {
  if (isDate(column))
    return formatDate(numberAt(column, row), format);
  return column.isNumerical ? formatNumber(Number(column.get(row)), format) : column.getString(row);
}

/** The number in a cell that has one; a date in milliseconds since 1970 in UTC. */
function numberAt(column: DG.Column, row: number): number {
  const raw = (column.getRawData() as ArrayLike<number>)[row];
  return isDate(column) ? raw / 1000 : raw;
}
