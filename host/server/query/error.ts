/**
 * Why a query gave no table:
 * - `input`: a value or an annotation is wrong; nothing reached the database
 * - `database`: the database refused or failed the statement; the message is the database's
 * - `timeout`: the time limit was reached
 * - `canceled`: the caller gave up
 * - `unavailable`: no database could be reached, or the connection was lost
 */
export type QueryErrorKind = 'input' | 'database' | 'timeout' | 'canceled' | 'unavailable';

/** A failed query. The message is plain text for the user; it may quote values that the user gave. */
export class QueryError extends Error {
  constructor(readonly kind: QueryErrorKind, message: string, options?: ErrorOptions) {
    super(message, options);
  }
}
