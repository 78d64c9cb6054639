import * as ui from 'datagrok-api/ui';
import {onKill} from '../interop/life-cycle.ts';
import {box, text} from '../shell/dom.ts';
import {LEVELS} from '../log/levels.ts';
import type {PostedRecord} from '../log/queue.ts';
import type {LogHistory} from './history.ts';
import {matcher} from './matcher.ts';
import {recordDetails} from './record-details.ts';
import {RecordList} from './record-list.ts';

/** So many rows are on the page at once; the status says when there are more. */
const MOST_ROWS = 500;

const number = (n: number): string => n.toLocaleString('en-US');

/** The client's log, live: filters, the records that fit them, and the parameters of the chosen one. */
export class LogPanel {
  readonly root = box('grok-inspector-log');
  private readonly levels = new Set<string>(LEVELS);
  private readonly search = document.createElement('input');
  private readonly status = text('grok-inspector-status', '');
  private readonly list = new RecordList((record) => this.showDetails(record));
  private details = recordDetails(null);
  /** What was there when it was paused; null while it is live. */
  private paused: readonly PostedRecord[] | null = null;
  private isPending = false;

  constructor(private readonly history: LogHistory) {
    this.search.type = 'search';
    this.search.className = 'grok-entity-search';
    this.search.placeholder = 'Search messages, types and parameters';
    this.search.setAttribute('aria-label', this.search.placeholder);
    this.search.addEventListener('input', () => this.show());
    this.status.setAttribute('role', 'status');
    this.root.append(this.bar(), box('grok-inspector-work', this.list.root, this.details));
    const changes = history.changed.subscribe(() => this.showSoon());
    onKill(this.root, () => changes.unsubscribe());
    this.show();
  }

  private bar(): HTMLElement {
    const levels = box('grok-inspector-levels', ...LEVELS.map((level) => this.levelButton(level)));
    levels.setAttribute('role', 'group');
    levels.setAttribute('aria-label', 'Levels');
    const pause = toggle('Pause', false, (on) => {
      this.paused = on ? [...this.history.records] : null;
      this.show();
    });
    const clear = ui.button('Clear', () => {
      if (this.paused != null)
        this.paused = [];
      this.history.clear();
      this.show();
    }, 'Forget the records shown here; what was posted stays on the server');
    return box('grok-entity-list-header grok-inspector-bar', levels, this.search, pause, clear, this.status);
  }

  private levelButton(level: string): HTMLElement {
    const button = toggle(level, true, (on) => {
      if (on)
        this.levels.add(level);
      else
        this.levels.delete(level);
      this.show();
    });
    button.dataset.level = level;
    return button;
  }

  /** Once per animation frame, however much is logged. */
  private showSoon(): void {
    if (this.paused != null || this.isPending)
      return;
    this.isPending = true;
    requestAnimationFrame(() => {
      this.isPending = false;
      this.show();
    });
  }

  private show(): void {
    const records = this.paused ?? this.history.records;
    const found = records.filter(matcher(this.levels, this.search.value));
    const shown = found.slice(-MOST_ROWS);
    this.list.show(shown);
    const parts = [found.length === records.length ? `${number(records.length)} records` :
      `${number(found.length)} of ${number(records.length)} records`];
    if (shown.length < found.length)
      parts.push(`the latest ${number(MOST_ROWS)} are shown`);
    if (this.history.dropped > 0)
      parts.push(`${number(this.history.dropped)} older ones were dropped`);
    if (this.paused != null)
      parts.push('paused');
    this.status.textContent = parts.join(', ');
  }

  private showDetails(record: PostedRecord | null): void {
    const details = recordDetails(record);
    this.details.replaceWith(details);
    this.details = details;
  }
}

/** A button that stays down. */
function toggle(caption: string, isOn: boolean, onChange: (on: boolean) => void): HTMLButtonElement {
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'ui-btn grok-inspector-toggle';
  button.textContent = caption;
  button.setAttribute('aria-pressed', String(isOn));
  button.addEventListener('click', () => {
    const on = button.getAttribute('aria-pressed') !== 'true';
    button.setAttribute('aria-pressed', String(on));
    onChange(on);
  });
  return button;
}
