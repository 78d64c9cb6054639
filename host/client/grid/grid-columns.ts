import * as DG from 'datagrok-api/dg';
import {Handle} from '../interop/handle.ts';
import {GridColumnHandle} from './grid-column.ts';
import type {GridHandle} from './grid-handle.ts';

/** Columns of a grid, in the order of the screen, the row header first. */
export class GridColumnListHandle extends Handle {
  readonly kind = 'GridColumnList';
  private list: GridColumnHandle[] = [];
  /** Columns of the table that were here once: those taken out by hand do not come back. */
  private readonly known = new Set<any>();
  /** Columns that left the table a moment ago, in case they were replaced. */
  private readonly removed = new Map<string, {gridColumn: GridColumnHandle; index: number}>();

  constructor(private readonly grid: GridHandle) {
    super();
    this.list = [new GridColumnHandle(grid, null, true)];
  }

  protected createWrapper(): any {return new DG.GridColumnList(this);}

  get all(): readonly GridColumnHandle[] {return this.list;}
  get visible(): GridColumnHandle[] {return this.list.filter((c) => c.visible);}
  get rowHeader(): GridColumnHandle {return this.list[0];}

  /** Forgets everything and takes the columns of another table. */
  reset(frame: DG.DataFrame | null): void {
    this.known.clear();
    this.list = [new GridColumnHandle(this.grid, null, true)];
    this.add(frame?.columns.toList() ?? []);
  }

  /** Follows columns that were added to, removed from, or replaced in the table. */
  sync(frame: DG.DataFrame): void {
    const present = frame.columns.toList();
    const darts = new Set(present.map((c) => c.dart));
    for (const gc of this.list.filter((gc) => gc.column != null && !darts.has(gc.column.dart))) {
      this.removed.set(gc.column!.name, {gridColumn: gc, index: this.list.indexOf(gc)});
      this.list = this.list.filter((x) => x !== gc);
    }
    const fresh = present.filter((c) => !this.known.has(c.dart));
    const others = fresh.filter((c) => !this.replaced(c));
    if (this.grid.look.get('syncNewColumns') !== false)
      this.add(others);
    queueMicrotask(() => this.removed.clear());
  }

  /** The core replaces a column by taking out the old one and then adding the new one, in one go. */
  private replaced(column: DG.Column): boolean {
    const old = this.removed.get(column.name);
    if (old == null)
      return false;
    this.removed.delete(column.name);
    this.known.add(column.dart);
    old.gridColumn.rebind(column);
    this.list.splice(old.index, 0, old.gridColumn);
    return true;
  }

  private add(columns: DG.Column[]): void {
    for (const column of columns) {
      this.known.add(column.dart);
      this.list.push(new GridColumnHandle(this.grid, column));
    }
  }

  byIndex(index: number): GridColumnHandle | null {return this.list[index] ?? null;}

  /** Letter case is ignored, as the core does for columns. The row header has an empty name and is not found. */
  byName(name: string): GridColumnHandle | null {
    const data = this.list.slice(1);
    return data.find((c) => c.name === name) ?? data.find((c) => c.name.toLowerCase() === name?.toLowerCase()) ?? null;
  }

  of(column: DG.Column | null): GridColumnHandle | null {
    return column == null ? null : this.list.find((c) => c.column?.dart === column.dart) ?? null;
  }

  indexOf(column: GridColumnHandle): number {return this.list.indexOf(column);}

  /** The named columns come first, in this order; the others follow as they were. */
  setOrder(names: string[]): void {
    const first = names.map((name) => this.byName(name)).filter((c) => c != null);
    const rest = this.list.slice(1).filter((c) => !first.includes(c));
    this.list = [this.rowHeader, ...new Set(first), ...rest];
    this.grid.touch('layout');
  }

  /** Shows the named columns and hides the others. */
  setVisible(names: string[]): void {
    const shown = new Set(names.map((name) => this.byName(name)));
    for (const column of this.list.slice(1))
      column.visible = shown.has(column);
  }

  /** @param position index in this list; the row header stays first. */
  move(column: GridColumnHandle, position: number): void {
    const rest = this.list.filter((c) => c !== column);
    rest.splice(Math.max(1, position), 0, column);
    this.list = rest;
    this.grid.touch('layout');
  }

  /** Adds a column that exists in this grid alone; its cells are filled by `onCellPrepare` or a renderer. */
  insert(cellType: string, name: string | null, index: number | null): GridColumnHandle {
    const column = new GridColumnHandle(this.grid, null);
    column.cellType = cellType;
    column.name = name ?? cellType;
    this.list.splice(Math.max(1, index ?? this.list.length), 0, column);
    this.grid.touch('layout');
    return column;
  }

  removeAt(index: number): void {
    if (index < 1 || index >= this.list.length)
      return;
    this.list.splice(index, 1);
    this.grid.touch('layout');
  }

  clear(): void {
    this.list = [this.rowHeader];
    this.grid.touch('layout');
  }
}
