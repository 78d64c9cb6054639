/** An answer of the server as raw arrays: what the summaries read, whoever holds it. */
export interface RawTable {
  readonly rows: number;
  /** A text column: for each row the place of its text in `names`, where the empty text stands for null. */
  texts(name: string): {readonly codes: ArrayLike<number>; readonly names: readonly string[]};
  /** A column of whole numbers without nulls. */
  numbers(name: string): ArrayLike<number>;
  /** A column of instants, epoch milliseconds; NaN for null. */
  instants(name: string): ArrayLike<number>;
}

/** A column of a table that is made here. */
export type MadeColumn =
  {readonly name: string; readonly type: 'text'; readonly codes: Int32Array; readonly names: readonly string[]} |
  {readonly name: string; readonly type: 'int'; readonly values: Int32Array} |
  {readonly name: string; readonly type: 'instant'; readonly values: Float64Array};

/** A table that is made here, with the columns of the query that it stands for. */
export interface MadeTable {
  readonly rows: number;
  readonly columns: readonly MadeColumn[];
}

/** Makes a text column of what rows have. The names are in order; null is the empty text, which comes last. */
export function textColumn(name: string, rows: number, textOf: (row: number) => string | null): MadeColumn {
  const places = new Map<string, number>();
  const codes = new Int32Array(rows);
  for (let row = 0; row < rows; row++) {
    const text = textOf(row) ?? '';
    let place = places.get(text);
    if (place === undefined)
      places.set(text, place = places.size);
    codes[row] = place;
  }
  const found = [...places.keys()];
  const names = found.filter((text) => text !== '').sort();
  if (places.has(''))
    names.push('');
  const moved = new Map(names.map((text, place) => [text, place]));
  const order = Int32Array.from(found, (text) => moved.get(text)!);
  for (let row = 0; row < rows; row++)
    codes[row] = order[codes[row]];
  return {name, type: 'text', codes, names};
}

export function intColumn(name: string, rows: number, valueOf: (row: number) => number): MadeColumn {
  return {name, type: 'int', values: Int32Array.from({length: rows}, (_, row) => valueOf(row))};
}

/** @param valueOf epoch milliseconds; NaN for none. */
export function instantColumn(name: string, rows: number, valueOf: (row: number) => number): MadeColumn {
  return {name, type: 'instant', values: Float64Array.from({length: rows}, (_, row) => valueOf(row))};
}

/** Texts in order, what is not there last. */
export function compare(a: string | undefined, b: string | undefined): number {
  return a === b ? 0 : a === undefined ? 1 : b === undefined ? -1 : a < b ? -1 : 1;
}
