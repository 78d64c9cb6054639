import * as DG from 'datagrok-api/dg';
import {WidgetHandle} from '../interop/handle.ts';
import {LazyContent} from './content.ts';
import type {Accordion} from './accordion.ts';

let counter = 0;

/** What may stand in a pane's header and act by itself, without folding the pane. */
const acting = 'button, a, input, select, textarea, .d4-link-label, .d4-link-action, .ui-link, .grok-icon, [role=button]';

/**
 * One foldable pane. Packages write into the element with id `info` in the header, put buttons behind it, and set the
 * root to `display: flex`.
 */
export class AccordionPane extends WidgetHandle {
  readonly kind = 'AccordionPane';
  readonly root = document.createElement('div');
  readonly header = document.createElement('div');
  readonly content: LazyContent;
  private readonly title = document.createElement('span');
  private readonly info = document.createElement('div');

  constructor(readonly parent: Accordion, private paneName: string, getContent: (() => any) | null) {
    super();
    const host = document.createElement('div');
    this.root.className = 'd4-accordion-pane';
    this.header.className = 'd4-accordion-pane-header';
    this.title.className = 'd4-accordion-pane-title';
    this.info.id = 'info';
    this.info.className = 'd4-accordion-pane-info';
    this.info.style.display = 'none';
    host.className = 'd4-accordion-pane-content ui-div';
    host.id = `d4-accordion-${++counter}`;
    host.hidden = true;
    host.setAttribute('role', 'region');
    this.header.tabIndex = 0;
    this.header.setAttribute('role', 'button');
    this.header.setAttribute('aria-expanded', 'false');
    this.header.setAttribute('aria-controls', host.id);
    this.header.addEventListener('click', (e) => this.onClick(e));
    this.header.addEventListener('keydown', (e) => this.onKey(e));
    this.header.append(this.title, this.info);
    this.root.append(this.header, host);
    this.content = new LazyContent(host, getContent);
    this.name = paneName;
  }

  protected createWrapper(): any {return new DG.AccordionPane(this);}

  get name(): string {return this.paneName;}
  set name(x: string) {
    this.paneName = x;
    this.title.textContent = x;
    this.root.setAttribute('d4-title', x);
    this.content.host.setAttribute('aria-label', x);
  }

  get expanded(): boolean {return this.header.classList.contains('expanded');}
  set expanded(x: boolean) {
    this.header.classList.toggle('expanded', x);
    this.header.setAttribute('aria-expanded', String(x));
    this.content.host.hidden = !x;
    if (x)
      this.content.build();
  }

  /** Shows what `getCount` tells beside the title; null and a failed count leave the place empty. */
  async showCount(getCount: () => any): Promise<void> {
    try {
      const answer = getCount();
      const count = answer instanceof Promise ? await answer : answer;
      this.info.textContent = count == null ? '' : `${count}`;
    } catch (e) {
      this.info.textContent = '';
      reportError(e);
    }
    this.info.style.display = this.info.textContent === '' ? 'none' : '';
  }

  private onClick(e: MouseEvent): void {
    const actor = (e.target as Element).closest?.(acting);
    if (actor == null || actor === this.header || !this.header.contains(actor))
      this.parent.toggle(this);
  }

  private onKey(e: KeyboardEvent): void {
    if (e.target !== this.header || e.ctrlKey || e.altKey || e.metaKey)
      return;
    if (e.key === 'Enter' || e.key === ' ')
      this.parent.toggle(this);
    else if (e.key === 'ArrowRight' || e.key === 'ArrowLeft')
      this.parent.toggle(this, e.key === 'ArrowRight');
    else if (!this.parent.moveFocus(this, e.key))
      return;
    e.preventDefault();
    e.stopPropagation();
  }
}
