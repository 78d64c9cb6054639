/**
 * Usage Analysis' numbers for a script or a CI job, by the platform's official client. Prints one line of JSON.
 *
 *     DATAGROK_API=https://datagrok.example.org/api DATAGROK_TOKEN=... \
 *       node --import tsx --import ./docs/node-client/loader.mjs docs/node-client/usage-numbers.mjs [--detached]
 *
 * Without a token, a local host takes you for its administrator. Days are those of UTC.
 */
import {createRequire} from 'node:module';

const apiUrl = process.env.DATAGROK_API ?? 'http://localhost:8080/api';
const apiToken = process.env.DATAGROK_TOKEN ?? '';
// A process that serves many people starts detached: nothing of one user's start-up data is kept.
const detached = process.argv.includes('--detached');

const {startDatagrok} = createRequire(import.meta.url)('datagrok-api/datagrok');
await startDatagrok({apiUrl, apiToken, detached});
const {grok} = globalThis;

const day = 24 * 60 * 60_000;
const to = new Date(Math.floor(Date.now() / day) * day);
const from = new Date(to.getTime() - 30 * day);
const range = {from: from.toISOString(), to: to.toISOString()};
const previous = {previousFrom: new Date(from.getTime() - 30 * day).toISOString(), previousTo: range.from};

/** Column of a table as a list. */
const list = (frame, column) => frame.getCol(column).toList();

// Who asks, and what there is.
const me = await grok.dapi.users.current();
const [group] = await grok.dapi.groups.filter('name = "Administrators"').list();
const packages = await grok.dapi.packages.list();
const functions = await grok.dapi.functions.filter('package.shortName = "UsageAnalysis"').list();
const latest = await grok.dapi.log.by(1).list();
const mine = await grok.dapi.log.activity.where({userId: me.id}).by(5).list();

// Queries of the package. What is left out has the default of its header: everybody, all packages, no service accounts.
const totals = await grok.data.query('UsageAnalysis:OverviewTotals', {...range, ...previous});
const row = list(totals, 'period').indexOf('current');
const packagesUsed = await grok.functions.call('UsageAnalysis:PackagesActivity', {...range, unit: 'month', zone: 'UTC'});

const users = new Map();
const [names, people, events] = ['package', 'user_id', 'events'].map((column) => list(packagesUsed, column));
names.forEach((name, i) => events[i] > 0 && people[i] != null &&
  (users.get(name) ?? users.set(name, new Set()).get(name)).add(people[i]));

console.log(JSON.stringify({
  me: me.login, administrators: group?.friendlyName, packages: packages.map((one) => one.name).sort(),
  functions: functions.length, latest: latest.map((one) => one.eventTime.toISOString()), mine: mine.length,
  activeUsers: totals.get('active_users', row), events: totals.get('events', row), errors: totals.get('errors', row),
  usersByPackage: Object.fromEntries([...users].map(([name, ids]) => [name, ids.size]).sort()),
}));
process.exit(0);
