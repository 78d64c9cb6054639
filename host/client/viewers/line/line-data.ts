import type * as DG from 'datagrok-api/dg';
import {aggregate, type Aggregated} from '../aggregation.ts';
import {effectiveAggregation} from '../bar/bar-data.ts';
import {categoriesOf, isDate, isText, numbersOf} from '../column-values.ts';
import {dateUnit} from '../date-units.ts';
import type {Mask} from '../mask.ts';
import {rowsIn} from '../mask.ts';
import {axisValues, type AxisValues} from '../plot-axis.ts';

/** One line: a y column within one category of the split. */
export interface Line {
  /** Index among the y columns. */
  y: number;
  /** Code of the split category, -1 without a split. */
  code: number;
  name: string;
  /** Points by ascending x: indexes into `xs`, and their values. */
  at: Int32Array;
  values: Float64Array;
}

export interface LineData {
  axis: AxisValues;
  /** Distinct places on x, ascending. */
  xs: Float64Array;
  /** For each row: index into `xs` (-1: no place), and code of the split. */
  xIndex: Int32Array;
  splits: Int32Array | null;
  splitNames: string[];
  lines: Line[];
  /** What is aggregated, per y column: `sum(runs)`. */
  labels: string[];
  source: Mask;
}

export interface YColumn {column: DG.Column; aggregation: string}

/** Places of the rows on x: the column's own, or the starts of units of time. */
export function xValues(column: DG.Column, map: string, log: boolean): AxisValues {
  const unit = isDate(column) ? dateUnit(map) : null;
  if (unit == null)
    return axisValues(column, log);
  const values = numbersOf(column).map((ms) => Number.isNaN(ms) ? NaN : unit.start(ms));
  const cyclic = values.every((x) => Number.isNaN(x) || x < 100);
  return cyclic ? {kind: 'category', values, format: null,
    names: Array.from({length: values.reduce((m, x) => x > m ? x : m, -1) + 1}, (_, i) => unit.name(i))} :
    {kind: 'date', values, names: [], format: null};
}

/** Lines in the order of y columns, then of split categories. Rows without a place on x are left out. */
export function computeLines(axis: AxisValues, ys: YColumn[], split: DG.Column[], source: Mask, selection: Mask):
  LineData {
  const rows = rowsIn(source).filter((row) => !Number.isNaN(axis.values[row]));
  const xs = Float64Array.from(new Set(rows.length === 0 ? [] : Array.from(rows, (row) => axis.values[row]))).sort();
  const order = new Map(Array.from(xs, (x, i) => [x, i]));
  const xIndex = new Int32Array(axis.values.length).fill(-1);
  for (const row of rows)
    xIndex[row] = order.get(axis.values[row])!;
  const {codes: splits, names: splitNames} = splitCodes(split, axis.values.length);
  const count = Math.max(1, splitNames.length);
  const groups = new Int32Array(axis.values.length);
  for (const row of rows)
    groups[row] = (splits?.[row] ?? 0) * xs.length + xIndex[row];
  const base: Aggregated = {rows, groups, groupCount: count * xs.length, numbers: new Float64Array(groups.length),
    selection};
  const present = aggregate('count', base);
  const lines: Line[] = [];
  const labels: string[] = [];
  ys.forEach(({column, aggregation}, y) => {
    const effective = effectiveAggregation(column, aggregation);
    labels.push(effective === 'count' ? `count(${column.name})` : `${effective}(${column.name})`);
    const c = isText(column) ? categoriesOf(column) : null;
    const values = aggregate(effective, {...base, numbers: numbersOf(column),
      codes: c == null ? undefined : {codes: c.codes, missing: c.missing}});
    for (let code = 0; code < count; code++) {
      const line = lineOf(values, present, code * xs.length, xs.length);
      if (line.at.length > 0)
        lines.push({y, code: splits == null ? -1 : code, name: splits == null ? labels[y] : splitNames[code], ...line});
    }
  });
  return {axis, xs, xIndex, splits, splitNames, lines, labels, source};
}

function lineOf(values: Float64Array, present: Float64Array, from: number, length: number):
  {at: Int32Array; values: Float64Array} {
  const at = [];
  for (let i = 0; i < length; i++)
    if (present[from + i] > 0 && !Number.isNaN(values[from + i]))
      at.push(i);
  return {at: Int32Array.from(at), values: Float64Array.from(at, (i) => values[from + i])};
}

/** Codes of the split by one column, or of the combinations of several. */
function splitCodes(columns: DG.Column[], rows: number): {codes: Int32Array | null; names: string[]} {
  const named = (name: string): string => name === '' ? '(no value)' : name;
  if (columns.length === 0)
    return {codes: null, names: []};
  const parts = columns.map(categoriesOf);
  if (parts.length === 1)
    return {codes: parts[0].codes, names: parts[0].names.map(named)};
  const seen = new Map<string, number>();
  const codes = new Int32Array(rows);
  for (let row = 0; row < rows; row++) {
    const name = parts.map((p) => named(p.names[p.codes[row]])).join(' | ');
    if (!seen.has(name))
      seen.set(name, seen.size);
    codes[row] = seen.get(name)!;
  }
  return {codes, names: [...seen.keys()]};
}
