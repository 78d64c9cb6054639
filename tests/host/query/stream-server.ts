import type {AddressInfo} from 'node:net';
import fastify from 'fastify';
import {Refusal, type Caller, type FunctionSpec} from '../../../host/server/model.ts';
import type {QueryRunner} from '../../../host/server/query/run.ts';
import type {AnswerCache} from '../../../host/server/cache/index.ts';
import type {PreparedAnswer} from '../../../host/server/stream/answer.ts';
import {callStream} from '../../../host/server/stream/call-stream.ts';

export const AD_HOC_CONNECTION = '33333333-0000-4000-8000-000000000001';

/** The least server around a call stream: start-up data with the queries, and a caller told by `?user=`. */
export async function streamServer(runner: QueryRunner, queries: FunctionSpec[],
  cache?: AnswerCache<PreparedAnswer>) {
  const app = fastify({forceCloseConnections: true});
  app.get('/api/admin/startup_data', async (_request, reply) => reply.type('application/json; charset=utf-8').send(
    JSON.stringify({scriptHandlers: [], user: null, currentPackages: packagesOf(queries),
      allFuncs: Object.fromEntries(queries.map((query) => [query.id, entityOf(query)]))})));
  await app.register(callStream, {prefix: '/api', runner, cache, adHocConnections: [AD_HOC_CONNECTION],
    findFunction: (id: string) => queries.find((query) => query.id === id),
    caller: (request: any) => callerOf(request.query.user ?? 'admin'),
    mayRun: (caller: Caller) => {
      if (caller.login === 'nobody')
        throw new Refusal(403, 'Only Administrators may see this');
    }});
  await app.listen({port: 0, host: '127.0.0.1'});
  return {port: (app.server.address() as AddressInfo).port, close: () => app.close()};
}

function callerOf(login: string): Caller {
  if (login === 'stranger')
    throw new Refusal(401, 'Sign in first');
  return {userId: '', login, friendlyName: login, sessionId: null, isAdmin: login === 'admin', groupIds: new Set(),
    groupNames: new Set()};
}

const packagesOf = (queries: FunctionSpec[]): object => Object.fromEntries(queries.map(({package: of}) =>
  [of.id, {'#type': 'GrokPublishedPackage', 'id': of.id, 'name': of.name, 'friendlyName': of.friendlyName}]));

/** A query as an entity of the start-up data. */
function entityOf(query: FunctionSpec): object {
  return {
    '#type': 'DataQuery', 'id': query.id, 'name': query.name, 'friendlyName': query.friendlyName,
    'namespace': `${query.package.name}:`, 'source': 'data-query', 'query': query.text,
    'connection': {'#type': 'DataConnection', 'id': AD_HOC_CONNECTION, 'name': 'Datagrok', 'namespace': 'System:',
      'dataSource': 'PostgresDart', 'parameters': {}},
    'package': {'#type': 'GrokPublishedPackage', 'id': query.package.id, 'name': query.package.name},
    'options': query.options,
    'params': query.params.map(({type, subType, ...param}) => ({...param, propertyType: type, propertySubType: subType})),
  };
}
