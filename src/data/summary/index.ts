import type * as DG from 'datagrok-api/dg';
import type {Unit} from '../../core/calendar';
import {formatDay} from '../../core/format';
import type {Range} from '../../core/range';
import type {UsageRequest} from '../../core/request';
import type {Cube, SummaryRequest} from '../../core/summary/cube';
import {overviewActivity, overviewTotals, type SummaryTotals} from '../../core/summary/overview';
import {functionPoints, levelPoints, packagePoints, usedPackages} from '../../core/summary/points';
import {readRolled} from '../../core/summary/rolled';
import {joinNotes} from '../answer';
import {Cancelled} from '../cancelled';
import {filterParameters, runQuery, type TabFilters} from '../query';
import {frameOf, rawTable} from './frames';
import {CutAnswer, NO_HINTS, SummaryStore, type AgedCube, type AskTable, type Detail} from './store';

const askTable: AskTable = async (query, parameters, signal) => rawTable(await runQuery(query, parameters, signal));

/** The summaries of this page, made of roll-ups where these are installed. */
export const summaries = new SummaryStore(askTable, Date.now, async (signal) => {
  let hints = NO_HINTS;
  try {
    const frame = await runQuery('SummaryHints', {}, signal);
    hints = {...hints, eventsPerDay: frame.getCol('events_per_day').get(0)};
    const first = frame.getCol('first_event');
    if (!first.isNone(0))
      hints = {...hints, firstEvent: first.get(0) * 1000};
    if (frame.getCol('installed').get(0) === true)
      hints = {...hints, rolled: readRolled(await askTable('RolledDays', {}, signal))};
  } catch (e) {
    // Without them everything is answered too.
    if (e instanceof Cancelled)
      throw e;
  }
  return hints;
});

/** Summaries that never look at roll-ups, to compare. */
export const plainSummaries = new SummaryStore(askTable);

/** The answer of a query, whether summaries made it or the query itself. */
export interface Points {
  readonly frame: DG.DataFrame;
  /** When what may still change in it was asked for, epoch milliseconds; undefined: now. */
  readonly asOf?: number;
  /** What was kept, in words; empty when nothing was. */
  readonly note: string;
}

type Measure = SummaryRequest['measure'];

const answers = {
  OverviewActivity: {detail: 'packages', make: (cube: Cube, request: SummaryRequest, maxRows?: number) =>
    overviewActivity(cube, request, maxRows, true)},
  PackagesActivity: {detail: 'packages', make: packagePoints},
  FunctionsActivity: {detail: 'functions', make: functionPoints},
  EventsActivity: {detail: 'levels', make: (cube: Cube, request: SummaryRequest, maxRows?: number) =>
    levelPoints(cube, request, maxRows, true)},
} as const;

/** Queries whose answers summaries give too. */
export type SummaryQuery = keyof typeof answers;

/**
 * Points over time: made of summaries, or asked for when a filter is set that these do not hold, or when they are too
 * large.
 * @throws Cancelled when the signal aborts, and what a query throws.
 */
export async function askPoints(query: SummaryQuery, request: UsageRequest, own: TabFilters,
  signal: AbortSignal, measure?: Measure): Promise<Points> {
  const made = await askSummary(query, request, own, signal, {measure});
  return made ?? {note: '', frame: await runQuery(query, {...filterParameters(request, own), unit: request.unit,
    zone: request.zone, ...(measure == null ? {} : {measure})}, signal)};
}

/**
 * The answer of a query made of summaries; null when they do not hold what is asked, or when they are too large.
 * @param maxRows rows above which something is folded, when not those that the screen can have.
 */
export async function askSummary(query: SummaryQuery, request: UsageRequest, own: TabFilters, signal: AbortSignal,
  {measure, store = summaries, maxRows}: {measure?: Measure, store?: SummaryStore, maxRows?: number} = {}):
  Promise<Points | null> {
  const {detail, make} = answers[query];
  const asked = summaryRequest(request, own, measure);
  if (!isHeld(request, detail))
    return null;
  // What is told apart by package can be narrowed to packages.
  const needed = detail === 'levels' && asked.packages.length > 0 ? 'packages' : detail;
  const aged = await cubeOf(store, asked, needed, signal);
  return aged == null ? null :
    {frame: frameOf(make(aged.cube, asked, maxRows)), asOf: aged.asOf, note: keptNote(aged, request)};
}

/** The numbers of the cards for the range and another one; null as for `askSummary`. */
export async function askSummaryTotals(request: UsageRequest, previous: Range, signal: AbortSignal, store = summaries):
  Promise<{current: SummaryTotals, previous: SummaryTotals, asOf: number, note: string} | null> {
  const asked = summaryRequest(request, {});
  if (!isHeld(request, 'packages') || request.sources.length > 0)
    return null;
  const [now, before] = await Promise.all([cubeOf(store, asked, 'packages', signal),
    cubeOf(store, {...asked, ...previous}, 'packages', signal, 'year')]);
  return now == null || before == null ? null : {current: overviewTotals(now.cube, asked),
    previous: overviewTotals(before.cube, {...asked, ...previous}), asOf: now.asOf, note: keptNote(now, request)};
}

/** Names of packages with and without an event in the range, under the filters; null as for `askSummary`. */
export async function askUsedPackages(request: UsageRequest, own: TabFilters, signal: AbortSignal):
  Promise<{used: string[], unused: string[], asOf: number, note: string} | null> {
  if (!isHeld(request, 'packages'))
    return null;
  const asked = summaryRequest(request, own);
  const aged = await cubeOf(summaries, asked, 'packages', signal);
  return aged == null ? null : {...usedPackages(aged.cube, asked), asOf: aged.asOf, note: keptNote(aged, request)};
}

function isHeld({functions, entities, types, cells}: UsageRequest, detail: Detail): boolean {
  return [entities, types, cells].every((list) => list.length === 0) && (functions.length === 0 || detail === 'functions');
}

function summaryRequest(request: UsageRequest, own: TabFilters, measure?: Measure): SummaryRequest {
  const {from, to, unit, zone, groups, users, packages, sources, functions, service} = request;
  return {from, to, unit, zone, groups, users, packages, sources, functions, service, measure,
    categories: own.categories ? request.categories : [], tags: own.tags ? request.tags : []};
}

async function cubeOf(store: SummaryStore, asked: SummaryRequest, detail: Detail, signal: AbortSignal, width?: Unit):
  Promise<AgedCube | null> {
  try {
    return await store.cube(asked, detail, signal, width);
  } catch (e) {
    if (e instanceof CutAnswer)
      return null;
    throw e;
  }
}

/** Nothing that was kept is shown without saying so. */
function keptNote({keptUntil, rolledUntil}: AgedCube, {zone}: UsageRequest): string {
  return joinNotes(keptUntil == null ? '' : `until ${formatDay(keptUntil - 1, zone)} as kept, Refresh counts anew`,
    rolledUntil == null ? '' : `until ${formatDay(rolledUntil - 1, zone)} from roll-ups`);
}
