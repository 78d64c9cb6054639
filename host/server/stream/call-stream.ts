import {randomUUID} from 'node:crypto';
import websocket from '@fastify/websocket';
import type {FastifyInstance, FastifyRequest} from 'fastify';
import type {WebSocket} from 'ws';
import type {TableFormat} from './answer.ts';
import {answerText, ServedCall, type CallChannel} from './call.ts';
import type {CallStreamOptions} from './find-query.ts';
import {readCall, readMessage} from './message.ts';

export type {CallStreamOptions} from './find-query.ts';

/** A CALL carries the text of its function; tables never come this way. */
const MAX_MESSAGE = 16 * 2 ** 20;

/** A peer that does not answer within this time is gone, and its queries are cancelled. */
const HEARTBEAT_MS = 30_000;

/**
 * Fastify plugin: the WebSocket `/log/funcs/call/stream` on which the platform's core has its queries run; register
 * it under the root of the API. The core opens a socket per call; several calls on one socket work as well.
 * With `?tables=columnar` tables travel in the columnar container, else in d42.
 *
 * Registers `@fastify/websocket`, unless that is done already.
 */
export async function callStream(app: FastifyInstance, options: CallStreamOptions): Promise<void> {
  if (!app.hasDecorator('websocketServer'))
    await app.register(websocket, {options: {maxPayload: MAX_MESSAGE}});
  app.get('/log/funcs/call/stream', {websocket: true}, (socket, request) => serveSocket(socket, request, options));
}

function serveSocket(socket: WebSocket, request: FastifyRequest, options: CallStreamOptions): void {
  const calls = new Map<number, ServedCall>();
  const channel = channelOf(socket);
  const isColumnar = (request.query as Record<string, unknown>).tables === 'columnar';
  const format: TableFormat = isColumnar ? 'columnar' : 'd42';
  const report = (error: unknown): void => request.log.error(error);
  // Asked at once, while the request is fresh; told when a call comes.
  const caller = Promise.resolve().then(() => options.caller(request));
  caller.catch(() => {});

  const begin = (number: number, json: string): void => {
    try {
      const call = new ServedCall(number, readCall(json), channel, format, options, request, report);
      calls.get(number)?.cancel();
      calls.set(number, call);
      // Whoever closes the socket does not want the answer.
      call.serve(caller).catch((error) => socket.readyState === socket.OPEN && report(error))
        .finally(() => calls.get(number) === call && calls.delete(number));
    } catch (error) {
      const answer = answerText({id: randomUUID(), func: {'#type': 'DataQuery', 'id': randomUUID(), 'params': []},
        status: 'Error', errorMessage: (error as Error).message, errorStackTrace: ''});
      channel.sendText(`${number} CALL ${answer}`).catch(() => {});
    }
  };
  socket.on('message', (data, isBinary) => {
    const message = isBinary ? undefined : readMessage(data.toString());
    const call = message && calls.get(message.call);
    switch (message?.verb) {
    case 'CALL': return begin(message.call, message.rest);
    case 'CANCEL': return call?.cancel();
    case 'PART OK': return call?.answerPart(true);
    case 'PART ERROR': return call?.answerPart(false);
    }
  });
  socket.on('error', () => socket.terminate());
  socket.on('close', () => calls.forEach((call) => call.cancel()));
  watch(socket);
  channel.sendText('LISTENING').catch(() => {});
}

function channelOf(socket: WebSocket): CallChannel {
  const send = (data: string | Uint8Array): Promise<void> => new Promise((resolve, reject) =>
    socket.send(data, (error) => error ? reject(error) : resolve()));
  return {sendText: send, sendBinary: send};
}

/** Ends a socket whose other side is silent: a laptop that was shut, a cable that was pulled. */
function watch(socket: WebSocket): void {
  let isAlive = true;
  socket.on('pong', () => isAlive = true);
  const timer = setInterval(() => {
    if (!isAlive)
      return socket.terminate();
    isAlive = false;
    socket.ping();
  }, HEARTBEAT_MS);
  timer.unref();
  socket.on('close', () => clearInterval(timer));
}
