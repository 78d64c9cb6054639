import {Type} from '@sinclair/typebox';
import type {FastifyInstance, FastifyRequest} from 'fastify';
import {Refusal} from '../../model.ts';
import {viewOf, type ApiContext} from '../context.ts';
import {calls} from '../kinds/call.ts';
import {events, eventTypes} from '../kinds/event.ts';
import {functions} from '../kinds/function.ts';
import {ListQueryString, readListQuery} from '../list-query.ts';
import {instantOf, list, type Extra} from '../selection.ts';
import {isUuid} from '../statement.ts';
import {addCollection, IdParams} from './collection.ts';

const Where = {
  entityId: Type.Optional(Type.String({maxLength: 100})),
  start: Type.Optional(Type.String({maxLength: 100})),
  end: Type.Optional(Type.String({maxLength: 100})),
  favoritesOnly: Type.Optional(Type.String({maxLength: 10})),
};
type Where = {[key in keyof typeof Where]?: string};

/** The log: records, types of records, functions and their calls. */
export function addLog(app: FastifyInstance, context: ApiContext): void {
  addCollection(app, '/log/funcs/calls', calls, context);
  addCollection(app, '/log/funcs', functions, context);
  addCollection(app, '/log/types', eventTypes, context);

  const querystring = Type.Object({...ListQueryString.properties, ...Where});
  const activity = (request: FastifyRequest, userId: string) =>
    list(events, viewOf(request, context), readListQuery(request.query as ListQueryString), (statement) => [
      isUuid(userId) ? `s.user_id = ${statement.bind(userId)}::uuid` : 'false',
      ...whereOf(request)(statement),
    ]);
  app.get('/log/activity', {schema: {querystring}}, (request) => activity(request, request.caller.userId));
  app.get<{Params: IdParams}>('/log/activity/:id', {schema: {querystring, params: IdParams}}, (request) =>
    activity(request, request.params.id));

  addCollection(app, '/log', events, context, {query: Where, extra: whereOf});
}

/**
 * Conditions of `log.where`: records that concern an entity, in the half-open range from `start` to `end`. The core
 * sends its process-local time without zone; it is taken as UTC, which is why clients in Node should run with `TZ=UTC`.
 */
function whereOf(request: FastifyRequest): Extra {
  const {entityId, start, end, favoritesOnly} = request.query as Where;
  if (favoritesOnly === 'true')
    throw new Refusal(501, 'This host keeps no favorites, so that the log cannot be narrowed to them');
  return (statement) => {
    const conditions: string[] = [];
    if (start)
      conditions.push(`e.event_time >= ${statement.bind(instantOf(start))}::timestamp`);
    if (end)
      conditions.push(`e.event_time < ${statement.bind(instantOf(end))}::timestamp`);
    if (entityId) {
      conditions.push(isUuid(entityId) ? `exists (select from event_parameter_values v
        where v.event_id = e.id and v.value_uuid = ${statement.bind(entityId)}::uuid)` : 'false');
    }
    return conditions;
  };
}
