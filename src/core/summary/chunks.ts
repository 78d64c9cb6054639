import {startFrom, type Unit} from '../calendar';
import type {Range} from '../range';

/** A part of a range that is counted, and kept, by itself. */
export interface Chunk extends Range {
  /** Its days are over for long enough that the answer can be kept; otherwise events may still come. */
  readonly closed: boolean;
}

/** Days for which events may still come in late: a client that was offline posts what it kept when it is back. */
export const GRACE_DAYS = 3;

/** The instant up to which days are closed. */
export function closedUntil(now: number, zone: string): number {
  return startFrom(now, -GRACE_DAYS, 'day', zone);
}

/** Short ranges are one piece: they have buckets that no other range shares. */
const SHORT_UNITS: readonly Unit[] = ['minute', '10 minutes', 'hour'];

/**
 * Cuts a range into whole calendar months (whole years where buckets are months or longer), which all ranges share,
 * what is before and after these, and the open rest. In order, without gaps; the bounds are instants.
 */
export function chunksOf(range: Range, unit: Unit, zone: string, now: number): Chunk[] {
  const closed = Math.min(Math.max(closedUntil(now, zone), range.from), range.to);
  if (SHORT_UNITS.includes(unit))
    return [{from: range.from, to: range.to, closed: closed === range.to}];
  const piece: Unit = unit === 'day' || unit === 'week' ? 'month' : 'year';
  const chunks: Chunk[] = [];
  for (let from = range.from; from < closed;) {
    const to = Math.min(startFrom(from, 1, piece, zone), closed);
    chunks.push({from, to, closed: true});
    from = to;
  }
  if (closed < range.to)
    chunks.push({from: closed, to: range.to, closed: false});
  return chunks;
}
