import * as ui from 'datagrok-api/ui';
import type {Dayjs} from 'dayjs';
import {define} from '../interop/define.ts';
import {js} from '../interop/dart.ts';
import {element} from './elements.ts';

const UNITS: [limitSeconds: number, seconds: number, unit: Intl.RelativeTimeFormatUnit][] = [
  [60, 1, 'second'], [3600, 60, 'minute'], [86400, 3600, 'hour'], [7 * 86400, 86400, 'day'],
  [30 * 86400, 7 * 86400, 'week'], [365 * 86400, 30 * 86400, 'month'], [Infinity, 365 * 86400, 'year'],
];

/** `2024-03-01 14:05` in the zone of the browser. */
export function absoluteTime(time: Dayjs): string {
  return time.isValid() ? time.format('YYYY-MM-DD HH:mm') : '';
}

/** `3 hours ago`, `in 2 days`; whole units, cut towards now. */
export function relativeTime(time: Dayjs, now: number = Date.now()): string {
  const seconds = (time.valueOf() - now) / 1000;
  const [, size, unit] = UNITS.find(([limit]) => Math.abs(seconds) < limit)!;
  return new Intl.RelativeTimeFormat('en', {numeric: 'auto'}).format(Math.trunc(seconds / size), unit);
}

/** Short form for lists: the time of today's instants, the day of this year's, the full date of older ones. */
export function shortTimestamp(time: Dayjs, now: Date = new Date()): string {
  const date = time.toDate();
  if (date.toDateString() === now.toDateString())
    return time.format('HH:mm');
  return time.format(date.getFullYear() === now.getFullYear() ? 'MMM D' : 'MMM D, YYYY');
}

function timeElement(x: any, format: (time: Dayjs) => string): HTMLElement {
  const time = js<Dayjs | null>(x);
  if (time == null || !time.isValid())
    return element('span');
  const root = element('span', 'ui-time', format(time));
  ui.tooltip.bind(root, time.format('YYYY-MM-DD HH:mm:ss Z'));
  return root;
}

export function installTime(): void {
  define({
    UI_Time: (x: any) => timeElement(x, (time) => relativeTime(time)),
    UI_ShortTimestamp: (x: any) => timeElement(x, (time) => shortTimestamp(time)),
  });
}
