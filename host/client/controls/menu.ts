import * as DG from 'datagrok-api/dg';
import {Subject} from 'rxjs';
import {Handle} from '../interop/handle.ts';
import {HostEvent} from '../interop/event-data.ts';
import {shellBus} from '../interop/bus.ts';
import {element} from './elements.ts';
import type {MenuPopup} from './menu-popup.ts';

/** See `IMenuItemOptions` of the published typings. */
export interface ItemOptions {
  order?: number | null;
  shortcut?: string;
  visible?: boolean;
  /** Null when the item may be clicked, otherwise the reason why not. Asked each time the menu is shown. */
  isEnabled?: () => string | null;
  /** Present on items with a check box; asked each time when it is a function. */
  check?: boolean | (() => boolean);
  radioGroup?: string;
  description?: string | (() => string | null);
  onMouseEnter?: () => void;
  onMouseLeave?: () => void;
}

export type MenuKind = 'bar' | 'popup' | 'group' | 'item' | 'separator' | 'header';

/**
 * A menu, a group in it, or an item: all are `DG.Menu` to packages. The tree is a model; what is on screen is made
 * from it by `MenuPopup` and `MenuBar` when it is shown.
 */
export class MenuHandle extends Handle {
  readonly kind = 'Menu';
  readonly children: MenuHandle[] = [];
  readonly onClose = new Subject<any>();
  closeOnClick = true;
  /** What is on screen for this menu, while it is. */
  popup: MenuPopup | null = null;
  /** Repaints the bar that shows this menu. */
  onStructure: (() => void) | null = null;
  private element: HTMLElement | null = null;

  constructor(readonly role: MenuKind, readonly text: string = '', readonly parent: MenuHandle | null = null,
    readonly onClick: (() => any) | null = null, readonly options: ItemOptions = {}) {
    super();
  }

  protected createWrapper(): any {return new DG.Menu(this);}

  get isGroup(): boolean {return this.role === 'group' || this.role === 'popup' || this.role === 'bar';}

  get top(): MenuHandle {return this.parent?.top ?? this;}

  /** Element of a menu; rows are put into it when it is shown, and at once for a bar. */
  get root(): HTMLElement {
    return this.element ??= element('div', 'd4-menu-item-container ' +
      (this.role === 'bar' ? 'd4-horz-menu d4-menu-bar' : 'd4-vert-menu d4-menu-popup'));
  }

  /** Adds a child; without `order` at the end of those that have none or a smaller one. */
  add(child: MenuHandle): MenuHandle {
    const order = child.options.order ?? 0;
    const before = this.children.findIndex((c) => (c.options.order ?? 0) > order);
    this.children.splice(before < 0 ? this.children.length : before, 0, child);
    this.structureChanged();
    return child;
  }

  group(text: string, order: number | null): MenuHandle {
    const old = this.children.find((c) => c.role === 'group' && c.text === text);
    return old ?? this.add(new MenuHandle('group', text, this, null, {order}));
  }

  /** The child with this text; deeper ones as a path, `File | Open`. */
  find(text: string): MenuHandle | null {
    const exact = this.children.find((c) => c.text === text && c.role !== 'separator');
    const [first, ...rest] = text.split('|').map((s) => s.trim());
    if (exact != null || rest.length === 0)
      return exact ?? null;
    return this.children.find((c) => c.text === first)?.find(rest.join('|')) ?? null;
  }

  remove(text: string): void {
    const i = this.children.findIndex((c) => c.text === text);
    if (i >= 0)
      this.children.splice(i, 1);
    this.structureChanged();
  }

  clear(): void {
    this.children.length = 0;
    this.structureChanged();
  }

  /** Why the item cannot be clicked, or null. */
  get disabledReason(): string | null {
    return this.options.isEnabled?.() ?? null;
  }

  get checked(): boolean | null {
    const {check} = this.options;
    return typeof check === 'function' ? check() : check ?? null;
  }

  /** Runs what the item is for, as a click does: checks toggle, radio groups keep one mark. */
  click(): void {
    if (this.role !== 'item' && this.role !== 'header' || this.disabledReason != null)
      return;
    if (typeof this.options.check === 'boolean')
      this.toggleCheck();
    this.onClick?.();
    const event = new HostEvent({item: this.wrapper, text: this.text}, this.top.wrapper);
    this.top.bus.fire('d4-menu-item-click', event);
    shellBus.fire('d4-menu-item-click', event);
  }

  private toggleCheck(): void {
    const {radioGroup} = this.options;
    if (radioGroup == null) {
      this.options.check = !this.options.check;
      return;
    }
    for (const c of this.parent?.children ?? [])
      if (c.options.radioGroup === radioGroup)
        c.options.check = c === this;
  }

  private structureChanged(): void {
    this.top.onStructure?.();
  }
}
