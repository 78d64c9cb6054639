import assert from 'node:assert/strict';
import {after, before, test} from 'node:test';
import {openAsker, QUERIES, type Asker, type Row} from './asked.ts';
import {Oracle} from './oracle.ts';
import {eachLog, iso} from './requests.ts';
import {installRollups} from './summaries.ts';
import {CENTRE, load, randomLog, type Tables} from './random-log.ts';

const ADMINISTRATORS = '1ab8b38d-9c4e-4b1e-81c3-ae2bde3e12c5';
const HIDDEN = '(hidden: names a person)';
const YEAR = {from: iso(CENTRE - 200 * 86_400_000), to: iso(CENTRE + 200 * 86_400_000)};

let asker: Asker;
before(async () => {
  asker = await openAsker();
  // Some of the queries read them.
  await installRollups(asker.client);
});
after(() => asker.close());

async function tag(text: string, entity = ADMINISTRATORS): Promise<void> {
  await asker.client.query('insert into tags (id, entity_id, tag) values (gen_random_uuid(), $1, $2)', [entity, text]);
}

/** Names are written into everything that programs and people may write into. */
async function nameEverywhere(): Promise<void> {
  for (const sql of [
    `update users set first_name = 'Zoe', last_name = 'Quux' where not coalesce(is_service, false)`,
    `update events set description = 'ANN lee opened it', error_message = 'for zoe  quux.',
       error_stack_trace = '/home/bob/x.ts'`,
    `update event_types set comment = 'seen by Bob, Zoe Quux'`,
    `update event_types set friendly_name = 'failed for (zoe) QUUX' where source = 'error'`,
    `update event_parameter_values set value = 'by O''Brien, "Bob"' where value_uuid is null`,
    `update func_calls set error_message = 'Zoe Quux has no rights'`,
    `update func_call_values set value = 'zoe_quux' where value is not null`])
    await asker.client.query(sql);
}

/** The log that roll-ups hold. */
let rolledUp: Tables | null = null;

/** Whatever a query answers, for everything that is there. */
async function askAll(tables: Tables): Promise<Map<string, Row[]>> {
  if (rolledUp !== tables) {
    await asker.client.query('truncate usage_rollups.days');
    await asker.client.query(`call usage_rollups.refresh('-infinity')`);
    rolledUp = tables;
  }
  const ids = (table: string): unknown[] => tables[table].map((row) => row.id);
  const answers = new Map<string, Row[]>();
  for (const [name, query] of QUERIES) {
    const has = (input: string): boolean => query.params.some((param) => param.isInput && param.name === input);
    const values = {...has('from') ? YEAR : {}, ...has('service') ? {service: true} : {},
      ...has('events') ? {events: ids('events')} : {}, ...has('calls') ? {calls: ids('func_calls')} : {},
      ...has('pageSize') ? {pageSize: 1000} : {}, ...has('entities') ? {entities: ids('entities')} : {},
      ...name === 'EntityLog' ? {users: ids('users')} : {}};
    if (has('parameter')) {
      const rows = await Promise.all(['entity', 'user', 'package', 'ms'].map((parameter) =>
        asker.ask(name, {...values, parameter, top: 10_000})));
      answers.set(name, rows.flat());
    } else
      answers.set(name, await asker.ask(name, values));
  }
  return answers;
}

const words = (text: unknown): string => ` ${String(text).toLowerCase().replace(/[^\p{L}\p{N}]+/gu, ' ').trim()} `;

/** Names and logins of people, as the words they consist of; not those that a service account has too. */
function people(tables: Tables): string[] {
  const of = (users: Row[]): string[] => users.flatMap((user) => [user.login, user.friendly_name])
    .filter((text) => text != null).map(words);
  const services = of(tables.users.filter(Oracle.isService));
  return [...new Set([...of(tables.users.filter((user) => !Oracle.isService(user))), words('Zoe Quux')])]
    .filter((text) => text.trim().length >= 3 && !services.some((name) => name.includes(text)));
}

test('while names are hidden no answer of any query holds a name or login of a person', async () => {
  for (let seed = 1; seed <= 6; seed++) {
    const tables = randomLog(seed);
    await load(asker.client, tables);
    await nameEverywhere();
    const shown = await askAll(tables);
    await tag('usage-analysis:hide-names');
    const hidden = await askAll(tables);
    const names = people(tables);
    const leaks = (rows: Row[]): unknown[] => rows.flatMap((row) => Object.values(row))
      .filter((value) => typeof value === 'string' && names.some((name) => words(value).includes(name)));
    for (const [query, rows] of hidden)
      assert.deepEqual(leaks(rows), [], `${query}, log ${seed}`);
    // The same check finds them where they are not hidden.
    for (const query of ['EventRows', 'FilterUsers', 'FunctionCallValues', 'EventTypes', 'EntityLog', 'EntityActivity'])
      assert.ok(leaks(shown.get(query)!).length > 0, `${query}, log ${seed}`);
    assert.ok(hidden.get('EventRows')!.every((row) => row.description === HIDDEN && row.error_message === HIDDEN));
  }
});

test('a pseudonym is the same in every answer, differs for each person, and changes no number', () =>
  eachLog(asker, 6, async (_, __, ___, tables) => {
    const numbers = (rows: Row[]): string[] => rows.map((row) => JSON.stringify(Object.entries(row)
      .filter(([column, value]) => typeof value === 'number' || column.endsWith('_id')))).sort();
    const shown = await askAll(tables);
    await tag('usage-analysis:hide-names');
    const hidden = await askAll(tables);
    const label = new Map(hidden.get('FilterUsers')!.map((row) => [row.id, row.label]));
    assert.equal(new Set(label.values()).size, tables.users.length);
    for (const [query, rows] of hidden) {
      assert.deepEqual(numbers(rows), numbers(shown.get(query)!), query);
      for (const row of rows.filter((one) => one.user_id != null && one.user != null))
        assert.equal(row.user, label.get(row.user_id) ?? row.user, query);
    }
    await asker.client.query('delete from tags where entity_id = $1', [ADMINISTRATORS]);
  }));

test('only a tag of the group Administrators hides names', async () => {
  const tables = randomLog(3);
  await load(asker.client, tables);
  const labels = async (): Promise<unknown[]> => (await asker.ask('FilterUsers')).map((row) => row.label);
  const before = await labels();
  for (const {id} of [...tables.groups, ...tables.users])
    await tag('usage-analysis:hide-names', id as string);
  await tag('hide-names');
  assert.deepEqual(await labels(), before);
  assert.deepEqual(await asker.ask('Privacy'), [{hides_names: false, parameters: ''}]);
  await tag('usage-analysis:hide-names');
  assert.notDeepEqual(await labels(), before);
});

test('values of parameters that are called like secrets, and of those that are listed, are never told', async () => {
  const cases: [string, boolean][] = [['password', true], ['User Password', true], ['api_key', true], ['authToken', true],
    ['tokens', false], ['key', true], ['monkey', false], ['Cookie', true], ['plate', false], ['Sample-Id', true],
    ['sampleid2', false]];
  const tables = randomLog(4);
  await load(asker.client, tables);
  await tag('usage-analysis:hide-values:sample_id');
  await tag('usage-analysis:hide-values:%$(');
  for (const [name, isSecret] of cases) {
    await asker.client.query('update event_parameters set name = $1', [name]);
    await asker.client.query('update func_params set name = $1', [name]);
    await asker.client.query(`update event_parameter_values set value = '4711', value_uuid = null`);
    const values = (await asker.ask('EventRowParameters', {events: tables.events.map((event) => event.id)}))
      .filter((row) => row.name === name);
    assert.ok(values.length > 20);
    assert.ok(values.every((row) => row.value === (isSecret ? '(hidden)' : '4711')), name);
    const most = await asker.ask('EventParameterValues', {...YEAR, service: true, parameter: name});
    assert.deepEqual(most.map((row) => row.label), [isSecret ? '(hidden)' : '4711'], name);
    const declared = (await asker.ask('EventTypeParameters', {...YEAR, service: true})).filter((row) => row.events > 0);
    assert.ok(declared.length > 3);
    assert.ok(declared.every((row) => row.max_number === (isSecret ? null : 4711)), name);
    const calls = (await asker.ask('FunctionCallValues', {calls: tables.func_calls.map((call) => call.id)}))
      .filter((row) => row.name === name && row.value !== null);
    assert.ok(calls.length > 5);
    assert.equal(calls.every((row) => row.value === '(hidden)'), isSecret, name);
  }
  assert.deepEqual((await asker.ask('Privacy'))[0].parameters.split('\n'), ['%$(', 'sample_id']);
});
