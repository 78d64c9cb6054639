import {define} from '../interop/define.ts';
import {js} from '../interop/dart.ts';
import {kill} from '../interop/life-cycle.ts';
import {element, icon} from './elements.ts';
import {LAYER, place} from './layers.ts';
import {isMenuOpen} from './menu-popup.ts';
import {inline} from './render.ts';

/** Popups on screen with what closes them; a popup may open another from inside. */
const open: {host: HTMLElement; anchor: Element; close: () => void}[] = [];

/**
 * Shows `content` beside `anchor` until a click elsewhere or Esc. The host of the content comes back; it is gone
 * from the page when the popup closes, and widgets inside are ended then.
 * @param vertical below the anchor; otherwise right of it.
 * @param smart turned over and shifted to stay in the viewport.
 */
function showPopup(content: HTMLElement, anchor: HTMLElement, vertical: boolean, dx: number, dy: number,
  smart: boolean): HTMLElement {
  const host = element('div', 'd4-popup-host', content);
  host.style.zIndex = String(LAYER.popup - 1);
  document.body.append(host);
  const close = (): void => {
    const at = open.findIndex((p) => p.host === host);
    if (at < 0)
      return;
    open.splice(at, 1);
    kill(host);
    host.remove();
  };
  open.push({host, anchor, close});
  if (smart)
    void place(host, anchor, vertical ? 'bottom-start' : 'right-start',
      {main: vertical ? dy : dx, cross: vertical ? dx : dy});
  else {
    const box = anchor.getBoundingClientRect();
    host.style.left = `${(vertical ? box.left : box.right) + dx}px`;
    host.style.top = `${(vertical ? box.bottom : box.top) + dy}px`;
  }
  return host;
}

/** Closes popups that `node` is not part of: not inside one, nor inside one that was opened from there. */
function closeOutside(node: Node | null): void {
  while (open.length > 0) {
    const {host, anchor, close} = open.at(-1)!;
    if (host.contains(node) || anchor.contains(node))
      return;
    close();
  }
}

/** A caption with an arrow; a click on it lists `items`, a click on one of them calls `handler` with it. */
function comboPopup(caption: string | HTMLElement, items: any[], handler: (item: any) => any,
  renderer: ((item: any) => HTMLElement) | null): HTMLElement {
  const root = element('div', 'd4-combo-popup', caption ?? '', icon('chevron-down', 'd4-combo-popup-arrow'));
  root.tabIndex = 0;
  root.setAttribute('role', 'button');
  root.setAttribute('aria-haspopup', 'listbox');
  const show = (): void => {
    const list = element('div', 'd4-combo-drop-down');
    list.setAttribute('role', 'listbox');
    for (const item of Array.from(items)) {
      const row = element('div', 'd4-combo-drop-down-item', renderer != null ? inline(renderer(item)) : inline(js(item)));
      row.setAttribute('role', 'option');
      row.tabIndex = 0;
      const choose = (): void => {
        closeOutside(document.body);
        handler(item);
      };
      row.addEventListener('click', choose);
      row.addEventListener('keydown', (e) => e.key === 'Enter' && choose());
      list.append(row);
    }
    showPopup(list, root, true, 0, 2, true);
  };
  const toggle = (): void => open.some((p) => p.anchor === root) ? closeOutside(document.body) : show();
  root.addEventListener('click', toggle);
  root.addEventListener('keydown', (e) => {
    if (e.target !== root || e.key !== 'Enter' && e.key !== ' ')
      return;
    e.preventDefault();
    toggle();
  });
  return root;
}

export function installPopups(): void {
  document.addEventListener('mousedown', (e) => {
    // A menu opened from a popup lies outside of it and must not close it.
    if (!isMenuOpen())
      closeOutside(e.target as Node);
  }, true);
  document.addEventListener('keydown', (e) => {
    if (e.key !== 'Escape' || open.length === 0 || isMenuOpen())
      return;
    e.stopPropagation();
    open.at(-1)!.close();
  }, true);
  define({
    UI_ShowPopup: (content: HTMLElement, anchor: HTMLElement, vertical: boolean, dx: number, dy: number,
      smart: boolean) => showPopup(content, anchor, vertical ?? false, dx ?? 0, dy ?? 0, smart ?? true),
    UI_ComboPopup: comboPopup,
  });
}
