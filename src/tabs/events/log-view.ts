import * as grok from 'datagrok-api/grok';
import {askEventRows, type EventsRequest} from '../../data/events';
import {div} from '../../ui/dom';
import {Pages} from '../../ui/pages';
import type {AppContext} from '../../ui/tab-view';
import {eventPane} from './event-pane';
import {learnNames} from './names';
import {kindOf, type EventsView} from './events-view';

const PAGE = 100;

export const logColumns = [
  {name: 'time', caption: 'Time (UTC)', width: 150, format: 'MMM dd, yyyy HH:mm:ss'},
  {name: 'user', caption: 'User', width: 140}, {name: 'source', caption: 'Source', width: 70},
  {name: 'type', caption: 'Type', width: 150}, {name: 'text', caption: 'Description', width: 320},
  {name: 'package', caption: 'Package', width: 130}, {name: 'function', caption: 'Function', width: 180},
];

/** The events themselves, paged by the server; the one that is chosen is told in the context panel. */
export class LogView implements EventsView {
  readonly root: HTMLElement;
  private readonly pages: Pages;
  private asked: EventsRequest | null = null;
  private control = new AbortController();

  /** @param isCurrent whether the sub-view is on screen: the selection in the address is for that one. */
  constructor(private readonly app: AppContext, private readonly isCurrent: () => boolean) {
    this.pages = new Pages({app, title: 'Log', pageSize: PAGE, timeColumn: 'time', columns: logColumns,
      definition: 'Every event that the filters let through, the newest first. Choose one to see all of it.',
      empty: 'No event matches the filters.',
      ask: (_, cursor, signal) => askEventRows(this.asked!, cursor, PAGE, signal)});
    this.pages.panel.root.classList.add('ua-grow-3');
    this.root = div('ua-subview', this.pages.panel.root);
    this.pages.panel.sub(this.pages.table.currentRow.subscribe((row) => this.choose(row)));
    this.pages.panel.sub(this.pages.states.subscribe(({kind}) => {
      if (kind === 'ready') {
        learnNames(this.app, this.pages.frame!);
        this.restore();
      }
    }));
  }

  ask(asked: EventsRequest, force: boolean): void {
    this.asked = asked;
    this.pages.panel.title = kindOf(asked.counting);
    this.pages.ask(asked.request, asked.counting ?? '', force);
  }

  clearSelection(): boolean {
    const {frame} = this.pages;
    if (frame == null || frame.currentRowIdx < 0)
      return false;
    frame.currentRowIdx = -1;
    return true;
  }

  dispose(): void {
    this.control.abort();
    this.pages.dispose();
  }

  private choose(row: number): void {
    const {frame} = this.pages;
    this.control.abort();
    this.control = new AbortController();
    if (frame == null || !this.isCurrent())
      return;
    this.app.filters.set({selected: row < 0 ? [] : [frame.get('id', row)]});
    grok.shell.o = row < 0 ? div('') : eventPane(this.app, frame, row, this.control.signal);
  }

  /** The event that the address names, when it is on the page. */
  private restore(): void {
    const {frame} = this.pages;
    const [id] = this.app.filters.value.state.selected;
    if (frame == null || id == null || !this.isCurrent())
      return;
    const row = (frame.getCol('id').toList() as string[]).indexOf(id);
    if (row >= 0)
      frame.currentRowIdx = row;
    else if (this.pages.isFirst) {
      grok.shell.info('The event that was selected is not among the newest of these');
      this.app.filters.set({selected: []});
    }
  }
}
