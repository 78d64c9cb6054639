import {createServer} from 'node:http';
import {mkdtemp, readFile, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {createRequire} from 'node:module';
import type {Page} from 'puppeteer';
import {buildClient} from '../../host/client/build.ts';
import {launchBrowser} from './browser.ts';

export interface Playground {
  page: Page;
  /** Uncaught errors and console errors of the page, in order. */
  errors: string[];
  close(): Promise<void>;
}

const types: Record<string, string> = {'.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css',
  '.svg': 'image/svg+xml', '.woff2': 'font/woff2'};

/** The compiled core, wherever npm put it. */
export function coreFile(): string {
  const api = path.dirname(createRequire(import.meta.url).resolve('datagrok-api/datagrok'));
  return path.join(api, 'src', 'datagrok', 'build', 'web', 'grok_shared.dart.js');
}

/**
 * The client alone, in a headless browser, without any server API: the core runs detached. For tests of shell, inputs,
 * controls and viewers.
 * @param options.stub answers API requests that a test wants answered: path after `/api/` to a JSON value.
 */
export async function openPlayground(options: {width?: number; height?: number; path?: string;
  stub?: (path: string, url: URL) => unknown} = {}): Promise<Playground> {
  const folder = await mkdtemp(path.join(tmpdir(), 'playground-'));
  await buildClient(folder, false);
  const core = coreFile();
  const server = createServer(async (request, response) => {
    const url = new URL(request.url ?? '/', 'http://localhost');
    try {
      if (url.pathname.startsWith('/api/')) {
        const endpoint = url.pathname.slice('/api/'.length);
        // Every page logs what is done in it; nobody keeps that here.
        const answer = options.stub?.(endpoint, url) ?? (endpoint === 'log/audit' ? {accepted: 0, notSaved: 0, refused: []} :
          undefined);
        const missing = answer === undefined;
        response.writeHead(missing ? 501 : 200, {'content-type': 'application/json; charset=utf-8'});
        response.end(JSON.stringify(missing ?
          {'#type': 'ApiError', 'code': '501', 'message': `No server here: ${url.pathname}`} : answer));
        return;
      }
      const file = url.pathname === '/core/grok_shared.dart.js' ? core :
        url.pathname.startsWith('/client/') ? path.join(folder, url.pathname) : path.join(folder, 'index.html');
      const body = await readFile(file);
      response.writeHead(200, {'content-type': `${types[path.extname(file)] ?? 'application/octet-stream'}; charset=utf-8`});
      response.end(body);
    } catch (e) {
      response.writeHead(404).end(String(e));
    }
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const {port} = server.address() as {port: number};
  const browser = await launchBrowser(options.width, options.height);
  const page = await browser.newPage();
  // tsx names the functions that tests send into the page by this helper, which the page does not have.
  await page.evaluateOnNewDocument('globalThis.__name = (f) => f');
  const errors: string[] = [];
  page.on('pageerror', (e) => errors.push(String((e as Error)?.stack ?? e)));
  page.on('console', (m) => m.type() === 'error' && errors.push(m.text()));
  const close = async (): Promise<void> => {
    await browser.close();
    server.closeAllConnections();
    await new Promise((done) => server.close(done));
    await rm(folder, {recursive: true, force: true});
  };
  try {
    const query = options.stub == null ? (options.path?.includes('?') ? '&' : '?') + 'detached' : '';
    await page.goto(`http://127.0.0.1:${port}${options.path ?? '/'}${query}`);
    await page.waitForFunction(() => document.querySelector('.grok-preloader') == null ||
      document.documentElement.dataset.failed != null, {timeout: 60_000});
    const failed = await page.evaluate(() => document.documentElement.dataset.failed);
    if (failed != null)
      throw new Error(failed);
  } catch (e) {
    await close();
    throw new Error(`The page did not become ready: ${e}\n${errors.join('\n')}`, {cause: e});
  }
  return {page, errors, close};
}
