import type {} from '@fastify/static';
import {Type} from '@sinclair/typebox';
import type {FastifyInstance} from 'fastify';
import {checkView, mayView, refusalText} from '../../access/index.ts';
import {Refusal, type Caller, type PackageSpec} from '../../model.ts';
import {isPublished, resolveInside} from '../../registry/files.ts';
import {sameName} from '../../registry/names.ts';
import {viewOf, type ApiContext} from '../context.ts';
import {packages} from '../kinds/package.ts';
import {visiblePackages} from '../kinds/visible.ts';
import {decodeAgain} from '../list-query.ts';
import {encoded} from '../../static/pages.ts';
import {addCollection} from './collection.ts';

const TextQuery = Type.Object({text: Type.Optional(Type.String({maxLength: 1000}))});
const NameQuery = Type.Object({name: Type.String({minLength: 1, maxLength: 200})});

const FileParams = Type.Object({
  'name': Type.String(), 'version': Type.String(), 'hash': Type.String(), 'build': Type.String(), '*': Type.String(),
});
type FileParams = {name: string; version: string; hash: string; build: string; '*': string};

/** Packages: as entities, as the official loader for Node asks for them, and their files. */
export function addPackages(app: FastifyInstance, context: ApiContext): void {
  app.get<{Querystring: {text?: string}}>('/packages', {schema: {querystring: TextQuery}}, async (request) => {
    const word = decodeAgain(request.query.text ?? '').toLowerCase();
    return visiblePackages(viewOf(request, context))
      .filter((one) => `${one.name}\n${one.friendlyName}`.toLowerCase().includes(word)).map(loaderEntry);
  });

  app.get('/packages/published/current', async (request) =>
    visiblePackages(viewOf(request, context)).map((one) => ({name: one.name, ...version(one)})));

  // Of this host alone: lets a page tell why an app does not open.
  app.get<{Querystring: {name: string}}>('/packages/access', {schema: {querystring: NameQuery}}, async (request) => {
    const found = known(context, request.query.name, request.caller);
    const allowed = mayView(request.caller, found);
    return {name: found.name, friendlyName: found.friendlyName, allowed, message: allowed ? '' : refusalText(found)};
  });

  addPackageFiles(app, context);
  addCollection(app, '/packages/published', packages, context);
}

/**
 * Published files of running packages. The build hash is part of the address, so that answers may be kept for ever; an
 * address of an older build is gone.
 */
function addPackageFiles(app: FastifyInstance, context: ApiContext): void {
  const address = '/packages/published/files/:name/:version/:hash/:build/*';
  app.get<{Params: FileParams}>(address, {schema: {params: FileParams}}, (request, reply) => {
    const {name, version: asked, hash, '*': relative} = request.params;
    const isAsked = (one: PackageSpec) => sameName(one.name, name) && one.version === asked && one.buildHash === hash;
    const found = context.registry.all.find(isAsked) ?? known(context, name, request.caller);
    checkView(request.caller, found);
    if (!isAsked(found))
      throw new Refusal(404, `${found.friendlyName} was built anew since; load the page again`);
    if (!isPublished(relative) || !resolveInside(found.folder, relative))
      throw new Refusal(404, `${found.friendlyName} has no published file "${relative}"`);
    return reply.sendFile(encoded(relative), found.folder, {immutable: true, maxAge: '365d'});
  });
}

function known({registry}: ApiContext, name: string, {userId}: Caller): PackageSpec {
  const found = registry.package(name, userId);
  if (!found)
    throw new Refusal(404, `There is no package "${name}"`);
  return found;
}

const version = (one: PackageSpec) => ({
  id: one.id, version: one.version, buildHash: one.buildHash, buildNumber: one.buildNumber, isLatest: true,
  isCurrent: !one.publication?.debug, debug: one.publication?.debug ?? false, isWebpack: true,
});

const loaderEntry = (one: PackageSpec) => ({
  id: one.packageId, name: one.name, friendlyName: one.friendlyName, publishedVersions: [version(one)],
});
