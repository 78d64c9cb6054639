import * as DG from 'datagrok-api/dg';
import {bucketsOf} from '../core/buckets';
import type {MetricId} from '../core/definitions';
import type {UsageRequest} from '../core/request';
import type {Totals} from '../ui/cards';
import {cutNote, joinNotes, maxOf} from './answer';
import {filterParameters, runQuery} from './query';
import {askPoints, askSummaryTotals} from './summary';

/**
 * The shared frame of the Overview: a row per bucket, user and package with anything in it, and one of nobody and
 * nothing per bucket: charts that show a part of the rows have zeros where the part has nothing.
 */
export interface Activity {
  readonly request: UsageRequest;
  /** Columns: bucket, user_id, user, login, package_name, package, events, runs, errors, folded. */
  readonly frame: DG.DataFrame;
  /** Whether the last bucket that has begun is still running. */
  readonly incomplete: boolean;
  /** What was folded or cut, in words; empty when nothing was. */
  readonly note: string;
  /** When what may still change was asked for; left out: when the answer was. */
  readonly asOf?: number;
}

export async function askActivity(request: UsageRequest, signal: AbortSignal): Promise<Activity> {
  const {frame: answer, note: kept, asOf} = await askPoints('OverviewActivity', request, {}, signal);
  const folded = maxOf(answer, 'folded');
  // The summaries have given every bucket its row.
  const frame = asOf === undefined ? withZeros(answer) : answer;
  frame.name = 'Activity';
  const note = joinNotes(folded > 0 ? `the ${folded} smallest packages are shown as one` : '', cutNote(answer), kept);
  const buckets = bucketsOf(request, request.unit, request.zone, Date.now());
  return {request, frame, note, asOf, incomplete: buckets.some((b) => b.state === 'running')};
}

/**
 * Gives each bucket its row of nobody and nothing. The query itself gives one to buckets that have no other; the
 * summaries give it to all.
 */
export function withZeros(frame: DG.DataFrame): DG.DataFrame {
  const [starts, events, errors] = ['bucket', 'events', 'errors'].map((name) => frame.getCol(name).getRawData());
  const firstRows = new Map<number, number>();
  const empty = new Set<number>();
  for (let row = 0, rows = frame.rowCount; row < rows; row++) {
    // Most rows come after one of the same bucket.
    if ((row === 0 || starts[row] !== starts[row - 1]) && !firstRows.has(starts[row]))
      firstRows.set(starts[row], row);
    if (events[row] === 0 && errors[row] === 0)
      empty.add(starts[row]);
  }
  const missing = [...firstRows].filter(([start]) => !empty.has(start)).map(([, row]) => row);
  const zeros = DG.DataFrame.create(missing.length);
  const counts = ['events', 'runs', 'errors', 'folded'];
  for (const column of frame.columns.toList())
    zeros.columns.addNew(column.name, column.type).init((i) => column.name === 'bucket' ? column.get(missing[i]) :
      counts.includes(column.name) ? 0 : null);
  return missing.length === 0 ? frame : frame.append(zeros);
}

const metrics: readonly MetricId[] = ['active_users', 'new_users', 'sessions', 'runs', 'events', 'errors'];

export async function askTotals(request: UsageRequest, signal: AbortSignal): Promise<Totals> {
  const {previous} = request.comparison;
  const kept = await askSummaryTotals(request, previous, signal);
  if (kept != null)
    return {request, ...kept};
  const frame = await runQuery('OverviewTotals', {...filterParameters(request),
    previousFrom: new Date(previous.from).toISOString(), previousTo: new Date(previous.to).toISOString()}, signal);
  const row = (period: string): Record<MetricId, number> => {
    const index = frame.getCol('period').toList().indexOf(period);
    return Object.fromEntries(metrics.map((id) => [id, Number(frame.get(id, index))])) as Record<MetricId, number>;
  };
  return {request, current: row('current'), previous: row('previous')};
}
