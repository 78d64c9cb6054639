import {bool, instant, orAbsent, text, time, uuid, type Kind} from '../kind.ts';
import {ownRecords} from './event.ts';
import {userMention} from './user.ts';

/** Sessions that the platform has kept, the newest first, without their tokens and addresses. */
export const sessions: Kind = {
  name: 'session',
  source: (view, statement) => ({
    from: 'users_sessions s left join users u on u.id = s.user_id', where: ownRecords(view, 's', statement),
  }),
  columns: `s.id::text, to_jsonb(s) as session, u.id::text as user_id, u.login as user_login,
    u.friendly_name as user_name`,
  id: 's.id',
  order: 's.started desc nulls last',
  fields: {
    'id': uuid('s.id'), 'started': time('s.started'), 'createdon': time('s.started'),
    'ended': time(`(to_jsonb(s)->>'ended')::timestamp`), 'type': text(`to_jsonb(s)->>'type'`),
    'isadmin': bool(`(to_jsonb(s)->>'is_admin')::boolean`), 'user.id': uuid('s.user_id'), 'user.login': text('u.login'),
  },
  words: ['u.login', 'u.friendly_name'],
  entities: (rows) => rows.map(({id, session, ...row}) => ({
    '#type': 'UserSession', id, 'started': instant(session.started), 'ended': instant(session.ended),
    'type': orAbsent(session.type), 'user': userMention(row.user_id, row.user_login, row.user_name),
  })),
};
