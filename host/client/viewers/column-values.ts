import * as DG from 'datagrok-api/dg';
import {formatValue} from './value-format.ts';

/** A column as groups of equal values. */
export interface Categories {
  /** Index into `names` for each row. */
  codes: Int32Array;
  /** What the categories are called; a missing value is the empty string. */
  names: string[];
  /** Value of each category: a number (dates: milliseconds in UTC), or its name. Missing: NaN or ''. */
  values: (number | string)[];
  /** Index of the category of missing values, -1 when there is none. */
  missing: number;
}

const floatNone = 2.6789344063684636e-34;
const floatNone32 = Math.fround(floatNone);
const intNone = -2147483648;

interface Cached {version: number; rows: number; format: string | null; numbers?: Float64Array; categories?: Categories}
const cache = new WeakMap<object, Cached>();

function cached(column: DG.Column): Cached {
  const format = column.getTag(DG.TAGS.FORMAT) ?? null;
  let entry = cache.get(column.dart);
  if (entry == null || entry.version !== column.version || entry.rows !== column.length || entry.format !== format)
    cache.set(column.dart, entry = {version: column.version, rows: column.length, format});
  return entry;
}

export const isDate = (column: DG.Column): boolean => column.type === DG.COLUMN_TYPE.DATE_TIME;
export const isText = (column: DG.Column): boolean => column.type === DG.COLUMN_TYPE.STRING;
/** Has an order and distances: a number or a date. */
export const isContinuous = (column: DG.Column): boolean => isDate(column) ||
  [DG.COLUMN_TYPE.INT, DG.COLUMN_TYPE.FLOAT, DG.COLUMN_TYPE.BIG_INT, DG.COLUMN_TYPE.QNUM].includes(column.type as any);

/**
 * Numbers of a column, one per row, NaN for a missing value. Dates in milliseconds since 1970 in UTC (with fractions:
 * the core keeps microseconds), booleans as 0 and 1, text as NaN throughout. Do not write into the result.
 */
export function numbersOf(column: DG.Column): Float64Array {
  const entry = cached(column);
  return entry.numbers ??= readNumbers(column);
}

function readNumbers(column: DG.Column): Float64Array {
  const n = column.length;
  const numbers = new Float64Array(n).fill(NaN);
  if (isText(column) || !isContinuous(column) && column.type !== DG.COLUMN_TYPE.BOOL)
    return numbers;
  if (column.type === DG.COLUMN_TYPE.BIG_INT || column.type === DG.COLUMN_TYPE.QNUM) {
    // These have no plain raw array on the JavaScript side.
    for (let i = 0; i < n; i++)
      if (!column.isNone(i))
        numbers[i] = Number(column.get(i));
    return numbers;
  }
  const raw = column.getRawData() as ArrayLike<number>;
  if (column.type === DG.COLUMN_TYPE.BOOL)
    for (let i = 0; i < n; i++)
      numbers[i] = raw[i >> 5] >>> (i & 31) & 1;
  else {
    const scale = isDate(column) ? 1000 : 1;
    for (let i = 0; i < n; i++) {
      const x = raw[i];
      if (x !== intNone && x !== floatNone && x !== floatNone32)
        numbers[i] = x / scale;
    }
  }
  return numbers;
}

/** Categories of any column. Text keeps the core's order of categories; numbers and dates ascend. */
export function categoriesOf(column: DG.Column): Categories {
  const entry = cached(column);
  return entry.categories ??= isText(column) ? textCategories(column) : numberCategories(column);
}

function textCategories(column: DG.Column): Categories {
  const names = [...column.categories];
  const raw = column.getRawData() as Int32Array;
  return {codes: raw.subarray(0, column.length), names, values: names, missing: names.indexOf('')};
}

function numberCategories(column: DG.Column): Categories {
  const bool = column.type === DG.COLUMN_TYPE.BOOL;
  return categorize(numbersOf(column), (x) => bool ? x === 1 ? 'true' : 'false' : formatValue(x, column));
}

/** Distinct numbers in ascending order, with a category for NaN at the end when there are any. */
export function categorize(numbers: Float64Array, name: (x: number) => string): Categories {
  const values: number[] = [...new Set(numbers)].filter((x) => !Number.isNaN(x)).sort((a, b) => a - b);
  const index = new Map(values.map((x, i) => [x, i]));
  const gap = numbers.some(Number.isNaN);
  const missing = gap ? values.length : -1;
  const codes = Int32Array.from(numbers, (x) => index.get(x) ?? missing);
  return {codes, names: [...values.map(name), ...(gap ? [''] : [])], values: [...values, ...(gap ? [NaN] : [])], missing};
}
