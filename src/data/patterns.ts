import * as DG from 'datagrok-api/dg';
import type {Range} from '../core/range';

/**
 * Reads a date text with the platform's own parser of patterns, for texts which this package's parser does not know.
 * The platform's "today" is the date of the process in UTC terms; an open end becomes 1970 or 2200.
 * @returns half-open bounds, or null for a text that the platform does not know either.
 */
export function platformRange(text: string): Range | null {
  const matcher = DG.ValueMatcher.dateTime(text);
  const json = (window as any).grok_JSON_encode((matcher as any).dart);
  const {op, values, v1, v2} = JSON.parse(json) as Record<string, any>;
  const [first, second] = [values?.[0] ?? v1, values?.[1] ?? v2].map((v) => v == null ? NaN : Date.parse(v));
  if (op === 'after' && Number.isFinite(first))
    return {from: first, to: Date.UTC(2199, 0, 1)};
  if (op === 'before' && Number.isFinite(first))
    return {from: Date.UTC(1970, 0, 2), to: first};
  return Number.isFinite(first) && Number.isFinite(second) && second > first ? {from: first, to: second} : null;
}
