import type * as DG from 'datagrok-api/dg';
import * as ui from 'datagrok-api/ui';
import {cellsWithin} from '../core/cells';
import {MOST_CELLS, type Narrowing} from '../core/drill';
import {formatCount, formatRange} from '../core/format';
import type {Range} from '../core/range';
import type {UsageRequest} from '../core/request';
import {cellsOf, summarizePoints, type Summary} from '../data/points';
import {filterParameters, runQuery, type TabFilters} from '../data/query';
import {div, element, linkButton} from './dom';
import {asked, lineList, type EntityKind, type Line} from './lists';
import type {AppContext} from './tab-view';

const captions: Record<string, string> = {events: 'Events', runs: 'Function runs', errors: 'Errors'};

/** What is the same for every selection of a tab. */
export interface SelectionContext {
  readonly app: AppContext;
  /** The request that the frame answers. */
  readonly request: UsageRequest;
  /** The tab's own filters, which hold for the selection too. */
  readonly own: TabFilters;
  /** Aborts when something else is selected. */
  readonly signal: AbortSignal;
  /** Tabs that Details buttons lead to. */
  readonly details: readonly string[];
  /** What the frame counts, when it counts one number alone; see `measure` of the address. */
  readonly measure?: string;
  /** Other ways on from a selection, beside Details. */
  readonly actions?: (selection: Selection) => readonly SelectionAction[];
}

export interface SelectionAction {
  readonly caption: string;
  readonly tooltip: string;
  run(): void;
}

/** One selection: in numbers, in the words of the queries, and in those of a drill-down. */
export interface Selection {
  readonly title: string;
  readonly range: Range;
  readonly summary: Summary;
  /** What queries are asked, besides the filters and the range, to answer for exactly this. */
  readonly parameters: Partial<Pick<UsageRequest, 'cells' | 'packages' | 'users'>> & {readonly measure?: string};
  /** Null when it does not fit into an address: it is then not carried on in part. */
  readonly narrowing: Narrowing | null;
}

/** The context panel for exactly what is selected. */
export function selectionPane(context: SelectionContext, selection: Selection): HTMLElement {
  const {summary, title, range} = selection;
  const {zone} = context.request;
  context.app.labels.learn('functions', summary.functions);
  const accordion = ui.accordion('usage-selection');
  accordion.addPane('Counts', () => counts(context, selection), true);
  addList(accordion, 'Users', summary.users, context.app.privacy.hidesNames ? undefined : 'user', summary.foldedUsers);
  addList(accordion, 'Packages', summary.packages, 'package');
  const list = (query: string, id: string, label: string, count: string, kind?: 'function') => (): HTMLElement =>
    asked(() => selectionQuery(context, selection, {query, id, label, count, kind}));
  if (summary.functions.length > 0)
    addList(accordion, 'Functions', summary.functions, 'function');
  else
    accordion.addPane('Functions run', list('SelectionFunctions', 'function_id', 'function', 'runs', 'function'), true);
  accordion.addPane('Log events by source', list('SelectionSources', 'source', 'source', 'events'), false);
  accordion.addPane('Audit records by type', list('SelectionAudit', 'type', 'type', 'events'), false);
  return div('ua-selection', element('h3', 'ua-selection-title', title),
    div('ua-selection-range', `${formatRange(range, zone)}, ${zone}`), detailButtons(context, selection),
    accordion.root);
}

/** The pane for points of a chart. */
export function pointPane(context: SelectionContext, frame: DG.DataFrame, rows: ArrayLike<number>): HTMLElement {
  const {request} = context;
  const summary = summarizePoints(frame, rows);
  // Points of a drill-down hold beside those chosen within it.
  const cells = cellsWithin(cellsOf(frame, rows), request.cells);
  const fits = cells.length > 0 && cells.length <= MOST_CELLS && cells.join().length <= 6000;
  const range = {from: Math.max(summary.range.from, request.from), to: Math.min(summary.range.to, request.to)};
  // The cells hold all of it: lists too long for an address are left out.
  const ids = (lines: readonly Line[]): string[] | undefined =>
    lines.length === 0 || lines.length > MOST_CELLS ? undefined : lines.map((l) => l.id);
  const others = summary.foldedUsers > 0 || summary.errorsOfNobody > 0;
  return selectionPane(context, {title: pointTitle(summary), summary, range, parameters: {cells,
    ...(context.measure == null ? {} : {measure: context.measure})}, narrowing: !fits ? null : {
    range, packages: ids(summary.packages), functions: ids(summary.functions), sources: ids(summary.sources),
    users: others ? undefined : ids(summary.users),
    // One plain point is said by its range, user and package; several are more than their product.
    cells: cells.length > 1 || others || summary.users.length !== 1 ? cells : request.cells,
  }});
}

function pointTitle(summary: Summary): string {
  if (summary.points > 1) {
    const source = summary.sources.length === 1 ? `${summary.sources[0].label}, ` : '';
    return `${source}${formatCount(summary.points)} points`;
  }
  const name = summary.functions[0] ?? summary.packages[0] ?? summary.sources[0];
  const who = summary.users[0]?.label ?? (summary.foldedUsers > 0 ? `${summary.foldedUsers} other users` : null);
  return [name?.label, who].filter((part) => part != null).join(', ');
}

/** Numbers of the selection; those of the log lead to the rows that they count. */
function counts({app, measure}: SelectionContext, {summary, narrowing}: Selection): HTMLElement {
  const {users, packages, functions, foldedUsers, sums} = summary;
  const table: Record<string, string | HTMLElement> = {Users: formatCount(users.length) +
    (foldedUsers > 0 ? ` and up to ${formatCount(foldedUsers)} folded` : '')};
  if (packages.length > 0)
    table['Packages'] = formatCount(packages.length);
  if (functions.length > 0)
    table['Functions'] = formatCount(functions.length);
  for (const [name, sum] of Object.entries(sums)) {
    // A frame of runs alone counts them as its events; other parts of one number are no number of their own.
    const rows = measure == null || measure === name ? name : measure === 'runs' && name === 'events' ? 'runs' : null;
    table[captions[name]] = rows == null || narrowing == null || sum === 0 ? formatCount(sum) :
      linkButton(formatCount(sum), () => app.filters.drill('Events', {...narrowing, view: 'log', measure: rows}),
        'Show these rows of the log');
  }
  const root = ui.tableFromMap(table);
  root.classList.add('ua-counts');
  return root;
}

function addList(accordion: DG.Accordion, name: string, lines: readonly Line[],
  kind: EntityKind | undefined, folded = 0): void {
  if (lines.length === 0 && folded === 0)
    return;
  accordion.addCountPane(name, () => div('', lineList(lines, kind),
    folded > 0 ? div('ua-panel-note', `and up to ${folded} people who are shown as one: narrow the filters to see them`) :
      null), () => lines.length, true);
}

interface ListQuery {
  readonly query: string;
  readonly id: string;
  readonly label: string;
  readonly count: string;
  readonly kind?: 'function';
}

async function selectionQuery({request, own, signal}: SelectionContext, {range, parameters}: Selection,
  {query, id, label, count, kind}: ListQuery): Promise<HTMLElement> {
  const {measure, ...lists} = parameters;
  const frame = await runQuery(query, {...filterParameters({...request, ...range, ...lists}, own),
    ...(measure == null ? {} : {measure})}, signal);
  const [ids, labels, values] = [id, label, count].map((name) => frame.getCol(name).toList());
  return lineList(ids.map((value, i) => ({id: value ?? '', label: labels[i] ?? '', count: values[i]})), kind);
}

/** Leads to the rows behind the selection: of the one number that the frame counts, when it counts one alone. */
function detailButtons({app, details, measure, actions}: SelectionContext, selection: Selection): HTMLElement {
  const {narrowing} = selection;
  return div('ua-selection-actions', ...details.map((tab) => {
    const button = ui.button(`Details in ${tab}`, () => app.filters.drill(tab, measure == null ? narrowing! :
      {...narrowing!, measure}), narrowing == null ?
      'Too many points to carry exactly: choose fewer, or narrow the filters' : `Show just these in ${tab}`);
    button.disabled = narrowing == null;
    return button;
  }), ...(actions?.(selection) ?? []).map(({caption, tooltip, run}) => ui.button(caption, run, tooltip)));
}
