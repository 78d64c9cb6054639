import assert from 'node:assert/strict';
import {after, before, beforeEach, test} from 'node:test';
import {WebSocket} from 'ws';
import {AnswerCache} from '../../../host/server/cache/index.ts';
import type {FunctionSpec} from '../../../host/server/model.ts';
import {QueryRunner} from '../../../host/server/query/run.ts';
import type {PreparedAnswer} from '../../../host/server/stream/answer.ts';
import {decodeColumnar} from '../../../host/shared/columnar.ts';
import {plainValues} from '../../../host/shared/table.ts';
import {testDatabase} from '../../support/postgres.ts';
import {queriesOf} from '../query/queries.ts';
import {streamServer} from '../query/stream-server.ts';

process.env.TZ = 'UTC';

/** Counts the queries that reach the database. */
class CountingRunner extends QueryRunner {
  readonly names: string[] = [];

  override run(...parameters: Parameters<QueryRunner['run']>): ReturnType<QueryRunner['run']> {
    this.names.push(parameters[0].name);
    return super.run(...parameters);
  }
}

let database: {url: string; close(): Promise<void>};
let runner: CountingRunner;
let server: Awaited<ReturnType<typeof streamServer>>;
let queries: FunctionSpec[];
const cache = new AnswerCache<PreparedAnswer>(10_000_000);

before(async () => {
  database = await testDatabase();
  runner = new CountingRunner({url: database.url, rowLimit: 1000});
  queries = queriesOf(`
--name: kept
--input: int n = 3
--input: list<string> names {optional: true}
--meta.cache: server
--meta.cache.invalidateOn: 0 0 * * *
select i, md5(i::text) as hash, @names::text[] as names from generate_series(1, @n::int) i
--end
--name: plain
select 1 as x
--end
--name: inClient
--meta.cache: client
select 1 as x
--end
--name: slow
--meta.cache: all
select pg_sleep(0.3), 1 as x
--end
--name: total
--meta.cache: all
--output: int total
select 7 as total
--end
--name: failing
--meta.cache: all
select 1 / 0 as x
--end
--name: cut
--meta.cache: all
select i from generate_series(1, 1001) i
--end`);
  server = await streamServer(runner, queries, cache);
});
after(async () => {
  await server?.close();
  await runner?.close();
  await database?.close();
});
beforeEach(() => {
  queries.forEach((query) => cache.drop(query.id));
  runner.names.length = 0;
});

const find = (name: string): FunctionSpec => queries.find((query) => query.name.toLowerCase() === name.toLowerCase())!;

interface Outcome {
  status: string;
  error: string | undefined;
  values: Record<string, unknown>;
  /** Of the first column of the table, if one came. */
  column?: unknown[];
}

/** One call by the protocol; `cancelAfter` milliseconds it is given up. */
function call(func: object, parameterValues: Record<string, unknown> = {},
  {user = 'admin', cancelAfter}: {user?: string, cancelAfter?: number} = {}): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(`ws://127.0.0.1:${server.port}/api/log/funcs/call/stream?tables=columnar&user=${user}`);
    const frames: Buffer[] = [];
    socket.on('error', reject);
    socket.on('message', (data: Buffer, isBinary) => {
      const text = isBinary ? '' : data.toString();
      if (text === 'LISTENING') {
        socket.send(`1 CALL ${JSON.stringify({'#type': 'FuncCall', func, parameterValues})}`);
        if (cancelAfter !== undefined)
          setTimeout(() => socket.send('1 CANCEL'), cancelAfter);
      }
      if (isBinary)
        frames.push(data.subarray(4));
      if (isBinary)
        socket.send('1 PART OK');
      if (!text.startsWith('1 CALL '))
        return;
      const {status, errorMessage, parameterValues: values} = JSON.parse(text.slice(7));
      const column = frames.length > 0 ? plainValues(decodeColumnar(Buffer.concat(frames)).columns[0]) : undefined;
      resolve({status, error: errorMessage, values, column});
      socket.close();
    });
  });
}

const run = (name: string, values?: Record<string, unknown>, more?: {user?: string, cancelAfter?: number}):
Promise<Outcome> => call({id: find(name).id}, values, more);
const drop = (name: string, user?: string): Promise<Outcome> => call({'id': null, 'name': 'DropQueryCache',
  'namespace': 'core:'}, {query: JSON.stringify({'#type': 'DataQuery', 'id': find(name).id})}, {user});

test('a query that may be kept reaches the database once, and the second answer is the first', async () => {
  const first = await run('kept', {n: 4, names: ['a']});
  const second = await run('kept', {n: 4, names: ['a']});
  assert.deepEqual(first.column, [1, 2, 3, 4]);
  assert.deepEqual(second.column, first.column);
  assert.deepEqual(runner.names, ['Kept']);
});

test('defaults are filled in before questions are compared; other values are other questions', async () => {
  await run('kept');
  await run('kept', {n: 3});
  await run('kept', {N: 3, names: null});
  assert.equal(runner.names.length, 1);
  await run('kept', {n: 2});
  await run('kept', {n: 3, names: ['a', 'b']});
  await run('kept', {n: 3, names: ['b', 'a']});
  assert.equal(runner.names.length, 4);
});

test('without an annotation, or for the client alone, the server keeps nothing', async () => {
  for (const name of ['plain', 'plain', 'inClient', 'inClient'])
    assert.deepEqual((await run(name)).column, [1]);
  assert.equal(runner.names.length, 4);
});

test('scalars are kept too', async () => {
  assert.deepEqual([(await run('total')).values, (await run('total')).values], [{total: 7}, {total: 7}]);
  assert.equal(runner.names.length, 1);
});

test('who may not run the query is refused, though its answer lies ready', async () => {
  await run('kept');
  for (const user of ['nobody', 'stranger']) {
    const refused = await run('kept', {}, {user});
    assert.equal(refused.status, 'Error');
    assert.equal(refused.column, undefined);
  }
  assert.equal((await run('kept', {}, {user: 'ann'})).status, 'Completed');
  assert.equal(runner.names.length, 1);
});

test('twenty who ask at once have it run once', async () => {
  const answers = await Promise.all(Array.from({length: 20}, () => run('slow')));
  assert.deepEqual(new Set(answers.map((answer) => answer.status)), new Set(['Completed']));
  assert.equal(runner.names.length, 1);
});

test('who cancels a shared run gets Canceled, the others the answer, and it is kept', async () => {
  const [left, stayed] = await Promise.all([run('slow', {}, {cancelAfter: 60}), run('slow')]);
  assert.deepEqual([left.status, stayed.status], ['Canceled', 'Completed']);
  await run('slow');
  assert.equal(runner.names.length, 1);
});

test('a run that all have left keeps nothing, and the next asker gets a whole answer', async () => {
  assert.equal((await run('slow', {}, {cancelAfter: 60})).status, 'Canceled');
  assert.equal((await run('slow')).status, 'Completed');
  assert.equal(runner.names.length, 2);
});

test('failures and answers that were cut are asked again', async () => {
  for (const name of ['failing', 'failing', 'cut', 'cut'])
    await run(name);
  assert.equal(runner.names.length, 4);
});

test('a query of other text has answers of its own', async () => {
  await run('total');
  const spec = find('total');
  const {text} = spec;
  try {
    spec.text = text!.replace('7', '8');
    assert.deepEqual((await run('total')).values, {total: 8});
  } finally {
    spec.text = text;
  }
  assert.deepEqual((await run('total')).values, {total: 7});
  assert.equal(runner.names.length, 2);
});

test('DropQueryCache has the query run again, for those who may run it', async () => {
  await run('kept');
  await run('total');
  assert.equal((await drop('kept', 'nobody')).status, 'Error');
  await run('kept');
  assert.equal(runner.names.length, 2);
  assert.equal((await drop('kept')).status, 'Completed');
  await run('kept');
  await run('total');
  assert.deepEqual(runner.names, ['Kept', 'Total', 'Kept']);
});

test('a drop of nothing says so', async () => {
  const nothing = await call({id: null, name: 'DropFuncCache', namespace: 'core:'}, {query: 'x'});
  assert.match(nothing.error!, /function is needed/);
  const unknown = await call({id: null, name: 'DropFuncCache', namespace: 'core:'}, {query: '{"id": "none"}'});
  assert.match(unknown.error!, /no such function/);
});
