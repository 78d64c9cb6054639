import {createWriteStream, rmSync} from 'node:fs';
import path from 'node:path';
import type {Readable} from 'node:stream';
import {pipeline} from 'node:stream/promises';
import {Type, type Static} from '@sinclair/typebox';
import type {FastifyInstance} from 'fastify';
import {Refusal} from '../model.ts';
import type {ApiContext} from '../api/context.ts';
import {LIMITS} from './limits.ts';
import {publish} from './publish.ts';
import {checkPublish} from './rights.ts';
import {slotOf} from './store.ts';
import {readTimestamps} from './timestamps.ts';

export {publishedFolder, PublicationStore} from './store.ts';

/** What the publishing tool calls a package by: the npm name, whose scope brings a slash along. */
const NAME = /^(@[a-z0-9~-][a-z0-9._~-]*\/)?[A-Za-z][\w.-]*$/;

const PublishQuery = Type.Object({
  debug: Type.Optional(Type.String()), rebuild: Type.Optional(Type.String()), dropDb: Type.Optional(Type.String()),
  suffix: Type.Optional(Type.String({maxLength: 100, pattern: '^[\\w.-]*$'})),
});
type PublishQuery = Static<typeof PublishQuery>;
type Address = {Params: {'*': string}; Querystring: PublishQuery};

/**
 * Publishing, as `grok publish` asks for it: the files that the server has, and an archive of those that it lacks.
 */
export async function publishing(app: FastifyInstance, context: ApiContext): Promise<void> {
  // The archive is no text, and is larger than what other calls bring: it goes to a file as it comes.
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', (_request, payload, done) => done(null, payload));

  const place = () => {
    if (context.recorder === null)
      throw new Refusal(403, 'This database is read-only: nothing is published to it');
    if (context.store === null)
      throw new Refusal(403, 'This host keeps no published packages');
    return {...context, recorder: context.recorder, store: context.store};
  };

  app.get<Address>('/packages/dev/*', async (request) => {
    const asked = /^(.*)\/timestamps$/.exec(request.params['*']);
    if (!asked)
      throw new Refusal(404, 'There is nothing here but timestamps');
    const {store, registry} = place();
    const npmName = checkName(asked[1]);
    checkPublish(request.caller, npmName, registry);
    const known = store.find(npmName, slotOf(true, request.caller.userId));
    return known && readTimestamps(known.folder) || {};
  });

  app.post<Address>('/packages/dev/*', {schema: {querystring: PublishQuery}, bodyLimit: LIMITS.archive},
    async (request) => {
      const started = Date.now();
      const {store, registry, recorder, pool} = place();
      const npmName = checkName(request.params['*']);
      const {debug, rebuild, suffix} = request.query;
      if (rebuild === 'true')
        throw new Refusal(400, 'This host does not build packages; publish without --rebuild');
      checkPublish(request.caller, npmName, registry);
      const folder = store.stage();
      try {
        const archive = path.join(folder, 'archive.zip');
        await receive(request.body as Readable | undefined, archive);
        const spec = await publish({npmName, archive, debug: debug === 'true', commit: suffix, started,
          caller: request.caller, session: recorder.sessionOf(request)}, {store, registry, recorder, pool});
        return {id: spec.id, name: spec.name, version: spec.version, buildNumber: spec.buildNumber,
          problems: spec.problems};
      } finally {
        rmSync(folder, {recursive: true, force: true});
      }
    });
}

function checkName(name: string): string {
  if (NAME.test(name) && name.length <= 214)
    return name;
  throw new Refusal(400, `"${name.slice(0, 100)}" is no name of a package. Old tools put a developer key into the ` +
    'address, where it would be logged; this host takes it by the header "Authorization: Dev <key>" alone');
}

async function receive(body: Readable | undefined, file: string): Promise<void> {
  if (!body)
    throw new Refusal(400, 'The archive is missing');
  let left = LIMITS.archive;
  await pipeline(body, async function* (chunks: AsyncIterable<Buffer>) {
    for await (const chunk of chunks) {
      left -= chunk.length;
      if (left < 0)
        throw new Refusal(413, `The archive is larger than ${LIMITS.archive / 2 ** 20} MB`);
      yield chunk;
    }
  }, createWriteStream(file, {flags: 'wx'}));
}
