/**
 * Literals of annotation lines: quoted strings, numbers, booleans, null and lists, as written after `=` or in
 * `{choices: [...]}`.
 */

const CLOSING: Record<string, string> = {'(': ')', '[': ']', '{': '}'};

/** A quote opens a string only where a value may begin, so that the apostrophe of `{caption: User's name}` does not. */
const BEFORE_VALUE = new Set([undefined, ':', ',', ';', '=', '(', '[', '{']);

/** Whether the character at `at` opens a quoted string, given what stands before it since `from`. */
function opensQuote(text: string, from: number, at: number): boolean {
  if (text[at] !== '"' && text[at] !== "'")
    return false;
  let i = at - 1;
  while (i >= from && /\s/.test(text[i]))
    i--;
  return BEFORE_VALUE.has(i < from ? undefined : text[i]);
}

/** Index just behind the string that opens at `at`, or -1 if it never closes. A backslash escapes one character. */
export function quotedEnd(text: string, at: number): number {
  for (let i = at + 1; i < text.length; i++) {
    if (text[i] === '\\')
      i++;
    else if (text[i] === text[at])
      return i + 1;
  }
  return -1;
}

/**
 * Index of the first character at nesting level 0, from `from` on, for which `stop` is true; the length if there is
 * none. Brackets nest, quoted strings are skipped as a whole, and a closing bracket at level 0 stops the scan too.
 */
export function scanLevel(text: string, from: number, stop: (char: string, at: number) => boolean): number {
  const open: string[] = [];
  for (let i = from; i < text.length; i++) {
    const char = text[i];
    if (open.length === 0 && stop(char, i))
      return i;
    if (opensQuote(text, from, i)) {
      const end = quotedEnd(text, i);
      if (end > 0)
        i = end - 1;
    } else if (char in CLOSING)
      open.push(CLOSING[char]);
    else if (char === ')' || char === ']' || char === '}') {
      if (open.length === 0)
        return i;
      if (open.at(-1) === char)
        open.pop();
    }
  }
  return text.length;
}

/** Parts of `text` between separators at nesting level 0, trimmed; empty text has no parts. */
export function splitLevel(text: string, separator: string): string[] {
  const parts: string[] = [];
  let from = 0;
  while (from <= text.length) {
    const end = scanLevel(text, from, (char) => char === separator);
    // A stray closing bracket belongs to the text.
    const next = end < text.length && text[end] !== separator ? text.indexOf(separator, end) : end;
    const stop = next < 0 ? text.length : next;
    parts.push(text.slice(from, stop).trim());
    from = stop + 1;
  }
  return parts.length === 1 && parts[0] === '' ? [] : parts;
}

const ESCAPES: Record<string, string> = {n: '\n', r: '\r', t: '\t'};

/** Content of a text that is one quoted string as a whole; undefined otherwise. */
export function unquote(text: string): string | undefined {
  if (text.length < 2 || (text[0] !== '"' && text[0] !== "'") || quotedEnd(text, 0) !== text.length)
    return undefined;
  return text.slice(1, -1).replace(/\\(.)/gs, (_all, char: string) => ESCAPES[char] ?? char);
}

/** What a text that is no literal evaluates to. */
export const NOT_A_LITERAL = Symbol('not a literal');

/**
 * Value of a literal: `"a"`, `'a'`, `5`, `-1.5e3`, `true`, `null`, `['all', "any"]`, nested lists.
 * Words without quotes are no literals, except inside lists, where they are strings.
 */
export function parseLiteral(text: string): unknown {
  const source = text.trim();
  const quoted = unquote(source);
  if (quoted !== undefined)
    return quoted;
  if (source === 'null' || source === 'true' || source === 'false')
    return JSON.parse(source);
  if (/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(source))
    return Number(source);
  if (source.startsWith('[') && source.endsWith(']'))
    return splitLevel(source.slice(1, -1), ',').map((item) => {
      const value = parseLiteral(item);
      return value === NOT_A_LITERAL ? item : value;
    });
  return NOT_A_LITERAL;
}
