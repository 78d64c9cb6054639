import {createHash} from 'node:crypto';
import type {ParsedParam} from '../annotation/parameter.ts';
import {resolveValues} from '../query/values.ts';
import type {CacheKey} from './answer-cache.ts';
import type {CachePolicy} from '../../shared/cache/policy.ts';

/** What of a query decides its answers, besides the data. */
export interface Asked {
  id: string;
  text: string;
  params: ParsedParam[];
}

/**
 * The key of a question: the query with its text, so that another version of a package has answers of its own; the
 * values of its parameters, defaults filled in; and the form in which the answer travels. As on the platform, values
 * are compared as they were given: a pattern such as `today` is one question on every day, and only a schedule that
 * ends its answers keeps them right.
 * @throws QueryError when a required value is missing.
 */
export function cacheKey({id, text, params}: Asked, values: Record<string, unknown>, form: string,
  {invalidateOn}: CachePolicy): CacheKey {
  const question = JSON.stringify([form, text, params.map(({name, type, options}) => [name, type, options]),
    [...resolveValues(params, values)].sort(([a], [b]) => a < b ? -1 : 1)]);
  return {group: id, key: `${id}:${createHash('sha256').update(question).digest('base64')}`, invalidateOn};
}
