import * as DG from 'datagrok-api/dg';
import {startFrom} from '../core/calendar';
import {createRequest, requestOf, type UsageRequest} from '../core/request';
import {QUERY_ROWS} from '../core/summary/overview';
import {withZeros as withZeroLevels} from './event-points';
import {withZeros} from './overview';
import {filterParameters, runQuery} from './query';
import {askSummary, askSummaryTotals, plainSummaries, summaries, type SummaryQuery} from './summary';

/** One answer that two paths gave. */
export interface PathCheck {
  readonly name: string;
  /** Rows, or numbers, that summaries gave; null when they do not hold what is asked, and only the query answers. */
  readonly summary: number | null;
  readonly query: number;
  /** Rows, or numbers, of one path that the other has not. */
  readonly different: number;
  /** The first of them, as text; empty when there is none. */
  readonly example: string;
}

const QUERIES: readonly SummaryQuery[] = ['OverviewActivity', 'PackagesActivity', 'FunctionsActivity', 'EventsActivity'];

/**
 * Asks each tab's numbers by both paths, summaries and the query itself, and compares them row by row. Today is left
 * out, for whatever is done meanwhile, this check included, is logged.
 * @returns null when the range holds no whole day before today.
 * @throws Cancelled when the signal aborts, and what a query throws.
 */
export async function checkPaths(asked: UsageRequest, now: number, signal: AbortSignal): Promise<PathCheck[] | null> {
  const to = Math.min(asked.to, startFrom(now, 0, 'day', asked.zone));
  if (to <= asked.from)
    return null;
  const {request} = createRequest({...asked, now, compare: 'previous',
    range: {from: asked.from, to, kind: 'explicit', text: asked.text, label: asked.text}});
  const checks: PathCheck[] = [];
  try {
    for (const name of QUERIES)
      checks.push(...await checkQuery(name, request!, signal));
    return [...checks, ...await checkTotals(request!, signal)];
  } finally {
    // Nobody else needs them.
    plainSummaries.clear();
  }
}

/**
 * The ways to make an answer that are not its query: what the screen shows, and, where that comes from roll-ups, what
 * it would show without them.
 */
async function pathsOf(name: string, signal: AbortSignal): Promise<[string, typeof summaries][]> {
  return (await summaries.hints(signal)).rolled == null ? [[name, summaries]] :
    [[`${name} (roll-ups)`, summaries], [name, plainSummaries]];
}

/** Compares the paths for everybody in a range as typed. @throws when the range or the zone is not understood. */
export async function checkRange(text: string, zone: string): Promise<DG.DataFrame> {
  const now = Date.now();
  return checksFrame(await checkPaths(requestOf(text, zone, now), now, new AbortController().signal) ?? []);
}

/** The outcome as a table for the screen. */
export function checksFrame(checks: readonly PathCheck[]): DG.DataFrame {
  const frame = DG.DataFrame.fromColumns([
    DG.Column.fromStrings('answer', checks.map(({name}) => name)),
    DG.Column.fromList('int', 'rows by summaries', checks.map(({summary}) => summary)),
    DG.Column.fromList('int', 'rows by the query', checks.map(({query}) => query)),
    DG.Column.fromList('int', 'different', checks.map(({different}) => different)),
    DG.Column.fromList('string', 'first difference', checks.map(({example}) => example)),
  ]);
  frame.name = 'Check of the numbers';
  return frame;
}

async function checkQuery(name: SummaryQuery, request: UsageRequest, signal: AbortSignal): Promise<PathCheck[]> {
  // Rows of nothing, which charts need in each bucket: which path gave them is no difference.
  const fill = name === 'OverviewActivity' ? withZeros : name === 'EventsActivity' ? withZeroLevels : null;
  const texts = (frame: DG.DataFrame): string[] => rowTexts(fill?.(frame) ?? frame);
  const frame = await runQuery(name, {...filterParameters(request), unit: request.unit, zone: request.zone}, signal);
  return Promise.all((await pathsOf(name, signal)).map(async ([path, store]) => {
    const made = await askSummary(name, request, {}, signal,
      {store, maxRows: name === 'OverviewActivity' ? QUERY_ROWS : undefined});
    return made == null ? notHeld(path, frame.rowCount) : compare(path, texts(made.frame), texts(frame));
  }));
}

async function checkTotals(request: UsageRequest, signal: AbortSignal): Promise<PathCheck[]> {
  const {previous} = request.comparison;
  const frame = await runQuery('OverviewTotals', {...filterParameters(request),
    previousFrom: new Date(previous.from).toISOString(), previousTo: new Date(previous.to).toISOString()}, signal);
  const periods: string[] = frame.getCol('period').toList();
  return Promise.all((await pathsOf('OverviewTotals', signal)).map(async ([path, store]) => {
    const made = await askSummaryTotals(request, previous, signal, store);
    if (made == null)
      return notHeld(path, periods.length);
    const metrics = Object.keys(made.current) as (keyof typeof made.current)[];
    const texts = (valueOf: (period: 'current' | 'previous', metric: typeof metrics[number]) => unknown): string[] =>
      (['current', 'previous'] as const).flatMap((period) =>
        metrics.map((metric) => `${period} ${metric}: ${Number(valueOf(period, metric))}`));
    return compare(path, texts((period, metric) => made[period][metric]),
      texts((period, metric) => frame.get(metric, periods.indexOf(period))));
  }));
}

const notHeld = (name: string, query: number): PathCheck => ({name, summary: null, query, different: 0, example: ''});

/** Rows as texts, whatever their order. */
function rowTexts(frame: DG.DataFrame): string[] {
  const columns = frame.columns.toList().sort((a, b) => a.name < b.name ? -1 : 1);
  return Array.from({length: frame.rowCount}, (_, row) => columns.map((column) =>
    `${column.name}: ${column.isNone(row) ? '' : String(column.get(row)?.valueOf())}`).join(', '));
}

function compare(name: string, summary: readonly string[], query: readonly string[]): PathCheck {
  const counts = new Map<string, number>();
  for (const text of summary)
    counts.set(text, (counts.get(text) ?? 0) + 1);
  for (const text of query)
    counts.set(text, (counts.get(text) ?? 0) - 1);
  const differences = [...counts].filter(([, count]) => count !== 0);
  const [first] = differences;
  return {name, summary: summary.length, query: query.length,
    different: differences.reduce((sum, [, count]) => sum + Math.abs(count), 0),
    example: first == null ? '' : `${first[1] > 0 ? 'by summaries' : 'by the query'}: ${first[0]}`};
}
