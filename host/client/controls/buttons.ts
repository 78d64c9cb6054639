import * as ui from 'datagrok-api/ui';
import {define} from '../interop/define.ts';
import {element, nameOf} from './elements.ts';

type Content = string | Element | (string | Element)[];

/** A real button; the platform's classes tell plain (`ui-btn-ok`) from prominent (`ui-btn-raised`). */
function button(className: string, content: Content, handler: ((e: MouseEvent) => any) | null,
  tooltip: any): HTMLButtonElement {
  const parts = Array.isArray(content) ? content : [content ?? ''];
  const root = element('button', `ui-btn ${className}`, ...parts as (Node | string)[]);
  root.type = 'button';
  const text = root.textContent ?? '';
  if (text !== '')
    root.setAttribute('name', nameOf('button', text));
  if (typeof handler === 'function')
    root.addEventListener('click', handler);
  if (tooltip != null)
    ui.tooltip.bind(root, tooltip);
  return root;
}

/** Marks one toggle button among its siblings. */
function makeCurrent(toggle: HTMLElement): void {
  for (const other of toggle.parentElement?.children ?? [toggle])
    if (other.classList.contains('d4-toggle-button')) {
      other.classList.toggle('d4-current', other === toggle);
      other.setAttribute('aria-pressed', String(other === toggle));
    }
}

function toggleButton(caption: string, handler: (() => any) | null, tooltip: any): HTMLElement {
  const root = element('button', 'd4-toggle-button', caption);
  root.type = 'button';
  root.setAttribute('aria-pressed', 'false');
  root.addEventListener('click', () => {
    makeCurrent(root);
    handler?.();
  });
  if (tooltip != null)
    ui.tooltip.bind(root, tooltip);
  return root;
}

function toggleButtonGroup(buttons: HTMLElement[], toggleFirst: boolean): HTMLElement {
  const root = element('div', 'd4-toggle-button-group', ...buttons);
  root.setAttribute('role', 'group');
  if (toggleFirst && buttons.length > 0)
    makeCurrent(buttons[0]);
  return root;
}

export function installButtons(): void {
  define({
    UI_Button: (content: Content, handler: any, tooltip: any) => button('ui-btn-ok', content, handler, tooltip),
    UI_BigButton: (content: Content, handler: any, tooltip: any) =>
      button('ui-btn-ok ui-btn-raised', content, handler, tooltip),
    UI_ToggleButton: toggleButton,
    UI_ToggleButtonGroup: toggleButtonGroup,
  });
}
