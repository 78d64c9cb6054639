import * as DG from 'datagrok-api/dg';
import {WidgetHandle} from '../interop/handle.ts';
import type {Mask} from '../viewers/mask.ts';

/** What a filter is about, as packages save and set it. */
export interface FilterState {
  type: string;
  column: string;
  columnName?: string;
  active?: boolean;
  [name: string]: any;
}

/** One filter of the group: a header with the column's name, and controls below. */
export abstract class ColumnFilter extends WidgetHandle {
  readonly kind: string = 'Filter';
  readonly root = document.createElement('div');
  protected readonly controls = document.createElement('div');
  private readonly box = document.createElement('input');
  private readonly note = document.createElement('span');

  /** @param changed told when other rows pass than before. */
  constructor(readonly column: DG.Column, protected readonly changed: () => void) {
    super();
    this.root.className = 'd4-filter';
    this.controls.className = 'd4-filter-controls';
    this.box.type = 'checkbox';
    this.box.checked = true;
    this.box.title = 'Use this filter';
    this.box.setAttribute('aria-label', `Use the filter of ${column.name}`);
    this.box.addEventListener('change', () => this.enable(this.box.checked));
    this.note.className = 'd4-filter-note';
    const name = document.createElement('span');
    name.className = 'd4-filter-column-name';
    name.textContent = column.name;
    name.title = column.name;
    const header = document.createElement('div');
    header.className = 'd4-filter-header';
    header.append(this.box, name, this.note);
    this.root.append(header, this.controls);
  }

  protected createWrapper(): any {return new DG.DartWidget(this);}

  abstract readonly filterType: string;
  /** Whether the criteria leave anything out. */
  protected abstract get restricts(): boolean;
  /** Rows that pass; asked for only while the filter restricts. */
  abstract rows(): Mask;
  /** In words: what passes. */
  abstract get summary(): string;
  /** Everything passes again; nobody is told. */
  protected abstract clear(): void;
  /** Brings the controls in line with the criteria. */
  protected abstract show(): void;
  protected abstract criteria(): Record<string, any>;
  protected abstract setCriteria(state: FilterState): void;

  get active(): boolean {return this.box.checked;}
  get isFiltering(): boolean {return this.active && this.restricts;}

  enable(active: boolean): void {
    this.box.checked = active;
    this.update();
  }

  expand(expanded: boolean): void {
    this.controls.hidden = !expanded;
  }

  reset(): void {
    this.clear();
    this.update();
  }

  get state(): FilterState {
    return {type: this.filterType, column: this.column.name, columnName: this.column.name, active: this.active,
      ...this.criteria()};
  }

  /** Takes over a saved state; nobody is told. */
  apply(state: FilterState): void {
    this.setCriteria(state);
    this.box.checked = state.active !== false;
    this.refresh();
  }

  /** The criteria changed by the user's hand. */
  protected update(): void {
    this.refresh();
    this.changed();
  }

  refresh(): void {
    this.root.classList.toggle('d4-filter-disabled', !this.active);
    this.root.classList.toggle('d4-filter-filtering', this.isFiltering);
    this.note.textContent = this.restricts ? this.summary : '';
    this.note.title = this.note.textContent;
    this.show();
  }
}
