import type * as DG from 'datagrok-api/dg';
import {bucketsOf} from '../../core/buckets';
import {cellsWithin} from '../../core/cells';
import {MOST_CELLS} from '../../core/drill';
import {formatNumberOf, formatRange} from '../../core/format';
import type {Range} from '../../core/range';
import {cellText, type UsageRequest} from '../../core/request';
import type {Activity} from '../../data/overview';
import {summarizePoints} from '../../data/points';
import {firstRows, rowsOf, type Choice, type ChoiceKind} from '../../ui/cross-filter';
import type {Selection} from '../../ui/point-pane';

/** What one item of a choice is called. */
export const choiceNames: Record<ChoiceKind, string> = {package: 'Package', user: 'User', bucket: 'Time'};

const isKind = (text: string): text is ChoiceKind => Object.hasOwn(choiceNames, text);

/** The list that the address keeps of a choice: its kind, then the values, as far as they are few. */
export function writeChoice(choice: Choice | null): string[] {
  return choice == null || choice.values.length > MOST_CELLS ? [] : [choice.kind, ...choice.values];
}

/** Reads what {@link writeChoice} writes; null for what is no choice. */
export function readChoice([kind, ...values]: readonly string[]): Choice | null {
  return kind != null && isKind(kind) && values.length > 0 ? {kind, values} : null;
}

/** Name of each chosen value, as the charts have it. */
export function choiceLabels({frame, request}: Activity, {kind, values}: Choice): string[] {
  if (kind === 'bucket')
    return bucketsIn(request, values).map((bucket) => formatRange(bucket, request.zone));
  const [rows, labels] = [firstRows(frame, kind), frame.getCol(kind)];
  return values.map((value) => rows.has(value) ? labels.get(rows.get(value)!) : value);
}

/** The chosen part of the frame: in numbers, and in the words of queries and of a drill-down. */
export function choiceSelection(activity: Activity, choice: Choice): Selection {
  const {frame, request} = activity;
  const {kind, values} = choice;
  const rows = rowsOf(frame, choice).getSelectedIndexes();
  const labels = choiceLabels(activity, choice);
  const title = labels.length === 1 ? `${choiceNames[kind]}: ${labels[0]}` :
    formatNumberOf(labels.length, kind === 'bucket' ? 'bucket' : kind);
  // Here it is packages that are folded, not people.
  const summary = {...summarizePoints(frame, rows), foldedUsers: 0};
  if (kind === 'bucket')
    return {title, summary, ...bucketSelection(request, bucketsIn(request, values))};
  const narrowing = kind === 'package' ? {packages: values} : {users: values};
  const exact = values.length <= MOST_CELLS && (kind === 'user' || !isFolded(frame, rows));
  return {title, summary, range: request, parameters: narrowing, narrowing: exact ? narrowing : null};
}

function bucketSelection(request: UsageRequest, buckets: readonly Range[]):
  Pick<Selection, 'range' | 'parameters' | 'narrowing'> {
  const range = {from: Math.min(...buckets.map(({from}) => from)), to: Math.max(...buckets.map(({to}) => to))};
  const cells = cellsWithin(buckets.map(cellText), request.cells);
  // One stretch of time is said by its bounds.
  const plain = buckets.length === 1 && request.cells.length === 0;
  return {range, parameters: {cells}, narrowing: plain ? {range} :
    cells.length > 0 && cells.length <= MOST_CELLS ? {range, cells} : null};
}

/** The parts of the range in which the buckets with these beginnings lie. */
function bucketsIn(request: UsageRequest, starts: readonly string[]): Range[] {
  const wanted = new Set(starts);
  return bucketsOf(request, request.unit, request.zone, Date.now())
    .filter(({start}) => wanted.has(new Date(start).toISOString()))
    .map(({start, end}) => ({from: Math.max(start, request.from), to: Math.min(end, request.to)}));
}

function isFolded(frame: DG.DataFrame, rows: ArrayLike<number>): boolean {
  const folded = frame.getCol('folded').getRawData();
  return Array.from(rows).some((row) => folded[row] > 0);
}
