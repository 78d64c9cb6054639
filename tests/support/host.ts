import {mkdtemp, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {fileURLToPath} from 'node:url';
import type {FastifyInstance} from 'fastify';
import pg from 'pg';
import type {Browser, Page} from 'puppeteer';
import {buildClient} from '../../host/client/build.ts';
import {fillDemo} from '../../host/database/demo/index.ts';
import {buildApp} from '../../host/server/app.ts';
import {launchBrowser} from './browser.ts';
import {testDatabase} from './postgres.ts';

process.env.TZ = 'UTC';

/** The repository's root, which is the package under test. */
export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..', '..');

/** Size and end of the demo in tests: small, and the same on every day. */
export const demo = {events: 12_000, users: 60, days: 120, seed: 7, until: new Date('2026-03-20T12:00:00Z')};

export interface TestHost {
  /** Such as `http://127.0.0.1:43125`. */
  url: string;
  databaseUrl: string;
  app: FastifyInstance;
  /**
   * A page of its own, signed in as the administrator, with its uncaught errors.
   * @param first runs in the page before its scripts.
   */
  openPage(address: string, size?: {width: number, height: number}, first?: () => void): Promise<TestPage>;
  /** A connection to its database, in UTC; ends with the host. */
  connect(): Promise<pg.Client>;
  close(): Promise<void>;
}

export interface TestPage {
  page: Page;
  /** Uncaught errors, in order. */
  errors: string[];
  close(): Promise<void>;
}

/**
 * Runs in the page, before its scripts. The published classes take uncaught errors for themselves, so that the browser
 * does not tell of them: they are seen here first.
 */
function tellUncaughtErrors(): void {
  const tell = (reason: any): void => (window as any).tellUncaught(String(reason?.stack ?? reason));
  window.addEventListener('error', (e) => {
    if (e instanceof ErrorEvent && !e.message.startsWith('ResizeObserver loop'))
      tell(e.error ?? e.message);
  }, true);
  window.addEventListener('unhandledrejection', (e) => tell(e.reason), true);
}

export interface HostOptions {
  /** Serves this database instead of a demo of its own. */
  databaseUrl?: string;
  packageFolders?: string[];
  readOnly?: boolean;
  /** Fill in the demo; false leaves the tables empty. */
  filled?: boolean;
  /** End of the demo; a day of the past when left out. */
  until?: Date;
  limits?: {timeLimitMs: number, rowLimit: number};
  /** Folder of developer keys and published packages. */
  dataFolder?: string;
}

/** The whole host on a free port, with the package of this repository, for tests end to end. */
export async function startHost(options: HostOptions = {}): Promise<TestHost> {
  const own = options.databaseUrl == null ? await testDatabase() : null;
  const databaseUrl = options.databaseUrl ?? own!.url;
  if (own != null && options.filled !== false)
    await fillDemo(databaseUrl, {...demo, ...options.until == null ? {} : {until: options.until}});
  const clientFolder = await mkdtemp(path.join(tmpdir(), 'host-client-'));
  await buildClient(clientFolder, false);
  const app = await buildApp({databaseUrl, packageFolders: options.packageFolders ?? [root],
    readOnly: options.readOnly ?? false, clientFolder, dataFolder: options.dataFolder, ownerIsAdmin: true,
    limits: options.limits ?? {timeLimitMs: 30_000, rowLimit: 1_000_000}});
  await app.listen({port: 0, host: '127.0.0.1'});
  const url = `http://127.0.0.1:${(app.server.address() as {port: number}).port}`;
  let browser: Browser | null = null;
  const clients: pg.Client[] = [];

  const openPage = async (address: string, size = {width: 1440, height: 900},
    first?: () => void): Promise<TestPage> => {
    browser ??= await launchBrowser();
    const context = await browser.createBrowserContext();
    const page = await context.newPage();
    await page.setViewport(size);
    // tsx names the functions that tests send into the page by this helper, which the page does not have.
    await page.evaluateOnNewDocument('globalThis.__name = (f) => f');
    const errors: string[] = [];
    await page.exposeFunction('tellUncaught', (text: string) => void errors.push(text));
    await page.evaluateOnNewDocument(tellUncaughtErrors);
    if (first != null)
      await page.evaluateOnNewDocument(first);
    await page.goto(`${url}${address}`);
    await page.waitForFunction(() => document.querySelector('.grok-preloader') == null ||
      document.documentElement.dataset.failed != null, {timeout: 60_000});
    const failed = await page.evaluate(() => document.documentElement.dataset.failed);
    if (failed != null)
      throw new Error(`The client could not start: ${failed}`);
    return {page, errors, close: () => context.close()};
  };
  const connect = async (): Promise<pg.Client> => {
    const client = new pg.Client({connectionString: databaseUrl, options: '-c TimeZone=UTC'});
    await client.connect();
    clients.push(client);
    return client;
  };
  return {url, databaseUrl, app, openPage, connect, close: async () => {
    await browser?.close();
    await Promise.all(clients.map((client) => client.end()));
    await app.close();
    await own?.close();
    await rm(clientFolder, {recursive: true, force: true});
  }};
}
