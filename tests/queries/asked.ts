import {readdirSync, readFileSync} from 'node:fs';
import pg from 'pg';
import {parseQueries, type ParsedQuery} from '../../host/server/query/annotation.ts';
import {QueryRunner} from '../../host/server/query/run.ts';
import {plainValues} from '../../host/shared/table.ts';
import {testDatabase} from '../support/postgres.ts';

// The compiled core, which the runner loads, takes its "today" from the process's zone and insists on UTC.
process.env.TZ = 'UTC';

const FOLDER = new URL('../../queries/', import.meta.url);

/** Texts of the query files by file name. */
export const FILES = new Map(readdirSync(FOLDER).filter((name) => name.endsWith('.sql'))
  .map((name) => [name, readFileSync(new URL(name, FOLDER), 'utf8')]));

/** Every query of the package by name. A file that cannot be read fails here. */
export const QUERIES = new Map<string, ParsedQuery>([...FILES].flatMap(([file, text]) => {
  const {queries, problems} = parseQueries(text);
  if (problems.length > 0)
    throw new Error(`${file}: ${problems.join('; ')}`);
  return queries.map((query): [string, ParsedQuery] => [query.name, query]);
}));

/** A row of an answer; instants in whole epoch milliseconds. */
export type Row = Record<string, any>;

export interface Asker {
  client: pg.Client;
  /** Address of the database. */
  url: string;
  ask(name: string, values?: Record<string, unknown>): Promise<Row[]>;
  close(): Promise<void>;
}

/** A fresh database without foreign keys (old servers have dangling ids), and the host's own runner on it. */
export async function openAsker(): Promise<Asker> {
  const database = await testDatabase();
  const client = new pg.Client({connectionString: database.url});
  await client.connect();
  await client.query(`do $$ declare c record; begin
    for c in select conrelid::regclass as tab, conname from pg_constraint where contype = 'f' loop
      execute format('alter table %s drop constraint %I', c.tab, c.conname);
    end loop; end $$`);
  // Some answers depend on statistics: they change when a test says so, not in the middle of one.
  for (const table of ['events', 'event_parameter_values'])
    await client.query(`alter table ${table} set (autovacuum_enabled = false)`);
  const runner = new QueryRunner({url: database.url, timeLimitMs: 60_000});
  return {
    client,
    url: database.url,
    ask: async (name, values = {}) => {
      const {columns, rowCount} = await runner.run(QUERIES.get(name)!, values);
      const lists = columns.map((column) => plainValues(column).map((value) =>
        column.type === 'datetime' && value !== null ? Math.floor(value as number / 1000) : value));
      return Array.from({length: rowCount}, (_, row) =>
        Object.fromEntries(columns.map((column, i) => [column.name, lists[i][row]])));
    },
    close: async () => {
      await runner.close();
      await client.end();
      await database.close();
    },
  };
}
