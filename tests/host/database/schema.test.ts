import assert from 'node:assert/strict';
import {test} from 'node:test';
import {checkSchema, createSchema, isEmpty, REQUIRED_COLUMNS} from '../../../host/database/schema.ts';
import {testDatabase, withClient} from '../../support/postgres.ts';

const COUNT_COLUMNS = 'select count(*)::int n from information_schema.columns where table_schema = $1 and table_name = $2';

test('a new database gets the tables, and says before and after whether it has any', async () => {
  const database = await testDatabase();
  try {
    await withClient(database.url, async (client) => {
      assert.equal(await isEmpty(client), false);
      await client.query('drop schema public cascade');
      await client.query('create schema public');
      assert.equal(await isEmpty(client), true);
      await createSchema(client);
      assert.equal(await isEmpty(client), false);
      assert.equal((await client.query(COUNT_COLUMNS, ['public', 'events'])).rows[0].n, 9);
      const {rows} = await client.query(`select tablename from pg_tables where schemaname = 'public'
        and tablename = any($1)`, [Object.keys(REQUIRED_COLUMNS)]);
      assert.equal(rows.length, Object.keys(REQUIRED_COLUMNS).length);
    });
  } finally {
    await database.close();
  }
});

test('a schema that cannot be made whole is not made at all', async () => {
  const database = await testDatabase();
  try {
    await withClient(database.url, async (client) => {
      await client.query('drop schema public cascade');
      await client.query('create schema public');
      await client.query('create table reports (id int)');
      await assert.rejects(createSchema(client), /reports/);
      assert.equal((await client.query(COUNT_COLUMNS, ['public', 'groups'])).rows[0].n, 0);
    });
  } finally {
    await database.close();
  }
});

test('a foreign database with everything that is needed passes, read-only', async () => {
  const database = await testDatabase();
  try {
    await withClient(database.url, async (client) => {
      await client.query('set default_transaction_read_only = on');
      await checkSchema(client);
    });
  } finally {
    await database.close();
  }
});

test('a foreign database without some tables and columns is refused with the name of each', async () => {
  const database = await testDatabase();
  try {
    await withClient(database.url, async (client) => {
      await client.query('drop table tags, func_call_values');
      await client.query('alter table event_types drop column is_error');
      await client.query('alter table users rename column group_id to personal_group');
      await client.query('alter table users drop column is_service');
      await assert.rejects(checkSchema(client), (error: Error) => {
        assert.match(error.message, /Missing: column event_types\.is_error, column users\.group_id, table func_call_values, table tags\.$/);
        return true;
      });
    });
  } finally {
    await database.close();
  }
});

test('a database of something else is refused with every table', async () => {
  const database = await testDatabase();
  try {
    await withClient(database.url, async (client) => {
      await client.query('drop schema public cascade');
      await client.query('create schema public');
      await assert.rejects(checkSchema(client), (error: Error) =>
        Object.keys(REQUIRED_COLUMNS).every((table) => error.message.includes(`table ${table}`)));
    });
  } finally {
    await database.close();
  }
});

test('two test databases do not see each other', async () => {
  const [one, other] = await Promise.all([testDatabase(), testDatabase()]);
  try {
    const insert = 'insert into tags (id, tag) values (gen_random_uuid(), $1)';
    await withClient(one.url, (client) => client.query(insert, ['mine']));
    const count = await withClient(other.url, (client) => client.query('select count(*)::int n from tags'));
    assert.equal(count.rows[0].n, 0);
  } finally {
    await Promise.all([one.close(), other.close()]);
  }
});
