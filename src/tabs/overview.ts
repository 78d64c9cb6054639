import {unitLabel} from '../core/buckets';
import type {UsageRequest} from '../core/request';
import {isWithoutEvents} from '../data/answer';
import {askActivity, askTotals, type Activity} from '../data/overview';
import {Runner} from '../data/runner';
import {Cards, type Totals} from '../ui/cards';
import {div} from '../ui/dom';
import {Panel} from '../ui/panel';
import {TabView, type AppContext} from '../ui/tab-view';
import {CrossCharts} from './overview/cross-charts';

/** Who uses the platform and how much: cards, users over time, packages by users, users by activity. */
export class OverviewTab extends TabView {
  private readonly totals = new Runner<UsageRequest, Totals>(askTotals, {key: (r) => r.key, asOf: (t) => t.asOf});
  private readonly activity = new Runner<UsageRequest, Activity>(askActivity, {
    key: (r) => r.key, isEmpty: isWithoutEvents, asOf: (a) => a.asOf});
  private readonly cross: CrossCharts;
  private shown: Activity | null = null;

  constructor(app: AppContext) {
    super(app, 'Overview');
    this.cross = new CrossCharts(app, () => app.filters.value.state.tab === this.name);
    const cards = new Panel({title: 'Usage', states: this.totals.states, zone: () => app.filters.zone,
      note: (t) => t.note ?? null, content: new Cards((measure, range) => app.filters.drill('Events', {view: 'log', measure,
        range: range ?? undefined})),
      retry: () => void this.totals.retry(), cancel: () => this.totals.cancel()});
    cards.root.classList.add('ua-cards-panel');
    const line = this.panel('bucket', 'Active users', 'People with at least one event in each bucket. Someone active ' +
      'in two buckets counts in both.', (a) => lineNote(a));
    line.root.classList.add('ua-overview-line');
    const bars = div('ua-overview-bars', this.panel('package', 'Packages by active users', 'People with at least one ' +
      'event of the package in the range. Each event belongs to one package.', (a) => a.note).root,
    this.panel('user', 'Users by events', 'Events of each person in the range.', (a) => a.note).root);
    this.root.append(cards.root, this.cross.chips, line.root, bars);
    this.subs.push(this.activity.states.subscribe((state) => {
      if ((state.kind === 'ready' || state.kind === 'empty') && state.data !== this.shown) {
        this.shown = state.data;
        this.cross.attach(state.data);
      }
    }));
  }

  protected ask(request: UsageRequest, force: boolean): void {
    void this.totals.run(request, force);
    void this.activity.run(request, force);
    this.cross.recall();
  }

  override clearSelection(): boolean {
    return this.cross.clear();
  }

  override detach(): void {
    this.totals.dispose();
    this.activity.dispose();
    this.cross.dispose();
    super.detach();
  }

  private panel(kind: keyof CrossCharts['charts'], title: string, definition: string,
    note: (activity: Activity) => string): Panel<Activity> {
    const {activity, app} = this;
    const chart = this.cross.charts[kind];
    return new Panel<Activity>({title, definition, note, content: chart, states: activity.states,
      zone: () => app.filters.zone, retry: () => void activity.retry(), cancel: () => activity.cancel(),
      exports: {frame: (a) => a.frame, chart: chart.root, app}});
  }
}

function lineNote({request, incomplete, note}: Activity): string {
  return [unitLabel(request.unit), request.zone, incomplete ? 'the last bucket is incomplete' : '', note]
    .filter((text) => text !== '').join(' · ');
}
