import {Refusal} from '../model.ts';

export type Comparison = '=' | '!=' | '<' | '>' | '<=' | '>=';

/** One comparison of a smart filter, such as `shortName = "x"`. */
export interface Condition {
  /** Path of a property, lower-cased. */
  field: string;
  comparison: Comparison;
  value: string;
}

export interface Filter {
  conditions: Condition[];
  /** Free text: each word must occur in a name. */
  words: string[];
  /** `#tag` items: all must be present. */
  tags: string[];
}

const SEPARATOR = /\s*(?:and\b|&&|,)\s*/iy;
const COMPARISON = /([A-Za-z_][\w.]*)\s*(=|!=|<>|<=|>=|<|>)\s*(?:"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)'|([^\s"'=<>!(),]+))/y;

/** What only a full smart filter has; free text with these would be a condition misread. */
const BEYOND = /[=<>]|\s(or|in|like|contains|not|starts with|ends with)\s/i;

/**
 * Reads the part of the platform's smart filters that this host understands: comparisons of a property with a value
 * joined by `and`, or `#tag`s, or free text.
 * @throws Refusal (400) for anything else: a condition ignored would show what was not asked for.
 */
export function parseFilter(text: string): Filter {
  const filter: Filter = {conditions: [], words: [], tags: []};
  const trimmed = text.trim();
  let at = 0;
  while (at < trimmed.length) {
    const condition = match(COMPARISON, trimmed, at);
    if (!condition)
      break;
    const [, field, comparison, double, single, bare] = condition;
    filter.conditions.push({
      field: field.toLowerCase(), comparison: comparison === '<>' ? '!=' : comparison as Comparison,
      value: bare ?? (double ?? single).replace(/\\(.)/g, '$1'),
    });
    at += condition[0].length;
    const separator = match(SEPARATOR, trimmed, at);
    at += separator?.[0].length ?? 0;
    if (at < trimmed.length && !separator)
      throw unsupported(text);
    if (at === trimmed.length && separator && separator[0].trim() !== '')
      throw unsupported(text);
  }
  readWords(filter, trimmed.slice(at), text);
  return filter;
}

function readWords(filter: Filter, rest: string, text: string): void {
  if (BEYOND.test(` ${rest} `))
    throw unsupported(text);
  for (const word of rest.split(/\s+/).filter(Boolean)) {
    if (/^#./.test(word))
      filter.tags.push(word.slice(1));
    else
      filter.words.push(word.replace(/^"(.*)"$/, '$1'));
  }
}

function match(form: RegExp, text: string, at: number): RegExpExecArray | null {
  form.lastIndex = at;
  return form.exec(text);
}

const unsupported = (text: string): Refusal => new Refusal(400, `This host cannot read the filter "${text}": ` +
  'it knows comparisons joined by "and", #tags, and words of a name');
