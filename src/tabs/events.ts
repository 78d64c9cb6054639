import type {UsageRequest} from '../core/request';
import {countingOf} from '../data/events';
import {div} from '../ui/dom';
import {SubViews} from '../ui/sub-views';
import {TabView, type AppContext, type NarrowKind} from '../ui/tab-view';
import {ChartsView} from './events/charts-view';
import type {EventsView} from './events/events-view';
import {LogView} from './events/log-view';
import {TypesView} from './events/types-view';

/** What was logged: over time, by type, and the events themselves. */
export class EventsTab extends TabView {
  private readonly views: SubViews;
  private readonly byId: Record<string, EventsView>;
  private readonly problem = div('ua-problem');

  constructor(app: AppContext) {
    super(app, 'Events');
    const isCurrent = (id: string) => (): boolean =>
      app.filters.value.state.tab === this.name && this.views.current.id === id;
    const captions = {charts: 'Charts', types: 'Types', log: 'Log'};
    this.byId = {charts: new ChartsView(app, isCurrent('charts')), types: new TypesView(app, isCurrent('types')),
      log: new LogView(app, isCurrent('log'))};
    this.views = new SubViews(app.filters, Object.entries(captions).map(([id, caption]) =>
      ({id, caption, root: this.byId[id].root})));
    this.root.append(this.problem, this.views.root);
  }

  override get ignored(): readonly NarrowKind[] {return ['categories', 'tags'];}

  protected ask(request: UsageRequest, force: boolean): void {
    const {measure} = this.app.filters.value.state;
    const counting = countingOf(measure);
    this.problem.textContent = measure == null || counting != null ? '' :
      `"${measure}" is no number whose rows can be counted: events, runs or errors. All are shown.`;
    this.problem.hidden = this.problem.textContent === '';
    this.views.refresh();
    this.current.ask({request, counting}, force);
  }

  override clearSelection(): boolean {
    return this.current.clearSelection();
  }

  override detach(): void {
    for (const view of Object.values(this.byId))
      view.dispose();
    super.detach();
  }

  private get current(): EventsView {
    return this.byId[this.views.current.id];
  }
}
