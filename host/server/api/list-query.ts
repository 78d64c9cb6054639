import {Type, type Static} from '@sinclair/typebox';
import {Refusal} from '../model.ts';
import {parseFilter, type Filter} from './filter.ts';

/** Query string of every list endpoint, as the core sends it. */
export const ListQueryString = Type.Object({
  text: Type.Optional(Type.String({maxLength: 10_000})),
  limit: Type.Optional(Type.String({pattern: '^\\d{1,9}$'})),
  page: Type.Optional(Type.String({pattern: '^\\d{1,9}$'})),
  order: Type.Optional(Type.String({maxLength: 200})),
  include: Type.Optional(Type.String({maxLength: 1000})),
});
export type ListQueryString = Static<typeof ListQueryString>;

/** What a list endpoint is asked for. */
export interface ListQuery {
  filter: Filter;
  /** Rows per page. */
  limit: number;
  /** First row, counted from 0. */
  offset: number;
  /** Path of a property, lower-cased. */
  order?: {field: string; descending: boolean};
  /** Relations to send along, such as `children.child`. */
  include: Set<string>;
}

/** A list is cut here when nobody says how long it may be, and never longer. */
export const MOST_ROWS = 10_000;

/**
 * Reads the query string. The filter text was encoded twice by the core and is decoded once more here; a text that is
 * not encoded so is taken as it is. Pages count from 1.
 */
export function readListQuery(query: ListQueryString): ListQuery {
  const limit = Math.min(query.limit === undefined ? MOST_ROWS : Number(query.limit), MOST_ROWS);
  const page = Math.max(Number(query.page ?? 1), 1);
  const order = query.order?.trim();
  return {
    filter: parseFilter(decodeAgain(query.text ?? '')),
    limit, offset: (page - 1) * limit,
    ...order ? {order: {field: order.replace(/^[!-]/, '').toLowerCase(), descending: /^[!-]/.test(order)}} : {},
    include: new Set((query.include ?? '').split(',').filter(Boolean)),
  };
}

/** Second decoding of the filter text. @throws Refusal (400) when it is neither encoded nor plain. */
export function decodeAgain(text: string): string {
  if (!/%[0-9a-f]{2}/i.test(text))
    return text;
  try {
    return decodeURIComponent(text);
  } catch {
    throw new Refusal(400, 'The filter text is not encoded as the core encodes it');
  }
}
