import * as DG from 'datagrok-api/dg';
import {categoryColors, html, linearScheme, onScheme, ownScheme} from '../colors.ts';
import type {Bar, BarData, Segment} from './bar-data.ts';

export interface BarColoring {
  data: BarData;
  split: DG.Column | null;
  stack: DG.Column | null;
  color: DG.Column | null;
  scheme: number[] | null;
  inverted: boolean;
  plain: string;
}

/** Colour of a segment: of its stack category, by the colour column, by the column's own coding, else one for all. */
export function barColors(c: BarColoring): (bar: Bar, segment: Segment) => string {
  if (c.data.stack != null && c.stack != null) {
    const colors = categoryColors(c.stack, c.data.stack);
    return (_, s) => colors[s.code];
  }
  if (c.color != null)
    return byValue(c, c.color);
  const coded = c.split?.getTag(DG.TAGS.COLOR_CODING_TYPE) === DG.COLOR_CODING_TYPE.CATEGORICAL;
  const colors = coded && c.data.split != null ? categoryColors(c.split!, c.data.split) : null;
  return (bar) => colors?.[bar.code] ?? c.plain;
}

function byValue(c: BarColoring, column: DG.Column): (bar: Bar) => string {
  const values = c.data.bars.map((b) => b.color).filter((x) => !Number.isNaN(x));
  const [min, max] = [Math.min(...values), Math.max(...values)];
  const scheme = c.scheme != null && c.scheme.length > 1 ? c.scheme.map(html) : ownScheme(column) ?? linearScheme;
  const ordered = c.inverted ? [...scheme].reverse() : scheme;
  return (bar) => Number.isNaN(bar.color) ? c.plain :
    onScheme(max === min ? 0.5 : (bar.color - min) / (max - min), ordered);
}
