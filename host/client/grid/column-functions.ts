import {dart} from '../interop/dart.ts';
import {define} from '../interop/define.ts';
import {dataWidth, widthOf} from './column-widths.ts';
import type {GridColumnHandle} from './grid-column.ts';
import type {GridColumnListHandle} from './grid-columns.ts';

/** Getter and setter of each field, under the names that `DG.GridColumn` calls. */
function accessors(fields: Record<string, keyof GridColumnHandle>): Record<string, (...args: any[]) => any> {
  const functions: Record<string, (...args: any[]) => any> = {};
  for (const [name, field] of Object.entries(fields)) {
    functions[`GridColumn_Get_${name}`] = (c: GridColumnHandle) => c[field];
    functions[`GridColumn_Set_${name}`] = (c: GridColumnHandle, value: any) => {
      (c as any)[field] = value;
    };
  }
  return functions;
}

/** Left border in pixels of the whole width, scrolled or not. */
function left(column: GridColumnHandle): number {
  const columns = column.grid.columns.visible;
  return columns.slice(0, columns.indexOf(column)).reduce((x, c) => x + c.width, 0);
}

/** Functions of `DG.GridColumn` and `DG.GridColumnList`. */
export function defineColumnFunctions(): void {
  define({
    ...accessors({Name: 'name', Width: 'width', Visible: 'visible', CellType: 'cellType', Format: 'format',
      BackColor: 'backColor', Editable: 'editable', Selected: 'selected', CategoryColors: 'categoryColors',
      Renderer: 'renderer', Settings: 'settings', TooltipType: 'tooltipType', TooltipColumns: 'tooltipColumns',
      isTextColorCoded: 'isTextColorCoded'}),
    GridColumn_Get_Grid: (c: GridColumnHandle) => c.grid,
    GridColumn_Get_Column: (c: GridColumnHandle) => c.column == null ? null : dart(c.column),
    GridColumn_Get_Idx: (c: GridColumnHandle) => c.grid.columns.indexOf(c),
    GridColumn_Get_ContentCellStyle: (c: GridColumnHandle) => c.contentStyle.wrapper,
    GridColumn_Get_HeaderCellStyle: (c: GridColumnHandle) => c.headerStyle.wrapper,
    GridColumn_Get_Left: left,
    GridColumn_Get_Right: (c: GridColumnHandle) => left(c) + c.width,
    GridColumn_Get_Tags: (c: GridColumnHandle) => c.tags,
    GridColumn_Get_Temp: (c: GridColumnHandle) => c.temp,
    GridColumn_GetDataWidth: dataWidth,
    GridColumn_SetWidthType: (c: GridColumnHandle, policy: string, extra?: number) => {
      c.width = widthOf(c, policy) + (extra ?? 0);
    },
    GridColumn_ScrollIntoView: (c: GridColumnHandle) => c.grid.scrollTo(-1, c),
    // This grid shows values and does not edit them; code may still write by `gridCell.setValue`.
    GridColumn_CheckEditable: () => 'Cells are not edited in this host',

    GridColumnList_ByName: (list: GridColumnListHandle, name: string) => list.byName(name),
    GridColumnList_ByIndex: (list: GridColumnListHandle, index: number) => list.byIndex(index),
    GridColumnList_Get_Length: (list: GridColumnListHandle) => list.all.length,
    GridColumnList_SetOrder: (list: GridColumnListHandle, names: string[]) => list.setOrder(names),
    GridColumnList_SetVisible: (list: GridColumnListHandle, names: string[]) => list.setVisible(names),
    GridColumnList_Add: (list: GridColumnListHandle, cellType: string, name?: string, index?: number) =>
      list.insert(cellType, name ?? null, index ?? null).wrapper,
    GridColumnList_Move: (list: GridColumnListHandle, column: GridColumnHandle, position: number) =>
      list.move(column, position),
    GridColumnList_RemoveAt: (list: GridColumnListHandle, index: number) => list.removeAt(index),
    GridColumnList_Clear: (list: GridColumnListHandle) => list.clear(),
  });
}
