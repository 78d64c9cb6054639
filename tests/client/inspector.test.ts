import {after, before, describe, it} from 'node:test';
import assert from 'node:assert/strict';
import {openPlayground, type Playground} from '../support/playground.ts';

declare const grok: any;

const id = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;

const script = (n: number, name: string, code: string): object => ({'#type': 'Script', 'id': id(n), name,
  'friendlyName': name, 'namespace': 'Fruit:', 'source': 'script', 'language': 'javascript',
  'options': {language: 'javascript', inspectorPanel: 'true'}, 'script': `//name: ${name}\n//language: javascript\n${code}`,
  'params': [{id: id(n + 300), name: 'result', propertyType: 'widget', isInput: false}]});

const startUp = {'#type': 'GrokStartupData', 'user': {'#type': 'User', 'id': id(1), 'login': 'ann',
  'friendlyName': 'Ann', 'project': {'#type': 'Project', 'id': id(2), 'name': 'ann'}},
'dataSources': [], 'scriptHandlers': [], 'currentPackages': {}, 'currentPackagesProperties': {},
'allFuncs': {ripe: script(20, 'Ripeness', `result = DG.Widget.fromRoot(ui.divText('all ripe'));`),
  rotten: script(30, 'Rot', `throw new Error('<b>rotten</b>');`)},
'globalPermissions': [], 'favorites': [], 'plugins': [], 'isAdmin': true, 'webRoot': ''};

describe('inspector', () => {
  let p: Playground;

  before(async () => {
    p = await openPlayground({width: 1440, height: 900,
      stub: (path) => path === 'admin/startup_data' ? startUp : path === 'log/audit' ? {} : undefined});
  });
  after(() => p?.close());

  /** Two frames: the list is written in the next one. */
  const painted = (): Promise<void> =>
    p.page.evaluate(() =>
      new Promise<void>((done) => requestAnimationFrame(() => requestAnimationFrame(() => done()))));
  const log = async (code: string): Promise<void> => {
    await p.page.evaluate(`(() => {${code}})()`);
    await painted();
  };
  const press = async (caption: string): Promise<void> => {
    await p.page.evaluate((text) => [...document.querySelectorAll<HTMLElement>('.grok-inspector button, .d4-menu-item')]
      .find((b) => b.querySelector('.d4-menu-item-label')?.textContent === text || b.textContent === text)!.click(), caption);
    await painted();
  };
  const search = async (text: string): Promise<void> => {
    await p.page.$eval('.grok-inspector input', (e, value) => {
      e.value = value;
      e.dispatchEvent(new Event('input'));
    }, text);
    await painted();
  };
  /** Level, type and message of the rows. */
  const rows = (): Promise<string[]> => p.page.$$eval('.grok-inspector-row', (all) => all.map((row) =>
    ['level', 'type', 'message'].map((part) => row.querySelector(`.grok-inspector-${part}`)!.textContent).join('|')));
  const status = (): Promise<string> => p.page.$eval('.grok-inspector-status', (e) => e.textContent!);

  it('opens from Tools | Dev | Inspector, with what was logged before', async () => {
    await log(`grok.log.usage('early bird', {n: 1}, 'before');`);
    await p.page.click('.layout-sidebar [aria-label="Tools"]');
    await p.page.waitForSelector('.d4-menu-item-label');
    await p.page.evaluate(() => [...document.querySelectorAll('.d4-menu-group')]
      .find((e) => e.textContent === 'Dev')!.dispatchEvent(new MouseEvent('click', {bubbles: true})));
    await p.page.waitForFunction(() => [...document.querySelectorAll('.d4-menu-item-label')]
      .some((e) => e.textContent === 'Inspector'));
    await press('Inspector');
    assert.deepEqual(await p.page.evaluate(() => [grok.shell.v.name, location.pathname]), ['Inspector', '/inspector']);
    await search('early');
    assert.deepEqual(await rows(), ['usage|before|early bird']);
    await search('');
  });

  it('shows records of every level as they are logged', async () => {
    await press('Clear');
    await log(`grok.log.debug('d'); grok.log.info('i'); grok.log.warning('w', {n: 1}); grok.log.error('e', {}, 'at x');
      grok.log.audit('a', {}, 'cut'); grok.log.usage('u');`);
    assert.deepEqual(await rows(), ['debug||d', 'info||i', 'warning||w', 'error||e', 'audit|cut|a', 'usage|usage|u']);
    assert.equal(await status(), '6 records');
  });

  it('filters by level and by text', async () => {
    await press('debug');
    await press('info');
    assert.equal((await rows()).includes('debug||d'), false);
    await search('n 1');
    assert.deepEqual(await rows(), ['warning||w']);
    assert.match(await status(), /^1 of \d+ records$/);
    await search('');
    await press('debug');
    await press('info');
    await press('Clear');
  });

  it('shows the parameters of the chosen record, and runs nothing that they hold', async () => {
    await log(`window.harmed = false; const bad = '<img src=x onerror="window.harmed = true">';
      grok.log.usage(bad, {[bad]: bad, n: 5, none: null, list: [1, bad], user: grok.shell.user}, bad);`);
    await p.page.click('.grok-inspector-row');
    const params = await p.page.$$eval('.grok-inspector-table:nth-of-type(2) tbody tr',
      (all) => all.map((row) => [...row.cells].map((cell) => cell.textContent)));
    const bad = '<img src=x onerror="window.harmed = true">';
    assert.deepEqual(params, [[bad, 'string', bad], ['n', 'number', '5'], ['none', 'null', 'null'],
      ['list', 'list', JSON.stringify([1, bad])], ['user', 'entity', 'Ann (User)']]);
    assert.deepEqual(await p.page.evaluate(() => [(window as any).harmed, document.querySelectorAll('.grok-inspector img').length]),
      [false, 0]);
    await p.page.focus('.grok-inspector-list');
    await log(`grok.log.error(new Error('second'));`);
    await p.page.keyboard.press('ArrowDown');
    assert.match(await p.page.$eval('.grok-inspector-stack', (e) => e.textContent!), /at /);
  });

  it('pauses: nothing moves, and nothing is lost', async () => {
    await press('Clear');
    await log(`grok.log.usage('one', {}, 't');`);
    await press('Pause');
    const before = await rows();
    await log(`grok.log.usage('two', {}, 't');`);
    assert.deepEqual(await rows(), before);
    assert.match(await status(), /paused$/);
    await press('Pause');
    assert.deepEqual((await rows()).filter((row) => row.startsWith('usage|t|')), ['usage|t|one', 'usage|t|two']);
  });

  it('keeps a bounded number of records and says what is not there', async () => {
    await press('Clear');
    await log(`for (let i = 0; i < 2500; i++) grok.log.usage('n' + i, {}, 't');`);
    const shown = await rows();
    assert.deepEqual([shown.length, shown[0], shown.at(-1)], [500, 'usage|t|n2000', 'usage|t|n2499']);
    assert.equal(await status(), '2,000 records, the latest 500 are shown, 500 older ones were dropped');
  });

  it('shows the panels that packages bring; one that fails harms no other', async () => {
    const open = (name: string): Promise<void> => p.page.evaluate((text) => [...document.querySelectorAll<HTMLElement>(
      '.grok-inspector .d4-tab-header')].find((e) => e.textContent === text)!.click(), name);
    await open('Ripeness');
    await p.page.waitForFunction(() => document.querySelector('.grok-inspector')!.textContent!.includes('all ripe'));
    await open('Rot');
    await p.page.waitForSelector('.grok-inspector .grok-error-text');
    assert.match(await p.page.$eval('.grok-inspector .grok-error-text', (e) => e.textContent!), /<b>rotten<\/b>/);
    await open('Log');
    assert.equal((await rows()).length, 500);
  });

  it('opens once by Alt+I and by its address; closed, it listens no more', async () => {
    await p.page.keyboard.down('Alt');
    await p.page.keyboard.press('i');
    await p.page.keyboard.up('Alt');
    const count = (): Promise<number> => p.page.evaluate(() =>
      [...grok.shell.views].filter((v: any) => v.type === 'inspector').length);
    assert.equal(await count(), 1);
    await p.page.evaluate(() => grok.shell.v.close());
    assert.equal(await count(), 0);
    await log(`grok.log.usage('after', {}, 't'); grok.shell.route('/inspector');`);
    assert.equal(await count(), 1);
    assert.equal((await rows()).at(-1), 'usage|t|after');
  });
});
