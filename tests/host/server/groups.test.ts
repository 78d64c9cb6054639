import assert from 'node:assert/strict';
import {after, before, describe, it} from 'node:test';
import pg from 'pg';
import {Callers} from '../../../host/server/access/index.ts';
import {ADMIN_GROUP, ADMIN_USER, ADMINISTRATORS, ALL_USERS} from '../../../host/server/access/well-known.ts';
import {mayView} from '../../../host/server/access/rights.ts';
import {GROUPS, id, organisation, USERS} from './organisation.ts';

let database: Awaited<ReturnType<typeof organisation>>;
let pool: pg.Pool;
before(async () => {
  database = await organisation();
  pool = new pg.Pool({connectionString: database.url, max: 2});
});
after(async () => {
  await pool.end();
  await database.close();
});

const groupsOf = (...names: (keyof typeof GROUPS)[]): string[] => [...names.map((name) => GROUPS[name]),
  ALL_USERS].sort();

describe('groups of a caller', () => {
  const callers = () => new Callers(pool, {ownerIsAdmin: true});

  it('include every group above, through nesting and a diamond, and the personal one', async () => {
    const ann = await callers().byLogin('ANN');
    assert.equal(ann?.userId, USERS.ann);
    assert.deepEqual([...ann!.groupIds].sort(), groupsOf('ann', 'team', 'lab%', 'Chemists', 'site', 'left', 'right',
      'top'));
    assert.ok(ann!.groupNames.has('top floor'), 'friendly names count, in lower case');
    assert.equal(ann!.isAdmin, false);
  });

  it('end when groups are members of each other in a circle', async () => {
    const bob = await callers().byId(USERS.bob);
    assert.deepEqual([...bob!.groupIds].sort(), groupsOf('bob', 'loop a', 'loop b', 'loop c'));
  });

  it('do not include members of the same group or groups below', async () => {
    const eve = await callers().byLogin('eve');
    assert.deepEqual([...eve!.groupIds].sort(), groupsOf('eve'));
  });

  it('follow the database at once', async () => {
    await database.client.query('insert into groups_relations (id, parent_id, child_id) values ($1, $2, $3)',
      [id(990), ADMINISTRATORS, GROUPS['loop c']]);
    assert.equal((await callers().byLogin('bob'))!.isAdmin, true);
    await database.client.query('delete from groups_relations where id = $1', [id(990)]);
    assert.equal((await callers().byLogin('bob'))!.isAdmin, false);
  });

  it('nobody has an unknown login', async () => assert.equal(await callers().byLogin(`' or true --`), undefined));
});

describe('the one who started the host', () => {
  const owner = () => new Callers(pool, {ownerIsAdmin: true}).owner();

  it('is the built-in administrator', async () => {
    const {userId, isAdmin, groupIds} = await owner();
    assert.deepEqual([userId, isAdmin], [ADMIN_USER, true]);
    assert.deepEqual([...groupIds].sort(), [ADMIN_GROUP, ADMINISTRATORS, ALL_USERS].sort());
  });

  it('is the user admin where the built-in one is missing, and somebody made up where both are', async () => {
    await database.client.query('begin');
    try {
      await database.client.query('update users_sessions set user_id = $1 where user_id = $2', [USERS.eve, ADMIN_USER]);
      await database.client.query('update users set login = $1 where id = $2', ['Admin', USERS.eve]);
      await database.client.query('delete from users where id = $1', [ADMIN_USER]);
      const inside = {query: database.client.query.bind(database.client)} as unknown as pg.Pool;
      const other = await new Callers(inside, {ownerIsAdmin: true}).owner();
      assert.deepEqual([other.userId, other.isAdmin], [USERS.eve, true]);
      await database.client.query('update users set login = $1 where id = $2', ['eve', USERS.eve]);
      const madeUp = await new Callers(inside, {ownerIsAdmin: true}).owner();
      assert.deepEqual([madeUp.userId, madeUp.login, madeUp.isAdmin], [ADMIN_USER, 'admin', true]);
      assert.equal((await new Callers(inside, {ownerIsAdmin: false}).owner()).isAdmin, false);
    } finally {
      await database.client.query('rollback');
    }
  });
});

describe('viewers of a package', () => {
  const caller = (isAdmin: boolean, ...names: string[]) => ({userId: '', login: '', friendlyName: '', sessionId: null,
    isAdmin, groupIds: new Set<string>(), groupNames: new Set(names)});
  const cases: [string, string[], ReturnType<typeof caller>, boolean][] = [
    ['everybody when no group is named', [], caller(false), true],
    ['members, in any letter case', ['CHEMISTS'], caller(false, 'chemists'), true],
    ['members of one of several groups', ['a', 'b'], caller(false, 'b'), true],
    ['not others', ['Chemists'], caller(false, 'all users'), false],
    ['administrators', ['Chemists'], caller(true), true],
  ];
  for (const [name, canView, who, expected] of cases)
    it(name, () => assert.equal(mayView(who, {canView}), expected));
});
