import {randomUUID} from 'node:crypto';
import type pg from 'pg';
import type {LogRecord, Parameter} from './record.ts';
import {inTransaction} from '../transaction.ts';

/** One lock for all who declare, in every host on this database. The number is arbitrary. */
const LOCK = 7_201_934;

/** Kinds of events and parameters are few; a client that makes up new ones without end must not fill the memory. */
const MOST_REMEMBERED = 50_000;

const typeKey = (record: LogRecord): string =>
  record.level === 'error' ? `error\0${record.signature}` : `${record.level}\0${record.type}`;

/**
 * Types of events and their parameters, declared when first used. The tables have no unique keys on the platform, so
 * that whoever adds a row holds a lock in which it looks first: two clients that use a new type at once get one row.
 */
export class Declarations {
  private types = new Map<string, string>();
  private parameters = new Map<string, string>();

  /** Id of a record's type; declared by `declare` before. */
  type(record: LogRecord): string {
    return this.types.get(typeKey(record))!;
  }

  /** Id of a parameter of a record's type. */
  parameter(record: LogRecord, {name}: Parameter): string {
    return this.parameters.get(`${this.type(record)}\0${name}`)!;
  }

  /**
   * Sees to it that all types and parameters of the records are there. What it adds is committed at once and stays even
   * if the records are not written: a declaration without events does no harm.
   */
  async declare(client: pg.ClientBase, records: readonly LogRecord[]): Promise<void> {
    if (this.types.size + this.parameters.size > MOST_REMEMBERED)
      this.forget();
    if (!this.lacks(records))
      return;
    try {
      await inTransaction(client, async () => {
        await client.query('select pg_advisory_xact_lock($1)', [LOCK]);
        await this.declareTypes(client, records);
        await this.declareParameters(client, records);
      });
    } catch (error) {
      this.forget();
      throw error;
    }
  }

  /** After a failure: the database may have lost what was remembered (restored, types deleted by an administrator). */
  forget(): void {
    this.types = new Map();
    this.parameters = new Map();
  }

  private lacks(records: readonly LogRecord[]): boolean {
    return records.some((record) => !this.types.has(typeKey(record)) ||
      record.parameters.some(({name}) => !this.parameters.has(`${this.type(record)}\0${name}`)));
  }

  private async declareTypes(client: pg.ClientBase, records: readonly LogRecord[]): Promise<void> {
    // The first one that uses it names it.
    const wanted = new Map([...records].reverse().map((record) => [typeKey(record), record]));
    const list = [...wanted.values()];
    // Several rows of one kind may be there from other times: the first one serves.
    const {rows} = await client.query<{place: number, id: string | null}>(`
      select w.place::int - 1 as place, (select t.id::text from event_types t where t.source = w.level and
        case when w.level = 'error' then t.error_stack_trace_hash = w.signature else t.friendly_name = w.type end
        order by t.id limit 1) as id
      from unnest($1::text[], $2::text[], $3::uuid[]) with ordinality as w (level, type, signature, place)`,
    [list.map((r) => r.level), list.map((r) => r.type), list.map((r) => r.signature)]);
    const added = rows.filter(({id}) => id === null).map(({place}) => ({id: randomUUID(), record: list[place]}));
    for (const {place, id} of rows)
      if (id !== null)
        this.types.set(typeKey(list[place]), id);
    if (added.length > 0) {
      await client.query(`insert into event_types (id, source, friendly_name, error_stack_trace, error_stack_trace_hash,
          is_error)
        select * from unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::uuid[], $6::boolean[])`,
      [added.map(({id}) => id), added.map(({record}) => record.level), added.map(({record}) => record.type),
        added.map(({record}) => record.level === 'error' ? record.stack : null),
        added.map(({record}) => record.signature), added.map(({record}) => record.level === 'error' ? true : null)]);
      for (const {id, record} of added)
        this.types.set(typeKey(record), id);
    }
  }

  private async declareParameters(client: pg.ClientBase, records: readonly LogRecord[]): Promise<void> {
    const wanted = new Map([...records].reverse().flatMap((record) => record.parameters.map((parameter) =>
      [`${this.type(record)}\0${parameter.name}`, {event: this.type(record), ...parameter}])));
    const list = [...wanted.entries()];
    const {rows} = await client.query<{place: number, id: string | null}>(`
      select w.place::int - 1 as place, (select p.id::text from event_parameters p
        where p.event_type_id = w.event and p.name = w.name order by p.id limit 1) as id
      from unnest($1::uuid[], $2::text[]) with ordinality as w (event, name, place)`,
    [list.map(([, p]) => p.event), list.map(([, p]) => p.name)]);
    const added = rows.filter(({id}) => id === null).map(({place}) => ({id: randomUUID(), place}));
    for (const {place, id} of rows)
      if (id !== null)
        this.parameters.set(list[place][0], id);
    if (added.length > 0) {
      await client.query(`insert into event_parameters (id, event_type_id, name, type)
        select * from unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[])`,
      [added.map(({id}) => id), added.map(({place}) => list[place][1].event),
        added.map(({place}) => list[place][1].name), added.map(({place}) => list[place][1].type)]);
      for (const {id, place} of added)
        this.parameters.set(list[place][0], id);
    }
  }
}
