import {after, before, beforeEach, describe, it} from 'node:test';
import assert from 'node:assert/strict';
import type {Page} from 'puppeteer';
import {openPlayground, type Playground} from '../support/playground.ts';

/** Globals of the page, as packages see them. */
declare const DG: any, ui: any, grok: any, dayjs: any;

const userId = '878c42b0-9a50-11e6-c537-6bf8e9ab02ee';
const hostile = '<img src=x onerror="window.hacked=1">';

let playground: Playground;
let page: Page;

before(async () => {
  playground = await openPlayground({width: 1000, height: 700});
  ({page} = playground);
  // The compiler of the tests names nested functions through this helper, which the page does not have.
  await page.evaluate('window.__name = (f) => f');
});
after(() => playground?.close());

/** An empty layer over the shell, so that tests own the whole page. */
beforeEach(async () => {
  await page.mouse.move(990, 690);
  await page.evaluate(() => {
    for (const d of DG.Dialog.getOpenDialogs())
      d.close();
    DG.Balloon.closeAll();
    ui.tooltip.hide();
    document.querySelector('#stage')?.remove();
    const stage = ui.div([], {id: 'stage'});
    stage.style.cssText = 'position: fixed; inset: 0; z-index: 500; padding: 20px; background: var(--white)';
    document.body.append(stage);
    Object.assign(window, {stage, seen: []});
  });
});

/** Waits until an expression in the page is true. */
const until = (expression: string): Promise<unknown> => page.waitForFunction(expression, {timeout: 5000});
const seen = (): Promise<any[]> => page.evaluate(() => (window as any).seen);

describe('buttons', () => {
  it('are real buttons with the classes and names of the platform, and tell the click', async () => {
    await page.evaluate(() => {
      const {stage, seen} = window as any;
      stage.append(ui.button('Save as', () => seen.push('plain')), ui.bigButton('Run', () => seen.push('big')));
    });
    await page.click('#stage .ui-btn[name="button-Save-as"]');
    await page.click('#stage .ui-btn-raised');
    assert.deepEqual(await seen(), ['plain', 'big']);
    assert.deepEqual(await page.$$eval('#stage button', (b) => b.map((x) => x.tagName + '.' + x.className)),
      ['BUTTON.ui-btn ui-btn-ok', 'BUTTON.ui-btn ui-btn-ok ui-btn-raised']);
  });

  it('of a group are current one at a time', async () => {
    await page.evaluate(() => {
      const {stage, seen} = window as any;
      stage.append(ui.toggleButtonGroup(['Day', 'Week'].map((s) => ui.toggleButton(s, () => seen.push(s))), true));
    });
    const current = (): Promise<string[]> => page.$$eval('#stage .d4-current', (all) => all.map((e) => e.textContent!));
    assert.deepEqual(await current(), ['Day']);
    await page.click('#stage .d4-toggle-button:nth-child(2)');
    assert.deepEqual(await current(), ['Week']);
    assert.deepEqual(await seen(), ['Week']);
  });
});

describe('tables and rendering', () => {
  it('shows numbers, nothing, elements, widgets, lists and dates in a table of a map', async () => {
    const cells = await page.evaluate(() => {
      const table = ui.tableFromMap({n: 5.5, none: null, e: ui.divText('element'), w: DG.Widget.fromRoot(ui.divText('w')),
        list: ['a', 'b'], when: dayjs('2024-03-01T10:05:00'), no: false});
      return [table.matches('table.d4-table'), ...[...table.rows].map((r: any) => r.cells[1].textContent)];
    });
    assert.deepEqual(cells, [true, '5.5', '', 'element', 'w', 'a, b', '2024-03-01 10:05', 'false']);
  });

  it('makes a row per item, counts rows from 1, and takes an item out', async () => {
    const result = await page.evaluate(() => {
      const items = ['x', 'y', 'z'];
      const table = DG.HtmlTable.create(items, (item: string, i: number) => [i, item], ['#', 'Name']);
      const text = (): string[] => [...table.root.rows].map((r: any) => [...r.cells].map((c) => c.textContent).join());
      const before = text();
      table.remove('y');
      return {before, after: text(), found: DG.Widget.find(table.root) != null};
    });
    assert.deepEqual(result.before, ['#,Name', '1,x', '2,y', '3,z']);
    assert.deepEqual(result.after, ['#,Name', '1,x', '3,z']);
    assert.ok(result.found);
  });

  it('keeps hostile text as text, wherever a name can stand', async () => {
    const images = await page.evaluate((text) => {
      const {stage} = window as any;
      const user = DG.User.create();
      user.firstName = text;
      const handler = DG.ObjectHandler.forEntity(user);
      stage.append(ui.render(text), ui.span([text, user]), ui.tableFromMap({[text]: text, user}), ui.list([text, user]),
        ui.table([text], (s: string) => [s], [text]), ui.button(text, () => {}), ui.renderCard(user),
        handler.renderProperties(user), handler.renderTooltip(user), ui.markdown(text), ui.render(`#{x.a:b."${text}"}`));
      grok.shell.error(text);
      ui.dialog(text).add(text).show();
      DG.Menu.popup().item(text, () => {}).header(text).group(text).endGroup().show({x: 100, y: 100});
      ui.tooltip.show(text, 300, 300);
      return [...document.querySelectorAll('img')].filter((i) => i.hasAttribute('onerror')).length;
    }, hostile);
    assert.equal(images, 0);
    assert.equal(await page.$eval('.d4-tooltip', (e) => e.textContent), hostile);
    await page.keyboard.press('Escape');
    assert.equal(await page.evaluate(() => (window as any).hacked), undefined);
  });

  it('lists the first rows, and the rest on demand', async () => {
    const rows = (): Promise<number> => page.$$eval('#stage .ui-list-item', (all) => all.length);
    await page.evaluate(() => (window as any).stage.append(ui.list(Array.from({length: 30}, (_, i) => `row ${i}`))));
    assert.equal(await rows(), 20);
    await page.click('#stage .ui-list-more');
    assert.equal(await rows(), 30);
  });

  it('renders markdown and takes scripts out', async () => {
    const html = await page.evaluate(() => {
      const e = ui.markdown('**b** <script>window.hacked=1</script><a href="javascript:alert(1)">x</a> [l](https://x.org)');
      return {bold: e.querySelector('strong')?.textContent, scripts: e.querySelectorAll('script').length,
        links: [...e.querySelectorAll('a')].map((a: any) => a.getAttribute('href'))};
    });
    assert.deepEqual(html, {bold: 'b', scripts: 0, links: [null, 'https://x.org']});
  });
});

describe('waiting', () => {
  it('starts the call later than the enclosing code, and then shows what it gives', async () => {
    await page.evaluate(() => {
      const {stage, seen} = window as any;
      stage.append(ui.wait(async () => {
        seen.push('called');
        return ui.divText('ready');
      }));
      seen.push('returned');
    });
    await until(`document.querySelector('#stage .grok-wait')?.textContent === 'ready'`);
    assert.deepEqual(await seen(), ['returned', 'called']);
    assert.equal(await page.$('#stage .grok-loader'), null);
  });

  it('shows the message of a failure instead of an endless loader', async () => {
    await page.evaluate(() => (window as any).stage.append(ui.waitBox(() => Promise.reject(new Error('No such table')))));
    await until(`document.querySelector('#stage .grok-wait.ui-box')?.textContent === 'No such table'`);
  });

  it('ends a widget that arrives after its place was closed', async () => {
    await page.evaluate(() => {
      const {stage, seen} = window as any;
      let resolve: any;
      const w = DG.Widget.fromRoot(ui.divText('late'));
      w.sub({unsubscribe: () => seen.push('ended')});
      stage.append(ui.wait(() => new Promise((r) => resolve = r)));
      setTimeout(() => {
        ui.empty(stage);
        DG.toDart(w);
        resolve(w.root);
      });
    });
    await until(`window.seen.length > 0`);
    assert.deepEqual(await seen(), ['ended']);
  });

  it('covers an element while it is updated, with a way to cancel', async () => {
    await page.evaluate(() => {
      const {stage, seen} = window as any;
      const host = ui.div([ui.divText('old')]);
      host.style.cssText = 'width: 200px; height: 100px';
      ui.setUpdateIndicator(host, true, 'Counting', () => seen.push('cancel'));
      ui.setUpdateIndicator(host, true, 'Summing', () => seen.push('cancel'));
      stage.append(host);
      Object.assign(window, {host});
    });
    const box = await page.$eval('.d4-update-shadow', (e) => [e.clientWidth, e.clientHeight, e.textContent]);
    assert.deepEqual(box, [200, 100, 'SummingCancel']);
    await page.click('.d4-update-shadow .d4-link-action');
    assert.deepEqual(await seen(), ['cancel']);
    await page.evaluate(() => ui.setUpdateIndicator((window as any).host, false));
    assert.equal(await page.evaluate(() => (window as any).host.innerHTML), '<div>old</div>');
  });
});

describe('tooltip', () => {
  it('appears while the mouse is over a bound element and goes when it leaves', async () => {
    await page.evaluate(() => {
      const {stage} = window as any;
      const a = ui.divText('target');
      stage.append(ui.tooltip.bind(a, () => ui.divText('made on demand')));
    });
    const box = (await (await page.$('#stage > div'))!.boundingBox())!;
    await page.mouse.move(box.x + 10, box.y + 5);
    await until(`ui.tooltip.isVisible && ui.tooltip.root.textContent === 'made on demand'`);
    await page.mouse.move(500, 600);
    await until(`!ui.tooltip.isVisible`);
  });

  it('stays inside the window', async () => {
    await page.evaluate(() => ui.tooltip.show('a rather long text of a tooltip', 995, 695));
    await until(`ui.tooltip.root.getBoundingClientRect().left > 0`);
    const box = await page.$eval('.d4-tooltip', (e) => e.getBoundingClientRect().toJSON());
    assert.ok(box.right <= 1000 && box.bottom <= 700, JSON.stringify(box));
  });

  it('counts the rows of a group', async () => {
    const text = await page.evaluate(() => {
      const df = DG.DataFrame.fromCsv('x,s\n1,a\n3,b\n8,a');
      ui.tooltip.showRowGroup(df, (row: number) => row < 2, 100, 100);
      return ui.tooltip.root.textContent;
    });
    assert.equal(text, '2 rowsxavg 2s2 unique');
  });

  it('can be prevented by a subscriber', async () => {
    const visible = await page.evaluate(() => {
      const sub = ui.tooltip.onTooltipRequest.subscribe((e: any) => e.preventDefault());
      ui.tooltip.show('x', 10, 10);
      sub.unsubscribe();
      return ui.tooltip.isVisible;
    });
    assert.equal(visible, false);
  });
});

describe('menus', () => {
  const show = (): Promise<void> => page.evaluate(() => {
    const seen = (window as any).seen;
    const menu = DG.Menu.popup()
      .item('Open', () => seen.push('Open'))
      .item('Off', () => seen.push('Off'), null, {isEnabled: () => 'not today'})
      .separator()
      .group('More').item('Deep', () => seen.push('Deep')).item('Deeper', () => seen.push('Deeper')).endGroup()
      .items(['one', 'two'], (x: string) => seen.push(x), {isChecked: (x: string) => x === 'two'})
      .item('First', () => {}, -1);
    menu.onClose.subscribe(() => seen.push('closed'));
    menu.onContextMenuItemClick.subscribe((e: any) => seen.push(`event ${e.args.item}`));
    menu.show({x: 100, y: 100});
  });
  const labels = (): Promise<string[]> =>
    page.$$eval('.d4-menu-popup .d4-menu-item-label', (all) => all.map((e) => e.textContent!));
  const item = (text: string): string => `.d4-menu-popup .d4-menu-item[name="div-${text}"]`;

  it('shows items in order, with groups that open on hover, and runs what is clicked', async () => {
    await show();
    assert.deepEqual(await labels(), ['First', 'Open', 'Off', 'More', 'one', 'two']);
    await page.hover(item('More'));
    await page.click(item('Deeper'));
    assert.deepEqual(await seen(), ['closed', 'Deeper', 'event Deeper']);
    assert.equal(await page.$('.d4-menu-popup'), null);
  });

  it('does nothing for a disabled item and says why', async () => {
    await show();
    await page.click(item('Off'));
    await page.hover(item('Open'));
    await page.hover(item('Off'));
    await until(`ui.tooltip.isVisible && ui.tooltip.root.textContent === 'not today'`);
    assert.deepEqual(await seen(), []);
    await page.keyboard.press('Escape');
    assert.deepEqual(await seen(), ['closed']);
  });

  it('is worked by keyboard: arrows, a letter, Enter, Esc out of a group', async () => {
    await show();
    await page.keyboard.press('m');
    await page.keyboard.press('ArrowRight');
    assert.equal(await page.evaluate(() => document.activeElement?.textContent), 'Deep');
    await page.keyboard.press('Escape');
    assert.equal((await page.$$('.d4-menu-popup')).length, 1);
    await page.keyboard.press('Enter');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    assert.deepEqual(await seen(), ['closed', 'Deeper', 'event Deeper']);
  });

  it('marks what is checked, and closes on a click elsewhere', async () => {
    await show();
    assert.deepEqual(await page.$$eval('[role="menuitemcheckbox"]',
      (all) => all.map((e) => [e.textContent, e.getAttribute('aria-checked')])), [['one', 'false'], ['two', 'true']]);
    await page.mouse.click(900, 650);
    assert.equal(await page.$('.d4-menu-popup'), null);
  });

  it('finds, runs and removes items by text', async () => {
    const result = await page.evaluate(() => {
      const seen: string[] = [];
      const menu = DG.Menu.popup().group('A').item('B', () => seen.push('B')).endGroup().item('C', () => {});
      menu.find('A').find('B').click();
      menu.find('A | B').click();
      menu.remove('C');
      return [seen, menu.find('C'), menu.group('A').find('B') != null];
    });
    assert.deepEqual(result, [['B', 'B'], null, true]);
  });

  it('stands as a bar: a click opens a group, moving along opens the next, a click on it closes', async () => {
    await page.evaluate(() => {
      const {stage, seen} = window as any;
      const bar = DG.Menu.create();
      stage.append(bar.root);
      bar.group('File').item('New', () => seen.push('New')).endGroup().group('Edit').item('Undo', () => {});
    });
    await page.click('#stage [name="div-File"]');
    assert.deepEqual(await labels(), ['New']);
    await page.hover('#stage [name="div-Edit"]');
    assert.deepEqual(await labels(), ['Undo']);
    await page.click('#stage [name="div-Edit"]');
    assert.deepEqual(await labels(), []);
    await page.click('#stage [name="div-File"]');
    await page.click(item('New'));
    assert.deepEqual(await seen(), ['New']);
  });
});

describe('dialogs', () => {
  const show = (options = {}): Promise<void> => page.evaluate((options) => {
    const seen = (window as any).seen;
    const widget = DG.Widget.fromRoot(ui.divText('inside'));
    widget.sub({unsubscribe: () => seen.push('widget ended')});
    const text = document.createElement('input');
    const dialog = ui.dialog('Ask').add(widget).add(text).onOK(async () => {
      seen.push('ok');
      await new Promise((r) => setTimeout(r, 10));
    }).onCancel(() => seen.push('cancel'));
    dialog.onBeforeOK.subscribe(() => seen.push('before'));
    dialog.onAfterOK.subscribe(() => seen.push('after'));
    dialog.onClose.subscribe(() => seen.push('closed'));
    dialog.show(options);
  }, options);

  it('runs OK from the button with its events, and ends what is inside', async () => {
    await show();
    assert.deepEqual(await page.evaluate(() => DG.Dialog.getOpenDialogs().map((d: any) => d.title)), ['Ask']);
    await page.click('.d4-dialog [name="button-OK"]');
    await until(`window.seen.includes('after')`);
    assert.deepEqual(await seen(), ['before', 'ok', 'closed', 'widget ended', 'after']);
    assert.equal(await page.$('.d4-dialog'), null);
  });

  it('puts the focus into the first field; Enter is OK, Esc is CANCEL', async () => {
    await show();
    assert.equal(await page.evaluate(() => document.activeElement?.tagName), 'INPUT');
    await page.keyboard.press('Escape');
    assert.deepEqual(await seen(), ['cancel', 'closed', 'widget ended']);
    await show();
    await page.keyboard.press('Enter');
    await until(`window.seen.includes('after')`);
  });

  it('keeps the focus inside when modal, and covers the page', async () => {
    await show({modal: true});
    for (const key of ['Tab', 'Tab', 'Tab'])
      await page.keyboard.press(key as 'Tab');
    assert.equal(await page.evaluate(() => document.activeElement?.tagName), 'INPUT');
    await page.mouse.click(5, 5);
    assert.equal(await page.evaluate(() => document.elementFromPoint(5, 5)?.className), 'd4-modal-background');
  });

  it('is dragged by its header', async () => {
    await show({x: 100, y: 100});
    await page.mouse.move(150, 115);
    await page.mouse.down();
    await page.mouse.move(250, 165, {steps: 3});
    await page.mouse.up();
    const box = await page.$eval('.d4-dialog', (e) => e.getBoundingClientRect().toJSON());
    assert.deepEqual([box.x, box.y], [200, 150]);
  });

  it('stays open when OK is prevented or its handler throws', async () => {
    await page.evaluate(() => {
      const first = ui.dialog('A').onOK(() => (window as any).seen.push('ran'));
      first.onBeforeOK.subscribe((e: any) => e.preventDefault());
      first.show();
    });
    await page.click('.d4-dialog [name="button-OK"]');
    await page.evaluate(() => {
      DG.Dialog.getOpenDialogs()[0].close();
      ui.dialog('B').onOK(() => {
        throw new Error('Wrong value');
      }).show();
    });
    await page.click('.d4-dialog [name="button-OK"]');
    await until(`document.querySelector('.d4-balloon.error')?.textContent === 'Wrong value'`);
    assert.deepEqual(await page.evaluate(() => DG.Dialog.getOpenDialogs().map((d: any) => d.title)), ['B']);
    assert.deepEqual(await seen(), []);
  });

  it('has buttons of its own, and shows OK only with a handler', async () => {
    const buttons = await page.evaluate(() => {
      const dialog = ui.dialog('Wizard').addButton('Next', () => {}, 0).show();
      const shown = (): string[] => [...dialog.root.querySelectorAll('.d4-command-bar button')]
        .filter((b: any) => b.offsetParent != null).map((b: any) => b.textContent);
      const before = shown();
      dialog.onOK(() => {});
      return [before, shown(), dialog.getButton('Next')?.textContent, dialog.getButton('OK')?.tagName];
    });
    assert.deepEqual(buttons, [['Next', 'CANCEL'], ['Next', 'OK', 'CANCEL'], 'Next', 'BUTTON']);
  });
});

describe('dialogs with inputs', () => {
  it('keep OK off while an input is invalid, and give inputs by caption', async () => {
    const result = await page.evaluate(() => {
      const dialog = ui.dialog('Inputs').add(ui.input.string('Name', {nullable: false}))
        .addInput('How many', ui.input.int('Count', {value: 5})).onOK(() => {}).show();
      const off = [dialog.getButton('OK').disabled];
      dialog.input('Name').value = 'x';
      off.push(dialog.getButton('OK').disabled);
      return [off, Object.keys(dialog.namedInputs), dialog.namedInputs['How many'].value];
    });
    assert.deepEqual(result, [[true, false], ['Name', 'How many'], 5]);
  });

  it('bring earlier values back from the history', async () => {
    await page.evaluate(() => {
      localStorage.clear();
      const open = (): any => ui.dialog('Remember').add(ui.input.string('City', {value: ''})).onOK(() => {})
        .initDefaultHistory().show();
      const first = open();
      first.input('City').value = 'Oslo';
      first.getButton('OK').click();
      (window as any).second = open();
    });
    await page.click('.d4-dialog [aria-label="History"]');
    await page.click('.d4-menu-popup .d4-menu-item');
    assert.equal(await page.evaluate(() => (window as any).second.input('City').value), 'Oslo');
  });

  it('turn the pages of a wizard', async () => {
    const result = await page.evaluate(() => {
      const wizard = new DG.Wizard({title: 'Steps'});
      for (const text of ['one', 'two'])
        wizard.page({caption: text, root: ui.divText(`page ${text}`)});
      wizard.onOK(() => {}).show();
      const state = (): any[] => [wizard.root.querySelector('.ui-wizard-page-content').textContent,
        ...[...wizard.root.querySelectorAll('.d4-command-bar button:not(.disabled)')].map((b: any) => b.textContent)];
      const before = state();
      wizard.getButton('>>').click();
      return [before, state()];
    });
    assert.deepEqual(result, [['page one', '>>', 'CANCEL'], ['page two', '<<', 'OK', 'CANCEL']]);
  });
});

describe('balloons', () => {
  it('show text or an element by kind, once per key, until closed', async () => {
    await page.evaluate(() => {
      grok.shell.info('fine', {oneTimeKey: 'k'});
      grok.shell.info('fine', {oneTimeKey: 'k'});
      grok.shell.warning(ui.divText('careful'));
      grok.shell.error('broken');
    });
    assert.deepEqual(await page.$$eval('.d4-balloon', (all) => all.map((e) => `${e.className}: ${e.textContent}`)),
      ['d4-balloon info: fine', 'd4-balloon warning: careful', 'd4-balloon error: broken']);
    await page.click('.d4-balloon.warning [aria-label="Close"]');
    assert.equal((await page.$$('.d4-balloon')).length, 2);
    await page.evaluate(() => DG.Balloon.closeAll());
    assert.equal((await page.$$('.d4-balloon')).length, 0);
  });

  it('go by themselves, unless told to stay', async () => {
    await page.evaluate(() => {
      grok.shell.info('stays', {autoHide: false, timeout: 0.01});
      grok.shell.info('goes', {timeout: 0.01});
    });
    await until(`document.querySelectorAll('.d4-balloon').length === 1`);
    assert.equal(await page.$eval('.d4-balloon', (e) => e.textContent), 'stays');
  });
});

describe('progress', () => {
  it('reports percent, description and log lines to whoever listens', async () => {
    const result = await page.evaluate(() => {
      const task = DG.TaskBarProgressIndicator.create('Loading', {cancelable: true});
      const seen: any[] = [];
      task.onProgressUpdated.subscribe(() => seen.push([task.percent, task.description]));
      task.onLogUpdated.subscribe((line: string) => seen.push(line));
      task.update(40, 'half way');
      task.log('a line');
      task.close();
      return [seen, task.canceled, task instanceof DG.TaskBarProgressIndicator];
    });
    assert.deepEqual(result, [[[40, 'half way'], 'a line'], false, true]);
  });
});

describe('the status bar', () => {
  it('shows running tasks and lets people cancel them', async () => {
    const shown = (): Promise<string[]> => page.$$eval('.layout-status-task', (all) => all.map((e) => e.textContent!));
    await page.evaluate(() => {
      const {seen, stage} = window as any;
      stage.remove();
      const task = DG.TaskBarProgressIndicator.create('Counting', {cancelable: true});
      task.onCanceled.subscribe(() => seen.push(`canceled ${task.canceled}`));
      Object.assign(window, {task});
    });
    await until(`document.querySelector('.layout-status-task')?.textContent.includes('Counting')`);
    await page.evaluate(() => (window as any).task.update(50, 'Half'));
    await until(`document.querySelector('.layout-status-task')?.textContent.includes('Half')`);
    await page.click('.layout-status-task [aria-label="Cancel"]');
    assert.deepEqual(await seen(), ['canceled true']);
    await page.evaluate(() => (window as any).task.close());
    assert.deepEqual(await shown(), []);
  });
});

describe('object handlers', () => {
  it('of packages come before the built-in one, newest first', async () => {
    const result = await page.evaluate(() => {
      class Car {
        constructor(readonly name: string) {}
      }
      class CarHandler extends DG.ObjectHandler {
        constructor(readonly label: string) {super();}
        get type(): string {return 'Car';}
        isApplicable(x: any): boolean {return x instanceof Car;}
        renderMarkup(x: Car): HTMLElement {return ui.divText(`${this.label} ${x.name}`);}
      }
      const car = new Car('red');
      const none = DG.ObjectHandler.forEntity(car);
      DG.ObjectHandler.register(new CarHandler('old'));
      DG.ObjectHandler.register(new CarHandler('new'));
      return [none, ui.render(car).textContent, DG.ObjectHandler.list()[0].label,
        DG.ObjectHandler.forEntity(DG.Func.find({name: 'Sin'})[0]).type];
    });
    assert.deepEqual(result, [null, 'new red', 'new', 'Entity']);
  });

  it('show an entity as a link that makes it the current object', async () => {
    await page.evaluate(() => {
      const {stage} = window as any;
      const f = DG.Func.find({name: 'Sin'})[0];
      stage.append(ui.render(f));
      (window as any).grok_Set_CurrentObject = (x: any) => (window as any).seen.push(DG.toJs(x).name);
    });
    assert.equal(await page.$eval('#stage label.d4-link-label', (e) => e.textContent), 'Sin');
    await page.click('#stage label.d4-link-label');
    assert.deepEqual(await seen(), ['Sin']);
  });

  it('list parameters of a function among its properties', async () => {
    const text = await page.evaluate(() => {
      const f = DG.Func.find({name: 'Sin'})[0];
      return DG.ObjectHandler.forEntity(f).renderProperties(f).textContent;
    });
    assert.equal(text, 'TypeFunctionNameSinInputsx: numOutputsresult: doubleTagsMath');
  });
});

describe('markup', () => {
  it('is pending at once, and a caption without an entity becomes plain text', async () => {
    const first = await page.evaluate((id) => {
      const root = ui.render(`#{x.${id}."Joe"}`);
      (window as any).stage.append(root);
      return root.innerHTML;
    }, userId);
    assert.equal(first, '<span data-markup-ready="false"></span>');
    // No server answers here: the reference cannot be resolved and keeps its caption.
    await until(`document.querySelector('#stage [data-markup-ready="true"]')?.textContent === 'Joe'`);
  });

  it('finds functions by name, inside other text', async () => {
    await page.evaluate(() => (window as any).stage.append(ui.render('Uses #{x.Sin."the sine"} here')));
    await until(`document.querySelector('#stage label.d4-link-label')?.textContent === 'the sine'`);
    assert.equal(await page.$eval('#stage', (e) => e.textContent), 'Uses the sine here');
  });
});

describe('references to entities, with a server that knows one user', () => {
  /** Answers in the place of the server; everything asked is kept in `seen`. */
  const serve = (id: string): Promise<void> => page.evaluate((id) => {
    const {seen} = window as any;
    const user = {'#type': 'User', id, login: 'joe', firstName: 'Joe', lastName: '<b>Doe</b>'};
    const member = (name: string, isAdmin: boolean): any => ({'#type': 'GroupRelation', 'id': `r-${name}`, isAdmin,
      'child': {'#type': 'UserGroup', 'id': `g-${name}`, name, 'friendlyName': name, 'personal': true}});
    const answers = (url: string): any => /entities\/get/.test(url) ? [user] : /groups\//.test(url) ?
      {'#type': 'UserGroup', id, 'name': 'Team', 'children': [member('Zoe', true), member('Ann', false)]} : [];
    window.fetch = async (url: any, request: any) => {
      seen.push(`${request.method} ${new URL(url).pathname} ${new TextDecoder().decode(request.body)}`);
      return new Response(JSON.stringify(answers(url)), {headers: {'content-type': 'application/json; charset=utf-8'}});
    };
  }, id);

  it('asks once for all of a page, links the known, leaves the unknown as text', async () => {
    const [known, unknown] = ['11111111-0000-4000-8000-000000000001', '11111111-0000-4000-8000-000000000002'];
    await serve(known);
    await page.evaluate((known, unknown) => {
      const {stage} = window as any;
      for (const text of [`#{x.${known}}`, `#{x.user.${known}."He"}`, `#{x.${unknown}."Gone"}`, `#{x.${unknown}}`])
        stage.append(ui.render(text));
    }, known, unknown);
    await until(`document.querySelectorAll('#stage [data-markup-ready="true"]').length === 4`);
    assert.deepEqual(await page.$$eval('#stage [data-markup-ready]', (all) => all.map((e) => [e.tagName, e.textContent])),
      [['LABEL', 'Joe <b>Doe</b>'], ['LABEL', 'He'], ['SPAN', 'Gone'], ['SPAN', '']]);
    const asked = await seen();
    assert.equal(asked.length, 1);
    assert.match(asked[0], /^POST .*\/entities\/get /);
    assert.ok(asked[0].includes(known) && asked[0].includes(unknown));
  });

  it('shows the members of a group, which come later than the rest', async () => {
    const id = '11111111-0000-4000-8000-000000000003';
    await serve(id);
    const early = await page.evaluate((id) => {
      const group = DG.Group.create('Team');
      group.id = id;
      const table = DG.ObjectHandler.forEntity(group).renderProperties(group).querySelector('table');
      (window as any).stage.append(table);
      return [...table.rows].map((r: any) => r.cells[0].textContent);
    }, id);
    assert.deepEqual(early, ['Type', 'Name', 'Members', 'Member of', 'ID']);
    await until(`document.querySelectorAll('#stage .grok-loader').length === 0`);
    assert.deepEqual(await page.$$eval('#stage .d4-link-label', (all) => all.map((e) => e.textContent)), ['Ann', 'Zoe']);
  });
});

describe('trees', () => {
  it('open and close groups, follow the keyboard, and tell the root what is current', async () => {
    await page.evaluate(() => {
      const {stage, seen} = window as any;
      const tree = DG.TreeViewGroup.tree();
      const group = tree.group('Fruits', null, false);
      group.item('Apple', {kind: 'apple'});
      group.item('Pear');
      tree.item('Stone');
      tree.onSelectedNodeChanged.subscribe((n: any) => seen.push(n.text));
      group.onNodeExpanding.subscribe(() => seen.push('expanding'));
      tree.onChildNodeExpandedChanged.subscribe((n: any) => seen.push(`${n.text} ${n.expanded}`));
      stage.append(tree.root);
    });
    await page.click('#stage .d4-tree-view-tri');
    await page.click('#stage .d4-tree-view-group .d4-tree-view-group-host > .d4-tree-view-node');
    for (const key of ['ArrowDown', 'ArrowDown', 'ArrowUp', 'ArrowLeft', 'ArrowLeft'])
      await page.keyboard.press(key as 'ArrowUp');
    assert.deepEqual(await seen(),
      ['expanding', 'Fruits true', 'Apple', 'Pear', 'Stone', 'Pear', 'Fruits', 'Fruits false']);
  });

  it('check what is below with a group', async () => {
    const result = await page.evaluate(() => {
      const tree = DG.TreeViewGroup.tree();
      const group = tree.group('G');
      const nodes = [group, group.item('a'), group.item('b')];
      for (const n of nodes)
        n.enableCheckBox(false);
      let toggled = 0;
      tree.onNodeCheckBoxToggled.subscribe(() => toggled++);
      group.checked = true;
      nodes[1].remove();
      return [nodes.map((n) => n.checked), toggled, tree.items.map((n: any) => n.text),
        nodes[2].rootNode.root === tree.root];
    });
    assert.deepEqual(result, [[true, true, true], 3, ['G', 'b'], true]);
  });
});

describe('colours', () => {
  it('go from and to text', async () => {
    const result = await page.evaluate(() => [DG.Color.toHtml(0xFF1F77B4), DG.Color.toHtml(0x801F77B4),
      DG.Color.fromHtml('#1f77b4'), DG.Color.fromHtml('red'), DG.Color.fromHtml('#0f0'), DG.Color.fromHtml('rgb(1, 2, 3)'),
      DG.Color.getContrastColor(0xFFFFFF00), DG.Color.getContrastColor(0xFF000080), DG.Color.darken(0xFF102030, 0x10)]);
    assert.deepEqual(result, ['#1f77b4', '#1f77b480', 0xFF1F77B4, 0xFFFF0000, 0xFF00FF00, 0xFF010203, 0xFF000000,
      0xFFFFFFFF, 0xFF001020]);
  });

  it('scale between stops, with own colours outside', async () => {
    const result = await page.evaluate(() => {
      const scheme = [0xFF000000, 0xFF646464, 0xFFFFFFFF];
      return [[0, 25, 50, 100].map((x) => DG.Color.scaleColor(x, 0, 100, undefined, scheme)),
        DG.Color.scaleColor(-1, 0, 100, undefined, scheme, 0xFF0000FF), DG.Color.scaleColor(5, 5, 5, 0x80, scheme)];
    });
    assert.deepEqual(result, [[0xFF000000, 0xFF323232, 0xFF646464, 0xFFFFFFFF], 0xFF0000FF, 0x80646464]);
  });

  it('of numbers stay while the values do, and follow when they change', async () => {
    const result = await page.evaluate(() => {
      const n = DG.Column.fromList('int', 'n', [0, 10, 5]);
      n.meta.colors.setLinear([0xFF000000, 0xFFC8C8C8]);
      const color = (): string => DG.Color.toHtml(DG.Color.getRowColor(n, 2));
      const before = [color(), color()];
      n.set(1, 5);
      return [...before, color()];
    });
    assert.deepEqual(result, ['#646464', '#646464', '#c8c8c8']);
  });

  it('of a column follow its tags: categories, ranges, rules', async () => {
    const result = await page.evaluate(() => {
      const s = DG.Column.fromStrings('s', ['b', 'a', 'b', '']);
      const palette = DG.Color.categoricalPalette;
      const plain = [0, 1, 2].map((i) => palette.indexOf(s.meta.colors.getColor(i)) - palette.indexOf(DG.Color.getCategoryColor(s, 'a')));
      s.meta.colors.setCategorical({a: '#ff0000', b: 0xFF00FF00});
      const given = [...s.meta.colors.getColors()];
      const n = DG.Column.fromList('int', 'n', [0, 5, 10]);
      n.meta.colors.setLinear([0xFF000000, 0xFFC8C8C8]);
      const linear = [...n.meta.colors.getColors()];
      n.meta.colors.setConditional({'< 3': '#0000ff', '> 7': '#ff00ff'});
      return {plain, given, linear, rules: [...n.meta.colors.getColors()]};
    });
    assert.deepEqual(result.plain, [1, 0, 1]);
    assert.deepEqual(result.given, [0xFF00FF00, 0xFFFF0000, 0xFF00FF00, 0xFFF0F0F0]);
    assert.deepEqual(result.linear, [0xFF000000, 0xFF646464, 0xFFC8C8C8]);
    assert.deepEqual(result.rules, [0xFF0000FF, 0xFFFFFFFF, 0xFFFF00FF]);
  });
});

describe('a click on a group of rows', () => {
  for (const [gesture, event, expected] of [
    ['alone selects exactly the group', {}, '0110'],
    ['with Ctrl adds a group that is not wholly selected', {ctrlKey: true}, '1110'],
    ['with Shift adds', {shiftKey: true}, '1110'],
    ['with Ctrl and Shift takes out', {ctrlKey: true, shiftKey: true}, '1000'],
  ] as [string, object, string][])
    it(gesture, async () => {
      const result = await page.evaluate((event) => {
        const mask = DG.BitSet.fromString('1010');
        let changes = 0;
        mask.onChanged.subscribe(() => changes++);
        mask.handleClick((row: number) => row === 1 || row === 2, event);
        return [mask.toBinaryString(), changes];
      }, event);
      assert.deepEqual(result, [expected, 1]);
    });

  it('with Ctrl takes out a group that is wholly selected; unmodified can be told to do nothing', async () => {
    const result = await page.evaluate(() => {
      const mask = DG.BitSet.fromString('1110');
      mask.handleClick((row: number) => row > 0 && row < 3, {metaKey: true});
      const toggled = mask.toBinaryString();
      mask.handleClick(() => true, {}, true);
      return [toggled, mask.toBinaryString()];
    });
    assert.deepEqual(result, ['1000', '1000']);
  });
});

describe('popups', () => {
  it('open beside their anchor and close on Esc or a click elsewhere', async () => {
    await page.evaluate(() => {
      const {stage, seen} = window as any;
      stage.append(ui.comboPopup('Pick', ['one', 'two'], (x: string) => seen.push(x)));
    });
    await page.click('#stage .d4-combo-popup');
    await page.click('.d4-combo-drop-down-item:nth-child(2)');
    assert.deepEqual(await seen(), ['two']);
    assert.equal(await page.$('.d4-popup-host'), null);
    await page.click('#stage .d4-combo-popup');
    await page.keyboard.press('Escape');
    assert.equal(await page.$('.d4-popup-host'), null);
    await page.click('#stage .d4-combo-popup');
    await page.mouse.click(900, 600);
    assert.equal(await page.$('.d4-popup-host'), null);
  });
});

describe('helpers', () => {
  it('format numbers as the core does for cells', async () => {
    assert.deepEqual(await page.evaluate(() => [DG.format(1234.567, '#,##0.00'), DG.format(0.5, '0'), DG.format(7, '#,##0')]),
      ['1,234.57', '1', '7']);
  });

  it('leave no uncaught error behind', () => {
    const ours = playground.errors.filter((e) => !/status of 501|No server here/.test(e));
    assert.deepEqual(ours, []);
  });
});
