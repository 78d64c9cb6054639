import {itemKey, itemText} from './item-text.ts';

/** More items than this are reached by the filter above the list. */
const MOST = 200;
const FILTER_FROM = 12;

/** A list of check boxes which stays short: chosen items first, a filter when there are many, a note when it is cut. */
export class CheckList {
  readonly root = document.createElement('div');
  private readonly list = document.createElement('div');
  private readonly note = document.createElement('div');
  private readonly filter = document.createElement('input');
  private items: any[] = [];
  private chosen = new Set<string>();
  private inert = false;

  /** @param onChange called with all chosen items, in the order of the list, when the user changed them */
  constructor(private readonly onChange: (items: any[], e: Event) => void) {
    this.list.className = 'ui-input-check-list';
    this.note.className = 'ui-input-note';
    this.filter.type = 'text';
    this.filter.className = 'ui-input-check-filter';
    this.filter.placeholder = 'Filter';
    this.filter.setAttribute('aria-label', 'Filter the list');
    this.filter.addEventListener('input', (e) => {
      e.stopPropagation();
      this.render();
    });
    this.list.addEventListener('input', (e) => this.onCheck(e));
    this.root.append(this.filter, this.list, this.note);
  }

  set(items: any[], chosen: any[], inert: boolean): void {
    this.items = items;
    this.chosen = new Set(chosen.map(itemKey));
    this.inert = inert;
    this.filter.hidden = items.length < FILTER_FROM;
    this.render();
  }

  private render(): void {
    const words = this.filter.hidden ? '' : this.filter.value.trim().toLowerCase();
    const found = this.items.filter((item) => itemText(item).toLowerCase().includes(words));
    const shown = found.length <= MOST ? found : [...found.filter((x) => this.chosen.has(itemKey(x))),
      ...found.filter((x) => !this.chosen.has(itemKey(x)))].slice(0, MOST);
    this.list.replaceChildren(...shown.map((item) => this.row(item)));
    this.note.textContent = shown.length < found.length ? `${shown.length} of ${found.length} shown: filter to see others` :
      found.length === 0 && this.items.length > 0 ? 'Nothing matches' : '';
  }

  private row(item: any): HTMLElement {
    const label = document.createElement('label');
    const box = document.createElement('input');
    box.type = 'checkbox';
    box.checked = this.chosen.has(itemKey(item));
    box.disabled = this.inert;
    box.dataset.key = itemKey(item);
    label.className = 'ui-input-check-item';
    label.append(box, itemText(item));
    return label;
  }

  private onCheck(e: Event): void {
    const box = e.target as HTMLInputElement;
    if (box.checked)
      this.chosen.add(box.dataset.key!);
    else
      this.chosen.delete(box.dataset.key!);
    this.onChange(this.items.filter((item) => this.chosen.has(itemKey(item))), e);
  }
}
