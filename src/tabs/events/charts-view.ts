import {unitLabel} from '../../core/buckets';
import {formatNumberOf} from '../../core/format';
import {ageOfAnswer, isWithoutEvents} from '../../data/answer';
import {askEventsActivity, eventsKey, type Counting, type EventsAnswer, type EventsRequest} from '../../data/events';
import {sumOf} from '../../data/points';
import {Runner} from '../../data/runner';
import {Chart} from '../../ui/chart';
import {div} from '../../ui/dom';
import {Panel} from '../../ui/panel';
import {PointSelection} from '../../ui/point-selection';
import type {AppContext} from '../../ui/tab-view';
import {colorByIdentity} from '../../ui/theme';
import {kindOf, type EventsView} from './events-view';

/** Events over time by log level, and by user and level: two charts over one frame. */
export class ChartsView implements EventsView {
  readonly root: HTMLElement;
  private readonly runner = new Runner<EventsRequest, EventsAnswer>(askEventsActivity, {key: eventsKey,
    asOf: ageOfAnswer,
    isEmpty: isWithoutEvents});
  private readonly points: PointSelection;
  private readonly lines: Chart;
  private readonly dots: Chart;
  private readonly panels: {panel: Panel<EventsAnswer>, by: string}[];
  private shown: EventsAnswer | null = null;

  /** @param isCurrent whether the sub-view is on screen: the selection in the address is for that one. */
  constructor(private readonly app: AppContext, private readonly isCurrent: () => boolean) {
    this.points = new PointSelection({app, own: {}, details: ['Functions'], isCurrent});
    this.lines = new Chart('Line chart', {
      xColumnName: 'bucket', yColumnNames: ['events'], yAggrTypes: ['sum'], splitColumnName: 'source',
      showMarkers: 'Always', legendVisibility: 'Always', legendPosition: 'Top', showXSelector: false,
      showYSelectors: false, showAggrSelectors: false, showSplitSelector: false, showTopPanel: false, xAxisLabel: '',
    }, (frame) => colorByIdentity(frame, 'source', 'source'));
    this.dots = new Chart('Scatter plot', {
      xColumnName: 'bucket', yColumnName: 'user', sizeColumnName: 'events', colorColumnName: 'source',
      filter: '${events} + ${errors} > 0', markerMinSize: 5, markerMaxSize: 26, jitterSize: 10, jitterSizeY: 5,
      zoomAndFilter: 'no action', showXSelector: false, showYSelector: false, showSizeSelector: false,
      showColorSelector: false, legendVisibility: 'Never',
    });
    this.panels = [
      {by: 'by source over time', panel: this.panel(this.lines, 'Each log level of the server is a line. Every bucket ' +
        'has a point, also those in which nothing happened.', (a) => this.linesNote(a))},
      {by: 'by user and source', panel: this.panel(this.dots, 'Events of each person in each bucket and log level. ' +
        'Size: their number. Colour: the level, as above. The most active person is on top. Errors of the server ' +
        'outside any session have a row of their own.', (a) => a.note)},
    ];
    this.panels[0].panel.root.classList.add('ua-grow-2');
    this.panels[1].panel.root.classList.add('ua-grow-3');
    this.count(undefined);
    this.root = div('ua-subview', ...this.panels.map(({panel}) => panel.root));
    this.panels[0].panel.sub(this.runner.states.subscribe(() => this.attach()));
  }

  ask(asked: EventsRequest, force: boolean): void {
    void this.runner.run(asked, force);
    this.attach();
    this.points.recall(asked.request, asked.counting);
  }

  clearSelection(): boolean {
    return this.points.clear();
  }

  dispose(): void {
    this.runner.dispose();
    this.points.dispose();
  }

  private attach(): void {
    const {state} = this.runner;
    if (state.kind !== 'ready' || state.data === this.shown || !this.isCurrent())
      return;
    this.shown = state.data;
    this.count(state.data.counting);
    this.points.attach(state.data.frame, state.data.request, state.data.counting);
  }

  private panel(chart: Chart, definition: string, note: (answer: EventsAnswer) => string): Panel<EventsAnswer> {
    return new Panel<EventsAnswer>({title: '', content: chart, definition, note, states: this.runner.states,
      retry: () => void this.runner.retry(), cancel: () => this.runner.cancel(), zone: () => this.app.filters.zone,
      empty: 'Nothing was logged in this range.', exports: {frame: (a) => a.frame, chart: chart.root, app: this.app}});
  }

  /** The charts count one number: events, or what the drill-down says. */
  private count(counting: Counting | undefined): void {
    const column = counting === 'errors' ? 'errors' : 'events';
    this.lines.setOptions({yColumnNames: [column]});
    this.dots.setOptions({sizeColumnName: column});
    for (const {panel, by} of this.panels)
      panel.title = `${kindOf(counting)} ${by}`;
  }

  private linesNote({frame, request, counting, note}: EventsAnswer): string {
    const [events, errors] = [sumOf(frame, 'events'), sumOf(frame, 'errors')];
    const numbers = counting === 'errors' ? formatNumberOf(errors, 'error') :
      counting === 'runs' ? formatNumberOf(events, 'function run') :
        `${formatNumberOf(events, 'event')}, ${formatNumberOf(errors, 'error')}`;
    return [unitLabel(request.unit), request.zone, numbers, note].filter((text) => text !== '').join(' · ');
  }
}
