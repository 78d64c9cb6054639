import * as DG from 'datagrok-api/dg';
import * as ui from 'datagrok-api/ui';
import {box, failure, messageOf} from '../shell/dom.ts';
import {functionsOf} from '../shell/roles.ts';

/**
 * Panels that packages bring: functions with `meta.inspectorPanel: true`, or the role of that name, and no input that
 * must be given. What they return is a guess (the platform documents the key alone): a widget, a view or an element.
 */
export function inspectorPanels(): DG.Func[] {
  const all = [...functionsOf('inspectorPanel'), ...DG.Func.find({meta: {inspectorPanel: 'true'}})];
  return [...new Map(all.map((func) => [func.id ?? func.nqName, func])).values()]
    .filter((func) => func.inputs.every((input) => input.nullable || input.defaultValue != null));
}

/** Content of such a panel. One that fails says so in its own place. */
export function panelContent(func: DG.Func): HTMLElement {
  const root = box('grok-inspector-panel');
  const load = async (): Promise<void> => {
    root.replaceChildren(ui.loader());
    try {
      const result = await func.apply();
      const element = result instanceof HTMLElement ? result : result?.root;
      if (!(element instanceof HTMLElement))
        throw new Error(`${func.nqName} returned nothing to show`);
      root.replaceChildren(element);
    } catch (e) {
      root.replaceChildren(failure(messageOf(e), () => void load()));
    }
  };
  void load();
  return root;
}
