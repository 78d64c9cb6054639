import {execFileSync} from 'node:child_process';
import {randomBytes} from 'node:crypto';
import {existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import type {Account} from './account.ts';
import type {PostgresBinaries} from './binaries.ts';
import {processStart} from './owner.ts';

/** Where the parts of one database server lie inside its folder. */
export interface ClusterFiles {
  /** PostgreSQL's data directory. */
  data: string;
  log: string;
  lock: string;
  password: string;
}

export function clusterFiles(folder: string): ClusterFiles {
  const file = (name: string): string => path.join(folder, name);
  return {data: file('cluster'), log: file('postgres.log'), lock: file('owner.json'), password: file('password')};
}

/** The superuser that `initdb` makes. */
export const SUPERUSER = 'postgres';

/**
 * Makes the data directory unless it is there. It is made under another name and renamed when whole, so that an
 * interrupted `initdb` leaves only a draft, which the next start removes.
 */
export async function createCluster(folder: string, binaries: PostgresBinaries, account: Account): Promise<void> {
  const {data, password} = clusterFiles(folder);
  for (const name of readdirSync(folder)) {
    if (name.startsWith('draft-'))
      rmSync(path.join(folder, name), {recursive: true, force: true, maxRetries: 5});
  }
  if (existsSync(data))
    return;
  if (!existsSync(password))
    writeFileSync(password, randomBytes(18).toString('base64url'), {mode: 0o600});
  const draft = path.join(folder, `draft-${process.pid}-${Date.now()}`);
  mkdirSync(draft, {mode: 0o700});
  account.own(folder);
  await account.run(binaries.initdb, ['--pgdata', draft, '--username', SUPERUSER, '--pwfile', password,
    '--auth', 'scram-sha-256', '--encoding', 'UTF8', '--locale', 'C']);
  renameSync(draft, data);
}

/** Settings for analytics on a laptop, beside PostgreSQL's own defaults. */
const SETTINGS: Record<string, string | number> = {
  'listen_addresses': '127.0.0.1',
  'unix_socket_directories': '',
  'max_connections': 60,
  'timezone': 'UTC',
  'log_timezone': 'UTC',
  'datestyle': 'ISO, MDY',
  'default_text_search_config': 'pg_catalog.simple',
  'shared_buffers': '256MB',
  'effective_cache_size': '1GB',
  'work_mem': '32MB',
  'maintenance_work_mem': '256MB',
  'max_wal_size': '2GB',
  'checkpoint_timeout': '15min',
  'wal_level': 'minimal',
  'max_wal_senders': 0,
  'random_page_cost': 1.1,
  // Compiling costs more than it saves on queries that take a second.
  'jit': 'off',
  // A query whose client went away is noticed while it runs.
  'client_connection_check_interval': '2s',
  'log_min_messages': 'warning',
  'log_line_prefix': '%m [%p] %a ',
};

/** For data that nobody will miss: nothing waits for the disk. */
export const DISPOSABLE: Readonly<Record<string, string>> = {'fsync': 'off', 'synchronous_commit': 'off', 'full_page_writes': 'off'};

/** Writes the server's settings, at each start, so that an old data folder gets the present ones. */
export function writeSettings(data: string, port: number, own: Readonly<Record<string, string | number>>): void {
  const settings = {...SETTINGS, ...own, port};
  const lines = Object.entries(settings).map(([key, value]) => `${key} = '${value}'`);
  writeFileSync(path.join(data, 'postgresql.conf'), lines.join('\n') + '\n', {mode: 0o600});
}

/** Process number of the server that runs on this data directory, or null. */
export function runningServer(data: string): number | null {
  const pid = Number(readPidFile(data)?.[0]);
  return Number.isInteger(pid) && pid > 0 && processStart(pid) !== null && isServerOf(pid, data) ? pid : null;
}

/**
 * Removes `postmaster.pid` when its number now belongs to a stranger: PostgreSQL would take that for a running
 * server and refuse to start. With a number nobody has, PostgreSQL itself recovers, so the file is left to it.
 */
export function forgetDeadServer(data: string): void {
  const pid = Number(readPidFile(data)?.[0]);
  const isFile = readPidFile(data) !== null;
  if (isFile && (!Number.isInteger(pid) || pid <= 0 || processExists(pid) && !isServerOf(pid, data)))
    rmSync(path.join(data, 'postmaster.pid'), {force: true});
}

function readPidFile(data: string): string[] | null {
  try {
    return readFileSync(path.join(data, 'postmaster.pid'), 'utf8').split('\n');
  } catch {
    return null;
  }
}

function processExists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** The command line tells a server of this directory; a working directory could not be read across accounts. */
function isServerOf(pid: number, data: string): boolean {
  try {
    const command = process.platform === 'linux' ? readFileSync(`/proc/${pid}/cmdline`, 'utf8') :
      process.platform === 'win32' ? `postgres ${data}` :
        execFileSync('ps', ['-o', 'command=', '-p', String(pid)], {encoding: 'utf8'});
    return command.includes('postgres') && command.includes(data);
  } catch {
    return false;
  }
}
