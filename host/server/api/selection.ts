import {Refusal} from '../model.ts';
import type {Condition, Filter} from './filter.ts';
import type {Field, Json, Kind, Row, View} from './kind.ts';
import type {ListQuery} from './list-query.ts';
import {anywhere, isUuid, Statement} from './statement.ts';

/** Conditions beyond the filter, for endpoints with parameters of their own. */
export type Extra = (statement: Statement) => string[];

/** One page of entities. */
export async function list(kind: Kind, view: View, query: ListQuery, extra?: Extra): Promise<Json[]> {
  const statement = new Statement();
  const {from, where} = source(kind, view, query.filter, statement, extra);
  const {rows} = await view.pool.query<Row>(`select ${kind.columns} ${from} ${where} order by ${order(kind, query)} ` +
    `limit ${statement.bind(query.limit)} offset ${statement.bind(query.offset)}`, statement.values);
  return kind.entities(rows, view, query.include);
}

/** How many entities match, on all pages. */
export async function count(kind: Kind, view: View, query: ListQuery, extra?: Extra): Promise<number> {
  const statement = new Statement();
  const {from, where} = source(kind, view, query.filter, statement, extra);
  const {rows} = await view.pool.query<{n: string}>(`select count(*) as n ${from} ${where}`, statement.values);
  return Number(rows[0].n);
}

/** Entities by id, in no particular order; unknown ones are left out. */
export async function byIds(kind: Kind, view: View, ids: string[], include = new Set<string>()): Promise<Json[]> {
  const known = ids.filter(isUuid);
  if (known.length === 0)
    return [];
  const statement = new Statement();
  const {from, where} = source(kind, {...view, allVersions: true}, NO_FILTER, statement,
    (s) => [`${kind.id} = any(${s.bind(known)}::uuid[])`]);
  const {rows} = await view.pool.query<Row>(`select ${kind.columns} ${from} ${where}`, statement.values);
  return kind.entities(rows, view, include);
}

/** @throws Refusal with status 404 when there is no such entity, 403 when the caller may not see it. */
export async function find(kind: Kind, view: View, id: string, include?: Set<string>): Promise<Json> {
  kind.guard?.(id, view);
  const [found] = await byIds(kind, view, [id], include);
  if (!found)
    throw new Refusal(404, `There is no ${kind.name} with id ${id}`);
  return found;
}

const NO_FILTER: Filter = {conditions: [], words: [], tags: []};

function source(kind: Kind, view: View, filter: Filter, statement: Statement, extra?: Extra) {
  const {from, where} = kind.source(view, statement);
  const conditions = [
    ...where, ...extra?.(statement) ?? [],
    ...filter.conditions.map((condition) => compare(kind, condition, statement)),
    ...filter.tags.map((tag) => compare(kind, {field: 'tag', comparison: '=', value: tag}, statement)),
    ...filter.words.map((word) => contains(kind, word, statement)),
  ];
  return {from: `from ${from}`, where: conditions.length ? `where ${conditions.join(' and ')}` : ''};
}

function field(kind: Kind, name: string): Field {
  if (!Object.hasOwn(kind.fields, name))
    throw new Refusal(400, `A ${kind.name} has no property "${name}" to filter or order by`);
  return kind.fields[name];
}

function contains(kind: Kind, word: string, statement: Statement): string {
  const pattern = statement.bind(anywhere(word));
  return `(${kind.words.map((sql) => `${sql} ilike ${pattern}`).join(' or ')})`;
}

/** SQL of one comparison. A value that cannot be of the field's type equals nothing. */
function compare(kind: Kind, {field: name, comparison, value}: Condition, statement: Statement): string {
  const {sql, type} = field(kind, name);
  const sign = comparison === '!=' ? 'is distinct from' : comparison;
  if (value.toLowerCase() === 'null' && (comparison === '=' || comparison === '!='))
    return `${sql} is ${comparison === '=' ? '' : 'not '}null`;
  switch (type) {
  case 'text': return `lower(${sql}) ${sign} lower(${statement.bind(value)}::text)`;
  case 'tags': return `${comparison === '!=' ? 'not ' : ''}(${tagCondition(sql, statement.bind(value))})`;
  case 'uuid': return isUuid(value) ? `${sql} ${sign} ${statement.bind(value)}::uuid` : String(comparison === '!=');
  case 'bool': return `coalesce(${sql}, false) ${sign} ${statement.bind(/^(true|1|yes)$/i.test(value))}::boolean`;
  case 'number': return Number.isFinite(Number(value)) && value !== '' ?
    `${sql} ${sign} ${statement.bind(Number(value))}::float8` : String(comparison === '!=');
  case 'time': return `${sql} ${sign} ${statement.bind(instantOf(value))}::timestamp`;
  }
}

/** `sql` is an array of texts. */
const tagCondition = (sql: string, value: string): string =>
  `exists (select from unnest(${sql}) as one(tag) where lower(one.tag) = lower(${value}::text))`;

/**
 * A point in time as UTC wall time, the form of the database. Texts without zone are taken as UTC.
 * @throws Refusal (400) when it is no date.
 */
export function instantOf(value: string): string {
  const form = /^(\d{4}-\d\d-\d\d)(?:[ T+](\d\d:\d\d(?::\d\d(?:\.\d+)?)?))?\s*(Z|[+-]\d\d:?\d\d)?$/.exec(value.trim());
  const date = form && new Date(`${form[1]}T${form[2] ?? '00:00'}${form[3] ?? 'Z'}`);
  if (!date || Number.isNaN(date.getTime()))
    throw new Refusal(400, `"${value}" is no date`);
  return date.toISOString().slice(0, -1);
}

function order(kind: Kind, {order: asked}: ListQuery): string {
  if (!asked)
    return `${kind.order}, ${kind.id}`;
  const {sql, type, dense} = field(kind, asked.field);
  if (type === 'tags')
    throw new Refusal(400, `A list of ${kind.name}s cannot be ordered by "${asked.field}"`);
  const direction = asked.descending ? 'desc' : 'asc';
  return `${sql} ${direction}${dense ? '' : ' nulls last'}, ${kind.id} ${direction}`;
}
