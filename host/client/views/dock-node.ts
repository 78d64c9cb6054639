import * as DG from 'datagrok-api/dg';
import Split from 'split.js';
import {Handle} from '../interop/handle.ts';

/** A docked element with its title; an empty title shows no header. */
export interface DockPanel {
  element: HTMLElement;
  title: string;
}

export type DockSide = 'left' | 'right' | 'up' | 'down';

/**
 * One place of a dock layout: either a stack of panels with tabs, or two nodes beside or above one another with a
 * movable border between them.
 */
export class DockNodeHandle extends Handle {
  readonly kind = 'DockNode';
  readonly element = document.createElement('div');
  parent: DockNodeHandle | null = null;
  /** Two nodes, or none for a stack. */
  pair: [DockNodeHandle, DockNodeHandle] | null = null;
  panels: DockPanel[] = [];
  current: DockPanel | null = null;
  private border: Split.Instance | null = null;

  constructor(private readonly onClose: (panel: DockPanel) => void) {
    super();
    this.element.className = 'dock-node';
  }

  protected createWrapper(): any {return new DG.DockNode(this);}

  /** This node becomes a pair of `first` and `second`; `share` (0 to 1) is what the first one takes. */
  split(first: DockNodeHandle, second: DockNodeHandle, row: boolean, share: number): void {
    this.pair = [first, second];
    first.parent = second.parent = this;
    this.element.classList.toggle('dock-row', row);
    this.element.classList.add('dock-pair');
    this.element.replaceChildren(first.element, second.element);
    this.border = Split([first.element, second.element], {
      direction: row ? 'horizontal' : 'vertical', sizes: [share * 100, 100 - share * 100], minSize: 40, gutterSize: 4,
      elementStyle: (_dimension, size, gutter) => ({'flex-basis': `calc(${size}% - ${gutter}px)`}),
      gutterStyle: (_dimension, gutter) => ({'flex-basis': `${gutter}px`}),
    });
  }

  /** Takes the border away before the two nodes are put somewhere else. */
  unsplit(): void {
    this.border?.destroy();
    this.border = null;
    this.pair = null;
    this.element.classList.remove('dock-pair', 'dock-row');
    this.element.replaceChildren();
  }

  /** Puts a panel on top of the stack. */
  stack(panel: DockPanel): void {
    this.panels.push(panel);
    this.show(panel);
  }

  unstack(panel: DockPanel): void {
    this.panels = this.panels.filter((p) => p !== panel);
    panel.element.remove();
    if (this.current === panel)
      this.show(this.panels[this.panels.length - 1] ?? null);
    else
      this.show(this.current);
  }

  show(panel: DockPanel | null): void {
    this.current = panel;
    const body = document.createElement('div');
    body.className = 'dock-content';
    // Panels that are not in front stay in the page, hidden, so that what they hold keeps its state.
    for (const p of this.panels) {
      p.element.classList.toggle('dock-hidden', p !== panel);
      body.append(p.element);
    }
    const titled = this.panels.some((p) => p.title !== '') || this.panels.length > 1;
    this.element.replaceChildren(...(titled ? [this.header()] : []), body);
  }

  private header(): HTMLElement {
    const bar = document.createElement('div');
    bar.className = 'panel-titlebar';
    bar.append(...this.panels.map((p) => {
      const tab = document.createElement('div');
      tab.className = `panel-titlebar-text${p === this.current ? ' selected' : ''}`;
      tab.textContent = p.title;
      tab.addEventListener('click', () => this.show(p));
      return tab;
    }));
    const close = document.createElement('button');
    close.type = 'button';
    close.className = 'panel-titlebar-button-close shell-icon-button';
    close.setAttribute('aria-label', 'Close');
    close.append(Object.assign(document.createElement('i'), {className: 'grok-icon fal fa-times'}));
    close.addEventListener('click', () => this.current != null && this.onClose(this.current));
    bar.append(close);
    return bar;
  }
}
