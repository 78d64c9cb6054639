import {createReadStream, existsSync, readdirSync, statSync} from 'node:fs';
import path from 'node:path';
import {Type, type Static} from '@sinclair/typebox';
import type {FastifyInstance, FastifyRequest} from 'fastify';
import {checkView} from '../../access/index.ts';
import {Refusal, type PackageSpec} from '../../model.ts';
import {resolveInside} from '../../registry/files.ts';
import {stableId} from '../../registry/id.ts';
import {viewOf, type ApiContext} from '../context.ts';
import type {Json, View} from '../kind.ts';
import {visiblePackages} from '../kinds/visible.ts';

const FileParams = Type.Object({
  'connection': Type.String({maxLength: 200}),
  '*': Type.String({maxLength: 4000, default: ''}),
});
type FileParams = Static<typeof FileParams>;

const ListQuery = Type.Object({
  recursive: Type.Optional(Type.String()), ext: Type.Optional(Type.String()), showFiles: Type.Optional(Type.String()),
});
type ListQuery = Static<typeof ListQuery>;

/** `System:AppData` as addresses write it. Its folders are the packages; each shows the `files/` of the package. */
const APP_DATA = /^system[.:]appdata$/i;

/** More than this in one listing is a mistake. */
const MOST_FILES = 10_000;

/** Files that packages ship. They are read-only here. */
export function addFiles(app: FastifyInstance, context: ApiContext): void {
  const address = '/connectors/connections/:connection/file/*';
  app.get<{Params: FileParams}>(address, {schema: {params: FileParams}, exposeHeadRoute: true}, (request, reply) => {
    const found = locate(viewOf(request, context), request.params);
    const stat = found.file === undefined ? undefined : statSync(found.file);
    if (!stat?.isFile() && !(request.method === 'HEAD' && stat))
      throw new Refusal(404, `There is no file "${request.params['*']}"`);
    reply.type('application/octet-stream').header('content-length', stat.isFile() ? stat.size : 0);
    return reply.send(stat.isFile() && request.method !== 'HEAD' ? createReadStream(found.file!) : '');
  });

  for (const folder of ['files', 'files/*']) {
    app.get<{Params: FileParams; Querystring: ListQuery}>(`/connectors/connections/:connection/${folder}`,
      {schema: {params: FileParams, querystring: ListQuery}},
      async (request) => listFolder(viewOf(request, context), request.params, request.query));
  }

  const readOnly = async (request: FastifyRequest) => {
    throw new Refusal(403, `Files of packages are read-only in this host (${request.method} ${request.url})`);
  };
  for (const path of [address, '/connectors/connections/:connection/delete_files'])
    app.post(path, readOnly);
}

interface Located {
  /** Absent for the root, whose folders are the packages. */
  of?: PackageSpec;
  /** Existing file or folder of the package; absent when there is none. */
  file?: string;
}

/** @throws Refusal for other connections (501) and packages that the caller may not see (403). */
function locate({registry, caller}: View, {connection, '*': asked}: FileParams): Located {
  if (!APP_DATA.test(connection))
    throw new Refusal(501, `This host serves files of System:AppData alone, not of ${connection}`);
  const [name, ...rest] = asked.split('/').filter(Boolean);
  if (name === undefined)
    return {};
  const of = registry.package(name, caller.userId);
  if (!of)
    return {of};
  checkView(caller, of);
  const folder = path.join(of.folder, 'files');
  return {of, file: existsSync(folder) ? resolveInside(folder, rest.join('/')) : undefined};
}

function listFolder(view: View, params: FileParams, query: ListQuery): Json[] {
  const {of, file} = locate(view, params);
  if (!of && params['*'].split('/').every((part) => part === ''))
    return visiblePackages(view).map((one) => fileEntity(one.name, path.join(one.folder, 'files')))
      .filter((one) => one !== undefined);
  if (!of || !file || !statSync(file).isDirectory())
    throw new Refusal(404, `There is no folder "${params['*']}"`);
  const inner = path.relative(path.join(of.folder, 'files'), file).split(path.sep).filter(Boolean);
  const found: Json[] = [];
  visit(file, [of.name, ...inner].join('/'), query.recursive === 'true', found);
  const ending = query.ext && query.ext !== 'null' ? `.${query.ext.replace(/^\./, '').toLowerCase()}` : '';
  return found.filter((one) => one.isDirectory ? !ending :
    String(one.name).toLowerCase().endsWith(ending) && query.showFiles !== 'false');
}

function visit(folder: string, shown: string, recursive: boolean, found: Json[]): void {
  for (const name of readdirSync(folder).sort()) {
    const file = resolveInside(folder, name);
    const entity = file && fileEntity(`${shown}/${name}`, file);
    if (!entity)
      continue;
    if (found.push(entity) > MOST_FILES)
      throw new Refusal(400, `More than ${MOST_FILES} files; list a smaller folder`);
    if (recursive && entity.isDirectory)
      visit(file, `${shown}/${name}`, true, found);
  }
}

function fileEntity(shown: string, file: string): Json | undefined {
  const stat = statSync(file, {throwIfNoEntry: false});
  return stat && {
    '#type': 'FileInfo', 'id': stableId('file', shown), 'name': path.posix.basename(shown), 'path': shown,
    'isFile': stat.isFile(), 'isDirectory': stat.isDirectory(), 'size': stat.isFile() ? stat.size : 0,
    'createdOn': stat.birthtime.toISOString(), 'updatedOn': stat.mtime.toISOString(),
    'connection': {
      '#type': 'DataConnection', 'id': stableId('connection', 'System', 'AppData'), 'name': 'AppData',
      'namespace': 'System:', 'dataSource': 'Files',
    },
  };
}
