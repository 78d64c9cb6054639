import {totalmem} from 'node:os';
import pg from 'pg';
import {startDatabase} from '../../host/database/server.ts';
import {buildLog, LOG_VERSION, type LogSize} from './build.ts';

/** A log that is older than this is made anew: the open month of a real log is never far away. */
const OLDEST_DAYS = 20;

export interface BenchServer {
  /** Address of the log of that size, built unless it is there. */
  log(size: Omit<LogSize, 'until'>, tell: (line: string) => void): Promise<string>;
  stop(): Promise<void>;
}

/**
 * The server of the benchmark's own logs, with its data in a folder that outlives the run.
 * @param address of a maintenance database, as superuser, of a server that runs already; else one is started.
 */
export async function benchServer(folder: string, {address, port}: {address?: string, port?: number}):
Promise<BenchServer> {
  const started = address == null ? await startDatabase({folder, port, settings: settings()}) : null;
  const adminUrl = address ?? started!.adminUrl;
  return {log: (size, tell) => cachedLog(adminUrl, size, tell), stop: async () => started?.stop()};
}

/** As a database server of its own is set up: a quarter of the memory, 4 GB at most, for what it has read. */
function settings(): Record<string, string> {
  const megabytes = Math.floor(Math.min(4 * 2 ** 30, totalmem() / 4) / 2 ** 20);
  return {'shared_buffers': `${megabytes}MB`, 'effective_cache_size': `${2 * megabytes}MB`};
}

async function cachedLog(adminUrl: string, size: Omit<LogSize, 'until'>, tell: (line: string) => void):
Promise<string> {
  const name = `log_${size.events}_${size.days}_${size.seed}_${LOG_VERSION}`;
  const url = new URL(adminUrl);
  url.username = 'datagrok';
  const urlOf = (database: string): string => {
    url.pathname = `/${database}`;
    return url.href;
  };
  const admin = new pg.Client({connectionString: adminUrl});
  await admin.connect();
  try {
    const {rowCount} = await admin.query('select from pg_database where datname = $1', [name]);
    if (rowCount === 1 && Date.now() - (await endOfLog(urlOf(name))).getTime() < OLDEST_DAYS * 86_400_000)
      return urlOf(name);
    tell(`Building a log of ${size.events.toLocaleString('en')} events over ${size.days} days, once`);
    // A draft of a run that was stopped is no log yet.
    await admin.query(`drop database if exists ${name}_draft with (force)`);
    await admin.query(`create database ${name}_draft owner datagrok`);
    await buildLog(urlOf(`${name}_draft`), {...size, until: new Date(Math.floor(Date.now() / 60_000) * 60_000)}, tell);
    await admin.query(`drop database if exists ${name} with (force)`);
    await admin.query(`alter database ${name}_draft rename to ${name}`);
    return urlOf(name);
  } finally {
    await admin.end();
  }
}

/** The minute after the last event: where the ranges of the benchmark end. */
export async function endOfLog(url: string): Promise<Date> {
  const client = new pg.Client({connectionString: url});
  await client.connect();
  try {
    const {rows: [{last}]} = await client.query<{last: Date | null}>(
      `select max(event_time) at time zone 'UTC' as last from events`);
    if (last == null)
      throw new Error('The database has no events');
    return new Date(Math.floor(last.getTime() / 60_000 + 1) * 60_000);
  } finally {
    await client.end();
  }
}
