import pg from 'pg';
import {buildCatalog} from './catalog.ts';
import {Background} from './background.ts';
import {DAY} from './calendar.ts';
import {Days} from './days.ts';
import {Interests} from './interests.ts';
import {insertWorld, suspendIndexes} from './load.ts';
import {EventLog} from './log.ts';
import {buildOrganisation} from './organisation.ts';
import {buildProjects} from './projects.ts';
import {Runs} from './runs.ts';
import {Sessions} from './sessions.ts';
import {Visitor} from './visit.ts';
import {World} from './world.ts';

export interface DemoOptions {
  /** Number of events, met within two percent. Default 300,000. */
  events?: number;
  /** Number of persons; built-in and service accounts come on top. Default 120. */
  users?: number;
  /** Length of the span that ends at `until`. Default 365. */
  days?: number;
  /** The same seed, numbers and `until` give the same rows. Default `demo`. */
  seed?: string | number;
  /** No event at or after it. Default: now. */
  until?: Date;
  /** Gets a line now and then. */
  onProgress?: (message: string) => void;
}

export interface DemoSummary {
  /** First instant (inclusive) and last (exclusive) of the span. */
  from: Date;
  until: Date;
  /** Rows by table. */
  rows: Record<string, number>;
}

/**
 * Fills the platform's empty tables with an organisation and its activity. One transaction: a fill that is cut short
 * leaves the tables empty. Memory does not grow with the number of events.
 *
 * @throws Error when the tables hold data already
 */
export async function fillDemo(url: string, options: DemoOptions = {}): Promise<DemoSummary> {
  const {events = 300_000, users = 120, days = 365, seed = 'demo', until = new Date(), onProgress = () => {}} = options;
  for (const [name, value] of Object.entries({events, users, days})) {
    if (!Number.isInteger(value) || value < 1)
      throw new Error(`The demo needs a whole positive number of ${name}, got ${value}.`);
  }
  const span = {from: until.getTime() - days * DAY, until: until.getTime()};
  const client = new pg.Client({connectionString: url});
  // A lost connection fails the statement that waits for it; unheard, the event beside would end the process.
  client.on('error', () => {});
  await client.connect();
  try {
    const {rowCount} = await client.query('select 1 from users union all select 1 from events limit 1');
    if (rowCount !== 0)
      throw new Error('The database is not empty: the demo is made for a new one only.');
    await client.query('begin');
    const restore = await suspendIndexes(client);
    const world = new World(String(seed), span);
    const log = await writeActivity(world, client, {events, users, onProgress});
    onProgress('Demo: indexes');
    await insertWorld(client, world);
    await restore();
    await client.query('commit');
    await client.query('analyze');
    const small = [...world.rows].map(([table, rows]): [string, number] => [table, rows.length]);
    return {from: new Date(span.from), until, rows: {...Object.fromEntries(small), ...log.rows}};
  } finally {
    // Ends an open transaction too: nothing stays of a fill that failed.
    await client.end();
  }
}

async function writeActivity(world: World, client: pg.ClientBase,
  options: Required<Pick<DemoOptions, 'events' | 'users' | 'onProgress'>>): Promise<EventLog> {
  const {events, users, onProgress} = options;
  const organisation = buildOrganisation(world, users);
  const catalog = buildCatalog(world, organisation);
  const dashboards = buildProjects(world, organisation, catalog);
  const log = new EventLog(world, client, world.random('rows'));
  const sessions = new Sessions(log, world.random('sessions'), world.span.until);
  const runs = new Runs(world, log, world.random('runs'));
  const visitor = new Visitor(log, runs, new Interests(world, catalog), catalog, dashboards, world.random('visits'));
  const background = new Background({world, log, sessions, runs, organisation, catalog, dashboards, events});
  const days = new Days(world, log, sessions, visitor, organisation, Math.max(0, events - background.expected));
  let told = 0;
  for (const day of days.all()) {
    background.day(day, await days.visits(day));
    await log.breathe();
    if (log.count >= told + events / 10) {
      told = log.count;
      onProgress(`Demo: ${told.toLocaleString('en-US')} of ${events.toLocaleString('en-US')} events`);
    }
  }
  await days.catchUp(events);
  sessions.closeAll();
  await log.finish();
  return log;
}
