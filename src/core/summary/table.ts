/** An answer of the server as raw arrays: what the summaries read, whoever holds it. */
export interface RawTable {
  readonly rows: number;
  /** A text column: for each row the place of its text in `names`, where the empty text stands for null. */
  texts(name: string): {readonly codes: ArrayLike<number>; readonly names: readonly string[]};
  /** A column of whole numbers without nulls. */
  numbers(name: string): ArrayLike<number>;
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

/**
 * Makes a text column of what rows have. The names are in order; null is the empty text, which comes last.
 * @param texts by place, null for none; @param placeOf the place of a row's text.
 */
export function textColumn(name: string, rows: number, texts: readonly (string | null)[],
  placeOf: (row: number) => number): MadeColumn {
  const places = filled(new Int32Array(rows), placeOf);
  const used = new Uint8Array(texts.length);
  for (const place of places)
    used[place] = 1;
  const found = new Set(texts.filter((_, place) => used[place] === 1).map((text) => text ?? ''));
  const names = [...found].filter((text) => text !== '').sort();
  if (found.has(''))
    names.push('');
  const order = new Map(names.map((text, code) => [text, code]));
  const codes = filled(new Int32Array(texts.length), (place) => order.get(texts[place] ?? '') ?? -1);
  return {name, type: 'text', codes: filled(new Int32Array(rows), (row) => codes[places[row]]), names};
}

/** The array with a value for each place. Many times as fast as `from` with a function. */
function filled<T extends Int32Array | Float64Array>(array: T, valueOf: (place: number) => number): T {
  for (let place = 0; place < array.length; place++)
    array[place] = valueOf(place);
  return array;
}

/** The order of texts, by place: the same number for the same text; null comes last. */
export function ranksOf(texts: readonly (string | null)[]): Int32Array {
  const order = new Map([...new Set(texts)].sort((a, b) => compare(a ?? undefined, b ?? undefined))
    .map((text, rank) => [text, rank]));
  return Int32Array.from(texts, (text) => order.get(text)!);
}

/** Numbers of rows in the order of their keys, whole numbers from 0; rows with the same key keep their order. */
export function orderBy(rows: number, keyOf: (row: number) => number): Int32Array {
  const keys = filled(new Float64Array(rows), keyOf);
  if (keys.some((key) => key >= Number.MAX_SAFE_INTEGER / rows - 1))
    return filled(new Int32Array(rows), (row) => row).sort((a, b) => keys[a] - keys[b] || a - b);
  // Numbers alone are sorted several times as fast as by a function that compares.
  const sorted = keys.map((key, row) => key * rows + row).sort();
  return filled(new Int32Array(rows), (place) => sorted[place] % rows);
}

export function intColumn(name: string, rows: number, valueOf: (row: number) => number): MadeColumn {
  return {name, type: 'int', values: filled(new Int32Array(rows), valueOf)};
}

/** @param valueOf epoch milliseconds; NaN for none. */
export function instantColumn(name: string, rows: number, valueOf: (row: number) => number): MadeColumn {
  return {name, type: 'instant', values: filled(new Float64Array(rows), valueOf)};
}

/** Texts in order, what is not there last. */
export function compare(a: string | undefined, b: string | undefined): number {
  return a === b ? 0 : a === undefined ? 1 : b === undefined ? -1 : a < b ? -1 : 1;
}
