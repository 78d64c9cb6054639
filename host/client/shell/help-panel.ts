import * as ui from 'datagrok-api/ui';
import {define} from '../interop/define.ts';
import {workspace} from '../views/workspace.ts';
import type {ViewHandle} from '../views/view.ts';
import {box, failure, messageOf, text} from './dom.ts';
import {places} from './layout.ts';
import {isShown, show} from './windows.ts';

const body = box('grok-help-content');
export const helpPanel = box('grok-help', box('grok-prop-panel-header', text('grok-prop-panel-title', 'Help')), body);
let follows = true;
let shownUrl: string | null = null;

/** Context help below the context panel: the Markdown page named by the view's `helpUrl`, or what is asked for. */
export function installHelpPanel(): void {
  places.context.append(helpPanel);
  helpPanel.hidden = !isShown('Help');
  workspace.bus.on('current', (view: ViewHandle | null) => {
    if (follows && isShown('Help'))
      void load(helpUrlOf(view));
  });
  define({
    ShowHelp: (x: any) => {
      show('Help', true);
      if (x instanceof HTMLElement)
        body.replaceChildren(x);
      else
        void load(typeof x === 'string' ? x : null);
    },
    HelpPanel_Get_SyncCurrentObject: () => follows,
    HelpPanel_Set_SyncCurrentObject: (on: boolean) => follows = on === true,
  });
}

/** Called when the panel becomes visible. */
export function arrangeHelp(): void {
  const visible = isShown('Help');
  if (visible && helpPanel.hidden)
    void load(helpUrlOf(workspace.current));
  helpPanel.hidden = !visible;
}

const helpUrlOf = (view: ViewHandle | null): string | null =>
  view == null ? null : view.jsView?.helpUrl ?? view.helpUrl;

async function load(url: string | null): Promise<void> {
  shownUrl = url;
  if (url == null || url === '') {
    body.replaceChildren(box('grok-prop-panel-empty', 'There is no help for this view.'));
    return;
  }
  body.replaceChildren(ui.loader());
  try {
    const answer = await fetch(url);
    if (!answer.ok)
      throw new Error(`${answer.status} ${answer.statusText}`);
    const page = ui.markdown(await answer.text());
    if (shownUrl === url)
      body.replaceChildren(page);
  } catch (e) {
    if (shownUrl === url)
      body.replaceChildren(failure(`${url}: ${messageOf(e)}`, () => void load(url)));
  }
}
