/**
 * A table as typed arrays: what the query runner makes, what travels, and what becomes a data frame.
 *
 * Nulls: `int` and `double` and `datetime` hold the platform's own null values, so that their arrays can become
 * the storage of a data frame's columns as they are; `string` holds index -1; `bigint` has a list of null rows.
 * `bool` has no null, as in the platform: null is false.
 */

/** Tag of a table whose rows were cut off. */
export const TRUNCATED_TAG = '.host-truncated';

/** Null of an `int` column, as in the platform's core. */
export const INT_NULL = -2147483648;

/** Null of a `double` or `datetime` column, as in the platform's core. NaN and infinities are values. */
export const DOUBLE_NULL = 2.6789344063684636e-34;

interface Named {
  name: string;
  /** Tags of the column, all strings. */
  tags?: Record<string, string>;
}

export type IntColumn = Named & {type: 'int'; data: Int32Array};
export type BigIntColumn = Named & {
  type: 'bigint'; data: BigInt64Array;
  /** Rows that are null, ascending; their data is 0. */
  nulls: Int32Array;
};
export type DoubleColumn = Named & {type: 'double'; data: Float64Array};
/** One byte per row, 0 or 1. */
export type BoolColumn = Named & {type: 'bool'; data: Uint8Array};
/** Microseconds since 1970-01-01 UTC. */
export type DateTimeColumn = Named & {type: 'datetime'; data: Float64Array};
export type StringColumn = Named & {
  type: 'string';
  /** Row -> index of its category, -1 for null. */
  data: Int32Array;
  /** Without duplicates, ascending by code unit, the empty string last: the platform's own order. */
  categories: string[];
};

export type TableColumn = IntColumn | BigIntColumn | DoubleColumn | BoolColumn | DateTimeColumn | StringColumn;
export type ColumnType = TableColumn['type'];

export interface Table {
  rowCount: number;
  columns: TableColumn[];
  /** Tags of the table, all strings. */
  tags?: Record<string, string>;
}

/** Values of one column as plain JavaScript: numbers, bigints, booleans, strings; microseconds for datetime; null. */
export function plainValues(column: TableColumn): unknown[] {
  switch (column.type) {
  case 'int':
    return Array.from(column.data, (v) => v === INT_NULL ? null : v);
  case 'double': case 'datetime':
    return Array.from(column.data, (v) => v === DOUBLE_NULL ? null : v);
  case 'bool':
    return Array.from(column.data, (v) => v !== 0);
  case 'string':
    return Array.from(column.data, (v) => v < 0 ? null : column.categories[v]);
  case 'bigint': {
    const values: (bigint | null)[] = Array.from(column.data);
    for (const row of column.nulls)
      values[row] = null;
    return values;
  }
  }
}
