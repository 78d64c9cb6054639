import type * as DG from 'datagrok-api/dg';
import * as grok from 'datagrok-api/grok';
import {formatCount, formatNumberOf} from '../../core/format';
import {isEmptyAnswer, type Answer} from '../../data/answer';
import {askEventRows, askParameterValues, askTypeParameters, eventsKey, type Counting, type EventsRequest,
  type ParameterRequest, type TypeRequest} from '../../data/events';
import {sumOf} from '../../data/points';
import {Runner} from '../../data/runner';
import {Chart} from '../../ui/chart';
import {div, element, linkButton} from '../../ui/dom';
import {Pages} from '../../ui/pages';
import {Panel} from '../../ui/panel';
import type {AppContext} from '../../ui/tab-view';
import {Table} from '../../ui/table';
import {eventPane} from './event-pane';
import {logColumns} from './log-view';

/** The chosen event type, with its numbers under the filters. */
export interface EventType {
  readonly id: string;
  readonly name: string;
  readonly source: string;
  readonly events: number;
  readonly errors: number;
}

const PAGE = 50;

/** One event type: its parameters, the values of one of them, and its events. */
export class TypeDetails {
  readonly root: HTMLElement;
  private readonly parameters = new Runner<TypeRequest, Answer>(askTypeParameters, {isEmpty: isEmptyAnswer,
    key: (asked) => `${eventsKey(asked)} ${asked.type}`});
  private readonly values = new Runner<ParameterRequest, Answer>(askParameterValues, {isEmpty: isEmptyAnswer,
    key: (asked) => `${eventsKey(asked)} ${asked.type} ${asked.parameter}`});
  private readonly table = new Table({columns: [
    {name: 'name', caption: 'Name', width: 110}, {name: 'value_type', caption: 'Type', width: 74},
    {name: 'events', caption: 'Events', width: 62, format: '#,##0'},
    {name: 'distinct_values', caption: 'Different', width: 72, format: '#,##0'},
    {name: 'nulls', caption: 'Without', width: 65, format: '#,##0'},
    {name: 'min_number', caption: 'Min', width: 65, format: '#,##0.##'},
    {name: 'p50_number', caption: 'Median', width: 65, format: '#,##0.##'},
    {name: 'max_number', caption: 'Max', width: 65, format: '#,##0.##'},
  ]});
  private readonly heading = div('ua-type-heading');
  private readonly parameterPanel: Panel<Answer>;
  private readonly valuePanel: Panel<Answer>;
  private readonly pages: Pages;
  private asked: TypeRequest | null = null;
  /** The parameter whose values are on screen. */
  private valued: {type: string, parameter: string} | null = null;
  private control = new AbortController();

  constructor(private readonly app: AppContext) {
    const zone = (): string => app.filters.zone;
    this.parameterPanel = new Panel<Answer>({title: 'Parameters', content: this.table, zone,
      states: this.parameters.states, retry: () => void this.parameters.retry(),
      cancel: () => this.parameters.cancel(), exports: {frame: (a) => a.frame, app},
      definition: 'What is logged with events of this type. Events: with a value. Without: events that lack one. ' +
        'Minimum, median and maximum are of the values that are numbers.',
      empty: 'This type declares no parameters.', note: (a) => a.note});
    const bars = new Chart('Bar chart', {splitColumnName: 'bar', valueColumnName: 'events', valueAggrType: 'sum',
      barSortType: 'by category', barSortOrder: 'asc', maxBarHeight: 22, onClick: 'None', showValueSelector: false,
      showCategorySelector: false, showStackSelector: false, showSelectedRows: false, maxCategoryWidth: 200});
    this.valuePanel = new Panel<Answer>({title: 'Values', content: bars, zone, states: this.values.states,
      retry: () => void this.values.retry(), cancel: () => this.values.cancel(),
      exports: {frame: (a) => a.frame, chart: bars.root, app},
      definition: 'Events by value of the parameter, the most frequent values apart from each other.',
      empty: 'No event has a value of this parameter.', note: (a) => this.valueNote(a)});
    this.pages = new Pages({app, title: 'Events of this type', pageSize: PAGE, timeColumn: 'time',
      columns: logColumns.filter(({name}) => !['source', 'type'].includes(name)),
      definition: 'The events of the chosen type, the newest first. Choose one to see all of it.',
      ask: (_, cursor, signal) => askEventRows({...this.asked!, types: [this.asked!.type]}, cursor, PAGE, signal)});
    this.root = div('ua-type', this.heading, div('ua-type-values', this.parameterPanel.root, this.valuePanel.root),
      this.pages.panel.root);
    this.parameterPanel.sub(this.table.currentRow.subscribe((row) => this.choose(row)));
    this.parameterPanel.sub(this.parameters.states.subscribe(() => this.askValues()));
    this.pages.panel.sub(this.pages.table.currentRow.subscribe((row) => this.showEvent(row)));
  }

  /** Asks for what belongs to the type; what is answered already is not asked again. */
  show(asked: EventsRequest, type: EventType, force: boolean): void {
    // Errors outside any session are no events: a type that has nothing else is told by them.
    const counting = asked.counting ?? (type.events === 0 && type.errors > 0 ? 'errors' : undefined);
    this.asked = {...asked, counting, type: type.id};
    this.showHeading(type, asked.counting);
    void this.parameters.run(this.asked, force);
    this.pages.ask(asked.request, `${type.id} ${counting ?? ''}`, force);
    this.askValues(force);
  }

  dispose(): void {
    this.control.abort();
    this.parameters.dispose();
    this.values.dispose();
    this.pages.dispose();
  }

  private showHeading({id, name, source, events, errors}: EventType, counting: Counting | undefined): void {
    const {filters, labels} = this.app;
    const open = (text: string, measure: Counting): HTMLElement => linkButton(text, () => {
      labels.learn('types', [{id, label: name}]);
      filters.drill('Events', {view: 'log', types: [id], measure});
    }, 'Show these rows of the log');
    this.heading.replaceChildren(element('span', 'ua-panel-title', name), element('span', 'ua-panel-note', source),
      ...(counting == null ? [events > 0 ? open(formatNumberOf(events, 'event'), 'events') : '',
        errors > 0 ? open(formatNumberOf(errors, 'error'), 'errors') : ''] :
        [open(formatNumberOf(counting === 'errors' ? errors : events, counting.slice(0, -1)), counting)])
        .filter((part) => part !== ''));
  }

  private get frame(): DG.DataFrame | null {
    const {state} = this.parameters;
    return state.kind === 'ready' ? state.data.frame : null;
  }

  /** Row of the parameter that the address names; the first one when it names none, -1 when it is not there. */
  private get chosen(): number {
    const {frame} = this;
    const id = this.app.filters.value.state.selected[1];
    return frame == null ? -1 : id == null ? 0 : (frame.getCol('parameter_id').toList() as string[]).indexOf(id);
  }

  private askValues(force = false): void {
    const {frame, asked, chosen} = this;
    const {state} = this.parameters;
    this.valuePanel.root.style.display = state.kind === 'empty' ? 'none' : '';
    const id = this.app.filters.value.state.selected[1];
    // While the parameters are awaited, the values of the one on screen are asked for again.
    const {type, parameter} = this.valued ?? {};
    if (frame == null && asked != null && type === asked.type && parameter != null && (id ?? parameter) === parameter)
      void this.values.run({...asked, parameter}, force);
    if (frame == null || asked == null)
      return;
    if (chosen < 0) {
      this.app.filters.set({selected: [asked.type]});
      return grok.shell.warning(`The event type has no parameter "${id}"`);
    }
    if (frame.currentRowIdx !== chosen)
      frame.currentRowIdx = chosen;
    this.valuePanel.title = `Values of ${frame.get('name', chosen)}`;
    this.valued = {type: asked.type, parameter: frame.get('parameter_id', chosen)};
    void this.values.run({...asked, parameter: this.valued.parameter}, force);
  }

  private choose(row: number): void {
    const {frame, asked} = this;
    if (frame == null || asked == null || row < 0 || row === this.chosen)
      return;
    this.app.filters.set({selected: [asked.type, frame.get('parameter_id', row)]});
  }

  private valueNote({frame, note}: Answer): string {
    const {frame: parameters, chosen} = this;
    const number = (name: string): number | null => parameters == null || chosen < 0 ||
      parameters.getCol(name).isNone(chosen) ? null : Number(parameters.get(name, chosen));
    const [min, median, max] = ['min_number', 'p50_number', 'max_number'].map(number);
    const without = number('nulls') ?? 0;
    return [formatNumberOf(sumOf(frame, 'events'), 'event'), without > 0 ? `${formatCount(without)} without a value` : '',
      min == null || median == null || max == null ? '' :
        `min ${formatCount(min)}, median ${formatCount(median)}, max ${formatCount(max)}`, note]
      .filter((text) => text !== '').join(' · ');
  }

  private showEvent(row: number): void {
    const {frame} = this.pages;
    this.control.abort();
    this.control = new AbortController();
    if (frame != null && row >= 0)
      grok.shell.o = eventPane(this.app, frame, row, this.control.signal);
  }
}
