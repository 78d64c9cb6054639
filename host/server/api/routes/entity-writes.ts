import {Type} from '@sinclair/typebox';
import type {FastifyInstance, FastifyRequest} from 'fastify';
import {mention, text, type Recorder} from '../../log/recorder.ts';
import {Refusal} from '../../model.ts';
import {readBody} from '../body.ts';
import {viewOf, type ApiContext} from '../context.ts';
import {EntityWriter, KINDS, type WritableKind} from '../entity-writer.ts';
import type {Kind} from '../kind.ts';
import {groups} from '../kinds/group.ts';
import {projects} from '../kinds/project.ts';
import {scripts} from '../kinds/function.ts';
import {find} from '../selection.ts';
import {IdParams} from './collection.ts';

const Id = Type.String({pattern: '^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$'});
const Name = Type.String({minLength: 1, maxLength: 1000, pattern: '^[^\\0]*$'});
const Entity = Type.Object({
  id: Id, name: Name, friendlyName: Type.Optional(Name),
  description: Type.Optional(Type.String({maxLength: 10_000, pattern: '^[^\\0]*$'})),
  script: Type.Optional(Type.String({maxLength: 1_000_000, pattern: '^[^\\0]*$'})), language: Type.Optional(Name),
});
const Tag = Type.Object({tag: Type.String({minLength: 1, maxLength: 300, pattern: '^[^\\0]*$'})});

const READ: Record<WritableKind, Kind> = {projects, groups, scripts};

/**
 * Saving, deleting and tagging of entities, each with its audit record.
 */
export function addEntityWrites(app: FastifyInstance, context: ApiContext): void {
  const {recorder, writes} = context;
  const writer = writes === null ? null : new EntityWriter(writes);
  const writable = (): {writer: EntityWriter, recorder: Recorder} => {
    if (writer === null || recorder === null)
      throw new Refusal(409, 'This database is read-only: nothing can be saved');
    return {writer, recorder};
  };
  const say = (request: FastifyRequest, type: string, message: string, id: string,
    ...more: ReturnType<typeof text>[]): void => void recorder!.audit(recorder!.sessionOf(request), type, message,
      [mention('user', request.caller.userId), mention('entity', id), ...more]);

  for (const kind of Object.keys(KINDS) as WritableKind[]) {
    const {word} = KINDS[kind];
    app.post(`/${kind}`, async (request) => {
      const posted = readBody(Entity, request.body);
      const done = await writable().writer.save(kind, posted, request.caller);
      say(request, `${word}-${done}`, `@user ${done} @entity`, posted.id);
      return find(READ[kind], viewOf(request, context), posted.id);
    });
    app.delete<{Params: IdParams}>(`/${kind}/:id`, {schema: {params: IdParams}}, async (request, reply) => {
      const {id} = request.params;
      await writable().writer.delete(kind, id, request.caller);
      say(request, `${word}-deleted`, '@user deleted @entity', id);
      return reply.type('application/json; charset=utf-8').send('true');
    });
  }

  // The core has no call for tags in this build; this path is the host's own.
  const tagged = (isSet: boolean) => async (request: FastifyRequest) => {
    const {id} = request.params as IdParams;
    const {tag} = readBody(Tag, request.body);
    await writable().writer.tag(id, tag, isSet, request.caller);
    say(request, 'entity-edited', `@user ${isSet ? 'tagged' : 'untagged'} @entity`, id, text('tag', tag));
    return true;
  };
  app.put('/entities/:id/tags', {schema: {params: IdParams}}, tagged(true));
  app.delete('/entities/:id/tags', {schema: {params: IdParams}}, tagged(false));
}
