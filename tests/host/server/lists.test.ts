import assert from 'node:assert/strict';
import {after, before, describe, it} from 'node:test';
import fc from 'fast-check';
import {decodeAgain, readListQuery} from '../../../host/server/api/list-query.ts';
import {parseFilter} from '../../../host/server/api/filter.ts';
import {instantOf} from '../../../host/server/api/selection.ts';
import {EVENT_COUNT, GROUPS, id, organisation, USERS} from './organisation.ts';
import {filterText, serve, type Served} from './serve.ts';

let database: Awaited<ReturnType<typeof organisation>>;
let server: Served;
before(async () => {
  database = await organisation();
  server = await serve(database.url);
});
after(async () => {
  await server?.close();
  await database?.close();
});

const ids = (list: any[]): string[] => list.map((one) => one.id);
const names = (list: any[]): string[] => list.map((one) => one.name);
const sql = async (text: string, values: unknown[] = []): Promise<string[]> =>
  (await database.client.query(text, values)).rows.map((row) => row.id);

describe('smart filters', () => {
  for (const [text, expected] of [
    ['', {conditions: [], words: [], tags: []}],
    ['shortName = "x" and namespace = "Pkg:"', {conditions: [{field: 'shortname', comparison: '=', value: 'x'},
      {field: 'namespace', comparison: '=', value: 'Pkg:'}], words: [], tags: []}],
    ['name="a \\"b\\" and c"', {conditions: [{field: 'name', comparison: '=', value: 'a "b" and c'}], words: [],
      tags: []}],
    [`a.b != 'it''`, undefined],
    ['isDashboard = true', {conditions: [{field: 'isdashboard', comparison: '=', value: 'true'}], words: [], tags: []}],
    ['joined > 2024-01-01', {conditions: [{field: 'joined', comparison: '>', value: '2024-01-01'}], words: [],
      tags: []}],
    ['two words', {conditions: [], words: ['two', 'words'], tags: []}],
    ['#panel #app', {conditions: [], words: [], tags: ['panel', 'app']}],
    ['a = 1 or b = 2', undefined], ['name in ("a")', undefined], ['a = 1 and', undefined], ['a = 1 b', undefined],
    ['name like "x"', undefined],
  ] as const) {
    it(text || '(empty)', () => expected ? assert.deepEqual(parseFilter(text), expected) :
      assert.throws(() => parseFilter(text), {status: 400}));
  }

  it('any text is read or refused', () => fc.assert(fc.property(fc.string(), (text) => {
    try {
      parseFilter(text);
    } catch (error) {
      assert.equal((error as {status?: number}).status, 400);
    }
  })));

  it('any value in quotes is read as it is', () => fc.assert(fc.property(fc.string(), (value) => {
    const quoted = value.replace(/["\\]/g, '\\$&');
    assert.deepEqual(parseFilter(`name = "${quoted}"`).conditions, [{field: 'name', comparison: '=', value}]);
  })));

  it('the second encoding of the core is undone', () => fc.assert(fc.property(fc.string({unit: 'grapheme'}), (text) => {
    assert.equal(decodeAgain(encodeURIComponent(text)), text);
  })));
});

describe('pages', () => {
  for (const [query, limit, offset] of [[{}, 10_000, 0], [{limit: '10'}, 10, 0], [{limit: '10', page: '1'}, 10, 0],
    [{limit: '10', page: '0'}, 10, 0], [{limit: '10', page: '3'}, 10, 20], [{limit: '999999'}, 10_000, 0]] as const) {
    it(JSON.stringify(query), () => {
      const read = readListQuery(query);
      assert.deepEqual([read.limit, read.offset], [limit, offset]);
    });
  }

  it('together are the whole, each once, in the order asked for', async () => {
    for (const [order, sorted] of [
      ['eventTime', 'event_time, id'], ['!eventTime', 'event_time desc, id desc'],
      ['description', 'description, id'], ['%21description', 'description desc, id desc'],
    ]) {
      const pages: string[] = [];
      for (let page = 1; page <= 9; page++)
        pages.push(...ids((await server.get(`log?limit=7&page=${page}&order=${order}`)).json));
      assert.deepEqual(pages, await sql(`select id from events order by ${sorted}`), order);
    }
    assert.deepEqual((await server.get('log?limit=7&page=10')).json, []);
    assert.equal((await server.get('log/count?limit=7&page=2')).text, String(EVENT_COUNT));
  });

  it('an order or a filter by what a kind does not have is refused', async () => {
    for (const query of ['order=nonsense', 'order=id;drop table users', 'text=nonsense%253D1', 'text=constructor%253D1',
      'limit=-1', 'page=x', `text=${filterText('a or b')}`]) {
      const {status, json} = await server.get(`users?${query}`);
      assert.deepEqual([status, json['#type']], [400, 'ApiError'], query);
    }
  });
});

describe('filters in the database', () => {
  const filtered = async (path: string, text: string) => (await server.get(`${path}?text=${filterText(text)}`)).json;

  it('compare names as they are, whatever they contain', async () => {
    const {rows} = await database.client.query('select distinct friendly_name as name from events');
    for (const {name} of rows) {
      const text = `name = "${name.replace(/["\\]/g, '\\$&')}"`;
      assert.deepEqual(ids(await filtered('log', text)).sort(),
        (await sql('select id from events where lower(friendly_name) = lower($1)', [name])).sort(), name);
      assert.equal((await server.get(`log/count?text=${filterText(text)}`)).text,
        String((await sql('select id from events where lower(friendly_name) = lower($1)', [name])).length));
    }
    assert.equal((await sql('select id from events')).length, EVENT_COUNT, 'nothing was dropped');
  });

  it('words are found inside names, wildcards being plain', async () => {
    assert.deepEqual(names(await filtered('groups', 'lab%')), ['lab%']);
    assert.deepEqual(names(await filtered('groups', 'OOP a')), ['loop a']);
    assert.deepEqual(await filtered('groups', 'l_b'), []);
    assert.deepEqual(names(await filtered('groups', 'floor')), ['top']);
  });

  it('take booleans, dates, ids and null', async () => {
    assert.deepEqual(names(await filtered('groups', 'personal = true')), ['admin', 'ann', 'bob', 'eve']);
    assert.deepEqual(names(await filtered('users', 'joined > "2021-01-01T00:00:00Z" and login != "ann"')), ['bob',
      'eve']);
    assert.deepEqual(names(await filtered('users', `id = "${USERS.bob}"`)), ['bob']);
    assert.deepEqual(await filtered('users', 'id = "no uuid"'), []);
    assert.equal((await filtered('log', 'session.id = null')).length, 12);
    assert.equal((await filtered('log', 'eventType.isError = true and session.user.login = "ann"')).length,
      (await sql(`select e.id from events e join event_types t on t.id = e.event_type_id join users_sessions s
        on s.id = e.session_id where t.is_error and s.user_id = $1`, [USERS.ann])).length);
  });

  it('log.where narrows by entity and half-open time', async () => {
    const range = 'start=2024-05-02+10%3A00%3A00.123&end=2024-05-08+10%3A00%3A00.123';
    const {json} = await server.get(`log?entityId=${id(600)}&${range}&favoritesOnly=false`);
    const expected = await sql(`select id from events where event_time >= '2024-05-02 10:00:00.123' and
      event_time < '2024-05-08 10:00:00.123' and id in (select event_id from event_parameter_values where value_uuid = $1)
      order by event_time desc, id desc`, [id(600)]);
    assert.ok(expected.length > 1);
    assert.deepEqual(ids(json).sort(), expected.sort());
    assert.equal((await server.get('log?favoritesOnly=true')).status, 501);
    assert.equal((await server.get('log?start=yesterday')).status, 400);
  });

  it('a date without zone is UTC', () => {
    assert.equal(instantOf('2024-01-02 03:04:05.678'), '2024-01-02T03:04:05.678');
    assert.equal(instantOf('2024-01-02T03:04:05+02:00'), '2024-01-02T01:04:05.000');
    assert.equal(instantOf('2024-01-02'), '2024-01-02T00:00:00.000');
  });
});

describe('entities', () => {
  it('a user has a personal group, a project, and dates in UTC', async () => {
    const {json} = await server.get(`users/${USERS.ann}`);
    assert.deepEqual([json['#type'], json.login, json.friendlyName, json.joined, json.status, json.group.id,
      json.group.personal],
      ['User', 'ann', 'Ann', '2024-03-01T12:00:00.5Z', 'active', GROUPS.ann, true]);
    assert.deepEqual([json.project['#type'], typeof json.project.id], ['Project', 'string']);
    assert.deepEqual([(await server.get(`users/${id(99)}`)).status, (await server.get('users/nobody-1')).status,
      (await server.get('reports/rules')).status], [404, 404, 501]);
    assert.equal((await server.get('users/sessions', 'ann')).json.length, 1);
  });

  it('a group has its direct members and memberships when asked, also in a circle', async () => {
    const {json} = await server.get(`groups/${GROUPS['loop a']}?include=children.child%2C%2Cparents.parent%2C`);
    assert.deepEqual(names(json.children.map((one: any) => one.child)), ['bob', 'loop c']);
    assert.deepEqual(names(json.parents.map((one: any) => one.parent)), ['loop b']);
    assert.equal((await server.get(`groups/${GROUPS['loop a']}`)).json.children, undefined);
    assert.equal((await server.get(`groups/${GROUPS.bob}/user`)).json.login, 'bob');
    assert.deepEqual(names((await server.get('groups/lookup?query=loop%20b')).json), ['loop b']);
    assert.deepEqual(names((await server.get('groups/all_parents', 'eve')).json).sort(), ['All users', 'eve']);
  });

  it('functions that run here come before the database\'s of the same name, others in the version in use', async () => {
    const list = (await server.get('log/funcs')).json;
    assert.deepEqual(list.map((one: any) => `${one['#type']} ${one.namespace}${one.name}`).sort(), [
      'DataQuery GuardedNumbers:Secret', 'DataQuery OldLab:Compounds', 'DataQuery OpenChart:CountOfEvents',
      'DataQuery OpenChart:LoginsFrom', 'PackageFunc GuardedNumbers:numbersApp', 'PackageFunc GuardedNumbers:oldSecret',
      'PackageFunc OldLab:assay', 'PackageFunc OpenChart:chartApp', 'PackageFunc OpenChart:twice', 'Script ann:mine',
    ]);
    assert.equal((await server.get('log/funcs/count')).text, '10');
    const assay = list.find((one: any) => one.name === 'assay');
    assert.deepEqual([assay.id, assay.package.id, assay.params.map((one: any) => one.name), assay.entityTags[0].tag],
      [id(501), id(411), ['n'], 'Plates']);
    const old = await server.get(`log/funcs/${id(500)}`);
    assert.equal(old.json.package.id, id(410), 'an older version is found by its id');
  });

  it('queries and scripts come with their text and connection', async () => {
    const queries = (await server.get('connectors/queries')).json;
    assert.deepEqual(names(queries).sort(), ['Compounds', 'CountOfEvents', 'LoginsFrom', 'Secret']);
    const compounds = queries.find((one: any) => one.name === 'Compounds');
    assert.deepEqual([compounds.query, compounds.connection.name, compounds.connection.dataSource], ['select 1',
      'Warehouse', 'Oracle']);
    const logins = queries.find((one: any) => one.name === 'LoginsFrom');
    assert.deepEqual([logins.connection.namespace, logins.connection.dataSource, logins.params[0].defaultValue,
      logins.params[0].isOptional],
      ['System:', 'PostgresDart', 'a', true]);
    assert.deepEqual((await server.get('scripts')).json.map((one: any) => [one.name, one.language]), [['mine',
      'javascript']]);
  });

  it('packages: running ones, and the database\'s in the version in use or all', async () => {
    const list = (await server.get('packages/published')).json;
    assert.deepEqual(list.map((one: any) => [one.name, one.version]),
      [['GuardedNumbers', '0.1.0'], ['OldLab', '2.0.0'], ['OpenChart', '1.2.3']]);
    const all = await server.request({method: 'GET', url: '/api/packages/published',
      headers: {'datlas-all-package-versions': 'true'}});
    assert.deepEqual(all.json.map((one: any) => `${one.name} ${one.version}`).sort(),
      ['GuardedNumbers 0.0.9', 'GuardedNumbers 0.1.0', 'OldLab 1.0.0', 'OldLab 2.0.0', 'OpenChart 1.2.3']);
    assert.deepEqual((await server.get('packages?text=openchart')).json.map((one: any) =>
      one.publishedVersions[0].version), ['1.2.3']);
  });

  it('by a list of ids come in its order, of any kind, without unknown and deleted ones', async () => {
    const asked = [id(603), id(502), USERS.bob, id(99), GROUPS.team, id(604), 'nonsense', id(610)];
    const {json} = await server.request({method: 'POST', url: '/api/entities/get', payload: JSON.stringify(asked),
      headers: {'content-type': 'text/plain'}});
    assert.deepEqual(json.map((one: any) => [one['#type'], one.friendlyName]),
      [['Project', 'Board 3'], ['DataQuery', 'Compounds'], ['User', 'Bob'], ['UserGroup', 'team']]);
    for (const payload of ['{"a":1}', '[1]', 'nonsense', ''])
      assert.equal((await server.request({method: 'POST', url: '/api/entities/get', payload})).status, 400, payload);
  });

  it('a list of mixed entities has no class that the core does not know', async () => {
    const list = (await server.get('entities')).json;
    assert.ok(list.every((one: any) => one['#type'] !== 'Mystery' && one['#type']));
    assert.equal((await server.get('entities/count')).text, String(list.length));
    const {json} = await server.get(`entities?text=${filterText('shortName = "assay" and namespace = "OldLab:"')}`);
    assert.deepEqual(ids(json), [id(501)], 'one of several versions');
    const connection = await server.get(`entities?text=${filterText('shortName = "datagrok" and namespace = "System:"')}`);
    assert.deepEqual(connection.json.map((one: any) => [one['#type'], one.name]), [['DataConnection', 'Datagrok']]);
    assert.deepEqual((await server.get(`entities?text=${filterText('shortName = "x" and namespace = "Nowhere:"')}`)).json, []);
  });

  it('an event has its type, session and parameters; a call its typed values', async () => {
    const {json} = await server.get(`log/${id(1001)}`);
    assert.deepEqual([json['#type'], json.eventTime, json.eventType.name, json.session.user.login],
      ['LogEvent', '2024-05-02T10:00:00.123456Z', 'click', 'bob']);
    assert.deepEqual(json.parameters.map((one: any) => [one.parameter.name, one.parameter.type, one.value]),
      [['entity', 'entity_id', id(600)]]);
    const calls = (await server.get('log/funcs/calls?order=started')).json;
    assert.deepEqual(calls.map((one: any) => one.parameterValues.n), [0, 1, 2, 3, 4, 5]);
    assert.deepEqual([calls[1].func.name, calls[1].session.user.login, calls[1].finished], ['assay', 'bob',
      '2024-05-02T10:00:02Z']);
  });

  it('projects: dashboards by filter, deleted ones gone, relations when asked', async () => {
    assert.equal((await server.get('projects/count')).text, '4');
    const {json} = await server.get('projects?order=createdOn&include=relations.entity,');
    assert.deepEqual(json.map((one: any) => one.friendlyName), ['Board 0', 'Board 1', 'Board 2', 'Board 3']);
    assert.deepEqual(json[0].relations.map((one: any) => [one.entity['#type'], one.entity.name]), [['DataQuery',
      'Compounds']]);
  });
});

describe('a database that is not there', () => {
  it('is told with 503, and pages still load', async () => {
    const other = await serve('postgres://nobody@127.0.0.1:1/none');
    try {
      const {status, json} = await other.get('users');
      assert.deepEqual([status, json.message], [503, 'The database cannot be reached']);
      assert.equal((await other.request({method: 'GET', url: '/', headers: {accept: 'text/html'}})).status, 200);
    } finally {
      await other.close();
    }
  });
});
