import {createHash} from 'node:crypto';
import {mkdtempSync, readdirSync, realpathSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import pg from 'pg';
import {createSchema, SCHEMA_SQL} from '../../host/database/schema.ts';
import {startDatabase} from '../../host/database/server.ts';
import {isTaken, takeFolder} from '../../host/database/owner.ts';

const FOLDER_PREFIX = 'ua-test-postgres-';
/** The role that owns the host's database, as in earnest: no superuser. */
const ROLE = 'datagrok';
let ownServer: Promise<{url: string; close(): Promise<void>}> | undefined;
let counter = 0;

/**
 * A fresh, empty database with the platform's schema, on a server shared by everything that runs in this process, or
 * by the whole run when `UA_TEST_SERVER_URL` holds the address that `testServer` gave to the runner.
 *
 * The server stops, and its data go, when the process ends, however it ends.
 */
export async function testDatabase(): Promise<{url: string; close(): Promise<void>}> {
  const serverUrl = process.env.UA_TEST_SERVER_URL ?? (await (ownServer ??= testServer())).url;
  const name = `test_${process.pid}_${Date.now().toString(36)}_${++counter}`;
  await withClient(serverUrl, async (client) => {
    const template = await ensureTemplate(client, serverUrl);
    await client.query(`create database ${name} template ${template} owner ${ROLE}`);
  });
  return {
    url: databaseUrl(serverUrl, name, true),
    close: () => withClient(serverUrl, async (client) => {
      await client.query(`drop database if exists ${name} with (force)`);
    }),
  };
}

/** Starts a throw-away PostgreSQL; `url` is its maintenance database, to be passed on in `UA_TEST_SERVER_URL`. */
export async function testServer(): Promise<{url: string; close(): Promise<void>}> {
  const folder = mkdtempSync(path.join(realpathSync(tmpdir()), FOLDER_PREFIX));
  const release = takeFolder(path.join(folder, 'owner.json'));
  const remove = (): void => {
    release();
    rmSync(folder, {recursive: true, force: true, maxRetries: 5});
  };
  endOnSignals();
  // Runs after the server's own handler: the folder goes once the server is down.
  process.once('exit', remove);
  await removeLeftovers();
  const server = await startDatabase({folder, disposable: true});
  return {
    url: server.adminUrl,
    close: async () => {
      await server.stop();
      process.removeListener('exit', remove);
      remove();
    },
  };
}

/** Opens a client, runs, closes. */
export async function withClient<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({connectionString: url});
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** The schema is created once per server, in a template whose name changes with it. */
async function ensureTemplate(client: pg.Client, serverUrl: string): Promise<string> {
  const name = `template_${createHash('sha1').update(SCHEMA_SQL).digest('hex').slice(0, 12)}`;
  // Several test processes may come at once; the lock also keeps two copies of the template from colliding.
  await client.query('select pg_advisory_lock(20250101)');
  const {rowCount} = await client.query('select 1 from pg_database where datname = $1', [name]);
  if (rowCount === 0) {
    const draft = `${name}_draft`;
    await client.query(`drop database if exists ${draft} with (force)`);
    await client.query(`create database ${draft} owner ${ROLE}`);
    await withClient(databaseUrl(serverUrl, draft, true), createSchema);
    await client.query(`alter database ${draft} rename to ${name}`);
  }
  return name;
}

function databaseUrl(serverUrl: string, name: string, asRole: boolean): string {
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  if (asRole)
    url.username = ROLE;
  return url.href;
}

/** A test process that was killed outright leaves its server; the next one clears it away. */
async function removeLeftovers(): Promise<void> {
  const temp = realpathSync(tmpdir());
  for (const name of readdirSync(temp).filter((entry) => entry.startsWith(FOLDER_PREFIX))) {
    const folder = path.join(temp, name);
    try {
      const lock = path.join(folder, 'owner.json');
      if (isTaken(lock))
        continue;
      const release = takeFolder(lock);
      // Starting in the folder stops what still runs there.
      await startDatabase({folder, disposable: true}).then((server) => server.stop()).finally(release);
      rmSync(folder, {recursive: true, force: true, maxRetries: 5});
    } catch {
      // Another process clears the same folder, or it belongs to another user: not this run's business.
    }
  }
}

let signalsHandled = false;

/** A signal ends a process without its `exit` handlers, unless somebody turns it into an exit. */
function endOnSignals(): void {
  if (signalsHandled)
    return;
  signalsHandled = true;
  for (const [signal, code] of [['SIGINT', 130], ['SIGTERM', 143], ['SIGHUP', 129]] as const)
    process.once(signal, () => process.exit(code));
}
