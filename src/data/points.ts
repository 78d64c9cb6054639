import type * as DG from 'datagrok-api/dg';
import type {Range} from '../core/range';
import {cellText} from '../core/request';
import {cutNote} from './answer';

/** What a point may be about, beside its bucket: columns that a frame of points has or has not. */
export interface Share {
  readonly id: string;
  readonly label: string;
  /** Sum of the frame's main number over the points. */
  readonly count: number;
}

/** What some points amount to. Distinct counts are made over exactly these rows. */
export interface Summary {
  readonly points: number;
  /** From the first bucket to the end of the last one. */
  readonly range: Range;
  readonly users: Share[];
  readonly packages: Share[];
  readonly functions: Share[];
  readonly sources: Share[];
  /** Users inside folded points, who have no names here. */
  readonly foldedUsers: number;
  /** Errors of points without a person: a filter by users would leave them out. */
  readonly errorsOfNobody: number;
  /** Sums of the number columns that the frame has: events, runs, errors. */
  readonly sums: Readonly<Record<string, number>>;
}

/** Reads a column by its raw data; a column that the frame lacks reads as null everywhere. */
function texts(frame: DG.DataFrame, name: string): (row: number) => string | null {
  const column = frame.col(name);
  if (column == null)
    return () => null;
  const {categories} = column;
  const raw = column.getRawData();
  return (row) => categories[raw[row]] || null;
}

function numbers(frame: DG.DataFrame, name: string): (row: number) => number {
  const raw = frame.col(name)?.getRawData();
  return (row) => raw == null ? 0 : raw[row];
}

/** Instants of a datetime column, epoch milliseconds; NaN where the frame has no such column. */
function instants(frame: DG.DataFrame, name: string): (row: number) => number {
  const raw = frame.col(name)?.getRawData();
  return (row) => raw == null ? NaN : raw[row] / 1000;
}

const measures = ['events', 'runs', 'errors'] as const;

/** Sums the points; lists are ordered by their share, the largest first. */
export function summarizePoints(frame: DG.DataFrame, rows: ArrayLike<number>): Summary {
  const kept = measures.filter((name) => frame.col(name) != null);
  const read = kept.map((name) => numbers(frame, name));
  const lists = {users: ['user_id', 'user'], packages: ['package_name', 'package'],
    functions: ['function_id', 'function'], sources: ['source', 'source']} as const;
  const readers = Object.entries(lists).map(([kind, [id, label]]) => ({kind, id: texts(frame, id),
    label: texts(frame, label), shares: new Map<string, {label: string, count: number}>()}));
  const [from, to] = [instants(frame, 'bucket'), instants(frame, 'bucket_end')];
  const folded = numbers(frame, 'folded');
  const [userOf, errorsOf] = [texts(frame, 'user_id'), numbers(frame, 'errors')];
  const sums = kept.map(() => 0);
  let [first, last, foldedUsers, errorsOfNobody] = [Infinity, -Infinity, 0, 0];
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i];
    first = Math.min(first, from(row));
    last = Math.max(last, to(row));
    foldedUsers = Math.max(foldedUsers, folded(row));
    if (folded(row) === 0 && userOf(row) == null)
      errorsOfNobody += errorsOf(row);
    read.forEach((value, k) => sums[k] += value(row));
    for (const {kind, id, label, shares} of readers) {
      const key = id(row);
      const count = read[0]?.(row) ?? 0;
      // A row may be there for its errors alone; nobody was active in it.
      if (key == null || (kind === 'users' && count === 0))
        continue;
      const share = shares.get(key) ?? {label: label(row) ?? key, count: 0};
      share.count += count;
      shares.set(key, share);
    }
  }
  const listed = Object.fromEntries(readers.map(({kind, shares}) => [kind, [...shares].map(([id, share]) =>
    ({id, ...share})).sort((a, b) => b.count - a.count || (a.label < b.label ? -1 : 1))]));
  return {points: rows.length, range: {from: first, to: last}, foldedUsers, errorsOfNobody,
    sums: Object.fromEntries(kept.map((name, k) => [name, sums[k]])), ...listed} as unknown as Summary;
}

/**
 * The points as exact cells, for queries about just these. Where all points of a bucket, source, function and package
 * are chosen, they are one cell of everybody.
 */
export function cellsOf(frame: DG.DataFrame, rows: ArrayLike<number>): string[] {
  const [from, to] = [instants(frame, 'bucket'), instants(frame, 'bucket_end')];
  const folded = numbers(frame, 'folded');
  const hasUsers = frame.col('user_id') != null;
  const [user, source, func, pack] = ['user_id', 'source', 'function_id', 'package_name'].map((n) => texts(frame, n));
  // A folded point stands for everybody who has no point of his own; those are the same people in every cell.
  const named = hasUsers ? [...new Set(Array.from({length: frame.rowCount}, (_, row) => user(row)))]
    .filter((id): id is string => id != null).sort() : [];
  const groupOf = (row: number): string => JSON.stringify([from(row), source(row), func(row), pack(row)]);
  const whole = hasUsers ? wholeGroups(frame, rows, groupOf) : new Set<string>();
  const cells = Array.from(rows, (row) => {
    const everybody = !hasUsers || whole.has(groupOf(row));
    return cellText({from: from(row), to: to(row), user: everybody || folded(row) > 0 ? undefined : user(row),
      notUsers: !everybody && folded(row) > 0 ? named : undefined, source: source(row) ?? undefined,
      function: func(row) ?? undefined, package: func(row) == null ? pack(row) ?? undefined : undefined});
  });
  return [...new Set(cells)];
}

/** Groups of several rows, all of which are among the given ones. A frame that was cut has none that is sure. */
function wholeGroups(frame: DG.DataFrame, rows: ArrayLike<number>, groupOf: (row: number) => string): Set<string> {
  const counts = new Map<string, {all: number, chosen: number}>();
  if (rows.length < 2 || cutNote(frame) !== '')
    return new Set();
  for (let row = 0, rows = frame.rowCount; row < rows; row++) {
    const key = groupOf(row);
    const count = counts.get(key);
    if (count == null)
      counts.set(key, {all: 1, chosen: 0});
    else
      count.all++;
  }
  for (const row of Array.from(rows))
    counts.get(groupOf(row))!.chosen++;
  return new Set([...counts].filter(([, {all, chosen}]) => all > 1 && all === chosen).map(([key]) => key));
}

/** Names of a point that stay the same while the data do: its own, and that of its cell with everybody in it. */
interface PointKeys {
  own(row: number): string;
  everybody(row: number): string;
}

function pointKeys(frame: DG.DataFrame): PointKeys {
  const from = instants(frame, 'bucket');
  const [user, ...parts] = ['user_id', 'source', 'function_id', 'package_name'].map((name) => texts(frame, name));
  const key = (row: number, who: string): string =>
    [new Date(from(row)).toISOString().slice(0, 16), who, ...parts.map((part) => part(row) ?? '')].join('~');
  return {own: (row) => key(row, user(row) ?? ''), everybody: (row) => key(row, '*')};
}

/** What the address keeps of a selection. */
export function selectionKeys(frame: DG.DataFrame, rows: ArrayLike<number>): string[] {
  const {own, everybody} = pointKeys(frame);
  const whole = frame.col('user_id') == null ? new Set() : wholeGroups(frame, rows, everybody);
  return [...new Set(Array.from(rows, (row) => whole.has(everybody(row)) ? everybody(row) : own(row)))];
}

/** Rows that the keys stand for; what is no longer there is left out. */
export function rowsOfKeys(frame: DG.DataFrame, keys: readonly string[]): number[] {
  const {own, everybody} = pointKeys(frame);
  const wanted = new Set(keys);
  return Array.from({length: frame.rowCount}, (_, row) => row)
    .filter((row) => wanted.has(own(row)) || wanted.has(everybody(row)));
}

/** Sum of a column of whole numbers. */
export function sumOf(frame: DG.DataFrame, column: string): number {
  const [raw, rows] = [frame.getCol(column).getRawData(), frame.rowCount];
  let sum = 0;
  for (let row = 0; row < rows; row++)
    sum += raw[row];
  return sum;
}
