import * as ui from 'datagrok-api/ui';
import {element} from './dom';

/** Marks a chip of what is in force but not obeyed by what is on screen. */
export function ignoredChip(root: HTMLElement): HTMLElement {
  root.classList.add('ua-chip-ignored');
  const label = root.querySelector<HTMLElement>('.ua-chip-text')!;
  label.textContent += ' (not on this tab)';
  ui.tooltip.bind(label, 'Nothing on this tab obeys this filter. It is kept for the tabs that do.');
  return root;
}

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
