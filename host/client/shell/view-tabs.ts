import * as DG from 'datagrok-api/dg';
import * as ui from 'datagrok-api/ui';
import {workspace} from '../views/workspace.ts';
import type {ViewHandle} from '../views/view.ts';
import {box, iconButton, iconOf, text} from './dom.ts';
import {places} from './layout.ts';

const tabs = new Map<ViewHandle, HTMLElement>();

/** The strip of view tabs, and the work area in which the current view's root is visible. */
export function installViewTabs(): void {
  places.tabs.setAttribute('role', 'tablist');
  workspace.bus.on('list', arrange);
  workspace.bus.on('changed', (view: ViewHandle) => fill(view));
  workspace.bus.on('current', arrange);
  workspace.bus.on('current', (view: ViewHandle | null) => tabs.get(view!)?.scrollIntoView({block: 'nearest', inline: 'nearest'}));
}

function arrange(): void {
  for (const [view, tab] of tabs)
    if (!workspace.has(view)) {
      tabs.delete(view);
      tab.remove();
    }
  workspace.views.forEach((view, i) => {
    if (!tabs.has(view)) {
      tabs.set(view, makeTab(view));
      fill(view);
    }
    const tab = tabs.get(view)!;
    if (places.tabs.children[i] !== tab)
      places.tabs.insertBefore(tab, places.tabs.children[i] ?? null);
    const current = view === workspace.current;
    tab.classList.toggle('tab-handle-selected', current);
    tab.setAttribute('aria-selected', String(current));
    tab.tabIndex = current ? 0 : -1;
    show(view, current);
  });
}

/** The root is hidden rather than taken out: scroll positions and chart sizes survive. */
function show(view: ViewHandle, current: boolean): void {
  const root = view.root;
  if (root.parentElement !== places.work && current)
    places.work.append(root);
  root.classList.toggle('grok-view-hidden', !current);
}

function makeTab(view: ViewHandle): HTMLElement {
  const tab = box('tab-handle');
  tab.setAttribute('role', 'tab');
  tab.addEventListener('click', () => workspace.activate(view));
  tab.addEventListener('dblclick', () => view.isPinned = true);
  tab.addEventListener('auxclick', (e) => {
    if (e.button === 1)
      workspace.close(view);
  });
  tab.addEventListener('keydown', (e) => onKey(e, view));
  tab.addEventListener('contextmenu', (e) => {
    e.preventDefault();
    showMenu(view, e);
  });
  ui.tooltip.bind(tab, () => view.isPreview ? `${view.name} (preview: double-click keeps it open)` : view.name);
  return tab;
}

function fill(view: ViewHandle): void {
  const tab = tabs.get(view);
  if (tab == null)
    return;
  const icon = view.icon?.cloneNode(true) as HTMLElement ?? null;
  icon?.classList.add('tab-handle-icon');
  const close = iconButton('times', 'Close', (e) => {
    e.stopPropagation();
    workspace.close(view);
  });
  close.classList.add('tab-handle-close-button');
  close.tabIndex = -1;
  tab.replaceChildren(...(view.isPinned ? [iconOf('thumbtack')] : []), ...(icon == null ? [] : [icon]),
    text('tab-handle-text', view.name), close);
  tab.dataset.name = view.name;
  tab.classList.toggle('tab-handle-preview', view.isPreview);
  tab.classList.toggle('tab-handle-pinned', view.isPinned);
}

function onKey(e: KeyboardEvent, view: ViewHandle): void {
  const step = e.key === 'ArrowRight' ? 1 : e.key === 'ArrowLeft' ? -1 : 0;
  const next = workspace.views[workspace.views.indexOf(view) + step];
  if (step !== 0 && next != null) {
    workspace.activate(next);
    tabs.get(next)?.focus();
  } else if (e.key === 'Delete')
    workspace.close(view);
}

function showMenu(view: ViewHandle, e: MouseEvent): void {
  const others = (): ViewHandle[] => workspace.views.filter((v) => v !== view && !v.isPinned);
  DG.Menu.popup()
    .item(view.isPinned ? 'Unpin' : 'Pin', () => view.isPinned = !view.isPinned)
    .item('Close', () => workspace.close(view))
    .item('Close others', () => others().forEach((v) => workspace.close(v)))
    .show({causedBy: e});
}
