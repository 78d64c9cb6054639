import * as DG from 'datagrok-api/dg';
import {workspace} from '../views/workspace.ts';
import type {ViewHandle} from '../views/view.ts';
import {box} from './dom.ts';
import {places} from './layout.ts';

let topMenu: DG.Menu | null = null;

/** The shell's own menu, left of the view's; made when a package asks for it. */
export function getTopMenu(): any {
  if (topMenu == null) {
    topMenu = DG.Menu.create();
    show(workspace.current);
  }
  return topMenu.dart;
}

/** The row above the view: menus, then panels of small items divided by lines. It takes no place when it is empty. */
export function installRibbon(): void {
  workspace.bus.on('current', show);
  workspace.bus.on('changed', (view: ViewHandle) => {
    if (view === workspace.current)
      show(view);
  });
  show(null);
}

function show(view: ViewHandle | null): void {
  const parts: HTMLElement[] = [];
  if (topMenu != null)
    parts.push(topMenu.root);
  if (view?.hasRibbonMenu)
    parts.push(new DG.Menu(view.ribbonMenu).root);
  for (const panel of view?.ribbonPanels ?? [])
    parts.push(box('d4-ribbon-panel', ...panel.filter((e) => e != null).map(item)));
  places.ribbon.replaceChildren(...parts);
  places.ribbon.hidden = parts.length === 0;
}

/** Items are wrapped once: a ribbon read by one view and given to another (as MultiView does) keeps its elements. */
function item(e: HTMLElement): HTMLElement {
  if (e.classList.contains('d4-ribbon-item'))
    return e;
  const wrapped = e.parentElement?.classList.contains('d4-ribbon-item') ? e.parentElement : box('d4-ribbon-item', e);
  return wrapped;
}
