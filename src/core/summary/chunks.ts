import {DAY, startFrom, startOf, type Unit} from '../calendar';
import type {Range} from '../range';

/** A part of a range that is counted by itself. */
export interface Chunk extends Range {
  /** Whole days that are over for long enough that the answer can be kept; otherwise events may still come. */
  readonly closed: boolean;
}

/** Days for which events may still come in late: a client that was offline posts what it kept when it is back. */
export const GRACE_DAYS = 3;

/** Closed days are worth a question of their own from this many on; fewer are counted along with the open ones. */
const LEAST_DAYS = 14;

/** Years that are told apart; those before are one piece, so that "anytime" is not a question per year. */
const MOST_YEARS = 8;

/** The instant up to which days are closed. */
export function closedUntil(now: number, zone: string): number {
  return startFrom(now, -GRACE_DAYS, 'day', zone);
}

/**
 * Cuts a range into pieces that other ranges share: whole calendar months (whole years, too, where buckets are months
 * or longer), the closed days before and after these, and what is open or no whole day. In order, without gaps; the
 * bounds are instants.
 */
export function chunksOf(range: Range, unit: Unit, zone: string, now: number): Chunk[] {
  const {from, to} = closedDays(range, zone, now);
  if (to - from < LEAST_DAYS * DAY && !(from === range.from && to === range.to))
    return [{from: range.from, to: range.to, closed: false}];
  const cuts = [range.from, ...piecesOf({from, to}, unit, zone), range.to];
  return cuts.slice(1).map((end, i) => ({from: cuts[i], to: end, closed: cuts[i] >= from && end <= to}))
    .filter((chunk) => chunk.from < chunk.to);
}

/** The whole days of the range that are closed; `from` is not before `to` when there are none. */
function closedDays(range: Range, zone: string, now: number): Range {
  const first = startOf(range.from, 'day', zone);
  return {from: first === range.from ? first : startFrom(range.from, 1, 'day', zone),
    to: startOf(Math.min(closedUntil(now, zone), range.to), 'day', zone)};
}

/** Where closed days are cut, their bounds included. */
function piecesOf({from, to}: Range, unit: Unit, zone: string): number[] {
  if (unit === 'minute' || unit === '10 minutes' || unit === 'hour')
    return [from, to];
  if (unit === 'day' || unit === 'week')
    return [...new Set([from, ...startsOfWhole({from, to}, 'month', zone), to])];
  const years = startsOfWhole({from, to}, 'year', zone).slice(-MOST_YEARS - 1);
  // The year that is not over grows by a month at a time.
  const months = startsOfWhole({from: years.at(-1) ?? from, to}, 'month', zone);
  return [...new Set([from, ...years, ...months, to])];
}

/** Starts of the whole units in a range, and the end of the last one; none when there is no whole one. */
function startsOfWhole({from, to}: Range, unit: Unit, zone: string): number[] {
  const starts: number[] = [];
  for (let start = startOf(from, unit, zone); start <= to; start = startFrom(start, 1, unit, zone))
    if (start >= from)
      starts.push(start);
  return starts.length < 2 ? [] : starts;
}
