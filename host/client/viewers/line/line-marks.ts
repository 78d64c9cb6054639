import {stateColors, withAlpha} from '../colors.ts';
import type {Box} from '../gestures.ts';
import {and, rowsIn, type Mask} from '../mask.ts';
import type {Theme} from '../theme.ts';
import type {Line, LineData} from './line-data.ts';

/** A point of a line, by its index within the line. */
export interface Target {line: Line; index: number}

/** State of rows that one chart shows over its lines; -1 or null: none. */
export interface LineMarks {
  data: LineData;
  /** Lines of this chart. */
  lines: Line[];
  area: Box;
  toScreen(x: number, y: number): number[];
  heightOf(line: Line, index: number): number;
  colorOf(line: Line): string;
  theme: Theme;
  mouseOver: number;
  current: number;
  group: Mask | null;
  selection: Mask | null;
  hovered: Target | null;
}

/** Upright lines at the current row and the row under the mouse, dots on points with highlighted or selected rows. */
export function lineMarks(m: LineMarks): any[] {
  const marks = [...upright(m, m.mouseOver, m.theme.line), ...upright(m, m.current, stateColors.current),
    ...dots(m, m.group, m.colorOf, 5), ...dots(m, m.selection, () => stateColors.selected, 4)];
  if (m.hovered != null && m.lines.includes(m.hovered.line))
    marks.push(dot(m, m.hovered.line, m.hovered.index, m.colorOf(m.hovered.line), 6));
  return marks;
}

/** The part of the overview that the charts show. */
export function overviewWindow(area: Box, [from, to]: [number, number]): any[] {
  return [{type: 'rect', shape: {x: from, y: area.y, width: to - from, height: area.height},
    style: {fill: withAlpha('#2083d5', 0.15), stroke: '#2083d5'}}];
}

/** Points that have rows of a mask, as `split x`. */
export function pointsWith({splits, xIndex, source}: LineData, mask: Mask): Set<string> {
  const found = new Set<string>();
  for (const row of rowsIn(and(mask, source)))
    found.add(`${splits?.[row] ?? -1} ${xIndex[row]}`);
  return found;
}

function upright(m: LineMarks, row: number, color: string): any[] {
  if (row < 0 || Number.isNaN(m.data.axis.values[row]))
    return [];
  const x = m.toScreen(m.data.axis.values[row], 0)[0];
  return [{type: 'line', shape: {x1: x, y1: m.area.y, x2: x, y2: m.area.y + m.area.height},
    style: {stroke: color, lineWidth: 1}}];
}

function dots(m: LineMarks, mask: Mask | null, color: (line: Line) => string, r: number): any[] {
  if (mask == null)
    return [];
  const touched = pointsWith(m.data, mask);
  return m.lines.flatMap((line) => Array.from(line.at, (x, i) =>
    touched.has(`${line.code} ${x}`) ? dot(m, line, i, color(line), r) : null).filter((d) => d != null));
}

function dot(m: LineMarks, line: Line, index: number, color: string, r: number): any {
  const [cx, cy] = m.toScreen(m.data.xs[line.at[index]], m.heightOf(line, index));
  return {type: 'circle', shape: {cx, cy, r}, style: {fill: color, stroke: m.theme.background, lineWidth: 1}};
}
