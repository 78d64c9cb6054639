import {AnnotationError, parseParameter, type ParsedParam} from '../annotation/parameter.ts';
import {addTest} from '../annotation/tests.ts';
import {identifierOf} from '../registry/names.ts';

/** A query as its file declares it; whoever registers it gives it and its parameters their ids. */
export interface ParsedQuery {
  /** Identifier form of the declared name. */
  name: string;
  friendlyName: string;
  description: string;
  tags: string[];
  /** `meta.*` keys without the prefix, and unknown keys. Several `test` lines are joined by line breaks. */
  options: Record<string, string>;
  helpUrl?: string;
  connection?: string;
  /** Inputs in the order of their lines, then outputs; without a declared output, one `dataframe result`. */
  params: ParsedParam[];
  /** Header and body. */
  text: string;
}

/** What stands in for header lines that a query lacks. */
export interface QueryDefaults {
  name?: string;
  connection?: string;
}

interface Line {
  number: number;
  text: string;
}

const KEY = /^\s*--\s*([A-Za-z][\w.-]*)\s*:\s*(.*?)\s*$/;
const COMMENT = /^\s*--/;

/**
 * Reads a file of annotated SQL: one query or several, each begun by `--name:` and closed by `--end` or by the next
 * `--name:`. The header is what stands before the first line of SQL: `--key: value` lines, other comments and blank
 * lines. Problems are told with the number of their line; a query with a parameter that cannot be read is left out.
 */
export function parseQueries(text: string, defaults: QueryDefaults = {}): {queries: ParsedQuery[]; problems: string[]} {
  const queries: ParsedQuery[] = [];
  const problems: string[] = [];
  for (const lines of splitQueries(text)) {
    try {
      queries.push(parseQuery(lines, defaults));
    } catch (error) {
      if (!(error instanceof AnnotationError))
        throw error;
      problems.push(error.message);
    }
  }
  return {queries, problems};
}

/** Lines of each query: header and body, without the closing `--end`. */
function splitQueries(text: string): Line[][] {
  const queries: Line[][] = [];
  let lines: Line[] = [];
  let inBody = false;
  const close = (): void => {
    // Comments before the first query or behind the last one belong to none.
    if (inBody || lines.some((line) => KEY.exec(line.text)?.[1] === 'name'))
      queries.push(lines);
    lines = [];
    inBody = false;
  };
  text.replace(/^\uFEFF/, '').split(/\r?\n/).forEach((line, i) => {
    if (/^\s*--\s*end\s*$/i.test(line))
      return close();
    if (inBody && KEY.exec(line)?.[1] === 'name')
      close();
    inBody ||= isSql(line);
    lines.push({number: i + 1, text: line});
  });
  close();
  return queries;
}

const isSql = (line: string): boolean => line.trim() !== '' && !COMMENT.test(line);

function parseQuery(lines: Line[], defaults: QueryDefaults): ParsedQuery {
  const bodyAt = lines.findIndex((line) => isSql(line.text));
  const query: ParsedQuery = {name: '', friendlyName: '', description: '', tags: [], options: {}, params: [],
    text: lines.map((line) => line.text).join('\n').trim()};
  let label = defaults.name ?? '';
  let friendlyName: string | undefined;
  for (const line of bodyAt < 0 ? lines : lines.slice(0, bodyAt)) {
    const [, key, value] = KEY.exec(line.text) ?? [];
    if (key === 'name')
      label = value;
    else if (key === 'friendlyName')
      friendlyName = value;
    else if (key !== undefined)
      readKey(query, key, value, line.number);
  }
  const at = `line ${lines.find((line) => line.text.trim() !== '')!.number}`;
  query.name = identifierOf(label);
  if (query.name === '')
    throw new AnnotationError(`${at}: a query without --name`);
  if (bodyAt < 0)
    throw new AnnotationError(`${at}: "${label}" has no SQL`);
  query.friendlyName = friendlyName ?? label;
  query.connection ??= defaults.connection;
  finishParams(query, at);
  return query;
}

function readKey(query: ParsedQuery, key: string, value: string, line: number): void {
  switch (key) {
  case 'description': query.description = value; break;
  case 'help-url': query.helpUrl = value; break;
  case 'connection': query.connection = value; break;
  case 'tags': query.tags.push(...value.split(',').map((tag) => tag.trim()).filter(Boolean)); break;
  case 'input': case 'output': query.params.push(readParameter(value, key === 'input', line)); break;
  case 'test': addTest(query.options, value); break;
  default: query.options[key.replace(/^meta\./, '')] = value;
  }
}

/** A query has nobody who could evaluate an expression as a default, so that only literals are accepted. */
function readParameter(text: string, isInput: boolean, line: number): ParsedParam {
  try {
    const param = parseParameter(text, isInput);
    if (param.options.default !== undefined && param.defaultValue === undefined)
      throw new AnnotationError(`"${param.options.default}" is no ${param.type}, as the default of ${param.name}`);
    return param;
  } catch (error) {
    throw error instanceof AnnotationError ? new AnnotationError(`line ${line}: ${error.message}`) : error;
  }
}

/** Orders the parameters, adds the output that is understood, and rejects names that would be the same. */
function finishParams(query: ParsedQuery, at: string): void {
  const inputs = query.params.filter((param) => param.isInput);
  const outputs = query.params.filter((param) => !param.isInput);
  if (outputs.length === 0)
    outputs.push({name: 'result', type: 'dataframe', isInput: false, isOptional: false, isNullable: false,
      options: {}});
  for (const list of [inputs, outputs]) {
    const names = list.map((param) => param.name.toLowerCase());
    const repeated = list.find((param, i) => names.indexOf(param.name.toLowerCase()) < i);
    if (repeated)
      throw new AnnotationError(`${at}: ${query.name} declares "${repeated.name}" twice`);
  }
  query.params = [...inputs, ...outputs];
}
