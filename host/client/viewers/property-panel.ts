import * as DG from 'datagrok-api/dg';
import * as grok from 'datagrok-api/grok';
import * as ui from 'datagrok-api/ui';
import {onKill} from '../interop/life-cycle.ts';
import {ViewerHandle} from './viewer-handle.ts';
import {captionOf, type PropertySpec} from './property-list.ts';

/** Opens the properties of a viewer in the context panel. */
export function showProperties(viewer: ViewerHandle): void {
  grok.shell.windows.showContextPanel = true;
  grok.shell.o = viewer.wrapper;
}

/** Shows viewers that become the current object: their properties, by category, to be edited in place. */
export class ViewerPropertiesHandler extends DG.ObjectHandler {
  override get type(): string {return 'Viewer';}

  override isApplicable(x: any): boolean {
    return DG.toDart(x) instanceof ViewerHandle;
  }

  override getCaption(x: any): string {
    const viewer = DG.toDart(x) as ViewerHandle;
    return viewer.look.get('title') || viewer.kind;
  }

  override renderProperties(x: any): HTMLElement {
    return propertyPanel(DG.toDart(x) as ViewerHandle);
  }
}

/** An accordion with a pane per category. Values changed elsewhere show up here while the panel lives. */
export function propertyPanel(viewer: ViewerHandle): HTMLElement {
  const accordion = ui.accordion(`Viewer properties: ${viewer.kind}`);
  const categories = new Map<string, PropertySpec[]>();
  for (const s of viewer.viewerType.properties)
    categories.set(s.category, [...(categories.get(s.category) ?? []), s]);
  const editors = new Map<string, (value: any) => void>();
  for (const [category, specs] of categories)
    accordion.addPane(category, () => {
      const inputs = specs.map((s) => editorOf(viewer, s, editors)).filter((e) => e != null);
      return ui.form(inputs as DG.InputBase[]);
    }, category === 'Data');
  const subscription = viewer.bus.on('d4-property-value-changed', (e) =>
    editors.get(e.args.propertyName)?.(e.args.value));
  onKill(accordion.root, () => subscription.cancel());
  return ui.divV([ui.h2(viewer.look.get('title') || viewer.kind), accordion.root]);
}

/** Which columns of a frame a property may name. */
export function columnsFor(frame: DG.DataFrame | null, spec: PropertySpec): DG.Column[] {
  const all = frame?.columns.toList() ?? [];
  return all.filter((c) => !c.name.startsWith('~') &&
    (spec.columns !== 'numerical' || c.isNumerical) && (spec.columns !== 'categorical' || c.isCategorical));
}

function editorOf(viewer: ViewerHandle, s: PropertySpec, editors: Map<string, (value: any) => void>):
  DG.InputBase | null {
  const value = viewer.look.get(s.name);
  let silent = false;
  const set = (x: any): void => {
    if (!silent)
      viewer.look.set(s.name, x);
  };
  const names = s.columns == null ? null : columnsFor(viewer.dataFrame, s).map((c) => c.name);
  const label = captionOf(s.name);
  let input: DG.InputBase | null = null;
  if (s.type === 'bool')
    input = ui.input.bool(label, {value: value === true, onValueChanged: set});
  else if (s.type === 'column_list')
    input = ui.input.multiChoice(label, {value: value ?? [], items: names ?? [], onValueChanged: set});
  else if (names != null || s.choices != null)
    input = ui.input.choice(label, {value: value ?? '', items: names == null ? s.choices! : ['', ...names],
      onValueChanged: (x: any) => set(x ?? '')});
  else if (s.type === 'int')
    input = ui.input.int(label, {value, onValueChanged: set});
  else if (s.type === 'double')
    input = ui.input.float(label, {value, onValueChanged: set});
  else if (s.type === 'string')
    input = ui.input.string(label, {value: value ?? '', onValueChanged: set});
  if (input == null)
    return null;
  const shown = input;
  editors.set(s.name, (x) => {
    silent = true;
    shown.value = x;
    silent = false;
  });
  if (s.description != null)
    shown.setTooltip(s.description);
  return shown;
}
