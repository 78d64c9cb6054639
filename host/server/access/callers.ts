import type {Pool} from 'pg';
import type {Caller} from '../model.ts';
import {ADMIN_GROUP, ADMIN_USER, ADMINISTRATORS, ALL_USERS} from './well-known.ts';

/** Memberships are looked up anew for every request, so that a right withdrawn in the database is gone at once. */
const GROUPS_OF = `
  with recursive up as (
    select $1::uuid as id
    union
    select r.parent_id from up join groups_relations r on r.child_id = up.id
  )
  select g.id::text, g.name, g.friendly_name from up join groups g on g.id = up.id`;

interface UserRow {
  id: string;
  login: string;
  friendly_name: string | null;
  group_id: string | null;
}

/** Turns users of the database into callers. */
export class Callers {
  constructor(private readonly pool: Pool, private readonly options: {ownerIsAdmin: boolean}) {}

  /**
   * The one who started the host: the built-in administrator, else the user whose login is `admin`, else somebody made
   * up for a database that has neither.
   */
  async owner(): Promise<Caller> {
    const row = await this.row('id = $1', ADMIN_USER) ?? await this.row(`lower(login) = $1`, 'admin');
    const caller = row ? await this.caller(row) : madeUpAdmin();
    return {...caller, isAdmin: caller.isAdmin || this.options.ownerIsAdmin};
  }

  async byLogin(login: string): Promise<Caller | undefined> {
    const row = await this.row('lower(login) = lower($1)', login);
    return row && this.caller(row);
  }

  async byId(id: string): Promise<Caller | undefined> {
    const row = await this.row('id = $1', id);
    return row && this.caller(row);
  }

  private async row(condition: string, value: string): Promise<UserRow | undefined> {
    const {rows} = await this.pool.query<UserRow>(
      `select id::text, login, friendly_name, group_id::text from users where ${condition} order by id limit 1`,
      [value]);
    return rows[0];
  }

  private async caller(user: UserRow): Promise<Caller> {
    const {rows} = await this.pool.query<{id: string; name: string | null; friendly_name: string | null}>(
      GROUPS_OF, [user.group_id]);
    const names = rows.flatMap((row) => [row.name, row.friendly_name]).filter((name) => name !== null);
    const groupNames = new Set(names.map((name) => name.toLowerCase()));
    const groupIds = new Set(rows.map((row) => row.id));
    return {
      userId: user.id, login: user.login, friendlyName: user.friendly_name || user.login, sessionId: null,
      isAdmin: groupIds.has(ADMINISTRATORS) || groupNames.has('administrators'), groupIds, groupNames,
    };
  }
}

const madeUpAdmin = (): Caller => ({
  userId: ADMIN_USER, login: 'admin', friendlyName: 'Admin', sessionId: null, isAdmin: false,
  groupIds: new Set([ADMIN_GROUP, ALL_USERS]), groupNames: new Set(['admin', 'all users']),
});
