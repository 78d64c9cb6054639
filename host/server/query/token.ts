/** A stretch of SQL: code, or something in which nothing may be replaced (literals, quoted names, comments). */
export interface Token {
  isCode: boolean;
  /** Offsets in the text, `to` exclusive. */
  from: number;
  to: number;
}

/**
 * Cuts SQL into code and the rest, by the lexical rules of PostgreSQL (manual, section 4.1): `'...'` with doubled
 * quotes, `E'...'` with backslashes, `"..."`, `$tag$...$tag$`, `--` to the end of the line, nested block comments.
 * What does not close reaches to the end; the database will say so.
 */
export function tokens(sql: string): Token[] {
  const result: Token[] = [];
  let codeFrom = 0;
  for (let at = 0; at < sql.length;) {
    const end = opaqueEnd(sql, at);
    if (end === at) {
      at++;
      continue;
    }
    if (at > codeFrom)
      result.push({isCode: true, from: codeFrom, to: at});
    result.push({isCode: false, from: at, to: end});
    at = codeFrom = end;
  }
  if (codeFrom < sql.length)
    result.push({isCode: true, from: codeFrom, to: sql.length});
  return result;
}

/** Where the stretch that begins at `at` ends; `at` itself when code stands there. */
function opaqueEnd(sql: string, at: number): number {
  switch (sql[at]) {
  case "'": return quoteEnd(sql, at, isEscapeString(sql, at));
  case '"': return quoteEnd(sql, at, false);
  case '$': return dollarEnd(sql, at);
  case '-': return sql[at + 1] === '-' ? lineEnd(sql, at) : at;
  case '/': return sql[at + 1] === '*' ? commentEnd(sql, at) : at;
  default: return at;
  }
}

const isWord = (char: string | undefined): boolean => char !== undefined && /[\w$\u0080-\uffff]/.test(char);

/** `E'...'`, where the E is a word of its own. */
function isEscapeString(sql: string, at: number): boolean {
  return /^[eE]$/.test(sql[at - 1] ?? '') && !isWord(sql[at - 2]);
}

function quoteEnd(sql: string, at: number, hasEscapes: boolean): number {
  const quote = sql[at];
  for (let i = at + 1; i < sql.length; i++) {
    if (hasEscapes && sql[i] === '\\')
      i++;
    else if (sql[i] === quote) {
      if (sql[i + 1] !== quote)
        return i + 1;
      i++;
    }
  }
  return sql.length;
}

/** Inside a name, as in `a$b$`, a dollar opens nothing. */
function dollarEnd(sql: string, at: number): number {
  const tag = /\$(?:[A-Za-z_\u0080-\uffff][\w\u0080-\uffff]*)?\$/y;
  tag.lastIndex = at;
  const open = isWord(sql[at - 1]) ? undefined : tag.exec(sql)?.[0];
  if (open === undefined)
    return at;
  const close = sql.indexOf(open, at + open.length);
  return close < 0 ? sql.length : close + open.length;
}

function lineEnd(sql: string, at: number): number {
  const end = sql.indexOf('\n', at);
  return end < 0 ? sql.length : end;
}

function commentEnd(sql: string, at: number): number {
  let level = 0;
  for (let i = at; i < sql.length - 1; i++) {
    const pair = sql.slice(i, i + 2);
    if (pair !== '/*' && pair !== '*/')
      continue;
    level += pair === '/*' ? 1 : -1;
    i++;
    if (level === 0)
      return i + 1;
  }
  return sql.length;
}
