import * as DG from 'datagrok-api/dg';
import * as grok from 'datagrok-api/grok';
import * as ui from 'datagrok-api/ui';
import type {Observable, Subscription} from 'rxjs';
import type {State} from '../data/runner';
import {formatDuration, formatInstant} from '../core/format';
import {div, element} from './dom';
import {openAsTable, saveCsv, savePng, type ExportHeader} from './export';
import type {AppContext} from './tab-view';

/** What a panel shows when there is something to show. */
export interface PanelContent<T> {
  readonly root: HTMLElement;
  show(data: T): void;
  dispose?(): void;
}

export interface PanelOptions<T> {
  title: string;
  /** What the numbers mean; in the tooltip of the title. */
  definition?: string;
  states: Observable<State<T>>;
  content: PanelContent<T>;
  /** Asks again, after a failure. */
  retry: () => void;
  /** Gives up waiting. */
  cancel?: () => void;
  /** Words for "the answer came, and there is nothing in it", with what to try next. */
  empty?: string;
  /** What to try next when it is empty; an empty text where there is nothing to mend. */
  emptyHint?: string;
  /** Zone in which the as-of time is shown. */
  zone: () => string;
  /** What can be saved: the rows, and the chart that shows them. Without it the panel offers no export. */
  exports?: {
    frame: (data: T) => DG.DataFrame | null;
    chart?: HTMLElement;
    /** Filters in force, for the header of the file. */
    app: AppContext;
  };
  /** A line under the title that depends on the data: what was folded, cut, or does not apply. */
  note?: (data: T) => string | null;
  /** Controls of this panel alone, in its header. */
  tools?: HTMLElement;
}

/** A wait that is longer than this says how long it lasts, and can be cancelled. */
const PATIENCE = 2000;

/**
 * One chart or table with its title and its five states: loading, ready, empty, failed (message and Retry) and stale
 * (the old answer stays, dimmed, while the new one is awaited). A panel fails alone.
 */
export class Panel<T> extends DG.Widget {
  private readonly heading: HTMLElement;
  private readonly note = div('ua-panel-note');
  private readonly clock = div('ua-panel-clock');
  private readonly body: HTMLElement;
  private readonly cover = div('ua-panel-cover');
  private shown: {data: T, asOf: number} | null = null;
  private ticking: ReturnType<typeof setInterval> | undefined;
  private readonly subscription: Subscription;

  constructor(private readonly options: PanelOptions<T>) {
    super(div('ua-panel'));
    this.heading = div('ua-panel-title', options.title);
    if (options.definition != null)
      ui.tooltip.bind(this.heading, options.definition);
    this.body = div('ua-panel-body', options.content.root);
    const menu = options.exports == null ? null : this.menuIcon();
    this.root.append(div('ua-panel-header', this.heading, options.tools, this.note, this.clock, menu), this.body);
    this.body.append(this.cover);
    this.root.setAttribute('role', 'region');
    this.root.setAttribute('aria-label', options.title);
    this.toDart();
    this.subscription = options.states.subscribe((state) => this.show(state));
  }

  override get type(): string {return 'UsagePanel';}

  set title(text: string) {
    this.heading.textContent = text;
    this.root.setAttribute('aria-label', text);
  }

  override detach(): void {
    this.subscription.unsubscribe();
    clearInterval(this.ticking);
    this.options.content.dispose?.();
    super.detach();
  }

  private show(state: State<T>): void {
    clearInterval(this.ticking);
    this.root.dataset.state = state.kind;
    this.root.setAttribute('aria-busy', String(state.kind === 'loading' || state.kind === 'stale'));
    this.cover.replaceChildren();
    if (state.kind === 'ready' || state.kind === 'empty') {
      this.clock.textContent = `as of ${formatInstant(state.asOf, this.options.zone()).split(', ').pop()}`;
      ui.tooltip.bind(this.clock, `Asked ${formatInstant(state.asOf, this.options.zone())} (${this.options.zone()})`);
    }
    if (state.kind === 'ready' || state.kind === 'empty')
      this.shown = {data: state.data, asOf: state.asOf};
    if (state.kind === 'ready') {
      this.options.content.show(state.data);
      this.note.textContent = this.options.note?.(state.data) ?? '';
      // Narrow panels cut it.
      this.note.title = this.note.textContent;
    } else if (state.kind === 'empty') {
      this.note.textContent = '';
      this.cover.append(message('info-circle', this.options.empty ?? 'No activity in this range.',
        this.options.emptyHint ?? 'Choose a longer range or fewer filters.'));
    } else if (state.kind === 'failed')
      this.cover.append(message('exclamation-triangle', state.message, null,
        ui.button('Retry', () => this.options.retry(), 'Ask again')));
    else
      this.wait(state.since, state.kind === 'loading');
  }

  private menuIcon(): HTMLElement {
    const icon = ui.iconFA('ellipsis-v', (e: MouseEvent) => this.openMenu(e), 'Save or open what this panel shows');
    icon.classList.add('ua-panel-menu');
    return icon;
  }

  private openMenu(e: MouseEvent): void {
    const {exports} = this.options;
    const frame = this.shown == null ? null : exports!.frame(this.shown.data);
    const menu = DG.Menu.popup();
    const nothing = (): void => grok.shell.info('There is nothing to save yet');
    menu.item('Save as CSV', () => frame == null ? nothing() : saveCsv(frame, this.header()));
    if (exports!.chart != null)
      menu.item('Save as PNG', () => void savePng(exports!.chart!, this.header())
        .catch((error) => grok.shell.error(String(error?.message ?? error))));
    menu.item('Open as table', () => frame == null ? nothing() : openAsTable(frame, this.header()));
    menu.show({x: e.clientX, y: e.clientY});
  }

  private header(): ExportHeader {
    const {filters, labels} = this.options.exports!.app;
    return {title: this.heading.textContent ?? '', request: filters.request, asOf: this.shown!.asOf,
      filters: labels.lines(filters.value.state), note: this.note.textContent ?? ''};
  }

  private wait(since: number, first: boolean): void {
    const text = div('ua-panel-wait-text');
    const box = div('ua-panel-wait', first ? ui.loader() : null, text);
    this.cover.append(box);
    this.ticking = setInterval(() => {
      const waited = Date.now() - since;
      if (waited < PATIENCE)
        return;
      text.textContent = `${formatDuration(Math.floor(waited / 1000) * 1000)} `;
      if (this.options.cancel != null)
        text.append(ui.link('Cancel', () => this.options.cancel!(), 'Stop waiting for this answer'));
    }, 500);
  }
}

function message(icon: string, text: string, hint: string | null, action?: HTMLElement): HTMLElement {
  return div('ua-panel-message', ui.iconFA(icon), element('div', 'ua-panel-message-text', text),
    hint == null || hint === '' ? null : element('div', 'ua-panel-message-hint', hint), action);
}
