import * as DG from 'datagrok-api/dg';
import * as ui from 'datagrok-api/ui';
import {messageOf} from '../data/runner';
import {div, linkButton} from '../ui/dom';

/**
 * A place in a pane for something that is asked for: loading, the answer, or what went wrong with a Retry. It asks no
 * longer once its signal aborts, or the pane is taken from the screen.
 */
export function answered<T>(ask: (signal: AbortSignal) => Promise<T>, show: (answer: T) => Node,
  outer: AbortSignal): HTMLElement {
  const root = div('ua-asked');
  const control = new AbortController();
  outer.addEventListener('abort', () => control.abort());
  DG.Widget.registerCleanup(root, () => control.abort());
  const run = async (): Promise<void> => {
    root.replaceChildren(ui.loader());
    try {
      const answer = await ask(control.signal);
      if (!control.signal.aborted)
        root.replaceChildren(show(answer));
    } catch (e) {
      if (!control.signal.aborted)
        root.replaceChildren(div('ua-problem', messageOf(e)), linkButton('Retry', () => void run(), 'Ask again'));
    }
  };
  void run();
  return root;
}
