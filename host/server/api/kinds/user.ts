import {stableId} from '../../registry/id.ts';
import {bool, instant, orAbsent, text, time, uuid, type Json, type Kind, type Row} from '../kind.ts';

/** SQL condition: the entity with this id was not deleted (the flag is in `entities` alone). */
export const notDeleted = (id: string): string =>
  `not exists (select from entities gone where gone.id = ${id} and gone.is_deleted)`;

/** Users with their personal group and home project. */
export const users: Kind = {
  name: 'user',
  source: () => ({
    from: `users u left join groups g on g.id = u.group_id
      left join projects p on p.id::text = to_jsonb(u)->>'project_id'`,
    where: [notDeleted('u.id')],
  }),
  columns: 'u.id::text, to_jsonb(u) as "user", to_jsonb(g) as "group", to_jsonb(p) as project',
  id: 'u.id',
  order: 'lower(u.friendly_name)',
  fields: {
    'id': uuid('u.id'), 'login': text('u.login'), 'name': text('u.login'), 'friendlyname': text('u.friendly_name'),
    'firstname': text('u.first_name'), 'lastname': text('u.last_name'), 'status': text('u.status'),
    'joined': time('u.joined'), 'createdon': time('u.joined'), 'group.id': uuid('u.group_id'),
    'isservice': bool('(to_jsonb(u)->>\'is_service\')::boolean'),
  },
  words: ['u.login', 'u.friendly_name'],
  entities: (rows) => rows.map(({user, group, project}) => userEntity(user, group, project)),
};

/** A user from rows of `users`, `groups` and `projects`. The core needs a project: one is made up where none is. */
export function userEntity(user: Row, group: Row | null, project: Row | null): Json {
  const name = user.friendly_name || user.login;
  return {
    '#type': 'User', 'id': user.id, 'login': user.login, 'name': user.login, 'friendlyName': name,
    // The core shows first and last name, and the login where both are missing.
    'firstName': user.first_name || (user.last_name ? undefined : name), 'lastName': orAbsent(user.last_name),
    'email': orAbsent(user.email),
    'status': user.status ?? 'active', 'isService': orAbsent(user.is_service),
    'joined': instant(user.joined), 'createdOn': instant(user.created_on ?? user.joined),
    'group': {
      '#type': 'UserGroup', 'id': group?.id ?? user.group_id ?? stableId('personal group', user.id),
      'name': group?.name ?? user.login, 'friendlyName': group?.friendly_name ?? name, 'personal': true,
    },
    'project': {
      '#type': 'Project', 'id': project?.id ?? stableId('home project', user.id),
      'name': project?.name || user.login, 'friendlyName': project?.friendly_name ?? name,
    },
  };
}

/** A user as other entities mention one: columns `<prefix>_id`, `_login`, `_friendly_name` of a row. */
export const userMention = (id: string | null, login: string | null, friendlyName: string | null): Json | undefined =>
  id ? {'#type': 'User', id, 'login': orAbsent(login), 'friendlyName': friendlyName || login || undefined} : undefined;
