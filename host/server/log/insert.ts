import {randomUUID} from 'node:crypto';
import type pg from 'pg';
import type {Declarations} from './declarations.ts';
import type {LogRecord} from './record.ts';
import type {LogEntry} from './writer.ts';

/**
 * Writes events with the values of their parameters. Events that are there already stay as they are: whoever posted
 * them came again because the answer was lost.
 */
export async function insertEvents(client: pg.ClientBase, entries: readonly LogEntry[],
  declarations: Declarations): Promise<void> {
  const byId = new Map<string, {record: LogRecord, session: string | null}>();
  for (const {session, records} of entries)
    for (const record of records)
      if (!byId.has(record.id))
        byId.set(record.id, {record, session: session?.id ?? null});
  if (byId.size === 0)
    return;
  const list = [...byId.values()];
  const column = <T>(read: (record: LogRecord) => T): T[] => list.map(({record}) => read(record));
  const {rows} = await client.query<{id: string}>(`
    insert into events (id, event_type_id, session_id, event_time, friendly_name, description, error_message,
      error_stack_trace)
    select w.id, w.type, s.id, w.time at time zone 'utc', w.name, w.message, w.error, w.stack
    from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::timestamptz[], $5::text[], $6::text[], $7::text[], $8::text[])
      as w (id, type, session, time, name, message, error, stack)
    left join users_sessions s on s.id = w.session
    on conflict (id) do nothing returning id::text`,
  [column((r) => r.id), column((r) => declarations.type(r)), list.map(({session}) => session),
    column((r) => new Date(r.time).toISOString()), column((r) => r.level === 'error' ? r.message.slice(0, 1000) : null),
    column((r) => r.message), column((r) => r.level === 'error' ? r.message : null),
    column((r) => r.level === 'error' ? r.stack : null)]);
  const values = rows.flatMap(({id}) => {
    const {record} = byId.get(id)!;
    return record.parameters.map((parameter) =>
      ({event: id, parameter, id: declarations.parameter(record, parameter)}));
  });
  if (values.length > 0) {
    await client.query(`insert into event_parameter_values (id, event_id, parameter_id, value, value_uuid)
      select * from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::text[], $5::uuid[])`,
    [values.map(() => randomUUID()), values.map(({event}) => event), values.map(({id}) => id),
      values.map(({parameter}) => parameter.value), values.map(({parameter}) => parameter.entity)]);
  }
}
