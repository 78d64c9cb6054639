import {randomUUID} from 'node:crypto';
import pg from 'pg';
import type {Caller} from '../model.ts';
import {Refusal} from '../model.ts';
import {transact} from '../transaction.ts';
import {isGranted} from './grants.ts';

/** Kinds of entities that may be saved and deleted here: their table, their class, and the word in types of events. */
export const KINDS = {
  projects: {table: 'projects', entityType: 'Project', word: 'project'},
  groups: {table: 'groups', entityType: 'UserGroup', word: 'group'},
  scripts: {table: 'scripts', entityType: 'Script', word: 'script'},
} as const;
export type WritableKind = keyof typeof KINDS;

/** What is taken of a posted entity. */
export interface PostedEntity {
  id: string;
  name: string;
  friendlyName?: string;
  description?: string;
  /** Scripts: the whole text, and its language. */
  script?: string;
  language?: string;
}

/**
 * Writes entities that people make and change. Administrators may write all; others what they made themselves, or were
 * given to edit.
 */
export class EntityWriter {
  constructor(private readonly pool: pg.Pool) {}

  /** @returns whether it is a new one. */
  save(kind: WritableKind, entity: PostedEntity, caller: Caller): Promise<'created' | 'edited'> {
    const {table, entityType} = KINDS[kind];
    return transact(this.pool, async (client) => {
      const isNew = !await this.mayWrite(client, table, entity.id, caller);
      if (isNew && kind === 'groups' && !caller.isAdmin)
        throw new Refusal(403, 'Only administrators may make groups');
      const {id, name, friendlyName = name, description = null, script = null, language = null} = entity;
      await client.query(`insert into entity_types (id, name) select $1, $2::varchar
        where not exists (select from entity_types where name = $2::varchar)`, [randomUUID(), entityType]);
      await client.query(`insert into entities (id, entity_type_id, name, friendly_name)
        values ($1, (select id from entity_types where name = $2 order by id limit 1), $3, $4)
        on conflict (id) do update set name = excluded.name, friendly_name = excluded.friendly_name, is_deleted = false`,
      [id, entityType, name, friendlyName]);
      if (kind === 'scripts') {
        await client.query(`insert into funcs (id, name, friendly_name, description, source, author_id, created_on)
          values ($1, $2, $3, $4, 'script', $5, now() at time zone 'utc')
          on conflict (id) do update set name = excluded.name, friendly_name = excluded.friendly_name,
            description = excluded.description, updated_on = now() at time zone 'utc'`,
        [id, name, friendlyName, description, caller.userId]);
      }
      const own = kind === 'scripts' ? ', script, language' : '';
      await client.query(`insert into ${table} (id, name, friendly_name, description, author_id, created_on${own})
        values ($1, $2, $3, $4, $5, now() at time zone 'utc'${kind === 'scripts' ? ', $6, $7' : ''})
        on conflict (id) do update set name = excluded.name, friendly_name = excluded.friendly_name,
          description = coalesce(excluded.description, ${table}.description), updated_on = now() at time zone 'utc'
          ${kind === 'scripts' ? ', script = excluded.script, language = excluded.language' : ''}`,
      [id, name, friendlyName, description, caller.userId, ...kind === 'scripts' ? [script, language] : []]);
      return isNew ? 'created' : 'edited';
    });
  }

  /** Marks it as deleted, as the platform does: the row stays, so that the log can name it. */
  delete(kind: WritableKind, id: string, caller: Caller): Promise<void> {
    return transact(this.pool, async (client) => {
      if (!await this.mayWrite(client, KINDS[kind].table, id, caller))
        throw new Refusal(404, `There is no ${KINDS[kind].word} with id ${id}`);
      await client.query('update entities set is_deleted = true where id = $1', [id]);
    });
  }

  /** Adds a tag to an entity of any kind, or takes it away. */
  tag(id: string, tag: string, isSet: boolean, caller: Caller): Promise<void> {
    return transact(this.pool, async (client) => {
      const {rows: [entity]} = await client.query(`select coalesce(
        (select author_id from projects where id = e.id), (select author_id from funcs where id = e.id)) as author
        from (select id from entities where id = $1 union select id from groups where id = $1) e`, [id]);
      if (entity === undefined)
        throw new Refusal(404, `There is no entity with id ${id}`);
      if (!caller.isAdmin && entity.author !== caller.userId)
        throw new Refusal(403, 'You may not edit this');
      // A group of an older database may lack its row among the entities.
      await client.query('insert into entities (id) values ($1) on conflict (id) do nothing', [id]);
      await client.query('delete from tags where entity_id = $1 and tag = $2', [id, tag]);
      if (isSet)
        await client.query('insert into tags (id, entity_id, tag) values ($1, $2, $3)', [randomUUID(), id, tag]);
    });
  }

  /**
   * Whether the entity is there. A row of another kind under the id is taken for one that may not be written.
   * @throws Refusal 403 when the caller may not write it.
   */
  private async mayWrite(client: pg.ClientBase, table: string, id: string, caller: Caller): Promise<boolean> {
    const {rows: [row]} = await client.query(`select to_jsonb(t) ->> 'author_id' as author,
        exists (select from published_packages p join entities e on e.package_id = p.id where e.id = t.id) as "isPackaged"
      from ${table} t where t.id = $1`, [id]);
    if (row === undefined) {
      const {rowCount} = await client.query('select from entities where id = $1', [id]);
      if (rowCount)
        throw new Refusal(403, 'This id belongs to something else');
      return false;
    }
    if (row.isPackaged)
      throw new Refusal(403, 'What a package brought changes with the package');
    if (!caller.isAdmin && row.author !== caller.userId && !await isGranted(client, caller, id, 'Edit'))
      throw new Refusal(403, 'You may not edit this');
    return true;
  }
}
