import type * as DG from 'datagrok-api/dg';
import {additive, aggregate, forText, type Aggregated} from '../aggregation.ts';
import {categoriesOf, categorize, isDate, isText, numbersOf, type Categories} from '../column-values.ts';
import {and, rowsIn, type Mask} from '../mask.ts';
import {dateUnit} from '../date-units.ts';

/** A piece of a bar: one stack category, or the whole bar. */
export interface Segment {
  /** Code of the stack category, -1 without a stack. */
  code: number;
  value: number;
  rows: number;
  /** Ends on the value axis. */
  from: number;
  to: number;
  /** Parts of the segment, 0 to 1. */
  selected: number;
  filtered: number;
  mouseOver: number;
}

export interface Bar {
  /** Code of the split category, -1 when nothing is split. */
  code: number;
  name: string;
  value: number;
  rows: number;
  selectedRows: number;
  color: number;
  segments: Segment[];
}

export interface BarData {
  bars: Bar[];
  split: Categories | null;
  stack: Categories | null;
  aggregation: string;
  /** Masks that the shares were counted from. */
  source: Mask;
}

export interface BarRequest {
  frame: DG.DataFrame;
  split: DG.Column | null;
  splitMap: string;
  stack: DG.Column | null;
  stackMap: string;
  value: DG.Column | null;
  aggregation: string;
  color: DG.Column | null;
  colorAggregation: string;
  source: Mask;
  selection: Mask;
  filter: Mask;
  mouseOver: Mask | null;
  relative: boolean;
  includeNulls: boolean;
  includeEmpty: boolean;
  sortBy: string;
  ascending: boolean;
}

/** What is really aggregated: without a value column rows are counted; of text only counts make sense. */
export function effectiveAggregation(value: DG.Column | null, aggregation: string): string {
  return value == null || isText(value) && !forText.has(aggregation) ? 'count' : aggregation;
}

export function groupsOf(column: DG.Column, map: string): Categories {
  const unit = isDate(column) ? dateUnit(map) : null;
  return unit == null ? categoriesOf(column) :
    categorize(numbersOf(column).map((ms) => Number.isNaN(ms) ? NaN : unit.start(ms)), unit.name);
}

/** Bars in the order in which they are shown. */
export function computeBars(r: BarRequest): BarData {
  const split = r.split == null ? null : groupsOf(r.split, r.splitMap);
  const aggregation = effectiveAggregation(r.value, r.aggregation);
  const stack = r.stack == null || !additive.has(aggregation) ? null : groupsOf(r.stack, r.stackMap);
  const counter = new Counter(r, split, stack, aggregation);
  const bars = counter.bars().filter((bar) => (bar.rows > 0 || r.includeEmpty) &&
    (r.includeNulls || split == null || bar.code !== split.missing));
  sort(bars, r);
  for (const bar of bars)
    pile(bar, r.relative && stack != null);
  return {bars, split, stack, aggregation, source: r.source};
}

/** Counts everything by bar and by segment in a few passes over the rows. */
class Counter {
  private readonly splits: number;
  private readonly stacks: number;
  private readonly groups: Int32Array;
  private readonly numbers: Float64Array;
  private readonly codes?: Aggregated['codes'];

  constructor(private r: BarRequest, private split: Categories | null, private stack: Categories | null,
    private aggregation: string) {
    const n = r.frame.rowCount;
    this.splits = split?.names.length ?? 1;
    this.stacks = stack?.names.length ?? 1;
    this.groups = new Int32Array(n);
    for (let row = 0; row < n; row++)
      this.groups[row] = (split?.codes[row] ?? 0) * this.stacks + (stack?.codes[row] ?? 0);
    this.numbers = r.value == null ? new Float64Array(n) : numbersOf(r.value);
    if (r.value != null && isText(r.value)) {
      const c = categoriesOf(r.value);
      this.codes = {codes: c.codes, missing: c.missing};
    }
  }

  bars(): Bar[] {
    const {r} = this;
    const all = this.by(r.source, this.aggregation, false);
    const whole = this.stack == null ? all : this.by(r.source, this.aggregation, true);
    const rows = this.by(r.source, 'count', false);
    const share = (mask: Mask | null): Float64Array => mask == null ? new Float64Array(all.length) :
      this.by(and(r.source, mask), additive.has(this.aggregation) ? this.aggregation : 'count', false);
    const shares = [r.selection, r.filter, r.mouseOver].map(share);
    const selectedRows = this.by(and(r.source, r.selection), 'count', true);
    const base = additive.has(this.aggregation) ? all : rows;
    const colors = r.color == null ? null : this.colors(r.color);
    const part = (values: Float64Array, i: number): number =>
      base[i] === 0 ? 0 : Math.min(1, Math.max(0, values[i] / base[i]));
    return Array.from({length: this.splits}, (_, code) => {
      const segments = Array.from({length: this.stacks}, (_x, s) => code * this.stacks + s)
        .filter((i) => rows[i] > 0 || this.stack == null)
        .map((i) => ({code: this.stack == null ? -1 : i % this.stacks, value: all[i], rows: rows[i], from: 0, to: 0,
          selected: part(shares[0], i), filtered: part(shares[1], i), mouseOver: part(shares[2], i)}));
      return {code: this.split == null ? -1 : code, name: this.split?.names[code] ?? '', value: whole[code],
        rows: segments.reduce((sum, s) => sum + s.rows, 0), selectedRows: selectedRows[code],
        color: colors?.[code] ?? NaN, segments};
    });
  }

  private by(mask: Mask, aggregation: string, wholeBars: boolean): Float64Array {
    return aggregate(aggregation, this.data(mask, wholeBars, this.numbers, this.codes));
  }

  private colors(column: DG.Column): Float64Array {
    const aggregation = effectiveAggregation(column, this.r.colorAggregation);
    return aggregate(aggregation, this.data(this.r.source, true, numbersOf(column), undefined));
  }

  private data(mask: Mask, wholeBars: boolean, numbers: Float64Array, codes: Aggregated['codes']): Aggregated {
    const groups = wholeBars && this.stacks > 1 ? this.groups.map((g) => Math.floor(g / this.stacks)) : this.groups;
    return {rows: rowsIn(mask), groups, groupCount: wholeBars ? this.splits : this.splits * this.stacks, numbers, codes,
      selection: this.r.selection};
  }
}

/** Bars without a value come last either way. */
function sort(bars: Bar[], r: BarRequest): void {
  const sign = r.ascending ? 1 : -1;
  bars.sort((a, b) => {
    if (r.sortBy !== 'by value')
      return sign * (a.code - b.code);
    if (Number.isNaN(a.value) || Number.isNaN(b.value))
      return Number(Number.isNaN(a.value)) - Number(Number.isNaN(b.value));
    return sign * (a.value - b.value) || a.code - b.code;
  });
}

/** Puts segments one upon another, positive ones to one side of zero and negative ones to the other. */
function pile(bar: Bar, relative: boolean): void {
  const total = bar.segments.reduce((sum, s) => sum + Math.abs(s.value), 0);
  let up = 0;
  let down = 0;
  for (const s of bar.segments) {
    const size = Number.isNaN(s.value) ? 0 : relative ? total === 0 ? 0 : s.value / total : s.value;
    s.from = size >= 0 ? up : down;
    s.to = s.from + size;
    if (size >= 0)
      up = s.to;
    else
      down = s.to;
  }
}
