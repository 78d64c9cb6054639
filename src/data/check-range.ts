import type * as DG from 'datagrok-api/dg';
import {isRangeError, parseRange} from '../core/range';
import {createRequest} from '../core/request';
import {checkPaths, checksFrame} from './self-check';

/** Compares the paths for everybody in a range as typed. @throws when the range or the zone is not understood. */
export async function checkRange(text: string, zone: string): Promise<DG.DataFrame> {
  const now = Date.now();
  const range = parseRange(text, now, zone);
  if (isRangeError(range))
    throw new Error(range.error);
  const {request, problems} = createRequest({range, zone, now});
  if (request == null)
    throw new Error(problems.join(' '));
  return checksFrame(await checkPaths(request, now, new AbortController().signal) ?? []);
}
