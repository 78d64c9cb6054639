import dayjs from 'dayjs';
import utc from 'dayjs/plugin/utc';

dayjs.extend(utc);

/** One way to group instants: the start of the group (as a number that sorts and counts), and its name. */
export interface DateUnit {
  start(ms: number): number;
  name(start: number): string;
}

const truncated = (unit: 'year' | 'month' | 'day' | 'hour' | 'minute', pattern: string): DateUnit => ({
  start: (ms) => dayjs.utc(ms).startOf(unit).valueOf(),
  name: (start) => dayjs.utc(start).format(pattern),
});
const weekdays = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];
const day = 86_400_000;

/**
 * Values of `splitMap` and `stackMap` for dates, all in UTC. Weeks begin on Monday. The platform's own list is not
 * published; these words are the usual ones, and names that are not known group by the day.
 */
export const dateUnits: Record<string, DateUnit> = {
  'year': truncated('year', 'YYYY'),
  'quarter': {
    start: (ms) => {
      const at = new Date(ms);
      return Date.UTC(at.getUTCFullYear(), Math.floor(at.getUTCMonth() / 3) * 3);
    },
    name: (start) => `${new Date(start).getUTCFullYear()} Q${Math.floor(new Date(start).getUTCMonth() / 3) + 1}`,
  },
  'month': truncated('month', 'YYYY MMM'),
  'week': {
    // Day 0 of the epoch was a Thursday.
    start: (ms) => (Math.floor((Math.floor(ms / day) + 3) / 7) * 7 - 3) * day,
    name: (start) => dayjs.utc(start).format('YYYY-MM-DD'),
  },
  'day': truncated('day', 'YYYY-MM-DD'),
  'hour': truncated('hour', 'YYYY-MM-DD HH:00'),
  'day of week': {
    start: (ms) => (Math.floor(ms / day) + 3) % 7,
    name: (start) => weekdays[start],
  },
  'hour of day': {
    start: (ms) => new Date(ms).getUTCHours(),
    name: (start) => `${start}`.padStart(2, '0') + ':00',
  },
};

/** The unit of a name; null for no name. */
export function dateUnit(name: string | null | undefined): DateUnit | null {
  return name == null || name === '' ? null : dateUnits[name.toLowerCase()] ?? dateUnits.day;
}
