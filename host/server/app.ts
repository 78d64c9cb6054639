import compress from '@fastify/compress';
import cookie from '@fastify/cookie';
import files from '@fastify/static';
import fastify, {type FastifyInstance, type FastifyRequest} from 'fastify';
import pg from 'pg';
import {Callers, checkView, DevKeys, devKeysFile, installAccess, Sessions} from './access/index.ts';
import {api, describeError, sendError} from './api/index.ts';
import {AnswerCache} from './cache/index.ts';
import {SYSTEM_DATAGROK} from './api/kinds/connection.ts';
import {logSession, Recorder} from './log/recorder.ts';
import {LogWriter} from './log/writer.ts';
import {Refusal, type Caller} from './model.ts';
import {QueryRunner} from './query/run.ts';
import {appAddresses} from './registry/apps.ts';
import {loadCore} from './core/core.ts';
import {publishedFolder, PublicationStore} from './publish/index.ts';
import {PackageRegistry} from './registry/index.ts';
import {addSecurityHeaders} from './static/headers.ts';
import {addPages} from './static/pages.ts';
import type {PreparedAnswer} from './stream/answer.ts';
import {callStream} from './stream/call-stream.ts';

export interface AppOptions {
  /** `postgres://...` of a database with the platform's tables. */
  databaseUrl: string;
  /** Folders that are packages or hold packages. */
  packageFolders: string[];
  /** The database is somebody else's: nothing is written to it. */
  readOnly: boolean;
  /** Absolute folder of the built client: `index.html` and what it loads, by path. */
  clientFolder: string;
  /** Whoever starts the host is an administrator, whatever the database says of the built-in one. */
  ownerIsAdmin: boolean;
  limits: {timeLimitMs: number; rowLimit: number};
  /** Memory for answers of queries that may be kept; 0 keeps none. Default 256 MB. */
  cacheBytes?: number;
  /** Absolute folder of developer keys and published packages; without one there are none. */
  dataFolder?: string;
}

declare module 'fastify' {
  interface FastifyInstance {
    /** Packages in the configured folders. */
    registry: PackageRegistry;
    /** Writes what happens here into the log; null on a database that is somebody else's. */
    recorder: Recorder | null;
    /** Every call that is answered, such as `GET /api/users`. */
    routes: string[];
    /** Addresses of all apps found, such as `/apps/Chem`. */
    appAddresses(): string[];
  }
}

/** Memory for answers of queries that may be kept. */
const CACHE_BYTES = 256 * 2 ** 20;

/** REST calls read small pages; a few connections serve many of them. */
const API_CONNECTIONS = 4;

/**
 * The whole server, ready to listen. `close()` ends what it opened: connections, calls that run, sessions.
 * The database need not be reachable yet: requests fail with 503 until it is.
 */
export async function buildApp(options: AppOptions): Promise<FastifyInstance> {
  const app = fastify({
    logger: {level: 'error'}, routerOptions: {ignoreTrailingSlash: true, maxParamLength: 4000}, bodyLimit: 8 * 2 ** 20,
    forceCloseConnections: true,
  });
  const routes: string[] = [];
  app.addHook('onRoute', ({method, url}) => {
    for (const one of [method].flat().filter((name) => name !== 'HEAD'))
      routes.push(`${one} ${url}`);
  });
  app.decorate('routes', routes);
  app.setErrorHandler(sendError);
  const pool = readPool(options);
  app.addHook('onClose', () => pool.end());
  pool.on('error', (error) => app.log.warn(error));

  // Published packages belong to the database that they are recorded in; another one does not know them.
  const {dataFolder} = options;
  const store = dataFolder === undefined || options.readOnly ? null : new PublicationStore(publishedFolder(dataFolder));
  store?.tidy();
  const registry = new PackageRegistry(options.packageFolders, () => store?.list() ?? []);
  app.decorate('registry', registry);
  app.decorate('appAddresses', () => registry.packages.flatMap(appAddresses));

  addSecurityHeaders(app);
  await app.register(cookie);
  await app.register(compress, {encodings: ['gzip', 'identity'], threshold: 1024});
  await app.register(files, {serve: false, index: false, dotfiles: 'ignore'});
  const recorder = options.readOnly ? null : new Recorder(new LogWriter(options.databaseUrl), options.databaseUrl,
    registry, (error) => app.log.warn(error));
  app.addHook('onClose', async () => recorder?.writer.close());
  const writes = options.readOnly ? null : writePool(options);
  writes?.on('error', (error) => app.log.warn(error));
  app.addHook('onClose', async () => writes?.end());
  app.decorate('recorder', recorder);
  const sessions = new Sessions();
  const keys = new DevKeys(dataFolder === undefined ? undefined : devKeysFile(dataFolder));
  installAccess(app, {callers: new Callers(pool, options), sessions, keys});
  await app.register(api, {prefix: '/api', pool, writes, registry, sessions,
    recorder, store});
  const runner = new QueryRunner({url: options.databaseUrl, ...options.limits});
  app.addHook('onClose', () => runner.close());
  await app.register(callStream, {
    prefix: '/api', runner, cache: new AnswerCache<PreparedAnswer>(options.cacheBytes ?? CACHE_BYTES),
    findFunction: (id) => registry.function(id),
    caller: callerOf,
    ended: ({request, caller, ...run}) => recorder?.ran({...run, caller, session: logSession(request.session, caller)}),
    mayRun: (caller, spec) => checkView(caller, spec.package), adHocConnections: [SYSTEM_DATAGROK.id],
  });
  addPages(app, options.clientFolder);
  // Takes about a second; done before the first query has to wait for it.
  app.addHook('onListen', async () => void loadCore().catch((error) => app.log.error(error)));
  return app;
}

/** Connections for saving entities. */
function writePool({databaseUrl}: AppOptions): pg.Pool {
  return new pg.Pool({connectionString: databaseUrl, max: 2, connectionTimeoutMillis: 10_000,
    application_name: 'local host entities', options: '-c TimeZone=UTC -c statement_timeout=30000'});
}

/** Whoever opened a call socket; a failure to find out in the words in which requests are told of it. */
async function callerOf(request: FastifyRequest): Promise<Caller> {
  try {
    return await request.signedIn ?? request.caller;
  } catch (error) {
    const {status, message} = describeError(error as Error);
    throw new Refusal(status, message);
  }
}

/** Connections for reading entities: read-only in the database's own eyes, in UTC, with a time limit. */
function readPool({databaseUrl, limits}: AppOptions): pg.Pool {
  return new pg.Pool({
    connectionString: databaseUrl, max: API_CONNECTIONS, connectionTimeoutMillis: 10_000,
    application_name: 'local host',
    options: `-c default_transaction_read_only=on -c TimeZone=UTC -c statement_timeout=${limits.timeLimitMs}`,
  });
}
