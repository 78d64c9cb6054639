import type {Pool} from 'pg';
import type {Caller} from '../model.ts';
import type {Statement} from './statement.ts';
import type {PackageRegistry} from '../registry/index.ts';

/** What an answer depends on besides the request. */
export interface View {
  pool: Pool;
  registry: PackageRegistry;
  caller: Caller;
  /** Every published version, not the current one of each package only. */
  allVersions: boolean;
}

/** A row of a kind's source: the columns that its `columns` name. */
export type Row = Record<string, any>;
export type Json = Record<string, unknown>;

/** A property that filters and orders may name. `sql` is fixed text over the kind's source. */
export interface Field {
  sql: string;
  type: 'text' | 'uuid' | 'bool' | 'time' | 'number' | 'tags';
  /** Never null, so that an index can serve the order. */
  dense?: true;
}

/** How entities of one kind are found in the database (and among running packages) and written as JSON. */
export interface Kind {
  /** Word for messages: `user`. */
  name: string;
  /** `from` clause and conditions that always hold, for this caller. */
  source(view: View, statement: Statement): {from: string; where: string[]};
  /** What `entities` needs of a row, as a `select` list. Must contain `id`. */
  columns: string;
  /** By path of the property, lower-cased. */
  fields: Record<string, Field>;
  /** SQL of the texts in which words of a free-text filter are looked for. */
  words: string[];
  /** SQL of the order when none is asked for. */
  order: string;
  /** SQL of the id, which breaks ties. */
  id: string;
  /** Writes rows as entity JSON in the same order. */
  entities(rows: Row[], view: View, include: Set<string>): Promise<Json[]> | Json[];
  /** Refuses what the caller may know of but not see. @throws Refusal */
  guard?(id: string, view: View): void;
}

/** Rows of `to_jsonb` hold timestamps without zone; they are UTC. Null and undefined stay out of the answer. */
export const instant = (value: string | null | undefined): string | undefined =>
  value ? `${value.replace(' ', 'T').replace(/(\+00(:00)?|Z)$/, '')}Z` : undefined;

/** Undefined for null, so that the key is left out: the core keeps its default then. */
export const orAbsent = <T>(value: T | null | undefined): T | undefined => value ?? undefined;

export const text = (sql: string): Field => ({sql, type: 'text'});
export const uuid = (sql: string): Field => ({sql, type: 'uuid'});
export const bool = (sql: string): Field => ({sql, type: 'bool'});
export const time = (sql: string): Field => ({sql, type: 'time'});
export const number = (sql: string): Field => ({sql, type: 'number'});
