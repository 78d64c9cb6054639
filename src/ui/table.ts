import * as DG from 'datagrok-api/dg';
import {Subject, type Subscription} from 'rxjs';
import {div} from './dom';
import type {HasFrame} from './chart';
import type {PanelContent} from './panel';

export interface TableColumn {
  readonly name: string;
  readonly caption?: string;
  readonly width?: number;
  /** Format of the platform: `#,##0`, `MMM dd, yyyy HH:mm`, `0.0%`. */
  readonly format?: string;
}

export interface TableOptions {
  /** Columns to show, in order; others of the frame stay out of sight. A function where they depend on the frame. */
  readonly columns: readonly TableColumn[] | ((frame: DG.DataFrame) => readonly TableColumn[]);
  /** Order in which a frame is shown first; the order of its rows when left out. */
  readonly order?: {readonly column: string, readonly descending: boolean};
}

/** A native grid as the content of a panel; tells which row is the current one. */
export class Table implements PanelContent<HasFrame> {
  readonly root = div('ua-table');
  /** Row that became current by a click or a key; -1 when none is. */
  readonly currentRow = new Subject<number>();
  private grid: DG.Grid | null = null;
  private frame: DG.DataFrame | null = null;
  private columns: readonly TableColumn[] = [];
  private subscription: Subscription | null = null;

  constructor(private readonly options: TableOptions) {}

  show({frame}: HasFrame): void {
    if (frame === this.frame)
      return;
    this.frame = frame;
    const {columns, order} = this.options;
    this.columns = typeof columns === 'function' ? columns(frame) : columns;
    for (const {name, caption, format} of this.columns) {
      const column = frame.col(name);
      if (column == null)
        continue;
      if (format != null)
        column.meta.format = format;
      if (caption != null)
        column.meta.friendlyName = caption;
    }
    if (this.grid == null) {
      this.grid = DG.Viewer.grid(frame, {allowEdit: false, showRowHeader: false} as any);
      this.root.append(this.grid.root);
    } else
      this.grid.dataFrame = frame;
    this.arrange();
    if (order != null)
      this.grid.sort([order.column], [!order.descending]);
    this.subscription?.unsubscribe();
    this.subscription = frame.onCurrentRowChanged.subscribe(() => this.currentRow.next(frame.currentRowIdx));
  }

  /** Scrolls to a row of the frame, once a change of the layout has settled. */
  reveal(row: number): void {
    const {frame} = this;
    requestAnimationFrame(() => requestAnimationFrame(() => {
      if (this.grid != null && this.frame === frame && this.columns.length > 0)
        this.grid.scrollToCell(this.columns[0].name, this.grid.tableRowToGrid(row));
    }));
  }

  dispose(): void {
    this.subscription?.unsubscribe();
    this.currentRow.complete();
    this.grid?.detach();
    this.grid = null;
  }

  private arrange(): void {
    const {grid, frame} = this;
    const names = this.columns.map(({name}) => name).filter((name) => frame!.col(name) != null);
    grid!.columns.setVisible(names);
    grid!.columns.setOrder(names);
    for (const {name, width} of this.columns) {
      const column = names.includes(name) ? grid!.col(name) : null;
      if (column == null)
        continue;
      if (width != null)
        column.width = width;
      // A chart may share the frame and its colours; in a table coloured words read better than coloured boxes.
      column.isTextColorCoded = true;
    }
  }
}
