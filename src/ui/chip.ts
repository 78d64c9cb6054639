import * as ui from 'datagrok-api/ui';
import {element} from './dom';

/** A small label for something in force, with a cross that removes it. Texts stay texts. */
export function chip(kind: string, text: string, remove: () => void): HTMLElement {
  const button = element('button', '', '×');
  button.type = 'button';
  button.setAttribute('aria-label', `Remove ${kind} ${text}`);
  button.addEventListener('click', remove);
  const label = element('span', 'ua-chip-text', `${kind}: ${text}`);
  ui.tooltip.bind(label, `${kind}: ${text}`);
  return element('span', 'ua-chip', label, button);
}
