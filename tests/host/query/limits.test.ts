import assert from 'node:assert/strict';
import {after, before, test} from 'node:test';
import {plainValues} from '../../../host/shared/table.ts';
import {QueryError, type QueryErrorKind} from '../../../host/server/query/error.ts';
import {QueryRunner} from '../../../host/server/query/run.ts';
import {testDatabase, withClient} from '../../support/postgres.ts';
import {gateBefore} from './gate.ts';
import {queryOf} from './queries.ts';

process.env.TZ = 'UTC';
let database: {url: string; close(): Promise<void>};
let runner: QueryRunner;

before(async () => {
  database = await testDatabase();
  runner = new QueryRunner({url: database.url, rowLimit: 1000});
  await withClient(database.url, (client) => client.query('create sequence written'));
});
after(async () => {
  await runner?.close();
  await database?.close();
});

const failsAs = (kind: QueryErrorKind, message: RegExp) => (error: unknown): boolean =>
  error instanceof QueryError && error.kind === kind && message.test(error.message);

/** Waits for something that another process does. */
async function until(what: string, isTrue: () => Promise<boolean>): Promise<void> {
  for (let i = 0; i < 400; i++) {
    if (await isTrue())
      return;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  assert.fail(`It never happened that ${what}`);
}

/** How many statements with this mark run. The mark stands in a literal of the statement. */
const running = (mark: string): Promise<number> => withClient(database.url, async (client) =>
  Number((await client.query(
  `select count(*) n from pg_stat_activity where query like $1 and state = 'active' and pid <> pg_backend_pid()`,
  [`%${mark}%`])).rows[0].n));

const one = async (of: QueryRunner): Promise<unknown> => plainValues((await of.run(queryOf('select 1'))).columns[0])[0];

test('as many rows as the limit are all of them', async () => {
  const result = await runner.run(queryOf('select i from generate_series(1, 1000) i'));
  assert.deepEqual([result.rowCount, result.truncated, result.rowLimit], [1000, false, 1000]);
});

test('one row more is cut off, and that is told', async () => {
  const result = await runner.run(queryOf('select i from generate_series(1, 1001) i'));
  assert.deepEqual([result.rowCount, result.truncated], [1000, true]);
  assert.deepEqual(plainValues(result.columns[0]).slice(-2), [999, 1000]);
  assert.equal(await one(runner), 1);
});

test('the limit is reached without reading an endless result', async () => {
  const result = await runner.run(queryOf(
    'with recursive n(i) as (select 1 union all select i + 1 from n) select i from n'));
  assert.deepEqual([result.rowCount, result.truncated], [1000, true]);
});

test('progress tells how many rows have come', async () => {
  const counts: number[] = [];
  const wide = new QueryRunner({url: database.url});
  try {
    await wide.run(queryOf('select i from generate_series(1, 50000) i'), {}, {onProgress: (rows) => counts.push(rows)});
  } finally {
    await wide.close();
  }
  assert.deepEqual(counts, [20_000, 40_000]);
});

test('the time limit stops a query with the message of the database', async () => {
  const hasty = new QueryRunner({url: database.url, timeLimitMs: 200});
  try {
    await assert.rejects(hasty.run(queryOf('select pg_sleep(60)')),
      failsAs('timeout', /longer than 0.2 s .*statement timeout/));
    assert.equal(await one(hasty), 1);
  } finally {
    await hasty.close();
  }
});

test('aborting cancels the statement in the database', async () => {
  const mark = 'cancel me please';
  const abort = new AbortController();
  const run = runner.run(queryOf(`select pg_sleep(60), '${mark}'`), {}, {signal: abort.signal});
  run.catch(() => {});
  await until('the query runs', async () => await running(mark) === 1);
  abort.abort();
  await assert.rejects(run, failsAs('canceled', /cancelled/));
  await until('the query is gone', async () => await running(mark) === 0);
  assert.equal(await one(runner), 1);
});

test('aborting while rows arrive cancels as well', async () => {
  const abort = new AbortController();
  const wide = new QueryRunner({url: database.url, rowLimit: 100_000_000});
  try {
    const run = wide.run(queryOf(`select i from generate_series(1, 100000000) i where i % 1 = 0 or 'rows' = 'come'`), {},
      {signal: abort.signal, onProgress: () => abort.abort()});
    await assert.rejects(run, failsAs('canceled', /cancelled/));
    await until('the query is gone', async () => await running("'rows' = 'come'") === 0);
  } finally {
    await wide.close();
  }
});

test('what is aborted before it began never reaches the database', async () => {
  await assert.rejects(runner.run(queryOf('select 1'), {}, {signal: AbortSignal.abort()}), failsAs('canceled', /./));
});

test('waiting for a connection ends when aborted', async () => {
  const narrow = new QueryRunner({url: database.url, pool: {max: 1}});
  const [first, second] = [new AbortController(), new AbortController()];
  try {
    const busy = narrow.run(queryOf(`select pg_sleep(60), 'in the way'`), {}, {signal: first.signal});
    busy.catch(() => {});
    await until('the connection is taken', async () => await running('in the way') === 1);
    const waiting = narrow.run(queryOf('select 2'), {}, {signal: second.signal});
    second.abort();
    await assert.rejects(waiting, failsAs('canceled', /./));
    first.abort();
    await assert.rejects(busy, failsAs('canceled', /./));
    assert.equal(await one(narrow), 1);
  } finally {
    await narrow.close();
  }
});

test('closing the runner cancels what runs', async () => {
  const closed = new QueryRunner({url: database.url});
  const run = closed.run(queryOf(`select pg_sleep(60), 'closing time'`));
  run.catch(() => {});
  await until('the query runs', async () => await running('closing time') === 1);
  await closed.close();
  await assert.rejects(run, failsAs('canceled', /./));
  await until('the query is gone', async () => await running('closing time') === 0);
});

const writes: [sql: string, kind: QueryErrorKind, message: RegExp][] = [
  [`insert into event_types(id) values (gen_random_uuid()) returning id`, 'database', /read-only transaction/],
  [`update events set event_time = null returning id`, 'database', /read-only transaction/],
  [`with gone as (delete from events returning id) select * from gone`, 'database', /read-only transaction/],
  [`select nextval('written')`, 'database', /read-only transaction/],
  [`insert into event_types(id) values (gen_random_uuid())`, 'input', /no table/],
  [`create table t(a int)`, 'input', /no table/],
  [`copy (select 1) to stdout`, 'input', /no table/],
  [`set session characteristics as transaction read write`, 'input', /no table/],
  [`commit`, 'input', /no table/],
  [`do $$ begin raise exception 'done'; end $$`, 'input', /no table/],
  [`select 1; drop table events`, 'database', /multiple commands/],
  [`/* nothing */`, 'input', /no table/],
];

for (const [sql, kind, message] of writes) {
  test(`refused: ${sql}`, async () => {
    await assert.rejects(runner.run(queryOf(sql)), failsAs(kind, message));
    assert.equal(await one(runner), 1);
  });
}

test('settings and locks of one query do not reach the next', async () => {
  const single = new QueryRunner({url: database.url, pool: {max: 1}});
  try {
    await single.run(queryOf(`select set_config('statement_timeout', '7', false), pg_advisory_lock(42)`));
    const {columns} = await single.run(queryOf(`select current_setting('statement_timeout') as a,
      (select count(*)::int from pg_locks where locktype = 'advisory' and pid = pg_backend_pid()) as b`));
    assert.deepEqual(columns.map(plainValues), [['5min'], [0]]);
  } finally {
    await single.close();
  }
});

test('errors of the database keep its message', async () => {
  await assert.rejects(runner.run(queryOf('select 1/0')), failsAs('database', /^division by zero$/));
  await assert.rejects(runner.run(queryOf('select * from nowhere')),
    failsAs('database', /^relation "nowhere" does not exist$/));
  // An error in the middle of the rows.
  await assert.rejects(runner.run(queryOf('select 1/(500 - i) from generate_series(1, 900) i')),
    failsAs('database', /^division by zero$/));
  assert.equal(await one(runner), 1);
});

test('a connection that the server ended fails the query that runs, and is replaced', async () => {
  const mark = 'terminate me';
  const run = runner.run(queryOf(`select pg_sleep(60), '${mark}'`));
  run.catch(() => {});
  await until('the query runs', async () => await running(mark) === 1);
  await withClient(database.url, (client) => client.query(
    `select pg_terminate_backend(pid) from pg_stat_activity where query like '%terminate me%' and pid <> pg_backend_pid()`));
  await assert.rejects(run, failsAs('unavailable', /connection .* was lost: terminating connection/));
  assert.equal(await one(runner), 1);
});

test('a lost database fails what runs and what comes, until it is back', async () => {
  const gate = await gateBefore(database.url);
  const gated = new QueryRunner({url: gate.url});
  try {
    assert.equal(await one(gated), 1);
    const run = gated.run(queryOf(`select pg_sleep(60), 'behind the gate'`));
    run.catch(() => {});
    await until('the query runs', async () => await running('behind the gate') === 1);
    gate.shut();
    await assert.rejects(run, failsAs('unavailable', /connection to the database was lost/));
    await assert.rejects(one(gated), failsAs('unavailable', /cannot be reached/));
    gate.open();
    assert.equal(await one(gated), 1);
  } finally {
    await gated.close();
    await gate.close();
  }
});

test('an idle connection that was cut meanwhile is replaced without an error', async () => {
  const gate = await gateBefore(database.url);
  const gated = new QueryRunner({url: gate.url});
  try {
    assert.equal(await one(gated), 1);
    gate.shut();
    gate.open();
    assert.equal(await one(gated), 1);
  } finally {
    await gated.close();
    await gate.close();
  }
});

test('a server that is not there is told as such', async () => {
  const gate = await gateBefore(database.url);
  await gate.close();
  const nowhere = new QueryRunner({url: gate.url});
  await assert.rejects(one(nowhere), failsAs('unavailable', /cannot be reached: .*ECONNREFUSED/));
  await nowhere.close();
});
