import {instant, orAbsent, text, time, uuid, type Json, type Kind, type Row, type View} from '../kind.ts';
import {byIds} from '../selection.ts';
import {ownRecords} from './event.ts';
import {functions} from './function.ts';
import {userMention} from './user.ts';

/** Calls of functions that the platform has kept, the newest first. */
export const calls: Kind = {
  name: 'function call',
  source: (view, statement) => ({
    from: `func_calls c left join funcs f on f.id = c.func_id left join users_sessions s on s.id = c.session_id
      left join users u on u.id = s.user_id`,
    where: ownRecords(view, 's', statement),
  }),
  columns: `c.id::text, to_jsonb(c) as call, f.id::text as func_id, f.name as func_name, s.id::text as session_id,
    to_jsonb(s.started) as session_started, u.id::text as user_id, u.login as user_login, u.friendly_name as user_name`,
  id: 'c.id',
  order: 'c.started desc nulls last',
  fields: {
    'id': uuid('c.id'), 'name': text('c.name'), 'friendlyname': text('c.friendly_name'), 'status': text('c.status'),
    'started': time('c.started'), 'createdon': time('c.started'), 'func.id': uuid('c.func_id'),
    'func.name': text('f.name'), 'session.id': uuid('c.session_id'), 'session.user.id': uuid('s.user_id'),
    'session.user.login': text('u.login'),
  },
  words: ['c.name', 'c.friendly_name', 'f.name'],
  async entities(rows, view) {
    const called = await byIds(functions, view, [...new Set(rows.map((row) => row.func_id).filter(Boolean))]);
    const byId = new Map(called.map((one) => [one.id as string, one]));
    const values = await valuesOf(rows, view);
    return rows.map((row) => callEntity(row, byId.get(row.func_id), values.get(row.id) ?? {}));
  },
};

function callEntity(row: Row, func: Json | undefined, parameterValues: Json): Json {
  const {call} = row;
  return {
    '#type': 'FuncCall', 'id': row.id, 'name': orAbsent(call.name ?? row.func_name), 'status': orAbsent(call.status),
    'friendlyName': orAbsent(call.friendly_name ?? row.func_name), 'started': instant(call.started),
    'finished': instant(call.ended), 'errorMessage': orAbsent(call.error_message),
    'errorStackTrace': orAbsent(call.error_stack_trace),
    'func': func ?? {
      '#type': 'Func', 'id': row.func_id ?? row.id, 'name': row.func_name ?? call.name ?? '', 'params': [],
    },
    parameterValues,
    'session': row.session_id ? {
      '#type': 'UserSession', 'id': row.session_id, 'started': instant(row.session_started),
      'user': userMention(row.user_id, row.user_login, row.user_name),
    } : undefined,
  };
}

/**
 * Values of parameters by call. Scalars only, each in the type its parameter declares: the core fails beyond repair on
 * a value of another type.
 */
async function valuesOf(rows: Row[], view: View): Promise<Map<string, Json>> {
  const answer = await view.pool.query<Row>(`
    select v.func_call_id::text as call, p.name, p.type, coalesce(v.value_string, v.value) as value
    from func_call_values v join func_params p on p.id = v.func_param_id
    where v.func_call_id = any($1::uuid[]) and p.type in ('string', 'int', 'double', 'bool')`,
  [rows.map(({id}) => id)]);
  const found = new Map<string, Json>();
  for (const {call, name, type, value} of answer.rows) {
    const typed = scalar(type, value);
    if (typed !== undefined)
      found.set(call, {...found.get(call), [name]: typed});
  }
  return found;
}

function scalar(type: string, value: string | null): unknown {
  if (value === null || type !== 'string' && value === 'null')
    return null;
  if (type === 'string')
    return value;
  if (type === 'bool')
    return /^(true|false)$/i.test(value) ? value.toLowerCase() === 'true' : undefined;
  const number = value.trim() === '' ? NaN : Number(value);
  return Number.isFinite(number) && (type === 'double' || Number.isInteger(number)) ? number : undefined;
}
