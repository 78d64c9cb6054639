/** A place of work: its zone and its public holidays. */
export interface Site {
  name: string;
  zone: string;
  /** Days off as `MM-DD`, beside those that move. */
  fixed: readonly string[];
  moving: (year: number) => readonly string[];
}

export const DAY = 86_400_000;
export const HOUR = 3_600_000;
export const MINUTE = 60_000;

const dayText = (time: number): string => new Date(time).toISOString().slice(0, 10);

/** The n-th (from 1; -1 is the last) given weekday (0 Sunday) of a month (1 to 12). */
function nthWeekday(year: number, month: number, weekday: number, n: number): string {
  const first = n > 0 ? Date.UTC(year, month - 1, 1) : Date.UTC(year, month, 0);
  const step = n > 0 ? 1 : -1;
  let day = first;
  while (new Date(day).getUTCDay() !== weekday)
    day += step * DAY;
  return dayText(day + step * 7 * DAY * (Math.abs(n) - 1));
}

/** Easter Sunday by the anonymous Gregorian algorithm (Nature, 1876). */
function easter(year: number): number {
  const a = year % 19;
  const b = Math.floor(year / 100);
  const c = year % 100;
  const d = (19 * a + b - Math.floor(b / 4) - Math.floor((b - Math.floor((b + 8) / 25) + 1) / 3) + 15) % 30;
  const e = (32 + 2 * (b % 4) + 2 * Math.floor(c / 4) - d - c % 4) % 7;
  const f = d + e - 7 * Math.floor((a + 11 * d + 22 * e) / 451) + 114;
  return Date.UTC(year, Math.floor(f / 31) - 1, f % 31 + 1);
}

export const SITES: readonly Site[] = [
  {name: 'Boston', zone: 'America/New_York', fixed: ['01-01', '06-19', '07-04', '11-11', '12-25'],
    moving: (year) => [nthWeekday(year, 1, 1, 3), nthWeekday(year, 5, 1, -1), nthWeekday(year, 9, 1, 1),
      nthWeekday(year, 11, 4, 4), nthWeekday(year, 11, 5, 4)]},
  {name: 'Basel', zone: 'Europe/Zurich', fixed: ['01-01', '01-02', '05-01', '08-01', '12-25', '12-26'],
    moving: (year) => [-2, 1, 39, 50].map((offset) => dayText(easter(year) + offset * DAY))},
  {name: 'Pune', zone: 'Asia/Kolkata', fixed: ['01-26', '03-19', '08-15', '10-02', '12-25'], moving: () => []},
];

/** Answers, for one site, when its days begin and how much is worked on them. Days are counted since 1970. */
export class Calendar {
  readonly #format: Intl.DateTimeFormat;
  readonly #offsets = new Map<number, number>();
  readonly #holidays = new Map<number, Set<string>>();

  constructor(private readonly site: Site) {
    this.#format = new Intl.DateTimeFormat('en-US', {timeZone: site.zone, timeZoneName: 'longOffset'});
  }

  /** Instant of the local midnight at which a day begins; the offset is that of its noon. */
  midnight(day: number): number {
    let offset = this.#offsets.get(day);
    if (offset === undefined) {
      const noon = new Date(day * DAY + 12 * HOUR);
      const text = this.#format.formatToParts(noon).find((part) => part.type === 'timeZoneName')?.value ?? 'GMT';
      const match = /GMT([+-])(\d\d):(\d\d)/.exec(text);
      offset = match === null ? 0 : (match[1] === '-' ? -1 : 1) * (Number(match[2]) * 60 + Number(match[3])) * MINUTE;
      this.#offsets.set(day, offset);
    }
    return day * DAY - offset;
  }

  isWeekend(day: number): boolean {
    const weekday = new Date(day * DAY).getUTCDay();
    return weekday === 0 || weekday === 6;
  }

  isHoliday(day: number): boolean {
    const text = dayText(day * DAY);
    const year = Number(text.slice(0, 4));
    if (!this.#holidays.has(year))
      this.#holidays.set(year, new Set([...this.site.fixed.map((date) => `${year}-${date}`), ...this.site.moving(year)]));
    return this.#holidays.get(year)!.has(text);
  }

  /** Share of a usual working day's activity. */
  workload(day: number): number {
    if (this.isHoliday(day))
      return 0.03;
    if (this.isWeekend(day))
      return 0.05;
    const date = dayText(day * DAY).slice(5);
    if (date >= '12-23' || date <= '01-02')
      return 0.3;
    const weekday = new Date(day * DAY).getUTCDay();
    const summer = date >= '07-10' && date <= '08-20' ? 0.8 : 1;
    return summer * [0, 0.95, 1.1, 1.1, 1, 0.75][weekday];
  }
}
