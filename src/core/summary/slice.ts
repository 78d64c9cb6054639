import {bucketsOf} from '../buckets';
import type {Unit} from '../calendar';
import type {Range} from '../range';
import {bytesOf, readSteps, readVisits, WordPairs} from './packed';
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
 * a user.
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
  readonly visits: Visits;
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
  return {starts, ...readRows(bytesOf(only('counts')), legend, bases),
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

/** The last parameter says how many users, functions, packages and kinds there are, none of them being one. */
function readRows(bytes: Uint8Array, legend: Legend, [users, functions, packages, kinds]: readonly number[]):
  Omit<Slice, 'starts' | 'visits'> {
  const {steps, counts} = readSteps(bytes);
  const rows = steps.length;
  const column = (): Int32Array => new Int32Array(rows);
  const slice = {rows, bucket: column(), user: column(), package: column(), function: column(), kind: column(),
    events: counts};
  // The digits of the code; steps are small, so that hardly any is carried to the next.
  let [bucket, user, func, kind, pack] = [0, 0, 0, 0, 0];
  for (let row = 0; row < rows; row++) {
    pack += steps[row];
    if (pack >= packages) {
      kind += Math.floor(pack / packages);
      pack %= packages;
      if (kind >= kinds) {
        func += Math.floor(kind / kinds);
        kind %= kinds;
        if (func >= functions) {
          user += Math.floor(func / functions);
          func %= functions;
          if (user >= users) {
            bucket += Math.floor(user / users);
            user %= users;
          }
        }
      }
    }
    // Places of buckets begin with 1.
    slice.bucket[row] = bucket - 1;
    slice.user[row] = legend.users[user];
    slice.function[row] = legend.functions[func];
    slice.package[row] = legend.packages[pack];
    slice.kind[row] = legend.kinds[kind];
  }
  return slice;
}

/** @param most rows that a session may have. */
function readAllVisits(codes: Uint8Array, bytes: Uint8Array, most: number, {users, packages}: Legend,
  dictionary: Dictionary): Visits {
  const {steps} = readSteps(codes);
  const rows = steps.length;
  const {words, ...bits} = readVisits(bytes, rows);
  const column = (): Int32Array => new Int32Array(rows);
  const visits = {rows, session: column(), user: column(), isTest: new Uint8Array(rows), word: column(), ...bits,
    packages};
  for (let row = 0, code = 0; row < rows; row++) {
    code += steps[row];
    const place = code >> 1;
    visits.session[row] = dictionary.sessions.add(words[2 * row], words[2 * row + 1]);
    visits.user[row] = users[Math.floor(place / most)];
    visits.isTest[row] = code & 1;
    visits.word[row] = place % most;
  }
  return visits;
}
