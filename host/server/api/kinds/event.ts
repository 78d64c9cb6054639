import {bool, instant, orAbsent, text, uuid, type Json, type Kind, type Row, type View} from '../kind.ts';
import type {Statement} from '../statement.ts';
import {userMention} from './user.ts';

/**
 * SQL condition on a session: whose records the caller may see. Administrators see everybody's; others their own, since
 * the log tells what everybody does.
 */
export const ownRecords = ({caller}: View, session: string, statement: Statement): string[] =>
  caller.isAdmin ? [] : [`${session}.user_id = ${statement.bind(caller.userId)}::uuid`];

/** Records of the log, the newest first, with their type, user and parameters. */
export const events: Kind = {
  name: 'event',
  source: (view, statement) => ({
    from: `events e left join event_types t on t.id = e.event_type_id
      left join users_sessions s on s.id = e.session_id left join users u on u.id = s.user_id`,
    where: ownRecords(view, 's', statement),
  }),
  columns: `e.id::text, to_jsonb(e.event_time) as time, e.friendly_name, e.description, e.error_message,
    e.error_stack_trace, to_jsonb(t) as type, s.id::text as session_id, to_jsonb(s.started) as started,
    u.id::text as user_id, u.login as user_login, u.friendly_name as user_name`,
  id: 'e.id',
  order: 'e.event_time desc',
  fields: {
    'id': uuid('e.id'), 'eventtime': {sql: 'e.event_time', type: 'time', dense: true},
    'createdon': {sql: 'e.event_time', type: 'time', dense: true}, 'name': text('e.friendly_name'),
    'friendlyname': text('e.friendly_name'), 'description': text('e.description'),
    'eventtype.id': uuid('e.event_type_id'), 'eventtype.name': text('t.friendly_name'),
    'eventtype.source': text('t.source'), 'eventtype.iserror': bool('t.is_error'), 'source': text('t.source'),
    'session.id': uuid('e.session_id'), 'session.user.id': uuid('s.user_id'), 'session.user.login': text('u.login'),
    'user.login': text('u.login'), 'user.id': uuid('s.user_id'),
  },
  words: ['e.friendly_name', 'e.description', 't.friendly_name'],
  entities: async (rows, view) => {
    const parameters = await parametersOf(rows, view);
    return rows.map((row) => eventEntity(row, parameters.get(row.id) ?? []));
  },
};

const eventEntity = (row: Row, parameters: Json[]): Json => ({
  '#type': 'LogEvent', 'id': row.id, 'eventTime': instant(row.time), 'name': row.friendly_name ?? '',
  'friendlyName': row.friendly_name ?? '', 'description': row.description ?? '',
  'errorMessage': orAbsent(row.error_message), 'errorStackTrace': orAbsent(row.error_stack_trace),
  'eventType': row.type ? eventTypeEntity(row.type) : undefined,
  'session': row.session_id ? {
    '#type': 'UserSession', 'id': row.session_id, 'started': instant(row.started),
    'user': userMention(row.user_id, row.user_login, row.user_name),
  } : undefined,
  parameters,
});

/** A parameter of an entity type has the entity's id as its value. */
async function parametersOf(rows: Row[], view: View): Promise<Map<string, Json[]>> {
  const answer = await view.pool.query<Row>(`
    select v.id::text, v.event_id::text, coalesce(v.value, v.value_uuid::text) as value, p.id::text as parameter_id,
      p.name, p.type
    from event_parameter_values v join event_parameters p on p.id = v.parameter_id
    where v.event_id = any($1::uuid[]) order by p.name, v.id`, [rows.map(({id}) => id)]);
  const found = new Map<string, Json[]>();
  for (const {id, event_id: event, value, parameter_id: parameter, name, type} of answer.rows) {
    found.set(event, [...found.get(event) ?? [], {
      '#type': 'LogEventParameterValue', id, 'value': value ?? '',
      'parameter': {'#type': 'LogEventParameter', 'id': parameter, name, 'type': type ?? 'string'},
    }]);
  }
  return found;
}

export const eventTypeEntity = (type: Row): Json => ({
  '#type': 'LogEventType', 'id': type.id, 'name': type.friendly_name ?? '', 'friendlyName': type.friendly_name ?? '',
  'comment': orAbsent(type.comment), 'isError': type.is_error ?? false, 'source': orAbsent(type.source),
});

/** Types of records: kinds of events, and groups of like errors. */
export const eventTypes: Kind = {
  name: 'event type',
  // An error's type is its message, which may quote what somebody did.
  source: ({caller}) => ({from: 'event_types t', where: caller.isAdmin ? [] : [`t.source is distinct from 'error'`]}),
  columns: 't.id::text, to_jsonb(t) as type',
  id: 't.id',
  order: 't.friendly_name',
  fields: {
    'id': uuid('t.id'), 'name': text('t.friendly_name'), 'friendlyname': text('t.friendly_name'),
    'source': text('t.source'), 'iserror': bool('t.is_error'),
  },
  words: ['t.friendly_name'],
  entities: (rows) => rows.map(({type}) => eventTypeEntity(type)),
};
