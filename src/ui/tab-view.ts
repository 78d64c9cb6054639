import * as DG from 'datagrok-api/dg';
import type {Filters} from '../data/filters';
import type {Labels} from '../data/labels';
import type {Privacy} from '../data/privacy';
import type {UsageRequest} from '../core/request';

/** Filters that do not hold for every tab. */
export type NarrowKind = 'categories' | 'tags' | 'measure';

/** What the tabs share. */
export interface AppContext {
  readonly filters: Filters;
  readonly labels: Labels;
  readonly privacy: Privacy;
}

/** One tab of the app. It asks only while it is on screen; the runner knows whether anything changed meanwhile. */
export abstract class TabView extends DG.ViewBase {
  private active = false;

  constructor(protected readonly app: AppContext, name: string) {
    super({}, '', true);
    this.name = name;
    this.box = true;
    this.root.classList.add('ua-tab');
    let turn = app.filters.value.turn;
    this.subs.push(app.filters.changes.subscribe(({state, request, turn: now}) => {
      // A change that leads to another tab is that tab's business.
      if (this.active && (state.tab ?? name) === name)
        this.ask(request, now !== turn);
      turn = now;
    }));
  }

  /** Filters that are on screen on this tab alone; the toolbox shows their inputs while the tab is. */
  get ownFilters(): readonly ('categories' | 'tags')[] {return [];}

  /** Filters that may be in force and that nothing on this tab obeys; the chips say so. */
  get ignored(): readonly NarrowKind[] {
    return (['categories', 'tags', 'measure'] as const).filter((kind) => !this.ownFilters.includes(kind as 'tags'));
  }

  /** Asks for what the tab shows. @param force also when the same request was answered before. */
  protected abstract ask(request: UsageRequest, force: boolean): void;

  /** Lets go of what is selected. @returns false when nothing was. */
  clearSelection(): boolean {return false;}

  /** The tab came on screen, or left it. */
  setActive(active: boolean): void {
    this.active = active;
    if (active)
      this.ask(this.app.filters.request, false);
  }
}
