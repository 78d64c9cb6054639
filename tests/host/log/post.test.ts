import assert from 'node:assert/strict';
import {randomUUID} from 'node:crypto';
import {after, before, beforeEach, describe, it} from 'node:test';
import pg from 'pg';
import {ADMIN_USER} from '../../../host/server/access/well-known.ts';
import {LIMITS} from '../../../host/server/log/limits.ts';
import {testDatabase} from '../../support/postgres.ts';
import {serve, type Served} from '../server/serve.ts';

let database: Awaited<ReturnType<typeof testDatabase>>;
let server: Served;
let client: pg.Client;
const time = Date.UTC(2026, 2, 1, 12, 30, 15, 250);
const ENTITY = '00000600-0000-4000-8000-000000000000';

before(async () => {
  database = await testDatabase();
  client = new pg.Client({connectionString: database.url, options: '-c TimeZone=UTC'});
  await client.connect();
  await client.query(`insert into groups (id, name, personal) values (gen_random_uuid(), 'admin', true)`);
  await client.query(`insert into users (id, login, friendly_name, group_id) select $1, 'admin', 'Admin', id from groups`,
    [ADMIN_USER]);
  server = await serve(database.url, {readOnly: false});
});
after(async () => {
  await server?.close();
  await client?.end();
  await database?.close();
});
beforeEach(() => client.query('truncate events, event_parameter_values, event_parameters, event_types cascade'));

const post = (records: unknown, headers: Record<string, string> = {}) => server.request({method: 'PUT',
  url: '/api/log/audit', headers: {'content-type': 'application/json', ...headers},
  payload: typeof records === 'string' ? records : JSON.stringify(records)});
const rows = async (sql: string, values: unknown[] = []) => (await client.query(sql, values)).rows;
const count = async (table: string): Promise<number> => (await rows(`select count(*)::int n from ${table}`))[0].n;

/** Values of all events: name, declared type, text, id. */
const stored = async () => (await rows(`select p.name, p.type, v.value, v.value_uuid from event_parameter_values v
  join event_parameters p on p.id = v.parameter_id order by p.name`)).map((r) => [r.name, r.type, r.value, r.value_uuid]);

describe('a posted record', () => {
  it('becomes an event of its type, in the session of whoever posted it', async () => {
    const answer = await post([{level: 'usage', type: 'assay-opened', message: 'opened', time, params: {plate: 'P1'}}]);
    assert.deepEqual(answer.json, {accepted: 1, notSaved: 0, refused: []});
    assert.deepEqual(await rows(`select t.source, t.friendly_name type, e.description, e.error_message,
        to_char(e.event_time, 'YYYY-MM-DD HH24:MI:SS.MS') as at, s.user_id
      from events e join event_types t on t.id = e.event_type_id join users_sessions s on s.id = e.session_id`),
    [{source: 'usage', type: 'assay-opened', description: 'opened', error_message: null, at: '2026-03-01 12:30:15.250',
      user_id: ADMIN_USER}]);
  });

  it('keeps parameters of every kind', async () => {
    await post([{level: 'audit', type: 'kinds', message: 'm', time, params: {
      text: 'a "b"', empty: '', int: 96, double: -1.5, big: 1e21, yes: true, none: null, word: 'null',
      date: '2026-01-02T03:04:05.678Z', list: [1, 'x', null], map: {a: {b: 1}},
      '@entity': {'#type': 'Func', 'id': ENTITY.toUpperCase(), 'name': 'f'}, 'noid': {'#type': 'Func', 'id': 'x'}}}]);
    assert.deepEqual(await stored(), [
      ['big', 'int', '1e+21', null], ['date', 'datetime', '2026-01-02T03:04:05.678Z', null],
      ['double', 'double', '-1.5', null], ['empty', 'string', '', null], ['entity', 'entity_id', ENTITY, ENTITY],
      ['int', 'int', '96', null], ['list', 'list', '[1,"x",null]', null], ['map', 'map', '{"a":{"b":1}}', null],
      ['noid', 'map', '{"#type":"Func","id":"x"}', null], ['none', 'string', 'null', null],
      ['text', 'string', 'a "b"', null], ['word', 'string', 'null', null], ['yes', 'bool', 'true', null]]);
  });

  it('of a level that is not kept is acknowledged and not stored', async () => {
    const answer = await post([{level: 'debug', message: 'd'}, {level: 'info', message: 'i'},
      {level: 'warning', message: 'w'}, {level: 'error', message: 'e', stackTrace: 'at f (x.js:1:2)'}]);
    assert.deepEqual(answer.json, {accepted: 2, notSaved: 2, refused: []});
    assert.deepEqual(await rows('select source, friendly_name from event_types order by 1'),
      [{source: 'error', friendly_name: 'e'}, {source: 'warning', friendly_name: 'w'}]);
  });

  it('counts once, however often it is posted: by its id, and without one by the whole post', async () => {
    const records = [{id: randomUUID(), level: 'usage', type: 'a', message: '', params: {n: 1}},
      {level: 'usage', type: 'b', message: '', time, params: {n: 2}},
      {level: 'usage', type: 'b', message: '', time, params: {n: 2}}];
    for (let i = 0; i < 3; i++)
      assert.equal((await post(records)).json.accepted, 3);
    assert.equal(await count('events'), 3);
    assert.equal(await count('event_parameter_values'), 3);
    await post([...records, {id: records[0].id, level: 'usage', type: 'c', message: ''}]);
    assert.equal(await count('events'), 5, 'another post: its two records without an id are two more');
  });

  it('without a type is of the type that its message names', async () => {
    await post([{level: 'warning', message: 'x'.repeat(300)}, {level: 'warning', message: ''}]);
    assert.deepEqual((await rows('select length(friendly_name) n, friendly_name from event_types order by 1'))
      .map((r) => r.n === 200 ? 200 : r.friendly_name), ['warning', 200]);
  });
});

describe('errors', () => {
  const stack = (line: number, host: string): string => `Error: boom ${line}
    at open (http://${host}/api/packages/published/files/A/1.0/3f/dist/package.js?t=${line}:${line}:17)
    at async Object.run [as call] (http://${host}/x/y.js:1:${line})`;

  it('of one simplified stack are one type, whatever the lines, hosts and messages', async () => {
    await post([1, 2, 3].map((n) => ({level: 'error', message: `boom ${n}`, stackTrace: stack(n, `h${n}`)})));
    await post([{level: 'error', message: 'other', stackTrace: 'Error: other\n    at close (http://h/x/y.js:1:1)'}]);
    assert.deepEqual(await rows(`select t.friendly_name, t.is_error, count(*)::int n, count(distinct e.error_message)::int m
      from event_types t join events e on e.event_type_id = t.id group by t.id order by n desc`),
    [{friendly_name: 'boom 1', is_error: true, n: 3, m: 3}, {friendly_name: 'other', is_error: true, n: 1, m: 1}]);
  });

  it('are grouped by the client\'s own hash where it has one', async () => {
    const stackTraceHash = randomUUID();
    await post([{level: 'error', message: 'a', stackTrace: stack(1, 'h'), stackTraceHash},
      {level: 'error', message: 'b', stackTrace: 'at z (q.js:1:1)', stackTraceHash}]);
    assert.deepEqual(await rows('select error_stack_trace_hash h from event_types'), [{h: stackTraceHash}]);
  });
});

describe('types and parameters', () => {
  it('are declared once when many clients use them first at the same time', async () => {
    const other = await serve(database.url, {readOnly: false});
    try {
      const one = (n: number) => [{level: 'usage', type: 'fresh', message: `${n}`, params: {a: n, b: `${n}`}},
        {level: 'error', message: 'same', stackTrace: 'at f (x.js:1:2)'}];
      const answers = await Promise.all(Array.from({length: 40}, (_, n) => (n % 2 ? other : server).request({method: 'PUT',
        url: '/api/log/audit', payload: JSON.stringify(one(n))})));
      assert.deepEqual(new Set(answers.map((a) => a.json.accepted)), new Set([2]));
      assert.deepEqual(await rows(`select t.source, count(*)::int n, (select count(*)::int from event_parameters p
        where p.event_type_id = any(array_agg(distinct t.id))) params from event_types t group by 1 order by 1`),
      [{source: 'error', n: 1, params: 0}, {source: 'usage', n: 1, params: 2}]);
      assert.equal(await count('events'), 80);
      assert.equal(await count('event_parameter_values'), 80);
    } finally {
      await other.close();
    }
  });

  it('that an administrator has deleted meanwhile are declared anew', async () => {
    const one = [{level: 'usage', type: 'kept', message: '', params: {a: 1}}];
    await post([{...one[0], message: '1'}]);
    await client.query('truncate events, event_parameter_values, event_parameters, event_types cascade');
    await post([{...one[0], message: '2'}]);
    const again = await post([{...one[0], message: '3'}]);
    assert.equal(again.json.accepted, 1);
    assert.equal(await count('event_types'), 1);
  });
});

describe('what cannot be taken', () => {
  const good = {level: 'usage', type: 'good', message: 'ok', time};
  const deep = `[${'['.repeat(20_000)}${']'.repeat(20_000)}]`;
  const bad: [string, unknown, RegExp][] = [
    ['no object', 5, /a record is an object/], ['a list', [], /a record is an object/],
    ['no level', {message: 'm'}, /level is one of/], ['an unknown level', {level: 'toString', message: ''}, /level/],
    ['a message that is none', {level: 'usage', message: {}}, /message is a text/],
    ['a long message', {level: 'usage', message: 'x'.repeat(LIMITS.message + 1)}, /longer than/],
    ['a long type', {level: 'usage', type: 'x'.repeat(LIMITS.name + 1), message: ''}, /type is longer/],
    ['a NUL', {level: 'usage', message: 'a\0b'}, /NUL/], ['a NUL in a value', {...good, params: {a: '\0'}}, /NUL/],
    ['a NUL in a name', {...good, params: {'\0': 1}}, /NUL/],
    ['a long value', {...good, params: {a: 'x'.repeat(LIMITS.value + 1)}}, /value of a is longer/],
    ['many parameters', {...good, params: Object.fromEntries(Array.from({length: 201}, (_, i) => [i, i]))}, /more than 200/],
    ['a parameter without a name', {...good, params: {'@': 1}}, /has a name/],
    ['params that are none', {...good, params: 'x'}, /params is an object/],
    ['a far future', {...good, time: Date.now() + 2 * 86_400_000}, /time is/], ['a far past', {...good, time: 0}, /time is/],
    ['no instant', {...good, time: 'soon'}, /time is/], ['no id', {...good, id: 'x'}, /id is a uuid/],
  ];
  for (const [name, record, reason] of bad) {
    it(`is refused with the reason, and harms no other: ${name}`, async () => {
      const alone = await post([record]);
      assert.equal(alone.status, 400);
      assert.match(alone.json.message, reason);
      const together = await post([good, record]);
      assert.equal(together.status, 200);
      assert.equal(together.json.accepted, 1);
      assert.equal(together.json.refused[0].index, 1);
      assert.match(together.json.refused[0].reason, reason);
      assert.equal(await count('events'), 1);
    });
  }

  it('is refused as a post: no JSON, too many records, too large', async () => {
    for (const [body, status] of [['', 400], ['{', 400], [JSON.stringify(Array(LIMITS.records + 1).fill(good)), 413],
      [JSON.stringify([{...good, message: 'x'.repeat(9 * 2 ** 20)}]), 413]] as const)
      assert.equal((await post(body)).status, status, body.slice(0, 20));
    assert.equal(await count('events'), 0);
  });

  it('does not break the host: deep nesting, names of prototypes, halves of surrogate pairs', async () => {
    const nested = await post(`[{"level":"usage","type":"n","message":"m","params":{"a":${deep}}}]`);
    assert.ok([200, 400].includes(nested.status));
    const odd = await post('[{"level":"usage","type":"odd","message":"\\ud800x","params":{"__proto__":1,"constructor":"c"}}]');
    assert.equal(odd.json.accepted, 1);
    assert.deepEqual(await rows(`select description from events e join event_types t on t.id = e.event_type_id
      where t.friendly_name = 'odd'`), [{description: '\ufffdx'}]);
    assert.deepEqual((await stored()).filter(([name]) => name !== 'a').map(([name]) => name), ['__proto__', 'constructor']);
  });
});

it('more than may wait is turned away with 429 and a time to come again, and what was accepted is there', async () => {
  const answers = await Promise.all(Array.from({length: 40}, (_, n) => post(
    Array.from({length: 500}, (_x, i) => ({level: 'usage', type: 'flood', message: `${n} ${i}`, params: {n: i}})))));
  const accepted = answers.filter((a) => a.status === 200);
  const refused = answers.filter((a) => a.status !== 200);
  assert.ok(accepted.length >= 10, `${accepted.length} posts were accepted`);
  assert.ok(refused.length > 0 && refused.every((a) => a.status === 429 && a.headers['retry-after'] === '1'));
  assert.equal(await count('events'), accepted.reduce((sum, a) => sum + a.json.accepted, 0));
});

it('a read-only database refuses in words', async () => {
  const other = await serve(database.url);
  try {
    const {status, json} = await other.request({method: 'PUT', url: '/api/log/audit', payload: '[]'});
    assert.equal(status, 409);
    assert.match(json.message, /read-only: nothing is logged/);
  } finally {
    await other.close();
  }
});

it('saved calls keep inputs, outputs, times and errors, and come to their end later', async () => {
  const spec = server.app.registry.functionByName('LoginsFrom', 'OpenChart')!;
  const first = spec.params.find((p) => p.isInput)!;
  await server.get('admin/startup_data');
  const call = {'#type': 'FuncCall', 'id': randomUUID(), 'func': {id: spec.id}, 'started': '2026-03-01T10:00:00.000Z',
    'status': 'Running', 'parameterValues': {[first.name]: 'b'}};
  const save = (body: object) => server.request({method: 'POST', url: '/api/log/funcs/calls', payload: JSON.stringify(body)});
  assert.equal((await save(call)).status, 200);
  assert.equal((await save({...call, status: 'Error', finished: '2026-03-01T10:00:01.500Z', errorMessage: 'no'})).status, 200);
  assert.deepEqual(await rows(`select status, extract(epoch from ended - started)::float s, error_message e from func_calls
    where id = $1`, [call.id]), [{status: 'Error', s: 1.5, e: 'no'}]);
  assert.deepEqual(await rows(`select p.name, v.value from func_call_values v join func_params p on p.id = v.func_param_id
    where v.func_call_id = $1 and v.value is not null`, [call.id]), [{name: first.name, value: 'b'}]);
  assert.equal((await save({...call, func: {id: randomUUID()}})).status, 404);
  assert.equal((await save({...call, started: 'x'})).status, 400);
});
