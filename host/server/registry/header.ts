import {AnnotationError, parseParameter, type ParsedParam} from '../annotation/parameter.ts';
import {addTest} from '../annotation/tests.ts';

/** One `key: value` line of an annotation, comment mark removed. */
export interface HeaderLine {
  key: string;
  value: string;
}

/** What the annotation of a JavaScript function or a script says. */
export interface Header {
  name?: string;
  friendlyName?: string;
  description: string;
  tags: string[];
  options: Record<string, string>;
  helpUrl?: string;
  topMenu?: string;
  language?: string;
  params: ParsedParam[];
  /** Lines that could not be read, in words. */
  problems: string[];
}

/** Reads one comment line whose mark is already removed; undefined when it is no `key: value`. */
export function readHeaderLine(comment: string): HeaderLine | undefined {
  const match = /^\s*([A-Za-z][\w.-]*)\s*:\s*(.*?)\s*$/.exec(comment);
  return match ? {key: match[1], value: match[2]} : undefined;
}

/** Keys without which a block of comments is prose, not an annotation. */
export const isAnnotation = (lines: HeaderLine[]): boolean =>
  lines.some(({key}) => /^(name|friendlyName|description|tags|input|output|language|meta\..+)$/.test(key));

/** Sums up the lines of one annotation. Unknown keys become options, as the platform keeps them. */
export function readHeader(lines: HeaderLine[]): Header {
  const header: Header = {description: '', tags: [], options: {}, params: [], problems: []};
  for (const {key, value} of lines) {
    switch (key) {
    case 'name': header.name = value; break;
    case 'friendlyName': case 'meta.friendlyName': header.friendlyName = value; break;
    case 'description': header.description = value; break;
    case 'help-url': header.helpUrl = value; break;
    case 'top-menu': header.topMenu = value; break;
    case 'language': header.language = value.toLowerCase(); break;
    case 'tags': header.tags.push(...value.split(',').map((tag) => tag.trim()).filter(Boolean)); break;
    case 'input': case 'output': addParameter(header, value, key === 'input'); break;
    case 'test': addTest(header.options, value); break;
    default: header.options[key.replace(/^meta\./, '')] = value;
    }
  }
  return header;
}

function addParameter(header: Header, text: string, isInput: boolean): void {
  try {
    header.params.push(parseParameter(text, isInput));
  } catch (error) {
    if (!(error instanceof AnnotationError))
      throw error;
    header.problems.push(error.message);
  }
}
