import {Type} from '@sinclair/typebox';
import type {FastifyInstance} from 'fastify';
import {Refusal} from '../../model.ts';
import {viewOf, type ApiContext} from '../context.ts';
import {groups} from '../kinds/group.ts';
import {users} from '../kinds/user.ts';
import {readListQuery} from '../list-query.ts';
import {byIds, list} from '../selection.ts';
import {isUuid} from '../statement.ts';
import {addCollection, IdParams} from './collection.ts';

const LookupQuery = Type.Object({query: Type.String({maxLength: 1000})});

/** How many groups the lookup offers to choose from. */
const LOOKUP_ROWS = 100;

export function addGroups(app: FastifyInstance, context: ApiContext): void {
  app.get<{Querystring: {query: string}}>('/groups/lookup', {schema: {querystring: LookupQuery}}, (request) => {
    const words = request.query.query.split(/\s+/).filter(Boolean);
    const query = readListQuery({limit: String(LOOKUP_ROWS)});
    return list(groups, viewOf(request, context), {...query, filter: {conditions: [], tags: [], words}});
  });

  app.get('/groups/all_parents', (request) =>
    byIds(groups, viewOf(request, context), [...request.caller.groupIds]));

  app.get<{Params: IdParams}>('/groups/:id/user', {schema: {params: IdParams}}, async (request) => {
    const {id} = request.params;
    const query = readListQuery({limit: '1'});
    const [user] = isUuid(id) ? await list(users, viewOf(request, context), query,
      (statement) => [`u.group_id = ${statement.bind(id)}::uuid`]) : [];
    if (!user)
      throw new Refusal(404, `No user has the group ${id} as a personal one`);
    return user;
  });
  addCollection(app, '/groups', groups, context);
}
