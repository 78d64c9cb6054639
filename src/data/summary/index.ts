import type * as DG from 'datagrok-api/dg';
import {formatDay} from '../../core/format';
import type {Range} from '../../core/range';
import type {UsageRequest} from '../../core/request';
import type {SummaryRequest} from '../../core/summary/cube';
import {overviewActivity, overviewTotals, type SummaryTotals} from '../../core/summary/overview';
import {functionPoints, levelPoints, packagePoints} from '../../core/summary/points';
import {runQuery, type TabFilters} from '../query';
import {CutAnswer, frameOf, rawTable} from './frames';
import {SummaryStore, type AgedCube, type Detail} from './store';

/** The summaries of this page. */
export const summaries = new SummaryStore(async (query, parameters, signal) =>
  rawTable(await runQuery(query, parameters, signal)));

/** A data frame that summaries made, with the columns of the query that it stands for. */
export interface SummaryFrame {
  readonly frame: DG.DataFrame;
  readonly asOf: number;
  /** What was kept, in words; empty when nothing was. */
  readonly note: string;
}

type Measure = SummaryRequest['measure'];

const answers = {
  OverviewActivity: {detail: 'packages', make: overviewActivity},
  PackagesActivity: {detail: 'packages', make: packagePoints},
  FunctionsActivity: {detail: 'functions', make: functionPoints},
  EventsActivity: {detail: 'levels', make: levelPoints},
} as const;

/**
 * The answer of a query made of summaries; null when a filter is set that they do not hold, or when they are too large:
 * then the query itself has to be asked.
 * @throws Cancelled when the signal aborts, and what a query throws.
 */
export async function askSummary(query: keyof typeof answers, request: UsageRequest, own: TabFilters,
  signal: AbortSignal, measure?: Measure): Promise<SummaryFrame | null> {
  const {detail, make} = answers[query];
  const asked = summaryRequest(request, own, measure);
  if (!isHeld(request, detail))
    return null;
  const needed = detail === 'levels' && asked.packages.length > 0 ? 'packages' : detail;
  const aged = await cubeOf(asked, needed, signal);
  return aged == null ? null : {frame: frameOf(make(aged.cube, asked)), asOf: aged.asOf, note: keptNote(aged, request)};
}

/** The numbers of the cards for the range and another one; null as for `askSummary`. */
export async function askSummaryTotals(request: UsageRequest, previous: Range, signal: AbortSignal):
  Promise<{current: SummaryTotals, previous: SummaryTotals, asOf: number, note: string} | null> {
  const asked = summaryRequest(request, {});
  if (!isHeld(request, 'packages') || request.sources.length > 0)
    return null;
  const [now, before] = await Promise.all([cubeOf(asked, 'packages', signal),
    cubeOf({...asked, ...previous}, 'packages', signal)]);
  return now == null || before == null ? null : {current: overviewTotals(now.cube, asked),
    previous: overviewTotals(before.cube, {...asked, ...previous}), asOf: now.asOf, note: keptNote(now, request)};
}

/** Names of packages with an event in the range, under the filters; null as for `askSummary`. */
export async function askUsedPackages(request: UsageRequest, own: TabFilters, signal: AbortSignal):
  Promise<ReadonlySet<string> | null> {
  if (!isHeld(request, 'packages'))
    return null;
  const asked = summaryRequest(request, own);
  const aged = await cubeOf(asked, 'packages', signal);
  if (aged == null)
    return null;
  const name = packagePoints(aged.cube, asked).columns.find((column) => column.name === 'package_name');
  return name?.type === 'text' ? new Set(name.names) : null;
}

function isHeld({functions, types, cells}: UsageRequest, detail: Detail): boolean {
  return types.length === 0 && cells.length === 0 && (functions.length === 0 || detail === 'functions');
}

function summaryRequest(request: UsageRequest, own: TabFilters, measure?: Measure): SummaryRequest {
  const {from, to, unit, zone, groups, users, packages, sources, functions, service} = request;
  return {from, to, unit, zone, groups, users, packages, sources, functions, service, measure,
    categories: own.categories ? request.categories : [], tags: own.tags ? request.tags : []};
}

async function cubeOf(asked: SummaryRequest, detail: Detail, signal: AbortSignal): Promise<AgedCube | null> {
  try {
    return await summaries.cube(asked, detail, signal);
  } catch (e) {
    if (e instanceof CutAnswer)
      return null;
    throw e;
  }
}

/** Nothing that was kept is shown without saying so. */
function keptNote({keptUntil}: AgedCube, {zone}: UsageRequest): string {
  return keptUntil == null ? '' : `until ${formatDay(keptUntil - 1, zone)} from kept counts; Refresh counts anew`;
}
