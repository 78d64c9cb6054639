import type {Catalog} from './catalog.ts';
import {MINUTE} from './calendar.ts';
import type {Interests} from './interests.ts';
import type {EventLog, ParamValue} from './log.ts';
import type {Person} from './organisation.ts';
import type {Dashboard} from './projects.ts';
import {cumulate, type Random} from './random.ts';
import type {Runs} from './runs.ts';
import type {Session} from './sessions.ts';
import {CLICK_PATHS, PLATFORM_ERRORS, ROUTES, WARNINGS} from './vocabulary/activity.ts';
import {WELL_KNOWN} from './world.ts';

/** Relative frequency of what people do. */
const FREQUENCY = {click: 46, run: 33, open: 6, pluginLog: 7, share: 1.5, edit: 1.5, error: 1.2, warning: 0.8,
  request: 2};
type Action = keyof typeof FREQUENCY;
const ACTIONS = Object.keys(FREQUENCY) as Action[];
const CUMULATIVE = cumulate(Object.values(FREQUENCY));
const ERROR_WEIGHTS = cumulate(PLATFORM_ERRORS.map((error) => error.weight));

/** Writes what a person does in one visit to the platform, from the start of the client on. */
export class Visitor {
  readonly #dashboardWeights: Float64Array;

  constructor(private readonly log: EventLog, private readonly runs: Runs, private readonly interests: Interests,
    private readonly catalog: Catalog, private readonly dashboards: readonly Dashboard[],
    private readonly random: Random) {
    this.#dashboardWeights = cumulate(dashboards.map((dashboard) => dashboard.weight));
  }

  /**
   * Writes about `count` events, none at or after `until`.
   *
   * @returns the number of events written
   */
  visit(person: Person, session: Session, start: number, count: number, until: number): number {
    const {log, random} = this;
    const before = log.count;
    log.event(log.kind('usage', 'datagrok-started'), session.id, start, null);
    session.last = Math.max(session.last, start);
    let time = start;
    while (log.count - before < count) {
      time += random.exponential(random.chance(0.04) ? 8 * MINUTE : 0.5 * MINUTE) + 200;
      // Leave room for what a run adds at its end.
      if (time >= until)
        break;
      session.last = Math.max(session.last, time);
      time += Math.min(this.#act(ACTIONS[random.weighted(CUMULATIVE)], person, session, time), 20_000);
    }
    return log.count - before;
  }

  /** Does one thing; returns how long it keeps the person, in milliseconds. */
  #act(action: Action, person: Person, session: Session, time: number): number {
    const {log, random} = this;
    switch (action) {
      case 'run':
        return this.runs.run(person, session, this.interests.runnable(person, time, random), time);
      case 'open':
        return this.#openDashboard(person, session, time);
      case 'pluginLog':
        return this.#pluginLog(person, session, time);
      case 'share': case 'edit':
        return this.#audit(action, person, session, time);
      case 'error': {
        const error = PLATFORM_ERRORS[random.weighted(ERROR_WEIGHTS)];
        log.event(log.errorKind(error.message, error.source, error.frames, !error.frames.includes('resize')), session.id, time, error.message);
        return 0;
      }
      case 'warning': {
        const text = random.pick(WARNINGS);
        const owner = this.interests.package(person, time, random);
        log.event(log.kind('warning', text), session.id, time, text, this.runs.origin({package: owner}, time));
        return 0;
      }
      case 'request': {
        const [method, route] = random.pick(ROUTES);
        log.event(log.kind('usage', 'http-request'), session.id, time, null, [['method', method], ['route', route],
          ['status', random.chance(0.985) ? 200 : random.pick([400, 403, 500])], ['ms', Math.round(random.logNormal(45, 1))]]);
        return 0;
      }
      default:
        return this.#click(person, session, time);
    }
  }

  #click(person: Person, session: Session, time: number): number {
    const {log, random} = this;
    const owner = random.chance(0.35) ? this.interests.package(person, time, random) : null;
    const {kind, path} = random.pick(CLICK_PATHS);
    const target = owner === null ? path : `${path} / ${owner.words.name}:${owner.runnables[random.weighted(owner.cumulative)].name}`;
    log.event(log.kind('usage', kind), session.id, time, target);
    return 0;
  }

  #openDashboard(person: Person, session: Session, time: number): number {
    const {log, random} = this;
    const dashboard = this.dashboards[random.weighted(this.#dashboardWeights)];
    if (dashboard.created > time || dashboard.deleted <= time)
      return this.#click(person, session, time);
    log.event(log.kind('usage', 'project-opened'), session.id, time, '@user opened @entity', [['user', person.id], ['entity', dashboard.id]]);
    return 1500;
  }

  #pluginLog(person: Person, session: Session, time: number): number {
    const {log, random} = this;
    const owner = this.interests.package(person, time, random);
    if (owner === null || owner.logs.length === 0)
      return this.#click(person, session, time);
    const {name, params} = random.pick(owner.logs);
    const values = params.map((param): [string, ParamValue] =>
      [param.name, random.chance(0.02) ? 'null' : this.runs.value(param.name, param.type) ?? 'null']);
    log.event(log.kind('usage', name), session.id, time, `${owner.words.title}: ${name.replaceAll('-', ' ')}`,
      [...this.runs.origin({package: owner}, time), ...values]);
    return 0;
  }

  #audit(action: 'share' | 'edit', person: Person, session: Session, time: number): number {
    const {log, random} = this;
    const candidates = [...this.catalog.own.map((own) => ({id: own.id, created: own.created, deleted: Infinity,
      kind: own.source === 'script' ? 'script' : 'query'})), ...this.dashboards.map((dashboard) => ({...dashboard, kind: 'project'}))];
    const entity = random.pick(candidates);
    if (entity.created > time || entity.deleted <= time)
      return this.#click(person, session, time);
    if (action === 'edit')
      log.event(log.kind('audit', `${entity.kind}-edited`), session.id, time, '@user edited @entity', [['user', person.id], ['entity', entity.id]]);
    else
      log.event(log.kind('audit', 'entity-shared'), session.id, time, '@user shared @entity',
        [['user', person.id], ['entity', entity.id], ['group', person.team ?? WELL_KNOWN.developers]]);
    return 0;
  }
}
