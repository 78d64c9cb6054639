import * as DG from 'datagrok-api/dg';
import * as ui from 'datagrok-api/ui';
import type {Placement} from '@floating-ui/dom';
import {define} from '../interop/define.ts';
import {HostEvent} from '../interop/event-data.ts';
import {shellBus} from '../interop/bus.ts';
import {js} from '../interop/dart.ts';
import {killContent} from '../interop/life-cycle.ts';
import {element} from './elements.ts';
import {LAYER, place, pointAnchor} from './layers.ts';

/**
 * The one tooltip of the page. Elements are bound by a weak map and two listeners on the document, so thousands of
 * bound elements (cells, links) cost nothing and need no clean-up.
 */
type Content = string | Element | (() => any);

const DELAY_MS = 250;
const bound = new WeakMap<Element, {content: Content; position: string | null}>();

const root = element('div', 'd4-tooltip');
let target: Element | null = null;
let timer: ReturnType<typeof setTimeout> | undefined;
let ownContent = false;

function boundAt(node: EventTarget | null): Element | null {
  for (let e = node instanceof Element ? node : null; e != null; e = e.parentElement)
    if (bound.has(e))
      return e;
  return null;
}

/** Text keeps its line breaks and never becomes markup; null when there is nothing to show. */
function contentOf(content: any): Element | null {
  const value = js(typeof content === 'function' ? content() : content);
  if (value == null || value === '')
    return null;
  return typeof value === 'string' ? element('div', 'd4-tooltip-text', value) : ui.render(value);
}

function fill(content: any): boolean {
  const node = contentOf(content);
  if (node == null) {
    hide();
    return false;
  }
  const request = new HostEvent({content: node, element: target}, root);
  shellBus.fire('d4-tooltip-request', request);
  if (request.isDefaultPrevented)
    return false;
  if (root.firstChild !== node || root.childNodes.length > 1) {
    clear();
    root.append(node);
  }
  // Content made for this showing ends with it; an element that a package keeps for reuse does not.
  ownContent = typeof content === 'function';
  root.style.zIndex = String(LAYER.tooltip);
  root.style.display = 'block';
  if (!root.isConnected)
    document.body.append(root);
  shellBus.fire('d4-tooltip-shown', new HostEvent({content: node, element: target}, root));
  return true;
}

function clear(): void {
  if (ownContent)
    killContent(root);
  root.replaceChildren();
}

/** Shows content right of and below a point of the viewport (CSS pixels), moved when it would not fit. */
function show(content: any, x: number, y: number): void {
  if (fill(content))
    void place(root, pointAnchor(x, y), 'right-start');
}

function hide(): void {
  clearTimeout(timer);
  target = null;
  if (!visible())
    return;
  root.style.display = 'none';
  clear();
  shellBus.fire('d4-tooltip-closed', new HostEvent({}, root));
}

function visible(): boolean {
  return root.isConnected && root.style.display !== 'none';
}

function showFor(e: Element, x: number, y: number): void {
  const entry = bound.get(e);
  if (entry == null || !e.isConnected || !fill(entry.content))
    return;
  const side = entry.position as Placement | null;
  if (side != null && /^(top|bottom|left|right)/.test(side))
    void place(root, e, side, {main: 6});
  else
    void place(root, pointAnchor(x, y), 'bottom-start', {main: 18, cross: 2});
}

function follow(): void {
  document.addEventListener('mouseover', (event) => {
    const e = boundAt(event.target);
    if (e === target)
      return;
    if (target != null)
      hide();
    if (e == null || event.buttons !== 0)
      return;
    target = e;
    let {clientX: x, clientY: y} = event;
    const track = (m: MouseEvent): void => {x = m.clientX; y = m.clientY;};
    e.addEventListener('mousemove', track as EventListener, {passive: true});
    timer = setTimeout(() => {
      e.removeEventListener('mousemove', track as EventListener);
      if (target === e)
        showFor(e, x, y);
    }, DELAY_MS);
  }, {capture: true, passive: true});
  document.addEventListener('mouseleave', hide);
  for (const type of ['mousedown', 'keydown', 'wheel'])
    document.addEventListener(type, () => target != null && hide(), {capture: true, passive: true});
}

/** How many rows of a group, and what they hold: numbers by average, others by how many different values. */
function rowGroup(df: DG.DataFrame, check: (row: number) => boolean): HTMLElement {
  const mask = DG.BitSet.create(df.rowCount, check);
  const rows: Record<string, string> = {};
  for (const column of df.columns.toList().filter((c) => !c.name.startsWith('~')).slice(0, 20)) {
    const stats = DG.Stats.fromColumn(column, mask);
    const number = column.isNumerical && column.type !== DG.COLUMN_TYPE.DATE_TIME;
    if (stats.valueCount > 0)
      rows[column.name] = number ? `avg ${DG.format(stats.avg, '#0.###')}` : `${stats.uniqueCount} unique`;
  }
  return element('div', 'd4-row-group-tooltip',
    element('div', 'd4-tooltip-title', `${mask.trueCount} ${mask.trueCount === 1 ? 'row' : 'rows'}`),
    ui.tableFromMap(rows));
}

export function installTooltip(): void {
  root.setAttribute('role', 'tooltip');
  root.style.display = 'none';
  follow();
  define({
    Tooltip_SetOn: (e: Element, content: Content, position: string | null | undefined) => {
      bound.set(e, {content, position: position ?? null});
      return e;
    },
    Tooltip_Show: show,
    Tooltip_Hide: hide,
    Tooltip_Get_Root: () => root,
    Tooltip_Get_IsVisible: visible,
    Tooltip_ShowRowGroup: (df: any, check: (row: number) => boolean, x: number, y: number) =>
      show(() => rowGroup(js(df), check), x, y),
  });
}
