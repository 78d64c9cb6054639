import type {ParsedParam} from '../annotation/parameter.ts';
import {QueryError} from './error.ts';

/**
 * The value of every declared input, by its declared name: what was given under the name without regard to case,
 * else the default, else null. Names that are not declared are ignored, as the platform's client drops them.
 *
 * The client sends null for whatever the caller left out. So null takes the default, unless null is what may be
 * passed (`nullable`); a pattern or an optional parameter without a default is null.
 * @throws QueryError `input` naming the parameters that are required and missing.
 */
export function resolveValues(params: ParsedParam[], given: Record<string, unknown>): Map<string, unknown> {
  const byName = new Map(Object.entries(given).map(([name, value]) => [name.toLowerCase(), value]));
  const values = new Map<string, unknown>();
  const missing: string[] = [];
  for (const param of params.filter((p) => p.isInput)) {
    const value = byName.get(param.name.toLowerCase());
    if (value !== undefined && (value !== null || param.isNullable))
      values.set(param.name, value);
    else if (param.defaultValue !== undefined)
      values.set(param.name, param.defaultValue);
    else if (param.isOptional || param.isNullable)
      values.set(param.name, null);
    else
      missing.push(`"${param.name}"`);
  }
  if (missing.length > 0)
    throw new QueryError('input', missing.length === 1 ? `Parameter ${missing[0]} is required` :
      `Parameters ${missing.join(', ')} are required`);
  return values;
}
