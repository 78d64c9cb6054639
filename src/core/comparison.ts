import {addUnits, DAY, startFrom, type Unit} from './calendar';
import {formatCount, formatNumberOf, formatPercent} from './format';
import type {NamedRange, Range} from './range';
import {toInstant, toWall} from './zone';

/** What a range is compared with. */
export interface Comparison {
  /** The part of the range that the previous one stands against: cut at now while the calendar unit is running. */
  readonly current: Range;
  readonly previous: Range;
  /** "the same part of the week before", for texts such as "compared with ...". */
  readonly wording: string;
}

/** What to compare with: the period before, or the same dates a year earlier. */
export type CompareMode = 'previous' | 'year';

export function isCompareMode(text: string): text is CompareMode {
  return text === 'previous' || text === 'year';
}

/** How a number moved. `percent` is a fraction (0.25 is 25%), null when the previous number is 0. */
export interface Change {
  readonly delta: number;
  readonly sign: -1 | 0 | 1;
  readonly percent: number | null;
  /** "+12 (+8.3%)", "−3 (−50%)", "+5 (–)", "no change". */
  readonly text: string;
}

/** The span as long as the range, right before it. */
export function previousRange(range: Range): Range {
  return {from: range.from - (range.to - range.from), to: range.from};
}

/**
 * End of the part of the unit from `previousStart` which has as many days, and as much of the last one, as have
 * passed in the unit from `start` at `now`, by the clock of the zone; never beyond `start`.
 */
function sameElapsed(previousStart: number, start: number, now: number, unit: Unit, zone: string): number {
  if (unit === 'minute' || unit === '10 minutes' || unit === 'hour')
    return Math.min(previousStart + (now - start), start);
  const startWall = toWall(start, zone);
  const nowWall = toWall(now, zone);
  const days = Math.floor(nowWall / DAY) - Math.floor(startWall / DAY);
  const timeOfDay = nowWall - Math.floor(nowWall / DAY) * DAY;
  const previousDay = Math.floor(toWall(previousStart, zone) / DAY) + days;
  return Math.min(Math.max(toInstant(previousDay * DAY + timeOfDay, zone), previousStart), start);
}

/**
 * The period to compare with: for one unit of the calendar the unit before, both cut at the same elapsed part while
 * the unit is running (compared by the clock of the zone, so that a clock change within does not shift it);
 * for every other range `[from - (to - from), from)`. Depends on the requested bounds alone, never on rows found.
 */
export function comparisonOf(range: NamedRange, now: number, zone: string, mode: CompareMode = 'previous'): Comparison {
  const whole = {from: range.from, to: range.to};
  if (mode === 'year')
    return yearAgo(range, now, zone);
  if (range.kind !== 'calendar' || range.unit === undefined) {
    const days = Math.round((range.to - range.from) / DAY);
    const length = range.to - range.from >= DAY ? formatNumberOf(days, 'day') : 'span of this length';
    return {current: whole, previous: previousRange(range), wording: `the ${length} before`};
  }
  const start = startFrom(range.from, -1, range.unit, zone);
  if (now < range.from || now >= range.to)
    return {current: whole, previous: {from: start, to: range.from}, wording: `the ${range.unit} before`};
  return {
    current: {from: range.from, to: now},
    previous: {from: start, to: sameElapsed(start, range.from, now, range.unit, zone)},
    wording: `the same part of the ${range.unit} before`,
  };
}

/** The same dates of the year before, by the calendar of the zone; cut at now while the range is running. */
function yearAgo(range: NamedRange, now: number, zone: string): Comparison {
  const to = range.kind === 'calendar' && now > range.from && now < range.to ? now : range.to;
  return {current: {from: range.from, to},
    previous: {from: addUnits(range.from, -1, 'year', zone), to: addUnits(to, -1, 'year', zone)},
    wording: 'the same dates a year before'};
}

/** Difference of two counts, with its sign and its share of the previous one. */
export function changeOf(current: number, previous: number): Change {
  const delta = current - previous;
  const sign = Math.sign(delta) as -1 | 0 | 1;
  const percent = previous === 0 ? null : delta / previous;
  if (sign === 0)
    return {delta: 0, sign: 0, percent: percent === null ? null : 0, text: 'no change'};
  const mark = sign > 0 ? '+' : '−';
  const share = percent === null ? '–' : mark + formatPercent(Math.abs(percent));
  return {delta, sign, percent, text: `${mark}${formatCount(Math.abs(delta))} (${share})`};
}
