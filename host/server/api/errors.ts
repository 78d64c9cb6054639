import type {FastifyError, FastifyReply, FastifyRequest} from 'fastify';
import {Refusal} from '../model.ts';

/** What the core shows of a failed request: it reads `message`, and `innerMessage` in brackets. */
export interface ApiError {
  '#type': 'ApiError';
  code: string;
  message: string;
  innerMessage?: string;
}

/** Errors of PostgreSQL carry a five-character SQLSTATE; those of sockets do not. */
const isDatabaseError = (error: Error & {code?: string}): boolean => /^[0-9A-Z]{5}$/.test(error.code ?? '');

/** Of sockets, of the pool, and the SQLSTATEs by which PostgreSQL says that it goes, comes, or has no more room. */
const isConnectionError = (error: Error & {code?: string}): boolean =>
  /^(ECONN|EPIPE|ENOTFOUND|ETIMEDOUT|08...$|57P0.$|53300$)/.test(error.code ?? '') ||
  /^Connection terminated|timeout exceeded/.test(error.message);

/** HTTP status and the words for the user. Details of failures in the host's own code stay in its log. */
export function describeError(error: Error & {statusCode?: number; code?: string}): {status: number; message: string} {
  if (error instanceof Refusal)
    return {status: error.status, message: error.message};
  if (error.statusCode !== undefined && error.statusCode >= 400 && error.statusCode < 500)
    return {status: error.statusCode, message: error.message};
  if (isConnectionError(error))
    return {status: 503, message: 'The database cannot be reached'};
  if (isDatabaseError(error))
    return {status: error.code === '57014' ? 504 : 500, message: `Database: ${error.message}`};
  return {status: 500, message: 'The host failed to answer; see its log'};
}

/** Answers every error in the form that the core understands, marked by a header; a page in plain words. */
export function sendError(error: FastifyError, request: FastifyRequest, reply: FastifyReply): void {
  const {status, message} = describeError(error);
  if (status >= 500 && status !== 503 && !((error as Error) instanceof Refusal))
    request.log.error(error);
  if (reply.raw.headersSent)
    return void reply.raw.destroy();
  if (status === 429 || status === 503)
    reply.header('retry-after', '1');
  reply.code(status).header('api-error', 'true').header('cache-control', 'no-store');
  if (!request.url.startsWith('/api/') && request.headers.accept?.includes('text/html'))
    return void reply.type('text/plain; charset=utf-8').send(message);
  const body: ApiError = {'#type': 'ApiError', code: String(status), message};
  reply.type('application/json; charset=utf-8').send(JSON.stringify(body));
}
