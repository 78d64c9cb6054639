import {has, type Mask} from './mask.ts';

/** What is aggregated: the rows, the group of each row (-1: none), and the values. */
export interface Aggregated {
  rows: Int32Array;
  groups: Int32Array;
  groupCount: number;
  /** NaN for missing. */
  numbers: Float64Array;
  /** Equal values have equal codes; `missing` is the code of no value. For counts of distinct values. */
  codes?: {codes: Int32Array; missing: number};
  selection?: Mask;
}

/** Aggregations whose parts add up to the whole: only these may be stacked. */
export const additive = new Set(['count', 'values', 'nulls', 'sum', '#selected']);
/** Aggregations that make sense for text. */
export const forText = new Set(['count', 'values', 'unique', 'nulls', '#selected']);

type Reduce = (values: Float64Array) => number;

const mean: Reduce = (v) => v.reduce((a, b) => a + b, 0) / v.length;
const variance: Reduce = (v) => {
  const m = mean(v);
  return v.length < 2 ? NaN : v.reduce((a, b) => a + (b - m) ** 2, 0) / (v.length - 1);
};
/** Quantile by linear interpolation between the two nearest ranks; `v` ascends. */
const quantile = (share: number): Reduce => (v) => {
  const at = (v.length - 1) * share;
  const i = Math.floor(at);
  return v[i] + (v[Math.min(i + 1, v.length - 1)] - v[i]) * (at - i);
};

/** Over the values present in a group, ascending. */
const reductions: Record<string, Reduce> = {
  min: (v) => v[0], max: (v) => v[v.length - 1], avg: mean, med: quantile(0.5), q1: quantile(0.25), q2: quantile(0.5),
  q3: quantile(0.75), variance, stdev: (v) => Math.sqrt(variance(v)),
};

/**
 * One number per group. Counts and sums of an empty group are 0; other aggregations of no values are NaN.
 * @throws for an unknown aggregation.
 */
export function aggregate(type: string, data: Aggregated): Float64Array {
  switch (type) {
  case 'count': return tally(data, () => true);
  case 'values': return tally(data, (row) => present(data, row));
  case 'nulls': return tally(data, (row) => !present(data, row));
  case '#selected': return tally(data, (row) => data.selection != null && has(data.selection, row));
  case 'unique': return distinct(data);
  case 'sum': return sums(data);
  case 'first': return firsts(data);
  }
  if (reductions[type] == null)
    throw new Error(`Unknown aggregation: ${type}`);
  return reduce(data, reductions[type]);
}

const present = (data: Aggregated, row: number): boolean =>
  data.codes != null ? data.codes.codes[row] !== data.codes.missing : !Number.isNaN(data.numbers[row]);

function tally(data: Aggregated, check: (row: number) => boolean): Float64Array {
  const out = new Float64Array(data.groupCount);
  for (const row of data.rows)
    if (data.groups[row] >= 0 && check(row))
      out[data.groups[row]]++;
  return out;
}

function sums(data: Aggregated): Float64Array {
  const out = new Float64Array(data.groupCount);
  for (const row of data.rows)
    if (data.groups[row] >= 0 && !Number.isNaN(data.numbers[row]))
      out[data.groups[row]] += data.numbers[row];
  return out;
}

function firsts(data: Aggregated): Float64Array {
  const out = new Float64Array(data.groupCount).fill(NaN);
  for (const row of data.rows)
    if (data.groups[row] >= 0 && Number.isNaN(out[data.groups[row]]))
      out[data.groups[row]] = data.numbers[row];
  return out;
}

function distinct(data: Aggregated): Float64Array {
  const out = new Float64Array(data.groupCount);
  const seen = new Set<string | number>();
  for (const row of data.rows) {
    const group = data.groups[row];
    if (group < 0 || !present(data, row))
      continue;
    const key = data.codes != null ? data.codes.codes[row] * data.groupCount + group : `${group} ${data.numbers[row]}`;
    if (!seen.has(key)) {
      seen.add(key);
      out[group]++;
    }
  }
  return out;
}

function reduce(data: Aggregated, f: Reduce): Float64Array {
  const sizes = tally(data, (row) => !Number.isNaN(data.numbers[row]));
  const values = Array.from(sizes, (n) => new Float64Array(n));
  const filled = new Int32Array(data.groupCount);
  for (const row of data.rows) {
    const group = data.groups[row];
    if (group >= 0 && !Number.isNaN(data.numbers[row]))
      values[group][filled[group]++] = data.numbers[row];
  }
  return Float64Array.from(values, (v) => v.length === 0 ? NaN : f(v.sort()));
}
