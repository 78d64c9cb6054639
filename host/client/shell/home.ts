import * as DG from 'datagrok-api/dg';
import * as ui from 'datagrok-api/ui';
import {onKill} from '../interop/life-cycle.ts';
import {ViewHandle} from '../views/view.ts';
import {workspace} from '../views/workspace.ts';
import {apps} from './apps.ts';
import {appTile} from './app-tile.ts';
import {box, failure, iconOf, messageOf, text} from './dom.ts';
import {recent} from './recent.ts';
import {functionsOf} from './roles.ts';
import {openAddress} from './router.ts';

/** The first page: apps, what was opened lately, and the dashboard widgets of the packages. */
export class HomeView extends ViewHandle {
  override get type(): string {return 'home';}

  constructor() {
    super();
    this.name = 'Home';
    this.settlePath('/');
    this.icon = iconOf('home');
    this.root.classList.add('grok-home');
    let recents = recentCard();
    const shown = workspace.bus.on('current', (view) => {
      if (view !== this)
        return;
      const fresh = recentCard();
      recents.replaceWith(fresh);
      recents = fresh;
    });
    onKill(this.root, () => shown.cancel());
    this.root.append(appCard(), recents, ...functionsOf('dashboard').sort(byOrder).map(widgetCard));
  }
}

function card(title: string, content: HTMLElement): HTMLElement {
  const root = box('grok-home-card d4-item-card', text('grok-home-card-title', title), content);
  root.dataset.title = title;
  return root;
}

function appCard(): HTMLElement {
  const found = apps();
  return card('Apps', found.length === 0 ? box('grok-entity-empty', 'No package with an app is installed.') :
    box('grok-app-tiles', ...found.map(appTile)));
}

function recentCard(): HTMLElement {
  const list = recent().map(({name, address}) => {
    const link = document.createElement('a');
    link.className = 'ui-link';
    link.textContent = name;
    link.href = address;
    link.addEventListener('click', (e) => {
      if (e.ctrlKey || e.metaKey || e.shiftKey)
        return;
      e.preventDefault();
      openAddress(address);
    });
    return box('grok-home-recent', link);
  });
  return card('Recent', list.length === 0 ? box('grok-entity-empty', 'What you open appears here.') : box('', ...list));
}

/** One widget's failure stays in its card. */
function widgetCard(func: DG.Func): HTMLElement {
  const content = box('grok-home-widget');
  const root = card(func.friendlyName || func.name, content);
  const load = async (): Promise<void> => {
    content.replaceChildren(ui.loader());
    try {
      const widget = await func.apply();
      content.replaceChildren(widget instanceof HTMLElement ? widget : widget.root);
      const caption = widget?.props?.hasProperty?.('caption') ? widget.props.caption : null;
      if (caption)
        root.querySelector('.grok-home-card-title')!.textContent = caption;
    } catch (e) {
      content.replaceChildren(failure(messageOf(e), () => void load()));
    }
  };
  void load();
  return root;
}

/** `meta.order`: smaller first; those without one come last. */
function byOrder(a: DG.Func, b: DG.Func): number {
  const order = (f: DG.Func): number => Number(f.options['order'] ?? Infinity);
  return order(a) === order(b) ? 0 : order(a) - order(b);
}
