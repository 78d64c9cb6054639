import {Calendar, DAY, HOUR, SITES} from './calendar.ts';
import type {Person} from './organisation.ts';
import type {Random} from './random.ts';
import type {World} from './world.ts';

/** Local working hours, for the share of a day that lies inside the span. */
const [OPENING, CLOSING] = [8 * HOUR, 18 * HOUR];

/** Who comes on which day, and how much of all activity falls on that day. */
export class Schedule {
  readonly firstDay: number;
  readonly dayCount: number;
  readonly #calendars = SITES.map((site) => new Calendar(site));
  readonly #weights: Float32Array[];
  readonly #total: number;

  constructor(private readonly world: World, people: readonly Person[]) {
    // A local day may begin up to a day before or after the UTC day of the same date.
    this.firstDay = Math.floor(world.span.from / DAY) - 1;
    this.dayCount = Math.floor(world.span.until / DAY) + 1 - this.firstDay + 1;
    const random = world.random('schedule');
    this.#weights = people.map((person) => this.#weigh(person, random));
    this.#total = this.#weights.reduce((sum, days) => days.reduce((part, weight) => part + weight, sum), 0);
  }

  /** Share of all personal activity that one person has on one day; 0 when absent. */
  share(person: number, day: number): number {
    return this.#total > 0 ? this.#weights[person][day - this.firstDay] / this.#total : 0;
  }

  /** Days on which a person comes. */
  daysOf(person: number): number[] {
    const weights = this.#weights[person];
    return [...weights.keys()].filter((i) => weights[i] > 0).map((i) => this.firstDay + i);
  }

  /** The span in which somebody may act. */
  window(person: Person): {from: number; until: number} {
    const {from, until} = this.world.span;
    return {from: Math.max(from, person.active.from), until: Math.min(until, person.active.until)};
  }

  /** An instant at which somebody begins to work on a day: two humps with lunch between, sometimes an evening. */
  startOfVisit(person: Person, day: number, random: Random): number | null {
    const {from, until} = this.window(person);
    for (let attempt = 0; attempt < 8; attempt++) {
      const hump = random.weighted([45, 85, 93, 100]);
      const hour = hump === 0 ? 9.8 + 1.1 * random.normal() : hump === 1 ? 14.6 + 1.3 * random.normal() :
        hump === 2 ? 20.5 + 1.2 * random.normal() : random.between(7, 22);
      const midnight = this.#calendars[person.site].midnight(day);
      const time = midnight + Math.min(Math.max(hour, 5), 23.5) * HOUR;
      if (time >= from && time < until)
        return time;
    }
    return null;
  }

  #weigh(person: Person, random: Random): Float32Array {
    const days = new Float32Array(this.dayCount);
    const calendar = this.#calendars[person.site];
    const {from, until} = this.window(person);
    for (let i = 0; i < this.dayCount; i++) {
      const day = this.firstDay + i;
      const load = calendar.workload(day);
      const comes = random.next() < (load < 0.2 ? 3 * load : 0.82);
      const noise = random.logNormal(1, 0.5);
      if (person.intensity === 0 || !comes || person.vacations.some(([start, end]) => day >= start && day < end))
        continue;
      const opening = calendar.midnight(day) + OPENING;
      const inside = Math.min(until, opening + CLOSING - OPENING) - Math.max(from, opening);
      // A slow rise over the span: the organisation uses more of the platform each month.
      const growth = 0.8 + 0.4 * i / this.dayCount;
      const part = Math.max(0, Math.min(1, inside / (CLOSING - OPENING)));
      days[i] = person.intensity * (load < 0.2 ? 0.35 : load) * noise * growth * part;
    }
    return days;
  }
}
