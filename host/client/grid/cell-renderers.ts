import * as DG from 'datagrok-api/dg';
import type {GridCellHandle} from './grid-cell.ts';

/** Renderers that packages registered, the newest first; they paint cells whose type is theirs. */
const registered: DG.GridCellRenderer[] = [];

export function registerRenderer(renderer: DG.GridCellRenderer): void {
  registered.unshift(renderer);
}

/** By name or by cell type, as packages use both. */
export function rendererByName(name: string): DG.GridCellRenderer | null {
  return registered.find((r) => r.name === name || r.cellType === name) ?? null;
}

/** The renderer of a cell: its column's own, the one for its cell type, or for the semantic type of its column. */
export function rendererOf(cell: GridCellHandle): DG.GridCellRenderer | null {
  if (!cell.isTableCell)
    return null;
  const {renderer, column} = cell.gridColumn;
  if (renderer != null || registered.length === 0)
    return renderer ?? null;
  const types = [cell.cellType, column?.getTag('cell.renderer'), column?.semType];
  return registered.find((r) => types.includes(r.cellType)) ?? null;
}
