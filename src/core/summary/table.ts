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
  {readonly name: string; readonly type: 'instant'; readonly instants: readonly number[]; readonly places: Int32Array};

/** A table that is made here, with the columns of the query that it stands for. */
export interface MadeTable {
  readonly rows: number;
  readonly columns: readonly MadeColumn[];
}

/** Texts of columns by their names, each by place; null for none. */
export type Texts = Readonly<Record<string, readonly (string | null)[]>>;

/**
 * Makes text columns of what rows have. The names are in order; null is the empty text, which comes last.
 * @param places the place of each row's texts.
 */
export function textColumns(texts: Texts, places: Int32Array): MadeColumn[] {
  const used = new Uint8Array(Math.max(0, ...Object.values(texts).map((column) => column.length)));
  for (let row = 0; row < places.length; row++)
    used[places[row]] = 1;
  return Object.entries(texts).map(([name, column]) => {
    const found = new Set(column.filter((_, place) => used[place] === 1).map((text) => text ?? ''));
    const names = [...found].filter((text) => text !== '').sort();
    if (found.has(''))
      names.push('');
    const order = new Map(names.map((text, code) => [text, code]));
    return {name, type: 'text', names,
      codes: gather(Int32Array.from(column, (text) => order.get(text ?? '') ?? -1), places)};
  });
}

/** The values at places, one for each. Loops over raw arrays alone take a fraction of what callbacks take. */
export function gather(values: Int32Array, places: Int32Array): Int32Array {
  const found = new Int32Array(places.length);
  for (let i = 0; i < places.length; i++)
    found[i] = values[places[i]];
  return found;
}

/** The order of texts, by place: the same number for the same text; null comes last. */
export function ranksOf(texts: readonly (string | null)[]): Int32Array {
  const order = new Map([...new Set(texts)].sort((a, b) => compare(a ?? undefined, b ?? undefined))
    .map((text, rank) => [text, rank]));
  return Int32Array.from(texts, (text) => order.get(text)!);
}

/** Digits by which keys are sorted: so many bits each. */
const DIGIT_BITS = 11;

/**
 * Numbers of rows in the order of their keys, whole numbers from 0 to 2^53; rows with the same key keep their order.
 * A radix sort from the last digit on: a few passes over raw arrays, where a function that compares takes ten times as
 * long.
 */
export function orderBy(keys: Float64Array): Int32Array {
  const rows = keys.length;
  const bits = new Uint32Array(rows);
  let [order, other] = [new Int32Array(rows).map((_, row) => row), new Int32Array(rows)];
  const greatest = keys.reduce((most, key) => Math.max(most, key), 0);
  // Operators on bits see the lower 32 bits of a number; what lies above is sorted by afterwards.
  for (let unit = 1; unit <= greatest; unit *= 2 ** 32) {
    for (let row = 0; row < rows; row++)
      bits[row] = unit === 1 ? keys[row] : Math.floor(keys[row] / unit);
    const most = Math.min(Math.floor(greatest / unit), 2 ** 32 - 1);
    for (let shift = 0; shift < 32 && most >= 2 ** shift; shift += DIGIT_BITS) {
      placeByDigit(bits, shift, order, other);
      [order, other] = [other, order];
    }
  }
  return order;
}

/** Puts the rows of an order into the order of one digit of theirs. */
function placeByDigit(bits: Uint32Array, shift: number, order: Int32Array, sorted: Int32Array): void {
  const mask = (1 << DIGIT_BITS) - 1;
  const places = new Int32Array(mask + 2);
  for (let row = 0; row < bits.length; row++)
    places[(bits[row] >>> shift & mask) + 1]++;
  for (let digit = 0; digit < mask; digit++)
    places[digit + 1] += places[digit];
  for (let place = 0; place < order.length; place++) {
    const row = order[place];
    sorted[places[bits[row] >>> shift & mask]++] = row;
  }
}

export function intColumn(name: string, values: Int32Array): MadeColumn {
  return {name, type: 'int', values};
}

/** @param instants epoch milliseconds, by place; @param places the place of each row's instant. */
export function instantColumn(name: string, instants: readonly number[], places: Int32Array): MadeColumn {
  return {name, type: 'instant', instants, places};
}

/** Texts in order, what is not there last. */
export function compare(a: string | undefined, b: string | undefined): number {
  return a === b ? 0 : a === undefined ? 1 : b === undefined ? -1 : a < b ? -1 : 1;
}
