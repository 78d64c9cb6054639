import type {ParsedParam} from '../annotation/parameter.ts';
import type {Core, PatternKind} from '../core/core.ts';
import {bindValue, type Bind} from './bind.ts';
import {QueryError} from './error.ts';
import {compilePattern, type CompiledPattern} from './pattern.ts';
import {tokens} from './token.ts';

/** What goes to the database: text with `$1`, `$2`, ..., and for each number a typed value. */
export interface Statement {
  text: string;
  binds: Bind[];
  /** What the user should know about the values, in words. */
  notes: string[];
}

const PATTERN_KINDS: readonly string[] = ['datetime', 'int', 'double', 'string'] satisfies PatternKind[];

/** `@name(column)` as the platform recognises it, `@name(` of anything else, `@name`, the operator `?`, and `$1`. */
const PLACE = /@(\w+)\((\S+?)\)|@(\w+)(\()?|\?\??|(?<![\w$])\$\d+/g;

/**
 * Turns the text of a query into a statement, as the platform's Grok Connect does: lines that are comments are
 * dropped, `@name(column)` becomes the condition of a pattern parameter, `@name` of a declared parameter a bound
 * value, `??` the operator `?`. An `@name` that is not declared stays.
 *
 * Inside string literals, quoted identifiers, dollar quotes and comments nothing is replaced. How the platform treats
 * these is not known; a value bound there would be none for the database, and an e-mail address in a literal should
 * not depend on the names of parameters. Values never become part of the text.
 * @param values value of every declared input by its declared name, see `resolveValues`.
 * @throws QueryError `input` for values of a wrong type, unknown patterns, `@name(` of what is no pattern parameter,
 * a single `?`, which the platform would take for the place of a value, and `$1`, which is one here.
 */
export function makeStatement(core: Core, text: string, params: ParsedParam[],
  values: Map<string, unknown>): Statement {
  const inputs = new Map(params.filter((param) => param.isInput).map((param) => [param.name.toLowerCase(), param]));
  const valueOf = (param: ParsedParam): unknown => values.get(param.name) ?? null;
  const binds: Bind[] = [];
  const notes = new Set<string>();
  /** Equal values of equal type share a number. */
  const place = (bind: Bind): string => {
    const known = binds.findIndex((other) => other.oid === bind.oid && other.text === bind.text);
    return `$${known < 0 ? binds.push(bind) : known + 1}`;
  };
  const replace = ([all, patternName, column, name, bracket]: RegExpExecArray): string => {
    if (all[0] !== '@')
      return operator(all);
    const param = inputs.get((patternName ?? name)!.toLowerCase());
    if (patternName !== undefined || bracket !== undefined) {
      const {condition, note} = patternCondition(core, patternName ?? name!, column, param, param && valueOf(param));
      if (note)
        notes.add(note);
      return condition.map((piece) => typeof piece === 'string' ? piece : place(piece)).join('');
    }
    return param ? place(bindValue(param, valueOf(param))) : all;
  };
  const statement = replaceInCode(withoutCommentLines(text), replace).trim();
  if (statement.includes('\0'))
    throw new QueryError('input', 'The query contains a zero character');
  return {text: statement, binds, notes: [...notes]};
}

/** Replaces every place that begins in code; the column of a pattern may contain a quoted name. */
function replaceInCode(sql: string, replace: (match: RegExpExecArray) => string): string {
  const place = new RegExp(PLACE);
  let result = '';
  let at = 0;
  for (const {from, to} of tokens(sql).filter((token) => token.isCode)) {
    place.lastIndex = Math.max(at, from);
    for (let match = place.exec(sql); match && match.index < to; match = place.exec(sql)) {
      result += sql.slice(at, match.index) + replace(match);
      at = place.lastIndex;
    }
  }
  return result + sql.slice(at);
}

/** Drops lines that hold nothing but a `--` comment. */
function withoutCommentLines(text: string): string {
  return text.split(/\r?\n/).filter((line) => !/^\s*--/.test(line)).join('\n');
}

function operator(text: string): string {
  if (text === '??')
    return '?';
  throw new QueryError('input', text === '?' ? 'The query has a single "?"; the operator is written "??"' :
    `The query has "${text}"; values are inserted by their names`);
}

function patternCondition(core: Core, name: string, column: string | undefined, param: ParsedParam | undefined,
  value: unknown): CompiledPattern {
  if (!param || !PATTERN_KINDS.includes(param.options.pattern))
    throw new QueryError('input', `"@${name}(" needs an input "${name}" with a pattern: ${PATTERN_KINDS.join(', ')}`);
  if (column === undefined || column.includes('('))
    throw new QueryError('input', `"@${name}(" takes a column without blanks and brackets`);
  if (value !== null && typeof value !== 'string' && typeof value !== 'number')
    throw new QueryError('input', `Parameter "${param.name}": the text of a pattern expected`);
  return compilePattern(core, param.options.pattern as PatternKind, param.name,
    value === null ? null : String(value), column);
}
