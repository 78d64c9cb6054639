import {isAnnotation, readHeader, readHeaderLine, type Header, type HeaderLine} from './header.ts';

/** Comment mark and language by file ending; `language:` in the header overrides the latter. */
const LANGUAGES: Record<string, {mark: string; language: string}> = {
  js: {mark: '//', language: 'javascript'},
  ts: {mark: '//', language: 'javascript'},
  py: {mark: '#', language: 'python'},
  r: {mark: '#', language: 'r'},
  jl: {mark: '#', language: 'julia'},
  m: {mark: '%', language: 'octave'},
  grok: {mark: '#', language: 'grok'},
  sql: {mark: '--', language: 'sql'},
};

/** Files in `scripts/` that may be scripts. */
export const SCRIPT_FILE = /\.(js|ts|py|r|jl|m|grok|sql)$/i;

/**
 * Reads the header of a script: the `key: value` comments before the first line of code. Octave files are also written
 * with `#`. Undefined when the file has no header, as helper modules beside scripts have none.
 */
export function readScript(fileName: string, text: string): Header | undefined {
  const {mark, language} = LANGUAGES[SCRIPT_FILE.exec(fileName)![1].toLowerCase()];
  const marks = mark === '%' ? ['%', '#'] : [mark];
  const lines: HeaderLine[] = [];
  for (const raw of text.replace(/^\uFEFF/, '').split('\n')) {
    const line = raw.trim();
    const used = marks.find((one) => line.startsWith(one));
    if (used === undefined && line !== '')
      break;
    const entry = used === undefined ? undefined : readHeaderLine(line.slice(used.length));
    if (entry)
      lines.push(entry);
  }
  if (!isAnnotation(lines))
    return undefined;
  const header = readHeader(lines);
  header.language ??= language;
  return header;
}
