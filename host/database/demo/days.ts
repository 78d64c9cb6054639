import type {EventLog} from './log.ts';
import type {Organisation, Person} from './organisation.ts';
import {Schedule} from './schedule.ts';
import type {Sessions} from './sessions.ts';
import type {Visitor} from './visit.ts';
import type {World} from './world.ts';

/** A visit is worth starting for this many events; a longer stretch of work is several visits. */
const [SHORT_VISIT, LONG_VISIT] = [4, 45];

/** Spreads a number of events over the persons and their days. */
export class Days {
  readonly #schedule: Schedule;
  readonly #random;
  /** Events that each person still has to make; carried from day to day, so that small numbers come true too. */
  readonly #owed: Float64Array;

  constructor(world: World, private readonly log: EventLog, private readonly sessions: Sessions,
    private readonly visitor: Visitor, private readonly organisation: Organisation, private readonly events: number) {
    this.#random = world.random('days');
    this.#schedule = new Schedule(world, organisation.people);
    this.#owed = new Float64Array(organisation.people.length);
  }

  /** Days since 1970, in order. */
  *all(): Generator<number> {
    for (let i = 0; i < this.#schedule.dayCount; i++)
      yield this.#schedule.firstDay + i;
  }

  /** Writes the visits of one day; returns who came. */
  async visits(day: number): Promise<Person[]> {
    const visitors: Person[] = [];
    for (const [index, person] of this.organisation.people.entries()) {
      const share = this.#schedule.share(index, day);
      if (share === 0)
        continue;
      this.#owed[index] += share * this.events;
      if (this.#owed[index] < SHORT_VISIT + this.#random.int(5))
        continue;
      this.#visitsOf(index, person, day);
      visitors.push(person);
      await this.log.breathe();
    }
    return visitors;
  }

  #visitsOf(index: number, person: Person, day: number): void {
    const {until} = this.#schedule.window(person);
    const count = Math.min(8, 1 + Math.floor(this.#owed[index] / LONG_VISIT * this.#random.between(0.6, 1.4)));
    const starts = Array.from({length: count}, () => this.#schedule.startOfVisit(person, day, this.#random))
      .filter((time) => time !== null).sort((a, b) => a - b);
    for (const [i, start] of starts.entries()) {
      const share = Math.max(1, Math.round(this.#owed[index] / (starts.length - i)));
      this.#owed[index] -= this.visitor.visit(person, this.sessions.at(person, start), start, share, until);
    }
  }

  /** Makes up for what was cut off at the end of the span or was too little for a visit, on days when people came. */
  async catchUp(events: number): Promise<void> {
    const able = this.organisation.people.map((person, index) => ({person, index, days: this.#schedule.daysOf(index)}))
      .filter(({days}) => days.length > 0);
    for (let attempt = 0; able.length > 0 && this.log.count < events && attempt < events; attempt++) {
      const {person, days} = this.#random.pick(able);
      const start = this.#schedule.startOfVisit(person, this.#random.pick(days), this.#random);
      if (start === null)
        continue;
      const count = Math.min(SHORT_VISIT * 3, events - this.log.count);
      this.sessions.errand(person, start, (session) =>
        this.visitor.visit(person, session, start, count, this.#schedule.window(person).until));
      await this.log.breathe();
    }
  }
}
