import * as DG from 'datagrok-api/dg';
import * as grok from 'datagrok-api/grok';
import * as ui from 'datagrok-api/ui';
import {dart} from '../interop/dart.ts';
import {box, messageOf, text} from './dom.ts';
import {typesOf} from './captions.ts';
import {functionsOf} from './roles.ts';

/**
 * Adds a pane for every panel function whose only required input fits the object: by type, by semantic type when one is
 * declared, and by its `condition` (an expression over the parameter). The function runs when its pane is opened.
 */
export function addPanelFunctions(accordion: DG.Accordion, x: any): void {
  for (const func of functionsOf('panel')) {
    const input = func.inputs[0];
    if (input == null || !fits(input, x))
      continue;
    const condition = func.options['condition'];
    const add = (): unknown => accordion.addPane(func.friendlyName || func.name, () => content(func, input.name, x));
    if (condition == null || condition === '' || condition === 'true')
      add();
    else
      holds(condition, input.name, x).then((yes) => {
        if (yes && accordion.root.isConnected)
          add();
      }, (e) => console.warn(`Condition of panel ${func.nqName}: ${messageOf(e)}`));
  }
}

function fits(input: DG.Property, x: any): boolean {
  if (input.semType && input.semType !== (x instanceof DG.SemanticValue || x instanceof DG.Column ? x.semType : null))
    return false;
  return typesOf(x).includes(input.propertyType);
}

async function holds(condition: string, name: string, x: any): Promise<boolean> {
  const context = DG.Context.create();
  context.setVariable(name, x);
  return await grok.functions.eval(condition, context) === true;
}

function content(func: DG.Func, parameter: string, x: any): HTMLElement {
  return ui.wait(async () => {
    try {
      const result = await func.apply({[parameter]: dart(x)});
      if (result instanceof HTMLElement)
        return result;
      return result?.root instanceof HTMLElement ? result.root : box('ui-div', result == null ? '' : ui.render(result));
    } catch (e) {
      return text('grok-error-text', messageOf(e));
    }
  });
}
