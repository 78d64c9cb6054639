import * as DG from 'datagrok-api/dg';
import {categoriesOf, isText, numbersOf} from '../viewers/column-values.ts';

export interface SortKey {column: DG.Column; ascending: boolean}

/**
 * Numbers of the rows of a table, sorted by one or more columns. Text goes in the core's order of categories (a
 * custom order counts), numbers and dates by value. Missing values come last in both directions, and rows that are
 * equal keep the order of the table; what the platform does in these two cases is not known.
 */
export function sortRows(rows: number, keys: SortKey[]): Int32Array {
  const order = Int32Array.from({length: rows}, (_, i) => i);
  if (keys.length === 0)
    return order;
  const compare = keys.map(({column, ascending}) => comparer(rankOf(column), ascending ? 1 : -1));
  if (compare.length === 1)
    return order.sort((a, b) => compare[0](a, b) || a - b);
  return order.sort((a, b) => {
    for (const f of compare) {
      const x = f(a, b);
      if (x !== 0)
        return x;
    }
    return a - b;
  });
}

function comparer(rank: Float64Array, sign: number): (a: number, b: number) => number {
  return (a, b) => {
    const x = rank[a];
    const y = rank[b];
    if (x === y)
      return 0;
    if (x !== x)
      return y !== y ? 0 : 1;
    return y !== y ? -1 : x < y ? -sign : sign;
  };
}

/** A number per row that sorts as the value does; NaN for a missing one. */
function rankOf(column: DG.Column): Float64Array {
  if (column.isVirtual || !isText(column) && numbersOf(column).every(Number.isNaN))
    return rankOfObjects(column);
  if (!isText(column))
    return numbersOf(column);
  const {codes, missing} = categoriesOf(column);
  return Float64Array.from(codes, (code) => code === missing ? NaN : code);
}

/** For columns without raw data on the JavaScript side. */
function rankOfObjects(column: DG.Column): Float64Array {
  const values = Array.from({length: column.length}, (_, i) => column.isNone(i) ? null : column.get(i));
  const sorted = [...new Set(values)].filter((x) => x != null).sort((a, b) => a < b ? -1 : a > b ? 1 : 0);
  const ranks = new Map(sorted.map((x, i) => [x, i]));
  return Float64Array.from(values, (x) => x == null ? NaN : ranks.get(x)!);
}
