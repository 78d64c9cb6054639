import type {Placement} from '@floating-ui/dom';
import {shellBus} from '../interop/bus.ts';
import {killContent} from '../interop/life-cycle.ts';
import {LAYER, place} from './layers.ts';
import type {MenuHandle} from './menu.ts';
import {menuRow} from './menu-row.ts';

type Anchor = {getBoundingClientRect(): DOMRect};

/** The menus that are open, from the first to its innermost group. At most one such chain exists. */
let open: MenuPopup[] = [];
let focusBefore: Element | null = null;

/**
 * A menu or group on screen. Works with the mouse (groups open on hover) and the keyboard: arrows, Home, End, Enter,
 * Space, Esc, and the first letter of an item.
 */
export class MenuPopup {
  private rows: {item: MenuHandle; row: HTMLElement}[] = [];
  private child: MenuPopup | null = null;

  private constructor(readonly menu: MenuHandle, private readonly parent: MenuPopup | null) {}

  /** Opens a menu; another open one closes first. */
  static show(menu: MenuHandle, anchor: Anchor, placement: Placement): MenuPopup {
    closeMenus();
    focusBefore = document.activeElement;
    const popup = new MenuPopup(menu, null);
    popup.open(anchor, placement);
    popup.menu.root.focus({preventScroll: true});
    return popup;
  }

  private open(anchor: Anchor, placement: Placement): void {
    const {root} = this.menu;
    root.setAttribute('role', 'menu');
    root.tabIndex = -1;
    root.style.zIndex = String(LAYER.popup);
    this.fill();
    root.onkeydown = (e) => this.onKey(e);
    // The browser's own menu over this one would only be in the way.
    root.oncontextmenu = (e) => e.preventDefault();
    document.body.append(root);
    this.menu.popup = this;
    open.push(this);
    void place(root, anchor, placement);
  }

  private fill(): void {
    const {root} = this.menu;
    killContent(root);
    this.rows = [];
    for (const item of this.menu.children.filter((c) => c.options.visible !== false)) {
      const row = menuRow(item, true);
      root.append(row);
      if (item.role !== 'item' && item.role !== 'group')
        continue;
      this.rows.push({item, row});
      row.addEventListener('mouseenter', () => this.onEnter(item, row));
      row.addEventListener('click', () => item.role === 'group' ? this.openGroup(item, row) : this.choose(item));
    }
  }

  private onEnter(item: MenuHandle, row: HTMLElement): void {
    row.focus({preventScroll: true});
    if (item.role === 'group')
      this.openGroup(item, row);
    else
      this.child?.close();
  }

  private openGroup(item: MenuHandle, row: HTMLElement, focus = false): void {
    if (this.child?.menu !== item) {
      this.child?.close();
      this.child = new MenuPopup(item, this);
      this.child.open(row, 'right-start');
      row.setAttribute('aria-expanded', 'true');
      row.classList.add('d4-menu-item-hover');
    }
    if (focus)
      this.child.step(1);
  }

  private choose(item: MenuHandle): void {
    if (item.disabledReason != null)
      return;
    const stays = !this.menu.top.closeOnClick || !this.menu.closeOnClick;
    if (!stays)
      closeMenus();
    item.click();
    if (stays && this.menu.popup === this)
      this.fill();
  }

  private onKey(e: KeyboardEvent): void {
    const current = this.rows.find((r) => r.row === document.activeElement);
    const keys: Record<string, () => void> = {
      ArrowDown: () => this.step(1),
      ArrowUp: () => this.step(-1),
      Home: () => this.rows[0]?.row.focus(),
      End: () => this.rows.at(-1)?.row.focus(),
      ArrowRight: () => current?.item.role === 'group' && this.openGroup(current.item, current.row, true),
      ArrowLeft: () => this.parent != null && this.close(true),
      Escape: () => this.parent != null ? this.close(true) : closeMenus(),
      Enter: () => this.activate(current),
      ' ': () => this.activate(current),
      Tab: () => closeMenus(),
    };
    const act = keys[e.key] ?? (/^\S$/u.test(e.key) && !e.ctrlKey && !e.metaKey ? () => this.jump(e.key) : null);
    e.stopPropagation();
    if (act == null)
      return;
    e.preventDefault();
    act();
  }

  private activate(current: {item: MenuHandle; row: HTMLElement} | undefined): void {
    if (current?.item.role === 'group')
      this.openGroup(current.item, current.row, true);
    else if (current != null)
      this.choose(current.item);
  }

  private step(by: number): void {
    const n = this.rows.length;
    if (n === 0)
      return;
    const at = this.rows.findIndex((r) => r.row === document.activeElement);
    this.rows[at < 0 ? (by > 0 ? 0 : n - 1) : (at + by + n) % n].row.focus();
  }

  private jump(letter: string): void {
    const at = this.rows.findIndex((r) => r.row === document.activeElement);
    const order = [...this.rows.slice(at + 1), ...this.rows.slice(0, at + 1)];
    order.find((r) => r.item.text.toLowerCase().startsWith(letter.toLowerCase()))?.row.focus();
  }

  /** Closes this one and the groups opened from it. */
  close(focusParent = false): void {
    this.child?.close();
    const {root} = this.menu;
    killContent(root);
    root.remove();
    this.menu.popup = null;
    open = open.filter((p) => p !== this);
    if (this.parent != null) {
      this.parent.child = null;
      for (const {item, row} of this.parent.rows.filter((r) => r.item === this.menu)) {
        row.setAttribute('aria-expanded', 'false');
        row.classList.remove('d4-menu-item-hover');
        if (focusParent && item === this.menu)
          row.focus();
      }
      return;
    }
    this.menu.onClose.next(this.menu.wrapper);
    shellBus.fire('d4-menu-closed', this.menu);
  }
}

/** Closes whatever menu is open and gives the focus back to where it was. */
export function closeMenus(): void {
  const [first] = open;
  if (first == null)
    return;
  const hadFocus = open.some((p) => p.menu.root.contains(document.activeElement));
  first.close();
  if (hadFocus && focusBefore instanceof HTMLElement && focusBefore.isConnected)
    focusBefore.focus({preventScroll: true});
  focusBefore = null;
}

export function isMenuOpen(): boolean {
  return open.length > 0;
}

export function installMenuClosing(): void {
  const outside = (e: Event): void => {
    if (!open.some((p) => p.menu.root.contains(e.target as Node)))
      closeMenus();
  };
  document.addEventListener('mousedown', outside, true);
  document.addEventListener('wheel', outside, {capture: true, passive: true});
  window.addEventListener('blur', () => closeMenus());
  window.addEventListener('resize', () => closeMenus());
}
