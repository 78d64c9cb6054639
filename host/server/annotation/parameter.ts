import type {ParamSpec} from '../model.ts';
import {NOT_A_LITERAL, parseLiteral, scanLevel, splitLevel, unquote} from './literal.ts';

/** A parameter as written; whoever registers the function gives it its id. */
export type ParsedParam = Omit<ParamSpec, 'id'>;

/** A line of an annotation that cannot be read; the message quotes it. */
export class AnnotationError extends Error {}

const HEAD = /^([A-Za-z_][\w.:-]*)\s*(?:<\s*([^<>]*?)\s*>)?(?:\s+([A-Za-z_$][\w$]*)|(?=\s*$|\s*[=[{]))/;

/**
 * Reads what follows `input:` or `output:` in the header of a query, script or JavaScript function:
 *
 *     type<subtype> name = default {key: value; key: value} [description]
 *
 * Everything after the name may be absent; options and description may come in either order. An output without a name
 * is called `result`. Option values keep their text, less surrounding quotes; an option without value is `'true'`.
 * The default is evaluated for the type. One that is no literal of that type (an expression) is not evaluated: its
 * text stands in `options.default`, and `defaultValue` is absent.
 * @throws AnnotationError when there is no type, no name, or something unreadable behind the name.
 */
export function parseParameter(line: string, isInput: boolean): ParsedParam {
  const text = line.trim();
  const head = HEAD.exec(text);
  const name = head?.[3] ?? (isInput ? undefined : 'result');
  if (!head || !name)
    throw new AnnotationError(`Cannot read the ${isInput ? 'input' : 'output'} "${text}": type and name expected`);

  const {source, options, description} = parseTail(text, head[0].length);
  const param: ParsedParam = {
    name, type: head[1], isInput, options,
    isOptional: isInput && (isTrue(options.optional) || options.pattern !== undefined || source !== undefined),
    isNullable: isInput && isTrue(options.nullable),
  };
  if (head[2])
    param.subType = head[2];
  if (description !== undefined)
    param.description = description;
  if (options.semType !== undefined)
    param.semType = options.semType;
  if (source !== undefined)
    setDefault(param, source);
  return param;
}

interface Tail {
  /** Text of the default. */
  source?: string;
  options: Record<string, string>;
  description?: string;
}

/** Reads `= default {options} [description]` from `at` on. */
function parseTail(text: string, at: number): Tail {
  const tail: Tail = {options: {}};
  at = skipBlanks(text, at);
  if (text[at] === '=') {
    const from = skipBlanks(text, at + 1);
    at = defaultEnd(text, from);
    tail.source = text.slice(from, at).trim();
  }
  for (at = skipBlanks(text, at); at < text.length; at = skipBlanks(text, at)) {
    const end = text[at] === '{' ? groupEnd(text, at) : text[at] === '[' ? bracketEnd(text, at) : -1;
    if (end < 0)
      throw new AnnotationError(`Cannot read "${text.slice(at)}" in "${text}": {options} or [description] expected`);
    const inner = text.slice(at + 1, end - 1);
    if (text[at] === '{')
      Object.assign(tail.options, parseOptions(inner));
    else
      tail.description = inner.trim();
    at = end;
  }
  return tail;
}

const skipBlanks = (text: string, at: number): number => at + /^\s*/.exec(text.slice(at))![0].length;
const isTrue = (value: string | undefined): boolean => value?.toLowerCase() === 'true';

/** A default ends where options or a description begin: at a bracket that opens after a blank. */
function defaultEnd(text: string, from: number): number {
  return scanLevel(text, from, (char, at) => at > from && (char === '{' || char === '[') && /\s/.test(text[at - 1]));
}

/** Index behind the `}` that closes the group opened at `at`; -1 if it does not close. */
function groupEnd(text: string, at: number): number {
  const end = scanLevel(text, at + 1, () => false);
  return text[end] === '}' ? end + 1 : -1;
}

/** Descriptions are prose: brackets nest, quotes mean nothing. */
function bracketEnd(text: string, at: number): number {
  let level = 0;
  for (let i = at; i < text.length; i++) {
    level += text[i] === '[' ? 1 : text[i] === ']' ? -1 : 0;
    if (level === 0)
      return i + 1;
  }
  return -1;
}

function parseOptions(text: string): Record<string, string> {
  const options: Record<string, string> = {};
  for (const part of splitLevel(text, ';')) {
    const colon = part.indexOf(':');
    const key = (colon < 0 ? part : part.slice(0, colon)).trim();
    const value = colon < 0 ? 'true' : part.slice(colon + 1).trim();
    if (key)
      options[key] = unquote(value) ?? value;
  }
  return options;
}

function setDefault(param: ParsedParam, source: string): void {
  const value = evaluateDefault(source, param.type);
  if (value === NOT_A_LITERAL)
    param.options.default = source;
  else {
    param.defaultValue = value;
    if (value === null)
      param.isNullable = true;
  }
}

/** Value of a default for the declared type; the words of a string and of a date need no quotes. */
function evaluateDefault(source: string, type: string): unknown {
  const value = parseLiteral(source);
  if (value === null)
    return value;
  switch (type) {
  case 'string': case 'datetime':
    return typeof value === 'string' ? value : source;
  case 'list': case 'string_list':
    return Array.isArray(value) ? value : value === NOT_A_LITERAL ? [source] : [value];
  case 'int': case 'bigint':
    return Number.isSafeInteger(value) ? value : numberInQuotes(value, Number.isSafeInteger);
  case 'double': case 'float': case 'num':
    return typeof value === 'number' ? value : numberInQuotes(value, Number.isFinite);
  case 'bool':
    return typeof value === 'boolean' ? value :
      value === 'true' ? true : value === 'false' ? false : NOT_A_LITERAL;
  default:
    return value;
  }
}

/** `= "5"` is accepted for a number. */
function numberInQuotes(value: unknown, accepts: (n: number) => boolean): unknown {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : NaN;
  return accepts(number) ? number : NOT_A_LITERAL;
}
