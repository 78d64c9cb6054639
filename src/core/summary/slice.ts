import {bucketsOf} from '../buckets';
import type {Unit} from '../calendar';
import type {Range} from '../range';
import {bytesOf, readVisits, StepReader, WordPairs} from './packed';
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
  /** Runs of functions. */
  readonly isRun: boolean;
}

/** The ids that occur in slices, by number. */
export class Dictionary {
  readonly sessions = new WordPairs();
  readonly users = new Ids();
  readonly packages = new Ids();
  readonly functions = new Ids();
  readonly kinds: Kind[] = [];
  private readonly kindIds = new Ids();

  kind(kind: Kind): number {
    const place = this.kindIds.add(`${kind.error} ${kind.isTest} ${kind.isRun} ${kind.source}`);
    if (place === this.kinds.length)
      this.kinds.push(kind);
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
 * and kind, each by its number in the dictionary; -1 for none. The rows of a bucket stand together, and in it those of
 * a user, so that these two are said once for all of them.
 */
export interface Slice {
  readonly rows: number;
  /** Starts of the buckets, epoch milliseconds. */
  readonly starts: readonly number[];
  readonly runs: Runs;
  readonly package: Int32Array;
  readonly function: Int32Array;
  readonly kind: Int32Array;
  readonly events: Int32Array;
  readonly visits: Visits;
}

/** Rows of one bucket and one user, in their order. */
export interface Runs {
  /** Place of the bucket in `starts`. */
  readonly bucket: readonly number[];
  readonly user: readonly number[];
  /** First row of each run; after the last run the number of all rows. */
  readonly from: readonly number[];
}

/** Sessions of a chunk, with the packages of their events as bits; a session may have several rows. */
export interface Visits {
  readonly rows: number;
  readonly session: Int32Array;
  readonly user: Int32Array;
  /** 1: the bits are of package tests. */
  readonly isTest: Uint8Array;
  /** Which 60 packages the bits of the row are for. */
  readonly word: Int32Array;
  /** Of the first 30 of these, and of the last. */
  readonly low: Int32Array;
  readonly high: Int32Array;
  /** Number of the package that a bit stands for, at `60 * word + bit`; -1 for none, which is the first. */
  readonly packages: Int32Array;
}

/** Packages in a row of visits. */
export const WORD = 60;

/** Reads an answer of `UsageSummary` for a chunk. @throws RangeError when it is not packed as this version packs. */
export function readSlice(table: RawTable, cut: Cut, dictionary: Dictionary): Slice {
  const [part, data] = ['part', 'data'].map((name) => table.texts(name));
  const lines = new Map(Array.from({length: table.rows}, (_, row) =>
    [part.names[part.codes[row]], data.names[data.codes[row]]]));
  const only = (name: string): string => lines.get(name) ?? '';
  const legend = readLegend(only, dictionary);
  const bases = only('form').split(' ').map(Number);
  if (bases.length !== 4 || !bases.every((base) => base > 0))
    throw new RangeError(`"${only('form')}" is no form of a summary`);
  const starts = bucketsOf(cut, cut.unit, cut.zone, 0).map(({start}) => start);
  return {starts, ...new RowReader(bytesOf(only('counts')), legend, bases).read(),
    visits: readAllVisits(bytesOf(only('visits')), bytesOf(only('sessions')), Math.floor(bases[2] / WORD) + 1, legend,
      dictionary)};
}

/** What the numbers of an answer are in the dictionary; 0 is none. */
interface Legend {
  readonly users: Int32Array;
  readonly packages: Int32Array;
  readonly functions: Int32Array;
  readonly kinds: Int32Array;
}

type KindLine = [place: number, source: string, error: string | null, isTest: boolean, isRun: boolean];

function readLegend(only: (name: string) => string, dictionary: Dictionary): Legend {
  const ids = (name: string, known: Ids): Int32Array => {
    const words = only(name).split(' ');
    const pairs = Array.from({length: words.length >> 1}, (_, i): [number, number] =>
      [Number(words[2 * i]), known.add(words[2 * i + 1])]);
    return numbersAt(pairs, -1);
  };
  const kinds = (JSON.parse(only('kinds') || '[]') as KindLine[]).map(([place, source, error, isTest, isRun]): [number, number] =>
    [place, dictionary.kind({source, error: error ?? '', isTest, isRun})]);
  return {users: ids('users', dictionary.users), packages: ids('packages', dictionary.packages),
    functions: ids('functions', dictionary.functions),
    // 0 is what has no known type.
    kinds: numbersAt(kinds, dictionary.kind({source: 'unknown', error: '', isTest: false, isRun: false}))};
}

function numbersAt(pairs: readonly [place: number, number: number][], none: number): Int32Array {
  const numbers = new Int32Array(1 + pairs.reduce((most, [place]) => Math.max(most, place), 0)).fill(none);
  for (const [place, number] of pairs)
    numbers[place] = number;
  return numbers;
}

/** Reads rows block by block: the digits of codes. Steps are small, so that hardly any is carried to the next digit. */
class RowReader {
  private readonly reader: StepReader;
  private readonly columns: Record<'package' | 'function' | 'kind' | 'events', Int32Array>;
  private readonly runs: Record<keyof Runs, number[]> = {bucket: [], user: [], from: []};
  private readonly digits = {bucket: 0, user: 0, function: 0, kind: 0, package: 0};

  /** @param bases how many users, functions, packages and kinds there are, none of them being one. */
  constructor(bytes: Uint8Array, private readonly legend: Legend, private readonly bases: readonly number[]) {
    this.reader = new StepReader(bytes);
    const column = (): Int32Array => new Int32Array(this.reader.records);
    this.columns = {package: column(), function: column(), kind: column(), events: column()};
  }

  /** All rows. */
  read(): Omit<Slice, 'starts' | 'visits'> {
    const {reader: {records, counts}, runs} = this;
    for (let row = 0, size = this.reader.next(); size > 0; row += size, size = this.reader.next()) {
      this.readBlock(row, size);
      this.columns.events.set(counts.subarray(0, size), row);
    }
    runs.from.push(records);
    return {rows: records, ...this.columns, runs};
  }

  private readBlock(first: number, size: number): void {
    const {legend, columns, runs, reader} = this;
    const {steps} = reader;
    const [users, functions, packages, kinds] = this.bases;
    const {functions: functionOf, packages: packageOf, kinds: kindOf} = legend;
    const {function: functionAt, package: packageAt, kind: kindAt} = columns;
    let {bucket, user, function: func, kind, package: pack} = this.digits;
    for (let i = 0, row = first; i < size; i++, row++) {
      let isNew = row === 0;
      pack += steps[i] < 0 ? reader.wideStep() : steps[i];
      if (pack >= packages) {
        kind += wholes(pack, packages);
        pack %= packages;
        if (kind >= kinds) {
          func += wholes(kind, kinds);
          kind %= kinds;
          if (func >= functions) {
            user += wholes(func, functions);
            func %= functions;
            isNew = true;
            if (user >= users) {
              bucket += wholes(user, users);
              user %= users;
            }
          }
        }
      }
      if (isNew) {
        // Places of buckets begin with 1.
        runs.bucket.push(bucket - 1);
        runs.user.push(legend.users[user]);
        runs.from.push(row);
      }
      functionAt[row] = functionOf[func];
      packageAt[row] = packageOf[pack];
      kindAt[row] = kindOf[kind];
    }
    Object.assign(this.digits, {bucket, user, function: func, kind, package: pack});
  }
}

/** How often a number is in another one, without a fraction in between. */
function wholes(value: number, base: number): number {
  return (value - value % base) / base;
}

/** @param most rows that a session may have. */
function readAllVisits(codes: Uint8Array, bytes: Uint8Array, most: number, {users, packages}: Legend,
  dictionary: Dictionary): Visits {
  const reader = new StepReader(codes);
  const {steps, records: rows} = reader;
  const column = (): Int32Array => new Int32Array(rows);
  const visits = {rows, ...readVisits(bytes, rows, dictionary.sessions), user: column(), isTest: new Uint8Array(rows),
    word: column(), packages};
  let code = 0;
  for (let first = 0, size = reader.next(); size > 0; first += size, size = reader.next())
    for (let i = 0; i < size; i++) {
      code += steps[i] < 0 ? reader.wideStep() : steps[i];
      const place = code >> 1;
      visits.user[first + i] = users[Math.floor(place / most)];
      visits.isTest[first + i] = code & 1;
      visits.word[first + i] = place % most;
    }
  return visits;
}
