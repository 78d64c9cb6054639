import {DAY, MINUTE, type Unit} from '../calendar';
import type {Range} from '../range';
import type {Chunk} from './chunks';
import type {RawTable} from './table';

/** Roll-ups count in half hours. */
const SLOT = 30 * MINUTE;

/** A chunk that roll-ups answer, with the time when the youngest of its days was counted, as text; else null. */
export interface RolledChunk extends Chunk {
  readonly version: string | null;
}

/** The days, in UTC, that roll-ups hold: those without a gap up to the last one. Instants are epoch milliseconds. */
export class Rolled {
  /** First instant that is rolled up. */
  readonly from: number;
  /** End of what is rolled up. */
  readonly until: number;
  private readonly versions: readonly number[];

  /** @param days by number since 1970, in order. @param versions when each was counted, epoch seconds. */
  constructor(days: readonly number[], versions: readonly number[]) {
    let first = Math.max(0, days.length - 1);
    while (first > 0 && days[first - 1] === days[first] - 1)
      first--;
    this.from = days.length === 0 ? 0 : days[first] * DAY;
    this.until = days.length === 0 ? 0 : (days.at(-1)! + 1) * DAY;
    this.versions = versions.slice(first);
  }

  /** Cuts a chunk where roll-ups begin and end. In order, without gaps. */
  cut(chunk: Chunk, unit: Unit): RolledChunk[] {
    const cuts = [chunk.from, ...[this.from, this.until].filter((at) => at > chunk.from && at < chunk.to), chunk.to];
    const parts = cuts.slice(1).map((to, i) => ({from: cuts[i], to}));
    if (parts.every((part) => this.versionOf(part, unit) == null))
      return [{...chunk, version: null}];
    return parts.map((part) => {
      const version = this.versionOf(part, unit);
      return {...part, closed: chunk.closed || version != null, version};
    });
  }

  /** Null when roll-ups do not hold the range, or not in such parts. */
  private versionOf({from, to}: Range, unit: Unit): string | null {
    if (unit === 'minute' || unit === '10 minutes' || from % SLOT !== 0 || to % SLOT !== 0 ||
      from < this.from || to > this.until)
      return null;
    const days = this.versions.slice(Math.floor((from - this.from) / DAY), Math.ceil((to - this.from) / DAY));
    return String(days.reduce((youngest, one) => Math.max(youngest, one), 0));
  }
}

/** Reads an answer of `RolledDays`; null when no day is rolled up. */
export function readRolled(table: RawTable): Rolled | null {
  const [days, versions] = ['day', 'version'].map((name) => table.numbers(name));
  return table.rows === 0 ? null : new Rolled(Array.from({length: table.rows}, (_, row) => days[row]),
    Array.from({length: table.rows}, (_, row) => versions[row]));
}
