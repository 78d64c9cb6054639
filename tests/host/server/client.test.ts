import assert from 'node:assert/strict';
import {execFile} from 'node:child_process';
import path from 'node:path';
import {after, before, describe, it} from 'node:test';
import {fileURLToPath} from 'node:url';
import {promisify} from 'node:util';
import {organisation} from './organisation.ts';
import {serve, type Served} from './serve.ts';

const here = path.dirname(fileURLToPath(import.meta.url));
let database: Awaited<ReturnType<typeof organisation>>;
let server: Served;
let root: string;
before(async () => {
  database = await organisation();
  server = await serve(database.url);
  root = `${await server.app.listen({port: 0, host: '127.0.0.1'})}/api`;
});
after(async () => {
  await server?.close();
  await database?.close();
});

/** Runs `client-probe.ts`, where the unmodified client of npm `datagrok-api` does a list of steps. */
async function probe(task: string, token = ''): Promise<Record<string, any>> {
  const secret = server.app.registry.functionByName('Secret', 'GuardedNumbers')!.id;
  const {stdout} = await promisify(execFile)(process.execPath, ['--import', 'tsx', '--import',
    path.join(here, '../../../docs/node-client/loader.mjs'), path.join(here, 'client-probe.ts'), root, token, task],
  {cwd: path.join(here, '../../..'), env: {...process.env, TZ: 'UTC', PROBE_FUNCTION: secret}, timeout: 120_000});
  return JSON.parse(/^RESULT (.*)$/m.exec(stdout)![1]);
}

async function tokenOf(login: string): Promise<string> {
  const {headers} = await server.request({method: 'GET', url: `/?user=${login}`});
  return /auth=([^;]+)/.exec(String(headers['set-cookie']))![1];
}

describe('the platform\'s own client in Node', () => {
  it('reads every kind of entity', async () => {
    const {unknown, ...read} = await probe('read');
    assert.deepEqual(read, {
      user: ['admin', 'admin', 'admin'],
      session: 'admin',
      users: [['admin', 'ann', 'bob', 'eve'], 4],
      filter: ['Bob'],
      page: ['site', 'right'],
      members: [['bob', 'loop c'], ['loop b']],
      admins: ['Admin'],
      missing: null,
      lookup: ['loop b'],
      packages: [['GuardedNumbers', '0.1.0'], ['OldLab', '2.0.0'], ['OpenChart', '1.2.3']],
      functions: ['OpenChart:chartApp', 'OpenChart:CountOfEvents', 'OpenChart:LoginsFrom', 'OpenChart:twice'],
      found: [['OpenChart:CountOfEvents', 'data-query', 'OpenChart'], ['OpenChart:LoginsFrom', 'data-query', 'OpenChart'],
        ['OpenChart:chartApp', 'function-package', 'OpenChart'], ['OpenChart:twice', 'function-package', 'OpenChart']],
      apps: ['GuardedNumbers:numbersApp', 'OpenChart:chartApp'],
      inputs: [['first', 'string', 'a']],
      queries: 4,
      scripts: [['mine', 'javascript', '//name: mine\nlet a = 1;']],
      projects: ['Board 2', 'Board 1', 'Board 0', 'Board 3'],
      connections: ['OpenChart:Warehouse', 'System:AppData', 'System:Datagrok', 'Warehouse'],
      connection: 'System:Datagrok',
      entities: [['User', 'Bob'], ['Group', 'team']],
      log: [['2024-05-20T10:00:00.123Z', 'click']],
      logCount: 60,
      where: 3,
      calls: [['OldLab:assay', 'ann', 'Completed', 0], ['OldLab:assay', 'bob', 'Completed', 1]],
      files: ['System:AppData/OpenChart/help', 'System:AppData/OpenChart/help/start.md'],
      file: '# Start\nключ ✓\n',
      exists: [true, false],
      storage: ['ключ "2"', {a: '1', b: 'ключ "2"'}, {}, null],
      check: true,
    });
    assert.equal(unknown, 'Error: This host does not answer GET /api/tables');
  });

  it('runs queries of packages over the call stream', async () => {
    assert.deepEqual(await probe('run'), {
      query: [2, ['bob', 'eve']], byDefault: ['admin', 'ann', 'bob', 'eve'], scalar: 60, guarded: 42, byId: 42,
      visible: ['GuardedNumbers:Secret', 'GuardedNumbers:numbersApp'], users: 'admin',
    });
  });

  it('is told why it may not run those of a package for others', async () => {
    const {guarded, byId, ...rest} = await probe('run', await tokenOf('eve'));
    assert.deepEqual(rest, {
      query: [2, ['bob', 'eve']], byDefault: ['admin', 'ann', 'bob', 'eve'], scalar: 60, visible: [], users: 'eve'});
    assert.match(guarded, /Guarded Numbers is for members of chemists/);
    assert.match(byId, /Guarded Numbers is for members of chemists/);
  });
});
