import {toWall} from './zone';
import type {Range} from './range';
import {startOf} from './calendar';

/** A number that was not measured, and why; or one that may not be shown. Neither is zero. */
export interface Unknown {
  readonly unknown: string;
}
export interface Hidden {
  readonly hidden: string;
}
export type Measure = number | Unknown | Hidden;

/** Text of a measure with the reason that belongs in its tooltip. */
export interface Mark {
  readonly text: string;
  readonly reason?: string;
}

export const NOT_COLLECTED: Unknown = {unknown: 'not collected at this log level'};

const counts = new Intl.NumberFormat('en-US', {maximumFractionDigits: 2});
const compacts = new Intl.NumberFormat('en-US', {notation: 'compact', maximumSignificantDigits: 3});
const wholePercents = new Intl.NumberFormat('en-US', {style: 'percent', maximumFractionDigits: 0});
const percents = new Intl.NumberFormat('en-US', {style: 'percent', maximumFractionDigits: 1});

/** 1,234,567. */
export function formatCount(value: number): string {
  return counts.format(value);
}

/** 1 event, 1,234 events. */
export function formatNumberOf(value: number, one: string, several = `${one}s`): string {
  return `${formatCount(value)} ${value === 1 ? one : several}`;
}

/** 1.23M: for axes and narrow places; the full number belongs in the tooltip. */
export function formatCompact(value: number): string {
  return compacts.format(value);
}

/** A fraction as percent: one decimal below 100%, none from there; a change too small to show is "<0.1%". */
export function formatPercent(fraction: number): string {
  if (fraction !== 0 && Math.abs(fraction) < 0.0005)
    return '<0.1%';
  return (Math.abs(fraction) < 1 ? percents : wholePercents).format(fraction);
}

/** 0 is "0", unknown is a dash, hidden is the word: three different marks for three different things. */
export function formatMeasure(measure: Measure): Mark {
  if (typeof measure === 'number')
    return {text: formatCount(measure)};
  return 'unknown' in measure ? {text: '–', reason: measure.unknown} : {text: 'hidden', reason: measure.hidden};
}

/** Milliseconds as "350 ms", "4.2 s", "3 min 20 s", "2 h 5 min", "3 d 4 h". */
export function formatDuration(milliseconds: number): string {
  const sign = milliseconds < 0 ? '−' : '';
  const length = Math.abs(milliseconds);
  if (Math.round(length) < 1000)
    return `${sign}${Math.round(length)} ms`;
  if (length < 59_950)
    return `${sign}${Number((length / 1000).toFixed(1))} s`;
  const seconds = Math.round(length / 1000);
  const pair = (whole: number, unit: string, rest: number, small: string): string =>
    `${sign}${formatCount(whole)} ${unit}${rest === 0 ? '' : ` ${rest} ${small}`}`;
  if (seconds < 3600)
    return pair(Math.floor(seconds / 60), 'min', seconds % 60, 's');
  const minutes = Math.round(length / 60_000);
  return minutes < 1440 ? pair(Math.floor(minutes / 60), 'h', minutes % 60, 'min') :
    pair(Math.floor(minutes / 1440), 'd', Math.floor(minutes % 1440 / 60), 'h');
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** "Nov 3, 2026" in the zone. */
export function formatDay(instant: number, zone: string): string {
  const wall = new Date(toWall(instant, zone));
  return `${MONTHS[wall.getUTCMonth()]} ${wall.getUTCDate()}, ${wall.getUTCFullYear()}`;
}

/** "Nov 3, 2026, 14:05" in the zone; the zone itself is written beside, once per screen. */
export function formatInstant(instant: number, zone: string): string {
  return `${formatDay(instant, zone)}, ${new Date(toWall(instant, zone)).toISOString().slice(11, 16)}`;
}

/** "Oct 25 – Nov 23, 2026": the last day is the last one that belongs to the range; times only when it has any. */
export function formatRange(range: Range, zone: string): string {
  const isMidnight = (instant: number): boolean => startOf(instant, 'day', zone) === instant;
  if (!isMidnight(range.from) || !isMidnight(range.to))
    return `${formatInstant(range.from, zone)} – ${formatInstant(range.to, zone)}`;
  const [first, last] = [formatDay(range.from, zone), formatDay(range.to - 1, zone)];
  if (first === last)
    return first;
  return first.slice(-4) === last.slice(-4) ? `${first.slice(0, -6)} – ${last}` : `${first} – ${last}`;
}
