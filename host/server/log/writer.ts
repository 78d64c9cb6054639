import pg from 'pg';
import {Refusal} from '../model.ts';
import {inTransaction} from '../transaction.ts';
import {Declarations} from './declarations.ts';
import {LIMITS} from './limits.ts';
import {isSaved, type LogRecord} from './record.ts';
import {insertCalls, type SavedCall} from './saved-call.ts';
import {insertEvents} from './insert.ts';

/** Whose records they are: a session of the log, that is a row of `users_sessions`. */
export interface LogSession {
  id: string;
  userId: string;
  started: Date;
  isAdmin: boolean;
}

/** What is written together, or not at all. */
export interface LogEntry {
  /** Null: the server itself. */
  session: LogSession | null;
  records: readonly LogRecord[];
  calls?: readonly SavedCall[];
}

interface Waiting {
  entry: LogEntry;
  size: number;
  text: number;
  done: () => void;
  fail: (error: unknown) => void;
}

/**
 * Writes the log: entries wait in memory, and one connection writes them in transactions of about a thousand records.
 *
 * `write` settles when its entry is committed; what was acknowledged is in the database even if host and database are
 * killed in the next moment. What waits is bounded: beyond that, entries are refused and the client comes again.
 */
export class LogWriter {
  private readonly pool: pg.Pool;
  private readonly declarations = new Declarations();
  private readonly knownSessions = new Set<string>();
  private queue: Waiting[] = [];
  private waiting = 0;
  private waitingText = 0;
  private readonly ofSession = new Map<string, number>();
  private draining: Promise<void> | null = null;
  private closed = false;

  constructor(url: string) {
    this.pool = new pg.Pool({connectionString: url, max: 1, connectionTimeoutMillis: 10_000,
      application_name: 'local host log', options: '-c TimeZone=UTC -c synchronous_commit=on -c statement_timeout=30000'});
    this.pool.on('error', () => {});
  }

  /**
   * Writes records that are kept at all (levels `debug` and `info` are not).
   * @throws Refusal 429 when this session, 503 when the host has too much waiting, or the database cannot be reached.
   */
  async write(entry: LogEntry): Promise<void> {
    const records = entry.records.filter(({level}) => isSaved(level));
    const size = records.length + (entry.calls?.length ?? 0);
    if (size === 0)
      return;
    this.admit(entry.session?.id ?? '', size);
    const text = records.reduce((sum, record) => sum + lengthOf(record), 0);
    await new Promise<void>((done, fail) => {
      this.queue.push({entry: {...entry, records}, size, text, done, fail});
      this.count(entry, size, text);
      this.draining ??= this.drain().finally(() => this.draining = null);
    });
  }

  /** Writes what may be lost: the host's own records of what happens. Failures are told to `report`, if any. */
  note(entry: LogEntry, report: (error: unknown) => void = () => {}): void {
    this.write(entry).catch(report);
  }

  /** Writes what waits, then closes. */
  async close(): Promise<void> {
    this.closed = true;
    await this.draining;
    await this.pool.end();
  }

  private admit(session: string, size: number): void {
    if (this.closed)
      throw new Refusal(503, 'The host is being stopped');
    if (this.waiting + size > LIMITS.waiting || this.waitingText > LIMITS.waitingText)
      throw new Refusal(503, 'Too much of the log waits to be written; come again');
    if ((this.ofSession.get(session) ?? 0) + size > LIMITS.waitingOfSession)
      throw new Refusal(429, 'This session has too much of the log waiting to be written; come again');
  }

  private count({session}: LogEntry, size: number, text: number): void {
    const key = session?.id ?? '';
    const left = (this.ofSession.get(key) ?? 0) + size;
    this.waiting += size;
    this.waitingText += text;
    if (left > 0)
      this.ofSession.set(key, left);
    else
      this.ofSession.delete(key);
  }

  private async drain(): Promise<void> {
    while (this.queue.length > 0) {
      let count = 0;
      let size = 0;
      while (count < this.queue.length && (count === 0 || size + this.queue[count].size <= LIMITS.batch))
        size += this.queue[count++].size;
      const batch = this.queue.splice(0, count);
      await this.writeBatch(batch);
      for (const {entry, size: written, text} of batch)
        this.count(entry, -written, -text);
    }
  }

  /**
   * One transaction; when the database takes offence at something in it, each entry in its own, with nothing
   * remembered: a type of event may be gone that was there a moment ago.
   */
  private async writeBatch(batch: readonly Waiting[]): Promise<void> {
    try {
      await this.transact(batch.map(({entry}) => entry));
      batch.forEach(({done}) => done());
    } catch (error) {
      this.declarations.forget();
      this.knownSessions.clear();
      if (!isAboutData(error))
        return batch.forEach(({fail}) => fail(error));
      for (const one of batch)
        await this.transact([one.entry]).then(one.done, one.fail);
    }
  }

  private async transact(entries: readonly LogEntry[]): Promise<void> {
    const client = await this.pool.connect();
    let broken: unknown;
    try {
      const records = entries.flatMap((entry) => entry.records);
      await this.declarations.declare(client, records);
      await inTransaction(client, async () => {
        await this.addSessions(client, entries);
        await insertEvents(client, entries, this.declarations);
        await insertCalls(client, entries);
      });
      for (const {session} of entries)
        if (session !== null)
          this.knownSessions.add(session.id);
    } catch (error) {
      broken = error;
      throw error;
    } finally {
      client.release(broken !== undefined && !isAboutData(broken));
    }
  }

  /** Sessions are there before their first record. Somebody whom the database does not know has none. */
  private async addSessions(client: pg.ClientBase, entries: readonly LogEntry[]): Promise<void> {
    const added = new Map(entries.flatMap(({session}) => session === null || this.knownSessions.has(session.id) ? [] :
      [[session.id, session]]));
    if (added.size === 0)
      return;
    const list = [...added.values()];
    await client.query(`insert into users_sessions (id, user_id, started, type, is_admin)
      select w.id, w.user_id, w.started, 'internal', w.is_admin
      from unnest($1::uuid[], $2::uuid[], $3::timestamptz[], $4::boolean[]) as w (id, user_id, started, is_admin)
      join users u on u.id = w.user_id on conflict (id) do nothing`,
    [list.map(({id}) => id), list.map(({userId}) => userId), list.map(({started}) => started.toISOString()),
      list.map(({isAdmin}) => isAdmin)]);
  }
}

const lengthOf = ({message, stack, parameters}: LogRecord): number => message.length + (stack?.length ?? 0) +
  parameters.reduce((sum, {value, name}) => sum + value.length + name.length, 200);

/** Classes 22 and 23 of SQLSTATE: what was to be written cannot be, whatever the state of the server. */
const isAboutData = (error: unknown): boolean => /^2[23]/.test(String((error as {code?: unknown})?.code ?? ''));
