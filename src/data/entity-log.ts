import type * as DG from 'datagrok-api/dg';
import {askEventParameters, type EventParameter} from './events';
import {loadPrivacy} from './privacy';
import {runQuery} from './query';
import type {Subject} from './subject';

/** Something that happened to an entity, or that a person did. */
export interface Happening {
  readonly id: string;
  /** Epoch milliseconds. */
  readonly time: number;
  /** Microseconds since 1970, by which the next page is found. */
  readonly micros: number;
  readonly userId: string | null;
  /** Null when no account is known. */
  readonly user: string | null;
  /** The record has no session: the server did it by itself. */
  readonly byServer: boolean;
  readonly source: string;
  readonly type: string;
  readonly description: string;
  readonly error: string;
  readonly parameters: readonly EventParameter[];
}

export interface HappeningsPage {
  readonly rows: readonly Happening[];
  /** Whether older ones follow. */
  readonly hasMore: boolean;
  /** People have pseudonyms, and are no links to their accounts. */
  readonly hidesNames: boolean;
}

export const PAGE_SIZE = 20;

/**
 * One page of what happened, the newest first, with parameters and the names of what they refer to.
 * @param after the last one of the page before; null for the first page.
 */
export async function askHappenings(subject: Subject, after: Happening | null, signal: AbortSignal):
  Promise<HappeningsPage> {
  const place = after == null ? {} : {beforeId: after.id, beforeTime: isoMicros(after.micros)};
  const asked = subject.kind === 'user' ? {users: [subject.id]} : {entities: [subject.id]};
  const pageSize = PAGE_SIZE + 1;
  const [{hidesNames}, frame] = await Promise.all([loadPrivacy(),
    runQuery('EntityLog', {...asked, pageSize, ...place}, signal)]);
  const count = Math.min(frame.rowCount, PAGE_SIZE);
  const ids: string[] = frame.getCol('id').toList().slice(0, count);
  const parameters = count === 0 ? new Map<string, EventParameter[]>() : await askEventParameters(ids, signal);
  return {rows: ids.map((id, row) => happening(frame, row, parameters.get(id) ?? [])), hidesNames,
    hasMore: frame.rowCount > PAGE_SIZE};
}

function happening(frame: DG.DataFrame, row: number, parameters: readonly EventParameter[]): Happening {
  const text = (name: string): string => frame.getCol(name).isNone(row) ? '' : frame.get(name, row);
  const micros = frame.getCol('time').getRawData()[row];
  return {id: text('id'), time: micros / 1000, micros, userId: text('user_id') || null, user: text('user') || null,
    byServer: frame.get('by_server', row) === true, source: text('source'), type: text('type'), description: text('description'), error: text('error_message'),
    parameters};
}

/** Microseconds since 1970 as ISO text: pages must not lose what is finer than a millisecond. */
export function isoMicros(micros: number): string {
  const seconds = Math.floor(micros / 1e6);
  const rest = String(Math.round(micros - seconds * 1e6)).padStart(6, '0');
  return `${new Date(seconds * 1000).toISOString().slice(0, 19)}.${rest}Z`;
}
