import * as DG from 'datagrok-api/dg';
import * as ui from 'datagrok-api/ui';
import {WidgetHandle} from '../interop/handle.ts';
import {LazyContent} from './content.ts';
import type {TabControl} from './tab-control.ts';

let counter = 0;

/** One tab of a tab control: its header in the strip and the panel below (or beside) it. */
export class TabPane extends WidgetHandle {
  readonly kind = 'TabPane';
  readonly header = document.createElement('div');
  readonly root = document.createElement('div');
  readonly content: LazyContent;
  private readonly title = document.createElement('span');

  /**
   * @param getContent called when the pane is shown for the first time
   * @param icon element, or name of a Font Awesome icon
   * @param allowClose whether the header carries a close button
   */
  constructor(readonly parent: TabControl, private paneName: string, getContent: (() => any) | null, icon: any,
    readonly allowClose: boolean) {
    super();
    const id = `d4-tab-${++counter}`;
    this.header.className = 'd4-tab-header';
    this.title.className = 'd4-tab-header-title';
    this.header.id = id;
    this.header.setAttribute('role', 'tab');
    this.header.setAttribute('aria-controls', `${id}-panel`);
    this.root.className = 'd4-tab-content ui-box';
    this.root.id = `${id}-panel`;
    this.root.setAttribute('role', 'tabpanel');
    this.root.setAttribute('aria-labelledby', id);
    if (icon != null && icon !== '')
      this.header.append(icon instanceof Node ? icon : ui.iconFA(`${icon}`));
    this.header.append(this.title);
    if (allowClose)
      this.header.append(this.closeButton());
    this.name = paneName;
    this.selected = false;
    this.content = new LazyContent(this.root, getContent);
  }

  protected createWrapper(): any {return new DG.TabPane(this);}

  get name(): string {return this.paneName;}
  set name(x: string) {
    this.paneName = x;
    this.title.textContent = x;
    this.header.setAttribute('name', x);
  }

  get selected(): boolean {return this.header.classList.contains('selected');}
  set selected(x: boolean) {
    this.header.classList.toggle('selected', x);
    this.header.setAttribute('aria-selected', String(x));
    this.header.tabIndex = x ? 0 : -1;
    this.root.hidden = !x;
    if (x)
      this.content.build();
  }

  // `expanded` of a tab, as the published class offers it for both kinds of pane.
  get expanded(): boolean {return this.selected;}
  set expanded(x: boolean) {
    if (x)
      this.parent.current = this;
  }

  private closeButton(): HTMLElement {
    const button = ui.iconFA('times', (e: any) => {
      e.stopPropagation();
      this.parent.remove(this);
    });
    button.classList.add('d4-tab-header-close');
    button.setAttribute('role', 'button');
    button.setAttribute('aria-label', 'Close');
    return button;
  }
}
