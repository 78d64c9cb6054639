import * as DG from 'datagrok-api/dg';
import {WidgetHandle} from '../interop/handle.ts';
import {kill, register} from '../interop/life-cycle.ts';
import {AccordionPane} from './accordion-pane.ts';
import {recall, remember} from './remembered.ts';

const scope = 'd4-accordion';

/** Foldable panes under each other; with a key, what the user folded and unfolded is kept between sessions. */
export class Accordion extends WidgetHandle {
  readonly kind = 'Accordion';
  readonly root = document.createElement('div');
  readonly panes: AccordionPane[] = [];
  /** The object that the accordion tells about: what `acc.context` was set to. */
  context: any = null;
  private top: HTMLElement | null = null;
  private readonly titles = document.createElement('div');
  private hideSingleHeader = false;

  constructor(private readonly key: string | null) {
    super();
    this.root.className = 'd4-accordion';
    this.titles.className = 'd4-accordion-title';
    this.titles.hidden = true;
    this.root.append(this.titles);
    register(this);
  }

  protected createWrapper(): any {return new DG.Accordion(this);}

  /** Element above everything else, or null. */
  get header(): HTMLElement | null {return this.top;}
  set header(x: HTMLElement | null) {
    if (this.top === x)
      return;
    kill(this.top);
    this.top?.remove();
    this.top = x;
    if (x != null)
      this.root.prepend(x);
  }

  get autoHideTabHeader(): boolean {return this.hideSingleHeader;}
  set autoHideTabHeader(x: boolean) {
    this.hideSingleHeader = x;
    this.updateHeaders();
  }

  addTitle(element: HTMLElement): void {
    this.titles.append(element);
    this.titles.hidden = false;
  }

  pane(name: string): AccordionPane | null {
    return this.panes.find((p) => p.name === name) ?? null;
  }

  /**
   * @param expanded the state to start with, unless the user chose another one under this accordion's key
   * @param before pane in front of which the new one goes; at the end when null
   * @param getCount tells the number beside the title; asked at once
   */
  add(name: string, getContent: (() => any) | null, expanded: boolean, before: AccordionPane | null,
    getCount: (() => any) | null): AccordionPane {
    const pane = register(new AccordionPane(this, name, getContent));
    const at = before == null ? -1 : this.panes.indexOf(before);
    if (at < 0) {
      this.panes.push(pane);
      this.root.append(pane.root);
    } else {
      this.panes.splice(at, 0, pane);
      before!.root.before(pane.root);
    }
    if (getCount != null)
      void pane.showCount(getCount);
    this.updateHeaders();
    pane.expanded = this.states()[name] ?? expanded;
    return pane;
  }

  remove(pane: AccordionPane): void {
    const index = this.panes.indexOf(pane);
    if (index < 0)
      return;
    this.panes.splice(index, 1);
    kill(pane.root);
    pane.root.remove();
    this.updateHeaders();
  }

  /** By the user's hand: the new state is remembered, which a state set by a program is not. */
  toggle(pane: AccordionPane, expanded = !pane.expanded): void {
    pane.expanded = expanded;
    remember(scope, this.key, {...this.states(), [pane.name]: expanded});
  }

  /** Moves the focus among the headers. Returns whether the key was one of those that do. */
  moveFocus(from: AccordionPane, key: string): boolean {
    const i = this.panes.indexOf(from);
    const last = this.panes.length - 1;
    const target = key === 'ArrowDown' ? Math.min(i + 1, last) : key === 'ArrowUp' ? Math.max(i - 1, 0) :
      key === 'Home' ? 0 : key === 'End' ? last : -1;
    this.panes[target]?.header.focus();
    return target >= 0;
  }

  private states(): Record<string, boolean> {
    const states = recall<Record<string, boolean>>(scope, this.key);
    return Object.assign(Object.create(null), typeof states === 'object' ? states : null);
  }

  private updateHeaders(): void {
    const hide = this.hideSingleHeader && this.panes.length === 1;
    for (const pane of this.panes)
      pane.header.style.display = hide ? 'none' : '';
  }
}
