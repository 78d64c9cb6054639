import type * as DG from 'datagrok-api/dg';
import type {GridColumnHandle} from './grid-column.ts';
import type {GridHandle} from './grid-handle.ts';
import type {SortKey} from './sort-rows.ts';

/** What a grid is sorted by. It is kept in the look, under the names of columns, so that layouts can carry it. */
export class Sorting {
  constructor(private readonly grid: GridHandle) {}

  private get names(): string[] {return this.grid.look.get('sortByColumnNames') ?? [];}
  private get directions(): boolean[] {return this.grid.look.get('sortTypes') ?? [];}

  /** @param ascending one per column; true where it is missing. */
  by(columns: DG.Column[], ascending: boolean[] | null): void {
    this.grid.look.choose('sortByColumnNames', columns.map((c) => c.name));
    this.grid.look.choose('sortTypes', columns.map((_, i) => ascending?.[i] ?? true));
    this.apply();
  }

  /** Sorts as the look says; columns that the table lacks do not count. */
  apply(): void {
    const keys = this.names.map((name, i) =>
      ({column: this.grid.dataFrame?.col(name) ?? null, ascending: this.directions[i] ?? true}));
    this.grid.order.sortBy(keys.filter((k): k is SortKey => k.column != null));
    this.changed();
  }

  /** An order made by somebody else: numbers of table rows. */
  give(order: Int32Array): void {
    this.grid.look.choose('sortByColumnNames', []);
    this.grid.look.choose('sortTypes', []);
    this.grid.order.give(order);
    this.changed();
  }

  /** True for ascending, false for descending, null when the rows are not sorted by this column. */
  of(column: GridColumnHandle): boolean | null {
    const name = column.column?.name.toLowerCase();
    const place = this.names.findIndex((n) => n.toLowerCase() === name);
    return place < 0 ? null : this.directions[place] ?? true;
  }

  private changed(): void {
    this.grid.touch('layout');
    this.grid.emit('d4-grid-rows-sorted', null);
  }
}
