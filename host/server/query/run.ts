import type pg from 'pg';
import type {ParsedParam} from '../annotation/parameter.ts';
import {loadCore} from '../core/core.ts';
import {Connections} from './connections.ts';
import {readFailure} from './failure.ts';
import {RowQuery, type Rows} from './rows.ts';
import {makeStatement, type Statement} from './statement.ts';
import {resolveValues} from './values.ts';

/** What of a function's specification a run needs. A `FunctionSpec` is one. */
export interface Runnable {
  name: string;
  /** Annotated SQL. */
  text?: string;
  params: ParsedParam[];
}

export interface QueryRunnerOptions {
  /** Address of the database, `postgres://...`. */
  url: string;
  /** Further settings of pg's pool. */
  pool?: pg.PoolConfig;
  /** The database stops a statement after this many milliseconds. Default 300,000, as on the platform. */
  timeLimitMs?: number;
  /** More rows than this are cut off, and `truncated` says so. Default 1,000,000. */
  rowLimit?: number;
}

export interface RunOptions {
  /** Aborting it cancels the statement in the database. */
  signal?: AbortSignal;
  /** Told every some ten thousand rows how many have arrived. */
  onProgress?: (rows: number) => void;
}

/** The answer to a query. */
export interface QueryResult extends Rows {
  rowLimit: number;
  /** From the call until the last row was decoded, waiting for a connection included. */
  elapsedMs: number;
}

/**
 * Runs annotated queries against one PostgreSQL database: read-only, in UTC, with a time limit and a row limit.
 * Knows nothing of who asks. A lost database fails the queries that run and those that come until it is back.
 */
export class QueryRunner {
  readonly rowLimit: number;
  readonly timeLimitMs: number;
  private readonly connections: Connections;
  private readonly running = new Set<AbortController>();

  constructor({url, pool, timeLimitMs = 300_000, rowLimit = 1_000_000}: QueryRunnerOptions) {
    this.timeLimitMs = Math.max(1, Math.trunc(timeLimitMs));
    this.rowLimit = Math.min(Math.max(1, Math.trunc(rowLimit)), 2 ** 31 - 2);
    // This is also how long a query waits for one of the connections while others run: as long as these may.
    const patience = Math.max(10_000, this.timeLimitMs);
    this.connections = new Connections(
      {connectionString: url, connectionTimeoutMillis: patience, idleTimeoutMillis: 30_000, ...pool}, this.timeLimitMs);
  }

  /**
   * Runs a query.
   * @param values by parameter name, without regard to case.
   * @throws QueryError (error.ts); its `kind` says why.
   */
  async run(query: Runnable, values: Record<string, unknown> = {}, options: RunOptions = {}): Promise<QueryResult> {
    const started = performance.now();
    const statement = makeStatement(await loadCore(), query.text ?? '', query.params,
      resolveValues(query.params, values));
    const abort = new AbortController();
    const follow = (): void => abort.abort();
    if (options.signal?.aborted)
      abort.abort();
    options.signal?.addEventListener('abort', follow);
    this.running.add(abort);
    try {
      const rows = await this.execute(statement, abort.signal, options.onProgress);
      return {...rows, notes: [...statement.notes, ...rows.notes], rowLimit: this.rowLimit,
        elapsedMs: performance.now() - started};
    } finally {
      this.running.delete(abort);
      options.signal?.removeEventListener('abort', follow);
    }
  }

  /** Cancels what runs and closes the connections. */
  async close(): Promise<void> {
    this.running.forEach((abort) => abort.abort());
    await this.connections.close();
  }

  private async execute(statement: Statement, signal: AbortSignal, onRows?: (rows: number) => void): Promise<Rows> {
    const client = await this.connections.open(signal);
    const query = new RowQuery(statement, this.rowLimit, onRows);
    const started = performance.now();
    let canceling: Promise<void> | undefined;
    const cancel = (): void => {
      query.abandon();
      canceling ??= this.connections.cancel(client, query.done);
    };
    try {
      signal.addEventListener('abort', cancel);
      client.query(query as any);
      if (signal.aborted)
        cancel();
      return await query.done;
    } catch (error) {
      throw readFailure(error, {
        canceled: signal.aborted, timeLimitMs: this.timeLimitMs, elapsedMs: performance.now() - started});
    } finally {
      signal.removeEventListener('abort', cancel);
      await canceling;
      await this.connections.giveBack(client, canceling !== undefined);
    }
  }
}
