import type * as DG from 'datagrok-api/dg';
import * as ui from 'datagrok-api/ui';
import type {Observable} from 'rxjs';
import * as grok from 'datagrok-api/grok';
import {FIRST_PAGE, nextPage, previousPage, readPage, writePage, type PagePlace} from '../core/page-place';
import type {UsageRequest} from '../core/request';
import {formatCount, formatNumberOf} from '../core/format';
import {isoMicros} from '../data/entity-log';
import {Runner, type State} from '../data/runner';
import {div} from './dom';
import {Panel} from './panel';
import {Table, type TableOptions} from './table';
import type {AppContext} from './tab-view';

/** Where a page begins: after this row, in the order of the query. Null is the first page. */
export interface Cursor {
  /** Undefined when an address named the row: the server knows its time. */
  readonly time?: string;
  readonly id: string;
}

/** One page of rows, newest first, with the number of all that match. */
export interface Page {
  readonly frame: DG.DataFrame;
  readonly total: number;
}

export interface PagesOptions extends TableOptions {
  readonly app: AppContext;
  readonly title: string;
  readonly definition?: string;
  readonly empty?: string;
  readonly pageSize: number;
  /** Asks for one page. Rows carry `time` and `id` by which the next page begins. */
  ask(request: UsageRequest, cursor: Cursor | null, signal: AbortSignal): Promise<DG.DataFrame>;
  /** Column with the instant that the order goes by. */
  readonly timeColumn: string;
  /** More to be said of a page beside the number of rows. */
  note?(request: UsageRequest): string;
  /** Controls of the table, in the header of its panel. */
  readonly tools?: HTMLElement;
}

interface PageRequest {
  readonly request: UsageRequest;
  readonly cursor: Cursor | null;
  /** What else the rows depend on: the chosen function or event type. */
  readonly key: string;
}

/** A table that the server pages: never more than one page in the browser, however many rows there are. */
export class Pages {
  readonly table: Table;
  readonly panel: Panel<Page>;
  private readonly runner: Runner<PageRequest, Page>;
  private readonly bar = div('ua-pages');
  private request: UsageRequest | null = null;
  private key = '';
  private place: PagePlace = FIRST_PAGE;
  /** Times of rows before pages, in full precision, for those that are gone when the page is asked for again. */
  private readonly times = new Map<string, string>();

  constructor(private readonly options: PagesOptions) {
    const {app} = options;
    this.table = new Table(options);
    this.runner = new Runner<PageRequest, Page>(async ({request, cursor}, signal) => {
      const frame = await options.ask(request, cursor, signal);
      return {frame, total: frame.rowCount === 0 ? 0 : Number(frame.get('total', 0))};
    }, {key: ({request, cursor, key}) => JSON.stringify([request.key, cursor, key]),
      isEmpty: (page) => page.frame.rowCount === 0});
    this.panel = new Panel<Page>({title: options.title, definition: options.definition, empty: options.empty,
      states: this.runner.states, content: this.table, zone: () => app.filters.zone,
      retry: () => void this.runner.retry(), cancel: () => this.runner.cancel(),
      exports: {frame: (page) => page.frame, app}, tools: options.tools,
      note: (page) => [formatNumberOf(page.total, 'row'), 'times in UTC',
        this.request == null ? '' : options.note?.(this.request) ?? ''].filter((text) => text !== '').join(' · ')});
    this.panel.root.append(this.bar);
    this.panel.sub(this.runner.states.subscribe((state) => {
      if (state.kind === 'ready' || state.kind === 'empty')
        this.showBar(state.data);
      if (state.kind === 'empty' && this.place.index > 0)
        this.lost();
    }));
  }

  get frame(): DG.DataFrame | null {
    const {state} = this.runner;
    return state.kind === 'ready' || state.kind === 'stale' ? state.data.frame : null;
  }

  get states(): Observable<State<Page>> {return this.runner.states;}

  /** Whether the first page is on screen. */
  get isFirst(): boolean {return this.place.index === 0;}

  /**
   * Asks for the page that the address names. Another question begins at its first page, unless the address changed
   * its page along with it, as a step back does.
   * @param key what the rows depend on beside the request.
   */
  ask(request: UsageRequest, key = '', force = false): void {
    const {page} = this.options.app.filters.value.state;
    const isOther = this.request != null && (this.request.key !== request.key || this.key !== key);
    this.request = request;
    this.key = key;
    const named = readPage(page);
    if (named == null)
      grok.shell.warning('There is no such page; the first one is shown');
    if (named == null || isOther && page.length > 0 && page.join() === writePage(this.place).join())
      return this.turn(FIRST_PAGE, force);
    this.place = named;
    this.run(force);
  }

  dispose(): void {
    this.runner.dispose();
  }

  private run(force = false): void {
    const id = this.place.before.at(-1);
    if (this.request != null)
      void this.runner.run({request: this.request, cursor: id == null ? null : {id, time: this.times.get(id)},
        key: this.key}, force);
  }

  /** Goes to a page, in the address too. */
  private turn(place: PagePlace, force = false): void {
    this.place = place;
    this.run(force);
    // Whoever is being told of a change of the state now must hear of this one later.
    queueMicrotask(() => this.options.app.filters.set({page: writePage(place)}));
  }

  private lost(): void {
    grok.shell.info('The page that was asked for is no longer there; the first one is shown');
    this.turn(FIRST_PAGE);
  }

  private showBar({frame, total}: Page): void {
    const first = this.place.index * this.options.pageSize;
    const shown = `${formatCount(Math.min(first + 1, total))}–${formatCount(first + frame.rowCount)} of ${formatCount(total)}`;
    const newer = ui.button('Newer', () => this.turn(previousPage(this.place)), 'The page before');
    const newest = ui.button('Newest', () => this.turn(FIRST_PAGE), 'The first page');
    const older = ui.button('Older', () => {
      const last = frame.rowCount - 1;
      const micros = frame.getCol(this.options.timeColumn).getRawData()[last];
      const id: string = frame.get('id', last);
      this.times.set(id, isoMicros(micros));
      this.turn(nextPage(this.place, id));
    }, 'The next page');
    newer.disabled = newest.disabled = this.isFirst;
    older.disabled = first + frame.rowCount >= total;
    this.bar.replaceChildren(newest, newer, div('ua-pages-text', shown), older);
  }
}
