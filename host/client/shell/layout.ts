import Split from 'split.js';
import {DockManagerHandle} from '../views/dock-manager.ts';
import {box} from './dom.ts';
import {isOn, isShown} from './windows.ts';

/** The places of the shell. Contents are put there by the modules that own them. */
export const places = {
  sidebar: box('layout-sidebar'),
  side: box('layout-side'),
  topPanel: box('layout-top-panel'),
  tabs: box('layout-tabs tab-handle-list-container'),
  ribbon: box('d4-ribbon'),
  work: box('layout-workarea'),
  bottomPanel: box('layout-bottom-panel'),
  context: box('layout-context'),
  status: box('d4-global-status-panel layout-status'),
};

/** Panels that packages dock around the views. */
export const dockManager = new DockManagerHandle(places.work);

const center = box('layout-center', places.topPanel, places.tabs, places.ribbon, dockManager.element,
  places.bottomPanel);
const columns = box('layout-columns', places.side, center, places.context);
const storageKey = 'shell-widths';
const narrow = 1200;
let split: Split.Instance | null = null;
let widths: {side: number; context: number};

/** Puts the shell into the page and keeps the widths of its columns in pixels while the window is resized. */
export function installLayout(): void {
  widths = readWidths();
  document.body.prepend(box('layout-root grok-shell', box('layout-main', places.sidebar, columns), places.status));
  new ResizeObserver(() => split?.setSizes(sizes())).observe(columns);
  arrangeColumns();
}

/** Shows and hides the parts as `windows.ts` says. */
export function arrangeColumns(): void {
  const bare = isOn('PresentationMode');
  places.sidebar.hidden = bare || !isShown('Sidebar');
  places.side.hidden = bare || !(isShown('Browse') || isShown('Toolbox'));
  places.context.hidden = bare || !(isShown('Properties') || isShown('Help'));
  places.status.hidden = bare || !isShown('StatusBar');
  places.tabs.hidden = bare && isOn('HideTabsInPresentationMode');
  places.ribbon.classList.toggle('layout-ribbon-hidden', bare || !isShown('Ribbon'));
  split?.destroy();
  split = Split(visible(), {
    sizes: sizes(), minSize: visible().map((e) => e === center ? 200 : 140), gutterSize: 5, snapOffset: 0,
    elementStyle: (_dimension, size, gutter) => ({'flex-basis': `calc(${size}% - ${gutter}px)`}),
    gutterStyle: (_dimension, gutter) => ({'flex-basis': `${gutter}px`}),
    onDragEnd: () => {
      widths = {
        side: places.side.hidden ? widths.side : places.side.offsetWidth,
        context: places.context.hidden ? widths.context : places.context.offsetWidth,
      };
      localStorage.setItem(storageKey, JSON.stringify(widths));
    },
  });
}

function visible(): HTMLElement[] {
  return [places.side, center, places.context].filter((e) => !e.hidden);
}

/** Percentages for the visible columns; the centre takes what the panels leave. */
function sizes(): number[] {
  const total = Math.max(columns.clientWidth, 1);
  const part = (width: number): number => Math.min(width, total * .4) / total * 100;
  const side = places.side.hidden ? 0 : part(widths.side);
  const context = places.context.hidden ? 0 : part(widths.context);
  return visible().map((e) => e === places.side ? side : e === places.context ? context : 100 - side - context);
}

function readWidths(): {side: number; context: number} {
  const defaults = innerWidth < narrow ? {side: 200, context: 240} : {side: 240, context: 320};
  try {
    return {...defaults, ...JSON.parse(localStorage.getItem(storageKey) ?? '{}')};
  } catch {
    return defaults;
  }
}
