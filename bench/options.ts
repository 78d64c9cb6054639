import path from 'node:path';
import {fileURLToPath} from 'node:url';
import {parseArgs} from 'node:util';
import {FILTERS, type Filter} from './measure.ts';
import {TABS, type Tab} from './tabs.ts';

export const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');

export const COMMANDS = ['queries', 'rollups', 'page', 'growth', 'serve'] as const;
export type Command = typeof COMMANDS[number];

/** Everything that can be said on the command line. */
export interface BenchOptions {
  command: Command;
  events: number[];
  days: number[];
  seed: number;
  tabs: Tab[];
  filters: Filter[];
  repeat: number;
  /** Address of an existing database, which is only read. */
  database?: string;
  /** Address of a running server's maintenance database, as superuser, instead of one that is started. */
  server?: string;
  port?: number;
  /** Folder of the logs that are built. */
  data: string;
  /** Folder of the results. */
  out: string;
}

export const HELP = `Measures this package beside the peer that users would pick instead, in one run.

Usage: npm run bench -- [command] [options]

  queries            (default) tabs, ranges and filters, cold and warm, through the host and the platform's own client
  rollups            tabs and ranges where roll-ups are installed, for which it writes to its own log
  page               from going to a tab to its charts painted, and frames while the mouse moves over 50,000 points
  growth             cost against the number of events, as a picture in docs/
  serve              builds the log, keeps its server running and prints the address

  --events NUMBERS   sizes of the log (2000000; growth: 100000,300000,1000000,3000000,10000000)
  --days NUMBERS     ranges, back from the end of the log (7,30,90,365)
  --tabs NAMES       ${TABS.join(',')}
  --filters NAMES    ${FILTERS.join(',')}
  --repeat NUMBER    warm calls of which the median counts (3)
  --seed NUMBER      seed of the log (1)
  --database URL     measure on this database, read-only, instead of a log of its own
  --server URL       build logs on this running server (address of its maintenance database, as superuser)
  --port NUMBER      port of the server that is started (any that is free)
  --data FOLDER      folder of the logs (.data/bench)
  --out FOLDER       folder of the results (.data/bench/results)`;

/** @throws Error in words for whoever started it. */
export function readBenchOptions(args: string[]): BenchOptions | 'help' {
  const {values, positionals} = parseArgs({args, allowPositionals: true, options: {
    ...Object.fromEntries(['events', 'days', 'tabs', 'filters', 'repeat', 'seed', 'database', 'server', 'port', 'data', 'out']
      .map((name) => [name, {type: 'string' as const}])),
    help: {type: 'boolean', short: 'h'},
  }}) as {values: Record<string, string | undefined> & {help?: boolean}, positionals: string[]};
  if (values.help)
    return 'help';
  const command = oneOf('command', COMMANDS, positionals[0] ?? 'queries');
  const list = <T extends string>(name: string, known: readonly T[]): T[] =>
    values[name]?.split(',').map((one) => oneOf(`--${name}`, known, one)) ?? [...known];
  const numbers = (name: string, usual: string): number[] => (values[name] ?? usual).split(',').map((text) => {
    const number = Number(text.replaceAll('_', ''));
    if (!Number.isInteger(number) || number < 0)
      throw new Error(`--${name} takes whole numbers, not "${text}"`);
    return number;
  });
  if (values.database != null && command !== 'queries' && command !== 'page')
    throw new Error(`--database is only read, and ${command} writes: it needs a log of its own`);
  return {
    command, tabs: list('tabs', TABS), filters: list('filters', FILTERS),
    events: numbers('events', command === 'growth' ? '100000,300000,1000000,3000000,10000000' : '2000000'),
    days: numbers('days', '7,30,90,365'), seed: numbers('seed', '1')[0], repeat: Math.max(1, numbers('repeat', '3')[0]),
    database: values.database, server: values.server, port: values.port ? numbers('port', '')[0] : undefined,
    data: path.resolve(ROOT, values.data ?? '.data/bench'),
    out: path.resolve(ROOT, values.out ?? '.data/bench/results'),
  };
}

function oneOf<T extends string>(what: string, known: readonly T[], text: string): T {
  const found = known.find((one) => one.toLowerCase() === text.toLowerCase());
  if (found === undefined)
    throw new Error(`${what}: one of ${known.join(', ')}, not "${text}"`);
  return found;
}
