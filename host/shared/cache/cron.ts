/** What each of the five fields may be: minute, hour, day of the month, month, day of the week from Sunday. */
const FIELDS: [least: number, most: number][] = [[0, 59], [0, 23], [1, 31], [1, 12], [0, 6]];

const MINUTE = 60_000;
const DAY = 1440 * MINUTE;
/** 29 February comes back within eight years. */
const DAYS_AHEAD = 8 * 366;

/** A schedule: `*`, `n`, `n-m`, lists of these, each with `/step`. Times are UTC: a guess about the platform. */
export class Cron {
  private readonly fields: Set<number>[];
  /** When both days are restricted, either will do, as everywhere in cron. */
  private readonly eitherDay: boolean;

  /** @throws Error in words when the text is no schedule. */
  constructor(text: string) {
    const parts = text.trim().split(/\s+/);
    if (parts.length !== 5)
      throw new Error(`"${text}" is no schedule of five fields`);
    this.fields = parts.map((part, i) => readField(part, ...FIELDS[i]));
    this.eitherDay = !parts[2].startsWith('*') && !parts[4].startsWith('*');
  }

  /** The first instant after `after` (epoch milliseconds); infinity when there is none, as on 30 February. */
  next(after: number): number {
    const begin = Math.floor(after / MINUTE) * MINUTE + MINUTE;
    let day = Math.floor(begin / DAY) * DAY;
    for (let i = 0; i < DAYS_AHEAD; i++, day += DAY) {
      if (!this.isDay(new Date(day)))
        continue;
      for (let at = Math.max(day, begin); at < day + DAY; at += MINUTE) {
        const time = new Date(at);
        if (this.fields[0].has(time.getUTCMinutes()) && this.fields[1].has(time.getUTCHours()))
          return at;
      }
    }
    return Infinity;
  }

  private isDay(day: Date): boolean {
    const [,, dates, months, weekdays] = this.fields;
    const [isDate, isWeekday] = [dates.has(day.getUTCDate()), weekdays.has(day.getUTCDay())];
    return months.has(day.getUTCMonth() + 1) && (this.eitherDay ? isDate || isWeekday : isDate && isWeekday);
  }
}

function readField(text: string, least: number, most: number): Set<number> {
  const values = new Set<number>();
  for (const part of text.split(',')) {
    const match = /^(?:\*|(\d+)(?:-(\d+))?)(?:\/(\d+))?$/.exec(part);
    const number = (i: number): number | undefined => match?.[i] === undefined ? undefined : Number(match[i]);
    const [from, to, step] = [number(1), number(2), number(3)];
    const first = from ?? least;
    // `5/10` means from 5 on, every ten.
    const last = to ?? (from === undefined || step !== undefined ? most : first);
    if (!match || step === 0 || first < least || last > most || first > last)
      throw new Error(`"${text}" is no field of a schedule`);
    for (let value = first; value <= last; value += step ?? 1)
      values.add(value);
  }
  return values;
}
