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

/** Ranges of more days than this are cut by quarters. */
const LONG_DAYS = 200;

/**
 * A year has no more events than this to be one piece, so that others are counted by several connections at once.
 */
const MOST_OF_YEAR = 800_000;

/**
 * A quarter has no more events than this to be one piece. The database counts three months at once with a fifth to a
 * third less work, because it reads the values of parameters once, also where what it hashes no longer fits in memory;
 * much larger ones would take it too long at a time.
 */
const MOST_OF_QUARTER = 4_000_000;

/** Years that are cut; those before are one piece, so that "anytime" is not a question per year. */
const MOST_YEARS = 8;

/** The instant up to which days are closed. */
export function closedUntil(now: number, zone: string): number {
  return startFrom(now, -GRACE_DAYS, 'day', zone);
}

/** What cutting depends on besides the range. */
export interface ChunkHints {
  /** Events of an average day, roughly; 0 when it is not known. */
  readonly eventsPerDay?: number;
  /** What is open is one piece, however long. */
  readonly openAsOne?: boolean;
}

/**
 * Cuts a range into pieces that other ranges, and the same one tomorrow, share: whole calendar months, in short ranges
 * thirds of them; in long ranges quarters, and years where buckets are months or longer, unless these have too many
 * events, and what lies before and after those, cut once at a third of a month; what is open or no whole day. In order,
 * without gaps; the bounds are instants.
 */
export function chunksOf(range: Range, unit: Unit, zone: string, now: number,
  {eventsPerDay = 0, openAsOne = false}: ChunkHints = {}): Chunk[] {
  const {from, to} = closedDays(range, zone, now);
  const opened = from < to ? {from: to, to: range.to} : range;
  const open = openAsOne ? [opened.to] : openPieces(opened, zone);
  const closed = from < to ? piecesOf({from, to}, unit, zone, eventsPerDay) : [];
  const cuts = [range.from, ...closed, ...open];
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
function piecesOf({from, to}: Range, unit: Unit, zone: string, eventsPerDay: number): number[] {
  return [...new Set([from, ...cutsOf({from, to}, unit, zone, eventsPerDay), to])];
}

function cutsOf({from, to}: Range, unit: Unit, zone: string, eventsPerDay: number): number[] {
  if (unit === 'minute' || unit === '10 minutes' || unit === 'hour' || to - from <= FEW_DAYS * DAY)
    return [];
  const isWide = unit !== 'day' && unit !== 'week';
  if (to - from <= SHORT_DAYS * DAY)
    return isWide ? startsOfWhole({from, to}, 'month', zone) : thirdsOfMonths({from, to}, zone);
  if ((!isWide && to - from <= LONG_DAYS * DAY) || 90 * eventsPerDay > MOST_OF_QUARTER)
    return startsOfWhole({from, to}, 'month', zone).slice(-12 * MOST_YEARS - 1);
  const years = isWide && 365 * eventsPerDay <= MOST_OF_YEAR ?
    startsOfWhole({from, to}, 'year', zone).slice(-MOST_YEARS - 1) : [];
  const quarters = startsOfWhole({from: years.at(-1) ?? from, to}, 'quarter', zone).slice(-4 * MOST_YEARS - 1);
  const whole = [...years, ...quarters];
  // What lies before and after whole ones is another every day: a few days of it, the rest only when a third is over.
  const after = thirdsOf({from: whole.at(-1) ?? from, to}, zone).slice(-1);
  const before = startsOfThirds(startOf(from, 'month', zone), zone).includes(from) ? [] :
    thirdsOf({from, to: whole[0] ?? to}, zone).slice(0, 1);
  return [...before, ...whole, ...after];
}

/** The first days of months in a range, and the 11th and 21st of those that are not whole. */
function thirdsOfMonths({from, to}: Range, zone: string): number[] {
  const isWhole = (month: number): boolean => month >= from && startFrom(month, 1, 'month', zone) <= to;
  return thirdsOf({from, to}, zone).filter((cut) => {
    const month = startOf(cut, 'month', zone);
    return cut === month || !isWhole(month);
  });
}

/** The 1st, 11th and 21st of a month. */
function startsOfThirds(month: number, zone: string): number[] {
  return [0, 10, 20].map((days) => startFrom(month, days, 'day', zone));
}

/** The 1st, 11th and 21st of months within a range. */
function thirdsOf({from, to}: Range, zone: string): number[] {
  const starts: number[] = [];
  for (let month = startOf(from, 'month', zone); month < to; month = startFrom(month, 1, 'month', zone))
    starts.push(...startsOfThirds(month, zone));
  return starts.filter((start) => start > from && start < to);
}

/** Starts of the whole units in a range, and the end of the last one; none when there is no whole one. */
function startsOfWhole({from, to}: Range, unit: Unit, zone: string): number[] {
  const starts: number[] = [];
  for (let start = startOf(from, unit, zone); start <= to; start = startFrom(start, 1, unit, zone))
    if (start >= from)
      starts.push(start);
  return starts.length < 2 ? [] : starts;
}
