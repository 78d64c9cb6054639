import * as DG from 'datagrok-api/dg';
import * as grok from 'datagrok-api/grok';
import * as ui from 'datagrok-api/ui';
import {define} from '../interop/define.ts';
import {HostEvent} from '../interop/event-data.ts';
import {shellBus} from '../interop/bus.ts';
import {js} from '../interop/dart.ts';
import {element, messageOf} from './elements.ts';
import {read} from './entity-kinds.ts';
import {handlerOf} from './handlers.ts';

/** Clicks that a bound element has answered: a link on a bound card means the link's object, not the card's. */
const taken = new WeakSet<Event>();

/**
 * Ties an element to an object: a click makes it the current object, hovering shows its tooltip, the right button its
 * context menu (unless `contextMenu` is false).
 */
function bind(item: any, target: HTMLElement, contextMenu: boolean | undefined): HTMLElement {
  const object = js(item);
  target.classList.add('d4-bound');
  target.addEventListener('click', (e) => {
    if (taken.has(e))
      return;
    taken.add(e);
    grok.shell.o = object;
  });
  makeFocusable(target);
  ui.tooltip.bind(target, (() => handlerOf(object)?.renderTooltip(object) ?? null) as any);
  if (contextMenu !== false)
    target.addEventListener('contextmenu', (e) => showContextMenu(object, e));
  return target;
}

/** Links that are not real links must be reachable without a mouse too. */
function makeFocusable(target: HTMLElement): void {
  if (target.hasAttribute('tabindex') || target.matches('button, a[href]'))
    return;
  target.tabIndex = 0;
  target.addEventListener('keydown', (e) => {
    if (e.key === 'Enter' && e.target === target)
      target.click();
  });
}

function showContextMenu(object: any, cause: MouseEvent): void {
  const menu = DG.Menu.popup();
  if (object instanceof DG.Entity) {
    menu.item('Copy name', () => copy(handlerOf(object)!.getCaption(object)));
    const id = read(() => object.id);
    if (id != null)
      menu.item('Copy ID', () => copy(id)).item('Copy markup', () => copy(`#{x.${id}}`));
  }
  const actions = actionsFor(object);
  if (actions.length > 0) {
    const group = menu.group('Actions');
    for (const f of actions)
      group.item(f.friendlyName || f.name, () => run(f, object));
  }
  shellBus.fire('d4-context-menu', new HostEvent({menu, context: object, item: object}, null, cause));
  if ((menu as any).dart.children.length === 0)
    return;
  cause.preventDefault();
  cause.stopPropagation();
  menu.show({causedBy: cause});
}

async function copy(text: string): Promise<void> {
  await navigator.clipboard.writeText(text);
  grok.shell.info('Copied');
}

/** Functions whose only input is a thing like this one; the platform offers them as actions. */
function actionsFor(object: any): DG.Func[] {
  const type = object instanceof DG.Entity ? read(() => object.entityType)?.toLowerCase() : null;
  if (type == null)
    return [];
  return DG.Func.find({}).filter((f) => f.inputs.length === 1 && f.inputs[0].propertyType?.toLowerCase() === type);
}

async function run(f: DG.Func, object: any): Promise<void> {
  try {
    await f.apply([object] as any);
  } catch (e) {
    grok.shell.error(messageOf(e));
  }
}

function contextActions(x: any): HTMLElement {
  const object = js(x);
  return element('div', 'd4-flex-col d4-context-actions', ...actionsFor(object).map((f) => {
    const link = element('label', 'd4-link-action', f.friendlyName || f.name);
    link.addEventListener('click', () => run(f, object));
    return link;
  }));
}

/** Shows `items` only while the mouse is over `host`; they keep their place, so nothing moves. */
function setHoverVisibility(host: HTMLElement, items: HTMLElement[]): void {
  host.classList.add('d4-hover-host');
  for (const item of items)
    item.classList.add('d4-hover-item');
}

export function installBinding(): void {
  define({
    UI_Bind: bind,
    UI_Context_Actions: contextActions,
    Tools_SetHoverVisibility: setHoverVisibility,
  });
}
