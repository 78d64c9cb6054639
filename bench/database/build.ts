import {createHash} from 'node:crypto';
import {readFileSync} from 'node:fs';
import pg from 'pg';
import {suspendIndexes} from '../../host/database/demo/load.ts';
import {createSchema, SCHEMA_SQL} from '../../host/database/schema.ts';

/** What decides a log: equal sizes with equal seeds and ends are equal logs. */
export interface LogSize {
  events: number;
  days: number;
  seed: number;
  /** End of the log, not included. */
  until: Date;
}

/** Days whose events are written by one statement; they are held in memory of the server. */
const DAYS_AT_ONCE = 7;

function sql(name: string): string {
  return readFileSync(new URL(`./${name}.sql`, import.meta.url), 'utf8');
}

/** Changes with what a log is made by: a log of another version is another one. */
export const LOG_VERSION = createHash('sha256')
  .update([SCHEMA_SQL, ...['functions', 'organisation', 'kinds', 'log'].map(sql)].join()).digest('hex').slice(0, 6);

/**
 * Fills an empty database with a year (or `days`) of an invented organisation's log, under the platform's schema and
 * indexes as `host/database/schema.sql` has them. Everything is made by the server itself, in one transaction.
 */
export async function buildLog(url: string, size: LogSize, tell: (line: string) => void): Promise<void> {
  const client = new pg.Client({connectionString: url});
  await client.connect();
  try {
    await createSchema(client);
    await client.query('begin');
    await client.query(`set local synchronous_commit = off; set local work_mem = '256MB'`);
    const restore = await suspendIndexes(client);
    await set(client, {base: size.seed * 2 ** 40, until: size.until.toISOString().slice(0, -1), days: size.days,
      events: size.events});
    for (const name of ['functions', 'organisation', 'kinds'])
      await client.query(sql(name));
    // Sessions are looked up while they are written.
    await client.query('create unique index building on users_sessions (id)');
    for (let first = 1; first <= size.days; first += DAYS_AT_ONCE) {
      await set(client, {first_day: first, last_day: Math.min(first + DAYS_AT_ONCE - 1, size.days)});
      await client.query(sql('log'));
      await client.query('drop table stage');
      tell(`day ${first} of ${size.days}`);
    }
    await client.query('drop index building');
    tell('indexes');
    await client.query(`set local maintenance_work_mem = '1GB'`);
    await restore();
    await client.query('commit');
    tell('statistics');
    await client.query('vacuum analyze');
  } finally {
    await client.end();
  }
}

async function set(client: pg.ClientBase, values: Record<string, unknown>): Promise<void> {
  for (const [name, value] of Object.entries(values))
    await client.query('select set_config($1, $2, true)', [`bench.${name}`, String(value)]);
}
