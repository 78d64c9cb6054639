import * as DG from 'datagrok-api/dg';
import {WidgetHandle} from '../interop/handle.ts';
import {kill, register} from '../interop/life-cycle.ts';
import {recall, remember} from './remembered.ts';
import {TabPane} from './tab-pane.ts';

const scope = 'd4-tab-control';

/**
 * Tabs over panes of which one is shown. The first pane added becomes the current one at once, so that a control is
 * never without a current pane; with a key, the pane of the last session takes that place when it is among the panes.
 */
export class TabControl extends WidgetHandle {
  readonly kind = 'TabControl';
  readonly root = document.createElement('div');
  readonly header = document.createElement('div');
  readonly panes: TabPane[] = [];
  private shown: TabPane | null = null;
  private awaited: string | null;

  constructor(readonly vertical: boolean, private readonly key: string | null) {
    super();
    this.root.className = `d4-tab-host ui-box${vertical ? ' d4-tab-vertical' : ''}`;
    this.header.className = 'd4-tab-header-stripe';
    this.header.setAttribute('role', 'tablist');
    this.header.setAttribute('aria-orientation', vertical ? 'vertical' : 'horizontal');
    this.header.addEventListener('click', (e) => this.onClick(e));
    this.header.addEventListener('auxclick', (e) => this.onMiddleClick(e));
    this.header.addEventListener('keydown', (e) => this.onKey(e));
    this.header.addEventListener('wheel', (e) => this.onWheel(e), {passive: false});
    this.root.append(this.header);
    this.awaited = recall<string>(scope, key);
    register(this);
  }

  protected createWrapper(): any {return new DG.TabControl(this);}

  get current(): TabPane | null {
    this.stopWaiting();
    return this.shown;
  }

  set current(pane: TabPane | null) {
    this.awaited = null;
    this.show(pane);
    if (pane != null)
      remember(scope, this.key, pane.name);
  }

  pane(name: string): TabPane | null {
    return this.panes.find((p) => p.name === name) ?? null;
  }

  add(name: string, getContent: (() => any) | null, icon: any, allowClose: boolean): TabPane {
    const pane = register(new TabPane(this, name, getContent, icon, allowClose));
    this.panes.push(pane);
    this.header.append(pane.header);
    this.root.append(pane.root);
    this.bus.fire('d4-tabcontrol-tab-added', pane);
    if (this.awaited === name || (this.awaited == null && this.shown == null)) {
      this.awaited = null;
      this.show(pane);
    } else if (this.awaited != null)
      queueMicrotask(() => this.stopWaiting());
    return pane;
  }

  /** Takes the pane out and ends its content; a neighbour becomes current when the removed pane was. */
  remove(pane: TabPane): void {
    const index = this.panes.indexOf(pane);
    if (index < 0)
      return;
    const hadFocus = pane.header.contains(document.activeElement);
    this.panes.splice(index, 1);
    if (this.shown === pane)
      this.show(this.panes[index] ?? this.panes[index - 1] ?? null);
    this.end(pane);
    if (hadFocus)
      this.shown?.header.focus();
  }

  clear(): void {
    const all = this.panes.splice(0);
    this.shown = null;
    for (const pane of all)
      this.end(pane);
  }

  private end(pane: TabPane): void {
    pane.header.remove();
    this.bus.fire('d4-tabcontrol-tab-removed', pane);
    kill(pane.root);
    pane.root.remove();
  }

  private show(pane: TabPane | null): void {
    if (pane === this.shown || (pane != null && !this.panes.includes(pane)))
      return;
    // The data of both events is the pane to be shown: the published code does not tell, and reads `currentPane`.
    if (pane != null)
      this.bus.fire('d4-tabcontrol-before-tab-changed', pane);
    const before = this.shown;
    this.shown = pane;
    if (before != null)
      before.selected = false;
    if (pane == null)
      return;
    pane.selected = true;
    this.scrollTo(pane.header);
    this.bus.fire('d4-tabcontrol-tab-changed', pane);
  }

  /** The remembered pane did not come together with the others: the first one it is. */
  private stopWaiting(): void {
    if (this.awaited == null || this.panes.length === 0)
      return;
    this.awaited = null;
    if (this.shown == null)
      this.show(this.panes[0]);
  }

  private paneOf(e: Event): TabPane | undefined {
    return this.panes.find((p) => p.header.contains(e.target as Node));
  }

  private onClick(e: MouseEvent): void {
    const pane = this.paneOf(e);
    if (pane != null)
      this.current = pane;
  }

  private onMiddleClick(e: MouseEvent): void {
    const pane = this.paneOf(e);
    if (e.button !== 1 || pane == null || !pane.allowClose)
      return;
    e.preventDefault();
    this.remove(pane);
  }

  private onKey(e: KeyboardEvent): void {
    const pane = this.paneOf(e);
    if (pane == null || e.ctrlKey || e.altKey || e.metaKey)
      return;
    const next = this.neighbour(pane, e.key);
    if (next != null) {
      this.current = next;
      next.header.focus();
    } else if (e.key === 'Enter' || e.key === ' ')
      this.current = pane;
    else if (e.key === 'Delete' && pane.allowClose)
      this.remove(pane);
    else
      return;
    e.preventDefault();
    e.stopPropagation();
  }

  private neighbour(pane: TabPane, key: string): TabPane | null {
    const n = this.panes.length;
    const i = this.panes.indexOf(pane);
    const [back, forth] = this.vertical ? ['ArrowUp', 'ArrowDown'] : ['ArrowLeft', 'ArrowRight'];
    const target = key === back ? i - 1 + n : key === forth ? i + 1 : key === 'Home' ? 0 : key === 'End' ? n - 1 : -1;
    return target < 0 ? null : this.panes[target % n];
  }

  /** A mouse wheel has one axis, a long strip of tabs the other. */
  private onWheel(e: WheelEvent): void {
    if (this.vertical || e.deltaX !== 0 || this.header.scrollWidth <= this.header.clientWidth)
      return;
    this.header.scrollLeft += e.deltaY;
    e.preventDefault();
  }

  private scrollTo(header: HTMLElement): void {
    const strip = this.header.getBoundingClientRect();
    const tab = header.getBoundingClientRect();
    this.header.scrollLeft += Math.min(0, tab.left - strip.left) + Math.max(0, tab.right - strip.right);
    this.header.scrollTop += Math.min(0, tab.top - strip.top) + Math.max(0, tab.bottom - strip.bottom);
  }
}
