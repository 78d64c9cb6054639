import {Id, Random} from './random.ts';

/** The span of the demo, in milliseconds since 1970 (UTC): `[from, until)`. */
export interface Span {
  from: number;
  until: number;
}

/** Ids that every installation of the platform has. */
export const WELL_KNOWN = {
  allUsers: Id.parse('a4b45840-9a50-11e6-9cc9-8546b8bf62e6'),
  developers: Id.parse('ba9cd191-9a50-11e6-9cc9-910bf827f0ab'),
  administrators: Id.parse('1ab8b38d-9c4e-4b1e-81c3-ae2bde3e12c5'),
  admin: {user: Id.parse('878c42b0-9a50-11e6-c537-6bf8e9ab02ee'), group: Id.parse('a4b45840-9a50-11e6-c537-6bf8e9ab02ee')},
  system: {user: Id.parse('3e32c5fa-ac9c-4d39-8b4b-4db3e576b3c3'), group: Id.parse('a4b45840-ac9c-4d39-8b4b-4db3e576b3c3')},
  test: {user: Id.parse('ca1e672e-e3be-40e0-b79b-d2c68e68d380'), group: Id.parse('ca1e672e-e3be-40e0-b79b-8546b8bf62e6')},
} as const;

/** What a table gets, by column; times as `stamp` makes them. */
export type Row = Record<string, unknown>;

/**
 * The small tables, collected in memory and written once: their size follows the organisation, not the events.
 * Also gives things their ids, which depend on the seed and the thing's name alone.
 */
export class World {
  readonly rows = new Map<string, Row[]>();
  readonly #types = new Map<string, Id>();

  constructor(readonly seed: string, readonly span: Span) {}

  id(...name: (string | number)[]): Id {
    return new Random(`${this.seed}:id:${name.join(':')}`).id();
  }

  random(name: string): Random {
    return new Random(`${this.seed}:${name}`);
  }

  add(table: string, row: Row): void {
    let rows = this.rows.get(table);
    if (rows === undefined)
      this.rows.set(table, rows = []);
    rows.push(row);
  }

  /** Registers an entity beside its own table's row. */
  entity(type: string, id: Id, name: string, friendlyName: string, extra: Row = {}): void {
    this.add('entities', {id: id.text, entity_type_id: this.#type(type).text, name, friendly_name: friendlyName,
      is_deleted: false, ...extra});
  }

  #type(name: string): Id {
    let id = this.#types.get(name);
    if (id === undefined) {
      this.#types.set(name, id = this.id('entity type', name));
      this.add('entity_types', {id: id.text, name, friendly_name: name.replace(/(?<=[a-z])(?=[A-Z])/g, ' '),
        is_package_entity: !['User', 'UserGroup'].includes(name)});
    }
    return id;
  }
}

/** An instant as the database takes it: UTC wall time without a zone; null stays null. */
export function stamp(time: number | null): string | null {
  return time === null ? null : new Date(time).toISOString().slice(0, -1);
}
