import type {Catalog, Runnable} from './catalog.ts';
import {DAY, HOUR, MINUTE} from './calendar.ts';
import type {EventLog} from './log.ts';
import type {Organisation, Person} from './organisation.ts';
import type {Dashboard} from './projects.ts';
import {cumulate, type Id, type Random} from './random.ts';
import type {Runs} from './runs.ts';
import type {Session, Sessions} from './sessions.ts';
import {SERVER_ERRORS, TESTS} from './vocabulary/activity.ts';
import type {World} from './world.ts';

/** Shares of all events that no person makes by visiting. */
const SHARES = {storm: 0.012, server: 0.008, service: 0.04, tests: 0.025};
const SERVER_WEIGHTS = cumulate(SERVER_ERRORS.map((error) => error.weight));

/** Something that happens once, at a known instant. */
interface Errand {
  time: number;
  run: () => void;
}

/** Releases, creations and deletions; scheduled jobs; package tests; the server's own errors; the incident. */
export class Background {
  readonly #errands: Errand[] = [];
  readonly #quotas: Record<keyof typeof SHARES, number>;
  readonly #written: Record<keyof typeof SHARES, number> = {storm: 0, server: 0, service: 0, tests: 0};
  readonly #jobs: Runnable[];

  readonly world: World;
  readonly log: EventLog;
  readonly sessions: Sessions;
  readonly runs: Runs;
  readonly organisation: Organisation;
  readonly catalog: Catalog;
  readonly random: Random;

  constructor(parts: Pick<Background, 'world' | 'log' | 'sessions' | 'runs' | 'organisation' | 'catalog'> &
    {dashboards: readonly Dashboard[]; events: number}) {
    const {catalog, dashboards, events} = parts;
    ({world: this.world, log: this.log, sessions: this.sessions, runs: this.runs} = parts);
    this.organisation = parts.organisation;
    this.catalog = catalog;
    this.random = parts.world.random('background');
    this.#quotas = Object.fromEntries(Object.entries(SHARES).map(([name, share]) =>
      [name, Math.round(share * events)])) as Record<keyof typeof SHARES, number>;
    this.#jobs = [...catalog.own, ...catalog.packages.flatMap((each) => each.runnables)]
      .filter((runnable) => runnable.source === 'data-query' && runnable.weight > 0).slice(0, 12);
    this.#planReleases();
    this.#planCreations(dashboards);
    this.#errands.sort((a, b) => a.time - b.time);
  }

  /** Events that all of this will write. */
  get expected(): number {
    return this.#errands.length + Object.values(this.#quotas).reduce((sum, quota) => sum + quota, 0);
  }

  /** Writes what falls on a UTC day (days since 1970), after the visits of that day. */
  day(day: number, visitors: readonly Person[]): void {
    const {from, until} = this.world.span;
    const start = Math.max(day * DAY, from);
    const end = Math.min((day + 1) * DAY, until);
    if (end <= start)
      return;
    while (this.#errands.length > 0 && this.#errands[0].time < end)
      this.#errands.shift()!.run();
    const progress = (end - from) / (until - from);
    this.#spread('server', progress, () => this.#serverError(this.random.between(start, end)));
    this.#spread('service', progress, () => this.#job(start, end));
    this.#spread('tests', progress, () => this.#test(start, end));
    this.#storm(start, end, visitors);
  }

  #spread(name: keyof typeof SHARES, progress: number, write: () => void): void {
    const due = Math.round(this.#quotas[name] * progress);
    for (const before = this.log.count - this.#written[name]; this.log.count - before < due;)
      write();
    this.#written[name] = Math.max(due, this.#written[name]);
  }

  #planReleases(): void {
    const {from, until} = this.world.span;
    for (const {id, versions, words} of this.catalog.packages) {
      for (const version of versions.all.filter(({published}) => published >= from && published < until)) {
        // The concerned package is told by the id of the package as such, unlike everywhere else.
        this.#plan(version.author, version.published, 'package-version-published', `${words.name} ${version.version}`, id,
          Math.round(this.random.logNormal(9000, 0.5)));
      }
    }
  }

  #planCreations(dashboards: readonly Dashboard[]): void {
    const {from, until} = this.world.span;
    const isShown = (time: number): boolean => time >= from && time < until;
    for (const own of this.catalog.own) {
      if (own.author !== null && isShown(own.created))
        this.#plan(own.author, own.created, own.source === 'script' ? 'script-created' : 'query-created', '@user created @entity', own.id);
    }
    for (const {author, created, deleted, id} of dashboards) {
      if (isShown(created))
        this.#plan(author, created, 'project-created', '@user created @entity', id);
      if (isShown(deleted))
        this.#plan(author, deleted, 'project-deleted', '@user deleted @entity', id);
    }
  }

  #plan(author: Person, time: number, kind: string, description: string, entity: Id, ms?: number): void {
    this.#errands.push({time, run: () => this.sessions.errand(author, time, (session) =>
      this.log.event(this.log.kind('audit', kind), session.id, time, description,
        ms === undefined ? [['user', author.id], ['entity', entity]] : [['entity', entity], ['ms', ms]]))});
  }

  #serverError(time: number): void {
    const {log, random} = this;
    const error = SERVER_ERRORS[random.weighted(SERVER_WEIGHTS)];
    log.event(log.errorKind(error.message, error.source, error.frames), null, time, error.message);
  }

  /** Scheduled queries run in the small hours. */
  #job(start: number, end: number): void {
    const {service, system} = this.organisation;
    const account = this.random.pick([service['svc-scheduler'], service['svc-scheduler'], service['svc-lims-sync'], system]);
    const time = Math.min(start + this.random.between(0.5, 4) * HOUR, end - 1);
    const ready = this.#jobs.filter((job) => job.created <= time);
    if (ready.length === 0)
      return this.#serverError(time);
    const session = this.sessions.at(account, time);
    session.started = Math.min(session.started, time);
    session.last = Math.max(session.last, time);
    this.runs.run(account, session, this.random.pick(ready), time);
  }

  #test(start: number, end: number): void {
    const {log, random} = this;
    const each = random.pick(this.catalog.packages.filter((candidate) => candidate.words.functions.length > 150));
    const test = random.pick(TESTS);
    const time = Math.min(start + random.between(4, 5) * HOUR, end - 1);
    const account = this.organisation.service['svc-ci'];
    const session = this.sessions.at(account, time);
    session.started = Math.min(session.started, time);
    session.last = Math.max(session.last, time);
    const skipped = random.chance(0.03);
    const success = skipped || random.chance(0.96);
    const name = each.words.name;
    log.event(log.kind('usage', `test-package ${name}: Core: ${test}`), session.id, time, test, [
      ['success', success], ['result', success ? 'OK' : 'Expected 4, got null'], ['ms', skipped ? 'null' : Math.round(random.logNormal(120, 1))],
      ['skipped', skipped], ['type', 'package'], ['packageName', name], ['category', 'Core'], ['test', test]]);
  }

  /** Everybody who has the broken package open is flooded, most in the first hours. */
  #storm(start: number, end: number, visitors: readonly Person[]): void {
    const broken = this.catalog.packages.find((each) => each.versions.incident !== null)!;
    const {from, until} = broken.versions.incident!;
    if (end <= from || start >= until)
      return;
    const due = end >= until ? this.#quotas.storm : Math.round(this.#quotas.storm * 0.75);
    const kind = this.log.errorKind('Cannot read properties of undefined (reading \'wells\')', broken.words.name,
      'plate.readWells;plate.open;func.call');
    for (; this.#written.storm < due; this.#written.storm++) {
      const [low, high] = [Math.max(start, from), Math.min(end, until)];
      const time = Math.min(low + this.random.exponential(2.5 * HOUR), high - MINUTE * this.random.next());
      let session: Session | null = null;
      for (let attempt = 0; attempt < 8 && session === null && visitors.length > 0; attempt++)
        session = this.sessions.existing(this.random.pick(visitors), time);
      if (session !== null)
        session.last = Math.max(session.last, time);
      this.log.event(kind, session?.id ?? null, time, kind.error!.message, this.runs.origin({package: broken}, time));
    }
  }
}
