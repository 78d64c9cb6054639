import * as DG from 'datagrok-api/dg';
import * as grok from 'datagrok-api/grok';
import * as ui from 'datagrok-api/ui';
import {box, messageOf, text} from './dom.ts';

/**
 * Inputs of a function with a button that runs it; the outputs appear below, tables as table views.
 * Errors of the function are shown in place.
 */
export function runForm(func: DG.Func): HTMLElement {
  const call = func.prepare();
  const output = box('grok-run-output');
  const run = ui.bigButton('Run', () => void execute(call, run as HTMLButtonElement, output));
  return box('grok-run-form', inputs(call), box('ui-buttons', run), output);
}

/** The form of the inputs, where a function has any. */
function inputs(call: DG.FuncCall): HTMLElement {
  if (call.func.inputs.length === 0)
    return box('ui-div');
  return ui.wait(async () => {
    try {
      return (await DG.InputForm.forFuncCall(call)).root;
    } catch (e) {
      return text('grok-error-text', messageOf(e));
    }
  });
}

async function execute(call: DG.FuncCall, button: HTMLButtonElement, output: HTMLElement): Promise<void> {
  button.disabled = true;
  output.replaceChildren(ui.loader());
  try {
    await call.call(false, undefined, {processed: true});
    output.replaceChildren(...call.func.outputs.map((p) => shown(p.name, call.getParamValue(p.name))));
  } catch (e) {
    output.replaceChildren(text('grok-error-text', messageOf(e)));
  } finally {
    button.disabled = false;
  }
}

function shown(name: string, value: any): HTMLElement {
  if (value instanceof DG.DataFrame) {
    grok.shell.addTableView(value);
    return text('ui-div', `${name}: ${value.rowCount} rows, shown in a table view`);
  }
  if (value instanceof DG.ViewBase) {
    grok.shell.addView(value);
    return text('ui-div', `${name}: opened as a view`);
  }
  if (value instanceof DG.Widget)
    return value.root;
  return text('ui-div', `${name}: ${value ?? 'nothing'}`);
}
