import {Type} from '@sinclair/typebox';
import type {FastifyInstance} from 'fastify';
import {checkView} from '../../access/index.ts';
import {readBody} from '../body.ts';
import {viewOf, type ApiContext} from '../context.ts';
import type {Filter} from '../filter.ts';
import type {Json, View} from '../kind.ts';
import {connections} from '../kinds/connection.ts';
import {entities, entitiesByIds} from '../kinds/entity.ts';
import {functions} from '../kinds/function.ts';
import {functionEntity} from '../kinds/function-entity.ts';
import type {ListQuery} from '../list-query.ts';
import {find, list} from '../selection.ts';
import {addCollection, IdParams} from './collection.ts';

/** The core asks for 500 at a time. */
const Ids = Type.Array(Type.String({maxLength: 100}), {maxItems: 5000});

/** Entities of every kind, and the lookup of a name that the core does not know. */
export function addEntities(app: FastifyInstance, context: ApiContext): void {
  addCollection(app, '/entities', entities, context, {list: async (view, query) => {
    const name = qualifiedName(query.filter);
    return name ? lookup(view, query, name) : list(entities, view, query);
  }});

  app.post('/entities/get', (request) => entitiesByIds(viewOf(request, context), readBody(Ids, request.body)));

  // Properties that users attach to entities live in tables that are not known here; an entity without any is usual.
  app.get<{Params: IdParams}>('/entities/:id/properties', {schema: {params: IdParams}}, async (request) => {
    await find(entities, viewOf(request, context), request.params.id);
    return {};
  });
}

interface QualifiedName {
  name: string;
  namespace: string;
}

/** The filter by which the core resolves `Namespace:Name`; undefined for any other filter. */
function qualifiedName({conditions, words, tags}: Filter): QualifiedName | undefined {
  const value = (...fields: string[]) =>
    conditions.find((one) => fields.includes(one.field) && one.comparison === '=')?.value;
  const name = value('shortname', 'name');
  const namespace = value('namespace');
  const alone = conditions.length === 2 && words.length === 0 && tags.length === 0;
  return alone && name !== undefined && namespace !== undefined ? {name, namespace} : undefined;
}

/**
 * At most one entity, since the core refuses several: the function that runs here, else the database's function in
 * the version in use, else a connection, else anything of that name. A name inside a package that the caller may not
 * see is refused in words, so that the user learns why.
 */
async function lookup(view: View, query: ListQuery, {name, namespace}: QualifiedName): Promise<Json[]> {
  const running = view.registry.package(namespace.replace(/:$/, ''), view.caller.userId);
  if (running)
    checkView(view.caller, running);
  const own = view.registry.functionByName(name, namespace, view.caller.userId);
  if (own)
    return [functionEntity(own)];
  for (const kind of [functions, connections, entities]) {
    const [found] = await list(kind, view, {...query, limit: 1, offset: 0});
    if (found)
      return [found];
  }
  return [];
}
