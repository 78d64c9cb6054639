import assert from 'node:assert/strict';
import {mkdtempSync, readdirSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {after, afterEach, before, beforeEach, describe, it} from 'node:test';
import {DevKeys, devKeysFile} from '../../host/server/access/dev-keys.ts';
import {organisation} from '../host/server/organisation.ts';
import {serve, type Answer, type Served} from '../host/server/serve.ts';
import {zip, zipOf} from './zip.ts';

/** A package that somebody else could have made: a function, a query, a script, a test. */
const LAB = (version: string, extra: Record<string, string | object> = {}) => ({
  'package.json': {name: '@acme/new-lab', friendlyName: 'New Lab', version, category: 'Science', canEdit: ['team']},
  'dist/package.js': `//name: Answer\n//input: int n = ${version.split('.')[0]}\n//output: int r\nvar newlab = {answer: (n) => n};\n`,
  'src/package.ts': '//name: Answer\n//input: int n = 1\n//output: int r\nexport function answer(n: number) { return n; }\n',
  'queries/a.sql': '--name: Users Now\n--connection: System:Datagrok\n--input: string first = "a"\nselect login from users\n--end\n',
  'scripts/s.js': '//name: Note\n//language: javascript\nlet a = 1;\n',
  ...extra,
});

let database: Awaited<ReturnType<typeof organisation>>;
let server: Served;
let data: string;
let keys: Record<'admin' | 'ann' | 'eve', string>;

before(async () => {
  database = await organisation();
});
after(() => database?.close());
beforeEach(async () => {
  data = mkdtempSync(path.join(tmpdir(), 'publish-'));
  const made = new DevKeys(devKeysFile(data));
  keys = {admin: made.make(null), ann: made.make('ann'), eve: made.make('eve')};
  server = await serve(database.url, {readOnly: false, dataFolder: data});
});
const stop = async () => {
  await server.close();
  rmSync(data, {recursive: true, force: true});
};

afterEach(stop);

const dev = (key: string) => ({authorization: `Dev ${key}`});
const post = (payload: Buffer, {key = keys.admin, name = '@acme/new-lab', query = 'debug=false'} = {}): Promise<Answer> =>
  server.request({method: 'POST', url: `/api/packages/dev/${name}?${query}`, headers: dev(key), payload});
const timestamps = async (key: string, name = '@acme/new-lab'): Promise<Answer> =>
  server.request({method: 'GET', url: `/api/packages/dev/${name}/timestamps`, headers: dev(key)});
/** What a user gets from the running host, without a restart. */
const served = async (key: string) => {
  const {json} = await server.request({method: 'GET', url: '/api/admin/startup_data', headers: dev(key)});
  const found: any = Object.values(json.currentPackages).find((one: any) => one.name === 'NewLab');
  const functions = Object.values<any>(json.allFuncs).filter((f) => f.package.id === found?.id)
    .map((f) => f.name).sort();
  return found && {version: found.version, debug: found.debug, build: found.buildNumber, functions, id: found.id};
};
const refused = (answer: Answer, status: number, message: RegExp) => {
  assert.equal(answer.status, status, answer.text);
  assert.equal(answer.json['#type'], 'ApiError');
  assert.match(answer.json.message, message);
};
const rows = async (sql: string, values: unknown[] = []) => (await database.client.query(sql, values)).rows;

describe('publishing', () => {
  it('a release is served at once to everybody, and recorded with its functions', async () => {
    assert.equal(await served(keys.eve), undefined);
    const answer = await post(zipOf(LAB('1.0.0')), {query: 'debug=false&rebuild=false&dropDb=false&suffix=0a1b2c3d'});
    assert.equal(answer.status, 200, answer.text);
    const now = await served(keys.eve);
    assert.deepEqual(now, {version: '1.0.0', debug: false, build: 1, functions: ['Note', 'UsersNow', 'answer'],
      id: answer.json.id});

    const [row] = await rows(`select k.name, k.category, pp.version, pp.is_current, pp.debug, pp.commit, pp.author_id,
      pp.published_on > now() at time zone 'utc' - interval '1 minute' as now
      from published_packages pp join packages k on k.id = pp.package_id where pp.id = $1`, [now!.id]);
    assert.deepEqual(row, {name: 'NewLab', category: 'Science', version: '1.0.0', is_current: true, debug: false,
      commit: '0a1b2c3d', author_id: '878c42b0-9a50-11e6-c537-6bf8e9ab02ee', now: true});
    assert.deepEqual(await rows(`select f.name, f.source, t.name as type, q.id is not null as query,
        s.id is not null as script, (select count(*)::int from func_params p where p.func_id = f.id) as params
      from entities e join funcs f on f.id = e.id join entity_types t on t.id = e.entity_type_id
      left join queries q on q.id = f.id left join scripts s on s.id = f.id
      where e.package_id = $1 and not e.is_deleted order by f.name collate "C"`, [now!.id]), [
      {name: 'Note', source: 'script', type: 'Script', query: false, script: true, params: 0},
      {name: 'UsersNow', source: 'data-query', type: 'DataQuery', query: true, script: false, params: 2},
      {name: 'answer', source: 'function-package', type: 'PackageFunc', query: false, script: false, params: 2},
    ]);
  });

  it('a second version has rows of its own; one published again loses what it no longer has', async () => {
    await post(zipOf(LAB('1.0.0')));
    const first = await served(keys.eve);
    await post(zipOf(LAB('2.0.0')));
    const second = await served(keys.eve);
    assert.equal(second!.version, '2.0.0');
    assert.deepEqual(await rows(`select version, is_current from published_packages where id = any($1) order by 1`,
      [[first!.id, second!.id]]), [{version: '1.0.0', is_current: false}, {version: '2.0.0', is_current: true}]);
    assert.deepEqual(await rows(`select package_id, count(*)::int as n from entities where package_id = any($1) and
      not is_deleted group by 1 order by package_id = $2`, [[first!.id, second!.id], second!.id]),
    [{package_id: first!.id, n: 3}, {package_id: second!.id, n: 3}]);
    const {'scripts/s.js': _gone, ...fewer} = LAB('2.0.0');
    await post(zipOf(fewer));
    assert.deepEqual((await served(keys.eve))!.functions, ['UsersNow', 'answer']);
    assert.deepEqual(await rows(`select f.name from entities e join funcs f on f.id = e.id
      where e.package_id = $1 and e.is_deleted`, [second!.id]), [{name: 'Note'}]);
  });

  it('is told by the log, with the package and how long it took, in the session of whoever did it', async () => {
    const count = `select count(*)::int as n from events e join event_types t on t.id = e.event_type_id
      where t.friendly_name = 'package-version-published'`;
    const [{n}] = await rows(count);
    assert.equal((await post(zipOf(LAB('3.0.0')))).status, 200);
    assert.equal((await post(zipOf(LAB('3.1.0')), {key: keys.ann})).status, 200);
    assert.deepEqual(await rows(count), [{n: n + 2}]);
    const told = await rows(`select t.source, u.login, k.name, ms.value::int >= 0 as timed
      from events e join event_types t on t.id = e.event_type_id join users_sessions s on s.id = e.session_id
      join users u on u.id = s.user_id
      join event_parameters pe on pe.event_type_id = t.id and pe.name = 'entity'
      join event_parameter_values v on v.event_id = e.id and v.parameter_id = pe.id
      join packages k on k.id::text = v.value
      join event_parameters pm on pm.event_type_id = t.id and pm.name = 'ms'
      join event_parameter_values ms on ms.event_id = e.id and ms.parameter_id = pm.id
      where t.friendly_name = 'package-version-published' order by e.event_time desc limit 2`);
    assert.deepEqual(told, ['ann', 'admin'].map((login) => ({source: 'audit', login, name: 'NewLab', timed: true})));
  });

  it('a debug build is its publisher\'s alone, and gives way to that user\'s release', async () => {
    await post(zipOf(LAB('1.0.0')));
    await post(zipOf(LAB('1.1.0', {'scripts/t.js': '//name: Extra\n'})), {key: keys.ann, query: 'debug=true'});
    const own = await served(keys.ann);
    assert.deepEqual([own!.version, own!.debug, own!.functions], ['ann', true, ['Extra', 'Note', 'UsersNow', 'answer']]);
    for (const key of [keys.admin, keys.eve])
      assert.deepEqual([(await served(key))!.version, (await served(key))!.debug], ['1.0.0', false]);
    const file = `/api/packages/published/files/NewLab/ann/${server.app.registry.version(own!.id)!.buildHash}/1/dist/package.js`;
    const read = (key: string) => server.request({method: 'GET', url: file, headers: dev(key)});
    assert.equal((await read(keys.ann)).status, 200);
    assert.equal((await read(keys.eve)).status, 403);
    await post(zipOf(LAB('1.2.0')), {key: keys.ann});
    for (const key of [keys.ann, keys.eve])
      assert.equal((await served(key))!.version, '1.2.0');
  });

  it('a debug build is completed from the one before, by timestamps', async () => {
    const times = (names: string[]) => Object.fromEntries(names.map((name) => [name, 'Mon, 01 Jan 2024 00:00:00 GMT']));
    const files = LAB('1.0.0');
    const all = [...Object.keys(files), 'README.md'];
    assert.deepEqual((await timestamps(keys.admin)).json, {});
    await post(zipOf({...files, 'README.md': 'one', 'timestamps.json': times(all)}), {query: 'debug=true'});
    assert.deepEqual((await timestamps(keys.admin)).json, times(all));

    const left = all.filter((name) => name !== 'scripts/s.js');
    const second = await post(zipOf({'README.md': 'two', 'timestamps.json': times(left)}), {query: 'debug=true'});
    assert.equal(second.status, 200, second.text);
    assert.deepEqual([(await served(keys.admin))!.functions, (await served(keys.admin))!.build], [['UsersNow', 'answer'], 2]);
    const spec = server.app.registry.package('NewLab', '878c42b0-9a50-11e6-c537-6bf8e9ab02ee')!;
    const readme = await server.request({method: 'GET', headers: dev(keys.admin), url:
      `/api/packages/published/files/NewLab/admin/${spec.buildHash}/2/README.md`});
    assert.equal(readme.text, 'two');

    refused(await post(zipOf({'timestamps.json': times([...left, 'files/unknown.txt'])}), {query: 'debug=true'}), 409,
      /"files\/unknown.txt" was not sent/);
    refused(await post(zipOf({'timestamps.json': times(['../../../dev-keys.json'])}), {query: 'debug=true'}), 409,
      /was not sent/);
    assert.equal((await served(keys.admin))!.build, 2);
  });

  it('survives a restart of the host', async () => {
    await post(zipOf(LAB('1.0.0')));
    await server.close();
    server = await serve(database.url, {readOnly: false, dataFolder: data});
    assert.equal((await served(keys.eve))!.version, '1.0.0');
    assert.deepEqual(readdirSync(path.join(data, 'published', '%40acme%2Fnew-lab')).sort(),
      ['release.1', 'release.json']);
  });
});

describe('what is refused', () => {
  it('changes nothing', async () => {
    await post(zipOf(LAB('1.0.0')));
    const state = async () => ({
      ann: await served(keys.ann), eve: await served(keys.eve),
      files: readdirSync(path.join(data, 'published'), {recursive: true}).sort(),
      tables: await rows(`select (select count(*)::int from packages) packages, (select count(*)::int from funcs) funcs,
        (select count(*)::int from published_packages) versions, (select count(*)::int from entities) entities`),
    });
    const known = await state();
    const good = zipOf(LAB('2.0.0'));
    const cases: [string, () => Promise<Answer>, number, RegExp][] = [
      ['a wrong key', () => post(good, {key: 'x'.repeat(64)}), 403, /developer key is not known/],
      ['no administrator, no editor', () => post(good, {key: keys.eve}), 403, /members of team; eve is none of them/],
      ['a debug build of no editor', () => post(good, {key: keys.eve, query: 'debug=true'}), 403, /eve is none/],
      ['a new package of no administrator', () => post(good, {key: keys.ann, name: 'other'}), 403, /is new here/],
      ['a broken archive', () => post(good.subarray(0, good.length - 40)), 400, /cannot be read/],
      ['no archive', () => post(Buffer.alloc(0)), 400, /missing|cannot be read/],
      ['a path that climbs out', () => post(zip([{name: '../x', data: 'x'}])), 400, /cannot be read|cannot be taken/],
      ['a name that is none', () => post(good, {name: 'a%20b'}), 400, /no name of a package/],
      ['a name that climbs out', () => post(good, {name: '..%2f..%2fx'}), 400, /no name of a package/],
      ['a key in the address', () => post(good, {name: `${keys.admin}/new-lab`}), 400, /header/],
      ['the name of another package', () => post(good, {name: 'new-lab'}), 400, /that of @acme\/new-lab/],
      ['the namespace of another package', () => post(zipOf({...LAB('1.0.0'), 'package.json':
        {name: '@evil/new-lab', version: '1.0.0'}}), {name: '@evil/new-lab'}), 409, /taken by @acme\/new-lab/],
      ['a name of the platform', () => post(zipOf({...LAB('1.0.0'), 'package.json': {name: 'system', version: '1.0.0'}}),
        {name: 'system'}), 400, /platform itself/],
      ['no version', () => post(zipOf({...LAB('1.0.0'), 'package.json': {name: '@acme/new-lab', version: 'newest'}})), 400,
        /no version/],
      ['no package.json', () => post(zipOf({'dist/package.js': ''})), 400, /package.json/],
      ['nothing to run', () => post(zipOf({'package.json': {name: '@acme/new-lab', version: '1.0.0'}})), 400, /nothing to run/],
      ['a build that is asked for', () => post(good, {query: 'debug=false&rebuild=true'}), 400, /does not build/],
    ];
    for (const [what, answer, status, message] of cases) {
      refused(await answer(), status, message);
      assert.deepEqual(await state(), known, what);
    }
  });

  it('a failure of the database while the rows are written leaves everything as it was', async () => {
    await post(zipOf(LAB('1.0.0')));
    await database.client.query(`create function refuse() returns trigger language plpgsql as
      $$ begin if new.name = 'NewLab' and new.version = '9.0.0' then raise exception 'no room'; end if; return new; end $$;
      create constraint trigger refuse after insert on published_packages deferrable initially deferred
      for each row execute function refuse()`);
    // Raised by the commit itself, when the files count already.
    refused(await post(zipOf(LAB('9.0.0'))), 500, /no room/);
    assert.equal((await served(keys.eve))!.version, '1.0.0');
    assert.deepEqual(readdirSync(path.join(data, 'published', '%40acme%2Fnew-lab')).sort(),
      ['release.1', 'release.json']);
    await database.client.query('drop trigger refuse on published_packages; drop function refuse');
  });

  it('a database that is only read, and a host without a place for packages, say so', async () => {
    await stop();
    data = mkdtempSync(path.join(tmpdir(), 'publish-'));
    const key = new DevKeys(devKeysFile(data)).make(null);
    server = await serve(database.url, {readOnly: true, dataFolder: data});
    refused(await post(zipOf(LAB('1.0.0')), {key}), 403, /read-only/);
    refused(await timestamps(key), 403, /read-only/);
  });
});

describe('developer keys', () => {
  it('sign in as whose they are, until they are taken back; a user who is gone is told', async () => {
    const login = async (key: string) => {
      const {status, json} = await server.request({method: 'POST', url: '/api/users/login/dev', headers: dev(key)});
      if (status !== 200)
        return status;
      assert.equal(json.isSuccess, true);
      const who = await server.request({method: 'GET', url: '/api/users/current', headers: {authorization: json.token}});
      return who.json.login;
    };
    assert.deepEqual([await login(keys.admin), await login(keys.ann), await login('wrong')], ['admin', 'ann', 403]);
    const store = new DevKeys(devKeysFile(data));
    assert.equal(store.revoke('ANN'), 1);
    assert.deepEqual([await login(keys.ann), await login(keys.eve)], [403, 'eve']);
    assert.equal(await login(store.make('nobody')), 403);
  });
});
