import * as DG from 'datagrok-api/dg';
import type {Filters} from '../data/filters';
import type {UsageRequest} from '../core/request';

/** What the tabs share. */
export interface AppContext {
  readonly filters: Filters;
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
    this.subs.push(app.filters.changes.subscribe(({request, turn: now}) => {
      if (this.active)
        this.ask(request, now !== turn);
      turn = now;
    }));
  }

  /** Asks for what the tab shows. @param force also when the same request was answered before. */
  protected abstract ask(request: UsageRequest, force: boolean): void;

  /** The tab came on screen, or left it. */
  setActive(active: boolean): void {
    this.active = active;
    if (active)
      this.ask(this.app.filters.request, false);
  }
}
