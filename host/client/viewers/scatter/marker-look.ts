import type * as DG from 'datagrok-api/dg';
import {categoriesOf, isContinuous, numbersOf} from '../column-values.ts';
import {categoryColors, html, linearScheme, onScheme, ownScheme, stateColors} from '../colors.ts';
import {extentOf} from '../plot-axis.ts';

/** Steps of a linear colour scheme: more cannot be told apart. */
const steps = 64;

export interface Coloring {
  colors: string[];
  index: Uint16Array | null;
  /** For a legend of categories: the codes in use. */
  codes: Set<number> | null;
  names: string[];
  /** For a linear legend. */
  linear: {scheme: string[]; min: number; max: number} | null;
}

export interface ColorSettings {
  invertColorScheme: boolean;
  colorMin: number | null;
  colorMax: number | null;
  linearColorScheme: number[] | null;
  categoricalColorScheme: number[] | null;
}

/** Colour of every row: by category, or on a linear scheme for numbers and dates. */
export function coloring(column: DG.Column | null, rows: Int32Array, plain: string, settings: ColorSettings): Coloring {
  if (column == null)
    return {colors: [plain], index: null, codes: null, names: [], linear: null};
  const coded = column.getTag('.color-coding-type') === 'Categorical';
  return isContinuous(column) && !coded ? linearColoring(column, rows, settings) : byCategory(column, rows, settings);
}

function byCategory(column: DG.Column, rows: Int32Array, settings: ColorSettings): Coloring {
  const c = categoriesOf(column);
  const scheme = settings.categoricalColorScheme;
  const own = categoryColors(column, c);
  const colors = scheme != null && scheme.length > 0 && column.getTag('.color-coding-categorical') == null ?
    own.map((_, i) => html(scheme[i % scheme.length])) : own;
  const codes = new Set<number>();
  for (const row of rows)
    codes.add(c.codes[row]);
  return {colors, index: Uint16Array.from(c.codes), codes, names: c.names, linear: null};
}

function linearColoring(column: DG.Column, rows: Int32Array, settings: ColorSettings): Coloring {
  const numbers = numbersOf(column);
  const extent = extentOf(numbers, rows) ?? [0, 1];
  const min = settings.colorMin ?? extent[0];
  const max = settings.colorMax ?? extent[1];
  const chosen = settings.linearColorScheme;
  const base = chosen != null && chosen.length > 1 ? chosen.map(html) : ownScheme(column) ?? linearScheme;
  const scheme = settings.invertColorScheme ? [...base].reverse() : base;
  const colors = Array.from({length: steps}, (_, i) => onScheme(i / (steps - 1), scheme));
  const index = Uint16Array.from(numbers, (x) => Number.isNaN(x) ? steps :
    max === min ? steps / 2 : Math.round(Math.min(1, Math.max(0, (x - min) / (max - min))) * (steps - 1)));
  return {colors: [...colors, stateColors.missing], index, codes: null, names: [], linear: {scheme, min, max}};
}

/** Diameter of every row, between `min` and `max` pixels by the column; 0 hides. */
export function sizing(column: DG.Column | null, rows: Int32Array, plain: number, min: number, max: number,
  log: boolean, showEmpty: boolean): Float32Array | number {
  if (column == null)
    return plain;
  const scale = (x: number): number => log ? Math.log(x) : x;
  const numbers = log ? numbersOf(column).map((x) => x > 0 ? x : NaN) : numbersOf(column);
  const extent = extentOf(numbers, rows) ?? [0, 1];
  const [low, high] = extent.map(scale);
  return Float32Array.from(numbers, (x) => Number.isNaN(x) ? showEmpty ? min : 0 :
    high === low ? (min + max) / 2 : Math.max(min, Math.min(max, min + (scale(x) - low) / (high - low) * (max - min))));
}
