import assert from 'node:assert/strict';
import {after, before, test} from 'node:test';
import {openAsker, type Asker} from './asked.ts';
import {groupBy, Oracle} from './oracle.ts';
import {load, randomLog} from './random-log.ts';

let asker: Asker;
before(async () => {
  asker = await openAsker();
});
after(() => asker.close());

async function eachLog(check: (oracle: Oracle) => Promise<void>): Promise<void> {
  for (let seed = 200; seed < 212; seed++) {
    await load(asker.client, randomLog(seed));
    await check(await Oracle.read(asker.client));
  }
}

test('groups: those that are neither personal nor hidden, with the people in them however deep', () =>
  eachLog(async (oracle) => {
    const expected = oracle.data.groups.filter((group) => !group.personal && !group.hidden).map((group) => {
      const inside = oracle.closure([group.id]);
      return {id: group.id, name: group.friendly_name || group.name,
        members: oracle.data.users.filter((user) => inside.has(user.group_id) && !Oracle.isService(user)).length};
    });
    const rows = await asker.ask('FilterGroups');
    assert.deepEqual([...rows].sort((a, b) => a.id < b.id ? -1 : 1), expected.sort((a, b) => a.id < b.id ? -1 : 1));
    assert.deepEqual(rows.map((row) => row.name.toLowerCase()), rows.map((row) => row.name.toLowerCase()).sort());
  }));

test('users: all of them, service accounts marked, no two labels alike', () => eachLog(async (oracle) => {
  const rows = await asker.ask('FilterUsers');
  assert.deepEqual(rows.map((row) => [row.id, row.login, row.group_id, row.status, row.is_service]).sort(),
    oracle.data.users.map((user) => [user.id, user.login, user.group_id, user.status, Oracle.isService(user)]).sort());
  assert.equal(new Set(rows.map((row) => row.label.toLowerCase())).size, rows.length);
}));

test('packages: one row a name, and Core', () => eachLog(async (oracle) => {
  const rows = await asker.ask('FilterPackages');
  assert.deepEqual(rows.map((row) => row.name).sort(),
    [...new Set(['Core', ...oracle.data.packages.map((row) => Oracle.packageName(row))])].sort());
  assert.ok(rows.every((row) => row.label.trim() !== ''));
}));

test('tags: of functions alone, with the number of functions, versions as one', () => eachLog(async (oracle) => {
  const tags = new Map<string, Set<string>>();
  for (const {tag, entity_id: id} of oracle.data.tags.filter((row) => row.tag.trim() !== '')) {
    if (oracle.find('funcs', id) !== undefined)
      tags.set(tag, (tags.get(tag) ?? new Set()).add(oracle.functionKey(id)));
  }
  assert.deepEqual((await asker.ask('FilterTags')).map((row) => [row.tag, row.functions]).sort(),
    [...tags].map(([tag, functions]) => [tag, functions.size]).sort());
}));

test('categories: of the names of packages, none for those without, and Core', () => eachLog(async (oracle) => {
  const names = ['Core', ...new Set(oracle.data.packages.map(Oracle.packageName))];
  const categories = groupBy(names, (name) => oracle.category(name));
  assert.deepEqual((await asker.ask('FilterCategories')).map((row) => [row.category, row.packages]).sort(),
    [...categories].map(([key, list]) => [JSON.parse(key), list.length]).sort());
}));

test('namesakes: the login tells users apart, the name packages', async () => {
  const ids = [1, 2, 3, 4].map((i) => `00000000-0000-4000-8000-00000000000${i}`);
  const account = {joined: null, group_id: null, status: 'active', is_service: false};
  await load(asker.client, {
    users: [{id: ids[0], login: 'alee', friendly_name: 'Ann Lee', ...account},
      {id: ids[1], login: 'ann', friendly_name: 'ann lee', ...account},
      {id: ids[2], login: 'bob', friendly_name: 'Bob', ...account}, {id: ids[3], login: 'eve', ...account}],
    packages: [{id: ids[0], name: 'Chem', friendly_name: 'Chemistry'}, {id: ids[1], name: 'Chem2', friendly_name: 'Chemistry'},
      {id: ids[2], name: 'Bio', friendly_name: '', category: 'Science'}],
    groups: [],
  });
  assert.deepEqual((await asker.ask('FilterUsers')).map((row) => row.label),
    ['Ann Lee (alee)', 'ann lee (ann)', 'Bob', 'eve']);
  assert.deepEqual(await asker.ask('FilterPackages'), [{name: 'Bio', label: 'Bio', category: 'Science'},
    {name: 'Chem', label: 'Chemistry (Chem)', category: null}, {name: 'Chem2', label: 'Chemistry (Chem2)', category: null},
    {name: 'Core', label: 'Core', category: null}]);
  assert.deepEqual(await asker.ask('FilterGroups'), []);
});

test('a server whose users have no mark of service accounts is read all the same', async () => {
  await load(asker.client, randomLog(7));
  await asker.client.query('alter table users rename column is_service to was_service');
  try {
    const rows = await asker.ask('FilterUsers');
    assert.equal(rows.filter((row) => row.is_service).length, 2);
    assert.equal((await asker.ask('OverviewTotals', {from: '2026-01-01T00:00:00Z', to: '2027-01-01T00:00:00Z'})).length, 1);
  } finally {
    await asker.client.query('alter table users rename column was_service to is_service');
  }
});
