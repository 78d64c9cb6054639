import type pg from 'pg';
import {SYSTEM, TEST} from './random-log.ts';
import type {Row} from './asked.ts';

/**
 * The definitions of docs/metrics.md, computed as plainly as can be: rows are read whole, one event after the other is
 * looked at, nothing is joined.
 */

export interface Asked {
  from: number;
  to: number;
  groups?: string[];
  users?: string[];
  packages?: string[];
  service?: boolean;
  functions?: string[];
  entities?: string[];
  sources?: string[];
  types?: string[];
  tags?: string[];
  categories?: string[];
  measure?: string;
  cells?: string[];
}

/** An event that counts, with all that is known of it. */
export interface Counted {
  id: string;
  /** Milliseconds; `instant` is the full text. */
  time: number;
  instant: string;
  user: string | null;
  session: string | null;
  typeId: string;
  source: string;
  type: string;
  isEvent: boolean;
  isRun: boolean;
  isError: boolean;
  package: string;
  category: string;
  /** Keys of the functions concerned, see `Oracle.functionKey`; of a run the one called. */
  functions: string[];
  /** Ids that its parameters name. */
  named: string[];
}

/** The id of what is not known: types of events, functions. */
export const ZERO = '00000000-0000-0000-0000-000000000000';

const TABLES = ['users', 'users_sessions', 'groups', 'groups_relations', 'entities', 'packages', 'published_packages',
  'funcs', 'func_params', 'func_calls', 'func_call_values', 'tags', 'events', 'event_types', 'event_parameters',
  'event_parameter_values'] as const;

type Table = typeof TABLES[number];

const some = (list: string[] | undefined): list is string[] => list !== undefined && list.length > 0;

export class Oracle {
  private readonly index = new Map<Table, Map<unknown, Row>>();

  private constructor(readonly data: Record<Table, Row[]>) {
    for (const table of TABLES)
      this.index.set(table, new Map(data[table].map((row) => [row.id, row])));
  }

  static async read(client: pg.Client): Promise<Oracle> {
    const data = {} as Record<Table, Row[]>;
    for (const table of TABLES)
      data[table] = (await client.query(`select to_json(t) as row from ${table} t`)).rows.map(({row}) => row);
    return new Oracle(data);
  }

  find(table: Table, id: unknown): Row | undefined {
    return this.index.get(table)!.get(id);
  }

  /** Ids of the personal groups inside the groups, however deep. */
  closure(groups: string[]): Set<string> {
    const inside = new Set(groups);
    for (let before = -1; before !== inside.size;) {
      before = inside.size;
      for (const {parent_id, child_id} of this.data.groups_relations) {
        if (inside.has(parent_id))
          inside.add(child_id);
      }
    }
    return inside;
  }

  static isService(user: Row): boolean {
    return user.is_service || user.id === SYSTEM || user.id === TEST;
  }

  isCounted(user: Row, asked: Asked): boolean {
    if (Oracle.isService(user) && !asked.service)
      return false;
    if (some(asked.groups) && !this.closure(asked.groups).has(user.group_id))
      return false;
    return !some(asked.users) || asked.users.includes(user.id);
  }

  /** Who a session belongs to. */
  userOf(session: unknown): Row | undefined {
    return this.find('users', this.find('users_sessions', session)?.user_id);
  }

  private packageOfVersion(version: unknown): Row | undefined {
    return this.find('packages', this.find('published_packages', version)?.package_id);
  }

  packageOfEntity(id: unknown): Row | undefined {
    return this.packageOfVersion(this.find('entities', id)?.package_id);
  }

  static packageName(found: Row | undefined): string {
    return found === undefined ? 'Core' : found.name?.trim() ? found.name : found.id;
  }

  /** The category of a package's name, `none` without one. */
  category(name: string): string {
    const given = this.data.packages.filter((row) => Oracle.packageName(row) === name && row.category?.trim())
      .map((row) => row.category as string).sort();
    return name === 'Core' ? 'Core' : given[0] ?? 'none';
  }

  inCategories(name: string, categories: string[] | undefined): boolean {
    return !some(categories) || categories.map((text) => text || 'none').includes(this.category(name));
  }

  /** What makes rows of functions one function: the package's name and the function's. */
  functionKey(id: unknown): string {
    const func = this.find('funcs', id);
    const found = this.packageOfEntity(id);
    return func === undefined ? String(id) : JSON.stringify([found === undefined ? null : Oracle.packageName(found),
      func.name?.trim() ? func.name : func.id]);
  }

  /** The name of the function with a key. */
  static functionName(key: string): string {
    if (key === ZERO)
      return 'Unknown function';
    const [owner, name] = JSON.parse(key);
    return owner === null ? name : `${owner}:${name}`;
  }

  functionTags(key: string): string[] {
    return this.data.tags.filter((row) => this.find('funcs', row.entity_id) !== undefined &&
      this.functionKey(row.entity_id) === key).map((row) => row.tag);
  }

  /** Declared parameters of an event that name something. */
  private named(event: Row): Row[] {
    return this.data.event_parameter_values.filter((value) => value.event_id === event.id &&
      value.value_uuid !== null && this.find('event_parameters', value.parameter_id) !== undefined);
  }

  /** Of the values, what the first names: the lowest parameter id, then the lowest id of a package. */
  private firstPackage(values: Row[], named: (value: Row) => Row | undefined): Row | undefined {
    const order = (value: Row): string => value.parameter_id + named(value)!.id;
    const [first] = values.filter((value) => named(value) !== undefined).sort((a, b) => order(a) < order(b) ? -1 : 1);
    return first === undefined ? undefined : named(first);
  }

  private primaryPackage(values: Row[], isRun: boolean): Row | undefined {
    const ofEntity = ({value_uuid: id}: Row): Row | undefined => this.packageOfEntity(id);
    return this.firstPackage(isRun ? values : [], (value) =>
      this.find('funcs', value.value_uuid) === undefined ? undefined : ofEntity(value)) ??
      this.firstPackage(values, (value) => this.find('event_parameters', value.parameter_id)!.name === 'package' ?
        this.packageOfVersion(value.value_uuid) : undefined) ??
      this.firstPackage(values, ofEntity);
  }

  private concerned(values: Row[], isRun: boolean): string[] {
    const named = values.filter(({value_uuid: id}) => this.find('funcs', id) !== undefined);
    if (!isRun)
      return named.map(({value_uuid: id}) => this.functionKey(id));
    const order = ({value_uuid: id, parameter_id: parameter}: Row): string => {
      const found = this.packageOfEntity(id);
      return [found === undefined ? 'b' : 'a', parameter, found?.id ?? '', id].join(' ');
    };
    const [called] = named.sort((a, b) => order(a) < order(b) ? -1 : 1);
    return [called === undefined ? ZERO : this.functionKey(called.value_uuid)];
  }

  /** Whether one of the functions, named by their keys, is chosen by the request. */
  isChosen(functions: string[], asked: Asked): boolean {
    return (!some(asked.functions) || asked.functions.some((id) => functions.includes(this.functionKey(id)))) &&
      (!some(asked.tags) || functions.some((key) => this.functionTags(key).some((tag) => asked.tags!.includes(tag))));
  }

  /** Whether a cell of an exact selection holds something. */
  inCell(cell: string, what: Pick<Counted, 'time' | 'user' | 'functions' | 'package'> & {source?: string}): boolean {
    const [from, to, person, source, func, ...rest] = cell.split('|');
    const user = what.user ?? '-';
    return what.time >= (from === '' ? -Infinity : Date.parse(from)) &&
      what.time < (to === '' ? Infinity : Date.parse(to)) &&
      (person === '' || (person.startsWith('!') ? what.user !== null && !person.slice(1).split(',').includes(user) :
        person === user)) &&
      (source === '' || what.source === undefined || source === what.source) &&
      (func === '' || what.functions.includes(this.functionKey(func))) &&
      (rest.join('|') === '' || rest.join('|') === what.package);
  }

  /** An event as it counts for anything, or undefined. */
  private count(event: Row, asked: Asked): Counted | undefined {
    const time = event.event_time === null ? NaN : Date.parse(`${event.event_time}Z`);
    if (!(time >= asked.from && time < asked.to))
      return undefined;
    const type = this.find('event_types', event.event_type_id);
    const user = this.userOf(event.session_id);
    const isError = type?.source === 'error' && type.is_error !== false;
    const isTest = type?.source === 'usage' && type.friendly_name.startsWith('test-');
    if (user === undefined ? !isError || some(asked.groups) || some(asked.users) :
      !this.isCounted(user, asked) || (isTest && !asked.service))
      return undefined;
    const isRun = user !== undefined && type?.source === 'usage' && type.friendly_name === 'function-ran';
    const values = this.named(event);
    const name = Oracle.packageName(this.primaryPackage(values, isRun));
    return {id: event.id, time, instant: event.event_time, user: user?.id ?? null, session: event.session_id,
      typeId: type?.id ?? ZERO, source: type?.source ?? 'unknown', type: type?.friendly_name ?? 'unknown',
      isEvent: user !== undefined, isRun, isError, package: name, category: this.category(name),
      functions: this.concerned(values, isRun), named: values.map((value) => value.value_uuid)};
  }

  /** Every event that counts for anything. */
  counted(asked: Asked): Counted[] {
    return this.data.events.map((event) => this.count(event, asked)).filter((event) => event !== undefined)
      .filter((event) => (!some(asked.packages) || asked.packages.includes(event.package)) &&
        this.inCategories(event.package, asked.categories) &&
        (!some(asked.sources) || asked.sources.includes(event.source)) &&
        (!some(asked.types) || asked.types.includes(event.typeId)) &&
        this.isChosen(event.functions, asked) &&
        (!some(asked.entities) || event.named.some((id) => asked.entities!.includes(id))) &&
        (!some(asked.cells) || asked.cells.some((cell) => this.inCell(cell, event))) &&
        (!asked.measure || {events: event.isEvent, runs: event.isRun, errors: event.isError}[asked.measure]!));
  }

  totals(asked: Asked): Row {
    const counted = this.counted(asked);
    const events = counted.filter((event) => event.isEvent);
    const joined = this.data.users.filter((user) => user.joined !== null && this.isCounted(user, asked) &&
      Date.parse(`${user.joined}Z`) >= asked.from && Date.parse(`${user.joined}Z`) < asked.to);
    const times = this.data.events.filter((event) => event.event_time !== null)
      .map((event) => Date.parse(`${event.event_time}Z`)).filter((time) => time >= asked.from && time < asked.to);
    return {
      active_users: new Set(events.map((event) => event.user)).size,
      new_users: joined.length,
      sessions: new Set(events.map((event) => event.session)).size,
      runs: counted.filter((event) => event.isRun).length,
      events: events.length,
      errors: counted.filter((event) => event.isError).length,
      last_event: times.length === 0 ? null : Math.max(...times),
    };
  }
}

/** Groups rows by a key, in order of appearance. */
export function groupBy<T>(rows: T[], key: (row: T) => unknown): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const row of rows) {
    const text = JSON.stringify(key(row));
    groups.set(text, [...groups.get(text) ?? [], row]);
  }
  return groups;
}
