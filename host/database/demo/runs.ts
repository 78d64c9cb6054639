import type {FunctionParam, Runnable} from './catalog.ts';
import type {Call, EventLog, ParamValue} from './log.ts';
import type {Person} from './organisation.ts';
import type {Random} from './random.ts';
import type {Session} from './sessions.ts';
import {FUNCTION_ERRORS, OTHER_TEXT, TABLE_NAMES, TEXT_VALUES} from './vocabulary/activity.ts';
import type {World} from './world.ts';

/** Runs of functions: the event, the stored call with its values, and what goes wrong. */
export class Runs {
  /** From when on the query that gets slow is slow. */
  readonly #slowFrom: number;

  constructor(private readonly world: World, private readonly log: EventLog, private readonly random: Random) {
    const {from, until} = world.span;
    this.#slowFrom = from + 0.66 * (until - from);
  }

  /** Writes one run; returns how long it took, in milliseconds. */
  run(person: Person, session: Session, runnable: Runnable, time: number): number {
    const {log, random} = this;
    log.event(log.kind('usage', 'function-ran'), session.id, time, '@user ran @entity',
      [['user', person.id], ['entity', runnable.id]]);
    const slow = runnable.getsSlow && time >= this.#slowFrom ? 4 : 1;
    const duration = Math.max(1, Math.round(random.logNormal(runnable.median * slow, 0.6)));
    const incident = runnable.package?.versions.incident ?? null;
    const isBroken = incident !== null && time >= incident.from && time < incident.until;
    const fails = random.chance(isBroken ? 0.6 : runnable.failureRate);
    const end = time + duration;
    const message = fails ? this.#fail(person, runnable, session, end) : null;
    // Not every run is kept: queries and scripts are, functions of packages about every other time.
    if (runnable.source !== 'function' && (runnable.source !== 'function-package' || random.chance(0.5)))
      this.#store(runnable, session, time, end, message);
    return duration;
  }

  /** The parameters by which a package's logger tells where a record comes from. */
  origin(runnable: Pick<Runnable, 'package'>, time: number): [string, ParamValue][] {
    const owner = runnable.package;
    return owner === null ? [] : [['package', owner.versions.at(time).id], ['packageName', owner.words.name]];
  }

  /** A believable value; null for what has no text. */
  value(name: string, type: string): string | number | boolean | null {
    const {random} = this;
    switch (type) {
      case 'int': return Math.round(random.logNormal(40, 1.2));
      case 'double': return Math.round(random.logNormal(1, 1) * 1e4) / 1e4;
      case 'bool': return random.chance(0.7);
      case 'datetime': return new Date(this.world.span.until - random.int(365) * 86_400_000).toISOString().slice(0, 10);
      case 'list': return JSON.stringify([random.pick(['solubility', 'permeability', 'clearance']), 'logD']);
      case 'column': return random.pick(['smiles', 'group', 'value', 'sequence']);
      case 'dataframe': return random.pick(TABLE_NAMES);
      case 'view': case 'widget': return null;
      default: return random.pick(random.chance(0.9) ? TEXT_VALUES[name] ?? OTHER_TEXT : OTHER_TEXT);
    }
  }

  #fail(person: Person, runnable: Runnable, session: Session, time: number): string {
    const {log, random, world} = this;
    // The same function fails mostly in one way.
    const pattern = FUNCTION_ERRORS[(runnable.name.length + (random.chance(0.15) ? 1 : 0)) % FUNCTION_ERRORS.length];
    const component = runnable.package?.words.name ?? 'Client';
    const frames = `${runnable.name}.${pattern.split(' ')[0].toLowerCase()};func.call`;
    const kind = log.errorKind(pattern.replace('{0}', runnable.name), component, frames);
    const message = pattern.replace('{0}', String(this.value(runnable.params[0].name, 'string')));
    if (time < Math.min(world.span.until, person.active.until)) {
      log.event(kind, session.id, time, message, this.origin(runnable, time));
      session.last = Math.max(session.last, time);
    }
    return message;
  }

  #store(runnable: Runnable, session: Session, time: number, end: number, message: string | null): void {
    const {log, random, world} = this;
    const isRunning = end >= world.span.until;
    const status: Call['status'] = isRunning ? 'Running' : message !== null ? 'Error' :
      random.chance(0.006) ? 'Canceled' : 'Completed';
    const filled = runnable.params.filter((param) => param.isInput || status === 'Completed');
    const values = filled.map((param): [FunctionParam, string | null] => {
      const value = this.value(param.name, param.type);
      return [param, value === null ? null : String(value)];
    });
    log.call({id: random.id(), func: runnable.id, session: session.id, started: time, ended: isRunning ? null : end,
      status, error: status === 'Error' ? {message: message!, stack: `    at ${runnable.name} (package.js:12:7)`} : null}, values);
  }
}
