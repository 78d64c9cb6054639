import assert from 'node:assert/strict';
import {spawn, type ChildProcess} from 'node:child_process';
import {once} from 'node:events';
import {mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, statSync, writeFileSync,
  mkdirSync, existsSync} from 'node:fs';
import {createServer} from 'node:net';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {test, type TestContext} from 'node:test';
import {pathToFileURL} from 'node:url';
import {startDatabase} from '../../../host/database/server.ts';
import {withClient} from '../../support/postgres.ts';

const SERVER_MODULE = pathToFileURL(path.resolve('host/database/server.ts')).href;

function dataFolder(context: TestContext): string {
  const folder = mkdtempSync(path.join(realpathSync(tmpdir()), 'ua-test-data-'));
  context.after(() => rmSync(folder, {recursive: true, force: true, maxRetries: 5}));
  return folder;
}

/** A host of its own process; resolves with what it prints after `work` (JavaScript that sees `db` and `url`). */
async function hostProcess(folder: string, work = ''): Promise<{process: ChildProcess; said: string}> {
  const code = `const {startDatabase} = await import(${JSON.stringify(SERVER_MODULE)});
    const db = await startDatabase({folder: ${JSON.stringify(folder)}});
    ${work}
    console.log('up ' + db.port);
    setInterval(() => {}, 1000);`;
  const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '--eval', code],
    {stdio: ['ignore', 'pipe', 'inherit']});
  const said = await new Promise<string>((resolve, reject) => {
    child.stdout!.on('data', (chunk) => String(chunk).includes('up ') && resolve(String(chunk).trim()));
    child.once('exit', (code) => reject(new Error(`The host process ended with ${code}`)));
  });
  return {process: child, said};
}

const readOwner = (file: string): number => statSync(file).uid;

const serverPid = (folder: string): number =>
  Number(readFileSync(path.join(folder, 'postgres', 'cluster', 'postmaster.pid'), 'utf8').split('\n')[0]);

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return !/^State:\s+Z/m.test(existsSync(`/proc/${pid}/status`) ? readFileSync(`/proc/${pid}/status`, 'utf8') : '');
  } catch {
    return false;
  }
}

test('data stay from one start to the next, in UTF-8, locale C and UTC, for a role that is no superuser', async (context) => {
  const folder = dataFolder(context);
  const first = await startDatabase({folder});
  await withClient(first.url, async (client) => {
    await client.query('create table kept (word text)');
    await client.query('insert into kept values ($1)', ['naïve 対照']);
  });
  await first.stop();
  await first.stop();
  const second = await startDatabase({folder});
  try {
    await withClient(second.url, async (client) => {
      assert.equal((await client.query('select word from kept')).rows[0].word, 'naïve 対照');
      const {rows: [row]} = await client.query(`select current_setting('server_encoding') encoding, current_setting('TimeZone') zone,
        current_setting('fsync') fsync, current_setting('is_superuser') super, current_setting('listen_addresses') addresses,
        (select datcollate from pg_database where datname = current_database()) as collation`);
      assert.deepEqual(row, {encoding: 'UTF8', zone: 'UTC', fsync: 'on', super: 'off', addresses: '127.0.0.1', collation: 'C'});
    });
  } finally {
    await second.stop();
  }
});

test('after the host was killed the next start stops the orphaned server and finds what was committed', async (context) => {
  const folder = dataFolder(context);
  const host = await hostProcess(folder, `const {default: pg} = await import('pg');
    const client = new pg.Client({connectionString: db.url});
    await client.connect();
    await client.query('create table kept as select 42 as answer');`);
  const orphan = serverPid(folder);
  host.process.kill('SIGKILL');
  await once(host.process, 'exit');
  assert.equal(isRunning(orphan), true);
  const next = await startDatabase({folder});
  try {
    assert.equal(isRunning(orphan), false);
    const {rows} = await withClient(next.url, (client) => client.query('select answer from kept'));
    assert.deepEqual(rows, [{answer: 42}]);
  } finally {
    await next.stop();
  }
});

test('a host that exits without stopping leaves no server', async (context) => {
  const folder = dataFolder(context);
  const host = await hostProcess(folder, 'setTimeout(() => process.exit(3), 100);');
  const pid = serverPid(folder);
  await once(host.process, 'exit');
  assert.equal(host.process.exitCode, 3);
  assert.equal(isRunning(pid), false);
});

test('an interrupted first start is made anew', async (context) => {
  const folder = dataFolder(context);
  const draft = path.join(folder, 'postgres', 'draft-1-1');
  mkdirSync(draft, {recursive: true});
  writeFileSync(path.join(draft, 'PG_VERSION'), '18\n');
  const server = await startDatabase({folder});
  try {
    const {rows} = await withClient(server.url, (client) => client.query('select 1 as one'));
    assert.deepEqual(rows, [{one: 1}]);
    assert.deepEqual(readdirSync(path.join(folder, 'postgres')).filter((name) => name.startsWith('draft-')), []);
  } finally {
    await server.stop();
  }
});

test('both the server and its host killed, and the number of the server given to a stranger, do not hinder', async (context) => {
  const folder = dataFolder(context);
  const host = await hostProcess(folder);
  const pid = serverPid(folder);
  host.process.kill('SIGKILL');
  process.kill(pid, 'SIGKILL');
  await once(host.process, 'exit');
  const file = path.join(folder, 'postgres', 'cluster', 'postmaster.pid');
  const lines = readFileSync(file, 'utf8').split('\n');
  // A living process under the account that the server runs under, but no PostgreSQL.
  const ids = process.getuid?.() === 0 ? {uid: readOwner(file)} : {};
  const stranger = spawn('sleep', ['60'], {...ids, stdio: 'ignore'});
  try {
    writeFileSync(file, [String(stranger.pid), ...lines.slice(1)].join('\n'));
    const next = await startDatabase({folder});
    try {
      assert.notEqual(serverPid(folder), stranger.pid);
      assert.equal(isRunning(stranger.pid!), true);
    } finally {
      await next.stop();
    }
  } finally {
    stranger.kill();
  }
});

test('root may keep the data in a folder that is closed to everybody else', {skip: process.getuid?.() !== 0}, async (context) => {
  const folder = dataFolder(context);
  // mkdtemp closes the folder to others already; PostgreSQL runs under another account than root.
  const server = await startDatabase({folder: path.join(folder, 'inner')});
  try {
    const {rows} = await withClient(server.url, (client) => client.query('select 1 as one'));
    assert.deepEqual(rows, [{one: 1}]);
    assert.notEqual(readOwner(path.join(folder, 'inner', 'postgres', 'cluster')), 0);
  } finally {
    await server.stop();
  }
});

test('a folder in use by a living host is refused, and that host is left in peace', async (context) => {
  const folder = dataFolder(context);
  const first = await startDatabase({folder});
  try {
    await assert.rejects(startDatabase({folder}), new RegExp(`in use by process ${process.pid}`));
    const {rows} = await withClient(first.url, (client) => client.query('select 1 as one'));
    assert.deepEqual(rows, [{one: 1}]);
  } finally {
    await first.stop();
  }
});

test('a wished port is used, and one that is taken is told', async (context) => {
  const folder = dataFolder(context);
  const other = createServer();
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
  const {port} = other.address() as {port: number};
  await assert.rejects(startDatabase({folder, port}), /Address already in use/);
  await new Promise((resolve) => other.close(resolve));
  const server = await startDatabase({folder, port});
  assert.equal(server.port, port);
  assert.equal(new URL(server.url).port, String(port));
  await server.stop();
});
