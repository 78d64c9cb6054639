import {parsePattern, type Core, type Matcher, type PatternKind} from '../core/core.ts';
import {OID, type Bind} from './bind.ts';
import {QueryError} from './error.ts';
import {utcTimestamp} from './timestamp.ts';

/** A condition as pieces of SQL with bound values between them. */
export type Condition = (string | Bind)[];

/** A pattern made into a condition on one column. */
export interface CompiledPattern {
  condition: Condition;
  /** What the user should know: the text was recognised, but the platform makes no or another condition of it. */
  note?: string;
}

const ALL: Condition = ['(1 = 1)'];

/**
 * Turns the text of a `{pattern: ...}` parameter into a condition on `column`, which is SQL of the query's author.
 * The text is parsed by the core's own parser; values are bound. The conditions are those of the platform's Grok
 * Connect, also where one would wish for others: matchers without SQL (weekdays, months, `!= x` for strings) let all
 * rows pass. That, and words that the parser took for a column's name, is told in `note`.
 *
 * `LIKE` takes the text as it is, so that `%` and `_` in it are wildcards: a guess about the platform.
 * @throws QueryError `input`, naming the parameter, when the parser does not recognise the text.
 */
export function compilePattern(core: Core, kind: PatternKind, name: string, text: string | null,
  column: string): CompiledPattern {
  if (text === null || text.trim() === '')
    return {condition: ALL};
  const matcher = parsePattern(core, kind, text.trim());
  if (!matcher)
    throw new QueryError('input', `Parameter "${name}": "${text}" is no ${kind} pattern that is understood`);
  const condition = conditionOf(matcher, kind, column);
  if (!condition)
    return {condition: ALL, note: `Parameter "${name}": there is no condition for "${text}", all rows pass`};
  if (matcher.colName)
    return {condition, note: `Parameter "${name}": "${matcher.colName}" in "${text}" is not understood and left out`};
  return {condition};
}

/** Null when the platform has no SQL for the matcher. */
function conditionOf(matcher: Matcher, kind: PatternKind, column: string): Condition | null {
  switch (matcher.op) {
  case 'none': return ALL;
  case 'is null': return [`(${column} IS NULL)`];
  case 'is not null': return [`(${column} IS NOT NULL)`];
  }
  return kind === 'datetime' ? datetimeCondition(matcher, column) :
    kind === 'string' ? stringCondition(matcher, column) : numberCondition(matcher, column);
}

function datetimeCondition({op, values, include1, include2}: Matcher, column: string): Condition | null {
  const [first, second] = (values ?? []).map((value): Bind => {
    const text = utcTimestamp(String(value));
    if (text === undefined)
      throw new QueryError('input', `"${value}" is out of the range of dates`);
    return {oid: OID.timestamp, text};
  });
  const from = `(${column} ${include1 ? '>=' : '>'} `;
  switch (op) {
  case 'equals': return [`(${column} = `, first, ')'];
  case 'before': return [`(${column} ${include1 ? '<=' : '<'} `, first, ')'];
  case 'after': return [from, first, ')'];
  case 'range': return [from, first, ` AND ${column} ${include2 ? '<=' : '<'} `, second, ')'];
  default: return null;
  }
}

/** Whole numbers are bound as integers, so that an index on an integer column serves; all others as float8. */
function numberBinds(values: Matcher['values']): Bind[] {
  const numbers = (values ?? []).map(Number);
  const isWhole = numbers.every(Number.isSafeInteger);
  const isSmall = isWhole && numbers.every((n) => n === (n | 0));
  return numbers.map((n) => ({oid: isSmall ? OID.int4 : isWhole ? OID.int8 : OID.float8, text: String(n)}));
}

function numberCondition({op, values}: Matcher, column: string): Condition | null {
  const binds = numberBinds(values);
  switch (op) {
  case '=': case '!=': case '<': case '>': case '<=': case '>=': return [`(${column} ${op} `, binds[0], ')'];
  case '-': return [`(${column} >= `, binds[0], ` AND ${column} <= `, binds[1], ')'];
  case 'in': case 'not in': return membership(column, op, binds);
  default: return null;
  }
}

function stringCondition({op, values}: Matcher, column: string): Condition | null {
  const texts = (values ?? []).map(String);
  const lower = (texts[0] ?? '').toLowerCase();
  const bind = (text: string): Bind => ({oid: OID.varchar, text});
  const like = (text: string): Condition => [`(LOWER(${column}) LIKE `, bind(text), ')'];
  switch (op) {
  case 'equals': return like(lower);
  case 'contains': return like(`%${lower}%`);
  case 'starts with': return like(`${lower}%`);
  case 'ends with': return like(`%${lower}`);
  case 'regex': return [`(${column} ~ `, bind(lower), ')'];
  case 'in': case 'not in': return membership(column, op, texts.map(bind));
  default: return null;
  }
}

/** `IN` with nothing in the list is no SQL: no value is in it. */
function membership(column: string, op: 'in' | 'not in', binds: Bind[]): Condition {
  if (binds.length === 0)
    return [op === 'in' ? '(1 = 0)' : '(1 = 1)'];
  const list = binds.flatMap((bind, i): Condition => i === 0 ? [bind] : [', ', bind]);
  return [`(${column} ${op.toUpperCase()} (`, ...list, '))'];
}
