import {parseArgs} from 'node:util';
import path from 'node:path';

/** Everything that can be said on the command line or by the environment. */
export interface Options {
  port: number;
  /** Address to listen on; loopback unless told otherwise. */
  listen: string;
  /** Address of an existing database, which is then only read; undefined: the embedded one. */
  databaseUrl?: string;
  /** Folder of the embedded database and other data that survive a restart. */
  dataFolder: string;
  /** Folders of packages, or folders of such folders. */
  packageFolders: string[];
  /** Demo activity. */
  events: number;
  users: number;
  days: number;
  seed: number;
  /** Build packages and client before serving. */
  build: boolean;
  /** Limits of one query. */
  timeLimitMs: number;
  rowLimit: number;
  /** Memory for answers of queries that may be kept. */
  cacheBytes: number;
}

interface Setting {
  flag: string;
  variable: string;
  value: string;
  default: string;
  help: string;
}

const settings: Setting[] = [
  {flag: 'port', variable: 'UA_PORT', value: 'NUMBER', default: '8080', help: 'port to serve on'},
  {flag: 'listen', variable: 'UA_LISTEN', value: 'ADDRESS', default: '127.0.0.1',
    help: 'address to listen on (loopback: whoever reaches it is the administrator)'},
  {flag: 'database', variable: 'UA_DATABASE_URL', value: 'URL', default: '',
    help: 'serve this existing Datagrok database, strictly read-only, instead of the embedded demo'},
  {flag: 'data', variable: 'UA_DATA', value: 'FOLDER', default: '.data', help: 'folder of the embedded database'},
  {flag: 'packages', variable: 'UA_PACKAGES', value: 'FOLDERS', default: '',
    help: `more packages to load: folders, separated by "${path.delimiter}" or ","`},
  {flag: 'events', variable: 'UA_EVENTS', value: 'NUMBER', default: '300000', help: 'demo: number of events'},
  {flag: 'users', variable: 'UA_USERS', value: 'NUMBER', default: '120', help: 'demo: number of people'},
  {flag: 'days', variable: 'UA_DAYS', value: 'NUMBER', default: '365', help: 'demo: days of history'},
  {flag: 'seed', variable: 'UA_SEED', value: 'NUMBER', default: '1', help: 'demo: seed of the random activity'},
  {flag: 'time-limit', variable: 'UA_TIME_LIMIT', value: 'SECONDS', default: '60', help: 'longest run of one query'},
  {flag: 'row-limit', variable: 'UA_ROW_LIMIT', value: 'NUMBER', default: '1000000', help: 'most rows of one answer'},
  {flag: 'cache', variable: 'UA_CACHE', value: 'MEGABYTES', default: '256',
    help: 'memory for the answers of queries that may be kept; 0 keeps none'},
];

/** Text of `--help`. */
export function help(): string {
  const rows = settings.map((s) => [`--${s.flag} ${s.value}`, s.variable, s.default === '' ? s.help :
    `${s.help} (${s.default})`]);
  const width = (i: number): number => Math.max(...rows.map((r) => r[i].length));
  return ['Serves Datagrok packages on a local stand-in of the platform, with a real PostgreSQL.', '',
    'Usage: npm start -- [options]', '',
    ...rows.map(([flag, variable, text]) => `  ${flag.padEnd(width(0))}  ${variable.padEnd(width(1))}  ${text}`),
    `  ${'--no-build'.padEnd(width(0))}  ${'UA_NO_BUILD'.padEnd(width(1))}  serve what was built before`,
    `  ${'--help'.padEnd(width(0))}  ${''.padEnd(width(1))}  this text`, '',
    'A flag goes before the environment variable beside it.'].join('\n');
}

/** A failure told in words for whoever started the host, such as a mistake in the options. */
export class StartError extends Error {}

function whole(name: string, text: string, least: number, most: number): number {
  const n = Number(text.replace(/_/g, ''));
  if (text.trim() === '' || !Number.isInteger(n) || n < least || n > most)
    throw new StartError(`${name} takes a whole number from ${least} to ${most}, not "${text}"`);
  return n;
}

/**
 * Reads the options.
 * @param args command-line arguments without node and script.
 * @param env environment; empty values count as absent.
 * @param root folder to which relative folders and the default package belong.
 * @returns the options, or `'help'` when the help text was asked for.
 * @throws StartError
 */
export function readOptions(args: string[], env: Record<string, string | undefined>, root: string): Options | 'help' {
  let parsed;
  try {
    parsed = parseArgs({args, options: {
      ...Object.fromEntries(settings.map((s) => [s.flag, {type: 'string' as const}])),
      'help': {type: 'boolean', short: 'h'}, 'no-build': {type: 'boolean'},
    }}).values as Record<string, string | boolean | undefined>;
  } catch (e) {
    throw new StartError((e as Error).message);
  }
  if (parsed.help)
    return 'help';
  const text = (flag: string): string => {
    const setting = settings.find((s) => s.flag === flag)!;
    return String(parsed[flag] ?? (env[setting.variable] || setting.default));
  };
  const database = text('database');
  if (database !== '' && !/^postgres(ql)?:\/\//.test(database))
    throw new StartError('The database address must begin with postgres:// or postgresql://');
  // The address may hold a password, so it is not repeated.
  if (database !== '' && !URL.canParse(database))
    throw new StartError('The database address cannot be read. It looks like postgres://user:password@server:5432/name; ' +
      'special characters of the password are written as %XX');
  return {
    port: whole('--port', text('port'), 0, 65535),
    listen: text('listen'),
    databaseUrl: database === '' ? undefined : database,
    dataFolder: path.resolve(root, text('data')),
    packageFolders: [root, ...text('packages').split(new RegExp(`[,${path.delimiter === ';' ? ';' : ':'}]`))
      .map((f) => f.trim()).filter((f) => f !== '').map((f) => path.resolve(f))],
    events: whole('--events', text('events'), 1000, 100_000_000),
    users: whole('--users', text('users'), 20, 100_000),
    days: whole('--days', text('days'), 7, 3650),
    seed: whole('--seed', text('seed'), 0, 2 ** 31 - 1),
    build: !(parsed['no-build'] || env.UA_NO_BUILD),
    timeLimitMs: whole('--time-limit', text('time-limit'), 1, 3600) * 1000,
    rowLimit: whole('--row-limit', text('row-limit'), 1, 100_000_000),
    cacheBytes: whole('--cache', text('cache'), 0, 1_000_000) * 2 ** 20,
  };
}
