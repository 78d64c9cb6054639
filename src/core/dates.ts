import {MINUTE, startFrom, startOf, type Unit} from './calendar';
import {toInstant, toWall} from './zone';

/** A date as typed: the span it names. `unit` is absent for a date with a time, which names a moment. */
export interface DateSpan {
  from: number;
  to: number;
  unit?: Unit;
}

/** What a text that looks like a date and is none gives, in words for the user. */
export interface DateError {
  error: string;
}

const MONTHS = ['january', 'february', 'march', 'april', 'may', 'june', 'july', 'august', 'september', 'october',
  'november', 'december'];

const TIME = String.raw`(?:[ t](\d{1,2}):(\d{2})(?::(\d{2})(?:\.(\d{1,3}))?)?( ?z)?)?`;
const ISO = new RegExp(String.raw`^(\d{4})-(\d{1,2})-(\d{1,2})${TIME}$`);
const AMERICAN = new RegExp(String.raw`^(\d{1,2})/(\d{1,2})/(\d{4})${TIME}$`);

/** 1 to 12 for the name of a month or its beginning (three letters or more), else 0. */
function monthOf(name: string): number {
  return name.length < 3 ? 0 : MONTHS.findIndex((month) => month.startsWith(name)) + 1;
}

function span(year: number, month: number, day: number, unit: Unit, zone: string): DateSpan {
  const from = toInstant(Date.UTC(year, month - 1, day), zone);
  return {from, to: startFrom(from, 1, unit, zone), unit};
}

/** A day, or a moment when `time` (hour, minute, second, fraction, z) holds one. */
function dayOrMoment(year: number, month: number, day: number, time: (string | undefined)[], zone: string):
  DateSpan | DateError {
  const midnight = Date.UTC(year, month - 1, day);
  if (new Date(midnight).getUTCMonth() !== month - 1 || new Date(midnight).getUTCDate() !== day)
    return {error: `There is no day ${day} in month ${month} of ${year}.`};
  if (time[0] === undefined)
    return span(year, month, day, 'day', zone);
  const [hour, minute, second] = [Number(time[0]), Number(time[1]), Number(time[2] ?? 0)];
  if (hour > 23 || minute > 59 || second > 59)
    return {error: `${time[0]}:${time[1]} is not a time of day.`};
  const wall = midnight + (hour * 60 + minute) * MINUTE + second * 1000 + Number((time[3] ?? '0').padEnd(3, '0'));
  const from = time[4] === undefined ? toInstant(wall, zone) : wall;
  return {from, to: from + MINUTE};
}

/** `jan 2021`, `january`, `mar 5, 2021`, `5 mar 2021`; a month without a year is the latest that has begun. */
function named(text: string, now: number, zone: string): DateSpan | DateError | null {
  const month = /^([a-z]+)\.?(?:,? (\d{4}))?$/.exec(text);
  if (month !== null && monthOf(month[1]) > 0) {
    const today = new Date(toWall(now, zone));
    const number = monthOf(month[1]);
    const latest = today.getUTCFullYear() - (number > today.getUTCMonth() + 1 ? 1 : 0);
    return span(month[2] === undefined ? latest : Number(month[2]), number, 1, 'month', zone);
  }
  const american = /^([a-z]+)\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})$/.exec(text);
  if (american !== null && monthOf(american[1]) > 0)
    return dayOrMoment(Number(american[3]), monthOf(american[1]), Number(american[2]), [], zone);
  const european = /^(\d{1,2})\.? ([a-z]+)\.?,? (\d{4})$/.exec(text);
  if (european !== null && monthOf(european[2]) > 0)
    return dayOrMoment(Number(european[3]), monthOf(european[2]), Number(european[1]), [], zone);
  return null;
}

/**
 * Reads one date: `2026-03-05`, `3/5/2026` (month first), each with an optional time (`14:30`, seconds, `Z` for UTC),
 * `2026-03`, `Mar 2026`, `Mar 5, 2026`, `q1 2026`, `2026`, `today`, `yesterday`.
 * @param text lower case, single blanks.
 * @param now  instant; decides `today` and a month without a year.
 * @returns null when the text is nothing of the kind.
 */
export function parseDate(text: string, now: number, zone: string): DateSpan | DateError | null {
  const today = startOf(now, 'day', zone);
  if (text === 'today')
    return {from: today, to: startFrom(today, 1, 'day', zone), unit: 'day'};
  if (text === 'yesterday')
    return {from: startFrom(today, -1, 'day', zone), to: today, unit: 'day'};
  const iso = ISO.exec(text);
  if (iso !== null)
    return dayOrMoment(Number(iso[1]), Number(iso[2]), Number(iso[3]), iso.slice(4), zone);
  const american = AMERICAN.exec(text);
  if (american !== null)
    return dayOrMoment(Number(american[3]), Number(american[1]), Number(american[2]), american.slice(4), zone);
  const year = /^(\d{4})$/.exec(text);
  if (year !== null)
    return span(Number(year[1]), 1, 1, 'year', zone);
  const month = /^(\d{4})-(\d{2})$/.exec(text) ?? /^(\d{4})\/(\d{1,2})$/.exec(text);
  if (month !== null) {
    return Number(month[2]) >= 1 && Number(month[2]) <= 12 ?
      span(Number(month[1]), Number(month[2]), 1, 'month', zone) : {error: `${month[2]} is not a month.`};
  }
  const quarter = /^q([1-4]),? (\d{4})$/.exec(text);
  const quarterLast = /^(\d{4})[ -]q([1-4])$/.exec(text);
  if (quarter !== null)
    return span(Number(quarter[2]), Number(quarter[1]) * 3 - 2, 1, 'quarter', zone);
  if (quarterLast !== null)
    return span(Number(quarterLast[1]), Number(quarterLast[2]) * 3 - 2, 1, 'quarter', zone);
  return named(text, now, zone);
}
