import assert from 'node:assert/strict';
import {after, before, test} from 'node:test';
import pg from 'pg';
import {unitOf} from '../../src/core/buckets.ts';
import type {Unit} from '../../src/core/calendar.ts';
import type {Rolled} from '../../src/core/summary/rolled.ts';
import {overviewTotals} from '../../src/core/summary/overview.ts';
import {ZONES} from '../core/support.ts';
import {openAsker, type Asker} from './asked.ts';
import type {Asked} from './oracle.ts';
import {CENTRE, load, randomLog} from './random-log.ts';
import {eachLog, HOUR, values} from './requests.ts';
import {filtered, installRollups, readRolledDays, rowsOf, sorted, Summaries, summaryRequest, TABLES} from './summaries.ts';

const DAY = 24 * HOUR;
const LOGS = 10;
const LEVELS = 'select starts, person, event_type, n from usage_rollups.levels order by starts, person, event_type';

let asker: Asker;
before(async () => {
  asker = await openAsker();
});
after(() => asker.close());

const refresh = (): Promise<unknown> => asker.client.query(`call usage_rollups.refresh('-infinity')`);

/** All days of the log that is loaded. */
async function rollUp(): Promise<Rolled | null> {
  await asker.client.query(`select usage_rollups.forget('-infinity', 'infinity')`);
  await refresh();
  return readRolledDays(asker);
}

async function state(): Promise<{cells: number; counted: string}> {
  const {rows: [row]} = await asker.client.query(`select (select sum(n)::int from usage_rollups.cells) as cells,
    (select string_agg(counted_at::text, ' ' order by day) from usage_rollups.days) as counted`);
  return row;
}

/** Events that count, by the rule alone: of a known person, or errors. */
async function counting(): Promise<number> {
  const {rows: [row]} = await asker.client.query(`select count(*)::int as n from events e
    left join event_types t on t.id = e.event_type_id left join users_sessions s on s.id = e.session_id
    left join users u on u.id = s.user_id where e.event_time is not null and (u.id is not null or t.source = 'error')`);
  return row.n;
}

test('roll-ups are found once they are installed, which may be done again', async () => {
  const isInstalled = async (): Promise<unknown> => (await asker.ask('SummaryHints'))[0].installed;
  assert.equal(await isInstalled(), false);
  for (let i = 0; i < 2; i++)
    await installRollups(asker.client);
  assert.equal(await isInstalled(), true);
  assert.equal(await readRolledDays(asker), null);
});

test('an installation without counts of levels is not read until it is installed again, and then counts all days', async () => {
  await load(asker.client, randomLog(5));
  await rollUp();
  const {rows: levels} = await asker.client.query(LEVELS);
  assert.ok(levels.length > 10);
  await asker.client.query('drop table usage_rollups.levels');
  assert.equal((await asker.ask('SummaryHints'))[0].installed, false);
  await installRollups(asker.client);
  await refresh();
  assert.equal((await asker.ask('SummaryHints'))[0].installed, true);
  assert.deepEqual((await asker.client.query(LEVELS)).rows, levels);
  // The same counts, with the types that count alike told apart.
  const {rows: [{n}]} = await asker.client.query('select sum(n)::int as n from usage_rollups.cells');
  assert.equal(levels.reduce((sum, row) => sum + row.n, 0), n);
  await asker.client.query('truncate usage_rollups.days');
});

test('how many events a day has, roughly, is known from statistics; nothing is known without any', async () => {
  const perDay = async (): Promise<number> => (await asker.ask('SummaryHints'))[0].events_per_day as number;
  await asker.client.query('truncate events cascade; analyze events');
  assert.equal(await perDay(), 0);
  await load(asker.client, randomLog(1));
  await asker.client.query('analyze events');
  const {rows: [{expected}]} = await asker.client.query(`select count(*) / greatest(1,
    extract(epoch from max(event_time) - min(event_time)) / 86400)::float8 as expected from events`);
  const found = await perDay();
  assert.ok(found > expected / 2 && found < expected * 2, `${found} for ${expected}`);
});

test('the first event of the log, none in an empty one', async () => {
  const first = async (): Promise<unknown> => (await asker.ask('SummaryHints'))[0].first_event;
  await load(asker.client, randomLog(2));
  const {rows: [{expected}]} = await asker.client.query('select min(extract(epoch from event_time))::float8 as expected from events');
  assert.equal(await first(), expected);
  await asker.client.query('truncate events cascade');
  assert.equal(await first(), null);
});

test('answers from roll-ups are those of the queries and of the oracle', async () => {
  let [rolled, seen, pieces] = [null as Rolled | null, null as unknown, 0];
  await eachLog(asker, LOGS, async (oracle, wide, random, tables) => {
    if (tables !== seen)
      [rolled, seen] = [await rollUp(), tables];
    const any: Asked = {...wide, entities: [], cells: [], types: []};
    const zone = random.of(ZONES);
    const unit = random.of([unitOf(any), 'hour', 'day', 'week', 'month', 'year'] as Unit[]);
    // Whole half hours, as most ranges have.
    const asked = {...any, from: Math.floor(any.from / HOUR) * HOUR, to: Math.ceil(any.to / HOUR) * HOUR};
    const now = random.of([CENTRE, CENTRE + 5 * DAY, CENTRE + 2000 * HOUR]);
    for (const {query, detail, made} of TABLES) {
      const narrowed = filtered(asked, detail);
      const summaries = new Summaries(asker, now, rolled);
      const cube = await summaries.cube(narrowed, detail, unit, zone);
      assert.deepEqual(sorted(rowsOf(made(cube, summaryRequest(narrowed, unit, zone)))),
        sorted(await asker.ask(query, values(narrowed, {unit, zone}))), query);
      pieces += summaries.rolledPieces;
    }
    const plain = {...filtered(asked, 'packages'), sources: [], measure: undefined};
    const {last_event: _, ...totals} = oracle.totals(plain);
    const cube = await new Summaries(asker, now, rolled).cube(plain, 'packages', unit, zone);
    assert.deepEqual(overviewTotals(cube, summaryRequest(plain, unit, zone)), totals);
  });
  assert.ok(pieces > LOGS * TABLES.length, `only ${pieces} pieces came from roll-ups`);
});

test('every event counts once: run twice, with late events, with deleted ones', async () => {
  await load(asker.client, randomLog(3));
  await rollUp();
  const first = await state();
  assert.equal(first.cells, await counting());
  await refresh();
  assert.deepEqual(await state(), first);
  const {rows: [one]} = await asker.client.query(`insert into events (id, event_time, event_type_id, session_id)
    select gen_random_uuid(), event_time, event_type_id, session_id from events
    where session_id in (select s.id from users_sessions s join users u on u.id = s.user_id) and event_time is not null
    order by event_time limit 1 returning id, event_time::date::text as day`);
  await refresh();
  const second = await state();
  assert.equal(second.cells, first.cells + 1);
  const changed = second.counted.split(' ').filter((text) => !first.counted.includes(text));
  assert.ok(changed.length <= 2, `more than the day of the late event was counted: ${changed.join(' ')}`);
  await asker.client.query('delete from events where id = $1', [one.id]);
  await refresh();
  assert.equal((await state()).cells, first.cells);
});

test('a run that is killed loses nothing of what it did, and the next one does the rest', async () => {
  await load(asker.client, randomLog(4));
  await rollUp();
  await asker.client.query(`truncate usage_rollups.cells, usage_rollups.visits, usage_rollups.days`);
  const {rows: [{day}]} = await asker.client.query(`select min(event_time)::date::text as day from events`);
  const url = {connectionString: asker.url};
  const [holder, runner] = [new pg.Client(url), new pg.Client(url)];
  runner.on('error', () => {});
  await Promise.all([holder.connect(), runner.connect()]);
  try {
    // The last day that is counted, the oldest, waits for a row which somebody else is about to write.
    await holder.query('begin');
    await holder.query(`insert into usage_rollups.days values ('${day}', 0, now())`);
    const {rows: [{pid}]} = await runner.query('select pg_backend_pid() as pid');
    const run = runner.query(`call usage_rollups.refresh('-infinity')`).then(() => 'done', () => 'killed');
    while ((await asker.client.query(`select from pg_stat_activity where pid = ${pid} and wait_event_type = 'Lock'`)).rowCount === 0)
      await new Promise((done) => setTimeout(done, 20));
    // Meanwhile another run ends at once.
    const before = await state();
    await refresh();
    assert.deepEqual(await state(), before);
    await asker.client.query(`select pg_terminate_backend(${pid})`);
    assert.equal(await run, 'killed');
    // The client hears of it before the server has let go of the lock under which the other run would end at once.
    while ((await asker.client.query(`select from pg_locks where pid = ${pid}`)).rowCount !== 0)
      await new Promise((done) => setTimeout(done, 20));
    await holder.query('rollback');
    const kept = await state();
    assert.ok(kept.cells < await counting());
    await refresh();
    const whole = await state();
    assert.equal(whole.cells, await counting());
    assert.ok(whole.counted.endsWith(kept.counted), 'what was counted before was counted again');
  } finally {
    await holder.end();
    await runner.end().catch(() => {});
  }
});

test('a partition for each month', async () => {
  for (const table of ['cells', 'levels', 'visits']) {
    const {rows} = await asker.client.query(`select c.relname as name from pg_inherits i join pg_class c on c.oid = i.inhrelid
      where i.inhparent = 'usage_rollups.${table}'::regclass order by 1`);
    const {rows: months} = await asker.client.query(`select distinct to_char(day, '"${table}_"YYYY_MM') as name
      from usage_rollups.days order by 1`);
    assert.ok(months.length > 1);
    assert.deepEqual(months.filter(({name}) => !rows.some((row) => row.name === name)), []);
  }
});
