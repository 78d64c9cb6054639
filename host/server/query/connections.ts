import pg from 'pg';
import {RowClient} from './client.ts';
import {isLost, readFailure} from './failure.ts';

/** How often a cancellation is repeated, and after what time the connection is cut instead. */
const CANCEL_EVERY_MS = 125;
const CUT_AFTER_MS = 5000;

/** Connections for reading: each is handed out inside a read-only transaction in UTC with a time limit. */
export class Connections {
  private readonly pool: pg.Pool;
  /** A connection of its own for cancelling, so that it works while all others are busy. */
  private readonly control: pg.Pool;

  constructor(settings: pg.PoolConfig, private readonly timeLimitMs: number) {
    this.pool = quiet(new pg.Pool({max: 8, ...settings, Client: RowClient} as pg.PoolConfig));
    this.control = quiet(new pg.Pool({...settings, max: 1}));
  }

  async close(): Promise<void> {
    await this.pool.end();
    await this.control.end();
  }

  /**
   * A connection inside a read-only transaction; to be given back. One that turns out to be dead is replaced once.
   * @throws QueryError `unavailable`, or `canceled` when the signal was aborted meanwhile.
   */
  async open(signal: AbortSignal): Promise<RowClient> {
    for (let isRetry = false; ; isRetry = true) {
      const client = await this.connect(signal);
      try {
        await client.query(`begin read only; set local statement_timeout = ${this.timeLimitMs}; ` +
          `set local time zone 'UTC'; set local datestyle = 'ISO, YMD'; set local intervalstyle = 'postgres'; ` +
          `set local bytea_output = 'hex'; set local extra_float_digits = 1`);
        return client;
      } catch (error) {
        client.release(true);
        if (isRetry || !isLost(error))
          throw readFailure(error);
      }
    }
  }

  private async connect(signal: AbortSignal): Promise<RowClient & pg.PoolClient> {
    if (signal.aborted)
      throw readFailure(null, {canceled: true});
    const connecting = this.pool.connect() as Promise<unknown> as Promise<RowClient & pg.PoolClient>;
    let stopWaiting = (): void => {};
    const aborted = new Promise<null>((resolve) => {
      stopWaiting = () => resolve(null);
      signal.addEventListener('abort', stopWaiting);
    });
    try {
      const client = await Promise.race([connecting, aborted]);
      if (client)
        return client;
    } catch (error) {
      throw readFailure(error, {reaching: true});
    } finally {
      signal.removeEventListener('abort', stopWaiting);
    }
    connecting.then((client) => client.release(), () => {});
    throw readFailure(null, {canceled: true});
  }

  /** Cancels what runs on the connection, and waits until it has ended; cuts the connection if that takes long. */
  async cancel(client: RowClient, running: Promise<unknown>): Promise<void> {
    let hasEnded = false;
    const end = running.then(() => hasEnded = true, () => hasEnded = true);
    const cut = setTimeout(() => client.cut(), CUT_AFTER_MS);
    void this.askToCancel(client, () => hasEnded);
    await end;
    clearTimeout(cut);
  }

  /** Asks again and again: a request that arrives between two messages of the protocol is ignored. */
  private async askToCancel(client: RowClient, hasEnded: () => boolean): Promise<void> {
    try {
      while (!hasEnded()) {
        await this.control.query('select pg_cancel_backend($1)', [client.backend]);
        await new Promise((resolve) => setTimeout(resolve, CANCEL_EVERY_MS));
      }
    } catch {
      // There is no connection for asking: without ours, the server stops the statement when it has rows to send.
      client.cut();
    }
  }

  /** Ends the transaction. A connection at which a cancellation may still arrive is not used again. */
  async giveBack(client: RowClient, isSpoiled: boolean): Promise<void> {
    const pooled = client as RowClient & pg.PoolClient;
    if (isSpoiled)
      return pooled.release(true);
    try {
      await client.query('rollback; select pg_advisory_unlock_all()');
      pooled.release();
    } catch {
      pooled.release(true);
    }
  }
}

/** Without listeners, the error of a lost connection would end the process; whoever uses the connection sees it. */
function quiet(pool: pg.Pool): pg.Pool {
  pool.on('error', () => {});
  pool.on('connect', (client) => client.on('error', () => {}));
  return pool;
}
