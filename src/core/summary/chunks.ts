import {DAY, startFrom, startOf, type Unit} from '../calendar';
import type {Range} from '../range';

/** A part of a range that is counted by itself. */
export interface Chunk extends Range {
  /** Whole days that are over for long enough that the answer can be kept; otherwise events may still come. */
  readonly closed: boolean;
}

/** Days for which events may still come in late: a client that was offline posts what it kept when it is back. */
export const GRACE_DAYS = 3;

/** So few closed days are one piece: each piece costs something besides its days. */
const FEW_DAYS = 10;

/** Ranges up to this many days are cut finer, so that several connections of the database work on them at once. */
const SHORT_DAYS = 62;

/**
 * Ranges of more days than this are cut by quarters: the database counts three months at once with a fifth to a third
 * less work, because it reads the values of parameters once.
 */
const LONG_DAYS = 200;

/** Years that are told apart; those before are one piece, so that "anytime" is not a question per year. */
const MOST_YEARS = 8;

/** The instant up to which days are closed. */
export function closedUntil(now: number, zone: string): number {
  return startFrom(now, -GRACE_DAYS, 'day', zone);
}

/**
 * Cuts a range into pieces that other ranges share: whole calendar months (in long ranges quarters, and years where
 * buckets are months or longer), the closed days before and after these, in short ranges by thirds of a month, and what
 * is open or no whole day. In order, without gaps; the bounds are instants.
 */
export function chunksOf(range: Range, unit: Unit, zone: string, now: number): Chunk[] {
  const {from, to} = closedDays(range, zone, now);
  const open = from < to ? openPieces({from: to, to: range.to}, zone) : openPieces(range, zone);
  const cuts = from < to ? [range.from, ...piecesOf({from, to}, unit, zone), ...open] : [range.from, ...open];
  return cuts.slice(1).map((end, i) => ({from: cuts[i], to: end, closed: cuts[i] >= from && end <= to}))
    .filter((chunk) => chunk.from < chunk.to);
}

/** Ends of the pieces of what is open: two where it is longer than two days. */
function openPieces({from, to}: Range, zone: string): number[] {
  const days = Math.round((to - from) / DAY);
  return days <= 2 ? [to] : [startFrom(from, Math.floor(days / 2), 'day', zone), to];
}

/** The whole days of the range that are closed; `from` is not before `to` when there are none. */
function closedDays(range: Range, zone: string, now: number): Range {
  const first = startOf(range.from, 'day', zone);
  return {from: first === range.from ? first : startFrom(range.from, 1, 'day', zone),
    to: startOf(Math.min(closedUntil(now, zone), range.to), 'day', zone)};
}

/** Where closed days are cut, their bounds included. */
function piecesOf({from, to}: Range, unit: Unit, zone: string): number[] {
  return [...new Set([from, ...cutsOf({from, to}, unit, zone), to])];
}

function cutsOf({from, to}: Range, unit: Unit, zone: string): number[] {
  if (unit === 'minute' || unit === '10 minutes' || unit === 'hour' || to - from <= FEW_DAYS * DAY)
    return [];
  const isWide = unit !== 'day' && unit !== 'week';
  if (!isWide && to - from <= LONG_DAYS * DAY)
    return to - from <= SHORT_DAYS * DAY ? thirdsOfMonths({from, to}, zone) : startsOfWhole({from, to}, 'month', zone);
  const years = isWide ? startsOfWhole({from, to}, 'year', zone).slice(-MOST_YEARS - 1) : [];
  const quarters = startsOfWhole({from: years.at(-1) ?? from, to}, 'quarter', zone);
  // What is not over grows by a month at a time.
  const months = startsOfWhole({from: quarters.at(-1) ?? years.at(-1) ?? from, to}, 'month', zone);
  const before = isWide || quarters.length === 0 ? [] : startsOfWhole({from, to: quarters[0]}, 'month', zone);
  return [...before, ...years, ...quarters, ...months];
}

/** The first days of months in a range, and the 11th and 21st of those that are not whole. */
function thirdsOfMonths({from, to}: Range, zone: string): number[] {
  const cuts: number[] = [];
  for (let month = startOf(from, 'month', zone); month < to; month = startFrom(month, 1, 'month', zone)) {
    const isWhole = month >= from && startFrom(month, 1, 'month', zone) <= to;
    cuts.push(month, ...isWhole ? [] : [10, 20].map((days) => startFrom(month, days, 'day', zone)));
  }
  return cuts.filter((cut) => cut > from && cut < to);
}

/** Starts of the whole units in a range, and the end of the last one; none when there is no whole one. */
function startsOfWhole({from, to}: Range, unit: Unit, zone: string): number[] {
  const starts: number[] = [];
  for (let start = startOf(from, unit, zone); start <= to; start = startFrom(start, 1, unit, zone))
    if (start >= from)
      starts.push(start);
  return starts.length < 2 ? [] : starts;
}
