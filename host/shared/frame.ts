import {bigIntMaker} from './core-bigint.ts';
import type {BigIntColumn, BoolColumn, StringColumn, Table, TableColumn} from './table.ts';

/** A column of the platform, as far as building one needs it. */
export interface FrameColumn {
  /** Handle of the compiled core. */
  dart: any;
  isNone(row: number): boolean;
  setRawData(data: ArrayLike<number>, notify?: boolean): void;
  setTag(key: string, value: string): unknown;
  clone(): FrameColumn;
}

/** What is taken from the platform's `DG`. `D` is its data frame. */
export interface FrameApi<D extends {setTag(key: string, value: string): unknown}> {
  Column: {
    fromInt32Array(name: string, data: Int32Array): FrameColumn;
    fromFloat64Array(name: string, data: Float64Array): FrameColumn;
    fromIndexes(name: string, categories: string[], data: Int32Array): FrameColumn;
    fromList(type: 'bigint', name: string, values: any[]): FrameColumn;
    fromBitSet(name: string, bits: any): FrameColumn;
    dateTime(name: string, length: number): FrameColumn;
    bool(name: string, length: number): FrameColumn;
  };
  BitSet: {fromBytes(buffer: ArrayBuffer, length: number): any};
  DataFrame: {fromColumns(columns: any[]): D};
  /** Makes a big integer of the core. */
  toDart(value: bigint): any;
}

/**
 * Makes a data frame of the platform from a table. Arrays of numbers and of category indices become the columns'
 * storage without being copied, so the table must not be used afterwards. Tags of table and columns are set.
 *
 * In the platform the empty string and null are the same, and the names of a frame's columns differ without regard
 * to case: a repeated name gets a number behind it.
 */
export function tableToFrame<D extends {setTag(key: string, value: string): unknown}>(
  DG: FrameApi<D>, table: Table): D {
  const names = uniqueNames(table.columns.map((column) => column.name));
  const columns = table.columns.map((column, i) => {
    const result = frameColumn(DG, names[i], column);
    for (const [key, value] of Object.entries(column.tags ?? {}))
      result.setTag(key, value);
    return result;
  });
  const frame = DG.DataFrame.fromColumns(columns);
  for (const [key, value] of Object.entries(table.tags ?? {}))
    frame.setTag(key, value);
  return frame;
}

function frameColumn(DG: FrameApi<any>, name: string, column: TableColumn): FrameColumn {
  switch (column.type) {
  case 'int':
    return DG.Column.fromInt32Array(name, column.data);
  case 'double':
    return DG.Column.fromFloat64Array(name, column.data);
  case 'datetime': {
    const result = DG.Column.dateTime(name, column.data.length);
    result.setRawData(column.data, false);
    return result;
  }
  case 'bool':
    return boolColumn(DG, name, column);
  case 'bigint':
    return DG.Column.fromList('bigint', name, coreBigInts(DG, column));
  case 'string':
    return stringColumn(DG, name, column);
  }
}

function boolColumn(DG: FrameApi<any>, name: string, {data}: BoolColumn): FrameColumn {
  if (data.length === 0)
    return DG.Column.bool(name, 0);
  const bits = new Uint8Array(Math.ceil(data.length / 32) * 4);
  for (let row = 0; row < data.length; row++) {
    if (data[row] !== 0)
      bits[row >> 3] |= 1 << (row & 7);
  }
  return DG.Column.fromBitSet(name, DG.BitSet.fromBytes(bits.buffer, data.length));
}

/** Counts repeat: equal big integers are made once. */
function coreBigInts(DG: FrameApi<any>, {data, nulls}: BigIntColumn): any[] {
  const made = new Map<bigint, any>();
  const make = bigIntMaker(DG.toDart);
  const result = new Array(data.length);
  for (let row = 0; row < data.length; row++) {
    const value = data[row];
    let big = made.get(value);
    if (big === undefined)
      made.set(value, big = make(value));
    result[row] = big;
  }
  for (const row of nulls)
    result[row] = null;
  return result;
}

/**
 * Nulls become the empty category, last in the list. A column made from indices does not know its empty category
 * (`isNone` would be false for every row) and finds it only when cloned, which takes a microsecond per row; setting
 * the core's own field is immediate. Where the field has another name in another build, the clone remains.
 */
function stringColumn(DG: FrameApi<any>, name: string, column: StringColumn): FrameColumn {
  const {data} = column;
  let categories = column.categories;
  let empty = categories.at(-1) === '' ? categories.length - 1 : -1;
  let emptyRow = -1;
  for (let row = 0; row < data.length; row++) {
    if (data[row] >= 0 && data[row] !== empty)
      continue;
    if (empty < 0) {
      empty = categories.length;
      categories = [...categories, ''];
    }
    data[row] = empty;
    emptyRow = row;
  }
  const result = DG.Column.fromIndexes(name, categories, data);
  if (emptyRow < 0)
    return result;
  result.dart._emptyCatIdx = empty;
  return result.isNone(emptyRow) ? result : result.clone();
}

/** Names that differ without regard to case: `a`, `A`, `a` become `a`, `A (2)`, `a (3)`. */
export function uniqueNames(names: string[]): string[] {
  const taken = new Set<string>();
  return names.map((name) => {
    let unique = name;
    for (let n = 2; taken.has(unique.toLowerCase()); n++)
      unique = `${name} (${n})`;
    taken.add(unique.toLowerCase());
    return unique;
  });
}
