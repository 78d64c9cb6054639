import * as DG from 'datagrok-api/dg';
import type {GridCellHandle} from './grid-cell.ts';
import type {GridColumnHandle} from './grid-column.ts';
import type {GridHandle} from './grid-handle.ts';

/** Colours of cells by the colour coding of their columns. */
export class CellColors {
  /** Which columns have colour coding: asked for once per change, not once per cell. */
  private coded = new Map<GridColumnHandle, boolean>();

  constructor(private readonly grid: GridHandle) {}

  clear(): void {
    this.coded.clear();
  }

  /** ARGB; null for a cell without a value, and where there is no colour coding. */
  of(cell: GridCellHandle): number | null {
    const {column, categoryColors} = cell.gridColumn;
    const coding = this.grid.look.get('colorCoding');
    if (column == null || coding === 'None' || !cell.isTableCell || column.isNone(cell.tableRow))
      return null;
    const given = categoryColors?.[column.getString(cell.tableRow)];
    if (given != null)
      return given;
    let coded = this.coded.get(cell.gridColumn);
    if (coded == null)
      this.coded.set(cell.gridColumn, coded = column.meta.colors.getType() !== DG.COLOR_CODING_TYPE.OFF);
    return coded || coding === 'All' ? column.meta.colors.getColor(cell.tableRow) : null;
  }
}
