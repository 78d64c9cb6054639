import type {PostedRecord} from '../log/queue.ts';
import {box, text} from '../shell/dom.ts';
import {valueText} from './matcher.ts';

/** Longest text of a cell; the details show all of it. */
const LONGEST = 300;

/** Records as rows, the newest at the bottom; follows the end unless the user has scrolled away from it. */
export class RecordList {
  readonly root = box('grok-inspector-list');
  private readonly rows = new Map<string, HTMLElement>();
  private chosen: string | null = null;

  /** @param onChosen told the record of the row that was chosen, null when it is gone. */
  constructor(private readonly onChosen: (record: PostedRecord | null) => void) {
    this.root.setAttribute('role', 'listbox');
    this.root.setAttribute('aria-label', 'Records of the log');
    this.root.tabIndex = 0;
    this.root.addEventListener('keydown', (e) => this.onKey(e));
  }

  /** Shows exactly these; rows that are there already stay, so that scrolling and choice are not disturbed. */
  show(records: readonly PostedRecord[]): void {
    const follows = this.root.scrollHeight - this.root.scrollTop - this.root.clientHeight < 4;
    const wanted = new Set(records.map(({id}) => id));
    for (const [id, row] of this.rows)
      if (!wanted.has(id)) {
        row.remove();
        this.rows.delete(id);
      }
    let place = this.root.firstElementChild;
    for (const record of records) {
      const row = this.rows.get(record.id) ?? this.add(record);
      if (row === place)
        place = row.nextElementSibling;
      else
        this.root.insertBefore(row, place);
    }
    if (follows)
      this.root.scrollTop = this.root.scrollHeight;
    if (this.chosen != null && !wanted.has(this.chosen))
      this.choose(null);
  }

  private add(record: PostedRecord): HTMLElement {
    const row = box('grok-inspector-row', text('grok-inspector-time', clock(record.time)),
      text('grok-inspector-level', record.level), text('grok-inspector-type', cut(record.type ?? '')),
      text('grok-inspector-message', cut(record.message)), text('grok-inspector-params', cut(summary(record))));
    row.dataset.level = record.level;
    row.dataset.id = record.id;
    row.setAttribute('role', 'option');
    row.setAttribute('aria-selected', 'false');
    row.id = `inspector-${record.id}`;
    row.addEventListener('click', () => this.choose(record));
    this.rows.set(record.id, row);
    return row;
  }

  private choose(record: PostedRecord | null): void {
    if (this.chosen != null)
      this.rows.get(this.chosen)?.setAttribute('aria-selected', 'false');
    this.chosen = record?.id ?? null;
    const row = record == null ? null : this.rows.get(record.id)!;
    row?.setAttribute('aria-selected', 'true');
    row?.scrollIntoView({block: 'nearest'});
    if (row == null)
      this.root.removeAttribute('aria-activedescendant');
    else
      this.root.setAttribute('aria-activedescendant', row.id);
    this.onChosen(record);
  }

  private onKey(e: KeyboardEvent): void {
    const rows = [...this.root.children] as HTMLElement[];
    const at = rows.findIndex((row) => row.dataset.id === this.chosen);
    const to = {ArrowDown: at + 1, ArrowUp: at < 0 ? rows.length - 1 : at - 1, Home: 0, End: rows.length - 1}[e.key];
    if (to == null)
      return;
    e.preventDefault();
    rows[Math.max(0, Math.min(rows.length - 1, to))]?.click();
  }
}

/** Time of the day in UTC, as everywhere in the host. */
const clock = (time: number): string => new Date(time).toISOString().slice(11, 23);

const summary = ({params}: PostedRecord): string =>
  Object.entries(params).map(([name, value]) => `${name}: ${cut(valueText(value))}`).join(', ');

/** One line of bounded length. */
const cut = (line: string): string => {
  const flat = line.slice(0, LONGEST + 1).replace(/\s+/g, ' ');
  return flat.length > LONGEST ? `${flat.slice(0, LONGEST)}…` : flat;
};
