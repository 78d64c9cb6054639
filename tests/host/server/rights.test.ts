import assert from 'node:assert/strict';
import {after, before, describe, it} from 'node:test';
import {stableId} from '../../../host/server/registry/id.ts';
import {GROUPS, id, organisation} from './organisation.ts';
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

const MESSAGE = 'Guarded Numbers is for members of chemists';
const guarded = () => server.app.registry.package('GuardedNumbers')!;
const secret = () => server.app.registry.functionByName('Secret', 'GuardedNumbers')!;
const filesOf = (name: string): string => {
  const of = server.app.registry.package(name)!;
  return `packages/published/files/${of.name}/${of.version}/${of.buildHash}/1`;
};
const lookup = (name: string): string =>
  `entities?text=${filterText(`shortName = "${name}" and namespace = "GuardedNumbers:"`)}`;

describe('a package for members of a group', () => {
  it('is refused in words to others, wherever it is asked for by name or id', async () => {
    for (const address of [
      lookup('secret'), lookup('no such function'), `packages/published/${guarded().id}`, `log/funcs/${secret().id}`,
      `connectors/queries/${secret().id}`, `entities/${secret().id}`, `entities/${guarded().id}`,
      `entities/${secret().id}/properties`, `${filesOf('GuardedNumbers')}/dist/package.js`,
      `${filesOf('GuardedNumbers')}/package.json`, 'connectors/connections/System.AppData/files/GuardedNumbers',
      'connectors/connections/System.AppData/file/guardednumbers%2Fsecret.txt',
    ]) {
      const {status, json} = await server.get(address, 'eve');
      assert.deepEqual([status, json?.['#type'], json?.message], [403, 'ApiError', MESSAGE], address);
      assert.notEqual((await server.get(address)).status, 403, `${address} as administrator`);
    }
  });

  it('is absent from every list that others see', async () => {
    const before = JSON.stringify([guarded().id, secret().id, 'GuardedNumbers', 'oldSecret']);
    for (const address of ['admin/startup_data', 'packages/published', 'packages', 'packages/published/current',
      'log/funcs', 'connectors/queries', 'entities', 'scripts', 'connectors/connections', 'projects',
      'connectors/connections/System.AppData/files/?showFiles=true']) {
      const {status, text} = await server.get(address, 'eve');
      assert.equal(status, 200, address);
      for (const hidden of JSON.parse(before))
        assert.ok(!text.includes(hidden), `${hidden} in ${address}: ${text}`);
    }
    const {json} = await server.request({method: 'POST', url: '/api/entities/get',
      headers: {authorization: await tokenOf('eve')}, payload: JSON.stringify([guarded().id, secret().id, id(504)])});
    assert.deepEqual(json, []);
  });

  it('is there for members through nested groups, and for administrators', async () => {
    for (const login of ['ann', undefined]) {
      const {json} = await server.get('admin/startup_data', login);
      assert.deepEqual(Object.values<any>(json.currentPackages).map((one) => one.name).sort(),
        ['GuardedNumbers', 'OpenChart']);
      assert.deepEqual((await server.get(lookup('SECRET'), login)).json.map((one: any) => one.id), [secret().id]);
      assert.equal((await server.get(`${filesOf('GuardedNumbers')}/files/secret.txt`, login)).text, 'secret');
    }
    assert.deepEqual([(await server.get('admin/startup_data', 'ann')).json.isAdmin,
      (await server.get('admin/startup_data')).json.isAdmin], [false, true]);
  });

  it('tells a page why it does not open, by name or address', async () => {
    assert.deepEqual((await server.get('packages/access?name=guardednumbers', 'eve')).json,
      {name: 'GuardedNumbers', friendlyName: 'Guarded Numbers', allowed: false, message: MESSAGE});
    assert.deepEqual((await server.get('packages/access?name=chart', 'eve')).json,
      {name: 'OpenChart', friendlyName: 'Open Chart', allowed: true, message: ''});
    assert.equal((await server.get('packages/access?name=nothing', 'eve')).status, 404);
  });

  it('opens as soon as somebody becomes a member', async () => {
    await database.client.query('insert into groups_relations (id, parent_id, child_id) values ($1, $2, $3)',
      [id(991), GROUPS.Chemists, GROUPS.eve]);
    assert.equal((await server.get(lookup('secret'), 'eve')).status, 200);
    await database.client.query('delete from groups_relations where id = $1', [id(991)]);
    assert.equal((await server.get(lookup('secret'), 'eve')).status, 403);
  });
});

describe('the log', () => {
  it('shows everything to administrators, to others their own records', async () => {
    const all = (await server.get('log')).json;
    const own = (await server.get('log', 'ann')).json;
    const logins = (list: any[]) => [...new Set(list.map((one) => one.session?.user.login))].sort();
    assert.deepEqual([all.length, logins(all)], [60, ['admin', 'ann', 'bob', undefined]]);
    assert.deepEqual([own.length, logins(own)], [16, ['ann']]);
    assert.equal((await server.get('log/count', 'ann')).text, '16');
    assert.equal((await server.get(`log/${id(1001)}`, 'ann')).status, 404);
    assert.deepEqual((await server.get(`log/activity/${id(102)}`, 'ann')).json, []);
    assert.deepEqual((await server.get('log/funcs/calls', 'eve')).json, []);
    const types = async (login?: string) => (await server.get('log/types', login)).json.map((one: any) => one.name);
    assert.deepEqual([await types(), await types('eve')], [['boom', 'click'], ['click']]);
    assert.equal((await server.get('log/funcs/calls', 'ann')).json.length, 3);
    assert.equal((await server.get('packages/problems', 'ann')).status, 403);
  });
});

describe('secrets', () => {
  it('of sessions and connections leave by no endpoint', async () => {
    for (const address of ['users', 'users/sessions/current', 'log', 'log/funcs/calls', 'connectors/connections',
      'entities',
      'connectors/queries', `connectors/connections/${id(520)}`, 'admin/startup_data', 'reports']) {
      const {status, text} = await server.get(address);
      assert.equal(status, 200, address);
      assert.doesNotMatch(text, /hash-of-a-token|external-secret|hunter2|PASSWORD|10\.0\.0\.1/, address);
    }
  });
});

describe('files of packages', () => {
  it('that are published come with their type, to be kept for ever', async () => {
    const {status, headers, text} = await server.get(`${filesOf('OpenChart')}/dist/package.js`, 'eve');
    assert.deepEqual([status, headers['content-type'], headers['cache-control']],
      [200, 'application/javascript; charset=utf-8', 'public, max-age=31536000, immutable']);
    assert.match(text, /^var openchart/);
  });

  it('that are not, or lie elsewhere, are missing', async () => {
    for (const relative of ['.env', 'connections/warehouse.json', 'files/../.env', 'files/%2e%2e/.env',
      '%2e%2e/guarded/package.json',
      'files/..%2f..%2fguarded%2fpackage.json', 'files/%252e%252e/%252e%252e/guarded/package.json', 'dist',
        'files//etc/passwd',
      'files/help%00.md', 'files/%5c..%5c..%5cguarded', '', 'src/package.ts']) {
      const {status, text} = await server.rawGet(`/api/${filesOf('OpenChart')}/${relative}`);
      assert.ok([400, 404, 501].includes(status), `${relative} ${status}`);
      assert.doesNotMatch(text, /PASSWORD|canView|password/, relative);
    }
  });

  it('of an older build are gone', async () => {
    const {status, json} = await server.get(filesOf('OpenChart').replace(/\/[0-9a-f]{16}\//,
      '/0000000000000000/') + '/package.json');
    assert.deepEqual([status, json.message], [404, 'Open Chart was built anew since; load the page again']);
  });

  const data = 'connectors/connections/System.AppData';
  it('under files/ are the share System:AppData', async () => {
    const list = (await server.get(`${data}/files/OpenChart?showFiles=true&recursive=true&ext=`)).json;
    assert.deepEqual(list.map((one: any) => [one.path, one.isFile, one.size,
      one.connection.namespace + one.connection.name]), [
      ['OpenChart/help', false, 0, 'System:AppData'], ['OpenChart/help/start.md', true, 21, 'System:AppData']]);
    assert.equal(list[1].id, stableId('file', 'OpenChart/help/start.md'));
    assert.equal((await server.get(`${data}/file/openchart%2Fhelp%2Fstart.md?&`)).text, '# Start\nключ ✓\n');
    const head = (url: string) => server.request({method: 'HEAD', url: `/api/${data}/file/${url}`});
    assert.deepEqual([(await head('OpenChart%2Fhelp%2Fstart.md')).status, (await head('OpenChart%2Fnone')).status],
      [200, 404]);
    const top = (await server.get(`${data}/files/`)).json;
    assert.deepEqual(top.map((one: any) => [one.name, one.isDirectory]).sort(), [['GuardedNumbers', true],
      ['OpenChart', true]]);
  });

  it('cannot be left, written or deleted', async () => {
    for (const relative of ['OpenChart%2F..%2F..%2Fguarded%2Ffiles%2Fsecret.txt', 'OpenChart/%2e%2e/%2e%2e/.env',
      'OpenChart%2F%252e%252e%2Fpackage.json', '..%2Fopen%2F.env', 'OpenChart%2F.env'])
      assert.equal((await server.rawGet(`/api/${data}/file/${relative}`)).status, 404, relative);
    for (const url of [`${data}/file/OpenChart%2Fx.txt`, `${data}/delete_files/`])
      assert.equal((await server.request({method: 'POST', url: `/api/${url}`, payload: 'x'})).status, 403, url);
    assert.equal((await server.get('connectors/connections/System.DemoFiles/files/')).status, 501);
  });
});

async function tokenOf(login: string): Promise<string> {
  const {headers} = await server.request({method: 'GET', url: `/?user=${login}`});
  return /auth=([^;]+)/.exec(String(headers['set-cookie']))![1];
}
