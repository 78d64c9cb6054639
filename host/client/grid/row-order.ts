import {has, rowsIn, type Mask} from '../viewers/mask.ts';
import {sortRows, type SortKey} from './sort-rows.ts';

/**
 * Which rows of the table a grid shows, and in which order: numbers of table rows, no values. Sorting the whole table
 * and leaving out rows are kept apart, so that a filter that changes does not sort again.
 */
export class RowOrder {
  private keys: SortKey[] = [];
  private given: Int32Array | null = null;
  private sorted: Int32Array | null = null;
  private shown: Int32Array | null = null;
  private places: Int32Array | null = null;

  /** @param source rows to show, and how many rows the table has; asked for when they are needed. */
  constructor(private readonly source: () => {rows: number; mask: Mask}) {}

  /** Sorts by columns; none means the order of the table. */
  sortBy(keys: SortKey[]): void {
    this.keys = keys;
    this.given = null;
    this.valuesChanged();
  }

  /** An order made by somebody else: numbers of table rows. Rows that it leaves out are not shown. */
  give(order: Int32Array): void {
    this.keys = [];
    this.given = order;
    this.valuesChanged();
  }

  /** The table has other values or rows. */
  valuesChanged(): void {
    this.sorted = null;
    this.rowsChanged();
  }

  /** Other rows of the table are to be shown. */
  rowsChanged(): void {
    this.shown = null;
    this.places = null;
  }

  /** Table row for each row of the grid. Do not write into it. */
  get rows(): Int32Array {
    return this.shown ??= this.compute();
  }

  get length(): number {return this.rows.length;}

  /** Table row of a grid row, -1 when there is none. */
  tableRow(gridRow: number): number {
    return this.rows[gridRow] ?? -1;
  }

  /** Grid row of a table row, -1 when it is not shown. */
  gridRow(tableRow: number): number {
    if (this.places == null) {
      this.places = new Int32Array(this.source().rows).fill(-1);
      for (let i = 0; i < this.rows.length; i++)
        this.places[this.rows[i]] = i;
    }
    return this.places[tableRow] ?? -1;
  }

  private compute(): Int32Array {
    const {rows, mask} = this.source();
    if (this.keys.length === 0 && this.given == null)
      return rowsIn(mask);
    this.sorted ??= this.given?.filter((row) => row >= 0 && row < rows) ?? sortRows(rows, this.keys);
    return this.sorted.filter((row) => has(mask, row));
  }
}
