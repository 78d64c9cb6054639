import assert from 'node:assert/strict';
import {once} from 'node:events';
import {after, before, test} from 'node:test';
import {WebSocket} from 'ws';
import {loadCore} from '../../../host/server/core/core.ts';
import type {FunctionSpec} from '../../../host/server/model.ts';
import {QueryRunner} from '../../../host/server/query/run.ts';
import {decodeColumnar} from '../../../host/shared/columnar.ts';
import {plainValues} from '../../../host/shared/table.ts';
import {testDatabase, withClient} from '../../support/postgres.ts';
import {queriesOf} from './queries.ts';
import {AD_HOC_CONNECTION, streamServer} from './stream-server.ts';

process.env.TZ = 'UTC';
let database: {url: string; close(): Promise<void>};
let runner: QueryRunner;
let server: Awaited<ReturnType<typeof streamServer>>;
let queries: FunctionSpec[];

before(async () => {
  database = await testDatabase();
  runner = new QueryRunner({url: database.url, rowLimit: 300_000});
  queries = queriesOf(`
--name: plus
--input: int a
--input: int b = 5
select @a::int + @b::int as sum, 'ü' as text
--end
--name: many
--input: int n
select i, md5(i::text) as hash from generate_series(1, @n::int) i
--end
--name: sleep
--input: string mark
select pg_sleep(60), @mark::text as mark
--end
--name: scalars
--output: int total
--output: string name
--output: datetime time
--output: bool good
select true as good, 'x' as name, 7::int8 as total, timestamp '2024-01-01' as time
--end
--name: single
--output: double value
select 1.5 as something
--end
--name: elsewhere
--connection: Other:Database
select 1
--end
--name: when
--input: string date {pattern: datetime}
select 1 as x from (values (now() at time zone 'utc')) v(t) where @date(t)`);
  server = await streamServer(runner, queries);
});
after(async () => {
  await server?.close();
  await runner?.close();
  await database?.close();
});

const idOf = (name: string): string => queries.find((query) => query.name.toLowerCase() === name)!.id;

/** A client that speaks the protocol by hand and notes all that the server says. */
class Client {
  readonly texts: string[] = [];
  private frames: Buffer[] = [];
  readonly socket: WebSocket;
  private waiting: (() => void)[] = [];

  constructor(query = '') {
    this.socket = new WebSocket(`ws://127.0.0.1:${server.port}/api/log/funcs/call/stream${query}`);
    this.socket.on('message', (data: Buffer, isBinary) => {
      if (isBinary)
        this.frames.push(data);
      else
        this.texts.push(data.toString());
      this.waiting.splice(0).forEach((wake) => wake());
    });
  }

  async until<T>(find: () => T | undefined): Promise<T> {
    for (;;) {
      const found = find();
      if (found !== undefined)
        return found;
      await new Promise<void>((resolve) => this.waiting.push(resolve));
    }
  }

  async call(number: number, func: object, parameterValues: object = {}): Promise<void> {
    await this.until(() => this.texts.find((text) => text === 'LISTENING'));
    this.socket.send(`${number} CALL ${JSON.stringify({'#type': 'FuncCall', 'id': `call-${number}`, func, parameterValues})}`);
  }

  /** The final message of a call. */
  async answer(number: number): Promise<any> {
    const text = await this.until(() => this.texts.find((one) => one.startsWith(`${number} CALL `)));
    return JSON.parse(text.slice(`${number} CALL `.length));
  }

  /**
   * The announced table of a call: its tags and bytes. Answers each part, as the core does, which asks for the next.
   * @param beforeLast called when all has arrived and the last part is not answered yet.
   */
  async table(number: number, beforeLast: () => void | Promise<void> = () => {}):
  Promise<{tags: Record<string, string>; bytes: Buffer; frames: number}> {
    const prefix = `${number} SENDING DATAFRAME `;
    const text = await this.until(() => this.texts.find((one) => one.startsWith(prefix)));
    const [, size, tags] = /^(\d+) (.*)$/s.exec(text.slice(prefix.length))!;
    const own = (): Buffer[] => this.frames.filter((frame) => frame.readUInt32BE() === number);
    const arrived = (): number => own().reduce((sum, frame) => sum + frame.length - 4, 0);
    for (let answered = 0; ; answered++) {
      await this.until(() => own().length > answered || undefined);
      assert.equal(own().length, answered + 1, 'a part came before the one before was answered');
      if (arrived() >= Number(size))
        break;
      this.socket.send(`${number} PART OK`);
    }
    await beforeLast();
    this.socket.send(`${number} PART OK`);
    const bytes = Buffer.concat(own().map((frame) => frame.subarray(4)));
    assert.equal(bytes.length, Number(size));
    assert.ok(own().every((frame) => frame.length <= 4 + 2 ** 20));
    return {tags: JSON.parse(tags), bytes, frames: own().length};
  }

  close(): void {
    this.socket.terminate();
  }
}

async function withSocket(query: string, work: (client: Client) => Promise<void>): Promise<void> {
  const client = new Client(query);
  try {
    await work(client);
  } finally {
    client.close();
  }
}

const running = (mark: string): Promise<number> => withClient(database.url, async (client) =>
  Number((await client.query(
  `select count(*) n from pg_stat_activity where query like '%pg_sleep(60)%as mark%' and state = 'active'
    and pid <> pg_backend_pid() and $1 <> ''`, [mark])).rows[0].n));

async function untilRunning(count: number): Promise<void> {
  for (let i = 0; i < 400; i++) {
    if (await running('x') === count)
      return;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  assert.fail(`There were never ${count} such queries`);
}

test('a call is answered with a table in the columnar container', () => withSocket('?tables=columnar', async (client) => {
  await client.call(7, {'#type': 'DataQuery', 'id': idOf('plus'), 'query': 'drop table events'}, {a: 2, b: null, sum: null});
  const {tags, bytes} = await client.table(7);
  assert.deepEqual({...tags, '.id': ''}, {'.id': '', '.type': 'parquet', '.name': 'result'});
  assert.deepEqual(decodeColumnar(bytes).columns.map((column) => [column.name, ...plainValues(column)]),
    [['sum', 7], ['text', 'ü']]);
  const answer = await client.answer(7);
  assert.equal(answer.status, 'Completed');
  assert.equal(answer.id, 'call-7');
  assert.deepEqual(answer.parameterValues, {result: tags['.id']});
  assert.deepEqual(answer.func.params.map((param: any) => param.name), ['result']);
  assert.match(client.texts[1], /^7 PROGRESS \{"percent":10/);
}));

test('without a wish the table travels as d42', () => withSocket('', async (client) => {
  await client.call(1, {id: idOf('plus')}, {A: '3'});
  const {tags, bytes} = await client.table(1);
  assert.equal(tags['.type'], 'dataframe');
  const {call} = await loadCore();
  assert.equal(call.grok_DataFrame_ToCsv(call.grok_DataFrame_FromByteArray(bytes), null, null).trimEnd(), 'sum,text\n8,ü');
}));

test('large tables come in frames of 1 MiB, cut ones say so', () => withSocket('?tables=columnar', async (client) => {
  await client.call(1, {id: idOf('many')}, {n: 300_001});
  const {tags, bytes, frames} = await client.table(1);
  assert.ok(frames > 10);
  assert.deepEqual([tags['.host-truncated'], tags['.host-row-limit']], ['true', '300000']);
  assert.equal(decodeColumnar(bytes).rowCount, 300_000);
  assert.equal((await client.answer(1)).status, 'Completed');
  const log = client.texts.find((text) => text.startsWith('1 LOG '))!;
  assert.match(JSON.parse(log.slice(6)).message, /first 300,000 rows/);
  assert.ok(client.texts.some((text) => /^1 PROGRESS .*rows read/.test(text)));
}));

test('several calls on one socket do not mix', () => withSocket('?tables=columnar', async (client) => {
  await client.call(1, {id: idOf('many')}, {n: 50_000});
  await client.call(2, {id: idOf('many')}, {n: 3});
  const [large, small] = await Promise.all([client.table(1), client.table(2)]);
  assert.deepEqual([decodeColumnar(large.bytes).rowCount, decodeColumnar(small.bytes).rowCount], [50_000, 3]);
  assert.deepEqual([(await client.answer(1)).status, (await client.answer(2)).status], ['Completed', 'Completed']);
}));

test('scalar outputs come in the answer itself, inputs are not echoed', () => withSocket('', async (client) => {
  await client.call(1, {id: idOf('scalars')}, {x: 'y'});
  assert.deepEqual((await client.answer(1)).parameterValues,
    {total: 7, name: 'x', time: '2024-01-01T00:00:00.000Z', good: true});
  await client.call(2, {id: idOf('single')});
  assert.deepEqual((await client.answer(2)).parameterValues, {value: 1.5});
}));

test('cancelling ends the query in the database; the answer has no message', () => withSocket('', async (client) => {
  await client.call(1, {id: idOf('sleep')}, {mark: 'x'});
  await untilRunning(1);
  client.socket.send('1 CANCEL');
  const answer = await client.answer(1);
  assert.deepEqual([answer.status, 'errorMessage' in answer], ['Canceled', false]);
  await untilRunning(0);
}));

test('a client that goes away cancels its queries', async () => {
  const client = new Client();
  await client.call(1, {id: idOf('sleep')}, {mark: 'x'});
  await client.call(2, {id: idOf('sleep')}, {mark: 'y'});
  await untilRunning(2);
  client.close();
  await untilRunning(0);
});

test('a client that cannot take the table gets an error', () => withSocket('', async (client) => {
  await client.call(1, {id: idOf('plus')}, {a: 1});
  await client.until(() => client.texts.find((text) => text.startsWith('1 SENDING')));
  client.socket.send('1 PART ERROR');
  const answer = await client.answer(1);
  assert.deepEqual([answer.status, answer.errorMessage], ['Error', 'The client could not receive the table']);
}));

const adHoc = (query: string, connection: string | null = AD_HOC_CONNECTION) => () =>
  ({'id': '44444444-0000-4000-8000-000000000001', query, 'connection': connection && {id: connection}});

const refusals: [situation: string, user: string, func: () => object, message: RegExp][] = [
  ['a missing parameter', 'admin', () => ({id: idOf('plus')}), /^Parameter "a" is required$/],
  ['a query on another connection', 'admin', () => ({id: idOf('elsewhere')}), /Pkg:Elsewhere needs .* Other:Database/],
  ['a caller who may not', 'nobody', () => ({id: idOf('plus')}), /^Only Administrators may see this$/],
  ['a caller who is not signed in', 'stranger', () => ({id: idOf('plus')}), /^Sign in first$/],
  ['an unknown function', 'admin', () => ({name: 'CallQuery'}), /no function "CallQuery"/],
  ['SQL of a user', 'user', adHoc('select 1'), /Only administrators may run SQL/],
  ['SQL on another connection', 'admin', adHoc('select 1', 'x'), /System:Datagrok only/],
  ['SQL without connection', 'admin', adHoc('select 1', null), /System:Datagrok only/],
  ['SQL of an administrator that writes', 'admin', adHoc('delete from events returning id'), /read-only transaction/],
  ['SQL of an administrator that is none', 'admin', adHoc('-- nothing'), /no SQL/],
  ['a call that is none', 'admin', () => 5 as any, /no function call/],
];

for (const [situation, user, func, message] of refusals) {
  test(`refused: ${situation}`, () => withSocket(`?user=${user}`, async (client) => {
    await client.call(1, func());
    const answer = await client.answer(1);
    assert.equal(answer.status, 'Error');
    assert.match(answer.errorMessage, message);
    assert.ok(!client.texts.some((text) => text.includes('SENDING')));
  }));
}

test('an administrator may run SQL on the connection of the platform', () => withSocket('?tables=columnar', async (client) => {
  await client.call(1, adHoc('--input: int n\nselect @n::int + 1 as x')(), {n: 1});
  const {bytes} = await client.table(1);
  assert.deepEqual(plainValues(decodeColumnar(bytes).columns[0]), [2]);
  assert.equal((await client.answer(1)).func.id, '44444444-0000-4000-8000-000000000001');
}));

test('what a pattern means but cannot do is told', () => withSocket('', async (client) => {
  await client.call(1, {id: idOf('when')}, {date: 'Mon-Fri'});
  await client.table(1);
  await client.answer(1);
  assert.ok(client.texts.some((text) => /^1 LOG .*all rows pass/.test(text)));
}));

test('noise on the socket is ignored', () => withSocket('', async (client) => {
  await client.until(() => client.texts[0]);
  for (const noise of ['', 'PING REPLY', 'hello', '1 PART OK', '1 CANCEL', 'x CALL {}'])
    client.socket.send(noise);
  client.socket.send(Buffer.from([1, 2, 3]));
  client.socket.send('3 CALL {broken');
  assert.match((await client.answer(3)).errorMessage, /no JSON/);
  await client.call(4, {id: idOf('single')});
  assert.equal((await client.answer(4)).status, 'Completed');
}));

test('closing the server ends its sockets', async () => {
  const other = await streamServer(runner, queries);
  const socket = new WebSocket(`ws://127.0.0.1:${other.port}/api/log/funcs/call/stream`);
  await once(socket, 'message');
  const closed = once(socket, 'close');
  await other.close();
  await closed;
});

test('a table in several parts: the final message waits until the last part is answered', async () => {
  await withSocket('?tables=columnar', async (client) => {
    await client.call(1, {id: idOf('many')}, {n: 100_000});
    const {frames} = await client.table(1, async () => {
      await new Promise((later) => setTimeout(later, 100));
      assert.equal(client.texts.find((text) => text.startsWith('1 CALL ')), undefined);
    });
    assert.ok(frames > 2, `${frames} parts`);
    assert.equal((await client.answer(1)).status, 'Completed');
  });
});
