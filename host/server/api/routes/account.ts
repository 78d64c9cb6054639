import type {FastifyInstance, FastifyRequest} from 'fastify';
import {isUuid} from '../statement.ts';
import {viewOf, type ApiContext} from '../context.ts';
import type {Json} from '../kind.ts';
import {sessions} from '../kinds/session.ts';
import {userEntity, users} from '../kinds/user.ts';
import {byIds} from '../selection.ts';
import {addCollection} from './collection.ts';

/** Who is signed in: user, session, sign-in of command-line tools, and (never any) notifications. */
export function addAccount(app: FastifyInstance, context: ApiContext): void {
  app.get('/users/current', (request) => currentUser(request, context));
  app.get('/users/sessions/current', async (request) => ({
    '#type': 'UserSession', 'id': request.session.id, 'started': request.session.started.toISOString(),
    'type': 'internal', 'user': await currentUser(request, context),
  }));

  // Tools sign in with a developer key in the header; whoever got this far is signed in already, by it or without.
  app.post('/users/login/dev', async (request) => ({isSuccess: true, token: request.session.token}));

  app.get('/users/notifications/current', async () => []);
  app.get('/users/notifications/current/count_unread', (_request, reply) =>
    reply.type('application/json; charset=utf-8').send('0'));
  addCollection(app, '/users/sessions', sessions, context);
  addCollection(app, '/users', users, context);
}

/** The caller as an entity. In a database without an administrator the one who started the host has no row. */
export async function currentUser(request: FastifyRequest, context: ApiContext): Promise<Json> {
  const {caller} = request;
  const [stored] = isUuid(caller.userId) ? await byIds(users, viewOf(request, context), [caller.userId]) : [];
  return stored ?? userEntity(
    {id: caller.userId, login: caller.login, friendly_name: caller.friendlyName, group_id: null}, null, null);
}
