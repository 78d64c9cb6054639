import * as DG from 'datagrok-api/dg';
import {isContinuous, isText} from '../viewers/column-values.ts';
import type {FrameChange} from '../viewers/frame-events.ts';
import {toBitSet} from '../viewers/mask.ts';
import {ViewerHandle} from '../viewers/viewer-handle.ts';
import type {ViewerType} from '../viewers/viewer-type.ts';
import {CategoricalFilter} from './categorical-filter.ts';
import type {ColumnFilter, FilterState} from './column-filter.ts';
import {RangeFilter} from './range-filter.ts';

/** Text with more different values than this gets no filter unless it is asked for. */
const mostCategories = 500;
const mostFilters = 30;

/**
 * The viewer `Filters`. It takes part in the table's filtering as the platform's filters do: when the table asks, each
 * filter takes out the rows that it rejects; when criteria change, it has the table ask again. So filters of several
 * viewers and packages add up.
 */
export class FiltersHandle extends ViewerHandle {
  private group: ColumnFilter[] = [];
  private subscription: {unsubscribe(): void} | null = null;
  private filtered: DG.DataFrame | null = null;
  private readonly holder = document.createElement('div');

  constructor(type: ViewerType) {
    super(type);
    this.holder.className = 'd4-filter-group';
    this.body.append(this.header(), this.holder);
    this.root.addEventListener('keydown', (e) => {
      if (e.key === 'Escape' && this.filtering.length > 0) {
        e.stopPropagation();
        this.resetView();
      }
    }, {capture: true});
  }

  protected createWrapper(): any {return new DG.FilterGroup(this);}

  get filters(): readonly ColumnFilter[] {return this.group;}
  get states(): FilterState[] {return this.group.map((f) => f.state);}
  get summary(): string {
    return this.filtering.map((f) => `${f.column.name}: ${f.summary}`).join('; ');
  }
  override get selectable(): boolean {return false;}

  private get filtering(): ColumnFilter[] {
    return this.look.get('active') === false ? [] : this.group.filter((f) => f.isFiltering);
  }

  /** @throws when the table has no such column. */
  add(state: FilterState): ColumnFilter {
    const name = state.column ?? state.columnName;
    const column = this.frame?.col(name);
    if (column == null)
      throw new Error(`There is nothing to filter: the table has no column ${name}`);
    const ranged = state.type === 'histogram' || state.type == null && isContinuous(column);
    const changed = (): void => this.criteriaChanged();
    const filter = ranged && isContinuous(column) ? new RangeFilter(column, changed) :
      new CategoricalFilter(column, changed);
    filter.apply(state);
    this.group.push(filter);
    this.holder.append(filter.root);
    this.emit('d4-filter-added', filter);
    return filter;
  }

  updateOrAdd(state: FilterState, request: boolean): void {
    const name = state.column ?? state.columnName;
    const existing = this.group.find((f) =>
      f.column.name === name && (state.type == null || f.filterType === state.type));
    if (existing != null)
      existing.apply(state);
    else
      this.add(state);
    if (request)
      this.criteriaChanged();
  }

  remove(filter: ColumnFilter): void {
    const filtering = filter.isFiltering;
    this.group = this.group.filter((f) => f !== filter);
    filter.root.remove();
    this.emit('d4-filter-removed', filter);
    if (filtering)
      this.criteriaChanged();
  }

  setActive(active: boolean): void {
    this.look.set('active', active);
  }

  /** Takes all criteria away. */
  override resetView(): void {
    const had = this.filtering.length > 0;
    for (const filter of this.group)
      filter.apply({type: filter.filterType, column: filter.column.name});
    if (had)
      this.criteriaChanged();
  }

  criteriaChanged(): void {
    this.frame?.rows.requestFilter();
    this.emit('d4-filter-criteria-changed', null);
  }

  protected override frameChanged(): void {
    this.release();
    this.holder.replaceChildren();
    this.group = [];
    const frame = this.frame;
    if (frame == null)
      return;
    this.filtered = frame;
    this.subscription = frame.onRowsFiltering.subscribe(() => this.filter(frame));
    for (const state of this.initialStates(frame))
      this.add(state);
    if (this.filtering.length > 0)
      this.criteriaChanged();
  }

  private initialStates(frame: DG.DataFrame): FilterState[] {
    const given = (this.look.get('filters') ?? []) as FilterState[];
    if (given.length > 0)
      return given.filter((s) => frame.col(s.column ?? s.columnName) != null);
    const named = this.look.get('columnNames') as string[] | null;
    const all = named == null ? frame.columns.toList().filter(suits).slice(0, mostFilters) :
      named.map((name) => frame.col(name)).filter((c) => c != null);
    return all.map((c) => ({type: isContinuous(c) ? 'histogram' : 'categorical', column: c.name}));
  }

  protected override onProperty(name: string): void {
    if (name === 'columnNames' || name === 'filters')
      this.frameChanged();
    if (name === 'active') {
      this.root.classList.toggle('d4-filters-disabled', this.look.get('active') === false);
      this.criteriaChanged();
    }
  }

  protected override changed(change: FrameChange): void {
    super.changed(change);
    if (change === 'values' || change === 'rows')
      for (const filter of this.group)
        filter.refresh();
    if (change === 'columns')
      for (const filter of this.group.filter((f) => this.frame!.col(f.column.name)?.dart !== f.column.dart))
        this.remove(filter);
  }

  private filter(frame: DG.DataFrame): void {
    for (const filter of this.filtering) {
      frame.filter.and(toBitSet(filter.rows(), frame.rowCount), false);
      frame.rows.filters.push(`${filter.column.name}: ${filter.summary}`);
    }
  }

  /** Leaves the table; what was filtered out here comes back. */
  private release(): void {
    const had = this.filtering.length > 0;
    this.subscription?.unsubscribe();
    this.subscription = null;
    if (had)
      this.filtered?.rows.requestFilter();
    this.filtered = null;
  }

  private header(): HTMLElement {
    const head = document.createElement('div');
    head.className = 'd4-filter-group-header';
    const reset = document.createElement('button');
    reset.type = 'button';
    reset.className = 'ui-btn ui-btn-ok';
    reset.textContent = 'Reset';
    reset.addEventListener('click', () => this.resetView());
    head.append(reset);
    return head;
  }

  /** Everything is made of elements that show themselves. */
  protected paint(): void {}

  override detach(): void {
    if (this.isDetached)
      return;
    this.release();
    super.detach();
  }
}

function suits(column: DG.Column): boolean {
  if (column.name.startsWith('~'))
    return false;
  return !isText(column) || column.categories.length > 1 && column.categories.length <= mostCategories;
}
