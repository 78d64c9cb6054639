import {mkdirSync, writeFileSync} from 'node:fs';
import http from 'node:http';
import type {AddressInfo} from 'node:net';
import path from 'node:path';
import type {FastifyInstance, InjectOptions} from 'fastify';
import {buildApp} from '../../../host/server/app.ts';
import {GUARDED_PACKAGE, OPEN_PACKAGE, temporaryFolder, writeFiles} from './packages.ts';

/** The whole server over a database, with the packages of `packages.ts` and a page. */
export interface Served {
  app: FastifyInstance;
  /** Folder of the packages, `open` and `guarded`. */
  folder: string;
  /** GET under `/api` by the user with this login, by default the one who started the host. */
  get(address: string, login?: string): Promise<Answer>;
  request(options: InjectOptions): Promise<Answer>;
  /** GET through a socket: the path is sent as it is, while everything else tidies it up first. */
  rawGet(path: string): Promise<{status: number; text: string}>;
  close(): Promise<void>;
}

export interface Answer {
  status: number;
  headers: Record<string, unknown>;
  text: string;
  /** The body, when it is JSON. */
  json: any;
}

export async function serve(databaseUrl: string,
  {readOnly = true, dataFolder}: {readOnly?: boolean, dataFolder?: string} = {}): Promise<Served> {
  const {folder, remove} = temporaryFolder();
  writeFiles(path.join(folder, 'packages/open'), OPEN_PACKAGE);
  writeFiles(path.join(folder, 'packages/guarded'), GUARDED_PACKAGE);
  mkdirSync(path.join(folder, 'client/client'), {recursive: true});
  writeFileSync(path.join(folder, 'client/index.html'), '<!doctype html><title>Page</title>');
  writeFileSync(path.join(folder, 'client/client/client.js'), 'start();');
  const app = await buildApp({
    databaseUrl, packageFolders: [path.join(folder, 'packages')], readOnly, ownerIsAdmin: true, dataFolder,
    clientFolder: path.join(folder, 'client'), limits: {timeLimitMs: 20_000, rowLimit: 100_000},
  });
  const request = async (options: InjectOptions): Promise<Answer> => {
    const response = await app.inject({...options, headers: {host: 'localhost:8080', ...options.headers}});
    const isJson = /json/.test(String(response.headers['content-type'])) && response.body !== '';
    return {status: response.statusCode, headers: response.headers, text: response.body,
      json: isJson ? JSON.parse(response.body) : undefined};
  };
  const tokens = new Map<string, string>();
  return {
    app, folder: path.join(folder, 'packages'), request,
    async get(address, login) {
      if (login && !tokens.has(login)) {
        const switched = await request({method: 'GET', url: `/?user=${login}`});
        tokens.set(login, /auth=([^;]+)/.exec(String(switched.headers['set-cookie']))![1]);
      }
      return request({method: 'GET', url: `/api/${address}`,
        headers: login ? {authorization: tokens.get(login)!} : {}});
    },
    async rawGet(address) {
      const port = (app.server.address() as AddressInfo | null)?.port ??
        Number(new URL(await app.listen({port: 0, host: '127.0.0.1'})).port);
      return new Promise((resolve, reject) => http.get({port, host: '127.0.0.1', path: address}, async (response) => {
        const text = (await response.toArray()).join('');
        resolve({status: response.statusCode!, text});
      }).on('error', reject));
    },
    async close() {
      await app.close();
      remove();
    },
  };
}

/** A filter as the core sends it: encoded twice. */
export const filterText = (text: string): string => encodeURIComponent(encodeURIComponent(text));
