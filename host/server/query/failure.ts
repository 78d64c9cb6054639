import {QueryError} from './error.ts';

/** What is known about a failure besides the error itself. */
export interface Circumstances {
  /** The caller gave up. */
  canceled?: boolean;
  /** It happened while connecting. */
  reaching?: boolean;
  timeLimitMs?: number;
  elapsedMs?: number;
}

/** SQLSTATE: query_canceled, also by the time limit. */
const QUERY_CANCELED = '57014';

/** SQLSTATE classes and codes of a database that goes away, is starting, or takes no more connections. */
const LOST_STATES = /^(08...|57P0[1-5]|53300)$/;
const LOST_CODES = /^(ECONN|EPIPE|ENOTFOUND|EAI_|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|ENOENT)/;
const LOST_MESSAGES = /^(connection terminated|timeout exceeded when trying to connect|timeout expired|client (has|was))/i;

/** Whether the error means that there is no connection any more. */
export function isLost(error: unknown): boolean {
  const {code, message} = first(error);
  return code !== undefined ? LOST_STATES.test(code) || LOST_CODES.test(code) : LOST_MESSAGES.test(message);
}

/** Puts an error of the database or of its connection into the words of a `QueryError`. */
export function readFailure(error: unknown, {canceled, reaching, timeLimitMs = 0, elapsedMs = 0}: Circumstances = {}) {
  if (canceled)
    return new QueryError('canceled', 'The query was cancelled', {cause: error});
  if (error instanceof QueryError)
    return error;
  const {code, message} = first(error);
  if (code === QUERY_CANCELED && timeLimitMs > 0 && elapsedMs >= timeLimitMs * 0.9)
    return new QueryError('timeout', `The query took longer than ${timeLimitMs / 1000} s and was stopped: ${message}`,
      {cause: error});
  if (isLost(error))
    return new QueryError('unavailable', `${reaching ? 'The database cannot be reached' :
      'The connection to the database was lost'}: ${message}`, {cause: error});
  return new QueryError('database', message, {cause: error});
}

/** Several addresses of one host fail as an AggregateError without a message of its own. */
function first(error: unknown): {code?: string; message: string} {
  const source: any = error instanceof AggregateError && error.errors.length > 0 ? error.errors[0] : error;
  return {code: source?.code, message: source?.message || String(source)};
}
