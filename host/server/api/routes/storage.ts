import {Type, type Static} from '@sinclair/typebox';
import type {FastifyInstance, FastifyRequest} from 'fastify';
import {Refusal} from '../../model.ts';
import {readBody} from '../body.ts';

const Place = Type.Object({name: Type.String({maxLength: 200}), key: Type.Optional(Type.String({maxLength: 200}))});
type Place = Static<typeof Place>;
const Owner = Type.Object({currentUser: Type.Optional(Type.String())});
type Owner = Static<typeof Owner>;
const Values = Type.Record(Type.String(), Type.Unknown());

interface Route {
  Params: Place;
  Querystring: Owner;
}

/** All stored text together; settings are small. */
const MOST_CHARACTERS = 16 * 2 ** 20;

/**
 * Settings that packages keep for users: maps of texts by name, one per user and one shared by all. They live as long
 * as the host: a database that is served read-only could not hold them.
 */
export function addStorage(app: FastifyInstance): void {
  const maps = new Map<string, Map<string, string>>();
  const schema = {params: Place, querystring: Owner};
  const of = (request: FastifyRequest<Route>): Map<string, string> => {
    const owner = request.query.currentUser === 'false' ? '' : request.caller.userId;
    const place = `${owner}\n${request.params.name}`;
    return maps.get(place) ?? maps.set(place, new Map()).get(place)!;
  };
  const put = (map: Map<string, string>, key: string, value: string) => {
    map.set(key, value);
    let size = 0;
    for (const one of maps.values()) {
      for (const [k, v] of one)
        size += k.length + v.length;
    }
    if (size > MOST_CHARACTERS) {
      map.delete(key);
      throw new Refusal(413, 'The storage of user settings is full');
    }
  };
  const putAll = (map: Map<string, string>, body: unknown) => {
    for (const [key, value] of Object.entries(readBody(Values, body)))
      put(map, key, typeof value === 'string' ? value : JSON.stringify(value));
    return Object.fromEntries(map);
  };

  app.get<Route>('/user_settings_storage/:name', {schema}, async (request) => Object.fromEntries(of(request)));
  app.post<Route>('/user_settings_storage/:name', {schema}, async (request) => putAll(of(request), request.body));
  app.put<Route>('/user_settings_storage/:name', {schema}, async (request) => {
    const map = of(request);
    map.clear();
    return putAll(map, request.body);
  });
  app.get<Route>('/user_settings_storage/:name/:key', {schema}, async (request, reply) => {
    const value = of(request).get(request.params.key!);
    if (value === undefined)
      throw new Refusal(404, `Nothing is stored under "${request.params.key}"`);
    return reply.type('application/json; charset=utf-8').send(JSON.stringify(value));
  });
  app.post<Route>('/user_settings_storage/:name/:key', {schema}, async (request) => {
    put(of(request), request.params.key!, String(request.body ?? ''));
    return {};
  });
  app.delete<Route>('/user_settings_storage/:name/:key', {schema}, async (request) => {
    of(request).delete(request.params.key!);
    return {};
  });
}
