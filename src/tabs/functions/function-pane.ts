import * as ui from 'datagrok-api/ui';
import {formatCount, formatDuration, formatPercent, formatRange} from '../../core/format';
import type {UsageRequest} from '../../core/request';
import {LEAST_FOR_PERCENTILES} from '../../data/functions';
import {div, element} from '../../ui/dom';
import {openEntity} from '../../ui/lists';
import type {AppContext} from '../../ui/tab-view';

/** The saved calls of a function in numbers. Durations are milliseconds; null where there is none. */
export interface FunctionNumbers {
  readonly id: string;
  readonly name: string;
  readonly calls: number;
  readonly failed: number;
  readonly unfinished: number;
  readonly users: number;
  readonly p50: number | null;
  readonly p95: number | null;
  readonly longest: number | null;
  readonly total: number | null;
}

/** Stands for all functions that are no longer known, in every query. */
export const UNKNOWN_FUNCTION = '00000000-0000-0000-0000-000000000000';

/** The context panel for a function: its numbers under the filters, and the ways to its log and to itself. */
export function functionPane(app: AppContext, request: UsageRequest, numbers: FunctionNumbers): HTMLElement {
  const {id, name, calls, failed, unfinished, users, p50, p95, longest, total} = numbers;
  const duration = (ms: number | null, reason: string): string => ms == null ? `– (${reason})` : formatDuration(ms);
  const few = `fewer than ${LEAST_FOR_PERCENTILES} ended`;
  const table = ui.tableFromMap({'Saved calls': formatCount(calls),
    'Failed': `${formatCount(failed)} (${formatPercent(failed / calls)})`, 'Unfinished': formatCount(unfinished),
    'Users': formatCount(users), 'p50': duration(p50, few), 'p95': duration(p95, few),
    'Longest': duration(longest, 'none ended'), 'Total': duration(total, 'none ended')});
  table.classList.add('ua-counts');
  const details = ui.button('Details in Events', () => app.filters.drill('Events', {functions: [id], measure: 'runs'}),
    'The logged runs of this function: more than the calls that were saved');
  return div('ua-selection', element('h3', 'ua-selection-title', name),
    div('ua-selection-range', `${formatRange(request, request.zone)}, ${request.zone}`),
    div('ua-selection-actions', details, id === UNKNOWN_FUNCTION ? null :
      ui.button('Open function', () => void openEntity('function', id), 'Show it in the context panel')),
    table);
}
