import * as DG from 'datagrok-api/dg';
import type {UsageRequest} from '../core/request';
import {blankPercentiles, ownFilters} from './functions';
import {sumOf} from './points';
import {filterParameters, runQuery} from './query';

/** Which runs of a function: all, those with status Error, or those without an end. */
export type RunStatus = '' | 'Error' | 'unfinished';

/** The runs of one function that are asked for. */
export interface RunsQuery {
  /** Id of the function; all its versions count. */
  readonly functionId: string;
  readonly status: RunStatus;
}

/** Up to this many runs are shown one by one in the chart; more are shown by their percentiles. */
export const MOST_DOTS = 1000;

/** One function over time. */
export interface Timeline {
  readonly request: UsageRequest;
  /** A row per bucket: bucket, bucket_end, calls, failed, p50_ms, p95_ms. */
  readonly buckets: DG.DataFrame;
  /** All runs, when they are few: the columns of a page of runs. */
  readonly runs: DG.DataFrame | null;
  readonly calls: number;
}

/** One saved call. Instants are epoch milliseconds. */
export interface Run {
  readonly id: string;
  readonly started: number;
  /** Null while it runs, or when nobody wrote that it ended. */
  readonly ended: number | null;
  readonly ms: number | null;
  readonly status: string;
  readonly userId: string;
  readonly user: string;
  readonly functionId: string;
  readonly function: string;
  readonly version: string;
  readonly error: string;
}

/** An input or output of a call, as text. */
export interface CallValue {
  readonly callId: string;
  readonly name: string;
  readonly isInput: boolean;
  readonly type: string;
  /** Null: nothing was stored. */
  readonly value: string | null;
}

export async function askTimeline(request: UsageRequest, functionId: string, signal: AbortSignal): Promise<Timeline> {
  const parameters = {...filterParameters(request, ownFilters), functions: [functionId]};
  const [buckets, runs] = await Promise.all([
    runQuery('FunctionCallsOverTime', {...parameters, unit: request.unit, zone: request.zone}, signal),
    runQuery('FunctionCalls', {...parameters, pageSize: MOST_DOTS}, signal)]);
  const calls = buckets.getCol('calls').getRawData();
  blankPercentiles(buckets, (row) => calls[row]);
  buckets.name = 'Runs over time';
  runs.name = 'Duration of runs';
  const total = sumOf(buckets, 'calls');
  return {request, buckets, runs: total > runs.rowCount ? null : runs, calls: total};
}

/** One page of runs, the newest first, with a column for each input and output that any of them has. */
export async function askRuns(request: UsageRequest, query: RunsQuery, page: {beforeTime?: string, beforeId?: string,
  pageSize: number}, signal: AbortSignal): Promise<DG.DataFrame> {
  const frame = await runQuery('FunctionCalls', {...filterParameters(request, ownFilters), ...page,
    functions: [query.functionId], status: query.status}, signal);
  frame.name = 'Runs';
  const ids = frame.getCol('id').toList() as string[];
  if (ids.length > 0)
    addValues(frame, ids, await askValues(ids, signal));
  return frame;
}

/**
 * One run by its id.
 * @param started its start, to find its page; truncated to milliseconds.
 * @returns null when it is not among the runs of the function in the range.
 */
export async function askRun(request: UsageRequest, functionId: string, id: string, started: number,
  signal: AbortSignal): Promise<Run | null> {
  const frame = await runQuery('FunctionCalls', {...filterParameters(request, ownFilters), functions: [functionId],
    beforeTime: new Date(started + 1).toISOString(), pageSize: 50}, signal);
  const row = frame.getCol('id').toList().indexOf(id);
  return row < 0 ? null : runAt(frame, row);
}

/** Inputs and outputs of calls, in the order in which they are declared. */
export async function askValues(calls: readonly string[], signal: AbortSignal): Promise<CallValue[]> {
  const frame = await runQuery('FunctionCallValues', {calls: [...calls]}, signal);
  const [callIds, names, inputs, types, values] = ['call_id', 'name', 'is_input', 'type', 'value']
    .map((name) => frame.getCol(name));
  return Array.from({length: frame.rowCount}, (_, row) => ({callId: callIds.get(row), name: names.get(row) ?? '',
    isInput: inputs.get(row) === true, type: types.get(row) ?? '', value: values.isNone(row) ? null : values.get(row)}));
}

/** Reads a row of a page of runs. */
export function runAt(frame: DG.DataFrame, row: number): Run {
  const text = (name: string): string => frame.getCol(name).isNone(row) ? '' : String(frame.get(name, row));
  const instant = (name: string): number | null => frame.getCol(name).isNone(row) ? null :
    Math.floor(frame.getCol(name).getRawData()[row] / 1000);
  return {id: text('id'), started: instant('started')!, ended: instant('ended'),
    ms: frame.getCol('ms').isNone(row) ? null : Number(frame.get('ms', row)), status: text('status'),
    userId: text('user_id'), user: text('user'), functionId: text('function_id'), function: text('function'),
    version: text('version'), error: text('error_message')};
}

/** Column for a value: inputs and outputs may have one name, and the core takes no account of letter case. */
export const valuePrefix = {input: 'in: ', output: 'out: '};

/** Calls of several versions share the columns of parameters that they have in common. */
function addValues(frame: DG.DataFrame, ids: readonly string[], values: readonly CallValue[]): void {
  const rows = new Map(ids.map((id, row) => [id, row]));
  const columns = new Map<string, {caption: string, isInput: boolean, cells: (string | null)[]}>();
  const seen = new Map<string, number>();
  for (const {callId, name, isInput, value} of values) {
    // A call may have two values of one parameter; the second one has a column of its own.
    const inCall = JSON.stringify([callId, isInput, name]);
    const nth = (seen.get(inCall) ?? 0) + 1;
    seen.set(inCall, nth);
    const key = JSON.stringify([isInput, name, nth]);
    const column = columns.get(key) ?? {caption: `${isInput ? valuePrefix.input : valuePrefix.output}${name}`, isInput,
      cells: ids.map(() => null)};
    column.cells[rows.get(callId)!] = value;
    columns.set(key, column);
  }
  const sorted = [...columns.values()].sort((a, b) => Number(b.isInput) - Number(a.isInput));
  for (const {caption, cells} of sorted)
    frame.columns.add(DG.Column.string(frame.columns.getUnusedName(caption), ids.length)
      .init((row: number) => cells[row] as string));
}
