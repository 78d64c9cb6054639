import * as DG from 'datagrok-api/dg';
import {usersOfCells} from '../core/cells';
import type {UsageRequest} from '../core/request';
import {Cancelled} from './cancelled';

/** Namespace under which the platform knows this package's functions. */
export const namespace = 'UsageAnalysis';

/**
 * Runs one of the package's SQL queries on the platform.
 * @param name name of the query, without the namespace.
 * @param parameters by name; instants as dayjs or ISO texts with zone, lists as arrays.
 * @param signal aborting it cancels the query on the server.
 * @returns the table; instants in it are UTC.
 * @throws with the database's message when the query fails, `Cancelled` when it was aborted, a clear message when the
 * platform offers no such query (not published, or not shared with this user).
 */
export async function runQuery(name: string, parameters: Record<string, unknown>,
  signal?: AbortSignal): Promise<DG.DataFrame> {
  const func = DG.Func.find({package: namespace, name})[0];
  if (func == null)
    throw new Error(`The query ${namespace}:${name} is not available to you on this server`);
  if (signal?.aborted)
    throw new Cancelled();
  const call = func.prepare(parameters as {[name: string]: any});
  const cancel = (): void => void call.cancel();
  signal?.addEventListener('abort', cancel);
  try {
    await call.call();
  } catch (e) {
    if (signal?.aborted)
      throw new Cancelled();
    throw e;
  } finally {
    signal?.removeEventListener('abort', cancel);
  }
  if (signal?.aborted || call.status === 'Canceled')
    throw new Cancelled();
  return call.getOutputParamValue();
}

/** Filters that some tabs have of their own. */
export interface TabFilters {
  /** The tab filters by categories of packages. */
  readonly categories?: boolean;
  /** The tab filters by tags of functions. */
  readonly tags?: boolean;
}

/**
 * Users that a query is asked for: where each point is one of somebody, those alone. The answer is the same; the
 * database then reads the sessions of a few people instead of everybody's events, a hundred times as fast.
 */
function usersAsked({users, cells}: Pick<UsageRequest, 'users' | 'cells'>): string[] {
  const named = usersOfCells(cells);
  const both = users.length === 0 ? named : named.filter((id) => users.includes(id));
  return both.length === 0 ? [...users] : both;
}

/**
 * The filters as every query takes them. Instants are ISO texts in UTC; empty lists mean no filter.
 * @param own filters that are on screen on this tab alone; those of other tabs are not passed on.
 */
export function filterParameters(request: UsageRequest, own: TabFilters = {}): Record<string, unknown> {
  const {from, to, groups, packages, service, functions, entities, sources, types, cells} = request;
  return {from: new Date(from).toISOString(), to: new Date(to).toISOString(), groups: [...groups],
    users: usersAsked(request), packages: [...packages], service, functions: [...functions], entities: [...entities],
    sources: [...sources], types: [...types], cells: [...cells],
    categories: own.categories ? [...request.categories] : [], tags: own.tags ? [...request.tags] : []};
}
