import {mkdirSync, readFileSync, realpathSync, rmSync, statSync, truncateSync} from 'node:fs';
import {createServer, type AddressInfo} from 'node:net';
import path from 'node:path';
import pg from 'pg';
import {databaseAccount, privateFile, type Account} from './account.ts';
import {postgresBinaries, type PostgresBinaries} from './binaries.ts';
import {clusterFiles, createCluster, DISPOSABLE, forgetDeadServer, runningServer, SUPERUSER, writeSettings} from './cluster.ts';
import {takeFolder} from './owner.ts';

/** Database and role that the host works with. */
const DATABASE = 'datagrok';

export interface DatabaseOptions {
  /** Where the data live. The server keeps everything in `postgres/` inside it. Created when missing. */
  folder: string;
  /** Gets a line for each step that may take long. */
  onProgress?: (message: string) => void;
  /** On loopback; a free one is chosen when left out. */
  port?: number;
  /** For tests: durability is given up for speed, and the data are removed at the end. */
  disposable?: boolean;
  /** PostgreSQL's settings instead of the usual ones, such as a larger `shared_buffers`. */
  settings?: Readonly<Record<string, string | number>>;
}

export interface RunningDatabase {
  /** Address of the database `datagrok`, as its owner, who is no superuser. Holds the password: never log it. */
  url: string;
  /** Address of the maintenance database, as superuser: to create databases. */
  adminUrl: string;
  port: number;
  /** Stops the server; when the process exits without it, the server is stopped all the same. */
  stop(): Promise<void>;
}

/**
 * Starts the embedded PostgreSQL on loopback, with its data in a folder, and makes the empty database `datagrok`
 * at the first start (UTF-8, locale C, UTC).
 *
 * A killed predecessor is no hindrance: its half-made data are made anew, its orphaned server is stopped, its
 * stale files are removed; what it had committed stays.
 *
 * @throws Error in words for the user: folder in use by a living process, port taken, no PostgreSQL for the platform
 */
export async function startDatabase(options: DatabaseOptions): Promise<RunningDatabase> {
  const {onProgress = () => {}, disposable = false, settings = {}} = options;
  mkdirSync(path.join(options.folder, 'postgres'), {recursive: true, mode: 0o700});
  const folder = realpathSync(path.join(options.folder, 'postgres'));
  const files = clusterFiles(folder);
  const release = takeFolder(files.lock);
  let stop: () => Promise<void> = async () => release();
  try {
    const binaries = postgresBinaries();
    const account = databaseAccount({program: binaries.initdb, folder});
    stop = stopOnExit(folder, binaries, account, disposable, release);
    onProgress('Preparing PostgreSQL');
    await createCluster(folder, binaries, account);
    await stopOrphan(files.data, binaries, account, onProgress);
    onProgress('Starting PostgreSQL');
    const port = await launchOnPort(options.port, async (candidate) => {
      writeSettings(files.data, candidate, {...disposable ? DISPOSABLE : {}, ...settings});
      account.own(folder);
      await launch(folder, binaries, account);
    });
    const password = readFileSync(files.password, 'utf8').trim();
    const address = (user: string, name: string): string => `postgres://${user}:${password}@127.0.0.1:${port}/${name}`;
    const adminUrl = address(SUPERUSER, 'postgres');
    await createDatabase(adminUrl, password);
    return {url: address(DATABASE, DATABASE), adminUrl, port, stop};
  } catch (error) {
    await stop();
    throw error;
  }
}

async function stopOrphan(data: string, binaries: PostgresBinaries, account: Account,
  onProgress: (message: string) => void): Promise<void> {
  if (runningServer(data) !== null) {
    onProgress('Stopping the PostgreSQL of a killed start');
    await stopServer(data, binaries, account, 'fast')
      .catch(() => stopServer(data, binaries, account, 'immediate'));
  }
  forgetDeadServer(data);
}

/** `fast` ends connections and writes everything out; `immediate` leaves recovery to the next start. */
async function stopServer(data: string, binaries: PostgresBinaries, account: Account,
  mode: 'fast' | 'immediate'): Promise<void> {
  await account.run(binaries.pgCtl, ['stop', '-D', data, '-m', mode, '-w', '-t', '60', '-s']);
}

async function launch(folder: string, binaries: PostgresBinaries, account: Account): Promise<void> {
  const {data, log} = clusterFiles(folder);
  privateFile(log);
  if (statSync(log).size > 16 * 1024 * 1024)
    truncateSync(log);
  account.own(log);
  const start = statSync(log).size;
  try {
    // Recovery after a kill may take minutes on a large database; pg_ctl waits until it accepts connections.
    await account.run(binaries.pgCtl, ['start', '-D', data, '-l', log, '-w', '-t', '900', '-s']);
  } catch {
    const words = readFileSync(log, 'utf8').slice(start).split('\n').filter((line) => /FATAL|ERROR|HINT|LOG: {2}could/.test(line));
    throw new Error(`PostgreSQL did not start: ${words.slice(-4).join(' ') || 'no reason given'} (${log})`);
  }
}

/** A free port may be taken by somebody else between choosing and using it; then another one is tried. */
async function launchOnPort(wanted: number | undefined, launchOn: (port: number) => Promise<void>): Promise<number> {
  for (let attempt = 1; ; attempt++) {
    const port = wanted ?? await freePort();
    try {
      await launchOn(port);
      return port;
    } catch (error) {
      if (wanted !== undefined || attempt === 5 || !/address already in use|could not bind/i.test(String(error)))
        throw error;
    }
  }
}

/** Returns what stops the server, and arranges that it is stopped, even half-started, when the process exits. */
function stopOnExit(folder: string, binaries: PostgresBinaries, account: Account, disposable: boolean,
  release: () => void): () => Promise<void> {
  const {data} = clusterFiles(folder);
  const mode = disposable ? 'immediate' : 'fast';
  const clear = (): void => {
    release();
    if (disposable)
      rmSync(folder, {recursive: true, force: true, maxRetries: 5});
  };
  const atExit = (): void => {
    account.interrupt();
    account.runSync(binaries.pgCtl, ['stop', '-D', data, '-m', mode, '-w', '-s']);
    clear();
  };
  // First of all handlers: others may remove the folder.
  process.prependOnceListener('exit', atExit);
  let stopping: Promise<void> | undefined;
  return () => stopping ??= (async () => {
    // Already gone is as good as stopped.
    if (runningServer(data) !== null)
      await stopServer(data, binaries, account, mode);
    process.removeListener('exit', atExit);
    clear();
  })();
}

async function createDatabase(adminUrl: string, password: string): Promise<void> {
  const client = new pg.Client({connectionString: adminUrl});
  await client.connect();
  try {
    const role = await client.query('select 1 from pg_roles where rolname = $1', [DATABASE]);
    const verb = role.rowCount === 0 ? 'create' : 'alter';
    await client.query(`${verb} role ${DATABASE} login password ${client.escapeLiteral(password)}`);
    await client.query(`grant pg_read_all_stats to ${DATABASE}`);
    const database = await client.query('select 1 from pg_database where datname = $1', [DATABASE]);
    if (database.rowCount === 0)
      await client.query(`create database ${DATABASE} owner ${DATABASE}`);
  } finally {
    await client.end();
  }
}

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve, reject) => probe.once('error', reject).listen(0, '127.0.0.1', resolve));
  const {port} = probe.address() as AddressInfo;
  await new Promise((resolve) => probe.close(resolve));
  return port;
}
