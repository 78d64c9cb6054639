import {toInstant, toWall} from './zone';

/** Calendar and bucket units. Weeks begin on Monday; `10 minutes` exists for buckets only. */
export type Unit = 'minute' | '10 minutes' | 'hour' | 'day' | 'week' | 'month' | 'quarter' | 'year';

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** Units shorter than a day: their length, and a step on which every one of their starts lies in UTC. */
const SHORT: Partial<Record<Unit, {length: number; grid: number}>> = {
  'minute': {length: MINUTE, grid: MINUTE},
  '10 minutes': {length: 10 * MINUTE, grid: 5 * MINUTE},
  'hour': {length: HOUR, grid: 15 * MINUTE},
};

/** Every offset in force since 1972 is a multiple of 15 minutes; beyond this many steps the grid does not apply. */
const MAX_STEPS = 48;

/** The first wall time of the unit (a day or longer) which contains `wall`. */
function truncateWall(wall: number, unit: Unit): number {
  const day = Math.floor(wall / DAY) * DAY;
  const date = new Date(day);
  switch (unit) {
  case 'week': return day - (date.getUTCDay() + 6) % 7 * DAY;
  case 'month': return Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), 1);
  case 'quarter': return Date.UTC(date.getUTCFullYear(), Math.floor(date.getUTCMonth() / 3) * 3, 1);
  case 'year': return Date.UTC(date.getUTCFullYear(), 0, 1);
  default: return day;
  }
}

/** `wall` plus `count` units of a day or longer; a day which the target month lacks becomes its last day. */
function addWall(wall: number, count: number, unit: Unit): number {
  if (unit === 'day' || unit === 'week')
    return wall + count * (unit === 'week' ? 7 : 1) * DAY;
  const months = count * (unit === 'year' ? 12 : unit === 'quarter' ? 3 : 1);
  const date = new Date(wall);
  const first = Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + months, 1);
  const days = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + months + 1, 0)).getUTCDate();
  const timeOfDay = wall - Math.floor(wall / DAY) * DAY;
  return first + (Math.min(date.getUTCDate(), days) - 1) * DAY + timeOfDay;
}

/**
 * Start of the unit that contains `instant`, as clocks in `zone` show it.
 * Minutes and hours begin wherever the clock shows a whole one, so an hour repeated by a clock change is two hours.
 */
export function startOf(instant: number, unit: Unit, zone: string): number {
  const short = SHORT[unit];
  if (short === undefined)
    return toInstant(truncateWall(toWall(instant, zone), unit), zone);
  const wall = toWall(instant, zone);
  const aligned = Math.floor(wall / short.length) * short.length;
  const direct = instant - (wall - aligned);
  if (toWall(direct, zone) === aligned)
    return direct;
  let step = Math.floor(instant / short.grid) * short.grid;
  for (let i = 0; i < MAX_STEPS; i++, step -= short.grid) {
    if (toWall(step, zone) % short.length === 0)
      return step;
  }
  return direct;
}

/** Start of the unit after the one that contains `instant`. */
export function nextStart(instant: number, unit: Unit, zone: string): number {
  const short = SHORT[unit];
  if (short === undefined)
    return startFrom(instant, 1, unit, zone);
  for (let step = Math.floor(instant / short.grid + 1) * short.grid, i = 0; i < MAX_STEPS; step += short.grid, i++) {
    if (toWall(step, zone) % short.length === 0)
      return step;
  }
  return startOf(instant, unit, zone) + short.length;
}

/**
 * Start of the unit which lies `count` units (negative: before) from the one that contains `instant`. Unlike moving
 * the start, this holds where a day does not begin at midnight.
 */
export function startFrom(instant: number, count: number, unit: Unit, zone: string): number {
  if (SHORT[unit] !== undefined) {
    let start = startOf(instant, unit, zone);
    for (let i = 0; i < Math.abs(count); i++)
      start = count > 0 ? nextStart(start, unit, zone) : startOf(start - 1, unit, zone);
    return start;
  }
  const wall = truncateWall(toWall(instant, zone), unit);
  const start = toInstant(addWall(wall, count, unit), zone);
  // A day which the zone skipped begins when the next one does: take its neighbour.
  const isSkipped = count !== 0 && Math.sign(start - toInstant(wall, zone)) !== Math.sign(count);
  return isSkipped ? toInstant(addWall(wall, count + Math.sign(count), unit), zone) : start;
}

/**
 * `instant` moved by `count` units (negative: back). Minutes and hours are lengths of time; days and longer keep the
 * time of day in `zone`, whatever length the days between have.
 */
export function addUnits(instant: number, count: number, unit: Unit, zone: string): number {
  const short = SHORT[unit];
  return short === undefined ? toInstant(addWall(toWall(instant, zone), count, unit), zone) :
    instant + count * short.length;
}
