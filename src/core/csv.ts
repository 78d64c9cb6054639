/**
 * CSV as RFC 4180 has it (CRLF, doubled quotes), in UTF-8 with a byte order mark, which spreadsheets need.
 *
 * Spreadsheets run cells as formulas. Every line of a text cell which begins, after any white space and invisible
 * characters, with a character that starts a formula gets an apostrophe in front; so does a line which would look as
 * if it had got one. Numbers are written as numbers.
 */

export type Cell = string | number | boolean | null | undefined;

export interface CsvTable {
  /** Lines above the table: filters in force, as-of time. */
  comments: readonly string[];
  header: readonly string[];
  rows: readonly (readonly Cell[])[];
}

export interface ParsedCsv {
  comments: string[];
  header: string[];
  rows: string[][];
}

const BOM = '\uFEFF';

/** White space and invisible characters, line breaks excepted. */
const BLANK = String.raw`[^\S\r\n\v\f\u2028\u2029]|[\p{Cf}\p{Zs}\u0000-\u0008\u000e-\u001f\u007f-\u009f]`;

/** What must not stand at the start of a line: a formula's first character, plain or full-width, a tab, a return. */
const DANGER = String.raw`'*(?:[\t\r]|(?:${BLANK})*[=+\-@\uff1d\uff0b\uff0d\uff20\u2212])`;

const LINE_START = String.raw`(?<=^|[\r\n\v\f\u0085\u2028\u2029])`;
const TO_ESCAPE = new RegExp(`${LINE_START}(?=${DANGER})`, 'gu');
const TO_UNESCAPE = new RegExp(`${LINE_START}'(?=${DANGER})`, 'gu');

function safe(text: string): string {
  return text.replace(TO_ESCAPE, `'`);
}

function original(text: string): string {
  return text.replace(TO_UNESCAPE, '');
}

function quote(text: string): string {
  return /[",;\t\r\n]|^\s|\s$/.test(text) ? `"${text.replace(/"/g, '""')}"` : text;
}

function writeCell(cell: Cell): string {
  if (cell === null || cell === undefined || (typeof cell === 'number' && Number.isNaN(cell)))
    return '';
  return typeof cell === 'number' || typeof cell === 'boolean' ? String(cell) : quote(safe(cell));
}

/** A record of one empty cell would read as an empty line: it is quoted. */
function writeRecord(cells: readonly Cell[]): string {
  const line = cells.map(writeCell).join(',');
  return line === '' ? '""' : line;
}

/** A header that begins like a comment gets an apostrophe; one more when it already looks so. */
function maskHeader(header: readonly string[]): readonly string[] {
  return header.length > 0 && /^'*#/.test(header[0]) ? [`'${header[0]}`, ...header.slice(1)] : header;
}

/** Writes the table; each comment line becomes one record whose only cell begins with `# `. */
export function writeCsv(table: CsvTable): string {
  const comments = table.comments.map((line) => quote(`# ${line.replace(/[\r\n\v\f\u0085\u2028\u2029]+/g, ' ')}`));
  const records = [maskHeader(table.header), ...table.rows].map(writeRecord);
  return BOM + [...comments, ...records].map((line) => `${line}\r\n`).join('');
}

/** Cuts RFC 4180 text into records of raw cells. */
function recordsOf(text: string): string[][] {
  const records: string[][] = [];
  let cells: string[] = [];
  for (const [, quoted, bare, end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n|\n|\r|$)/g)) {
    if (quoted === undefined && bare === '' && end === '' && cells.length === 0)
      break;
    cells.push(quoted === undefined ? bare : quoted.replace(/""/g, '"'));
    if (end === ',')
      continue;
    records.push(cells);
    cells = [];
    if (end === '')
      break;
  }
  return records;
}

/** Reads what {@link writeCsv} wrote: cells come back as text, as they were before they were made safe. */
export function parseCsv(text: string): ParsedCsv {
  const records = recordsOf(text.startsWith(BOM) ? text.slice(1) : text);
  const first = records.findIndex((record) => record.length !== 1 || !record[0].startsWith('# '));
  const table = first < 0 ? [] : records.slice(first);
  const comments = records.slice(0, records.length - table.length).map((record) => record[0].slice(2));
  const [header = [], ...rows] = table.map((record) => record.map(original));
  if (header.length > 0 && /^'+#/.test(header[0]))
    header[0] = header[0].slice(1);
  return {comments, header, rows};
}
