import {after, before, describe, it} from 'node:test';
import assert from 'node:assert/strict';
import {openPlayground, type Playground} from '../support/playground.ts';

declare const grok: any;
declare const DG: any;
declare const ui: any;

/** The test runner's compiler wraps named functions in a helper that the page does not have. */
async function nameable(p: Playground): Promise<void> {
  await p.page.evaluate('globalThis.__name = (f) => f');
}

describe('shell without a server', () => {
  let p: Playground;

  before(async () => {
    p = await openPlayground({width: 1280, height: 800});
    await nameable(p);
  });
  after(() => p?.close());

  const names = (): Promise<string[]> => p.page.evaluate(() => [...grok.shell.views].map((v: any) => v.name));
  const text = (selector: string): Promise<string> =>
    p.page.$eval(selector, (e) => (e as HTMLElement).innerText.trim());
  const hidden = (selector: string): Promise<boolean> =>
    p.page.$eval(selector, (e) => (e as HTMLElement).offsetParent == null);

  it('shows Home first, alone', async () => {
    assert.deepEqual(await names(), ['Home']);
    assert.equal(await p.page.evaluate(() => location.pathname), '/');
  });

  it('adding and closing a view tells of it in order, and the view before becomes current again', async () => {
    const log = await p.page.evaluate(() => {
      const log: string[] = [];
      const e = grok.events;
      const subs = [
        e.onViewAdding.subscribe((v: any) => log.push(`adding ${v.name}`)),
        e.onViewAdded.subscribe((v: any) => log.push(`added ${v.name}`)),
        e.onCurrentViewChanging.subscribe((x: any) => log.push(`changing ${x.args.view.name}`)),
        e.onCurrentViewChanged.subscribe((x: any) =>
          log.push(`changed ${x.args.previous.name}>${x.args.current.name}=${grok.shell.v.name}`)),
        e.onViewRenamed.subscribe((v: any) => log.push(`renamed ${v.name}`)),
        e.onViewRemoving.subscribe((x: any) => log.push(`removing ${x.args.view.name}`)),
        e.onViewRemoved.subscribe((v: any) => log.push(`removed ${v.name}`)),
      ];
      const view = grok.shell.newView('A', [ui.divText('text of A')]);
      view.name = 'A';
      view.name = 'A2';
      view.close();
      subs.forEach((s) => s.unsubscribe());
      return log;
    });
    assert.deepEqual(log, ['adding A', 'added A', 'changing A', 'changed Home>A=A', 'renamed A2', 'removing A2',
      'changing Home', 'changed A2>Home=Home', 'removed A2']);
    assert.deepEqual(await names(), ['Home']);
  });

  it('a subscriber can keep a view open', async () => {
    const views = await p.page.evaluate(() => {
      const sub = grok.events.onViewRemoving.subscribe((x: any) => x.preventDefault());
      const view = grok.shell.newView('Kept');
      view.close();
      const then = [...grok.shell.views].length;
      sub.unsubscribe();
      view.close();
      return [then, [...grok.shell.views].length];
    });
    assert.deepEqual(views, [2, 1]);
  });

  it('a view written in JavaScript is the object that the shell hands out, and is found by its root', async () => {
    const facts = await p.page.evaluate(() => {
      class Own extends DG.ViewBase {
        constructor() {
          super();
          this.name = 'Own';
          this.root.append(ui.divText('own content'));
        }
        get type() {return 'own';}
      }
      const view = new Own();
      grok.shell.addView(view);
      const facts = [grok.shell.v === view, DG.Widget.find(view.root) === view, grok.shell.view('own') === view,
        grok.shell.v.type, document.querySelector('.tab-handle-selected')!.textContent,
        (document.querySelector('.layout-workarea > .grok-view:not(.grok-view-hidden)') as HTMLElement).innerText];
      view.close();
      return facts;
    });
    assert.deepEqual(facts, [true, true, true, 'own', 'Own', 'own content']);
  });

  it('closing a view ends its subscriptions, its widgets, and those of its toolbox', async () => {
    const ended = await p.page.evaluate(() => {
      const ended: string[] = [];
      class Part extends DG.Widget {
        constructor(readonly label: string) {
          super(ui.div());
          this.sub({unsubscribe: () => ended.push(label)});
          this.toDart();
        }
      }
      const view = new DG.ViewBase();
      view.subs.push({unsubscribe: () => ended.push('view')});
      view.root.append(new Part('inside').root);
      view.toolbox = new Part('toolbox').root;
      grok.shell.addView(view);
      view.close();
      view.close();
      return ended.sort();
    });
    assert.deepEqual(ended, ['inside', 'toolbox', 'view']);
  });

  it('a MultiView takes name, toolbox and ribbon of the sub-view that is shown', async () => {
    const seen = await p.page.evaluate(async () => {
      const sub = (name: string) => () => {
        const v = DG.View.create();
        v.name = name;
        v.root.append(ui.divText(`content of ${name}`));
        v.toolbox = ui.divText(`toolbox of ${name}`);
        v.setRibbonPanels([[ui.divText(`ribbon of ${name}`)]]);
        return v;
      };
      const multi = new DG.MultiView({viewFactories: {One: sub('One'), Two: sub('Two')}});
      grok.shell.addView(multi);
      const look = () => ['.d4-toolbox', '.d4-ribbon', '.tab-handle-selected'].map((s) =>
        (document.querySelector(s) as HTMLElement).innerText.trim());
      multi.tabs.currentPane = multi.tabs.getPane('Two');
      const two = look();
      multi.tabs.currentPane = multi.tabs.getPane('One');
      const one = look();
      const ok = grok.shell.v === multi;
      multi.close();
      return {two, one, ok, left: [...grok.shell.views].length};
    });
    assert.deepEqual(seen, {
      two: ['toolbox of Two', 'ribbon of Two', 'Two'], one: ['toolbox of One', 'ribbon of One', 'One'], ok: true, left: 1,
    });
  });

  it('a promised view shows its content, name and toolbox once they are there, or why they are not', async () => {
    await p.page.evaluate(() => {
      grok.shell.addView(DG.View.fromViewAsync(async () => {
        const v = DG.View.create();
        v.name = 'Promised';
        v.root.append(ui.divText('delivered'));
        v.toolbox = ui.divText('late toolbox');
        return v;
      }));
    });
    await p.page.waitForFunction(() => grok.shell.v.name === 'Promised');
    assert.equal(await text('.layout-workarea > .grok-view:not(.grok-view-hidden)'), 'delivered');
    assert.equal(await text('.d4-toolbox'), 'late toolbox');
    await p.page.evaluate(() => {
      grok.shell.v.close();
      grok.shell.addView(DG.View.fromViewAsync(async () => {throw new Error('no such luck');}));
    });
    await p.page.waitForSelector('.grok-view .grok-error-text');
    assert.equal(await text('.grok-view .grok-error-text'), 'no such luck');
    await p.page.evaluate(() => grok.shell.v.close());
  });

  it('tabs are switched, pinned and closed with the mouse', async () => {
    await p.page.evaluate(() => ['X', 'Y'].forEach((n) => grok.shell.newView(n)));
    await p.page.click('.tab-handle[data-name="X"]');
    assert.equal(await p.page.evaluate(() => grok.shell.v.name), 'X');
    await p.page.click('.tab-handle[data-name="X"]', {clickCount: 2});
    assert.equal(await p.page.evaluate(() => grok.shell.v.isPinned), true);
    await p.page.click('.tab-handle[data-name="X"] .tab-handle-close-button');
    assert.deepEqual(await names(), ['Home', 'Y']);
    assert.equal(await p.page.evaluate(() => grok.shell.v.name), 'Y');
    await p.page.evaluate(() => grok.shell.v.close());
  });

  it('a preview gives way to the next one until it is pinned', async () => {
    const lists = await p.page.evaluate(() => {
      const list = () => [...grok.shell.views].map((v: any) => v.name);
      const view = (name: string) => {
        const v = DG.View.create();
        v.name = name;
        return v;
      };
      grok.shell.addPreview(view('P1'));
      const second = view('P2');
      grok.shell.addPreview(second);
      const replaced = list();
      second.pin();
      grok.shell.addPreview(view('P3'));
      const kept = list();
      [...grok.shell.views].filter((v: any) => v.name !== 'Home').forEach((v: any) => v.close());
      return [replaced, kept, list()];
    });
    assert.deepEqual(lists, [['Home', 'P2'], ['Home', 'P2', 'P3'], ['Home']]);
  });

  it('closing everything leads Home', async () => {
    await p.page.evaluate(() => {
      grok.shell.newView('Z');
      grok.shell.closeAll();
    });
    await p.page.waitForFunction(() => grok.shell.v?.name === 'Home');
    assert.deepEqual(await names(), ['Home']);
  });

  it('panels follow grok.shell.windows and the keys F4, Alt+X and F7', async () => {
    const events = await p.page.evaluate(() => {
      let n = 0;
      const sub = grok.shell.windows.onPanelVisibilityChanged.subscribe(() => n++);
      grok.shell.windows.showContextPanel = false;
      grok.shell.windows.showContextPanel = false;
      sub.unsubscribe();
      return n;
    });
    assert.equal(events, 1);
    assert.equal(await hidden('.grok-prop-panel'), true);
    await p.page.keyboard.press('F4');
    assert.equal(await hidden('.grok-prop-panel'), false);

    await p.page.keyboard.down('Alt');
    await p.page.keyboard.press('KeyX');
    await p.page.keyboard.up('Alt');
    assert.equal(await p.page.evaluate(() => grok.shell.windows.showToolbox), false);
    await p.page.evaluate(() => grok.shell.windows.showToolbox = true);
    assert.equal(await hidden('.d4-toolbox'), false);
    await p.page.evaluate(() => grok.shell.windows.showBrowse = true);
    assert.equal(await hidden('.grok-browse'), false);

    await p.page.keyboard.press('F7');
    assert.equal(await p.page.evaluate(() => grok.shell.windows.presentationMode), true);
    const parts = ['.layout-sidebar', '.layout-side', '.layout-context', '.layout-status'];
    assert.deepEqual(await Promise.all(parts.map(hidden)), [true, true, true, true]);
    await p.page.keyboard.press('F7');
    assert.deepEqual(await Promise.all(parts.map(hidden)), [false, false, false, false]);
  });

  it('the context panel shows elements, maps and tables, and goes back and forward', async () => {
    await p.page.evaluate(() => grok.shell.o = ui.divText('an element'));
    assert.equal(await text('.grok-prop-panel-content'), 'an element');
    await p.page.evaluate(() => grok.shell.o = {fruit: 'apple', count: 3});
    assert.match(await text('.grok-prop-panel-content'), /fruit\s+apple\s+count\s+3/);
    await p.page.evaluate(() => {
      const df = DG.DataFrame.fromColumns([DG.Column.fromStrings('name', ['a', 'b', 'c'])]);
      df.name = 'letters';
      grok.shell.o = df;
    });
    assert.equal(await text('.grok-prop-panel-title'), 'letters');
    assert.equal(await p.page.evaluate(() => grok.shell.o.rowCount), 3);
    await p.page.hover('.grok-prop-panel');
    await p.page.click('.grok-prop-panel-icons [aria-label="Back"]');
    assert.match(await text('.grok-prop-panel-content'), /apple/);
    await p.page.click('.grok-prop-panel-icons [aria-label="Back"]');
    assert.equal(await text('.grok-prop-panel-content'), 'an element');
    await p.page.click('.grok-prop-panel-icons [aria-label="Forward"]');
    assert.match(await text('.grok-prop-panel-content'), /apple/);
  });

  it('a viewer on the page shows its properties, by its own handler', async () => {
    const shown = await p.page.evaluate(() => {
      const df = DG.DataFrame.fromCsv('x,y\n1,2\n3,4');
      const viewer = DG.Viewer.scatterPlot(df);
      const view = grok.shell.newView('Plot', [viewer.root]);
      grok.shell.o = viewer;
      const handler = DG.ObjectHandler.forEntity(viewer);
      const panel = document.querySelector('.grok-prop-panel-content') as HTMLElement;
      const result = [handler.type, panel.contains(viewer.root), panel.querySelectorAll('h2').length,
        [...panel.querySelectorAll('.d4-accordion-pane-header')].some((h) => h.textContent === 'Data')];
      view.close();
      return result;
    });
    assert.deepEqual(shown, ['Viewer', false, 1, true]);
  });

  it('a viewer of a view in the background outlives its place in the panel\'s memory', async () => {
    const alive = await p.page.evaluate(() => {
      const viewer = DG.Viewer.scatterPlot(DG.DataFrame.fromCsv('x,y\n1,2\n3,4'));
      const loose = ui.divText('nobody else holds this');
      const ended: string[] = [];
      viewer.onDetached?.subscribe?.(() => ended.push('viewer'));
      const view = grok.shell.newView('Plot', [viewer.root]);
      const other = grok.shell.newView('Other', []);
      grok.shell.o = viewer;
      for (let i = 0; i < 25; i++)
        grok.shell.o = i === 0 ? loose : {i};
      const widget = DG.Widget.find(viewer.root);
      grok.shell.v = view;
      const result = [widget != null && widget.dataFrame?.rowCount, [...ended]];
      view.close();
      other.close();
      return result;
    });
    assert.deepEqual(alive, [2, []]);
  });

  it('names from data stay text in the context panel', async () => {
    await p.page.evaluate(() => {
      const df = DG.DataFrame.fromColumns([DG.Column.fromStrings('<img src=x onerror=1>', ['a'])]);
      df.name = '<img src=x onerror=1>';
      grok.shell.o = df;
    });
    assert.equal(await p.page.$$eval('.grok-prop-panel img', (e) => e.length), 0);
    assert.equal(await text('.grok-prop-panel-title'), '<img src=x onerror=1>');
  });

  it('packages hear of the accordion with the object as its context and can add panes', async () => {
    const seen = await p.page.evaluate(() => {
      let seen: any = null;
      const changes: any[] = [];
      const subs = [grok.events.onAccordionConstructed.subscribe((acc: any) => {
        seen = [acc.context instanceof DG.DataFrame, acc.context.name];
        acc.addPane('Extra', () => ui.divText('extra content'), true);
      }), grok.events.onCurrentObjectChanged.subscribe((e: any) => changes.push(e.args.value.name))];
      const df = DG.DataFrame.fromColumns([DG.Column.fromStrings('name', ['a'])]);
      df.name = 'context frame';
      grok.shell.o = df;
      subs.forEach((s) => s.unsubscribe());
      return {seen, changes};
    });
    assert.deepEqual(seen, {seen: [true, 'context frame'], changes: ['context frame']});
    assert.match(await text('.grok-prop-panel-content'), /extra content/);
  });

  it('a panel function runs when its pane is opened, and its failure stays in the pane', async () => {
    await p.page.evaluate(() => {
      (window as any).panelRuns = 0;
      grok.functions.register({signature: 'widget frameNotes(dataframe t)', options: {role: 'panel'}, run: (t: any) => {
        (window as any).panelRuns++;
        return DG.Widget.fromRoot(ui.divText(`notes on ${t.rowCount} rows`));
      }});
      grok.functions.register({signature: 'widget brokenNotes(dataframe t)', options: {role: 'panel'}, run: () => {
        throw new Error('notes are broken');
      }});
      grok.functions.register({signature: 'widget userNotes(user u)', options: {role: 'panel'}, run: () => null});
      grok.shell.o = DG.DataFrame.fromColumns([DG.Column.fromStrings('name', ['a', 'b'])]);
    });
    const headers: string[] = await p.page.$$eval('.grok-prop-panel .d4-accordion-pane-header', (list) =>
      list.map((e) => (e as HTMLElement).innerText.trim()));
    assert.deepEqual(headers.filter((h) => h.endsWith('Notes')), ['Frame Notes', 'Broken Notes']);
    assert.equal(await p.page.evaluate(() => (window as any).panelRuns), 0);
    const open = (name: string): Promise<void> => p.page.evaluate((n) => {
      const header = [...document.querySelectorAll<HTMLElement>('.grok-prop-panel .d4-accordion-pane-header')]
        .find((e) => e.innerText.trim().startsWith(n))!;
      header.click();
    }, name);
    await open('Frame Notes');
    await open('Broken Notes');
    await p.page.waitForFunction(() => /notes on 2 rows[^]*notes are broken|notes are broken[^]*notes on 2 rows/
      .test((document.querySelector('.grok-prop-panel-content') as HTMLElement).innerText));
    assert.equal(await p.page.evaluate(() => (window as any).panelRuns), 1);
  });

  it('the address follows the current view; going inside it can be undone with Back', async () => {
    const at = (): Promise<string> => p.page.evaluate(() => location.pathname);
    await p.page.evaluate(() => {
      class Paged extends DG.ViewBase {
        constructor() {
          super();
          this.handled = [];
          this.name = 'Paged';
          this.basePath = '/apps/Paged';
        }
        acceptsPath(path: string) {return path.startsWith('/apps/Paged');}
        handlePath(path: string) {this.handled.push(`${path}${location.search}`);}
      }
      const view = new Paged();
      (window as any).paged = view;
      grok.shell.addView(view);
      view.path = '/first';
    });
    assert.equal(await at(), '/apps/Paged/first');
    const before = await p.page.evaluate(() => history.length);
    await p.page.evaluate(() => {
      const {paged} = window as any;
      paged.path = '/second';
      paged.path = '/second?a=1';
      paged.path = '/second?a=2';
    });
    assert.equal(await p.page.evaluate(() => history.length) - before, 1);
    assert.equal(await p.page.evaluate(() => new URLSearchParams(location.search).get('a')), '2');
    await p.page.evaluate(() => history.back());
    await p.page.waitForFunction(() => (window as any).paged.handled.length === 1);
    assert.equal(await at(), '/apps/Paged/first');
    assert.equal(await p.page.evaluate(() => (window as any).paged.path), '/first');
    await p.page.evaluate(() => history.forward());
    await p.page.waitForFunction(() => (window as any).paged.handled.length === 2);
    assert.deepEqual(await p.page.evaluate(() => (window as any).paged.handled.map((s: string) => s.split('?')[0])),
      ['/apps/Paged/first', '/apps/Paged/second']);
    await p.page.evaluate(() => history.go(-2));
    await p.page.waitForFunction(() => grok.shell.v.name === 'Home');
    assert.equal(await at(), '/');
    await p.page.evaluate(() => (window as any).paged.close());
    assert.deepEqual(await names(), ['Home']);
  });

  it('the status bar counts rows, selection and filter of the current view\'s table', async (t) => {
    const has = await p.page.evaluate(() => {
      try {
        grok.shell.addTableView(DG.DataFrame.fromColumns([DG.Column.fromInt32Array('n', new Int32Array([1, 2, 3, 4]))]));
        return true;
      } catch {
        return false;
      }
    });
    if (!has) {
      t.skip('the table view is not in this build');
      return;
    }
    await p.page.evaluate(() => {
      grok.shell.t.selection.set(1, true);
      grok.shell.t.filter.set(0, false);
    });
    await p.page.waitForFunction(() => /Selected: 1/.test(document.querySelector('.layout-status-table')!.textContent!));
    const part = (name: string): Promise<string> => text(`.layout-status-table [data-name="${name}"]`);
    assert.deepEqual([await part('rows'), await part('selected'), await part('filtered')],
      ['Rows: 4', 'Selected: 1', 'Filtered: 3']);
    await p.page.evaluate(() => grok.shell.closeAll());
  });

  it('elements are docked around the views, stacked, and closed by their button', async () => {
    const places = await p.page.evaluate(() => {
      const left = Object.assign(ui.divText('left panel'), {id: 'left'});
      const below = Object.assign(ui.divText('below left'), {id: 'below'});
      const over = Object.assign(ui.divText('over left'), {id: 'over'});
      const m = grok.shell.dockManager;
      const node = m.dock(left, 'left', null, 'Left', .25);
      m.dock(below, 'down', node, 'Below', .5);
      m.dock(over, 'fill', m.findNode(left), 'Over');
      const box = (id: string) => document.getElementById(id)!.closest('.dock-node')!.getBoundingClientRect();
      const work = document.querySelector('.layout-workarea')!.getBoundingClientRect();
      const whole = m.element.getBoundingClientRect();
      return [box('left').right <= work.left, Math.round(box('left').width / whole.width * 20),
        box('below').top >= box('left').bottom, document.getElementById('left')!.offsetParent == null,
        document.getElementById('over')!.innerText];
    });
    assert.deepEqual(places, [true, 5, true, true, 'over left']);
    const closed = await p.page.evaluate(() => {
      const closed: string[] = [];
      grok.shell.dockManager.onClosed.subscribe((e: any) => closed.push(e.id));
      for (const id of ['over', 'left', 'below'])
        (document.getElementById(id)!.closest('.dock-node')!
          .querySelector('.panel-titlebar-button-close') as HTMLElement).click();
      return [closed, document.querySelectorAll('.dock-node').length];
    });
    assert.deepEqual(closed, [['over', 'left', 'below'], 1]);
  });

  it('a list that cannot be read says so and offers another try', async () => {
    await p.page.click('.grok-browse-item[data-type="queries"]');
    await p.page.waitForSelector('.grok-entity-list .grok-error');
    assert.match(await text('.grok-entity-list .grok-error'), /^Queries could not be listed: /);
    assert.equal(await text('.grok-entity-list .grok-error button'), 'Retry');
    await p.page.evaluate(() => grok.shell.v.close());
  });

  it('the chosen colours are kept', async () => {
    const theme = (): Promise<string | undefined> => p.page.evaluate(() => document.documentElement.dataset.theme);
    const first = await theme();
    await p.page.click('.layout-theme');
    assert.equal(await theme(), first === 'dark' ? 'light' : 'dark');
    assert.equal(await p.page.evaluate(() => localStorage.getItem('theme')), await theme());
    await p.page.click('.layout-theme');
  });
});
