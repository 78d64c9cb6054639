import {isRangeError, parseRange} from '../core/range';
import {createRequest} from '../core/request';
import {filterParameters, runQuery} from './query';

/** The last weeks, day by day, the first day first; the last one is still running. */
export interface Weeks {
  readonly users: readonly number[];
  readonly errors: readonly number[];
}

/** Weeks that the home page looks back. */
export const WEEKS = 4;

/** Active users and errors of each day of the last weeks, in the zone. One small query. */
export async function askWeeks(zone: string, signal: AbortSignal): Promise<Weeks> {
  const range = parseRange(`last ${WEEKS * 7} days`, Date.now(), zone);
  if (isRangeError(range))
    throw new Error(range.error);
  const {request, problems} = createRequest({range, zone, now: Date.now()});
  if (request == null)
    throw new Error(problems.join(' '));
  const frame = await runQuery('HomeActivity', {...filterParameters(request), unit: request.unit, zone}, signal);
  const numbers = (name: string): number[] => Array.from(frame.getCol(name).getRawData()).slice(0, frame.rowCount);
  return {users: numbers('users'), errors: numbers('errors')};
}
