// Patterns are resolved by the core in the zone of its process.
process.env.TZ = 'UTC';

import {benchServer, endOfLog, type BenchServer} from './database/server.ts';
import {measure} from './measure.ts';
import {HELP, readBenchOptions, ROOT, type BenchOptions} from './options.ts';
import {fetchPeer} from './peer.ts';
import {table, write} from './report.ts';

const started = Date.now();
const tell = (line: string): void => console.log(`${((Date.now() - started) / 1000).toFixed(0).padStart(5)} s  ${line}`);

/** Ends what was started, however the run ends. */
const endings: (() => Promise<void>)[] = [];

async function main(): Promise<void> {
  const options = readBenchOptions(process.argv.slice(2));
  if (options === 'help')
    return console.log(HELP);
  const {database, data, server: address, port} = options;
  const server = database == null ? await benchServer(data, {address, port}) : null;
  if (server != null)
    endings.push(() => server.stop());
  switch (options.command) {
  case 'queries': return queries(options, server);
  case 'serve': return serve(options, server!);
  default: throw new Error(`${options.command} is not known`);
  }
}

/** The databases to measure on: the one that was named, or a log of each size. */
async function* databases({database, events, seed}: BenchOptions, server: BenchServer | null):
AsyncGenerator<{url: string, name: string}> {
  if (server == null)
    return yield {url: database!, name: 'database'};
  for (const size of events)
    yield {url: await server.log({events: size, days: 365, seed}, tell), name: `events-${size}`};
}

async function queries(options: BenchOptions, server: BenchServer | null): Promise<void> {
  const peer = await fetchPeer();
  endings.push(peer.remove);
  for await (const {url, name} of databases(options, server)) {
    tell(`Measuring on ${name}`);
    const cells = await measure({...options, databaseUrl: url, end: await endOfLog(url), ourFolder: ROOT,
      peerFolder: peer.folder, tell});
    const markdown = table(cells, `Tabs on ${name}`);
    console.log(`\n${markdown}`);
    tell(`Written to ${await write(options.out, name, markdown, cells)}`);
  }
}

/** Until it is interrupted. */
async function serve({events, seed}: BenchOptions, server: BenchServer): Promise<void> {
  for (const size of events)
    console.log(`${size} events: ${await server.log({events: size, days: 365, seed}, tell)}`);
  await new Promise((interrupted) => ['SIGINT', 'SIGTERM'].forEach((signal) => process.once(signal, interrupted)));
}

async function end(): Promise<void> {
  for (const each of endings.reverse())
    await each().catch((error) => console.error(error));
}

main().catch((error) => {
  console.error(error);
  process.exitCode = 1;
}).finally(end);
