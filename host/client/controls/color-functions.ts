import * as DG from 'datagrok-api/dg';
import {define} from '../interop/define.ts';
import {js} from '../interop/dart.ts';
import {contrast, darken, fromHtml, highlight, scale, toHtml} from './color.ts';
import {categoryColors, rowColors} from './column-colors.ts';
import {categorical, continuous} from './palettes.ts';

function cellColor(cell: DG.Cell): number {
  return rowColors(cell.column)(cell.rowIndex);
}

export function installColors(): void {
  define({
    Color_ToHtml: toHtml,
    Color_FromHtml: fromHtml,
    Color_GetContrastColor: contrast,
    Color_Darken: darken,
    Color_Highlight: highlight,
    Color_ScaleColor: scale,
    Color_CategoricalPalette: () => [...categorical.default],
    Color_CategoricalSchemes: () => Object.values(categorical).map((palette) => [...palette]),
    Color_ContinuousSchemes: () => continuous.map((scheme) => [...scheme]),
    Color_GetCategoricalPalettes: () => (window as any).grok_JS_To_Map(categorical),
    Color_FromCategory: (column: any, category: any) => categoryColors(js(column))(String(category ?? '')),
    Color_FromCell: (cell: any) => cellColor(new DG.Cell(cell)),
    Color_GetRowColor: (column: any, row: number) => rowColors(js(column))(row),
    Column_GetColor: (column: any, row: number) => rowColors(js(column))(row),
    Column_GetColors: (x: any) => {
      const column = js<DG.Column>(x);
      return Uint32Array.from({length: column.length}, (_, row) => row).map(rowColors(column));
    },
  });
}
