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
    for (const {slice, from, to} of inside) {
      for (let row = from; row < to; row++) {
        if (scope.read(slice, row) && (items.only === undefined || scope[items.only] > 0))
          cells.sum(scope.user, items.of(scope, slice, row), scope.events, scope.runs, scope.errors);
      }
    }
  }
  return {scope, buckets, cells};
}

/** Rows of a slice in one bucket. */
interface Part {
  readonly slice: Slice;
  readonly from: number;
  readonly to: number;
}

/** The rows of each bucket; in a slice they stand together. */
function partsOf({slices}: Cube, places: ReadonlyMap<number, number>): Part[][] {
  const parts: Part[][] = [];
  for (const slice of slices) {
    for (let from = 0; from < slice.rows;) {
      let to = from + 1;
      while (to < slice.rows && slice.bucket[to] === slice.bucket[from])
        to++;
      const start = slice.starts[slice.bucket[from]];
      const place = places.get(start);
      if (place === undefined)
        throw new RangeError(`No bucket begins at ${new Date(start).toISOString()}`);
      (parts[place] ??= []).push({slice, from, to});
      from = to;
    }
  }
  return parts;
}
