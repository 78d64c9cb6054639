import {Type, type Static} from '@sinclair/typebox';
import type {FastifyInstance, FastifyRequest} from 'fastify';
import {mention} from '../../log/recorder.ts';
import {Refusal} from '../../model.ts';
import {stableId} from '../../registry/id.ts';
import {readBody} from '../body.ts';
import {viewOf, type ApiContext} from '../context.ts';
import {Grants, isGranted, type Grant, type Right} from '../grants.ts';
import {instant, type Json} from '../kind.ts';
import {entities, entitiesByIds} from '../kinds/entity.ts';
import {groupEntity} from '../kinds/group.ts';
import {projects} from '../kinds/project.ts';
import {readListQuery} from '../list-query.ts';
import {find, list} from '../selection.ts';
import {isUuid} from '../statement.ts';
import {IdParams} from './collection.ts';

const EntityQuery = Type.Object({entityId: Type.Optional(Type.String({maxLength: 100}))});
const CheckParams = Type.Object({id: Type.String({maxLength: 100}), permission: Type.String({maxLength: 100})});
type CheckParams = Static<typeof CheckParams>;
const Uuid = Type.String({pattern: '^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$'});
const Sharing = Type.Object({entityId: Uuid, userGroup: Type.Object({id: Uuid}),
  category: Type.Union([Type.Literal('use'), Type.Literal('full')])});
/** More are not remembered; who shares asks for the project just before. */
const MOST_WRAPPED = 10_000;
const RIGHTS: readonly Right[] = ['View', 'Edit', 'Delete', 'Share'];

/**
 * Rights to entities: the `canView` and `canEdit` of packages, the administrators, and what people granted to groups.
 * Of somebody else's database the last is not read: how it keeps that is not known, so that nothing is listed and
 * others may not edit. What is granted is granted on the project that owns or wraps the entity, as the core asks.
 */
export function addPermissions(app: FastifyInstance, context: ApiContext): void {
  const {recorder, writes} = context;
  const grants = writes === null ? null : new Grants(writes);
  /** Entities by the id of the project that would wrap them: the core names these in what it posts next. */
  const wrapped = new Map<string, string>();

  const may = async (request: FastifyRequest, id: string, right: Right): Promise<boolean> => {
    const [entity] = await entitiesByIds(viewOf(request, context), [id]);
    const {caller} = request;
    const own = (entity?.author as {id?: string} | undefined)?.id === caller.userId || id === caller.userId;
    const edits = context.registry.package(id, caller.userId)?.canEdit
      .some((name) => caller.groupNames.has(name.toLowerCase())) ?? false;
    return entity !== undefined && (caller.isAdmin || right === 'View' || own || edits ||
      writes !== null && isUuid(id) && await isGranted(writes, caller, id, right));
  };
  /** The entity that a project wraps, or the project itself. */
  const entityOf = async (id: string): Promise<string> => wrapped.get(id) ?? await grants?.wrappedBy(id) ?? id;
  const say = (request: FastifyRequest, type: string, message: string, entity: string, group: string): Promise<void> =>
    recorder!.audit(recorder!.sessionOf(request), type, message, [mention('user', request.caller.userId),
      mention('entity', entity), mention('group', group)]);
  const writable = (): Grants => {
    if (grants === null)
      throw new Refusal(409, 'This database is read-only: nothing can be shared');
    return grants;
  };

  app.get<{Querystring: {entityId?: string}}>('/privileges/permissions', {schema: {querystring: EntityQuery}},
    async (request) => {
      const id = request.query.entityId ?? '';
      if (!wrapped.has(id) && (await entitiesByIds(viewOf(request, context), [id])).length === 0)
        throw new Refusal(404, `There is no entity with id ${id}`);
      return (isUuid(id) && await grants?.on(id) || []).map(permissionEntity);
    });

  app.post('/privileges/permissions/user', async (request) => {
    const {entityId, userGroup, category} = readBody(Sharing, request.body);
    const store = writable();
    const entity = await entityOf(entityId);
    if (!await may(request, entity, 'Share'))
      throw new Refusal(403, 'You may not share this');
    await store.give(request.caller, entityId, userGroup.id, category, entity === entityId ? undefined : entity);
    await say(request, 'entity-shared', '@user shared @entity with @group', entity, userGroup.id);
    return {'#type': 'EntityUserPermission', entityId, userGroup, category};
  });

  app.delete<{Params: IdParams}>('/privileges/permissions/:id', {schema: {params: IdParams}}, async (request, reply) => {
    const {id} = request.params;
    const store = writable();
    const found = isUuid(id) ? await store.find(id) : undefined;
    if (found === undefined)
      throw new Refusal(404, 'There is no such permission');
    const entity = await entityOf(found.entityId);
    if (!await may(request, entity, 'Share'))
      throw new Refusal(403, 'You may not share this');
    // The core takes away one by one; the last one is the end of it.
    if (await store.take(id) === 0)
      await say(request, 'entity-edited', '@user no longer shares @entity with @group', entity, found.groupId);
    return reply.type('application/json; charset=utf-8').send('true');
  });

  // The core asks for the project that owns an entity first, since rights are inherited from it, and needs one.
  app.get<{Params: {id: string}}>('/projects/for_entity/:id', {schema: {params: IdParams}}, async (request) => {
    const {id} = request.params;
    const [owner] = isUuid(id) ? await list(projects, viewOf(request, context), readListQuery({limit: '1'}),
      (statement) => [`exists (select from project_relations r where r.project_id = p.id and
        r.entity_id = ${statement.bind(id)}::uuid and
        coalesce((to_jsonb(r)->>'is_link')::boolean, false) = false)`]) : [];
    if (owner !== undefined)
      return owner;
    const made = wrapper(await find(entities, viewOf(request, context), id));
    wrapped.set(made.id as string, id);
    if (wrapped.size > MOST_WRAPPED)
      wrapped.delete(wrapped.keys().next().value!);
    return made;
  });

  app.get<{Params: CheckParams}>('/privileges/permissions/check/:id/:permission', {schema: {params: CheckParams}},
    async (request, reply) => {
      const {id, permission} = request.params;
      const right = RIGHTS.find((one) => one.toLowerCase() === permission.toLowerCase());
      const allowed = await may(request, id, right ?? 'Edit');
      return reply.type('application/json; charset=utf-8').send(String(allowed));
    });
}

/** The platform wraps entities that are in no project in one of their own; the database need not hold it. */
const wrapper = (entity: Json): Json => ({
  '#type': 'Project', 'id': stableId('project of', entity.id as string), 'name': entity.name,
  'friendlyName': entity.friendlyName, 'isEntity': true, 'relations': [],
});

const permissionEntity = ({id, entityId, group, permissionId, grantedAt}: Grant): Json => ({
  '#type': 'EntityPermission', id, entityId, 'userGroup': groupEntity(group), 'inheritedByLink': false,
  'permission': {'#type': 'EntityTypePermission', 'id': permissionId}, 'grantedAt': instant(grantedAt),
});
