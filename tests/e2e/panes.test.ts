import {after, before, test} from 'node:test';
import assert from 'node:assert/strict';
import {randomUUID} from 'node:crypto';
import pg from 'pg';
import type {ElementHandle, Page} from 'puppeteer';
import {fillDemo} from '../../host/database/demo/index.ts';
import {cards, settled} from '../support/app-page.ts';
import {demo, startHost, type TestHost} from '../support/host.ts';
import {testDatabase} from '../support/postgres.ts';

let database: Awaited<ReturnType<typeof testDatabase>>;
let host: TestHost;
let client: pg.Client;
/** First instant of the last 30 days, as the panes have them: whole days in UTC, today included. */
const from30 = new Date(Date.UTC(new Date().getUTCFullYear(), new Date().getUTCMonth(), new Date().getUTCDate() - 29));
const day = (days: number): string => new Date(from30.getTime() + (30 - days) * 86_400_000).toISOString().slice(0, 10);

before(async () => {
  database = await testDatabase();
  // Panes look back from now.
  await fillDemo(database.url, {...demo, until: new Date()});
  host = await startHost({databaseUrl: database.url});
  client = await host.connect();
});

after(async () => {
  await host?.close();
  await database?.close();
});

const one = async (sql: string, values: unknown[] = []): Promise<Record<string, any>> =>
  (await client.query(sql, values)).rows[0];

/** Events of people in the last days, by the plainest means. */
const events = (days: number): string => `select e.id, e.event_time, s.user_id, t.source, t.friendly_name as type,
    t.source = 'error' and t.is_error is distinct from false as is_error
  from events e join event_types t on t.id = e.event_type_id join users_sessions s on s.id = e.session_id
  join users u on u.id = s.user_id
  where not u.is_service and u.login not in ('system', 'test') and e.event_time >= '${day(days)}'
    and not (t.source = 'usage' and t.friendly_name like 'test-%')`;
const naming = (column: string): string =>
  `exists (select from event_parameter_values v where v.event_id = x.id and v.value_uuid = ${column})`;

/** Shows an entity, found by code, in the context panel and opens a pane of it. */
async function openPane(page: Page, find: string, pane: 'Usage' | 'Activity'): Promise<void> {
  await page.evaluate(`(async () => {grok.shell.o = await (${find});})()`);
  const found = await page.waitForFunction((name) => [...document.querySelectorAll<HTMLElement>('.d4-accordion-pane-header')]
    .find((e) => e.offsetParent != null && e.textContent!.trim() === name), {}, pane);
  const header = found.asElement() as ElementHandle<HTMLElement>;
  // By code: the panes above may still be filling, and a mouse would miss a header that moves.
  await header.evaluate((e) => {
    if (!e.classList.contains('expanded'))
      e.click();
  });
  await page.waitForSelector(`.ua-pane[aria-label^="${pane} of"]`, {visible: true});
  await answered(page);
}

/** Waits until everything in the panes has come. */
async function answered(page: Page): Promise<void> {
  await page.waitForFunction(() => {
    const panes = [...document.querySelectorAll<HTMLElement>('.ua-pane')].filter((e) => e.offsetParent != null);
    return panes.length > 0 && panes.every((e) => e.textContent !== '' && e.querySelector('.grok-loader') == null &&
      [...e.querySelectorAll('.ua-asked')].every((asked) => asked.childElementCount > 0 || asked.textContent !== ''));
  });
}

/** Numbers of the Usage pane by their names. */
const numbers = (page: Page): Promise<Record<string, string>> => page.evaluate(() => Object.fromEntries(
  [...document.querySelectorAll('.ua-pane .ua-counts tr')].map((tr) =>
    [tr.children[0].textContent!, tr.children[1].textContent!.replace(/,/g, '')])));

async function press(page: Page, text: string): Promise<void> {
  const found = await page.waitForFunction((name) => [...document.querySelectorAll<HTMLElement>('.ua-pane button')]
    .find((e) => e.offsetParent != null && e.textContent === name), {}, text);
  await (found.asElement() as any).click();
  await answered(page);
}

test('a user: the numbers of each window are those of the log, and of the app that the pane opens', {timeout: 90_000}, async () => {
  const {id} = await one(`select user_id as id from (${events(30)}) x group by 1 order by count(*) desc, 1 limit 1`);
  const {page, errors, close} = await host.openPage('/');
  await openPane(page, `grok.dapi.users.find('${id}')`, 'Usage');
  for (const days of [7, 30, 90]) {
    await press(page, `${days} days`);
    const expected = await one(`select count(*)::int events, (count(*) filter (where source = 'usage' and
      type = 'function-ran'))::int runs, (count(*) filter (where is_error))::int errors
      from (${events(days)}) x where user_id = $1`, [id]);
    const shown = await numbers(page);
    const {runs, events: all, errors: failed} = expected;
    assert.deepEqual([shown.Runs, shown.Events, shown.Errors].map(Number), [runs, all, failed]);
  }
  await press(page, '30 days');
  const shown = await numbers(page);
  await press(page, 'Open in Usage Analysis');
  await settled(page, 4);
  const {events: all, runs, active_users: active} = await cards(page);
  assert.deepEqual([all.value, runs.value, active.value], [Number(shown.Events), Number(shown.Runs), 1]);
  assert.deepEqual(errors, []);
  await close();
});

test('a group: active of all members, nested ones included', {timeout: 60_000}, async () => {
  const inside = `with recursive g (id) as (select $1::uuid union select r.child_id from g join groups_relations r
    on r.parent_id = g.id) select u.id from users u join g on g.id = u.group_id where not u.is_service
    and u.login not in ('system', 'test')`;
  const {id} = await one(`select r.parent_id as id from groups_relations r join groups g on g.id = r.child_id
    where not g.personal group by 1 order by count(*) desc, 1 limit 1`);
  const {page, errors, close} = await host.openPage('/');
  await openPane(page, `grok.dapi.groups.find('${id}')`, 'Usage');
  await press(page, '30 days');
  const {active} = await one(`select count(distinct user_id)::int active from (${events(30)}) x where user_id in (${inside})`, [id]);
  const {members} = await one(`select count(*)::int members from (${inside}) x`, [id]);
  assert.ok(active > 0);
  assert.equal((await numbers(page))['Active members'], `${active} of ${members}`);
  assert.deepEqual(errors, []);
  await close();
});

test('a function and the queries of a connection: runs, people and durations', {timeout: 90_000}, async () => {
  const {id, runs, people} = await one(`select v.value_uuid as id, count(distinct x.id)::int runs,
    count(distinct user_id)::int people from (${events(90)}) x
    join event_parameter_values v on v.event_id = x.id join funcs f on f.id = v.value_uuid
    where x.type = 'function-ran' and f.source = 'function-package' and
      (select count(*) from func_calls c where c.func_id = f.id and c.ended is not null and c.started >= '${day(90)}') > 30
      and not exists (select from funcs g where g.name = f.name and g.id <> f.id)
    group by 1 order by 2 desc, 1 limit 1`);
  const {page, errors, close} = await host.openPage('/');
  await openPane(page, `grok.dapi.functions.find('${id}')`, 'Usage');
  await press(page, '90 days');
  const shown = await numbers(page);
  assert.deepEqual([shown.Runs, shown.People].map(Number), [runs, people]);
  const timing = await one(`select count(*)::int calls, (count(*) filter (where c.status = 'Error'))::int failed,
    percentile_cont(0.5) within group (order by extract(epoch from c.ended - c.started) * 1000) p50
    from func_calls c join users_sessions s on s.id = c.session_id join users u on u.id = s.user_id
    where c.func_id = $1 and c.started >= '${day(90)}' and not u.is_service and u.login not in ('system', 'test')`, [id]);
  assert.deepEqual([shown['Saved calls'], shown.Failed].map(Number), [timing.calls, timing.failed]);
  const p50 = shown.p50.endsWith(' ms') ? parseFloat(shown.p50) : parseFloat(shown.p50) * 1000;
  assert.ok(Math.abs(p50 - timing.p50) <= (shown.p50.endsWith(' ms') ? 0.51 : 51), `${shown.p50} is ${timing.p50} ms`);

  const connection = await one(`select q.connection_id as id, count(distinct x.id)::int runs from queries q
    join event_parameter_values v on v.value_uuid = q.id join (${events(90)}) x on x.id = v.event_id
    where x.type = 'function-ran' and q.connection_id is not null group by 1 order by 2 desc, 1 limit 1`);
  await openPane(page, `grok.dapi.connections.find('${connection.id}')`, 'Usage');
  await press(page, '90 days');
  assert.equal(Number((await numbers(page)).Runs), connection.runs);
  assert.deepEqual(errors, []);
  await close();
});

test('a project: openings and the people who opened it', {timeout: 60_000}, async () => {
  const {id, openings, people} = await one(`select v.value_uuid as id, count(distinct x.id)::int openings,
    count(distinct user_id)::int people from (${events(30)}) x join event_parameter_values v on v.event_id = x.id
    join projects p on p.id = v.value_uuid join entities y on y.id = p.id and not y.is_deleted
    where x.type = 'project-opened' group by 1 order by 2 desc, 1 limit 1`);
  const {page, errors, close} = await host.openPage('/');
  await openPane(page, `grok.dapi.projects.find('${id}')`, 'Usage');
  await press(page, '30 days');
  const {users} = await one(`select count(distinct user_id)::int users from (${events(30)}) x where ${naming('$1')}`, [id]);
  const shown = await numbers(page);
  assert.deepEqual([Number(shown.Openings), Number(shown.People)], [openings, users]);
  assert.ok(users >= people);
  // The app opens with what names the project, and its rows are the number of the pane.
  const {name} = await one(`select coalesce(nullif(friendly_name, ''), name) as name from projects where id = $1`, [id]);
  await press(page, 'Open in Usage Analysis');
  await settled(page, 2);
  assert.match(decodeURIComponent(page.url()), new RegExp(`/Events\\?.*entities=${id}`));
  await page.waitForFunction((text) => document.querySelector<HTMLElement>('.ua-filter-chips')!.textContent!
    .includes(text), {timeout: 10_000}, name);
  await openPane(page, `grok.dapi.projects.find('${id}')`, 'Usage');
  const count = Number(shown.Events).toLocaleString('en');
  await press(page, count);
  await page.waitForFunction((all) => [...document.querySelectorAll<HTMLElement>('.ua-pages-text')]
    .some((e) => e.offsetParent != null && e.textContent!.endsWith(` of ${all}`)), {timeout: 10_000}, count);
  assert.deepEqual(errors, []);
  await close();
});

test('activity: everything that names the entity, page by page, and the server where nobody did it', {timeout: 60_000}, async () => {
  const {id} = await one(`select v.value_uuid as id from event_parameter_values v join projects p on p.id = v.value_uuid
    join entities x on x.id = p.id and not x.is_deleted group by 1 having count(distinct event_id) > 21 order by count(distinct event_id), 1 limit 1`);
  const type = await one(`select id from event_types where source = 'audit' limit 1`);
  const parameter = randomUUID();
  await client.query(`insert into event_parameters (id, event_type_id, name, type) values ($1, $2, 'entity', 'entity_id')`,
    [parameter, type.id]);
  const event = randomUUID();
  await client.query(`insert into events (id, event_type_id, event_time, description)
    values ($1, $2, now() at time zone 'utc', '<img src=x onerror="window.hurt=1"> shared @entity')`, [event, type.id]);
  await client.query(`insert into event_parameter_values (id, event_id, parameter_id, value, value_uuid)
    values ($1, $2, $3, $4::uuid::text, $4::uuid)`, [randomUUID(), event, parameter, id]);
  const {count} = await one('select count(distinct event_id)::int from event_parameter_values where value_uuid = $1', [id]);
  const {name} = await one(`select coalesce(nullif(friendly_name, ''), name) as name from projects where id = $1`, [id]);
  const {page, errors, close} = await host.openPage('/');
  await openPane(page, `grok.dapi.projects.find('${id}')`, 'Activity');
  const rows = (): Promise<string[]> => page.$$eval('.ua-activity-row', (all) => all.map((e) => e.textContent!));
  assert.equal((await rows()).length, 20);
  assert.ok((await rows())[0].startsWith('The server'), (await rows())[0]);
  assert.ok((await rows())[0].includes(`<img src=x onerror="window.hurt=1"> shared ${name}`), (await rows())[0]);
  while ((await rows()).length < count)
    await press(page, 'Older');
  assert.equal((await rows()).length, count);
  assert.equal(await page.evaluate(() => (window as any).hurt), undefined);
  assert.deepEqual(errors, []);
  await close();
});

test('activity: with whom something was shared, and an account that is gone', {timeout: 60_000}, async () => {
  const [project, session, gone] = [randomUUID(), randomUUID(), randomUUID()];
  const {id: user, name} = await one(`select id, friendly_name as name from users where not is_service
    and login not in ('system', 'test', 'admin') order by login limit 1`);
  const {id: group} = await one(`select id from groups where not personal order by (name = 'All users') desc, id limit 1`);
  await client.query(`insert into entities (id, name, friendly_name) values ($1, 'shared', '<b>Shared</b>')`, [project]);
  await client.query(`insert into projects (id, name, friendly_name) values ($1, 'shared', '<b>Shared</b>')`, [project]);
  await client.query(`update groups set friendly_name = '<i>Chemists</i> & Co' where id = $1`, [group]);
  await client.query('alter table users_sessions drop constraint if exists users_sessions_user_id_fkey');
  await client.query('insert into users_sessions (id, user_id, started) values ($1, $2, $4), ($3, gen_random_uuid(), $4)',
    [session, user, gone, '2026-01-01']);
  const type = async (text: string, names: string[]): Promise<string> => {
    const id = randomUUID();
    await client.query(`insert into event_types (id, source, friendly_name) values ($1, 'audit', $2)`, [id, text]);
    for (const one of names) {
      await client.query(`insert into event_parameters (id, event_type_id, name, type)
        values (gen_random_uuid(), $1, $2, 'entity_id')`, [id, one]);
    }
    return id;
  };
  const happened = async (kind: string, by: string, time: string, values: Record<string, string>): Promise<void> => {
    const event = randomUUID();
    await client.query('insert into events (id, event_type_id, session_id, event_time) values ($1, $2, $3, $4)',
      [event, kind, by, time]);
    await client.query(`insert into event_parameter_values (id, event_id, parameter_id, value, value_uuid)
      select gen_random_uuid(), $1, p.id, $3::jsonb ->> p.name, ($3::jsonb ->> p.name)::uuid
      from event_parameters p where p.event_type_id = $2`, [event, kind, JSON.stringify(values)]);
  };
  await happened(await type('entity-shared-silent', ['entity', 'group']), session, '2026-01-02', {entity: project, group});
  await happened(await type('project-published', ['entity']), gone, '2026-01-03', {entity: project});
  const {page, errors, close} = await host.openPage('/');
  await openPane(page, `grok.dapi.projects.find('${project}')`, 'Activity');
  assert.deepEqual(await page.$$eval('.ua-activity-row', (all) => all.map((e) =>
    [e.querySelector('.ua-activity-who')!.textContent, e.querySelector('.ua-activity-text')!.textContent])), [
    ['An account that is gone', 'published <b>Shared</b>'], [name, 'shared <b>Shared</b> with <i>Chemists</i> & Co']]);
  assert.equal(await page.$('.ua-activity-details'), null);
  assert.deepEqual(errors, []);
  await close();
});

test('a package: functions, durations of all its calls; a number leads to its rows, in the app that is open', {timeout: 90_000}, async () => {
  const calls = (of: string): string => `from func_calls c join entities e on e.id = c.func_id
    join published_packages v on v.id = e.package_id join packages p on p.id = v.package_id join users_sessions s on s.id = c.session_id
    join users u on u.id = s.user_id where not u.is_service and u.login not in ('system', 'test')
    and c.started >= '${day(30)}' and ${of}`;
  // Not the package itself: what the page asks here is saved as its calls.
  const {name} = await one(`select p.name ${calls(`p.name <> 'UsageAnalysis'`)} group by 1
    order by count(c.ended) desc, 1 limit 1`);
  const timing = await one(`select count(*)::int calls, percentile_cont(0.95) within group
    (order by extract(epoch from c.ended - c.started) * 1000) p95 ${calls('p.name = $1')}`, [name]);
  const {page, errors, close} = await host.openPage('/');
  await openPane(page, `grok.dapi.packages.filter('shortName = "${name}"').list().then((all) => all[0])`, 'Usage');
  await press(page, '30 days');
  const shown = await numbers(page);
  assert.equal(Number(shown['Saved calls']), timing.calls);
  const [value, unit] = [parseFloat(shown.p95), shown.p95.replace(/^[\d.]+ /, '')];
  assert.ok(Math.abs(value * ({ms: 1, s: 1000}[unit] ?? NaN) - timing.p95) <= (unit === 'ms' ? 0.51 : 51), `${shown.p95} is ${timing.p95}`);
  const lines = await page.$$eval('.ua-pane-section', (all) => all.map((e) => e.querySelector('.ua-pane-title')!.textContent));
  assert.deepEqual(lines, ['Most active', 'Functions run', 'Duration']);
  for (const measure of ['Runs', 'Events']) {
    await press(page, Number(shown[measure]).toLocaleString('en'));
    await page.waitForFunction((word) => location.search.includes(`measure=${word}`), {}, measure.toLowerCase());
    const text = await page.waitForFunction((count) => [...document.querySelectorAll<HTMLElement>('.ua-pages-text')]
      .find((e) => e.offsetParent != null && e.textContent!.endsWith(` of ${count}`))?.textContent, {},
    Number(shown[measure]).toLocaleString('en')).then((handle) => handle.jsonValue());
    assert.ok(text);
  }
  assert.equal(await page.evaluate(() => [...(window as any).grok.shell.views]
    .filter((view: any) => view.root.classList.contains('ua-app')).length), 1);
  assert.deepEqual(errors, []);
  await close();
});

test('ten entities opened quickly leave the queries of the last one running', {timeout: 90_000}, async () => {
  const {rows: users} = await client.query(`select user_id as id from (${events(90)}) x group by 1 order by count(*) desc, 1 limit 10`);
  const {page, errors, close} = await host.openPage('/');
  await openPane(page, `grok.dapi.users.find('${users[0].id}')`, 'Usage');
  const entities = users.map(({id}) => `'${id}'`).join();
  // Nothing can answer while the events are locked.
  const locker = new pg.Client({connectionString: host.databaseUrl});
  await locker.connect();
  await locker.query('begin; lock table events in access exclusive mode');
  await page.evaluate(`(async () => {
    const users = await Promise.all([${entities}].map((id) => grok.dapi.users.find(id)));
    for (const user of users) {
      grok.shell.o = user;
      await new Promise((done) => setTimeout(done, 60));
    }
  })()`);
  const waiting = async (): Promise<number> => (await one(`select count(*)::int from pg_stat_activity
    where datname = current_database() and wait_event_type = 'Lock' and query like '%OverviewActivity%'
      or wait_event_type = 'Lock' and query like '%chosen_groups%'`)).count;
  for (let calm = 0; calm < 5;) {
    calm = await waiting() <= 1 ? calm + 1 : 0;
    await new Promise((done) => setTimeout(done, 100));
  }
  assert.equal(await waiting(), 1);
  await locker.query('commit');
  await locker.end();
  await answered(page);
  const last = users[9].id;
  const {count} = await one(`select count(*)::int from (${events(30)}) x where user_id = $1`, [last]);
  await press(page, '30 days');
  assert.equal(Number((await numbers(page)).Events), count);
  assert.deepEqual(errors, []);
  await close();
});

test('what was never used says so; a failure says why, and Retry asks again', {timeout: 60_000}, async () => {
  const id = randomUUID();
  await client.query(`insert into entities (id, name) values ($1, 'unused')`, [id]);
  await client.query(`insert into projects (id, name, friendly_name) values ($1, 'unused', 'Unused')`, [id]);
  const {page, errors, close} = await host.openPage('/');
  await openPane(page, `grok.dapi.projects.find('${id}')`, 'Usage');
  assert.deepEqual(await numbers(page), {'People': '0', 'Openings': '0', 'Events': '0', 'Errors': '0', 'Last use': 'never'});
  await openPane(page, `grok.dapi.projects.find('${id}')`, 'Activity');
  assert.equal(await page.$eval('.ua-activity', (e) => e.textContent), 'Nothing is on record.');
  await client.query('alter table event_parameter_values rename to gone');
  await openPane(page, `grok.dapi.projects.find('${id}')`, 'Usage');
  const failed = await page.$eval('.ua-pane', (e) => e.textContent);
  assert.match(failed!, /event_parameter_values.*Retry/s);
  await client.query('alter table gone rename to event_parameter_values');
  await press(page, 'Retry');
  assert.equal((await numbers(page)).Events, '0');
  assert.deepEqual(errors, []);
  await close();
});

test('names are hidden in panes as on the tabs', {timeout: 60_000}, async () => {
  const {id, friendly_name: name} = await one(`select u.id, u.friendly_name from (${events(30)}) x join users u on u.id = x.user_id
    group by 1 order by count(*) desc, 1 limit 1`);
  await client.query(`insert into entities (id) values ('1ab8b38d-9c4e-4b1e-81c3-ae2bde3e12c5') on conflict do nothing`);
  await client.query(`insert into tags (id, entity_id, tag) values (gen_random_uuid(), '1ab8b38d-9c4e-4b1e-81c3-ae2bde3e12c5',
    'usage-analysis:hide-names')`);
  const {page, close} = await host.openPage('/');
  await openPane(page, `grok.dapi.users.find('${id}')`, 'Activity');
  const text = await page.$eval('.ua-activity', (e) => e.textContent);
  assert.ok(text!.includes(`User ${await page.evaluate(() => '')}`) && !text!.includes(name), text!.slice(0, 300));
  assert.equal(await page.$('.ua-activity-who button'), null);
  await client.query(`delete from tags where tag = 'usage-analysis:hide-names'`);
  await close();
});

test('the home page shows users and errors of four weeks, without the code of the tabs', {timeout: 60_000}, async () => {
  const {page, errors, close} = await host.openPage('/');
  await page.waitForSelector('.ua-home-line');
  const yesterday = day(2);
  const {users} = await one(`select count(distinct user_id)::int users from (${events(30)}) x
    where event_time >= '${yesterday}' and event_time < '${day(1)}'`);
  const {errors: failed} = await one(`select count(*)::int errors from events e join event_types t on t.id = e.event_type_id
    left join users_sessions s on s.id = e.session_id left join users u on u.id = s.user_id
    where t.source = 'error' and t.is_error is distinct from false and event_time >= '${yesterday}' and event_time < '${day(1)}'
      and (u.id is null or not u.is_service and u.login not in ('system', 'test'))`);
  assert.deepEqual(await page.$$eval('.ua-home-number', (all) => all.map((e) => Number(e.textContent!.replace(/,/g, '')))),
    [users, failed]);
  assert.match((await page.$eval('.ua-home-users .ua-sparkline', (e) => e.getAttribute('aria-label')))!,
    /^Active users per day: highest \d+, last \d+$/);
  const scripts = await page.evaluate(() => performance.getEntriesByType('resource')
    .filter((e) => /\/dist\/[^/]+\.js/.test(e.name)).map((e) => (e as PerformanceResourceTiming).decodedBodySize));
  assert.ok(scripts.length > 0 && scripts.reduce((a, b) => a + b, 0) < 80_000, `${scripts} bytes of scripts`);
  assert.deepEqual(errors, []);
  await close();
});

test('whoever may not see usage gets no pane and no card', {timeout: 60_000}, async () => {
  const {login, id} = await one(`select u.login, u.id from (${events(30)}) x join users u on u.id = x.user_id
    where u.login <> 'admin' group by 1, 2 order by count(*) desc, 1 limit 1`);
  const {page, close} = await host.openPage(`/?user=${login}`);
  await page.evaluate(`(async () => {grok.shell.o = await grok.dapi.users.find('${id}');})()`);
  await page.waitForFunction(() => [...document.querySelectorAll('.d4-accordion-pane-header')]
    .some((e) => e.textContent!.trim() === 'Details'));
  assert.equal(await page.evaluate(() => [...document.querySelectorAll('.d4-accordion-pane-header')]
    .filter((e) => ['Usage', 'Activity'].includes(e.textContent!.trim())).length), 0);
  assert.equal(await page.$('.ua-home'), null);
  await close();
});
