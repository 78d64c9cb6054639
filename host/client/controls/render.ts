import dayjs from 'dayjs';
import {define} from '../interop/define.ts';
import {Handle, WidgetHandle} from '../interop/handle.ts';
import {js} from '../interop/dart.ts';
import {element} from './elements.ts';
import {handlerOf} from './handlers.ts';
import {hasMarkup, renderMarkupText} from './markup.ts';
import {absoluteTime} from './time.ts';

/**
 * Any value as a DOM node: elements and widgets as they are, strings with `#{x...}` markup resolved, entities by their
 * handler, collections part by part. Text never becomes markup.
 */
export function inline(x: any): Node {
  const value = js(x);
  if (value == null || value === '')
    return document.createTextNode('');
  if (value instanceof Node)
    return value;
  if (typeof value === 'string')
    return hasMarkup(value) ? renderMarkupText(value) : document.createTextNode(value);
  if (typeof value !== 'object' && typeof value !== 'function')
    return document.createTextNode(String(value));
  return renderObject(value);
}

function renderObject(value: any): Node {
  if (dayjs.isDayjs(value))
    return document.createTextNode(absoluteTime(value));
  const root = rootOf(value);
  if (root != null)
    return root;
  if (typeof value.wrap === 'function' && typeof value.get === 'function')
    return element('span', '', ...value.get());
  if (Array.isArray(value) || value instanceof Set)
    return element('span', '', ...separated([...value].map(inline)));
  const handler = handlerOf(value);
  if (handler != null)
    return handler.renderMarkup(value);
  if (value.constructor === Object)
    return (window as any).grok_UI_TableFromMap(value, false);
  return document.createTextNode(String(value));
}

function rootOf(value: any): Element | null {
  if (value instanceof WidgetHandle)
    return value.root;
  if (value instanceof Handle)
    return rootOf(value.wrapper);
  return value.root instanceof Element ? value.root : null;
}

/** Parts of text in a list are told apart by a comma; elements stand by themselves. */
function separated(nodes: Node[]): (Node | string)[] {
  return nodes.flatMap((node, i) =>
    i > 0 && (node instanceof Text || nodes[i - 1] instanceof Text) ? [', ', node] : [node]);
}

/** Like `inline`, but always an element, as `ui.render` promises. */
export function render(x: any): HTMLElement {
  const node = inline(x);
  return node instanceof Element ? node as HTMLElement : element('span', '', node);
}

/** Several values in one line, without separators: `ui.span(['Seen ', user, ' today'])`. */
function span(items: any): HTMLElement {
  const list = Array.isArray(items) ? items : items == null ? [] : [items];
  return element('span', '', ...list.map(inline));
}

function list(items: any[], maxRows: number): HTMLElement {
  const root = element('div', 'd4-flex-col ui-list');
  const rows = items.map((item) => {
    const handler = handlerOf(item);
    return element('div', 'ui-list-item', handler?.renderListItem(js(item)) ?? inline(item));
  });
  root.append(...rows.slice(0, maxRows));
  if (rows.length > maxRows) {
    const more = element('label', 'd4-link-action ui-list-more', `Show ${rows.length - maxRows} more`);
    more.addEventListener('click', () => more.replaceWith(...rows.slice(maxRows)));
    root.append(more);
  }
  return root;
}

function card(x: any, inGallery: boolean): HTMLElement {
  const value = js(x);
  const handler = handlerOf(value);
  const root = handler != null ? handler.renderCard(value) : element('div', 'd4-item-card', inline(value));
  root.classList.toggle('d4-gallery-item', inGallery);
  return root;
}

function flex(className: string, elements: Node[] | null, own: string): HTMLElement {
  return element('div', `${className} ${own ?? ''}`.trim(), ...(elements ?? []));
}

export function installRender(): void {
  define({
    UI_Render: render,
    UI_RenderCard: (x: any) => card(x, false),
    UI_RenderCardInGallery: (x: any) => card(x, true),
    UI_Span: span,
    UI_List: list,
    UI_Div: (elements: any, className: string) => flex('', elements, className),
    UI_DivV: (elements: any, className: string) => flex('d4-flex-col', elements, className),
    UI_DivH: (elements: any, className: string) => flex('d4-flex-row', elements, className),
  });
}
