import * as grok from 'datagrok-api/grok';
import type {Filters} from '../data/filters';
import {div, element} from './dom';

export interface SubView {
  /** Word in the address. */
  readonly id: string;
  readonly caption: string;
  readonly root: HTMLElement;
}

/** A switch between ways of looking, inside a tab. The one that is shown is in the address. */
export class SubViews {
  readonly root = div('ua-subviews');
  private readonly buttons: HTMLButtonElement[];
  /** The view that the state named last: what is unknown is reported once. */
  private reported: string | undefined;

  /** @param views the first one is shown when the address names none. */
  constructor(private readonly filters: Filters, private readonly views: readonly SubView[]) {
    this.buttons = views.map((view, i) => {
      const button = element('button', 'ua-switch-button', view.caption);
      button.type = 'button';
      button.setAttribute('role', 'tab');
      button.addEventListener('click', () => filters.set({view: i === 0 ? undefined : view.id, selected: [], page: []}));
      return button;
    });
    const bar = div('ua-switch', ...this.buttons);
    bar.setAttribute('role', 'tablist');
    this.root.append(bar, ...views.map((view) => view.root));
  }

  get current(): SubView {
    const id = this.filters.value.state.view;
    return this.views.find((view) => view.id === id) ?? this.views[0];
  }

  /** Shows the one that the state names, and says when there is no such one. */
  refresh(): void {
    const {current} = this;
    const {view} = this.filters.value.state;
    if (view != null && view !== current.id && view !== this.reported)
      grok.shell.warning(`There is no view "${view}" here; ${current.caption} is shown.`);
    this.reported = view;
    this.views.forEach((view, i) => {
      view.root.style.display = view === current ? '' : 'none';
      this.buttons[i].classList.toggle('ua-switch-current', view === current);
      this.buttons[i].setAttribute('aria-selected', String(view === current));
    });
  }
}
