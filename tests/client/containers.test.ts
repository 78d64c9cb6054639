import assert from 'node:assert/strict';
import {after, before, beforeEach, test} from 'node:test';
import {openPlayground, type Playground} from '../support/playground.ts';

let ground: Playground;
const run = <T>(code: string): Promise<T> => ground.page.evaluate(`(() => {${code}})()`) as Promise<T>;

before(async () => {
  ground = await openPlayground({width: 1024, height: 768});
});
after(() => ground?.close());
beforeEach(async () => {
  await run(`
    document.getElementById('stage')?.remove();
    localStorage.clear();
    const stage = document.createElement('div');
    stage.id = 'stage';
    stage.style.cssText = 'position:fixed;inset:0;z-index:99999;background:var(--white);display:flex';
    document.body.append(stage);
    window.log = [];`);
});

const threeTabs = `
  window.tabs = DG.TabControl.create({});
  tabs.onBeforeTabChanged.subscribe((p) => log.push('before ' + p.name + ' at ' + tabs.currentPane?.name));
  tabs.onTabChanged.subscribe((p) => log.push('after ' + tabs.currentPane.name));
  tabs.onTabRemoved.subscribe((p) => log.push('removed ' + p.name));
  for (const name of ['One', 'Two', 'Three'])
    tabs.addPane(name, () => {log.push('built ' + name); return ui.divText(name + ' content');}, null,
      {allowClose: name === 'Two'});
  document.getElementById('stage').append(tabs.root);`;

test('a tab control shows its first pane and builds the others when they are first shown', async () => {
  await run(threeTabs);
  assert.deepEqual(await run('return log'), ['before One at undefined', 'built One', 'after One']);
  await ground.page.click('.d4-tab-header[name="Three"]');
  await ground.page.click('.d4-tab-header[name="One"]');
  await ground.page.click('.d4-tab-header[name="Three"]');
  assert.deepEqual((await run<string[]>('return log')).slice(3), ['before Three at One', 'built Three', 'after Three',
    'before One at Three', 'after One', 'before Three at One', 'after Three']);
  assert.equal(await run('return document.querySelector(".d4-tab-content:not([hidden])").textContent'), 'Three content');
});

test('setting the current pane to itself fires nothing', async () => {
  await run(`${threeTabs} log.length = 0; tabs.currentPane = tabs.getPane('One');`);
  assert.deepEqual(await run('return log'), []);
  assert.equal(await run('return tabs.getPane("none")'), null);
});

test('arrow keys walk around the strip, Home and End jump', async () => {
  await run(threeTabs);
  await ground.page.focus('.d4-tab-header.selected');
  const current = async (key: string): Promise<unknown> => {
    await ground.page.keyboard.press(key as 'Home');
    return run('return [tabs.currentPane.name, document.activeElement.getAttribute("name")]');
  };
  assert.deepEqual(await current('ArrowRight'), ['Two', 'Two']);
  assert.deepEqual(await current('End'), ['Three', 'Three']);
  assert.deepEqual(await current('ArrowRight'), ['One', 'One']);
  assert.deepEqual(await current('ArrowLeft'), ['Three', 'Three']);
  assert.deepEqual(await current('Home'), ['One', 'One']);
  assert.deepEqual(await current('ArrowDown'), ['One', 'One']);
});

test('closing the current tab ends its content and shows its neighbour', async () => {
  await run(`${threeTabs}
    DG.Widget.registerCleanup(tabs.getPane('Two').content, () => log.push('cleaned Two'));
    log.length = 0; tabs.currentPane = tabs.getPane('Two');`);
  await ground.page.click('.d4-tab-header[name="Two"] .d4-tab-header-close');
  assert.deepEqual(await run('return log'), ['before Two at One', 'built Two', 'after Two', 'before Three at Two',
    'built Three', 'after Three', 'removed Two', 'cleaned Two']);
  assert.deepEqual(await run('return tabs.panes.map((p) => p.name)'), ['One', 'Three']);
});

test('roles and names tell a screen reader what belongs together', async () => {
  await run(threeTabs);
  const tree = await ground.page.accessibility.snapshot();
  const flat: string[] = [];
  const walk = (n: any): void => {
    flat.push(`${n.role} ${n.name ?? ''}`);
    n.children?.forEach(walk);
  };
  walk(tree);
  assert.ok(flat.includes('tab One') && flat.includes('tab Three'), flat.join('; '));
  assert.deepEqual(await run(`const tab = document.querySelector('.d4-tab-header.selected');
    const panel = document.getElementById(tab.getAttribute('aria-controls'));
    return [tab.parentElement.getAttribute('role'), panel.getAttribute('role'),
      panel.getAttribute('aria-labelledby') === tab.id, tab.tabIndex]`), ['tablist', 'tabpanel', true, 0]);
});

test('a hostile name stays text, a failing pane shows its message and the next one still works', async () => {
  await run(`
    window.tabs = ui.tabControl({'<img src=x onerror="window.hacked=1">': () => {throw new Error('no <b>data</b>');},
      'Good': () => ui.divText('fine')});
    document.getElementById('stage').append(tabs.root);`);
  assert.equal(await run('return document.querySelector("#stage img, #stage b")'), null);
  assert.equal(await run('return document.querySelector(".d4-pane-error").textContent'), 'no <b>data</b>');
  await run('tabs.currentPane = tabs.getPane("Good")');
  assert.equal(await run('return document.querySelector(".d4-tab-content:not([hidden])").textContent'), 'fine');
  assert.equal(await run('return window.hacked ?? null'), null);
});

test('a keyed tab control comes back to the pane of the last session without building the first one', async () => {
  const build = `window.tabs = DG.TabControl.create({key: 'k'});
    for (const name of ['One', 'Two', 'Three'])
      tabs.addPane(name, () => {log.push(name); return ui.divText(name);});`;
  await run(`${build} document.getElementById('stage').append(tabs.root);`);
  await ground.page.click('.d4-tab-header[name="Two"]');
  assert.equal(await run(`log.length = 0; ${build} return tabs.currentPane.name + log`), 'TwoTwo');
  await run(`window.tabs = DG.TabControl.create({key: 'k'}); tabs.addPane('Other', () => ui.divText('o'));`);
  assert.equal(await run('return tabs.currentPane.name'), 'Other');
});

test('sixty tabs scroll in the strip and the chosen one is brought into sight', async () => {
  await run(`window.tabs = DG.TabControl.create({});
    for (let i = 0; i < 60; i++)
      tabs.addPane('Pane number ' + i, () => ui.divText('x'));
    document.getElementById('stage').append(tabs.root);
    tabs.currentPane = tabs.panes[59];`);
  assert.deepEqual(await run(`const strip = tabs.header.getBoundingClientRect();
    const tab = tabs.currentPane.header.getBoundingClientRect();
    return [strip.width <= 1024, tab.right <= strip.right + 1, tab.left >= strip.left, tabs.root.scrollWidth <= 1024]`),
  [true, true, true, true]);
});

test('a MultiView runs on the tab control: name and toolbox follow the tab', async () => {
  await run(`
    const view = (name) => () => {
      const v = DG.View.create();
      v.name = name;
      v.toolbox = ui.divText('tools of ' + name);
      v.root.append(ui.divText('body of ' + name));
      return v;
    };
    window.multi = new DG.MultiView({viewFactories: {Alpha: view('Alpha'), Beta: {factory: view('Beta'), allowClose: true}}});
    document.getElementById('stage').append(multi.root);`);
  assert.deepEqual(await run('return [multi.name, multi.currentView.name]'), ['Alpha', 'Alpha']);
  await ground.page.click('#stage .d4-tab-header[name="Beta"]');
  assert.deepEqual(await run('return [multi.name, multi.toolbox.textContent, multi.tabs.panes.length]'),
    ['Beta', 'tools of Beta', 2]);
});

const threePanes = `
  window.acc = ui.accordion('test');
  for (const name of ['Details', 'Usage', 'Activity'])
    acc.addPane(name, () => {log.push(name); return ui.divText(name + ' content');}, name === 'Details');
  document.getElementById('stage').append(acc.root);`;

test('an accordion builds an expanded pane inside the call and a folded one when it is opened', async () => {
  await run(threePanes);
  assert.deepEqual(await run('return log'), ['Details']);
  await ground.page.click('.d4-accordion-pane[d4-title="Usage"] .d4-accordion-pane-header');
  await ground.page.click('.d4-accordion-pane[d4-title="Usage"] .d4-accordion-pane-header');
  await ground.page.click('.d4-accordion-pane[d4-title="Usage"] .d4-accordion-pane-header');
  assert.deepEqual(await run('return log'), ['Details', 'Usage']);
  assert.deepEqual(await run('return acc.panes.map((p) => p.expanded)'), [true, true, false]);
});

test('what the user opened is open again under the same key', async () => {
  await run(threePanes);
  await ground.page.click('.d4-accordion-pane[d4-title="Details"] .d4-accordion-pane-header');
  await ground.page.click('.d4-accordion-pane[d4-title="Activity"] .d4-accordion-pane-header');
  await run(`document.getElementById('stage').replaceChildren(); log.length = 0; ${threePanes}`);
  assert.deepEqual(await run('return acc.panes.map((p) => p.expanded)'), [false, false, true]);
  assert.deepEqual(await run('return log'), ['Activity']);
});

test('keys fold, unfold and move between the headers', async () => {
  await run(threePanes);
  await ground.page.focus('.d4-accordion-pane-header');
  const states: unknown[] = [];
  for (const key of ['Enter', 'Space', 'ArrowLeft', 'ArrowLeft', 'ArrowRight', 'ArrowDown', 'Enter', 'End', 'Home']) {
    await ground.page.keyboard.press(key as 'Enter');
    states.push(await run(`return acc.panes.map((p) => +p.expanded).join('') +
      document.activeElement.parentElement.getAttribute('d4-title')`));
  }
  assert.deepEqual(states, ['000Details', '100Details', '000Details', '000Details', '100Details', '100Usage', '110Usage',
    '110Activity', '110Details']);
  assert.equal(await run('return document.querySelector(".d4-accordion-pane-header").getAttribute("aria-expanded")'), 'true');
});

test('the info element, a count, and buttons in a header serve packages', async () => {
  await run(`
    window.acc = ui.accordion();
    acc.addCountPane('Counted', () => ui.div(), () => 42);
    const pane = acc.addPane('Plain', () => ui.div());
    acc.context = {name: 'the object'};
    const info = pane.root.querySelector('#info');
    log.push(info.style.display, acc.panes[0].root.querySelector('.d4-accordion-pane-header #info').textContent);
    const button = document.createElement('button');
    button.textContent = 'Details';
    button.onclick = () => log.push('clicked');
    info.after(button);
    pane.root.style.display = 'flex';
    document.getElementById('stage').append(acc.root);`);
  await ground.page.click('#stage button');
  assert.deepEqual(await run('return log'), ['none', '42', 'clicked']);
  assert.deepEqual(await run('return [acc.getPane("Plain").expanded, acc.context.name]'), [false, 'the object']);
  await run('acc.getPane("Plain").expanded = true');
  assert.equal(await run(`const [h, c] = acc.getPane('Plain').root.children;
    return h.getBoundingClientRect().bottom <= c.getBoundingClientRect().top + 1`), true);
});

test('panes go in front of others, can be renamed and removed, and killing the accordion runs clean-ups', async () => {
  await run(`${threePanes}
    const first = acc.addPane('First', () => ui.divText('f'), false, acc.getPane('Details'));
    first.name = '<b>Premier</b>';
    acc.removePane(acc.getPane('Usage'));
    DG.Widget.registerCleanup(acc.getPane('Details').root, () => log.push('cleaned'));`);
  assert.deepEqual(await run('return acc.panes.map((p) => p.name)'), ['<b>Premier</b>', 'Details', 'Activity']);
  assert.equal(await run('return document.querySelector("#stage b")'), null);
  assert.equal(await run('return DG.Widget.find(acc.root) === acc'), true);
  assert.deepEqual(await run('ui.empty(document.getElementById("stage")); return [log.at(-1), DG.Widget.find(acc.root)]'),
    ['cleaned', null]);
});

test('the page reported no error besides the pane that failed on purpose', async () => {
  assert.deepEqual(ground.errors.filter((e) => !e.includes('no <b>data</b>') && !e.includes('favicon')), []);
});
