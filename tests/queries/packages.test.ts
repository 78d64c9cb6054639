import assert from 'node:assert/strict';
import {after, before, test} from 'node:test';
import {openAsker, type Asker, type Row} from './asked.ts';
import {groupBy, Oracle, type Asked} from './oracle.ts';
import {TEXTS_OF_MS} from './random-log.ts';
import {eachLog, HOUR, values} from './requests.ts';

const LOGS = 12;
const DAY = 86_400_000_000;

let asker: Asker;
before(async () => {
  asker = await openAsker();
});
after(() => asker.close());

/** Microseconds of a stored instant. */
function micros(text: string): number {
  const digits = (text.split('.')[1] ?? '').padEnd(6, '0');
  return Date.parse(`${text.slice(0, 19)}Z`) * 1000 + Number(digits);
}

const byId = (a: Row, b: Row): number => a.id < b.id ? -1 : 1;

test('unused packages: those without an event, with their version and their last use by the same people', () =>
  eachLog(asker, LOGS, async (oracle, asked) => {
    const used = new Set(oracle.counted(asked).filter((event) => event.isEvent).map((event) => event.package));
    const {groups, users, service} = asked;
    const ever = oracle.counted({from: -Infinity, to: Infinity, groups, users, service})
      .filter((event) => event.isEvent);
    const published = (row: Row): string => row.published_on ?? '';
    const expected = [...groupBy(oracle.data.packages, Oracle.packageName)].map(([key, rows]) => {
      const name = JSON.parse(key) as string;
      const ids = rows.map((row) => row.id);
      const [version] = oracle.data.published_packages.filter((row) => ids.includes(row.package_id)).sort((a, b) =>
        Number(b.is_current && !b.debug) - Number(a.is_current && !a.debug) ||
        Number(b.is_current) - Number(a.is_current) ||
        (published(a) === published(b) ? byId(a, b) : published(a) < published(b) ? 1 : -1));
      const uses = ever.filter((event) => event.package === name);
      return {package_name: name, category: oracle.category(name), version: version?.version ?? null,
        published_on: version?.published_on ? Math.floor(micros(version.published_on) / 1000) : null,
        last_use: uses.length === 0 ? null : Math.max(...uses.map((event) => event.time)),
        users_ever: new Set(uses.map((event) => event.user)).size};
    }).filter((row) => !used.has(row.package_name) && oracle.inCategories(row.package_name, asked.categories) &&
      (!asked.packages?.length || asked.packages.includes(row.package_name)));
    const rows = await asker.ask('PackagesUnused', values(asked));
    const order = (a: Row, b: Row): number => a.package_name < b.package_name ? -1 : 1;
    assert.deepEqual(rows.map(({package: label, ...row}) => (assert.ok(label), row)).sort(order), expected.sort(order));
    const times = rows.map((row) => row.last_use ?? -Infinity);
    assert.deepEqual(times, [...times].sort((a, b) => b - a));
  }));

test('packages are either used or listed as unused', () => eachLog(asker, LOGS, async (oracle, asked) => {
  const wide: Asked = {...asked, packages: [], categories: []};
  const names = (rows: Row[]): string[] => rows.map((row) => row.package_name);
  const used = new Set(names(await asker.ask('PackagesActivity', values(wide))));
  used.delete('Core');
  assert.deepEqual([...used, ...names(await asker.ask('PackagesUnused', values(wide)))].sort(),
    [...new Set(oracle.data.packages.map(Oracle.packageName))].sort());
}));

/** The first value of a parameter of an event that fits. */
function valueOf(oracle: Oracle, event: Row, name: string, fits: (value: Row) => boolean): Row | undefined {
  const order = (value: Row): string => value.parameter_id + value.id;
  return oracle.data.event_parameter_values.filter((value) => value.event_id === event.id && fits(value) &&
    oracle.find('event_parameters', value.parameter_id)?.name === name)
    .sort((a, b) => order(a) < order(b) ? -1 : 1)[0];
}

function expectedInstallations(oracle: Oracle, asked: Asked): unknown[][] {
  const rows: unknown[][] = [];
  for (const event of oracle.data.events) {
    const time = event.event_time === null ? NaN : Date.parse(`${event.event_time}Z`);
    const type = oracle.find('event_types', event.event_type_id);
    const user = oracle.userOf(event.session_id);
    if (!(time >= asked.from && time < asked.to) || type?.source !== 'audit' ||
      type.friendly_name !== 'package-version-published' ||
      (user === undefined ? asked.groups?.length || asked.users?.length : !oracle.isCounted(user, asked)))
      continue;
    const named = (value: Row): Row[] => oracle.data.packages
      .filter((row) => row.id === value.value || row.id === value.value_uuid).sort(byId);
    const value = valueOf(oracle, event, 'entity', (one) => named(one).length > 0);
    const found = value === undefined ? undefined : named(value)[0];
    const name = found === undefined ? null : Oracle.packageName(found);
    if ((asked.packages?.length && !asked.packages.includes(name ?? '')) ||
      (asked.categories?.length && (name === null || !oracle.inCategories(name, asked.categories))))
      continue;
    const distance = (row: Row): number => Math.abs(micros(row.published_on) - micros(event.event_time));
    const [version] = oracle.data.published_packages.filter((row) => row.package_id === found?.id &&
      found !== undefined && row.published_on !== null && distance(row) <= DAY)
      .sort((a, b) => distance(a) - distance(b) || micros(a.published_on) - micros(b.published_on) || byId(a, b));
    const ms = valueOf(oracle, event, 'ms', (one) => TEXTS_OF_MS.includes(one.value));
    const length = ms === undefined ? null : Number(ms.value);
    rows.push([event.id, time, name, version?.version ?? null, length, user?.id ?? null]);
  }
  return rows.sort();
}

test('publications: of which package and version, by whom, and how long they took', () =>
  eachLog(asker, LOGS * 2, async (oracle, asked) => {
    const {from, to, groups, users, packages, categories, service} = asked;
    const days = 10 * 24 * HOUR;
    const request = {from: from - days, to: to + days, groups, users, packages, categories, service};
    const rows = await asker.ask('PackagesInstallations', values(request));
    assert.deepEqual(rows.map((row) =>
      [row.event_id, row.time, row.package_name, row.version, row.ms, row.user_id]).sort(),
    expectedInstallations(oracle, request));
    for (const row of rows)
      assert.equal(row.category, row.package_name === null ? null : oracle.category(row.package_name));
  }));
