import {DAY, HOUR, MINUTE, nextStart, startOf, type Unit} from './calendar';
import type {Range} from './range';

/** A bucket of a time chart: a whole unit `[start, end)` of the zone's calendar, even where the range cuts it. */
export interface Bucket {
  readonly start: number;
  readonly end: number;
  /**
   * `whole`: all of it lies in the range and in the past. `running`: contains now. `future`: has not begun.
   * `cut`: the range begins or ends within it. Only `whole` ones may be compared or averaged.
   */
  readonly state: 'whole' | 'running' | 'future' | 'cut';
}

/**
 * The longest range for each unit, in every tab. A day more or less of an hour is allowed for where a clock change may
 * lengthen the range. No row gives more than 97 buckets, the whole of "anytime" apart.
 */
const THRESHOLDS: readonly (readonly [longest: number, unit: Unit])[] = [
  [90 * MINUTE, 'minute'],
  [12 * HOUR, '10 minutes'],
  [4 * DAY + HOUR, 'hour'],
  [92 * DAY + HOUR, 'day'],
  [640 * DAY, 'week'],
  [8 * 366 * DAY, 'month'],
  [24 * 366 * DAY, 'quarter'],
];

const MAX_BUCKETS = 10_000;

/** The unit in which a range is cut: depends on the requested bounds alone. */
export function unitOf(range: Range): Unit {
  const length = range.to - range.from;
  return THRESHOLDS.find(([longest]) => length <= longest)?.[1] ?? 'year';
}

/** "per day", for titles and axes. */
export function unitLabel(unit: Unit): string {
  return `per ${unit}`;
}

/**
 * All buckets which overlap the range, in order, empty ones included; the same edges as the queries compute.
 * @throws RangeError when the unit is so small that there would be more than 10,000.
 */
export function bucketsOf(range: Range, unit: Unit, zone: string, now: number): Bucket[] {
  const buckets: Bucket[] = [];
  for (let start = startOf(range.from, unit, zone); start < range.to;) {
    const end = nextStart(start, unit, zone);
    const state = start > now ? 'future' : end > now ? 'running' :
      start < range.from || end > range.to ? 'cut' : 'whole';
    buckets.push({start, end, state});
    if (buckets.length > MAX_BUCKETS)
      throw new RangeError(`More than ${MAX_BUCKETS} buckets: ${unitLabel(unit)} is too fine for this range.`);
    start = end;
  }
  return buckets;
}
