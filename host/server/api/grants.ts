import {randomUUID} from 'node:crypto';
import pg from 'pg';
import {PERMISSIONS, permissionsOf} from '../access/permissions.ts';
import {Refusal, type Caller} from '../model.ts';
import {transact} from '../transaction.ts';

/** A permission that a group has to an entity. */
export interface Grant {
  id: string;
  entityId: string;
  permissionId: string;
  /** As JSON writes it, UTC. */
  grantedAt: string | null;
  /** The group's row. */
  group: Record<string, unknown>;
}

/** Rights that every kind of entity has. */
export type Right = 'View' | 'Edit' | 'Delete' | 'Share';

/** SQL: ids under which permissions to an entity ($1) are kept: its own, and that of the project which wraps it. */
const UNDER = `select $1::uuid union select r.project_id from project_relations r join projects p on p.id = r.project_id
  where r.entity_id = $1::uuid and p.is_entity`;

/** Permissions that people gave to groups on single entities, in a table of their own. */
export class Grants {
  constructor(private readonly pool: pg.Pool) {}

  /** All that is granted on what has this id. */
  async on(id: string): Promise<Grant[]> {
    const {rows} = await this.pool.query(`select m.id::text, m.entity_id::text as "entityId",
        m.permission_id::text as "permissionId", to_jsonb(m) ->> 'granted_at' as "grantedAt",
        to_jsonb(g) as "group"
      from permissions m join groups g on g.id = m.user_group_id
      where m.entity_id in (${UNDER}) order by lower(g.friendly_name), g.id, m.permission_id`, [id]);
    return rows;
  }

  /**
   * Gives a group the permissions of a category on an entity, instead of those it had.
   * @param wraps the entity that a project stands for which is not in the database yet; it is put there.
   * @throws Refusal 404 when there is no such group.
   */
  async give(caller: Caller, id: string, groupId: string, category: 'use' | 'full', wraps?: string): Promise<void> {
    await transact(this.pool, async (client) => {
      const {rowCount} = await client.query('select from groups where id = $1', [groupId]);
      if (rowCount === 0)
        throw new Refusal(404, `There is no group with id ${groupId}`);
      if (wraps !== undefined)
        await wrap(client, id, wraps, caller);
      await client.query('delete from permissions where entity_id = $1 and user_group_id = $2', [id, groupId]);
      for (const permission of permissionsOf(category)) {
        await client.query(`insert into permissions (id, entity_id, user_group_id, permission_id, granted_by_id, granted_at)
          values ($1, $2, $3, $4, $5, now() at time zone 'utc')`,
        [randomUUID(), id, groupId, permission.id, caller.userId]);
      }
    });
  }

  /** The entity that a project is made to wrap; undefined when it is no such project. */
  async wrappedBy(projectId: string): Promise<string | undefined> {
    const {rows: [row]} = await this.pool.query(`select r.entity_id::text as id from project_relations r
      join projects p on p.id = r.project_id where p.id = $1 and p.is_entity limit 1`, [projectId]);
    return row?.id;
  }

  /** Entity and group of one row; undefined when it is not there. */
  async find(permissionRow: string): Promise<{entityId: string, groupId: string} | undefined> {
    const {rows: [row]} = await this.pool.query(`select entity_id::text as "entityId", user_group_id::text as "groupId"
      from permissions where id = $1`, [permissionRow]);
    return row;
  }

  /** @returns how many permissions the group has left on the entity. */
  async take(permissionRow: string): Promise<number> {
    const {rows: [left]} = await this.pool.query(`with gone as (delete from permissions where id = $1
        returning entity_id, user_group_id)
      select count(*)::int as left from permissions m join gone on gone.entity_id = m.entity_id
        and gone.user_group_id = m.user_group_id where m.id <> $1`, [permissionRow]);
    return left.left;
  }
}

/** Whether one of the caller's groups was given the right to the entity. */
export async function isGranted(client: pg.Pool | pg.ClientBase, caller: Caller, id: string, right: Right):
  Promise<boolean> {
  const {rowCount} = await client.query(`select from permissions m where m.entity_id in (${UNDER})
    and m.user_group_id = any($2::uuid[]) and m.permission_id = $3::uuid limit 1`,
  [id, [...caller.groupIds], PERMISSIONS.find(({name}) => name === right)!.id]);
  return rowCount === 1;
}

/** Rights are kept by projects: what is in none gets one of its own. */
async function wrap(client: pg.ClientBase, id: string, entity: string, caller: Caller): Promise<void> {
  await client.query(`insert into entities (id, name, friendly_name)
    select $1, name, friendly_name from entities where id = $2 on conflict (id) do nothing`, [id, entity]);
  await client.query(`insert into projects (id, name, friendly_name, is_entity, author_id, created_on)
    select $1, name, friendly_name, true, $3, now() at time zone 'utc' from entities where id = $2
    on conflict (id) do nothing`, [id, entity, caller.userId]);
  await client.query(`insert into project_relations (id, project_id, entity_id)
    select $1, $2, $3 where not exists (select from project_relations where project_id = $2 and entity_id = $3)`,
  [randomUUID(), id, entity]);
}
