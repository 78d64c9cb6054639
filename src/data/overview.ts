import type * as DG from 'datagrok-api/dg';
import {bucketsOf} from '../core/buckets';
import type {MetricId} from '../core/definitions';
import type {UsageRequest} from '../core/request';
import type {Totals} from '../ui/cards';
import {cutNote, maxOf} from './answer';
import {sumOf} from './points';
import {filterParameters, runQuery} from './query';

/** The shared frame of the Overview: a row per bucket, user and package; every bucket of the range has a row. */
export interface Activity {
  readonly request: UsageRequest;
  /** Columns: bucket, user_id, user, login, package_name, package, events, runs, errors, folded. */
  readonly frame: DG.DataFrame;
  /** Events and errors in all rows together; 0 means that nothing happened. */
  readonly events: number;
  /** Whether the last bucket that has begun is still running. */
  readonly incomplete: boolean;
  /** What was folded or cut, in words; empty when nothing was. */
  readonly note: string;
}

export async function askActivity(request: UsageRequest, signal: AbortSignal): Promise<Activity> {
  const frame = await runQuery('OverviewActivity', {...filterParameters(request), unit: request.unit,
    zone: request.zone}, signal);
  frame.name = 'Activity';
  const folded = maxOf(frame, 'folded');
  const notes = [folded > 0 ? `the ${folded} smallest packages are shown as one` : '', cutNote(frame)];
  const buckets = bucketsOf(request, request.unit, request.zone, Date.now());
  return {request, frame, events: sumOf(frame, 'events') + sumOf(frame, 'errors'),
    incomplete: buckets.some((b) => b.state === 'running'), note: notes.filter((n) => n !== '').join(' · ')};
}

const metrics: readonly MetricId[] = ['active_users', 'new_users', 'sessions', 'runs', 'events', 'errors'];

export async function askTotals(request: UsageRequest, signal: AbortSignal): Promise<Totals> {
  const {previous} = request.comparison;
  const frame = await runQuery('OverviewTotals', {...filterParameters(request),
    previousFrom: new Date(previous.from).toISOString(), previousTo: new Date(previous.to).toISOString()}, signal);
  const row = (period: string): Record<MetricId, number> => {
    const index = frame.getCol('period').toList().indexOf(period);
    return Object.fromEntries(metrics.map((id) => [id, Number(frame.get(id, index))])) as Record<MetricId, number>;
  };
  return {request, current: row('current'), previous: row('previous')};
}
