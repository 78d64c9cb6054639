import type {UsageRequest} from '../core/request';
import {div} from '../ui/dom';
import {SubViews} from '../ui/sub-views';
import {TabView, type AppContext} from '../ui/tab-view';
import {writeChosen} from './functions/chosen';
import {ExecutionTime} from './functions/timing';
import {FunctionUsage} from './functions/usage';

/** Word of the sub-view in the address. */
const timingView = 'time';

/** Which functions are run and by whom; how long their calls took, and with what. */
export class FunctionsTab extends TabView {
  private readonly usage: FunctionUsage;
  private readonly timing: ExecutionTime;
  private readonly views: SubViews;

  constructor(app: AppContext) {
    super(app, 'Functions');
    const isCurrent = (timing: boolean) => (): boolean => {
      const {tab, view} = app.filters.value.state;
      return tab === this.name && (view === timingView) === timing;
    };
    this.usage = new FunctionUsage(app, isCurrent(false), (id) =>
      app.filters.set({view: timingView, selected: writeChosen({id, status: '', run: null})}));
    this.timing = new ExecutionTime(app, isCurrent(true));
    this.views = new SubViews(app.filters, [
      {id: 'usage', caption: 'Usage', root: div('ua-subview', this.usage.root)},
      {id: timingView, caption: 'Execution time', root: this.timing.root},
    ]);
    this.root.append(this.views.root);
  }

  override get ownFilters(): readonly 'tags'[] {return ['tags'];}

  protected ask(request: UsageRequest, force: boolean): void {
    this.views.refresh();
    this.current.ask(request, force);
  }

  override clearSelection(): boolean {
    return this.current.clearSelection();
  }

  override detach(): void {
    this.usage.dispose();
    this.timing.dispose();
    super.detach();
  }

  private get current(): FunctionUsage | ExecutionTime {
    return this.views.current.id === timingView ? this.timing : this.usage;
  }
}
