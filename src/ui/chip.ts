import * as ui from 'datagrok-api/ui';
import {element} from './dom';

/** A small label for something in force, with a cross when it can be taken away. Texts stay texts. */
export function chip(kind: string, text: string, remove?: () => void, tooltip = `${kind}: ${text}`): HTMLElement {
  const label = element('span', 'ua-chip-text', `${kind}: ${text}`);
  ui.tooltip.bind(label, tooltip);
  const root = element('span', 'ua-chip', label);
  if (remove == null)
    return root;
  const button = element('button', '', '×');
  button.type = 'button';
  button.setAttribute('aria-label', `Remove ${kind} ${text}`);
  button.addEventListener('click', remove);
  root.append(button);
  return root;
}
