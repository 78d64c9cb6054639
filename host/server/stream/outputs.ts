import {plainValues, type Table, type TableColumn} from '../../shared/table.ts';
import type {QueryResult} from '../query/run.ts';
import type {Callable} from './find-query.ts';

/** Tag with the number of rows that are left of a table whose rows were cut off. */
export const ROW_LIMIT_TAG = '.host-row-limit';

/** Outputs of a query: a table to be sent, and scalars for the final message. */
export interface Outputs {
  table?: {param: string; table: Table};
  scalars: Record<string, unknown>;
}

/**
 * Distributes a result to the declared outputs: a data frame gets all of it; scalars get their value from the first
 * row, each from the column of its name, a single scalar from the first column.
 */
export function outputsOf({params}: Callable, result: QueryResult): Outputs {
  const declared = params.filter((param) => !param.isInput);
  const scalars = declared.filter((param) => param.type !== 'dataframe');
  const outputs: Outputs = {scalars: {}};
  for (const {name} of scalars) {
    const column = result.columns.find((one) => one.name.toLowerCase() === name.toLowerCase()) ??
      (scalars.length === 1 ? result.columns[0] : undefined);
    outputs.scalars[name] = column && result.rowCount > 0 ? firstValue(column) : null;
  }
  const frame = declared.find((param) => param.type === 'dataframe');
  if (frame)
    outputs.table = {param: frame.name, table: {rowCount: result.rowCount, columns: result.columns}};
  return outputs;
}

/** First value in the form of JSON: dates as ISO texts, integers beyond 2^53 as texts. */
function firstValue(column: TableColumn): unknown {
  const value = plainValues(firstRow(column))[0];
  if (typeof value === 'bigint')
    return Number.isSafeInteger(Number(value)) ? Number(value) : String(value);
  if (column.type === 'datetime' && value !== null)
    return new Date(Number(value) / 1000).toISOString();
  return typeof value === 'number' && !Number.isFinite(value) ? null : value;
}

function firstRow(column: TableColumn): TableColumn {
  const data = column.data.slice(0, 1);
  const nulls = column.type === 'bigint' ? {nulls: column.nulls.filter((row) => row === 0)} : {};
  return {...column, ...nulls, data} as TableColumn;
}
