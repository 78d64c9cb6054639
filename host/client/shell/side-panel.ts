import {workspace} from '../views/workspace.ts';
import type {ViewHandle} from '../views/view.ts';
import {box} from './dom.ts';
import {places} from './layout.ts';
import {isOn, isShown, show} from './windows.ts';

type Tab = 'Browse' | 'Toolbox';

const browse = box('layout-side-content');
const toolbox = box('layout-side-content d4-toolbox');
const headers: Record<Tab, HTMLElement> = {Browse: header('Browse'), Toolbox: header('Toolbox')};
/** What the user chose for a view wins over what the view has. */
const chosen = new WeakMap<ViewHandle, Tab>();
let tab: Tab = 'Browse';

/** Where the browse panel lives. */
export const browsePlace: HTMLElement = browse;

/** The panel left of the view: Browse and the current view's toolbox, with their two tabs at the bottom. */
export function installSidePanel(): void {
  const strip = box('layout-side-tabs', headers.Browse, headers.Toolbox);
  strip.setAttribute('role', 'tablist');
  places.side.append(browse, toolbox, strip);
  workspace.bus.on('current', follow);
  workspace.bus.on('changed', (view: ViewHandle) => {
    if (view === workspace.current)
      follow(view);
  });
  select('Browse');
}

/** Brings a tab to the front; the panel's visibility is the business of `windows.ts`. */
export function select(next: Tab): void {
  tab = next;
  arrangeSidePanel();
}

export function arrangeSidePanel(): void {
  if (!isShown(tab))
    tab = tab === 'Browse' && isShown('Toolbox') ? 'Toolbox' : isShown('Browse') ? 'Browse' : tab;
  browse.hidden = tab !== 'Browse';
  toolbox.hidden = tab !== 'Toolbox';
  for (const [name, e] of Object.entries(headers)) {
    e.hidden = !isShown(name as Tab);
    e.classList.toggle('selected', name === tab);
    e.setAttribute('aria-selected', String(name === tab));
  }
}

function follow(view: ViewHandle | null): void {
  const content = view?.toolbox ?? null;
  if (content == null)
    toolbox.replaceChildren(box('layout-side-empty', 'This view has no toolbox.'));
  else if (toolbox.firstChild !== content || toolbox.childNodes.length !== 1)
    toolbox.replaceChildren(content);
  if (!isOn('AutoShowToolbox') || view == null)
    return;
  const wanted = chosen.get(view) ?? (content == null ? 'Browse' : 'Toolbox');
  if (isShown(wanted))
    select(wanted);
}

function header(name: Tab): HTMLElement {
  const e = document.createElement('button');
  e.type = 'button';
  e.className = 'layout-side-tab';
  e.textContent = name;
  e.setAttribute('role', 'tab');
  e.addEventListener('click', () => {
    if (workspace.current != null)
      chosen.set(workspace.current, name);
    show(name, true);
  });
  return e;
}
