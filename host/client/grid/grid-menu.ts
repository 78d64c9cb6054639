import * as DG from 'datagrok-api/dg';
import {saveCsv} from './csv.ts';
import {widthOf} from './column-widths.ts';
import type {GridColumnHandle} from './grid-column.ts';
import type {GridHandle} from './grid-handle.ts';

const policies = ['Minimal', 'Compact', 'Optimal', 'Maximal'];

/** What the grid adds to its context menu: about the column under the mouse, then about all. */
export function addGridMenuItems(grid: GridHandle, menu: DG.Menu): void {
  const column = grid.menuColumn;
  if (column?.column != null)
    addColumnItems(grid, column, menu);
  const hidden = grid.columns.all.filter((c) => !c.visible && c.column != null && !c.name.startsWith('~'));
  if (hidden.length > 0) {
    const group = menu.group('Show Column');
    for (const c of hidden)
      group.item(c.name, () => c.visible = true);
    group.endGroup();
  }
  const sizing = menu.group('Column Sizing');
  for (const policy of policies)
    sizing.item(policy, () => grid.columns.all.forEach((c) => c.width = widthOf(c, policy)));
  sizing.endGroup();
  menu.item('Save as CSV', () => saveCsv(grid)).separator();
}

function addColumnItems(grid: GridHandle, gridColumn: GridColumnHandle, menu: DG.Menu): void {
  const column = gridColumn.column!;
  if (grid.look.get('allowSorting') !== false)
    menu.group('Sort')
      .item('Ascending', () => grid.sorting.by([column], [true]))
      .item('Descending', () => grid.sorting.by([column], [false]))
      .item('None', () => grid.sorting.by([], null))
      .endGroup();
  const colors = menu.group('Color Coding').item('Off', () => column.meta.colors.setDisabled());
  if (column.isNumerical || column.type === DG.COLUMN_TYPE.DATE_TIME)
    colors.item('Linear', () => column.meta.colors.setLinear());
  colors.item('Categorical', () => column.meta.colors.setCategorical()).endGroup();
  menu.item(`Hide ${gridColumn.name}`, () => gridColumn.visible = false).separator();
}
