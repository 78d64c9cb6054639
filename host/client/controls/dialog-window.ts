import {LAYER, place} from './layers.ts';
import type {DialogHandle} from './dialog.ts';
import {element} from './elements.ts';
import {isMenuOpen} from './menu-popup.ts';

/** See `Dialog.show` of the published typings; lengths in CSS pixels. */
export interface ShowOptions {
  modal?: boolean | null;
  resizable?: boolean | null;
  fullScreen?: boolean | null;
  center?: boolean | null;
  centerAt?: Element | null;
  x?: number | null;
  y?: number | null;
  width?: number | null;
  height?: number | null;
  backgroundColor?: string | null;
  showNextTo?: Element | null;
}

/** Dialogs on screen, the topmost last. */
const stack: DialogWindow[] = [];

const FOCUSABLE = 'input, select, textarea, button, a[href], [tabindex]';

/**
 * The place of a dialog on screen: position, order, dragging by the header, keys. Enter means OK and Esc means Cancel
 * for the dialog that has the focus; Tab stays inside a modal one.
 */
export class DialogWindow {
  private readonly shade: HTMLElement | null;
  private readonly focusBefore = document.activeElement;

  constructor(readonly dialog: DialogHandle, options: ShowOptions) {
    const {root} = dialog;
    this.shade = options.modal ? element('div', 'd4-modal-background') : null;
    if (this.shade != null) {
      root.setAttribute('aria-modal', 'true');
      document.body.append(this.shade);
    }
    root.classList.toggle('d4-dialog-resizable', options.resizable === true);
    root.tabIndex = -1;
    root.addEventListener('keydown', this.onKey);
    root.addEventListener('mousedown', this.toFront);
    dialog.header.addEventListener('pointerdown', this.onDrag);
    document.body.append(root);
    stack.push(this);
    restack();
    this.position(options);
    this.focusFirst();
  }

  /** Everything on screen, the topmost first. */
  static get all(): DialogHandle[] {
    return stack.map((w) => w.dialog).reverse();
  }

  private position(options: ShowOptions): void {
    const {style} = this.dialog.root;
    if (options.fullScreen) {
      Object.assign(style, {left: '20px', top: '20px', width: 'calc(100vw - 40px)', height: 'calc(100vh - 40px)'});
      return;
    }
    if (options.width != null)
      style.width = `${options.width}px`;
    if (options.height != null)
      style.height = `${options.height}px`;
    if (options.backgroundColor)
      style.backgroundColor = options.backgroundColor;
    if (options.showNextTo != null)
      void place(this.dialog.root, options.showNextTo, 'right-start', {main: 4});
    else if (options.x != null || options.y != null)
      this.moveTo(options.x ?? 0, options.y ?? 0);
    else
      this.centerIn(options.centerAt?.getBoundingClientRect() ?? new DOMRect(0, 0, innerWidth, innerHeight));
  }

  private centerIn(area: DOMRect): void {
    const {offsetWidth, offsetHeight} = this.dialog.root;
    this.moveTo(area.left + (area.width - offsetWidth) / 2, area.top + (area.height - offsetHeight) / 2);
  }

  /** Keeps the header within reach whatever was asked for. */
  private moveTo(x: number, y: number): void {
    const {root} = this.dialog;
    const left = Math.min(Math.max(x, 60 - root.offsetWidth), innerWidth - 60);
    const top = Math.min(Math.max(y, 0), innerHeight - 30);
    root.style.left = `${Math.round(left)}px`;
    root.style.top = `${Math.round(top)}px`;
  }

  private focusFirst(): void {
    const {root, content} = this.dialog;
    const first = focusable(content)[0] ?? root;
    first.focus({preventScroll: true});
  }

  private readonly toFront = (): void => {
    if (stack.at(-1) === this)
      return;
    stack.splice(stack.indexOf(this), 1);
    stack.push(this);
    restack();
  };

  private readonly onDrag = (e: PointerEvent): void => {
    if (e.button !== 0 || (e.target as Element).closest('.d4-dialog-header-icons') != null)
      return;
    const {header, root} = this.dialog;
    const {left, top} = root.getBoundingClientRect();
    const move = (m: PointerEvent): void => this.moveTo(left + m.clientX - e.clientX, top + m.clientY - e.clientY);
    header.setPointerCapture(e.pointerId);
    header.addEventListener('pointermove', move);
    header.addEventListener('lostpointercapture', () => header.removeEventListener('pointermove', move), {once: true});
  };

  private readonly onKey = (e: KeyboardEvent): void => {
    if (e.defaultPrevented || isMenuOpen())
      return;
    const target = e.target as HTMLElement;
    if (e.key === 'Tab' && this.shade != null)
      this.keepFocus(e);
    else if (e.key === 'Escape')
      this.dialog.cancel();
    else if (e.key === 'Enter' && this.dialog.closeOnEnter && !/^(TEXTAREA|BUTTON|A)$/.test(target.tagName) &&
      !target.isContentEditable)
      void this.dialog.ok();
    else
      return;
    e.stopPropagation();
  };

  private keepFocus(e: KeyboardEvent): void {
    const stops = focusable(this.dialog.root);
    const [first, last] = [stops[0], stops.at(-1)];
    const at = document.activeElement;
    if (e.shiftKey ? at === first || at === this.dialog.root : at === last) {
      e.preventDefault();
      (e.shiftKey ? last : first)?.focus();
    }
  }

  /** Takes the frame away; the focus goes back to where it was before. */
  close(): void {
    const {root, header} = this.dialog;
    const hadFocus = root.contains(document.activeElement);
    this.shade?.remove();
    stack.splice(stack.indexOf(this), 1);
    root.removeEventListener('keydown', this.onKey);
    root.removeEventListener('mousedown', this.toFront);
    header.removeEventListener('pointerdown', this.onDrag);
    restack();
    if (hadFocus && this.focusBefore instanceof HTMLElement && this.focusBefore.isConnected)
      this.focusBefore.focus({preventScroll: true});
  }

  order(z: number): void {
    if (this.shade != null)
      this.shade.style.zIndex = String(z);
    this.dialog.root.style.zIndex = String(z + 1);
  }
}

function restack(): void {
  stack.forEach((w, i) => w.order(LAYER.dialog + 2 * i));
}

function focusable(root: Element): HTMLElement[] {
  return [...root.querySelectorAll<HTMLElement>(FOCUSABLE)]
    .filter((e) => e.tabIndex >= 0 && !(e as HTMLInputElement).disabled && e.offsetParent != null);
}
