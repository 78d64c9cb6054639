// Patterns such as "today" are resolved by the core in the zone of its process: UTC, before anything reads a clock.
process.env.TZ = 'UTC';

import {existsSync} from 'node:fs';
import path from 'node:path';
import {fileURLToPath} from 'node:url';
import pg from 'pg';
import {help, OptionsError, readOptions, type Options} from './options.ts';
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

/** A database of somebody else: reachable, with the tables that are needed; nothing in it is changed. */
async function existingDatabase(url: string): Promise<string> {
  const shown = new URL(url);
  shown.password = '';
  const client = new pg.Client({connectionString: url, connectionTimeoutMillis: 10_000});
  try {
    await client.connect();
  } catch (e) {
    throw new OptionsError(`Cannot reach the database ${shown}: ${(e as Error).message || (e as any).code}`);
  }
  try {
    await client.query('set default_transaction_read_only = on');
    await checkSchema(client);
  } finally {
    await client.end();
  }
  return url;
}

/** The embedded database, made and filled at the first start. */
async function embeddedDatabase(options: Options): Promise<string> {
  const database = await startDatabase({folder: options.dataFolder, onProgress: (line) => say(line)});
  running.push(database.stop);
  const client = new pg.Client({connectionString: database.url});
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
      say('Stopping');
      void stop().then(() => process.exit(0));
    });

  if (options.build) {
    await buildPackages(options.packageFolders);
    await step('Building the client', () => buildClient(clientFolder));
  } else if (!existsSync(path.join(clientFolder, 'index.html')))
    throw new OptionsError('Nothing was built before: start once without --no-build');
  const readOnly = options.databaseUrl != null;
  const databaseUrl = readOnly ? await existingDatabase(options.databaseUrl!) : await embeddedDatabase(options);

  const app = await buildApp({databaseUrl, packageFolders: options.packageFolders, readOnly, clientFolder,
    ownerIsAdmin: true, limits: {timeLimitMs: options.timeLimitMs, rowLimit: options.rowLimit}});
  running.push(() => app.close());
  if (stopping != null)
    return;
  await app.listen({port: options.port, host: options.listen});
  const {port} = app.server.address() as {port: number};
  const address = `http://localhost:${port}`;
  say(`Ready: ${address}${readOnly ? ' (read-only)' : ''}`);
  for (const appAddress of app.appAddresses())
    say(`  ${address}${appAddress}`);
}

main().catch(async (e) => {
  const busy = e?.code === 'EADDRINUSE' ? `Port ${e.port} is in use. Choose another: npm start -- --port 8081` : null;
  console.error(e instanceof OptionsError || busy ? `\n${busy ?? e.message}` : e);
  await stop();
  process.exit(1);
});
