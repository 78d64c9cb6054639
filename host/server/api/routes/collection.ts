import {Type, type Static, type TProperties} from '@sinclair/typebox';
import type {FastifyInstance, FastifyRequest} from 'fastify';
import {Refusal} from '../../model.ts';
import {viewOf, type ApiContext} from '../context.ts';
import type {Json, Kind, View} from '../kind.ts';
import {ListQueryString, readListQuery, type ListQuery} from '../list-query.ts';
import {count, find, list, type Extra} from '../selection.ts';

export const IdParams = Type.Object({id: Type.String({maxLength: 100})});
export type IdParams = Static<typeof IdParams>;

export interface CollectionOptions {
  /** Query parameters of the list beyond the common ones. */
  query?: TProperties;
  /** Conditions that follow from the request. */
  extra?: (request: FastifyRequest) => Extra | undefined;
  /** Answers the list in its own way. */
  list?: (view: View, query: ListQuery) => Promise<Json[]>;
}

/**
 * The three read endpoints of a kind: `GET path` (a page), `GET path/count` (an integer), `GET path/:id` (one entity,
 * or 404).
 */
export function addCollection(app: FastifyInstance, path: string, kind: Kind, context: ApiContext,
  options: CollectionOptions = {}): void {
  const querystring = Type.Object({...ListQueryString.properties, ...options.query});

  app.get<{Querystring: ListQueryString}>(path, {schema: {querystring}}, (request) => {
    const view = viewOf(request, context);
    const query = readListQuery(request.query);
    return options.list?.(view, query) ?? list(kind, view, query, options.extra?.(request));
  });

  app.get<{Querystring: ListQueryString}>(`${path}/count`, {schema: {querystring}}, async (request, reply) => {
    const n = await count(kind, viewOf(request, context), readListQuery(request.query), options.extra?.(request));
    return reply.type('application/json; charset=utf-8').send(String(n));
  });

  app.get<{Params: IdParams; Querystring: ListQueryString}>(`${path}/:id`, {schema: {params: IdParams, querystring}},
    (request) => {
      // A plain word is no id but an endpoint that is not here; "no such entity" would be a wrong answer.
      if (/^[a-z_]+$/i.test(request.params.id))
        throw notAnswered(request);
      return find(kind, viewOf(request, context), request.params.id, readListQuery(request.query).include);
    });
}

/** Refusal of a call that this host does not know. */
export const notAnswered = ({method, url}: FastifyRequest): Refusal =>
  new Refusal(501, `This host does not answer ${method} ${url.split('?')[0]}`);
