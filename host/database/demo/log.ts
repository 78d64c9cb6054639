import type pg from 'pg';
import {CopyTable, sendCopy} from './copy.ts';
import type {FunctionParam} from './catalog.ts';
import {Id, type Random} from './random.ts';
import type {World} from './world.ts';

export type Level = 'audit' | 'usage' | 'error' | 'warning';

/** A kind of event, with its parameters as they are declared on first use. */
export interface EventKind {
  id: Id;
  params: Map<string, Id>;
  /** Message, stack and component, for errors. */
  error?: {message: string; stack: string; source: string};
}

/** A parameter's value: an entity, or text. */
export type ParamValue = Id | string | number | boolean;

/** A finished run of a function. */
export interface Call {
  id: Id;
  func: Id;
  session: Id;
  started: number;
  ended: number | null;
  status: 'Completed' | 'Error' | 'Canceled' | 'Running';
  error: {message: string; stack: string} | null;
}

/** Rows waiting to be sent are kept below this many bytes, so that memory does not grow with the number of events. */
const BATCH_BYTES = 8 << 20;

/** The growing tables: events with parameter values, sessions, function calls with values. Batched into COPY. */
export class EventLog {
  readonly #events = new CopyTable('events', ['id', 'event_type_id', 'session_id', 'event_time', 'friendly_name',
    'description', 'error_message', 'error_stack_trace']);
  readonly #values = new CopyTable('event_parameter_values', ['id', 'event_id', 'parameter_id', 'value', 'value_uuid']);
  readonly #sessions = new CopyTable('users_sessions', ['id', 'user_id', 'started', 'ended', 'type', 'ip', 'is_admin']);
  readonly #calls = new CopyTable('func_calls', ['id', 'func_id', 'session_id', 'started', 'ended', 'status',
    'error_message', 'error_stack_trace']);
  readonly #callValues = new CopyTable('func_call_values', ['id', 'func_call_id', 'func_param_id', 'value', 'value_string',
    'value_uuid', 'data_frame_value_name']);
  readonly #tables = [this.#sessions, this.#events, this.#values, this.#calls, this.#callValues];
  readonly #kinds = new Map<string, EventKind>();
  #sending: Promise<void> = Promise.resolve();

  constructor(private readonly world: World, private readonly client: pg.ClientBase, private readonly random: Random) {}

  /** Events written so far. */
  get count(): number {
    return this.#events.rows;
  }

  /** Rows written so far, by table. */
  get rows(): Record<string, number> {
    return Object.fromEntries(this.#tables.map((table) => [table.name, table.rows]));
  }

  kind(source: Level, name: string): EventKind {
    return this.#kind(`${source}:${name}`, source, name);
  }

  /** An error group: occurrences with the same frames have the same signature. */
  errorKind(message: string, component: string, frames: string, isError = true): EventKind {
    const stack = frames.split(';')
      .map((frame, i) => `    at ${frame} (${component.toLowerCase()}.js:${40 + i * 17}:9)`).join('\n');
    return this.#kind(`error:${component}:${frames}`, 'error', message, {message, stack, source: component}, isError);
  }

  event(kind: EventKind, session: Id | null, time: number, description: string | null,
    params: readonly (readonly [string, ParamValue])[] = []): void {
    const id = this.random.id();
    const {message = null, stack = null} = kind.error ?? {};
    this.#events.row().uuid(id).uuid(kind.id).uuid(session).time(time).text(message).text(description)
      .text(message === null ? null : description).text(stack);
    for (const [name, value] of params) {
      const isEntity = value instanceof Id;
      this.#values.row().uuid(this.random.id()).uuid(id).uuid(this.#param(kind, name, value))
        .text(isEntity ? value.text : String(value)).uuid(isEntity ? value : null);
    }
  }

  session(id: Id, user: Id, started: number, ended: number | null, ip: string, isAdmin: boolean): void {
    this.#sessions.row().uuid(id).uuid(user).time(started).time(ended).text('internal').text(ip).bool(isAdmin);
  }

  call(call: Call, values: readonly (readonly [FunctionParam, string | null])[]): void {
    this.#calls.row().uuid(call.id).uuid(call.func).uuid(call.session).time(call.started).time(call.ended)
      .text(call.status).text(call.error?.message ?? null).text(call.error?.stack ?? null);
    for (const [param, value] of values) {
      const isTable = param.type === 'dataframe';
      const isLong = !isTable && value !== null && value.length > 40;
      this.#callValues.row().uuid(this.random.id()).uuid(call.id).uuid(param.id)
        .text(isTable || isLong ? null : value).text(isLong ? value : null).uuid(null).text(isTable ? value : null);
    }
  }

  /** Sends what waits, when that is worth it, while the next rows are being made. */
  async breathe(): Promise<void> {
    if (this.#tables.reduce((bytes, table) => bytes + table.bytes, 0) >= BATCH_BYTES)
      await this.#send();
  }

  /** Sends everything. */
  async finish(): Promise<void> {
    await this.#send();
    await this.#sending;
  }

  async #send(): Promise<void> {
    await this.#sending;
    const batches = this.#tables.filter((table) => table.bytes > 0).map((table) => ({table, rows: table.take()}));
    this.#sending = (async () => {
      for (const {table, rows} of batches)
        await sendCopy(this.client, table, rows);
    })();
    // A failure is thrown by the next `await`; until then it must not count as unhandled.
    this.#sending.catch(() => {});
  }

  #kind(key: string, source: Level, name: string, error?: EventKind['error'], isError = true): EventKind {
    let kind = this.#kinds.get(key);
    if (kind === undefined) {
      kind = {id: this.world.id('event type', key), params: new Map(), error};
      this.#kinds.set(key, kind);
      this.world.add('event_types', {id: kind.id.text, source, friendly_name: name, error_stack_trace: error?.stack ?? null,
        error_stack_trace_hash: error === undefined ? null : this.world.id('signature', key).text,
        error_source: error?.source ?? null, error_severity: error === undefined ? null : 'error',
        is_error: error === undefined ? null : isError, comment: isError ? null : 'Harmless, raised by the browser'});
    }
    return kind;
  }

  #param(kind: EventKind, name: string, value: ParamValue): Id {
    let id = kind.params.get(name);
    if (id === undefined) {
      kind.params.set(name, id = this.world.id('event parameter', kind.id.text, name));
      const type = value instanceof Id ? 'entity_id' : typeof value === 'boolean' ? 'bool' :
        typeof value === 'string' ? 'string' : Number.isInteger(value) ? 'int' : 'double';
      this.world.add('event_parameters', {id: id.text, event_type_id: kind.id.text, name, type});
    }
    return id;
  }
}
