import {bucketsOf} from '../buckets';
import type {Unit} from '../calendar';
import type {Range} from '../range';
import type {RawTable} from './table';

/** Gives texts small numbers, the same for all slices. */
export class Ids {
  readonly names: string[] = [];
  private readonly places = new Map<string, number>();

  /** Number of a text, a new one when it is seen first. */
  add(text: string): number {
    let place = this.places.get(text);
    if (place === undefined) {
      place = this.names.length;
      this.places.set(text, place);
      this.names.push(text);
    }
    return place;
  }
}

/** What decides how events of a type count. */
export interface Kind {
  readonly source: string;
  /** Id of the type, of errors alone; else empty. */
  readonly error: string;
  /** Of a package test. */
  readonly isTest: boolean;
}

/** The ids that occur in slices, by number. */
export class Dictionary {
  readonly sessions = new Ids();
  readonly users = new Ids();
  readonly packages = new Ids();
  readonly functions = new Ids();
  readonly kinds: Kind[] = [];
  private readonly kindIds = new Ids();

  kind(error: string, source: string, isTest: boolean): number {
    const place = this.kindIds.add(`${isTest ? 'test' : ''} ${error} ${source}`);
    if (place === this.kinds.length)
      this.kinds.push({source, error, isTest});
    return place;
  }
}

/** How a chunk is cut in buckets. */
export interface Cut extends Range {
  readonly unit: Unit;
  readonly zone: string;
}

/**
 * The answer for one chunk: for each row how many events there are in one bucket, by one user, of one package, function
 * and kind, each by its number in the dictionary; -1 for none.
 */
export interface Slice {
  readonly rows: number;
  /** Starts of the buckets, epoch milliseconds. */
  readonly starts: readonly number[];
  /** Place of the row's bucket in `starts`. */
  readonly bucket: Int32Array;
  readonly user: Int32Array;
  readonly package: Int32Array;
  readonly function: Int32Array;
  readonly kind: Int32Array;
  readonly events: Int32Array;
  /** How many of the events are runs of functions. */
  readonly runs: Int32Array;
  readonly visits: Visits;
}

/** Sessions of a chunk, with the packages of their events as bits; a session may have several rows. */
export interface Visits {
  readonly rows: number;
  readonly session: Int32Array;
  readonly user: Int32Array;
  /** Which 30 packages the bits of the row are for. */
  readonly word: Int32Array;
  readonly bits: Int32Array;
  /** The same of package tests. */
  readonly testBits: Int32Array;
  /** Number of the package that a bit stands for, at `30 * word + bit`; -1 for none, which is the first. */
  readonly packages: Int32Array;
}

/** Packages in a row of visits. */
export const WORD = 30;

/** Reads an answer of `UsageSummary` for a chunk. */
export function readSlice(table: RawTable, cut: Cut, dictionary: Dictionary): Slice {
  const {codes, names} = table.texts('part');
  const part = (name: string): number[] => rowsWhere(table.rows, codes, names.indexOf(name));
  const legend = readLegend(table, part, dictionary);
  const {users, packages, functions, kinds} = legend;
  const rows = Int32Array.from(part('count'));
  const column = (name: string, numbers?: Int32Array): Int32Array => {
    const all = table.numbers(name);
    return numbers === undefined ? rows.map((row) => all[row]) : rows.map((row) => numbers[all[row]]);
  };
  return {rows: rows.length, starts: bucketsOf(cut, cut.unit, cut.zone, 0).map(({start}) => start),
    bucket: column('bucket').map((place) => place - 1), user: column('person', users),
    package: column('package', packages), function: column('func', functions), kind: column('kind', kinds),
    events: column('events'), runs: column('runs'), visits: readVisits(table, part('session'), legend, dictionary)};
}

function rowsWhere(count: number, codes: ArrayLike<number>, code: number): number[] {
  const rows: number[] = [];
  for (let row = 0; row < count; row++)
    if (codes[row] === code)
      rows.push(row);
  return rows;
}

/** What the numbers of an answer are in the dictionary; 0 is none. */
interface Legend {
  readonly users: Int32Array;
  readonly packages: Int32Array;
  readonly functions: Int32Array;
  readonly kinds: Int32Array;
}

function readLegend(table: RawTable, part: (name: string) => number[], dictionary: Dictionary): Legend {
  const {codes, names} = table.texts('id');
  const events = table.numbers('events');
  const read = (name: string, column: string, add: (id: string, row: number) => number): Int32Array => {
    const places = table.numbers(column);
    const rows = part(name);
    const numbers = new Int32Array(1 + rows.reduce((most, row) => Math.max(most, places[row]), 0)).fill(-1);
    for (const row of rows)
      numbers[places[row]] = add(names[codes[row]], row);
    return numbers;
  };
  const kinds = read('kind', 'kind', (id, row) => {
    const [error, ...source] = id.split(' ');
    return dictionary.kind(error, source.join(' '), events[row] === 1);
  });
  // What has no known type.
  kinds[0] = dictionary.kind('', 'unknown', false);
  return {users: read('user', 'person', (id) => dictionary.users.add(id)), kinds,
    packages: read('package', 'package', (id) => dictionary.packages.add(id)),
    functions: read('function', 'func', (id) => dictionary.functions.add(id))};
}

function readVisits(table: RawTable, list: number[], {users, packages}: Legend, dictionary: Dictionary): Visits {
  const rows = Int32Array.from(list);
  const {codes, names} = table.texts('id');
  const [person, word, bits, testBits] = ['person', 'package', 'events', 'runs'].map((name) => table.numbers(name));
  return {rows: rows.length, session: rows.map((row) => dictionary.sessions.add(names[codes[row]])),
    user: rows.map((row) => users[person[row]]), word: rows.map((row) => word[row]), bits: rows.map((row) => bits[row]),
    testBits: rows.map((row) => testBits[row]), packages};
}
