import {existsSync, statSync} from 'node:fs';
import {createRequire} from 'node:module';
import path from 'node:path';
import type {} from '@fastify/static';
import type {FastifyInstance, FastifyRequest} from 'fastify';
import {Refusal} from '../model.ts';
import {resolveInside} from '../registry/files.ts';
import {compressedFile} from './compressed-file.ts';

/** The client's own bundles, which are large too. */
const COMPRESSED: Record<string, string> = {
  '.js': 'text/javascript; charset=utf-8', '.css': 'text/css; charset=utf-8',
};

/** The compiled core of the npm package, which is used from where npm put it. */
const coreFile = (): string => path.join(path.dirname(createRequire(import.meta.url).resolve('datagrok-api/datagrok')),
  'src/datagrok/build/web/grok_shared.dart.js');

/**
 * The client: its built files from `folder` by their path, the core, and for every other address that a browser opens
 * (`/apps/...`, `/users`, ...) the one page, whose script reads the address.
 */
export function addPages(app: FastifyInstance, folder: string): void {
  app.get('/core/grok_shared.dart.js', compressedFile(coreFile(), 'text/javascript; charset=utf-8'));

  const handlers = new Map<string, ReturnType<typeof compressedFile>>();
  const packed = (file: string, mtime: number, type: string) => {
    const key = `${file}\n${mtime}`;
    return handlers.get(key) ?? handlers.set(key, compressedFile(file, type)).get(key)!;
  };

  // Command-line tools open a page of this origin first, to leave their token there.
  app.get('/oauth/', (_request, reply) =>
    reply.type('text/html; charset=utf-8').send('<!doctype html><title>Sign-in</title>'));

  app.get('/*', (request, reply) => {
    const relative = (request.params as {'*': string})['*'];
    const file = relative === '' || relative === 'index.html' ? undefined : resolveInside(folder, relative);
    const stat = file === undefined ? undefined : statSync(file);
    if (file && stat?.isFile()) {
      const type = COMPRESSED[path.extname(file)];
      return type ? packed(file, stat.mtimeMs, type)(request, reply) :
        reply.header('cache-control', 'no-cache').sendFile(encoded(relative), folder, {cacheControl: false});
    }
    if (/^(client|core)\//.test(relative) || !wantsPage(request))
      throw new Refusal(404, `There is nothing at ${request.url.split('?')[0]}`);
    if (!existsSync(path.join(folder, 'index.html')))
      throw new Refusal(503, 'The client is not built');
    return reply.header('cache-control', 'no-cache').sendFile('index.html', folder, {cacheControl: false});
  });
}

/** What sends files decodes their path once more. */
export const encoded = (relative: string): string => relative.split('/').map(encodeURIComponent).join('/');

const wantsPage = (request: FastifyRequest): boolean => /text\/html|\*\/\*/.test(request.headers.accept ?? '*/*') &&
  request.headers['sec-fetch-dest'] !== 'script' && request.headers['sec-fetch-dest'] !== 'style';
