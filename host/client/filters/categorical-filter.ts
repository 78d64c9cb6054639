import type * as DG from 'datagrok-api/dg';
import {categoriesOf, type Categories} from '../viewers/column-values.ts';
import {maskWhere, type Mask} from '../viewers/mask.ts';
import {ColumnFilter, type FilterState} from './column-filter.ts';

/** More categories are not drawn at once; the search box finds them. */
const mostShown = 200;
const searchFrom = 12;

/** Categories to tick: a click on the box toggles one, a click on the name keeps that one alone. */
export class CategoricalFilter extends ColumnFilter {
  readonly filterType = 'categorical';
  /** Names that pass; null for all. Names and not indexes, for those change with the data. */
  private chosen: Set<string> | null = null;
  private readonly list = document.createElement('div');
  private readonly search = document.createElement('input');

  constructor(column: DG.Column, changed: () => void) {
    super(column, changed);
    this.list.className = 'd4-filter-list';
    this.search.type = 'search';
    this.search.placeholder = 'Search';
    this.search.className = 'd4-filter-search';
    this.search.setAttribute('aria-label', `Search in ${column.name}`);
    this.search.addEventListener('input', () => this.show());
    this.controls.append(this.search, this.list);
    this.refresh();
  }

  private get categories(): Categories {return categoriesOf(this.column);}

  protected get restricts(): boolean {
    return this.chosen != null && this.categories.names.some((name) => !this.chosen!.has(name));
  }

  rows(): Mask {
    const {codes, names} = this.categories;
    const pass = names.map((name) => this.chosen == null || this.chosen.has(name));
    return maskWhere(this.column.length, (row) => pass[codes[row]]);
  }

  get summary(): string {
    const names = [...this.chosen ?? []];
    return names.length === 1 ? captionOf(names[0]) : `${names.length} of ${this.categories.names.length}`;
  }

  protected clear(): void {
    this.chosen = null;
  }

  protected criteria(): Record<string, any> {
    return {selected: [...this.chosen ?? this.categories.names]};
  }

  protected setCriteria(state: FilterState): void {
    this.chosen = state.selected == null ? null : new Set(Array.from(state.selected as Iterable<any>, String));
  }

  protected show(): void {
    const {names, codes} = this.categories;
    const counts = new Int32Array(names.length);
    for (const code of codes)
      counts[code]++;
    this.search.hidden = names.length < searchFrom;
    const wanted = this.search.value.trim().toLowerCase();
    const found = names.map((_, i) => i).filter((i) => counts[i] > 0 && names[i].toLowerCase().includes(wanted));
    const rows = found.slice(0, mostShown).map((i) => this.row(names[i], counts[i]));
    if (found.length > mostShown) {
      const rest = document.createElement('div');
      rest.className = 'd4-filter-rest';
      rest.textContent = `and ${(found.length - mostShown).toLocaleString('en-US')} more: search to see them`;
      rows.push(rest);
    }
    const focused = [...this.list.children].findIndex((row) => row.contains(document.activeElement));
    this.list.replaceChildren(...rows);
    if (focused >= 0)
      rows[focused]?.querySelector('input')?.focus();
  }

  private row(name: string, count: number): HTMLElement {
    const box = document.createElement('input');
    box.type = 'checkbox';
    box.checked = this.chosen == null || this.chosen.has(name);
    box.setAttribute('aria-label', captionOf(name));
    box.addEventListener('change', () => this.toggle(name, box.checked));
    const text = document.createElement('span');
    text.className = 'd4-filter-category';
    text.textContent = captionOf(name);
    text.title = captionOf(name);
    text.addEventListener('click', () => this.only(name));
    const number = document.createElement('span');
    number.className = 'd4-filter-count';
    number.textContent = count.toLocaleString('en-US');
    const row = document.createElement('div');
    row.className = 'd4-filter-row';
    row.append(box, text, number);
    return row;
  }

  private toggle(name: string, on: boolean): void {
    this.chosen ??= new Set(this.categories.names);
    if (on)
      this.chosen.add(name);
    else
      this.chosen.delete(name);
    this.update();
  }

  /** Keeps one category; the same again lets all pass. */
  private only(name: string): void {
    this.chosen = this.chosen?.size === 1 && this.chosen.has(name) ? null : new Set([name]);
    this.update();
  }
}

const captionOf = (name: string): string => name === '' ? '(no value)' : name;
