import type * as DG from 'datagrok-api/dg';
import type {UsageRequest} from '../core/request';
import {cutNote, joinNotes, notAppliedTo, noteOf, type Answer} from './answer';
import {orderCategories} from './category-order';
import {filterParameters, runQuery} from './query';
import {askPoints} from './summary';

/** Filters that are on screen on this tab alone. */
export const ownFilters = {tags: true};

/** Fewer finished runs than this have no percentiles: the number would be chance. */
export const LEAST_FOR_PERCENTILES = 20;

const percentiles = ['p50_ms', 'p95_ms'];

/** Points of the chart: bucket x function x user. The functions are ordered by their runs, the most used one last. */
export async function askFunctions(request: UsageRequest, signal: AbortSignal): Promise<Answer> {
  const {frame, note, asOf} = await askPoints('FunctionsActivity', request, ownFilters, signal);
  frame.name = 'Function runs';
  orderByRuns(frame);
  return {request, frame, note: joinNotes(noteOf(frame), note), asOf};
}

/** A row per function with saved calls: how many, how many failed, how long they took. Instants are UTC. */
export async function askTiming(request: UsageRequest, signal: AbortSignal): Promise<Answer> {
  const frame = await runQuery('FunctionsTiming', filterParameters(request, ownFilters), signal);
  frame.name = 'Execution time';
  const [calls, unfinished] = ['calls', 'unfinished'].map((name) => frame.getCol(name).getRawData());
  blankPercentiles(frame, (row) => calls[row] - unfinished[row]);
  return {request, frame, note: joinNotes(notApplied(request), cutNote(frame))};
}

/** Takes percentiles away where too few runs finished. */
export function blankPercentiles(frame: DG.DataFrame, finished: (row: number) => number): void {
  for (const name of percentiles) {
    const column = frame.getCol(name);
    for (let row = 0, rows = frame.rowCount; row < rows; row++)
      if (finished(row) < LEAST_FOR_PERCENTILES)
        column.set(row, null, false);
    column.fireValuesChanged();
  }
}

/** Saved calls are no records of the log: what narrows records by kind cannot narrow them. */
export const notApplied = (request: UsageRequest): string =>
  notAppliedTo('saved calls', request, ['entities', 'sources', 'types']);

function orderByRuns(frame: DG.DataFrame): void {
  if (frame.rowCount === 0)
    return;
  const names = frame.getCol('function');
  const [codes, runs] = [names.getRawData(), frame.getCol('runs').getRawData()];
  const totals = names.categories.map((name) => ({name, runs: 0}));
  for (let row = 0, rows = frame.rowCount; row < rows; row++)
    totals[codes[row]].runs += runs[row];
  orderCategories(frame, 'function', totals.sort((a, b) => a.runs - b.runs || (a.name < b.name ? 1 : -1))
    .map(({name}) => name));
}
