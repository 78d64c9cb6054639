import type * as DG from 'datagrok-api/dg';
import {ViewHandle} from '../views/view.ts';
import {workspace} from '../views/workspace.ts';
import {box, iconOf, text} from './dom.ts';
import {appOf} from './apps.ts';
import {openAddress} from './router.ts';
import {runForm} from './run-form.ts';

/** Opens a function as its kind wants: an app starts, anything else gets a view with its inputs and a Run button. */
export function openFunction(func: DG.Func): void {
  const app = appOf(func);
  if (app != null) {
    openAddress(app.address);
    return;
  }
  const view = new ViewHandle();
  view.name = func.friendlyName || func.name;
  view.icon = iconOf('function');
  view.root.classList.add('grok-function-view');
  view.root.append(box('grok-entity-title', text('', view.name)), text('ui-div', func.description ?? ''), runForm(func));
  workspace.add(view);
}
