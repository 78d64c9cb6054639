import {DAY} from './calendar.ts';
import type {EventLog} from './log.ts';
import type {Person} from './organisation.ts';
import type {Id, Random} from './random.ts';

/** A signed-in session, which lives for days and spans many visits. */
export interface Session {
  id: Id;
  started: number;
  expires: number;
  /** Latest instant at which something was done in it. */
  last: number;
}

/** Everybody's sessions: opened when needed, renewed when expired, written when closed. */
export class Sessions {
  readonly #open = new Map<Person, Session>();

  constructor(private readonly log: EventLog, private readonly random: Random, private readonly until: number) {}

  /** The session in which somebody acts at an instant; calls for one person come in the order of time. */
  at(person: Person, time: number): Session {
    const present = this.#open.get(person);
    if (present !== undefined && time < present.expires)
      return present;
    if (present !== undefined)
      this.#write(person, present);
    const session = this.#create(time, this.random.between(1, 9) * DAY);
    this.#open.set(person, session);
    return session;
  }

  /** The session somebody has open at an instant, if any. */
  existing(person: Person, time: number): Session | null {
    const session = this.#open.get(person);
    if (session === undefined || time < session.started || time >= Math.min(session.expires, person.active.until))
      return null;
    return session;
  }

  /** A session for one errand, as a command-line tool makes it. */
  errand<T>(person: Person, time: number, work: (session: Session) => T): T {
    const session = this.#create(time, 10 * 60_000);
    try {
      return work(session);
    } finally {
      this.#write(person, session);
    }
  }

  closeAll(): void {
    for (const [person, session] of this.#open)
      this.#write(person, session);
    this.#open.clear();
  }

  #create(time: number, life: number): Session {
    const started = time - this.random.between(300, 2500);
    return {id: this.random.id(), started, expires: started + life, last: time};
  }

  #write(person: Person, session: Session): void {
    const end = Math.max(session.last, Math.min(session.expires, person.active.until));
    this.log.session(session.id, person.id, session.started, end >= this.until ? null : end,
      `10.${person.site + 1}.${this.random.int(250)}.${this.random.int(250)}`, person.login === 'admin');
  }
}
