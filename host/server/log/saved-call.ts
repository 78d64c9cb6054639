import {randomUUID} from 'node:crypto';
import type pg from 'pg';
import type {LogEntry} from './writer.ts';

/** A run of a function, with what went in and came out. Content of data frames is not kept, their names are. */
export interface SavedCall {
  id: string;
  functionId: string;
  parentId?: string;
  /** Epoch milliseconds. */
  started: number;
  /** Null while it runs. */
  ended: number | null;
  status: 'Completed' | 'Error' | 'Canceled' | 'Running' | 'Queued';
  error: string | null;
  values: readonly CallValue[];
}

/** The value of one parameter; exactly one of the fields, or none for nothing. */
export interface CallValue {
  /** Id of the parameter, as it is in `func_params`. */
  paramId: string;
  value?: string;
  text?: string;
  list?: readonly string[];
  entity?: string;
  table?: string;
}

/** Short texts are kept as values, longer ones as texts: which column takes what is inferred, not known. */
const SHORT = 1000;

/** Texts beyond this are cut, with a mark: a script may be given megabytes. */
const LONGEST = 65_536;

/**
 * What is stored of a value, by the type that its parameter declares.
 * @param value JSON value, or whatever a call holds; null and undefined store nothing.
 */
export function callValue(paramId: string, type: string, value: unknown): CallValue {
  if (value == null)
    return {paramId};
  if (type === 'dataframe')
    return {paramId, table: nameOf(value)};
  if (typeof value === 'object' && !(value instanceof Date) && typeof (value as any).id === 'string' && (value as any)['#type'])
    return {paramId, entity: (value as any).id};
  if (Array.isArray(value))
    return {paramId, list: value.map((item) => clean(typeof item === 'object' ? JSON.stringify(item) : String(item)))};
  const text = clean(value instanceof Date ? value.toISOString() : typeof value === 'object' ? JSON.stringify(value) :
    String(value));
  return text.length > SHORT ? {paramId, text} : {paramId, value: text};
}

const nameOf = (value: unknown): string => clean(typeof value === 'string' ? value :
  String((value as {name?: unknown})?.name ?? 'table'));

/** PostgreSQL keeps no NUL. */
function clean(text: string): string {
  const safe = text.toWellFormed().replaceAll('\0', '\uFFFD');
  return safe.length > LONGEST ? `${safe.slice(0, LONGEST)}… (${safe.length} characters)` : safe;
}

/** Writes calls with their values. A call that is there already is brought up to date: it may have ended meanwhile. */
export async function insertCalls(client: pg.ClientBase, entries: readonly LogEntry[]): Promise<void> {
  const list = [...new Map(entries.flatMap(({session, calls}) =>
    (calls ?? []).map((call) => [call.id, {call, session: session?.id ?? null}] as const))).values()];
  if (list.length === 0)
    return;
  const column = <T>(read: (call: SavedCall) => T): T[] => list.map(({call}) => read(call));
  const instant = (time: number | null): string | null => time === null ? null : new Date(time).toISOString();
  const {rows} = await client.query<{id: string}>(`
    insert into func_calls (id, func_id, session_id, parent_func_call_id, started, ended, status, error_message)
    select w.id, w.func, s.id, p.id, w.started at time zone 'utc', w.ended at time zone 'utc', w.status, w.error
    from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::uuid[], $5::timestamptz[], $6::timestamptz[], $7::text[],
      $8::text[]) as w (id, func, session, parent, started, ended, status, error)
    left join users_sessions s on s.id = w.session left join func_calls p on p.id = w.parent
    on conflict (id) do update set ended = excluded.ended, status = excluded.status,
      error_message = excluded.error_message
      where func_calls.session_id is not distinct from excluded.session_id
    returning id::text`,
  [column((c) => c.id), column((c) => c.functionId), list.map(({session}) => session),
    column((c) => c.parentId ?? null), column((c) => instant(c.started)),
    column((c) => instant(c.ended)), column((c) => c.status),
    column((c) => c.error === null ? null : clean(c.error))]);
  const written = new Set(rows.map(({id}) => id));
  const values = list.filter(({call}) => written.has(call.id))
    .flatMap(({call}) => call.values.map((value) => ({call: call.id, ...value})));
  if (values.length === 0)
    return;
  await client.query('delete from func_call_values where func_call_id = any($1::uuid[])', [[...written]]);
  // Lists travel as JSON: an array of arrays of different lengths is none to PostgreSQL.
  await client.query(`insert into func_call_values (id, func_call_id, func_param_id, value, value_string, value_array,
      value_uuid, data_frame_value_name)
    select w.id, w.call, p.id, w.value, w.text,
      case when w.list is not null then array(select jsonb_array_elements_text(w.list)) end, w.entity, w.table_name
    from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::text[], $5::text[], $6::jsonb[], $7::uuid[], $8::text[])
      as w (id, call, param, value, text, list, entity, table_name)
    join func_params p on p.id = w.param`,
  [values.map(() => randomUUID()), values.map((v) => v.call), values.map((v) => v.paramId),
    values.map((v) => v.value ?? null), values.map((v) => v.text ?? null),
    values.map((v) => v.list === undefined ? null : JSON.stringify(v.list)), values.map((v) => v.entity ?? null),
    values.map((v) => v.table ?? null)]);
}
