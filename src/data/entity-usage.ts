import type * as DG from 'datagrok-api/dg';
import {percentile} from '../core/percentile';
import {EARLIEST} from '../core/range';
import {requestOf, type UsageRequest} from '../core/request';
import {LEAST_FOR_PERCENTILES} from './functions';
import {summarizePoints, type Share} from './points';
import {loadPrivacy} from './privacy';
import {filterParameters, runQuery} from './query';
import type {Subject} from './subject';

/** Days that a pane can look back, the current one included. */
export const WINDOWS = [7, 30, 90] as const;
export type Window = typeof WINDOWS[number];

/** What is known of the use of an entity in one window. */
export interface WindowUsage {
  readonly people: number;
  readonly events: number;
  readonly runs: number;
  /** Openings of a project; undefined for what is not opened. */
  readonly openings?: number;
  readonly errors: number;
  /** Most active people first. */
  readonly users: readonly Share[];
  readonly packages: readonly Share[];
  /** Events of each day, the first day first. */
  readonly days: readonly number[];
  /** First instant of the last day with an event, epoch milliseconds; null when there is none. */
  readonly lastUse: number | null;
}

/** One answer serves all windows. */
export interface EntityUsage {
  readonly request: UsageRequest;
  /** The subject with what had to be looked up: the queries of a connection. */
  readonly subject: Subject;
  readonly frame: DG.DataFrame;
  /** People have pseudonyms, and are no links to their accounts. */
  readonly hidesNames: boolean;
}

/** How long saved calls took, by the rules of the Functions tab; null where too few ended. Milliseconds. */
export interface Durations {
  readonly calls: number;
  /** How many of them the other numbers are about: the latest ones. */
  readonly measured: number;
  readonly failed: number;
  readonly p50: number | null;
  readonly p95: number | null;
}

/** The request of a window in the zone; the same that the tabs make of "last N days". @throws when the zone is none. */
export function windowRequest({filters}: Subject, days: Window, zone: string, now = Date.now()): UsageRequest {
  return requestOf(`last ${days} days`, zone, now, filters);
}

/** Use of an entity over the longest window, by day and person. */
export async function askEntityUsage(subject: Subject, zone: string, signal: AbortSignal): Promise<EntityUsage> {
  const known = subject.kind === 'connection' ? await withQueries(subject, signal) : subject;
  const request = windowRequest(known, 90, zone);
  const parameters = {...filterParameters(request), unit: request.unit, zone};
  // What is known by its id alone may be a project, which is opened; that is cheaper by itself, too.
  const [{hidesNames}, frame] = await Promise.all([loadPrivacy(),
    runQuery(request.entities.length > 0 ? 'EntityActivity' : 'OverviewActivity', parameters, signal)]);
  return {request, subject: known, frame, hidesNames};
}

async function withQueries(subject: Subject, signal: AbortSignal): Promise<Subject> {
  const frame = await runQuery('ConnectionQueries', {entity: subject.id}, signal);
  const functions: string[] = frame.getCol('function_id').toList();
  return functions.length === 0 ? subject : {...subject, filters: {functions}, tab: 'Functions'};
}

/** The numbers of one window: the rows of its days, counted as the cards of the Overview count. */
export function usageIn({frame}: EntityUsage, range: {from: number, to: number}): WindowUsage {
  const instants = frame.getCol('bucket').getRawData();
  const rows = Array.from({length: frame.rowCount}, (_, row) => row)
    .filter((row) => instants[row] / 1000 >= range.from && instants[row] / 1000 < range.to);
  const {users, packages, sums} = summarizePoints(frame, rows);
  const [events, openings] = ['events', 'openings'].map((name) => frame.col(name)?.getRawData());
  const perDay = new Map<number, number>();
  for (const row of rows)
    perDay.set(instants[row] / 1000, (perDay.get(instants[row] / 1000) ?? 0) + events![row]);
  const days = [...perDay].sort(([a], [b]) => a - b);
  const lastUse = days.filter(([, count]) => count > 0).pop();
  return {people: users.length, events: sums.events, runs: sums.runs, errors: sums.errors, users, packages,
    openings: openings == null ? undefined : rows.reduce((sum, row) => sum + openings[row], 0),
    days: days.map(([, count]) => count), lastUse: lastUse?.[0] ?? null};
}

/** Calls of several functions are measured one by one, the latest so many. */
const MOST_CALLS = 5000;

/** Durations of the saved calls that the filters leave; null when none was saved. */
export async function askDurations(request: UsageRequest, signal: AbortSignal): Promise<Durations | null> {
  const frame = await runQuery('FunctionCalls', {...filterParameters(request), pageSize: MOST_CALLS}, signal);
  if (frame.rowCount === 0)
    return null;
  const [ms, status] = ['ms', 'status'].map((name) => frame.getCol(name));
  const rows = Array.from({length: frame.rowCount}, (_, row) => row);
  const lengths = rows.filter((row) => !ms.isNone(row)).map((row) => Number(ms.get(row))).sort((x, y) => x - y);
  const enough = lengths.length >= LEAST_FOR_PERCENTILES;
  return {calls: Number(frame.get('total', 0)), measured: frame.rowCount,
    failed: rows.filter((row) => String(status.get(row)).toLowerCase() === 'error').length,
    p50: enough ? percentile(lengths, 0.5) : null, p95: enough ? percentile(lengths, 0.95) : null};
}

/** The latest event before the window of the pane, epoch milliseconds; null when there never was one. */
export async function askEarlierUse({request}: EntityUsage, signal: AbortSignal): Promise<number | null> {
  const before = {...filterParameters(request), from: new Date(EARLIEST).toISOString(),
    to: new Date(request.from).toISOString()};
  const frame = await runQuery('EventRows', {...before, measure: 'events', pageSize: 1}, signal);
  return frame.rowCount === 0 ? null : frame.getCol('time').getRawData()[0] / 1000;
}

/** Functions that were run, the most used first. */
export async function askTopFunctions(request: UsageRequest, signal: AbortSignal): Promise<Share[]> {
  const frame = await runQuery('SelectionFunctions', filterParameters(request), signal);
  const [ids, labels, runs] = ['function_id', 'function', 'runs'].map((name) => frame.getCol(name).toList());
  return ids.map((id: string, i: number) => ({id, label: labels[i], count: runs[i]}));
}

/** People in a group, those of nested groups included; null when the server does not tell. */
export async function askMembers(group: string, signal: AbortSignal): Promise<number | null> {
  const frame = await runQuery('FilterGroups', {}, signal);
  const row = frame.getCol('id').toList().indexOf(group);
  return row < 0 ? null : Number(frame.get('members', row));
}
