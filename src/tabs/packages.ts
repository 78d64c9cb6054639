import {unitLabel} from '../core/buckets';
import type {UsageRequest} from '../core/request';
import {ageOfAnswer, isEmptyAnswer, notAppliedTo, type Answer} from '../data/answer';
import {askInstallations, askPackages, askUnusedPackages} from '../data/packages';
import {Runner} from '../data/runner';
import {Chart} from '../ui/chart';
import {div} from '../ui/dom';
import {Panel} from '../ui/panel';
import {PointSelection} from '../ui/point-selection';
import {SubViews} from '../ui/sub-views';
import {TabView, type AppContext} from '../ui/tab-view';
import {Table} from '../ui/table';
import {colorByIdentity} from '../ui/theme';

const key = {key: (request: UsageRequest): string => request.key, isEmpty: isEmptyAnswer,
  asOf: ageOfAnswer};

/** Which packages are used, when and by whom; which are not; how long publications took. */
export class PackagesTab extends TabView {
  private readonly usage = new Runner<UsageRequest, Answer>(askPackages, key);
  private readonly unused = new Runner<UsageRequest, Answer>(askUnusedPackages, key);
  private readonly installations = new Runner<UsageRequest, Answer>(askInstallations, key);
  private readonly points: PointSelection;
  private readonly views: SubViews;
  private shown: Answer | null = null;

  constructor(app: AppContext) {
    super(app, 'Packages');
    this.points = new PointSelection({app, own: {categories: true}, details: ['Functions', 'Events'],
      isCurrent: () => app.filters.value.state.tab === this.name && this.views.current.id === 'usage'});
    this.views = new SubViews(app.filters, [
      {id: 'usage', caption: 'Usage', root: div('ua-subview', this.usagePanel().root, this.unusedPanel().root)},
      {id: 'installation', caption: 'Installation time', root: div('ua-subview', ...this.installationPanels())},
    ]);
    this.root.append(this.views.root);
    this.subs.push(this.usage.states.subscribe((state) => {
      if (state.kind === 'ready' && state.data !== this.shown) {
        this.shown = state.data;
        this.points.attach(state.data.frame, state.data.request);
      }
    }));
  }

  override get ownFilters(): readonly 'categories'[] {return ['categories'];}

  protected ask(request: UsageRequest, force: boolean): void {
    this.views.refresh();
    if (this.views.current.id === 'installation')
      void this.installations.run(request, force);
    else {
      void this.usage.run(request, force);
      void this.unused.run(request, force);
      this.points.recall(request);
    }
  }

  override clearSelection(): boolean {
    return this.points.clear();
  }

  override detach(): void {
    for (const runner of [this.usage, this.unused, this.installations])
      runner.dispose();
    this.points.dispose();
    super.detach();
  }

  private common(runner: Runner<UsageRequest, Answer>): Pick<ConstructorParameters<typeof Panel<Answer>>[0],
    'states' | 'retry' | 'cancel' | 'zone'> {
    return {states: runner.states, retry: () => void runner.retry(), cancel: () => runner.cancel(),
      zone: () => this.app.filters.zone};
  }

  private usagePanel(): Panel<Answer> {
    const chart = new Chart('Scatter plot', {
      xColumnName: 'bucket', yColumnName: 'package', sizeColumnName: 'events', colorColumnName: 'user',
      markerMinSize: 5, markerMaxSize: 28, jitterSize: 14, jitterSizeY: 6, zoomAndFilter: 'no action',
      showXSelector: false, showYSelector: false, showSizeSelector: false, showColorSelector: false,
      legendVisibility: 'Never', invertYAxis: true,
    }, (frame) => colorByIdentity(frame, 'user', 'user_id'));
    const panel = new Panel<Answer>({...this.common(this.usage), title: 'Package use', content: chart,
      definition: 'Events of each person in each package and bucket. Size: number of events. Colour: the person. ' +
        'Each event belongs to one package.',
      empty: 'No package was used in this range.', exports: {frame: (a) => a.frame, chart: chart.root, app: this.app},
      note: (a) => [unitLabel(a.request.unit), a.request.zone, a.note].filter((t) => t !== '').join(' · ')});
    panel.root.classList.add('ua-grow-3');
    return panel;
  }

  private unusedPanel(): Panel<Answer> {
    const table = new Table({columns: [
      {name: 'package', caption: 'Package', width: 180}, {name: 'category', caption: 'Category', width: 130},
      {name: 'version', caption: 'Version', width: 80},
      {name: 'last_use', caption: 'Last use', width: 140, format: 'MMM dd, yyyy HH:mm'},
      {name: 'published_on', caption: 'Published', width: 140, format: 'MMM dd, yyyy'},
      {name: 'users_ever', caption: 'Users ever', width: 90},
    ]});
    const panel = new Panel<Answer>({...this.common(this.unused), title: 'Not used in this range', content: table,
      definition: 'Packages of this server without a single counted event in the range, under the filters on screen. ' +
        'Without a last use: never used. Times in UTC.',
      empty: 'Every package was used.', emptyHint: '', exports: {frame: (a) => a.frame, app: this.app},
      note: (a) => `${a.frame.rowCount} packages${a.note === '' ? '' : ` · ${a.note}`}`});
    panel.root.classList.add('ua-grow-1');
    return panel;
  }

  private installationPanels(): HTMLElement[] {
    const chart = new Chart('Scatter plot', {
      xColumnName: 'time', yColumnName: 'package', sizeColumnName: 'ms', colorColumnName: 'package',
      markerMinSize: 6, markerMaxSize: 24, zoomAndFilter: 'no action', showXSelector: false, showYSelector: false,
      showSizeSelector: false, showColorSelector: false, legendVisibility: 'Never', invertYAxis: true,
    }, (frame) => colorByIdentity(frame, 'package', 'package_name'));
    const common = this.common(this.installations);
    const note = ({request, note: text}: Answer): string => [request.zone, notForInstallations(request), text]
      .filter((t) => t !== '').join(' · ');
    const panel = new Panel<Answer>({...common, title: 'Installation time', content: chart, note,
      definition: 'Publications of package versions. Size: how long the server took. The filters by group and user ' +
        'do not apply where a publication has no person.',
      empty: 'No package was published in this range.',
      exports: {frame: (a) => a.frame, chart: chart.root, app: this.app}});
    panel.root.classList.add('ua-grow-3');
    const table = new Table({columns: [
      {name: 'time', caption: 'Published', width: 150, format: 'MMM dd, yyyy HH:mm:ss'},
      {name: 'package', caption: 'Package', width: 180}, {name: 'version', caption: 'Version', width: 80},
      {name: 'ms', caption: 'Milliseconds', width: 100, format: '#,##0'}, {name: 'user', caption: 'By', width: 160},
    ]});
    const list = new Panel<Answer>({...common, title: 'Publications', content: table,
      exports: {frame: (a) => a.frame, app: this.app}, empty: 'No package was published in this range.',
      note: (a) => `${a.frame.rowCount} publications; times in UTC`});
    list.root.classList.add('ua-grow-2');
    return [panel.root, list.root];
  }
}

/** A publication is a record of one type: what narrows records by kind cannot narrow publications. */
const notForInstallations = (request: UsageRequest): string =>
  notAppliedTo('publications', request, ['functions', 'entities', 'sources', 'types', 'cells']);
