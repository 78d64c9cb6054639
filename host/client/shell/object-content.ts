import * as DG from 'datagrok-api/dg';
import * as grok from 'datagrok-api/grok';
import * as ui from 'datagrok-api/ui';
import {shellBus} from '../interop/bus.ts';
import {box, text} from './dom.ts';
import {captionOf, handlerFor} from './captions.ts';
import {addPanelFunctions} from './panel-functions.ts';
import {runForm} from './run-form.ts';
import {switchTo} from './user-menu.ts';

/**
 * Content of the context panel for an object: elements as they are, widgets as they are or, when they are on the page
 * already, their properties, everything else by a handler that a package registered, or by the host's own panes.
 */
export function renderObject(x: any): HTMLElement {
  if (x instanceof HTMLElement)
    return x;
  if (x instanceof DG.Widget && !(x instanceof DG.ViewBase))
    return x.root.isConnected && x.root.closest('.grok-prop-panel') == null ?
      handlerFor(x)?.renderProperties(x) ?? propertyForm(x) : x.root;
  if (x instanceof DG.ViewBase)
    return ui.tableFromMap({Name: x.name, Type: x.type, Path: x.path});
  if (x instanceof DG.Entity || x instanceof DG.DataFrame || x instanceof DG.Column || x instanceof DG.SemanticValue)
    return accordionOf(x);
  const handler = handlerFor(x);
  if (handler != null)
    return handler.renderProperties(x);
  if (x instanceof DG.Row)
    return ui.tableFromMap(Object.fromEntries(x.table.columns.toList().map((c) =>
      [c.name, c.isNone(x.idx) ? '' : c.getString(x.idx)])));
  if (Array.isArray(x))
    return box('grok-prop-panel-list', ...x.slice(0, 200).map((item) => text('ui-div', captionOf(item) || String(item))));
  if (typeof x === 'object')
    return ui.tableFromMap({...x});
  return text('ui-div', String(x));
}

/** Title and panes for an entity, a data frame or a column; packages add theirs when they hear of the accordion. */
function accordionOf(x: any): HTMLElement {
  const accordion = ui.accordion(`context:${x.constructor.name}`);
  accordion.context = x;
  accordion.addTitle(titleOf(x));
  accordion.addPane('Details', () => handlerFor(x)?.renderProperties(x) ?? ui.div(), true);
  if (x instanceof DG.DataFrame)
    accordion.addPane('Columns', () => ui.tableFromMap(Object.fromEntries(x.columns.toList().map((c) => [c.name, c.type]))));
  if (x instanceof DG.Func && !(x instanceof DG.Script && x.language !== 'javascript'))
    accordion.addPane('Run', () => runForm(x));
  if (x instanceof DG.DataQuery || x instanceof DG.Script)
    accordion.addPane(x instanceof DG.DataQuery ? 'Query' : 'Script', () => source(x));
  if (x instanceof DG.User && x.login !== grok.shell.user?.login)
    accordion.addPane('Actions', () => ui.button(`See the page as ${x.login}`, () => switchTo(x.login)));
  addPanelFunctions(accordion, x);
  accordion.end();
  shellBus.fire('d4-accordion-constructed', accordion.dart);
  return accordion.root;
}

function titleOf(x: any): HTMLElement {
  const icon = handlerFor(x)?.renderIcon(x);
  return box('grok-entity-title', ...(icon == null ? [] : [icon]), text('', captionOf(x)));
}

function source(x: DG.DataQuery | DG.Script): HTMLElement {
  const pre = document.createElement('pre');
  pre.className = 'grok-source';
  pre.textContent = x instanceof DG.Script ? x.script : x.query;
  return pre;
}

/** Properties of a viewer or another widget that is on the page, by category, editable. */
function propertyForm(widget: DG.Widget): HTMLElement {
  const accordion = ui.accordion(`properties:${widget.type}`);
  accordion.context = widget;
  // Properties of viewers read and write the viewer's look, those of JavaScript widgets the widget itself.
  const source = widget instanceof DG.Viewer ? (window as any).grok_Viewer_Get_Look((widget as any).dart) : widget;
  const categories = new Map<string, DG.Property[]>();
  for (const p of widget.getProperties() as DG.Property[]) {
    const category = p.category || 'Misc';
    categories.set(category, [...categories.get(category) ?? [], p]);
  }
  for (const [category, properties] of categories)
    accordion.addPane(category, () => ui.form(properties.map((p) => DG.InputBase.forProperty(p, source))),
      categories.size === 1);
  accordion.end();
  return accordion.root;
}
