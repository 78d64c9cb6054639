import * as DG from 'datagrok-api/dg';
import {Handle} from '../interop/handle.ts';
import {cellText} from './cell-text.ts';
import {GridCellStyleHandle} from './grid-cell-style.ts';
import type {GridColumnHandle} from './grid-column.ts';
import type {GridHandle} from './grid-handle.ts';
import type {Box} from '../viewers/gestures.ts';

/** Where a cell is: `gridRow` counts rows of the screen from 0; -1 is the row of headers. */
export class GridCellHandle extends Handle {
  readonly kind = 'GridCell';
  readonly style: GridCellStyleHandle;
  /** Shown instead of the value. */
  customText: string | null = null;
  private ownCellType: string | null = null;
  private tableCell: any;

  constructor(readonly grid: GridHandle, readonly gridColumn: GridColumnHandle, readonly gridRow: number) {
    super();
    this.style = new GridCellStyleHandle(gridRow < 0 ? gridColumn.headerStyle : gridColumn.contentStyle);
  }

  protected createWrapper(): any {return new DG.GridCell(this);}

  get isColHeader(): boolean {return this.gridRow < 0;}
  get isRowHeader(): boolean {return this.gridColumn.isRowHeader && this.gridRow >= 0;}
  get isTableCell(): boolean {return this.gridRow >= 0 && !this.gridColumn.isRowHeader;}

  get tableRow(): number {return this.grid.order.tableRow(this.gridRow);}

  /** Core cell; it has no column in the row header and in columns of the grid alone. */
  get cell(): any {
    const frame = this.grid.dataFrame;
    return this.tableCell ??= frame == null ? null :
      (window as any).grok_DataFrame_Cell(frame.dart, this.tableRow, this.gridColumn.column?.name ?? '');
  }

  get value(): any {
    const column = this.gridColumn.column;
    const row = this.tableRow;
    return this.isTableCell && column != null && row >= 0 && !column.isNone(row) ? column.get(row) : null;
  }

  /** Text as shown, unless an element or a renderer takes its place. */
  get text(): string {
    if (this.customText != null)
      return this.customText;
    if (this.isColHeader)
      return this.gridColumn.caption;
    return this.gridColumn.isRowHeader ? `${this.tableRow + 1}` : cellText(this.gridColumn, this.tableRow);
  }

  get cellType(): string {return this.ownCellType ?? (this.isColHeader ? 'col header' : this.gridColumn.cellType);}
  set cellType(type: string) {
    this.ownCellType = type;
  }

  /** Pixels from the top left corner of the grid's root. */
  get bounds(): Box {return this.grid.boundsOf(this);}

  /** Colour by the column's colour coding, ARGB; white without one. */
  get color(): number {
    return this.grid.colors.of(this) ?? DG.Color.white;
  }

  /** Writes into the table. */
  setValue(value: any, notify: boolean): void {
    const column = this.gridColumn.column;
    if (column == null || !this.isTableCell)
      return;
    column.set(this.tableRow, value, notify);
    if (notify)
      this.grid.emit('d4-grid-cell-value-edited', this);
  }
}
