import type * as DG from 'datagrok-api/dg';
import type {UsageRequest} from '../core/request';

/** An answer as a panel gets it. */
export interface Answer {
  readonly request: UsageRequest;
  readonly frame: DG.DataFrame;
  /** What was folded, cut or kept, in words; empty when nothing was. */
  readonly note: string;
  /** When what may still change in it was asked for, epoch milliseconds; left out: when the answer was. */
  readonly asOf?: number;
}

/** Several notes as one. */
export const joinNotes = (...notes: string[]): string => notes.filter((text) => text !== '').join(' · ');

/** What filters are called where one cannot apply. */
const FILTER_NAMES = {functions: 'function', entities: 'object', sources: 'source', types: 'event type', cells: 'points'};
type NamedFilter = keyof typeof FILTER_NAMES;

/** Says which of the filters are set that do not apply to something; empty when none is. */
export function notAppliedTo(what: string, request: UsageRequest, filters: readonly NamedFilter[]): string {
  const set = filters.filter((filter) => request[filter].length > 0).map((filter) => FILTER_NAMES[filter]);
  return set.length === 0 ? '' : `the filter by ${set.join(', ')} does not apply to ${what}`;
}

/** Tag by which the platform's host says that an answer was cut at its row limit. */
const cutTag = '.host-truncated';

export function cutNote(frame: DG.DataFrame): string {
  return frame.getTag(cutTag) == null ? '' : 'cut at the row limit: these are not all rows';
}

/** Largest value of a column of whole numbers; 0 when it is empty. */
export function maxOf(frame: DG.DataFrame, column: string): number {
  const [raw, rows] = [frame.getCol(column).getRawData(), frame.rowCount];
  let max = 0;
  for (let row = 0; row < rows; row++)
    if (raw[row] > max)
      max = raw[row];
  return max;
}

/** What frames of points say of themselves: people folded into one point per cell, rows cut. */
export function noteOf(frame: DG.DataFrame): string {
  const folded = maxOf(frame, 'folded');
  return joinNotes(folded > 0 ? `people with few events are shown as one, up to ${folded} in a point` : '',
    cutNote(frame));
}

/** Whether no row of points has an event or an error; looks no further than to the first that has one. */
export function isWithoutEvents({frame}: {readonly frame: DG.DataFrame}): boolean {
  const [events, errors] = ['events', 'errors'].map((name) => frame.getCol(name).getRawData());
  const rows = frame.rowCount;
  let row = 0;
  while (row < rows && !(events[row] > 0 || errors[row] > 0))
    row++;
  return row === rows;
}

export const isEmptyAnswer = ({frame}: Answer): boolean => frame.rowCount === 0;

export const ageOfAnswer = ({asOf}: Answer): number | undefined => asOf;
