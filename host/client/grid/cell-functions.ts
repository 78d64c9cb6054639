import * as DG from 'datagrok-api/dg';
import {define} from '../interop/define.ts';
import {paintCell} from './cell-painter.ts';
import {registerRenderer, rendererByName, rendererOf} from './cell-renderers.ts';
import {GridCellHandle} from './grid-cell.ts';
import {GridCellStyleHandle, type StyleName} from './grid-cell-style.ts';
import type {GridColumnHandle} from './grid-column.ts';

/** Fields of a style under the names that `DG.GridCellStyle` calls; their letter case differs there, too. */
const styleFields: Record<string, StyleName> = {Font: 'font', HorzAlign: 'horzAlign', Marker: 'marker',
  MarginLeft: 'marginLeft', TextColor: 'textColor', BackColor: 'backColor', Element: 'element',
  TextVertical: 'textVertical', vertAlign: 'vertAlign', textWrap: 'textWrap'};

function styleFunctions(): Record<string, (...args: any[]) => any> {
  const functions: Record<string, (...args: any[]) => any> = {};
  for (const [name, field] of Object.entries(styleFields)) {
    functions[`GridCellStyle_Get_${name}`] = (s: GridCellStyleHandle) => s.get(field);
    functions[`GridCellStyle_Set_${name}`] = (s: GridCellStyleHandle, value: any) => s.set(field, value);
  }
  return functions;
}

/** Functions of `DG.GridCell`, `DG.GridCellStyle` and of renderers. */
export function defineCellFunctions(): void {
  define({
    GridCell_CreateColHeader: (column: GridColumnHandle) => new GridCellHandle(column.grid, column, -1),
    GridCell_Get_CellType: (c: GridCellHandle) => c.cellType,
    GridCell_Set_CellType: (c: GridCellHandle, type: string) => {
      c.cellType = type;
    },
    GridCell_Get_IsTableCell: (c: GridCellHandle) => c.isTableCell,
    GridCell_Get_IsRowHeader: (c: GridCellHandle) => c.isRowHeader,
    GridCell_Get_IsColHeader: (c: GridCellHandle) => c.isColHeader,
    GridCell_Get_GridRow: (c: GridCellHandle) => c.gridRow,
    GridCell_Get_GridColumn: (c: GridCellHandle) => c.gridColumn,
    GridCell_Get_Grid: (c: GridCellHandle) => c.grid,
    GridCell_Get_Cell: (c: GridCellHandle) => c.cell,
    GridCell_Get_Value: (c: GridCellHandle) => c.value,
    GridCell_SetValue: (c: GridCellHandle, value: any, notify: boolean) => c.setValue(value, notify),
    GridCell_Get_CustomText: (c: GridCellHandle) => c.customText,
    GridCell_Set_CustomText: (c: GridCellHandle, text: string) => {
      c.customText = text;
    },
    GridCell_Get_Element: (c: GridCellHandle) => c.style.get('element'),
    GridCell_Set_Element: (c: GridCellHandle, element: HTMLElement) => c.style.set('element', element),
    GridCell_Get_Style: (c: GridCellHandle) => c.style,
    GridCell_Get_Color: (c: GridCellHandle) => c.color,
    GridCell_Get_Bounds: (c: GridCellHandle) => c.bounds,
    GridCell_Get_Renderer: (c: GridCellHandle) => rendererOf(c),
    GridCell_Render: (c: GridCellHandle, context?: CanvasRenderingContext2D, bounds?: DG.Rect) => {
      if (context == null)
        c.grid.touch('content');
      else
        paintCell(c, context, bounds ?? c.bounds);
    },
    GridCellStyle_Create: () => new GridCellStyleHandle(),
    ...styleFunctions(),
    GridCellRenderer_Register: registerRenderer,
    GridCellRenderer_ByName: rendererByName,
  });
}
