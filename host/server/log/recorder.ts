import {randomUUID} from 'node:crypto';
import type {FastifyRequest} from 'fastify';
import pg from 'pg';
import type {Caller, FunctionSpec, PackageSpec} from '../model.ts';
import type {Session} from '../access/index.ts';
import type {PackageRegistry} from '../registry/index.ts';
import {recordPackages} from '../registry/record.ts';
import type {LogRecord, Parameter} from './record.ts';
import {callValue, type SavedCall} from './saved-call.ts';
import {LogWriter, type LogSession} from './writer.ts';

/** An entity that a record concerns. */
export interface Mention {
  name: string;
  id: string;
}

/** A run that ended, as the server saw it. */
export interface Run {
  caller: Caller;
  session: LogSession;
  spec: FunctionSpec;
  inputs: Record<string, unknown>;
  outputs: Record<string, unknown>;
  /** Epoch milliseconds. */
  started: number;
  status: SavedCall['status'];
  error: string | null;
}

/** What the host itself logs of what happens in it, beside what clients post: the platform does the same. */
export class Recorder {
  private recorded = '';

  constructor(readonly writer: LogWriter, private readonly databaseUrl: string,
    private readonly registry: PackageRegistry, private readonly report: (error: unknown) => void) {}

  /** The session of a request as the log keeps it. */
  sessionOf({session, caller}: Pick<FastifyRequest, 'session' | 'caller'>): LogSession {
    return logSession(session, caller);
  }

  /** Sees to it that the packages in the folders are in the database: once, and when one of them has changed. */
  async packages(): Promise<void> {
    const state = this.registry.all.map((one) => `${one.id} ${one.buildHash}`).join();
    if (state === this.recorded)
      return;
    this.recorded = state;
    try {
      await this.record(this.registry.all);
    } catch (error) {
      this.recorded = '';
      throw error;
    }
  }

  /**
   * Writes one version into the tables.
   * @param beforeCommit what must have happened before the rows count; when it throws, they do not.
   */
  async publish(spec: PackageSpec, beforeCommit: () => void): Promise<void> {
    // Whatever becomes of it, all are written anew when the next client starts.
    this.recorded = '';
    await this.record([spec], beforeCommit);
  }

  private async record(packages: readonly PackageSpec[], beforeCommit?: () => void): Promise<void> {
    const client = new pg.Client({connectionString: this.databaseUrl, options: '-c TimeZone=UTC',
      connectionTimeoutMillis: 10_000});
    client.on('error', () => {});
    try {
      await client.connect();
      await recordPackages(client, packages, beforeCommit);
    } finally {
      await client.end().catch(() => {});
    }
  }

  /** A client has started. */
  clientStarted(session: LogSession): void {
    this.note(session, record('usage', 'datagrok-started', '@user started Datagrok', [mention('user', session.userId)]));
  }

  /**
   * An audit record such as `entity-shared`, with the entities and values that it concerns. Settles when it is written,
   * or its failure reported.
   */
  audit(session: LogSession | null, type: string, message: string, parameters: Parameter[]): Promise<void> {
    return this.writer.write({session, records: [record('audit', type, message, parameters)]}).catch(this.report);
  }

  /** A query or script that the server has run: a record of the run, and the call with its inputs and outputs. */
  ran({session, spec, inputs, outputs, started, status, error}: Run): void {
    const values = spec.params.map((param) => {
      const given = Object.entries(param.isInput ? inputs : outputs)
        .find(([name]) => name.toLowerCase() === param.name.toLowerCase());
      return callValue(param.id, param.type, given?.[1]);
    });
    const call: SavedCall = {id: randomUUID(), functionId: spec.id, started, ended: Date.now(), status, error, values};
    const ran = record('usage', 'function-ran', '@user ran @entity',
      [mention('user', session.userId), mention('entity', spec.id)], started);
    this.writer.note({session, records: [ran], calls: [call]}, this.report);
  }

  private note(session: LogSession | null, one: LogRecord): void {
    this.writer.note({session, records: [one]}, this.report);
  }
}

export const logSession = (session: Session, caller: Caller): LogSession =>
  ({id: session.id, userId: caller.userId, started: session.started, isAdmin: caller.isAdmin});

/** A parameter that holds an entity. */
export const mention = (name: string, id: string): Parameter => ({name, type: 'entity_id', value: id, entity: id});

/** A parameter that holds a text. */
export const text = (name: string, value: string): Parameter => ({name, type: 'string', value, entity: null});

/** A parameter that holds a number. */
export const number = (name: string, value: number): Parameter =>
  ({name, type: Number.isInteger(value) ? 'int' : 'double', value: String(value), entity: null});

function record(level: LogRecord['level'], type: string, message: string, parameters: Parameter[],
  time = Date.now()): LogRecord {
  return {id: randomUUID(), level, type, message, time, parameters, stack: null, signature: null};
}
