import {Type, type Static} from '@sinclair/typebox';
import type {FastifyInstance} from 'fastify';
import {Refusal} from '../../model.ts';
import {stableId} from '../../registry/id.ts';
import {viewOf, type ApiContext} from '../context.ts';
import type {Json} from '../kind.ts';
import {entities, entitiesByIds} from '../kinds/entity.ts';
import {projects} from '../kinds/project.ts';
import {readListQuery} from '../list-query.ts';
import {find, list} from '../selection.ts';
import {isUuid} from '../statement.ts';
import {IdParams} from './collection.ts';

const EntityQuery = Type.Object({entityId: Type.Optional(Type.String({maxLength: 100}))});
const CheckParams = Type.Object({id: Type.String({maxLength: 100}), permission: Type.String({maxLength: 100})});
type CheckParams = Static<typeof CheckParams>;

/**
 * Rights to entities. The host knows the `canView` and `canEdit` of packages and the administrators; permissions
 * granted to single entities are kept in tables that are not known here, so that nothing is listed and others may not
 * edit.
 */
export function addPermissions(app: FastifyInstance, context: ApiContext): void {
  app.get<{Querystring: {entityId?: string}}>('/privileges/permissions', {schema: {querystring: EntityQuery}},
    async (request) => {
      const id = request.query.entityId ?? '';
      if ((await entitiesByIds(viewOf(request, context), [id])).length === 0)
        throw new Refusal(404, `There is no entity with id ${id}`);
      return [];
    });

  // The core asks for the project that owns an entity first, since rights are inherited from it, and needs one.
  app.get<{Params: {id: string}}>('/projects/for_entity/:id', {schema: {params: IdParams}}, async (request) => {
    const {id} = request.params;
    const [owner] = isUuid(id) ? await list(projects, viewOf(request, context), readListQuery({limit: '1'}),
      (statement) => [`exists (select from project_relations r where r.project_id = p.id and
        r.entity_id = ${statement.bind(id)}::uuid and
        coalesce((to_jsonb(r)->>'is_link')::boolean, false) = false)`]) : [];
    return owner ?? wrapper(await find(entities, viewOf(request, context), id));
  });

  app.get<{Params: CheckParams}>('/privileges/permissions/check/:id/:permission', {schema: {params: CheckParams}},
    async (request, reply) => {
      const {id, permission} = request.params;
      const [entity] = await entitiesByIds(viewOf(request, context), [id]);
      const {caller} = request;
      const own = (entity?.author as {id?: string} | undefined)?.id === caller.userId || id === caller.userId;
      const edits = context.registry.package(id, caller.userId)?.canEdit
        .some((name) => caller.groupNames.has(name.toLowerCase())) ?? false;
      const allowed = entity !== undefined && (caller.isAdmin || /^view$/i.test(permission) || own || edits);
      return reply.type('application/json; charset=utf-8').send(String(allowed));
    });
}

/** The platform wraps entities that are in no project in one of their own; the database need not hold it. */
const wrapper = (entity: Json): Json => ({
  '#type': 'Project', 'id': stableId('project of', entity.id as string), 'name': entity.name,
  'friendlyName': entity.friendlyName, 'isEntity': true, 'relations': [],
});
