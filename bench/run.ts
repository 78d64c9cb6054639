// Patterns are resolved by the core in the zone of its process.
process.env.TZ = 'UTC';

import {execFile} from 'node:child_process';
import {writeFile} from 'node:fs/promises';
import path from 'node:path';
import {promisify} from 'node:util';
import {benchServer, endOfLog, type BenchServer} from './database/server.ts';
import {growthChart, growthPoint, growthTable, type GrowthPoint} from './growth.ts';
import {measure} from './measure.ts';
import {HELP, readBenchOptions, ROOT, type BenchOptions} from './options.ts';
import {measurePage, pageTable} from './page.ts';
import {fetchPeer} from './peer.ts';
import {table, write} from './report.ts';
import {measureRolled, rolledTable} from './rollups.ts';

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
  case 'rollups': return rollups(options, server);
  case 'page': return page(options, server);
  case 'growth': return growth(options, server);
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

async function rollups(options: BenchOptions, server: BenchServer | null): Promise<void> {
  for await (const {url, name} of databases(options, server)) {
    tell(`Measuring on ${name}`);
    const result = await measureRolled({...options, databaseUrl: url, end: await endOfLog(url), ourFolder: ROOT,
      peerFolder: '', tell});
    const markdown = rolledTable(result, `Roll-ups on ${name}`);
    console.log(`\n${markdown}`);
    tell(`Written to ${await write(options.out, `rollups-${name}`, markdown, result)}`);
  }
}

async function page(options: BenchOptions, server: BenchServer | null): Promise<void> {
  await promisify(execFile)('npm', ['run', 'build'], {cwd: ROOT, shell: process.platform === 'win32'});
  for await (const {url, name} of databases(options, server)) {
    const result = await measurePage(url, options.days, tell);
    const markdown = pageTable(result);
    console.log(`\n${markdown}`);
    tell(`Written to ${await write(options.out, `page-${name}`, markdown, result)}`);
  }
}

/** A year of every size; the picture and its table go to docs/. */
async function growth(options: BenchOptions, server: BenchServer | null): Promise<void> {
  const peer = await fetchPeer();
  endings.push(peer.remove);
  const points: GrowthPoint[] = [];
  for await (const {url, name} of databases(options, server)) {
    tell(`Measuring on ${name}`);
    const asked = {...options, databaseUrl: url, end: await endOfLog(url), days: [365], filters: ['none' as const],
      withoutKept: true, ourFolder: ROOT, peerFolder: peer.folder, tell};
    points.push(growthPoint(await measure(asked), await measureRolled(asked)));
    points.sort((a, b) => a.events - b.events);
    // After each size: the largest take long, and whoever has seen enough may stop.
    const markdown = growthTable(points);
    console.log(`\n${markdown}\n`);
    await write(options.out, 'growth', markdown, points);
    await writeFile(path.join(ROOT, 'docs', 'growth.svg'), growthChart(points));
  }
}

/** Until it is interrupted. */
async function serve({events, seed}: BenchOptions, server: BenchServer): Promise<void> {
  for (const size of events)
    console.log(`${size} events: ${await server.log({events: size, days: 365, seed}, tell)}`);
  await new Promise(() => setInterval(() => {}, 2 ** 30));
}

async function end(): Promise<void> {
  for (const each of endings.splice(0).reverse())
    await each().catch((error) => console.error(error));
}

for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.once(signal, () => void end().then(() => process.exit(130)));

main().catch((error) => {
  console.error(error);
  process.exitCode = 1;
}).finally(end);
