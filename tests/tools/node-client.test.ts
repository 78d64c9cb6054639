import assert from 'node:assert/strict';
import {spawn} from 'node:child_process';
import {after, before, test} from 'node:test';
import type pg from 'pg';
import {root, startHost, type TestHost} from '../support/host.ts';

let host: TestHost;
let client: pg.Client;
before(async () => {
  host = await startHost({until: new Date()});
  client = await host.connect();
});
after(async () => {
  await host?.close();
});

/** Runs the documented example as its first lines say. */
async function example(...args: string[]): Promise<Record<string, any>> {
  const child = spawn(process.execPath, ['--import', 'tsx', '--import', './docs/node-client/loader.mjs',
    'docs/node-client/usage-numbers.mjs', ...args], {cwd: root, env: {...process.env, DATAGROK_API: `${host.url}/api`}});
  let [output, errors] = ['', ''];
  child.stdout.on('data', (chunk) => output += chunk);
  child.stderr.on('data', (chunk) => errors += chunk);
  assert.equal(await new Promise((done) => child.on('close', done)), 0, errors);
  return JSON.parse(output.trim().split('\n').at(-1)!);
}

/** The thirty whole days before today, by the plainest means. */
const DAYS = `e.event_time >= current_date - 30 and e.event_time < current_date`;
const OF_PEOPLE = `from events e join event_types t on t.id = e.event_type_id join users_sessions s on s.id = e.session_id
  join users u on u.id = s.user_id where ${DAYS} and not u.is_service and u.login not in ('system', 'test')
    and not (t.source = 'usage' and t.friendly_name like 'test-%')`;

for (const args of [[], ['--detached']]) {
  test(`the example in docs tells the numbers of the log ${args.join(' ')}`, {timeout: 60_000}, async () => {
    const {rows: [expected]} = await client.query(`select count(distinct s.user_id)::int users, count(*)::int events
      ${OF_PEOPLE}`);
    const {rows: [{errors}]} = await client.query(`select count(*)::int errors from events e
      join event_types t on t.id = e.event_type_id left join users_sessions s on s.id = e.session_id
      left join users u on u.id = s.user_id where ${DAYS} and t.source = 'error' and t.is_error is distinct from false
        and (u.id is null or not u.is_service and u.login not in ('system', 'test'))`);
    const told = await example(...args);
    assert.deepEqual([told.activeUsers, told.events, told.errors], [expected.users, expected.events, errors]);
    assert.equal(told.me, 'admin');
    assert.equal(told.administrators, 'Administrators');
    const {rows: packages} = await client.query(`select distinct name from published_packages where is_current order by 1`);
    assert.deepEqual(told.packages, packages.map(({name}) => name).sort());
    assert.ok(told.latest.length === 1 && Date.now() - Date.parse(told.latest[0]) < 120_000);
    // Of one package: whoever it counts has named it, or something that it brought, at least once.
    const most = Object.entries<number>(told.usersByPackage).filter(([name]) => name !== 'Core')
      .sort(([, a], [, b]) => b - a)[0];
    const {rows: [one]} = await client.query(`select count(distinct s.user_id)::int users ${OF_PEOPLE}
      and exists (select from event_parameter_values v left join entities x on x.id = v.value_uuid
        join published_packages p on p.id in (x.package_id, v.value_uuid) join packages k on k.id = p.package_id
        where v.event_id = e.id and k.friendly_name = $1)`, [most[0]]);
    assert.ok(one.users >= most[1] && most[1] > 0, `${most} of ${one.users}`);
  });
}
