import type pg from 'pg';
import type {World} from './world.ts';

interface Definition {
  table: string;
  name: string;
  definition: string;
}

/**
 * Takes away constraints and indexes for the time of a bulk load, and empties the tables, so that rows go in without
 * upkeep (and, as the tables are new in this transaction, without a write-ahead log).
 *
 * @returns puts everything back as it was; the database checks all references then
 */
export async function suspendIndexes(client: pg.ClientBase): Promise<() => Promise<void>> {
  const constraints = async (kinds: string): Promise<Definition[]> => (await client.query<Definition>(
    `select conrelid::regclass::text as table, quote_ident(conname) as name, pg_get_constraintdef(oid) as definition
     from pg_constraint where connamespace = 'public'::regnamespace and contype::text = any($1) order by 1, 2`,
    [kinds.split('')])).rows;
  const references = await constraints('f');
  const keys = await constraints('pu');
  const indexes = (await client.query<Definition>(
    `select i.indrelid::regclass::text as table, i.indexrelid::regclass::text as name, pg_get_indexdef(i.indexrelid) as definition
     from pg_index i join pg_class c on c.oid = i.indexrelid
     where c.relnamespace = 'public'::regnamespace and not exists (select from pg_constraint k where k.conindid = i.indexrelid)
     order by 1, 2`)).rows;
  for (const {table, name} of [...references, ...keys])
    await client.query(`alter table ${table} drop constraint ${name}`);
  for (const {name} of indexes)
    await client.query(`drop index ${name}`);
  const {rows} = await client.query<{name: string}>(
    `select quote_ident(tablename) as name from pg_tables where schemaname = 'public'`);
  await client.query(`truncate ${rows.map((row) => row.name).join(', ')}`);
  return async () => {
    for (const {table, name, definition} of keys)
      await client.query(`alter table ${table} add constraint ${name} ${definition}`);
    for (const {definition} of indexes)
      await client.query(definition);
    for (const {table, name, definition} of references)
      await client.query(`alter table ${table} add constraint ${name} ${definition}`);
  };
}

const CHUNK = 4000;

/** Inserts the small tables. Columns that a row leaves out become null. */
export async function insertWorld(client: pg.ClientBase, world: World): Promise<void> {
  for (const [table, rows] of world.rows) {
    const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))].join(', ');
    for (let i = 0; i < rows.length; i += CHUNK) {
      await client.query(`insert into ${table} (${columns}) select ${columns} from json_populate_recordset(null::${table}, $1::json)`,
        [JSON.stringify(rows.slice(i, i + CHUNK))]);
    }
  }
}
