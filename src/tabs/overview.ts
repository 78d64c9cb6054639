import type * as DG from 'datagrok-api/dg';
import * as grok from 'datagrok-api/grok';
import * as ui from 'datagrok-api/ui';
import {unitLabel} from '../core/buckets';
import type {UsageRequest} from '../core/request';
import {askActivity, askTotals, type Activity} from '../data/overview';
import {summarizePoints} from '../data/points';
import {Runner} from '../data/runner';
import {Cards, type Totals} from '../ui/cards';
import {Chart} from '../ui/chart';
import {chip} from '../ui/chip';
import {CrossFilter, rowsOf, type Choice} from '../ui/cross-filter';
import {div} from '../ui/dom';
import {Panel} from '../ui/panel';
import {selectionPane} from '../ui/point-pane';
import {TabView, type AppContext} from '../ui/tab-view';

/** Name under which the query folds the smallest packages when there are too many rows. */
const FOLDED = 'Other packages';

/** Who uses the platform and how much: cards, users over time, packages by users, users by activity. */
export class OverviewTab extends TabView {
  private readonly totals = new Runner<UsageRequest, Totals>(askTotals, {key: (r) => r.key});
  private readonly activity = new Runner<UsageRequest, Activity>(askActivity, {
    key: (r) => r.key, isEmpty: (a) => a.events === 0});
  private readonly cross = new CrossFilter();
  private readonly chips = div('ua-chips', hint());
  private shown: Activity | null = null;
  private control = new AbortController();

  constructor(app: AppContext) {
    super(app, 'Overview');
    const line = new Chart('Line chart', {
      xColumnName: 'bucket', yColumnNames: ['user'], yAggrTypes: ['unique'], rowSource: 'Filtered',
      showXSelector: false, showYSelectors: false, showAggrSelectors: false, showSplitSelector: false,
      showTopPanel: false, legendVisibility: 'Never', xAxisLabel: '',
    });
    const packages = this.bars('package', 'user', 'unique');
    const users = this.bars('user', 'events', 'sum');
    const zone = (): string => app.filters.zone;
    const retry = {retry: () => void this.activity.retry(), cancel: () => this.activity.cancel()};
    const cards = new Panel({title: 'Usage', states: this.totals.states, zone,
      content: new Cards((measure, range) => app.filters.drill('Events', {view: 'log', measure,
        range: range ?? undefined})),
      retry: () => void this.totals.retry(), cancel: () => this.totals.cancel()});
    cards.root.classList.add('ua-cards-panel');
    const shared = {states: this.activity.states, zone, ...retry};
    const save = (chart: Chart) => ({frame: (a: Activity) => a.frame, chart: chart.root, app});
    const linePanel = new Panel<Activity>({...shared, title: 'Active users', content: line, exports: save(line),
      definition: 'People with at least one event in each bucket. Someone active in two buckets counts in both.',
      note: (a) => this.lineNote(a)});
    linePanel.root.classList.add('ua-overview-line');
    const packagesPanel = new Panel<Activity>({...shared, title: 'Packages by active users', content: packages, exports: save(packages),
      definition: 'People with at least one event of the package in the range. Each event belongs to one package.',
      note: (a) => a.note});
    const usersPanel = new Panel<Activity>({...shared, title: 'Users by events', content: users, exports: save(users),
      definition: 'Events of each person in the range.', note: (a) => a.note});
    this.root.append(cards.root, this.chips, linePanel.root,
      div('ua-overview-bars', packagesPanel.root, usersPanel.root));
    this.subs.push(
      this.activity.states.subscribe((state) => {
        if ((state.kind === 'ready' || state.kind === 'empty') && state.data !== this.shown) {
          this.shown = state.data;
          this.cross.attach(state.data.frame);
        }
      }),
      this.cross.changes.subscribe(() => this.crossChanged(packages, users)));
  }

  protected ask(request: UsageRequest, force: boolean): void {
    void this.totals.run(request, force);
    void this.activity.run(request, force);
  }

  override detach(): void {
    this.totals.dispose();
    this.activity.dispose();
    this.cross.dispose();
    this.control.abort();
    super.detach();
  }

  private bars(split: string, value: string, aggregation: string): Chart {
    const chart = new Chart('Bar chart', {
      splitColumnName: split, valueColumnName: value, valueAggrType: aggregation, barSortType: 'by value',
      barSortOrder: 'desc', maxBarHeight: 24, onClick: 'None', rowSource: 'Filtered', showValueSelector: false,
      showCategorySelector: false, showStackSelector: false, includeNulls: false, showSelectedRows: false,
    });
    let hit = false;
    this.subs.push(chart.event('d4-bar-chart-on-category-clicked').subscribe((event: any) => {
      hit = true;
      const category = event?.args?.options?.categories?.[0];
      if (category != null && category !== '')
        this.cross.toggle(split, category);
    }));
    // The chart tells of a bar first; a click that reaches its root without that was on the background.
    chart.root.addEventListener('click', () => {
      if (!hit)
        this.cross.clear();
      hit = false;
    });
    return chart;
  }

  /** The clicked chart keeps all its bars and marks the chosen one; the others show its rows alone. */
  private crossChanged(packages: Chart, users: Chart): void {
    const {choice} = this.cross;
    const frame = this.shown?.frame;
    for (const [chart, column] of [[packages, 'package'], [users, 'user']] as const)
      chart.setOptions({rowSource: choice?.column === column ? 'All' : 'Filtered',
        showSelectedRows: choice?.column === column});
    if (frame == null)
      return;
    if (choice == null)
      frame.selection.setAll(false);
    else
      frame.selection.copyFrom(rowsOf(frame, choice));
    this.chips.replaceChildren(...(choice == null ? [hint()] : [chip(
      choice.column === 'package' ? 'Package' : 'User', choice.category, () => this.cross.clear())]));
    if (choice != null)
      this.showChoice(frame, choice);
    else if (this.opened)
      grok.shell.o = ui.div([]);
    this.opened = choice != null;
  }

  private showChoice(frame: DG.DataFrame, choice: Choice): void {
    const {request} = this.shown!;
    const summary = summarizePoints(frame, rowsOf(frame, choice).getSelectedIndexes());
    const narrowing = choice.column === 'package' ? {packages: summary.packages.map(({id}) => id)} :
      {users: summary.users.map(({id}) => id)};
    this.control.abort();
    this.control = new AbortController();
    grok.shell.o = selectionPane({app: this.app, request, own: {}, signal: this.control.signal,
      details: ['Packages', 'Functions', 'Events']}, {
      title: `${choice.column === 'package' ? 'Package' : 'User'}: ${choice.category}`, range: request, summary,
      parameters: narrowing, narrowing: summary.packages.some(({id}) => id === FOLDED) ? null : narrowing});
  }

  override clearSelection(): boolean {
    const had = this.cross.choice != null;
    this.cross.clear();
    return had;
  }

  /** Whether the context panel shows something of this tab. */
  private opened = false;

  private lineNote(activity: Activity): string {
    const unit = unitLabel(activity.request.unit);
    return [unit, activity.request.zone, activity.incomplete ? 'the last bucket is incomplete' : null, activity.note]
      .filter((text) => text != null && text !== '').join(' · ');
  }
}

/** Stands where the chosen bar is named, so that the charts do not move when one is chosen. */
function hint(): HTMLElement {
  return div('ua-hint', 'Click a bar to see the other charts for it alone.');
}
