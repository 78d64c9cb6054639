import type * as DG from 'datagrok-api/dg';
import {axisStyle, textWidth} from './chart-handle.ts';
import {categoriesOf, isContinuous, isDate, numbersOf} from './column-values.ts';
import type {Theme} from './theme.ts';
import {formatNumber, formatShort, oneLine} from './value-format.ts';

export type Range = [number, number];
type Kind = 'number' | 'date' | 'category';

/** Missing values have a place on a category axis, but not on the others. */
export interface AxisValues {
  kind: Kind;
  /** Coordinate of each row: number, milliseconds, or code of the category; NaN has no place. */
  values: Float64Array;
  names: string[];
  /** Pattern for numbers, when the column has one. */
  format: string | null;
}

/** Coordinates of a column's rows on an axis. `log`: values that have no logarithm have no place. */
export function axisValues(column: DG.Column, log: boolean): AxisValues {
  const format = column.getTag('format') ?? null;
  if (!isContinuous(column)) {
    const c = categoriesOf(column);
    return {kind: 'category', values: Float64Array.from(c.codes), names: c.names.map((n) => n === '' ? '(no value)' : oneLine(n)),
      format};
  }
  const values = numbersOf(column);
  return {kind: isDate(column) ? 'date' : 'number', names: [], format,
    values: log && !isDate(column) ? values.map((x) => x > 0 ? x : NaN) : values};
}

/** Smallest and largest coordinate among the rows, or null when none has a place. */
export function extentOf(values: Float64Array, rows: Int32Array): Range | null {
  let [min, max] = [Infinity, -Infinity];
  for (const row of rows) {
    const x = values[row];
    if (x < min)
      min = x;
    if (x > max)
      max = x;
  }
  return min <= max ? [min, max] : null;
}

/** One axis at one moment: which range it shows, where, and how its labels read. */
export class PlotAxis {
  constructor(readonly data: AxisValues, readonly range: Range, readonly log: boolean, readonly inverse: boolean) {}

  /** The range that shows an extent with some air around it. */
  static around(data: AxisValues, extent: Range | null, log: boolean, air = 0.05): Range {
    if (extent == null)
      return [0, 1];
    const [min, max] = extent;
    if (data.kind === 'category')
      return [min - 0.5, max + 0.5];
    if (log && data.kind === 'number') {
      const margin = max === min ? 2 : (max / min) ** air;
      return [min / margin, max * margin];
    }
    const margin = max > min ? (max - min) * air : data.kind === 'date' ? 43_200_000 : Math.abs(max) * 0.1 || 1;
    return [min - margin, max + margin];
  }

  /** Position on `size` pixels, from the left or from the bottom. */
  toPixel(value: number, size: number): number {
    const share = this.log ? Math.log(value / this.range[0]) / Math.log(this.range[1] / this.range[0]) :
      (value - this.range[0]) / (this.range[1] - this.range[0]);
    return (this.inverse ? 1 - share : share) * size;
  }

  toValue(pixel: number, size: number): number {
    const share = this.inverse ? 1 - pixel / size : pixel / size;
    return this.log ? this.range[0] * (this.range[1] / this.range[0]) ** share :
      this.range[0] + share * (this.range[1] - this.range[0]);
  }

  /** Range after moving by pixels. */
  moved(pixels: number, size: number): Range {
    return this.ordered(this.toValue(-pixels, size), this.toValue(size - pixels, size));
  }

  /** Range after zooming by a factor (below 1: closer) around a pixel. */
  zoomed(factor: number, pixel: number, size: number): Range {
    return this.ordered(this.toValue(pixel - pixel * factor, size),
      this.toValue(pixel + (size - pixel) * factor, size));
  }

  private ordered(a: number, b: number): Range {
    return a < b ? [a, b] : [b, a];
  }

  /** The ECharts axis over `size` pixels, drawn across (x) or upright (y). */
  option(theme: Theme, size: number, across: boolean, show: boolean, gridLines: boolean,
    widestLabel = 130): Record<string, any> {
    const style = axisStyle(theme, gridLines);
    const base = {...style, show: show || gridLines, min: this.range[0], max: this.range[1], inverse: this.inverse,
      axisLine: {...style.axisLine, show, onZero: false}, axisTick: {...style.axisTick, show},
      splitNumber: Math.max(2, Math.round(size / (across ? 90 : 45)))};
    const label = {...style.axisLabel, show, showMinLabel: this.data.kind === 'category' || null,
      showMaxLabel: this.data.kind === 'category' || null};
    if (this.data.kind === 'date')
      return {...base, type: 'time', axisLabel: label};
    if (this.data.kind === 'category')
      return {...base, type: 'value', ...this.categoryLabels(theme, label, size, across, widestLabel)};
    return {...base, type: this.log ? 'log' : 'value', axisLabel: {...label, showMinLabel: false, showMaxLabel: false,
      formatter: (x: number) => this.data.format == null ? formatShort(x) : formatNumber(x, this.data.format)}};
  }

  /**
   * Pixels that the labels need beside the plot: below it (x), or to its left (y). Measured here rather than left to
   * the library, whose own fitting shrinks the plot again and again when there are hundreds of names.
   */
  labelRoom(theme: Theme, size: number, across: boolean, widestLabel = 130): number {
    if (this.data.kind === 'category') {
      const {widest, turned} = this.shownNames(theme, size, across);
      return !across ? Math.min(widestLabel, widest) + 12 : !turned ? 24 :
        Math.min(110, widest) * Math.sin(40 * Math.PI / 180) + 26;
    }
    if (across)
      return 24;
    const format = (x: number): string => this.data.format == null ? formatShort(x) : formatNumber(x, this.data.format);
    return this.data.kind === 'date' ? 70 :
      Math.max(...this.range.map((x) => textWidth(format(x), theme.font))) + 18;
  }

  private shownNames(theme: Theme, size: number, across: boolean):
    {shown: number[], widest: number, turned: boolean, room: number} {
    const first = Math.max(0, Math.ceil(this.range[0]));
    const last = Math.min(this.data.names.length - 1, Math.floor(this.range[1]));
    const step = size / (this.range[1] - this.range[0]);
    const every = Math.max(1, Math.ceil(15 / step));
    const shown = [];
    for (let i = first; i <= last; i += every)
      shown.push(i);
    const widest = Math.max(0, ...shown.map((i) => textWidth(this.data.names[i], theme.font)));
    return {shown, widest, turned: across && widest + 8 > step * every, room: step * every};
  }

  /** Names at whole numbers, as many as there is room for; turned when they would run into each other. */
  private categoryLabels(theme: Theme, label: Record<string, any>, size: number, across: boolean,
    widestLabel: number): Record<string, any> {
    const {shown, turned, room} = this.shownNames(theme, size, across);
    return {
      axisTick: {show: false}, splitLine: {show: false},
      axisLabel: {...label, customValues: shown, hideOverlap: false, rotate: turned ? 40 : 0,
        width: turned ? 110 : across ? Math.max(20, room - 4) : widestLabel, overflow: 'truncate', ellipsis: '…',
        formatter: (x: number) => this.data.names[x] ?? ''},
    };
  }
}
