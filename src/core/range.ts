import {DAY, HOUR, MINUTE, startFrom, startOf, type Unit} from './calendar';
import {parseDate, type DateError, type DateSpan} from './dates';
import {toWall} from './zone';

/** Half-open `[from, to)`, instants in epoch milliseconds. */
export interface Range {
  readonly from: number;
  readonly to: number;
}

/**
 * How a range was named, which decides what it is compared with: one `calendar` unit, a `rolling` span that ends
 * now or today, `explicit` bounds, or a `pattern` which only the injected parser understood.
 */
export type RangeKind = 'calendar' | 'rolling' | 'explicit' | 'pattern';

export interface NamedRange extends Range {
  readonly kind: RangeKind;
  /** The unit of a calendar range. */
  readonly unit?: Unit;
  /** The text as typed. */
  readonly text: string;
  /** The range's name, tidied. */
  readonly label: string;
}

export interface RangeError {
  readonly error: string;
}

/** The platform's own parser of date patterns, or any other: bounds, or null for a text that it does not know. */
export type FallbackParser = (text: string) => Range | null;

/** Where "anytime" and "before ..." begin: no platform log is older. */
export const EARLIEST = Date.UTC(2000, 0, 1);

const LATEST = Date.UTC(2200, 0, 1);

/** Ranges offered by the date menu, in order. */
export const USUAL_RANGES: readonly string[] = ['today', 'yesterday', 'this week', 'last week', 'last 7 days',
  'last 30 days', 'this month', 'last month', 'last 90 days', 'this quarter', 'last quarter', 'this year', 'last year',
  'last 12 months', 'anytime'];

export const DEFAULT_RANGE = 'last 30 days';

const ROLLING = /^(?:(?:last|past|previous) )?(\d{1,6}) ?(minutes?|mins?|hours?|h|days?|d|weeks?|w|months?|quarters?|years?|y)$/;

const UNITS: Record<string, Unit> = {min: 'minute', h: 'hour', d: 'day', w: 'week', y: 'year'};

export function isRangeError(answer: NamedRange | RangeError): answer is RangeError {
  return 'error' in answer;
}

type Bounds = Range & {kind: RangeKind; unit?: Unit};

/** `this week`, `last month`, `last hour`: one unit of the calendar; `last hour` alone is the 60 minutes up to now. */
function oneUnit(text: string, now: number, zone: string): Bounds | null {
  const match = /^(this|current|last|past|previous) (hour|day|week|month|quarter|year)$/.exec(text);
  if (match === null)
    return null;
  const unit = match[2] as Unit;
  const start = startOf(now, unit, zone);
  if (match[1] === 'this' || match[1] === 'current')
    return {from: start, to: startFrom(start, 1, unit, zone), kind: 'calendar', unit};
  if (unit === 'hour')
    return {from: now - HOUR, to: now, kind: 'rolling'};
  return {from: startFrom(start, -1, unit, zone), to: start, kind: 'calendar', unit};
}

/** `last 30 days`, `last 3 months`, `7d`: as on the platform, the current day, week, month or year is included. */
function rolling(text: string, now: number, zone: string): Bounds | null {
  const match = ROLLING.exec(text);
  if (match === null || Number(match[1]) === 0 || /^\d{4,}$/.test(text))
    return null;
  const count = Number(match[1]);
  const word = match[2].length > 1 ? match[2].replace(/s$/, '') : match[2];
  const unit = UNITS[word] ?? word as Unit;
  if (unit === 'minute' || unit === 'hour')
    return {from: now - count * (unit === 'hour' ? HOUR : MINUTE), to: now, kind: 'rolling'};
  const start = startOf(now, unit, zone);
  return {from: startFrom(start, 1 - count, unit, zone), to: startFrom(start, 1, unit, zone), kind: 'rolling'};
}

/** `before 2026-03-01` ends where that day begins; `after` and `since` begin there and end with today. */
function openEnded(text: string, now: number, zone: string): Bounds | DateError | null {
  const tomorrow = startFrom(startOf(now, 'day', zone), 1, 'day', zone);
  if (['anytime', 'all', 'all time', 'any time'].includes(text))
    return {from: EARLIEST, to: tomorrow, kind: 'explicit'};
  const match = /^(before|until|after|since|from) (.+)$/.exec(text);
  if (match === null)
    return null;
  const date = parseDate(match[2], now, zone);
  if (date === null || 'error' in date)
    return date;
  return match[1] === 'before' || match[1] === 'until' ? {from: EARLIEST, to: date.from, kind: 'explicit'} :
    {from: date.from, to: tomorrow, kind: 'explicit'};
}

/** `2026-01-01..2026-01-31`, `1/1/2026-1/31/2026`, `Jan 2026 to Mar 2026`. What the last date names is included. */
function fromTo(text: string, now: number, zone: string): Bounds | DateError | null {
  let wrong: DateError | null = null;
  for (const match of text.matchAll(/ ?(?:\.\.\.?|–|—|-| to ) ?/g)) {
    const left = parseDate(text.slice(0, match.index), now, zone);
    const right = parseDate(text.slice(match.index + match[0].length), now, zone);
    if (left === null || right === null)
      continue;
    if ('error' in left || 'error' in right)
      wrong ??= 'error' in left ? left : right as DateError;
    else
      return {from: left.from, to: right.unit === undefined ? right.from : right.to, kind: 'explicit'};
  }
  return wrong;
}

function ofDate(date: DateSpan | DateError | null): Bounds | DateError | null {
  return date === null || 'error' in date ? date :
    {...date, kind: date.unit === undefined ? 'explicit' : 'calendar'};
}

function fallbackBounds(text: string, fallback?: FallbackParser): Bounds | null {
  try {
    const found = fallback?.(text) ?? null;
    return found === null || !Number.isFinite(found.from) || !Number.isFinite(found.to) ? null :
      {from: found.from, to: found.to, kind: 'pattern'};
  } catch {
    return null;
  }
}

/**
 * Reads the text of the date filter, without regard to case and blanks. Never throws.
 *
 * As on the platform: `last N days` ends with today included. Unlike the platform's patterns: `this week` and
 * `last week` run from Monday to Monday (there: eight days from Sunday, and Sunday to Sunday); a `from-to` of dates
 * includes all of its last day (there: its first instant only); a single date is that whole day (there: midnight).
 * @param now      instant that `today` and the like refer to.
 * @param zone     IANA zone in which days begin.
 * @param fallback asked for every text that is none of ours.
 */
export function parseRange(text: string, now: number, zone: string, fallback?: FallbackParser):
  NamedRange | RangeError {
  const tidy = text.trim().replace(/\s+/g, ' ');
  if (tidy === '')
    return {error: 'Type a date or a range, such as "last 30 days".'};
  const lower = tidy.toLowerCase();
  const bounds = oneUnit(lower, now, zone) ?? rolling(lower, now, zone) ?? openEnded(lower, now, zone) ??
    ofDate(parseDate(lower, now, zone)) ?? fromTo(lower, now, zone) ?? fallbackBounds(tidy, fallback);
  if (bounds === null)
    return {error: `"${tidy}" is not a date or a range that is known here.`};
  if ('error' in bounds)
    return bounds;
  if (bounds.to <= bounds.from)
    return {error: `"${tidy}" ends before it begins.`};
  if (bounds.from < Date.UTC(1970, 0, 2) || bounds.to > LATEST)
    return {error: `"${tidy}" is outside the years 1970 to 2199.`};
  return Object.freeze({...bounds, text, label: tidy.charAt(0).toUpperCase() + tidy.slice(1)});
}

/**
 * A text which {@link parseRange} reads as exactly these bounds, whatever the day: dates with an inclusive last day
 * when both bounds are midnights in `zone`, else instants in UTC.
 */
export function rangeText(range: Range, zone: string): string {
  const midnight = (instant: number): boolean => startOf(instant, 'day', zone) === instant;
  const date = (instant: number): string => new Date(toWall(instant, zone)).toISOString().slice(0, 10);
  if (!midnight(range.from) || !midnight(range.to))
    return `${new Date(range.from).toISOString()}..${new Date(range.to).toISOString()}`;
  const last = date(range.to - DAY / 4);
  const exact = startOf(range.to - DAY / 4, 'day', zone);
  return exact === range.from ? last : `${date(range.from)}..${last}`;
}
