import type {} from '@fastify/cookie';
import type {FastifyInstance, FastifyReply, FastifyRequest} from 'fastify';
import {Refusal, type Caller} from '../model.ts';
import type {Callers} from './callers.ts';
import type {DevKeys} from './dev-keys.ts';
import {isForeignPage, isFromElsewhere, isLoopbackAddress, isLoopbackHost} from './loopback.ts';
import type {Session, Sessions} from './sessions.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** Whoever sent the request; set before any handler under `/api/` runs. Of WebSockets: ask `signedIn`. */
    caller: Caller;
    /**
     * Of WebSockets under `/api/`: the caller, or why there is none. A refused upgrade would reach the core as a lost
     * connection, without the reason; so the socket opens, and tells.
     */
    signedIn?: Promise<Caller>;
    session: Session;
  }
}

export interface AccessOptions {
  callers: Callers;
  sessions: Sessions;
  keys: DevKeys;
}

const isUpgrade = (request: FastifyRequest): boolean => request.headers.upgrade?.toLowerCase() === 'websocket';

const COOKIE = {path: '/', httpOnly: true, sameSite: 'lax'} as const;

/**
 * Signs every request in. In this order:
 * 1. header `authorization: Dev <key>` with a developer key, which command-line tools send; a wrong one is refused;
 * 2. header `authorization: <token>`, or cookie `auth=<token>`, with a token given out by this host;
 * 3. from this machine, addressed by a loopback name: the administrator who started the host;
 * 4. else 401.
 *
 * What comes from a page of another origin counts as not signed in unless it carries the header, which such a page
 * cannot know: else any site could read the log through a browser that runs on this machine.
 * A token not given out by this run of the host counts as none: tokens end with the host, browsers keep cookies.
 *
 * `?user=<login>` in the address, from this machine, signs in as that user (`?user=admin`: back to the administrator);
 * a page is then loaded anew without it. `@fastify/cookie` must be registered before.
 */
export function installAccess(app: FastifyInstance, {callers, sessions, keys}: AccessOptions): void {
  app.decorateRequest('caller', null as unknown as Caller);
  app.decorateRequest('session', null as unknown as Session);

  app.addHook('onRequest', async (request, reply) => {
    const local = isLoopbackAddress(request.socket.remoteAddress) && isLoopbackHost(request.headers.host);
    const foreign = isForeignPage(request.headers);
    const header = request.headers.authorization;
    const key = /^Dev\s+(\S+)$/i.exec(header ?? '')?.[1];
    let session = key ? await byKey(key) : header ? sessions.find(header) : undefined;
    if (!session && foreign)
      throw new Refusal(403, 'Pages of other sites may not use this host');
    session ??= sessions.find(request.cookies.auth ?? '') ?? (local ? sessions.owner : undefined);
    if (!session)
      throw new Refusal(401, 'Sign in: from other machines, or under another host name, a token is needed');
    request.session = session;
    // Pages and the client's files are the same for everybody and need no database.
    if (request.url.startsWith('/api/') && isUpgrade(request)) {
      request.signedIn = signIn(request, session).then(() => request.caller);
      request.signedIn.catch(() => {});
    }
    else if (request.url.startsWith('/api/'))
      await signIn(request, session);

    const login = (request.query as {user?: unknown}).user;
    if (local && typeof login === 'string' && login !== '')
      return switchUser(request, reply, login);
  });

  // The plugin of WebSockets lets go of the sockets that it has seen; one refused above it never sees, and the
  // server would wait for it when it closes.
  app.addHook('onResponse', async (request) => {
    if (isUpgrade(request))
      request.raw.socket.destroySoon();
  });

  /** Tools repeat a call that is refused with 401, with the key in the address: 403 spares them that. */
  async function byKey(key: string): Promise<Session> {
    const login = keys.loginOf(key);
    if (login === undefined)
      throw new Refusal(403, 'This developer key is not known here; "npm run dev-key" makes one');
    if (login === null)
      return sessions.owner;
    const caller = await callers.byLogin(login);
    if (!caller)
      throw new Refusal(403, `The developer key is that of ${login}, who is not there`);
    return sessions.ofUser(caller.userId);
  }

  /** A user deleted meanwhile leaves a session without a caller; it ends. */
  async function signIn(request: FastifyRequest, session: Session): Promise<void> {
    const caller = session.userId === null ? await callers.owner() : await callers.byId(session.userId);
    if (!caller) {
      sessions.close(session.token);
      throw new Refusal(401, 'The user of this session is no longer there');
    }
    request.session = session;
    request.caller = caller;
  }

  async function switchUser(request: FastifyRequest, reply: FastifyReply, login: string) {
    if (isFromElsewhere(request.headers))
      throw new Refusal(403, 'The user is switched from this host\'s own pages or the address bar only');
    const owner = await callers.owner();
    if (login.toLowerCase() === 'admin' || login.toLowerCase() === owner.login.toLowerCase()) {
      reply.clearCookie('auth', COOKIE);
      await signIn(request, sessions.owner);
    }
    else {
      const caller = await callers.byLogin(login);
      if (!caller)
        throw new Refusal(404, `There is no user with login "${login}"`);
      const known = request.session.userId === caller.userId ? request.session : sessions.open(caller.userId);
      reply.setCookie('auth', known.token, COOKIE);
      await signIn(request, known);
    }
    const page = new URL(request.url, 'http://localhost');
    if (request.method !== 'GET' || page.pathname.startsWith('/api/'))
      return undefined;
    page.searchParams.delete('user');
    return reply.header('cache-control', 'no-store').redirect(page.pathname.replace(/^\/+/, '/') + page.search);
  }
}
