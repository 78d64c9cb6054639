import * as ui from 'datagrok-api/ui';
import {define} from '../interop/define.ts';
import {killContent, onKill} from '../interop/life-cycle.ts';
import {element, loader, messageOf} from './elements.ts';

/**
 * An element that shows a loader until `getContent` has answered, then its content; a failure is shown as text.
 *
 * The call starts in a later microtask: packages refer, inside it, to the pane that the enclosing `addPane` is just
 * about to return. An answer that comes after the element was killed is killed too and never shown.
 */
function wait(className: string, getContent: () => any): HTMLElement {
  const root = element('div', `grok-wait ${className}`, loader());
  let alive = true;
  onKill(root, () => alive = false);
  const show = (content: Node): void => {
    if (alive)
      killContent(root);
    root.append(content);
    if (!alive)
      killContent(root);
  };
  Promise.resolve()
    .then(() => getContent())
    .then((content) => show(ui.render(content)))
    .catch((error) => {
      console.warn(error);
      show(failure(error));
    });
  return root;
}

/** What stands in the place of content that could not be made. */
export function failure(error: any): HTMLElement {
  const root = element('div', 'd4-error grok-wait-error', messageOf(error));
  root.setAttribute('role', 'alert');
  return root;
}

const INDICATOR = 'd4-update-shadow';

/**
 * Covers `host` while something in it is being updated, with a message and, when `onCancel` is given, a Cancel link.
 * Calling it again while it is shown changes the message; the host keeps its own content and position.
 */
function setUpdateIndicator(host: HTMLElement, updating: boolean, message: string | null,
  onCancel: (() => any) | null): void {
  const old = host.querySelector(`:scope > .${INDICATOR}`);
  host.classList.toggle('grok-updating', updating);
  host.toggleAttribute('aria-busy', updating);
  old?.remove();
  if (!updating)
    return;
  const cover = element('div', INDICATOR, loader());
  if (message)
    cover.append(element('div', 'd4-update-message', message));
  if (typeof onCancel === 'function') {
    const cancel = element('label', 'd4-link-action', 'Cancel');
    cancel.addEventListener('click', () => onCancel());
    cover.append(cancel);
  }
  host.append(cover);
}

export function installWaiting(): void {
  define({
    UI_Loader: loader,
    UI_Wait: (getContent: () => any) => wait('ui-div', getContent),
    UI_WaitBox: (getContent: () => any) => wait('ui-box', getContent),
    UI_SetUpdateIndicator: setUpdateIndicator,
  });
}
