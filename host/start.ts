// Patterns such as "today" are resolved by the core in the zone of its process: UTC, before anything reads a clock.
process.env.TZ = 'UTC';

import {existsSync} from 'node:fs';
import {createServer} from 'node:net';
import path from 'node:path';
import {fileURLToPath} from 'node:url';
import pg from 'pg';
import {onLauncherGone} from './launcher.ts';
import {help, readOptions, StartError, type Options} from './options.ts';
import {buildPackages} from './packages-build.ts';
import {say, step} from './progress.ts';
import {checkSchema, createSchema, isEmpty} from './database/schema.ts';
import {fillDemo} from './database/demo/index.ts';
import {startDatabase} from './database/server.ts';
import {buildClient} from './client/build.ts';
import {buildApp} from './server/app.ts';

const here = path.dirname(fileURLToPath(import.meta.url));
const root = path.resolve(here, '..');

/** What was started, in order; ended in reverse. */
const running: (() => Promise<void>)[] = [];
let stopping: Promise<void> | null = null;

/** Ends everything once. A second signal while this is under way ends the process at once. */
function stop(): Promise<void> {
  return stopping ??= (async () => {
    for (const end of running.reverse())
      await end().catch((e) => console.error(`While stopping: ${e?.message ?? e}`));
  })();
}

/** Ends everything, then the process. */
function end(): void {
  say('Stopping');
  void stop().then(() => process.exit(0));
}

/** For failures that come in words for the user: only these are shown. */
const inWords = <T>(work: Promise<T>): Promise<T> => work.catch((e) => {
  throw new StartError(e.message, {cause: e});
});

/** Said before anything is built or filled, not after minutes of it. */
function checkPort(port: number, host: string): Promise<void> {
  return new Promise((done, fail) => {
    const probe = createServer();
    probe.once('error', fail).listen(port, host, () => probe.close(() => done()));
  });
}

/** A database of somebody else: reachable, with the tables that are needed; nothing in it is changed. */
async function existingDatabase(url: string): Promise<string> {
  const shown = new URL(url);
  shown.password = '';
  shown.search = '';
  const client = quiet(new pg.Client({connectionString: url, connectionTimeoutMillis: 10_000}));
  try {
    await client.connect();
  } catch (e) {
    throw new StartError(`Cannot reach the database ${shown}: ${(e as Error).message || (e as any).code}`);
  }
  try {
    await client.query('set default_transaction_read_only = on');
    await inWords(checkSchema(client));
  } finally {
    await client.end();
  }
  return url;
}

/** The embedded database, made and filled at the first start. */
async function embeddedDatabase(options: Options): Promise<string> {
  const database = await inWords(startDatabase({folder: options.dataFolder, onProgress: (line) => say(line)}));
  running.push(database.stop);
  const client = quiet(new pg.Client({connectionString: database.url}));
  await client.connect();
  try {
    if (await isEmpty(client))
      await createSchema(client);
    const {rows: [{filled}]} = await client.query('select exists (select 1 from events) filled');
    if (!filled) {
      const {events, users, days, seed} = options;
      await step(`Filling in ${events.toLocaleString('en')} demo events over ${days} days`, (tell) =>
        fillDemo(database.url, {events, users, days, seed, until: new Date(), onProgress: tell}));
    }
  } finally {
    await client.end();
  }
  return database.url;
}

/** A connection that is lost fails the query that waits for it; the event beside would end the process. */
function quiet(client: pg.Client): pg.Client {
  return client.on('error', () => {});
}

async function main(): Promise<void> {
  const options = readOptions(process.argv.slice(2), process.env, root);
  if (options === 'help') {
    console.log(help());
    return;
  }
  const clientFolder = path.join(here, 'build');
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.on(signal, () => {
      if (stopping != null)
        process.exit(1);
      end();
    });
  onLauncherGone(() => stopping == null && end());
  await checkPort(options.port, options.listen);

  if (options.build) {
    await inWords(buildPackages(options.packageFolders));
    await inWords(step('Building the client', () => buildClient(clientFolder)));
  } else if (!existsSync(path.join(clientFolder, 'index.html')))
    throw new StartError('Nothing was built before: start once without --no-build');
  const readOnly = options.databaseUrl != null;
  const databaseUrl = readOnly ? await existingDatabase(options.databaseUrl!) : await embeddedDatabase(options);

  const app = await buildApp({databaseUrl, packageFolders: options.packageFolders, readOnly, clientFolder,
    ownerIsAdmin: true, cacheBytes: options.cacheBytes, dataFolder: options.dataFolder,
    limits: {timeLimitMs: options.timeLimitMs, rowLimit: options.rowLimit}});
  running.push(() => app.close());
  if (stopping != null)
    return;
  await app.listen({port: options.port, host: options.listen});
  const {port} = app.server.address() as {port: number};
  const address = `http://localhost:${port}`;
  for (const {folder, message} of app.registry.problems)
    say(`Not loaded: ${folder}: ${message}`);
  for (const {folder, by} of app.registry.replaced)
    say(`${by.name} ${by.version} is served as published, not from ${folder}; ` +
      `to end that: npm run unpublish -- ${by.npmName}`);
  say(`Ready: ${address}${readOnly ? ' (read-only)' : ''}`);
  for (const appAddress of app.appAddresses())
    say(`  ${address}${appAddress}`);
}

main().catch(async (e) => {
  // What fails because everything is being stopped is no failure; whoever stops it ends the process.
  if (stopping != null)
    return;
  const busy = e?.code === 'EADDRINUSE' ?
    `Port ${e.port} is in use. Choose another: npm start -- --port ${e.port + 1}` : null;
  console.error(e instanceof StartError || busy ? `
${busy ?? e.message}` : e);
  await stop();
  process.exit(1);
});
