import assert from 'node:assert/strict';
import {spawn, type ChildProcess} from 'node:child_process';
import {mkdtempSync, readFileSync, rmSync} from 'node:fs';
import {createServer, type AddressInfo} from 'node:net';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {after, describe, test} from 'node:test';
import {fileURLToPath} from 'node:url';
import {readOptions, StartError, type Options} from '../../host/options.ts';
import {processStart} from '../../host/database/owner.ts';
import {testDatabase, withClient} from '../support/postgres.ts';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..', '..');
const data = mkdtempSync(path.join(tmpdir(), 'host-start-'));
after(() => rmSync(data, {recursive: true, force: true, maxRetries: 5}));

interface Started {
  npm: ChildProcess;
  output(): string;
  /** Resolves once the output matches, or fails when the process ends before. */
  said(pattern: RegExp): Promise<RegExpMatchArray>;
  /** Exit code of npm; null when a signal ended it. */
  ended: Promise<number | null>;
}

/** `npm start` as at a terminal: in a process group of its own. */
function npmStart(args: string[], env: Record<string, string> = {}): Started {
  const npm = spawn('npm', ['start', '--silent', '--', ...args], {cwd: root, detached: true,
    env: {...process.env, UA_DATABASE_URL: '', ...env}, stdio: ['ignore', 'pipe', 'pipe']});
  let text = '';
  const waiting = new Set<() => void>();
  for (const stream of [npm.stdout, npm.stderr])
    stream.on('data', (chunk) => {
      text += chunk;
      waiting.forEach((look) => look());
    });
  const ended = new Promise<number | null>((done) => npm.on('exit', done));
  const said = (pattern: RegExp): Promise<RegExpMatchArray> => new Promise((done, fail) => {
    const look = (): void => {
      const match = text.match(pattern);
      if (match == null)
        return;
      waiting.delete(look);
      done(match);
    };
    waiting.add(look);
    look();
    void ended.then(() => fail(new Error(`Ended without saying ${pattern}:\n${text}`)));
  });
  return {npm, output: () => text, said, ended};
}

/** Numbers of the host's process and of its database's, as their own files tell. */
function processes(): number[] {
  const host = JSON.parse(readFileSync(path.join(data, 'postgres', 'owner.json'), 'utf8')).pid;
  return [host, Number(readFileSync(path.join(data, 'postgres', 'cluster', 'postmaster.pid'), 'utf8').split('\n')[0])];
}

async function gone(pids: number[]): Promise<void> {
  for (let i = 0; i < 300 && pids.some((pid) => processStart(pid) !== null); i++)
    await new Promise((done) => setTimeout(done, 100));
  assert.deepEqual(pids.filter((pid) => processStart(pid) !== null), [], 'processes that stayed');
}

describe('npm start', {skip: process.platform === 'win32' && 'signals of POSIX'}, () => {
  const own = ['--port', '0', '--data', data, '--events', '20000', '--users', '40', '--days', '60'];

  test('interrupted while the demo is filled in: it stops without a trace of errors', async () => {
    const host = npmStart([...own.slice(0, 4), '--events', '400000']);
    await host.said(/Demo: /);
    const pids = processes();
    process.kill(-host.npm.pid!, 'SIGINT');
    await host.ended;
    await gone(pids);
    assert.match(host.output(), /Stopping/);
    assert.doesNotMatch(host.output(), /rror|failed/);
  });

  test('interrupted while it serves, then started again: the data are there', async () => {
    const host = npmStart(own);
    const [, address] = await host.said(/(http:\/\/localhost:\d+\/apps\/UsageAnalysis)/);
    assert.match(host.output(), /Filling in 20,000 demo events/);
    assert.equal((await fetch(address)).status, 200);
    const pids = processes();
    process.kill(-host.npm.pid!, 'SIGINT');
    await host.ended;
    await gone(pids);
    assert.match(host.output(), /Stopping\s*$/);
  });

  test('npm alone is told to end: host and database end too', async () => {
    const host = npmStart(own);
    await host.said(/\/apps\/UsageAnalysis/);
    assert.doesNotMatch(host.output(), /Filling in/);
    const pids = processes();
    host.npm.kill('SIGTERM');
    await host.ended;
    await gone(pids);
  });

  test('npm alone is killed: host and database end too', async () => {
    const host = npmStart(own);
    await host.said(/\/apps\/UsageAnalysis/);
    const pids = processes();
    host.npm.kill('SIGKILL');
    await gone(pids);
  });

  test('the port is taken: it says so before it builds anything', async () => {
    const other = createServer();
    await new Promise<void>((done) => other.listen(0, '127.0.0.1', done));
    const {port} = other.address() as AddressInfo;
    const host = npmStart(['--port', String(port), '--data', data]);
    assert.equal(await host.ended, 1);
    assert.equal(host.output().trim(), `Port ${port} is in use. Choose another: npm start -- --port ${port + 1}`);
    await new Promise((done) => other.close(done));
  });

  test('a database that lacks a table and a column: told in one line', async () => {
    const database = await testDatabase();
    await withClient(database.url, async (client) => {
      await client.query('drop table tags cascade; alter table events drop column event_time cascade');
    });
    const host = npmStart(['--port', '0'], {UA_DATABASE_URL: database.url});
    assert.equal(await host.ended, 1);
    const lines = host.output().trim().split('\n');
    assert.match(lines.at(-1)!, /Missing: column events\.event_time, table tags\.$/);
    await database.close();
  });

  test('a database of somebody else: no table, role or row changes', async () => {
    const database = await testDatabase();
    const state = (): Promise<unknown> => withClient(database.url, async (client) => (await client.query(
      `select (select sum(n_tup_ins + n_tup_upd + n_tup_del) from pg_stat_user_tables)::int changes,
        (select count(*) from pg_class)::int relations, (select count(*) from pg_roles)::int roles`)).rows[0]);
    const before = await state();
    const host = npmStart(['--port', '0', '--packages', path.join(data, 'nowhere')], {UA_DATABASE_URL: database.url});
    const [, address] = await host.said(/Ready: (http:\/\/localhost:\d+) \(read-only\)/);
    assert.match(host.output(), /Not loaded: .*nowhere: there is no such folder/);
    assert.equal((await fetch(`${address}/api/users/current`)).status, 200);
    process.kill(-host.npm.pid!, 'SIGINT');
    await host.said(/Stopping/);
    while (await fetch(address).catch(() => null) != null)
      await new Promise((done) => setTimeout(done, 100));
    assert.deepEqual(await state(), before);
    await database.close();
  });
});

describe('options', () => {
  const read = (args: string[], env: Record<string, string> = {}): Options => readOptions(args, env, root) as Options;
  const refusal = (args: string[], env: Record<string, string> = {}): string => {
    try {
      read(args, env);
    } catch (e) {
      assert.ok(e instanceof StartError);
      return e.message;
    }
    return '';
  };

  test('a flag goes before the environment, and both before the default', () => {
    assert.deepEqual([read([]).port, read([], {UA_PORT: '81'}).port, read(['--port', '82'], {UA_PORT: '81'}).port],
      [8080, 81, 82]);
    assert.equal(read([], {UA_DATABASE_URL: ''}).databaseUrl, undefined);
  });

  test('mistakes are told with what is allowed', () => {
    assert.equal(refusal(['--port', '70000']), '--port takes a whole number from 0 to 65535, not "70000"');
    assert.match(refusal([], {UA_DATABASE_URL: 'mysql://x'}), /must begin with postgres:/);
    assert.match(refusal(['--bogus']), /--bogus/);
  });

  test('an address that cannot be read is not repeated, for it may hold a password', () => {
    const text = refusal([], {UA_DATABASE_URL: 'postgres://u:se cret@h:port/x'});
    assert.match(text, /cannot be read/);
    assert.doesNotMatch(text, /cret/);
  });
});
