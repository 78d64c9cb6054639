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
}

/** An event that counts, with all that is known of it. */
export interface Counted {
  id: string;
  time: number;
  user: string | null;
  session: string | null;
  source: string | null;
  type: string | null;
  isEvent: boolean;
  isRun: boolean;
  isError: boolean;
  package: string;
  func: string | null;
}

const TABLES = ['users', 'users_sessions', 'groups', 'groups_relations', 'entities', 'packages', 'published_packages',
  'funcs', 'events', 'event_types', 'event_parameters', 'event_parameter_values'] as const;

type Database = Record<typeof TABLES[number], Row[]>;

export class Oracle {
  private constructor(readonly data: Database) {}

  static async read(client: pg.Client): Promise<Oracle> {
    const data = {} as Database;
    for (const table of TABLES)
      data[table] = (await client.query(`select to_json(t) as row from ${table} t`)).rows.map(({row}) => row);
    return new Oracle(data);
  }

  private find(table: typeof TABLES[number], id: unknown): Row | undefined {
    return id === null ? undefined : this.data[table].find((row) => row.id === id);
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
    if (asked.groups?.length && !this.closure(asked.groups).has(user.group_id))
      return false;
    return !asked.users?.length || asked.users.includes(user.id);
  }

  private packageOfVersion(version: unknown): Row | undefined {
    return this.find('packages', this.find('published_packages', version)?.package_id ?? null);
  }

  private packageOfEntity(id: unknown): Row | undefined {
    return this.packageOfVersion(this.find('entities', id)?.package_id ?? null);
  }

  static packageName(found: Row | undefined): string {
    return found === undefined ? 'Core' : found.name?.trim() ? found.name : found.id;
  }

  /** Parameters of an event that name something, lowest parameter id first. */
  private named(event: Row): Row[] {
    const order = (value: Row): string => value.parameter_id + value.id;
    return this.data.event_parameter_values.filter((value) => value.event_id === event.id && value.value_uuid !== null)
      .sort((a, b) => order(a) < order(b) ? -1 : 1);
  }

  private primaryPackage(event: Row, isRun: boolean): Row | undefined {
    const values = this.named(event);
    for (const {value_uuid: id} of isRun ? values : []) {
      if (this.find('funcs', id) !== undefined && this.packageOfEntity(id) !== undefined)
        return this.packageOfEntity(id);
    }
    for (const value of values) {
      const isPackage = this.find('event_parameters', value.parameter_id)?.name === 'package';
      if (isPackage && this.packageOfVersion(value.value_uuid) !== undefined)
        return this.packageOfVersion(value.value_uuid);
    }
    return values.map((value) => this.packageOfEntity(value.value_uuid)).find((found) => found !== undefined);
  }

  /** Every event that counts for anything. */
  counted(asked: Asked): Counted[] {
    const result: Counted[] = [];
    for (const event of this.data.events) {
      const time = event.event_time === null ? NaN : Date.parse(`${event.event_time}Z`);
      if (!(time >= asked.from && time < asked.to))
        continue;
      const type = this.find('event_types', event.event_type_id);
      const user = this.find('users', this.find('users_sessions', event.session_id)?.user_id ?? null);
      const isError = type?.source === 'error' && type.is_error !== false;
      const isTest = type?.source === 'usage' && type.friendly_name.startsWith('test-');
      if (user === undefined ? !isError || asked.groups?.length || asked.users?.length :
        !this.isCounted(user, asked) || (isTest && !asked.service))
        continue;
      const isRun = user !== undefined && type?.source === 'usage' && type.friendly_name === 'function-ran';
      const name = Oracle.packageName(this.primaryPackage(event, isRun));
      if (asked.packages?.length && !asked.packages.includes(name))
        continue;
      const func = this.named(event).find((value) => this.find('funcs', value.value_uuid) !== undefined);
      result.push({id: event.id, time, user: user?.id ?? null, session: event.session_id, source: type?.source ?? null,
        type: type?.friendly_name ?? null, isEvent: user !== undefined, isRun, isError, package: name,
        func: isRun ? func?.value_uuid ?? null : null});
    }
    return result;
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
