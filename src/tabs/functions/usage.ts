import {unitLabel} from '../../core/buckets';
import {formatNumberOf} from '../../core/format';
import type {UsageRequest} from '../../core/request';
import {ageOfAnswer, isEmptyAnswer, type Answer} from '../../data/answer';
import {askFunctions, ownFilters} from '../../data/functions';
import {Runner} from '../../data/runner';
import {Chart} from '../../ui/chart';
import {Panel} from '../../ui/panel';
import type {Selection, SelectionAction} from '../../ui/point-pane';
import {PointSelection} from '../../ui/point-selection';
import type {AppContext} from '../../ui/tab-view';
import {colorByIdentity} from '../../ui/theme';

/** Which functions are run, when and by whom. */
export class FunctionUsage {
  readonly root: HTMLElement;
  private readonly runner = new Runner<UsageRequest, Answer>(askFunctions, {key: (r) => r.key, isEmpty: isEmptyAnswer,
    asOf: ageOfAnswer});
  private readonly points: PointSelection;
  private shown: Answer | null = null;

  /** @param openTiming leads to the execution time of a function. */
  constructor(private readonly app: AppContext, private readonly isCurrent: () => boolean,
    private readonly openTiming: (functionId: string) => void) {
    this.points = new PointSelection({app, own: ownFilters, details: ['Events'], isCurrent,
      actions: (selection) => this.actions(selection)});
    const panel = this.panel();
    panel.sub(this.runner.states.subscribe(() => this.attach()));
    this.root = panel.root;
  }

  ask(request: UsageRequest, force: boolean): void {
    void this.runner.run(request, force);
    this.attach();
    this.points.recall(request, 'runs');
  }

  clearSelection(): boolean {
    return this.points.clear();
  }

  dispose(): void {
    this.runner.dispose();
    this.points.dispose();
  }

  /** While another sub-view is on screen the address speaks of that one's selection. */
  private attach(): void {
    const {state} = this.runner;
    if (state.kind !== 'ready' || state.data === this.shown || !this.isCurrent())
      return;
    this.shown = state.data;
    this.app.labels.learn('functions', labelsOf(state.data));
    this.points.attach(state.data.frame, state.data.request, 'runs');
  }

  private actions({summary: {functions}}: Selection): SelectionAction[] {
    return functions.length !== 1 ? [] : [{caption: 'Execution time', run: () => this.openTiming(functions[0].id),
      tooltip: 'How long the saved calls of this function took, under the filters on screen'}];
  }

  private panel(): Panel<Answer> {
    const {runner, app} = this;
    const chart = new Chart('Scatter plot', {
      xColumnName: 'bucket', yColumnName: 'function', sizeColumnName: 'runs', colorColumnName: 'user',
      markerMinSize: 5, markerMaxSize: 28, jitterSize: 14, jitterSizeY: 6, zoomAndFilter: 'no action',
      showXSelector: false, showYSelector: false, showSizeSelector: false, showColorSelector: false,
      legendVisibility: 'Never',
    }, (frame) => colorByIdentity(frame, 'user', 'user_id'));
    const panel = new Panel<Answer>({states: runner.states, retry: () => void runner.retry(),
      cancel: () => runner.cancel(), zone: () => app.filters.zone, title: 'Function use', content: chart,
      definition: 'Logged runs of each function by each person, in each bucket. Size: number of runs. Colour: the ' +
        'person. The function that ran most often is on top. All versions of a function are one. Turn the wheel over the ' +
        'names to zoom in on some of them.',
      empty: 'No function ran in this range.', exports: {frame: (a) => a.frame, chart: chart.root, app},
      note: (a) => usageNote(a, app.filters.value.state.measure)});
    panel.root.classList.add('ua-grow-3');
    return panel;
  }
}

function usageNote({request, frame, note}: Answer, measure: string | undefined): string {
  const functions = new Set(frame.getCol('function_id').toList()).size;
  return [unitLabel(request.unit), request.zone, formatNumberOf(functions, 'function'),
    measure == null || measure === 'runs' ? '' : `counts runs, not ${measure}`, note]
    .filter((text) => text !== '').join(' · ');
}

/** Names that an answer gives to the ids in it. */
export function labelsOf({frame}: Answer): {id: string, label: string}[] {
  const [ids, labels] = ['function_id', 'function'].map((name) => frame.getCol(name).toList() as string[]);
  return [...new Map(ids.map((id, i) => [id, labels[i]]))].map(([id, label]) => ({id, label}));
}
