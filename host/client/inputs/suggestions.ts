import {autoUpdate, computePosition, flip, offset, shift, size} from '@floating-ui/dom';
import {itemText} from './item-text.ts';

/** More suggestions than this are not listed: a note says that there are others. */
const MOST = 50;
let counter = 0;

/**
 * The list under a text field: a listbox whose active item is told to screen readers through the field. The field keeps
 * the focus all the time.
 */
export class Suggestions {
  private readonly root = document.createElement('div');
  private readonly list = document.createElement('div');
  private readonly note = document.createElement('div');
  private readonly id = `ui-input-suggestions-${++counter}`;
  private shown: any[] = [];
  private active = -1;
  private stop: (() => void) | null = null;

  /** @param toText what a person reads for an item */
  constructor(private readonly field: HTMLInputElement, private readonly toText: (item: any) => string,
    private readonly onPick: (item: any, e: Event) => void) {
    this.root.className = 'ui-input-suggestions';
    this.list.id = this.id;
    this.list.setAttribute('role', 'listbox');
    this.note.className = 'ui-input-note';
    this.root.append(this.list, this.note);
    // A press inside would take the focus from the field, and so close the list before the click.
    this.root.addEventListener('mousedown', (e) => e.preventDefault());
    this.list.addEventListener('click', (e) => this.onClick(e));
    field.setAttribute('role', 'combobox');
    field.setAttribute('aria-autocomplete', 'list');
    field.setAttribute('aria-expanded', 'false');
  }

  get isOpen(): boolean {return this.stop != null;}
  get activeItem(): any {return this.shown[this.active] ?? null;}

  /** Opens under the field. @param message instead of, or besides, the items */
  show(items: any[], message = ''): void {
    this.shown = items.slice(0, MOST);
    this.list.replaceChildren(...this.shown.map((item, i) => this.row(item, i)));
    this.note.textContent = message !== '' ? message : items.length > MOST ?
      `The first ${MOST} are shown: type to narrow` : items.length === 0 ? 'Nothing found' : '';
    this.activate(items.length > 0 && message === '' ? 0 : -1);
    if (!this.isOpen)
      this.open();
  }

  close(): void {
    this.stop?.();
    this.stop = null;
    this.root.remove();
    this.active = -1;
    this.field.setAttribute('aria-expanded', 'false');
    this.field.removeAttribute('aria-activedescendant');
  }

  move(by: number): void {
    const n = this.shown.length;
    if (n > 0)
      this.activate((this.active + by + n) % n);
  }

  private open(): void {
    document.body.append(this.root);
    this.field.setAttribute('aria-expanded', 'true');
    this.field.setAttribute('aria-controls', this.id);
    const anchor = this.field.closest('.ui-input-editor') ?? this.field;
    this.stop = autoUpdate(anchor, this.root, () => void this.place(anchor));
  }

  private async place(anchor: Element): Promise<void> {
    const {x, y} = await computePosition(anchor, this.root, {
      strategy: 'fixed', placement: 'bottom-start',
      middleware: [offset(2), flip(), shift({padding: 4}), size({padding: 4, apply: ({availableHeight, rects}) => {
        this.root.style.maxHeight = `${Math.min(280, availableHeight)}px`;
        this.root.style.minWidth = `${Math.max(160, rects.reference.width)}px`;
      }})],
    });
    this.root.style.left = `${x}px`;
    this.root.style.top = `${y}px`;
  }

  private row(item: any, i: number): HTMLElement {
    const row = document.createElement('div');
    row.className = 'ui-input-suggestion';
    row.id = `${this.id}-${i}`;
    row.setAttribute('role', 'option');
    row.textContent = this.toText(item) || itemText(item);
    return row;
  }

  private activate(index: number): void {
    this.active = index;
    [...this.list.children].forEach((row, i) => {
      row.classList.toggle('d4-current', i === index);
      row.setAttribute('aria-selected', String(i === index));
    });
    if (index < 0)
      this.field.removeAttribute('aria-activedescendant');
    else {
      this.field.setAttribute('aria-activedescendant', `${this.id}-${index}`);
      this.list.children[index].scrollIntoView({block: 'nearest'});
    }
  }

  private onClick(e: MouseEvent): void {
    const index = [...this.list.children].findIndex((row) => row.contains(e.target as Node));
    if (index >= 0)
      this.onPick(this.shown[index], e);
  }
}
