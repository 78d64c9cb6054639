import {bucketsOf, type Bucket} from '../buckets';
import type {Unit} from '../calendar';
import type {Range} from '../range';
import type {Dimensions, FunctionDimensions} from './dimensions';
import {Cells} from './groups';
import {Scope, type SummaryFilters} from './scope';
import type {Dictionary, Slice} from './slice';

/** What is asked of summaries. */
export interface SummaryRequest extends Range, SummaryFilters {
  readonly unit: Unit;
  readonly zone: string;
}

/** All that an answer is made of: slices which together cover the range once, and what is known now. */
export interface Cube {
  readonly dictionary: Dictionary;
  readonly slices: readonly Slice[];
  readonly dimensions: Dimensions;
  readonly functions: FunctionDimensions | null;
}

/** A cube under filters: cells and buckets, before anything is folded, with room for a row of each bucket. */
export interface Counted {
  readonly scope: Scope;
  readonly buckets: readonly Bucket[];
  readonly cells: Cells;
}

/** What cells are told apart by, besides bucket and user. */
export interface Items {
  /** Rows that count for none of this make no cell; without it errors of nobody make some too. */
  readonly only?: 'events' | 'runs';
  readonly count: (scope: Scope) => number;
  readonly of: (scope: Scope, slice: Slice, row: number) => number;
}

/**
 * Counts the rows of a cube per bucket, user and item.
 * @throws RangeError when a slice has buckets that the range has not: it was asked with another unit or zone.
 */
export function countCells(cube: Cube, request: SummaryRequest, items: Items): Counted {
  const scope = new Scope(cube.dictionary, cube.dimensions, cube.functions, request);
  const buckets = bucketsOf(request, request.unit, request.zone, 0);
  const places = new Map(buckets.map(({start}, place) => [start, place]));
  const cells = new Cells(cube.dictionary.users.names.length, Math.max(1, items.count(scope)),
    cube.slices.reduce((sum, {rows}) => sum + rows, buckets.length));
  const parts = partsOf(cube, places);
  for (const bucket of buckets.keys()) {
    const inside = parts[bucket] ?? [];
    // The rows of a slice are in the order of bucket and user.
    cells.begin(bucket, inside.length < 2);
    for (const {slice, first, end} of inside)
      for (let run = first; run < end; run++)
        countRun(scope, slice, run, items, cells);
  }
  return {scope, buckets, cells};
}

/** A function of its own, because the browser compiles at once what is called often, and late what loops for long. */
function countRun(scope: Scope, slice: Slice, run: number, {only, of}: Items, cells: Cells): void {
  const to = scope.begin(slice, run);
  for (let row = slice.runs.from[run]; row < to; row++)
    if (scope.read(slice, row) && (only === undefined || scope[only] > 0))
      cells.sum(scope.user, of(scope, slice, row), scope.events, scope.runs, scope.errors);
}

/** Runs of a slice in one bucket. */
interface Part {
  readonly slice: Slice;
  readonly first: number;
  readonly end: number;
}

/** The runs of each bucket; in a slice they stand together. */
function partsOf({slices}: Cube, places: ReadonlyMap<number, number>): Part[][] {
  const parts: Part[][] = [];
  for (const slice of slices) {
    const {bucket} = slice.runs;
    for (let first = 0; first < bucket.length;) {
      let end = first + 1;
      while (end < bucket.length && bucket[end] === bucket[first])
        end++;
      const start = slice.starts[bucket[first]];
      const place = places.get(start);
      if (place === undefined)
        throw new RangeError(`No bucket begins at ${new Date(start).toISOString()}`);
      (parts[place] ??= []).push({slice, first, end});
      first = end;
    }
  }
  return parts;
}
