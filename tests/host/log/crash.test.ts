import assert from 'node:assert/strict';
import {spawn, type ChildProcess} from 'node:child_process';
import {randomUUID} from 'node:crypto';
import {mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {test} from 'node:test';
import {fileURLToPath} from 'node:url';
import {LogQueue, type PostedRecord} from '../../../host/client/log/queue.ts';
import {withClient} from '../../support/postgres.ts';

const here = path.dirname(fileURLToPath(import.meta.url));
const ROUNDS = 6;

interface Host {
  process: ChildProcess;
  root: string;
  databaseUrl: string;
}

async function start(folder: string): Promise<Host> {
  const child = spawn(process.execPath, ['--import', 'tsx', path.join(here, 'host-process.ts'), path.join(folder, 'data'),
    path.join(folder, 'client')], {cwd: path.join(here, '../../..'), stdio: ['ignore', 'pipe', 'inherit']});
  let said = '';
  const [, port, databaseUrl] = await new Promise<string[]>((resolve, reject) => {
    child.stdout!.on('data', (chunk) => {
      const match = /^up (\d+) (\S+)\n/m.exec(said += chunk);
      if (match)
        resolve(match);
    });
    child.once('exit', (code) => reject(new Error(`The host ended with ${code}`)));
  });
  return {process: child, root: `http://127.0.0.1:${port}/api`, databaseUrl};
}

const ended = (child: ChildProcess): Promise<unknown> => child.exitCode !== null || child.signalCode !== null ?
  Promise.resolve() : new Promise((done) => child.once('exit', done));

/** The database's process. Its own children end when it is gone. */
const databasePid = (folder: string): number =>
  Number(readFileSync(path.join(folder, 'data/postgres/cluster/postmaster.pid'), 'utf8').split('\n')[0]);

test('what was acknowledged is there exactly once, whatever is killed in mid-flight', {timeout: 240_000}, async (context) => {
  const folder = mkdtempSync(path.join(realpathSync(tmpdir()), 'ua-test-crash-'));
  mkdirSync(path.join(folder, 'client'));
  writeFileSync(path.join(folder, 'client/index.html'), '<!doctype html>');
  let host = await start(folder);
  context.after(async () => {
    host.process.kill('SIGTERM');
    await ended(host.process);
    rmSync(folder, {recursive: true, force: true, maxRetries: 5});
  });

  // Two clients, each with a queue as the page has it: what is not acknowledged is posted again under the same id.
  const acknowledged = new Set<string>();
  const all: string[] = [];
  let lost = 0;
  const queues = [0, 1].map(() => new LogQueue(async (records: readonly PostedRecord[]) => {
    const response = await fetch(`${host.root}/log/audit`, {method: 'PUT', body: JSON.stringify(records)});
    const body = await response.json() as {accepted?: number};
    if (response.status === 200) {
      assert.equal(body.accepted, records.length);
      records.forEach(({id}) => acknowledged.add(id));
    } else
      lost++;
    return {status: response.status, reason: ''};
  }, {pause: 20, batch: 50, longestWait: 200}));
  let isOver = false;
  const logging = (async () => {
    for (let n = 0; !isOver; n++) {
      for (const [i, queue] of queues.entries()) {
        const id = randomUUID();
        all.push(id);
        queue.add({id, level: n % 9 === 0 ? 'error' : 'usage', type: n % 9 === 0 ? undefined : `type ${n % 23}`, time: Date.now(),
          message: `event ${n}`, params: {n, client: i, text: 'x'.repeat(n % 50)},
          ...n % 9 === 0 ? {stackTrace: `Error\n at f${n % 4} (a.js:1:${n})`} : {}});
      }
      if (n % 20 === 0)
        await new Promise((done) => setTimeout(done, 5));
    }
  })();

  for (let round = 0; round < ROUNDS; round++) {
    await new Promise((done) => setTimeout(done, 300 + 170 * round));
    if (round % 3 !== 0) {
      process.kill(databasePid(folder), 'SIGKILL');
      await new Promise((done) => setTimeout(done, 100));
    }
    host.process.kill('SIGKILL');
    await ended(host.process);
    host = await start(folder);
  }
  await new Promise((done) => setTimeout(done, 300));
  isOver = true;
  await logging;
  for (const queue of queues)
    while (queue.length > 0)
      await queue.flush();

  await withClient(host.databaseUrl, async (client) => {
    const {rows} = await client.query<{id: string, values: number, names: number}>(`select e.id::text, count(v.id)::int values,
      count(distinct v.parameter_id)::int names from events e left join event_parameter_values v on v.event_id = e.id
      join event_types t on t.id = e.event_type_id where t.friendly_name <> 'datagrok-started' group by e.id`);
    const stored = new Set(rows.map(({id}) => id));
    assert.ok(acknowledged.size > 500, `${acknowledged.size} records were acknowledged, ${lost} posts refused`);
    assert.deepEqual([...acknowledged].filter((id) => !stored.has(id)), [], 'acknowledged and lost');
    const posted = new Set(all);
    assert.deepEqual([...stored].filter((id) => !posted.has(id)), [], 'stored under another id');
    assert.equal(stored.size, rows.length);
    assert.deepEqual(rows.filter(({values, names}) => values !== 3 || names !== 3), [], 'with all their parameters, once');
    const {rows: [twice]} = await client.query(`select
      (select count(*)::int from (select from event_types group by source, friendly_name, error_stack_trace_hash
        having count(*) > 1) x) types,
      (select count(*)::int from (select from event_parameters group by event_type_id, name having count(*) > 1) x) params`);
    assert.deepEqual(twice, {types: 0, params: 0});
  });
});
