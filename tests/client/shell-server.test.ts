import {after, before, describe, it} from 'node:test';
import assert from 'node:assert/strict';
import {openPlayground, type Playground} from '../support/playground.ts';

declare const grok: any;

const id = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;

/** A person as the server would send it. */
function person(n: number, login: string): Record<string, unknown> {
  return {'#type': 'User', 'id': id(n), login, 'firstName': login, 'lastName': 'Test', 'friendlyName': `${login} Test`,
    'status': 'active', 'joined': '2024-01-02T03:04:05.000Z',
    'project': {'#type': 'Project', 'id': id(n + 500), 'name': login},
    'group': {'#type': 'UserGroup', 'id': id(n + 600), 'name': login, 'friendlyName': login, 'personal': true}};
}

/** A JavaScript script with a role; such scripts run inside the core, without a server. */
function script(n: number, name: string, code: string, options: object, inputs: object[] = [], output = 'view'): object {
  return {'#type': 'Script', 'id': id(n), name, 'friendlyName': name, 'namespace': 'Fruit:', 'source': 'script',
    'language': 'javascript', 'options': {language: 'javascript', ...options}, 'package': {'#type': 'GrokPublishedPackage',
      'id': id(10), 'name': 'Fruit'},
    'script': `//name: ${name}\n//language: javascript\n${code}`,
    'params': [...inputs, {id: id(n + 300), name: 'result', propertyType: output, isInput: false}]};
}

const input = (n: number, name: string, propertyType: string, options = {}): object =>
  ({id: id(n), name, propertyType, isInput: true, isOptional: true, options});

const startUp = {
  '#type': 'GrokStartupData', 'user': person(1, 'ann'), 'dataSources': [], 'scriptHandlers': [],
  'currentPackages': {[id(10)]: {'#type': 'GrokPublishedPackage', 'id': id(10), 'name': 'Fruit',
    'friendlyName': 'Fruit Shop', 'version': '1.2.3', 'buildNumber': 1, 'buildHash': 'x', 'isCurrent': true, 'isLatest': true, 'meta': {url: '/fruits'},
    'package': {'#type': 'GrokPackage', 'id': id(11), 'name': 'Fruit'}}},
  'allFuncs': {
    shop: script(20, 'shop', `result = DG.View.create(); result.name = 'Shop';
      result.root.append('path ' + path + ', limit ' + limit);`, {role: 'app', url: '/'},
    [input(21, 'path', 'string', {'meta.url': 'true'}), input(22, 'limit', 'int')]),
    stock: script(30, 'stock', `if (window.stockFails) throw new Error('no stock');
      const v = DG.View.create(); v.name = 'Stock'; grok.shell.addView(v); result = null;`, {role: 'app'}),
    tips: script(40, 'tips', `result = DG.Widget.fromRoot(ui.divText('tip of the day'));`, {role: 'dashboard'}, [], 'widget'),
  },
  'currentPackagesProperties': {}, 'globalPermissions': [], 'favorites': [], 'plugins': [], 'isAdmin': true, 'webRoot': '',
};

describe('shell with a server', () => {
  let p: Playground;
  const requests: string[] = [];

  before(async () => {
    p = await openPlayground({width: 1024, height: 768, path: '/apps/Fruit/a/b?limit=5', stub: (path, url) => {
      requests.push(path + url.search);
      if (path === 'admin/startup_data')
        return startUp;
      if (path === 'users')
        return url.searchParams.get('page') === '2' ? [person(99, 'zoe')] :
          Array.from({length: 50}, (_, i) => person(i + 1, i === 0 ? 'ann' : `user${i}`));
      if (path === 'packages/access')
        return url.searchParams.get('name') === 'Secret' ?
          {name: 'Secret', friendlyName: 'Secret', allowed: false, message: 'Secret is for Administrators only.'} :
          {name: null, friendlyName: null, allowed: false, message: null};
      return undefined;
    }});
    await p.page.evaluate('globalThis.__name = (f) => f');
  });
  after(() => p?.close());

  const current = (): Promise<string> => p.page.evaluate(() => grok.shell.v.name);
  const text = (selector: string): Promise<string> =>
    p.page.$eval(selector, (e) => (e as HTMLElement).innerText.trim());
  const shown = '.layout-workarea > .grok-view:not(.grok-view-hidden)';
  const route = (address: string): Promise<void> => p.page.evaluate((a) => {
    grok.shell.route(a);
  }, address);

  it('an app gets the rest of the path and the query, and its address becomes canonical', async () => {
    await p.page.waitForFunction(() => grok.shell.v.name === 'Shop');
    assert.equal(await text(shown), 'path /a/b, limit 5');
    assert.equal(await p.page.evaluate(() => location.pathname + location.search), '/apps/fruits/a/b?limit=5');
    assert.deepEqual(await p.page.evaluate(() => [grok.shell.v.basePath, grok.shell.v.parentCall.func.name,
      [...grok.shell.views].length]), ['/apps/fruits', 'shop', 1]);
  });

  it('an app that adds its view by itself works; one that throws can be tried again', async () => {
    await p.page.evaluate(() => (window as any).stockFails = true);
    await route('/apps/fruits/stock');
    await p.page.waitForSelector('.grok-problem-view');
    assert.match(await text(shown), /stock did not start: .*no stock/s);
    await p.page.evaluate(() => (window as any).stockFails = false);
    await p.page.click('.grok-problem-view button');
    await p.page.waitForFunction(() => grok.shell.v.name === 'Stock');
    assert.deepEqual(await p.page.evaluate(() => [grok.shell.v.basePath, location.pathname,
      [...grok.shell.views].map((v: any) => v.name)]), ['/apps/fruits/stock', '/apps/fruits/stock', ['Shop', 'Stock']]);
  });

  it('Back returns to the app before, without starting it again', async () => {
    const runs = await p.page.evaluate(() => grok.shell.view('Shop').root);
    await p.page.evaluate(() => history.back());
    await p.page.waitForFunction(() => grok.shell.v.name === 'Shop');
    assert.deepEqual(await p.page.evaluate(() => grok.shell.v.root), runs);
    assert.equal(await p.page.evaluate(() => location.pathname + location.search), '/apps/fruits/a/b?limit=5');
    await p.page.evaluate(() => history.forward());
    await p.page.waitForFunction(() => grok.shell.v.name === 'Stock');
  });

  it('a package that may not be seen gives 403 with the server\'s words, an unknown one 404', async () => {
    await route('/apps/Secret');
    await p.page.waitForFunction(() => grok.shell.v.name === 'Not allowed');
    assert.match(await text(shown), /403.*Secret is for Administrators only\./s);
    await route('/apps/Nothing/here');
    await p.page.waitForFunction(() => grok.shell.v.name === 'Not found');
    assert.match(await text(shown), /404.*"Nothing"/s);
    await p.page.evaluate(() => ['Not allowed', 'Not found'].forEach((n) => grok.shell.view(n).close()));
  });

  it('users are listed by pages; a click makes one the current object', async () => {
    await p.page.click('.grok-browse-item[data-type="users"]');
    await p.page.waitForSelector('.grok-entity-item');
    assert.equal(await p.page.evaluate(() => location.pathname), '/users');
    assert.equal(await p.page.$$eval('.grok-entity-item', (e) => e.length), 50);
    await p.page.click('.grok-entity-item:nth-child(2)');
    assert.equal(await p.page.evaluate(() => grok.shell.o.login), 'user1');
    assert.equal(await text('.grok-prop-panel-title'), 'user1 Test');
    await p.page.keyboard.press('ArrowDown');
    assert.equal(await p.page.evaluate(() => grok.shell.o.login), 'user2');
    await p.page.evaluate(() => [...document.querySelectorAll<HTMLElement>('.grok-entity-pager button')]
      .find((b) => /next/i.test(b.innerText))!.click());
    await p.page.waitForFunction(() => document.querySelectorAll('.grok-entity-item').length === 1);
    assert.match(await text('.grok-entity-item'), /^zoe Test/);
  });

  it('a search is asked of the server once typing pauses', async () => {
    await p.page.type('.grok-entity-search', 'zoe');
    await p.page.waitForFunction(() => document.querySelectorAll('.grok-entity-item').length === 50);
    const asked = requests.filter((r) => r.startsWith('users?') && r.includes('text='));
    assert.equal(asked.length, 1);
    assert.match(decodeURIComponent(decodeURIComponent(asked[0])), /text=zoe/);
    await p.page.evaluate(() => grok.shell.v.close());
  });

  it('Home shows apps and dashboard widgets; a double click starts the app', async () => {
    await route('/');
    await p.page.waitForFunction(() => /tip of the day/.test(document.querySelector('.grok-home')?.textContent ?? ''));
    await p.page.click('.grok-app-tile[data-app="/apps/fruits/stock"]');
    assert.equal(await p.page.evaluate(() => grok.shell.o.name), 'stock');
    await p.page.click('.grok-app-tile[data-app="/apps/fruits/stock"]', {clickCount: 2});
    await p.page.waitForFunction(() => grok.shell.v.name === 'Stock');
    assert.equal(await current(), 'Stock');
  });

  it('the page is loaded again as another user', async () => {
    assert.equal(await text('.layout-status-user'), 'ann Test');
    await p.page.click('.layout-status-user');
    await p.page.waitForFunction(() =>
      [...document.querySelectorAll('.d4-menu-item')].some((e) => /user3/.test(e.textContent!)));
    await Promise.all([p.page.waitForNavigation(), p.page.evaluate(() =>
      [...document.querySelectorAll<HTMLElement>('.d4-menu-item')].find((e) => /\(user3\)/.test(e.innerText))!.click())]);
    assert.equal(await p.page.evaluate(() => new URLSearchParams(location.search).get('user')), 'user3');
  });
});
