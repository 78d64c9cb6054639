import {formatCount} from '../../core/format';
import {isEmptyAnswer} from '../../data/answer';
import {askEventTypes, eventsKey, type EventsAnswer, type EventsRequest} from '../../data/events';
import {Runner} from '../../data/runner';
import {div} from '../../ui/dom';
import {Panel} from '../../ui/panel';
import type {AppContext} from '../../ui/tab-view';
import {Table} from '../../ui/table';
import type {EventsView} from './events-view';
import {learnNames} from './names';
import {TypeDetails, type EventType} from './type-details';

/** The types of events with their numbers; below, what is known of the chosen one. */
export class TypesView implements EventsView {
  readonly root: HTMLElement;
  private readonly runner = new Runner<EventsRequest, EventsAnswer>(askEventTypes, {key: eventsKey,
    isEmpty: isEmptyAnswer});
  private readonly table: Table;
  private readonly details: TypeDetails;
  private readonly below = div('ua-type-below');
  private asked: EventsRequest | null = null;
  /** The type that is told below, with its numbers when it was last asked for. */
  private type: EventType | null = null;

  /** @param isCurrent whether the sub-view is on screen: the selection in the address is for that one. */
  constructor(private readonly app: AppContext, private readonly isCurrent: () => boolean) {
    const date = 'yyyy-MM-dd HH:mm';
    this.table = new Table({columns: [
      {name: 'source', caption: 'Source', width: 70}, {name: 'type', caption: 'Type', width: 200},
      {name: 'kind', caption: 'Kind', width: 65}, {name: 'events', caption: 'Events', width: 68, format: '#,##0'},
      {name: 'errors', caption: 'Errors', width: 62, format: '#,##0'},
      {name: 'users', caption: 'Users', width: 56, format: '#,##0'},
      {name: 'last_seen', caption: 'Last (UTC)', width: 125, format: date},
      {name: 'parameters', caption: 'Parameters', width: 88, format: '#,##0'},
      {name: 'first_seen', caption: 'First (UTC)', width: 125, format: date},
    ]});
    const panel = new Panel<EventsAnswer>({title: 'Event types', content: this.table, states: this.runner.states,
      definition: 'Types of the events in the range, with their numbers. Custom ones are declared by packages. First ' +
        'and last: within the range and the filters. Choose one to see its parameters, their values and its events.',
      retry: () => void this.runner.retry(), cancel: () => this.runner.cancel(), zone: () => app.filters.zone,
      empty: 'Nothing was logged in this range.', exports: {frame: (a) => a.frame, app},
      note: ({frame, note}) => [`${formatCount(frame.rowCount)} types`, 'times in UTC', note]
        .filter((text) => text !== '').join(' · ')});
    panel.root.classList.add('ua-grow-2');
    this.details = new TypeDetails(app);
    this.root = div('ua-subview', panel.root, this.below);
    panel.sub(this.table.currentRow.subscribe((row) => this.choose(row)));
    panel.sub(this.runner.states.subscribe((state) => {
      if (state.kind === 'ready')
        learnNames(app, state.data.frame);
      if (state.kind === 'ready' || state.kind === 'empty')
        this.refresh();
    }));
  }

  ask(asked: EventsRequest, force: boolean): void {
    this.asked = asked;
    void this.runner.run(asked, force);
    this.askAgain(asked, force);
    this.refresh();
  }

  clearSelection(): boolean {
    const had = this.app.filters.value.state.selected.length > 0;
    this.app.filters.set({selected: []});
    return had;
  }

  dispose(): void {
    this.runner.dispose();
    this.details.dispose();
  }

  private get frame(): EventsAnswer['frame'] | null {
    const {state} = this.runner;
    return state.kind === 'ready' ? state.data.frame : null;
  }

  private choose(row: number): void {
    const {frame} = this;
    if (frame == null || row < 0 || !this.isCurrent())
      return;
    const id = frame.get('type_id', row);
    const [chosen] = this.app.filters.value.state.selected;
    if (chosen !== id && !(chosen == null && row === 0))
      this.app.filters.set({selected: [id]});
  }

  /** What is on screen of a type is asked for beside the types, which need not wait for each other. */
  private askAgain(asked: EventsRequest, force: boolean): void {
    const [id] = this.app.filters.value.state.selected;
    if (this.type != null && this.details.root.isConnected && this.isCurrent() && (id ?? this.type.id) === this.type.id)
      this.details.show(asked, this.type, force);
  }

  /** Shows what the address says is chosen. */
  private refresh(): void {
    const [id] = this.app.filters.value.state.selected;
    const {state} = this.runner;
    if (!this.isCurrent() || this.asked == null || (state.kind !== 'ready' && state.kind !== 'empty'))
      return;
    if (state.kind === 'empty' && id == null)
      return this.below.replaceChildren();
    // Without a choice the largest type is told.
    const row = id == null ? 0 : (state.data.frame.getCol('type_id').toList() as string[]).indexOf(id);
    if (row < 0)
      return this.below.replaceChildren(div('ua-problem',
        `No event of the type "${id}" is in this range, under the filters on screen.`));
    if (state.data.frame.currentRowIdx !== row)
      state.data.frame.currentRowIdx = row;
    if (this.below.firstChild !== this.details.root)
      this.below.replaceChildren(this.details.root);
    const {frame} = state.data;
    this.type = {id: frame.get('type_id', row), name: frame.get('type', row), source: frame.get('source', row),
      events: frame.get('events', row), errors: frame.get('errors', row)};
    this.details.show(this.asked, this.type, false);
  }
}
