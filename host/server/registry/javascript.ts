import {isAnnotation, readHeaderLine, type HeaderLine} from './header.ts';

/** A function with annotation lines above it, found in JavaScript or TypeScript text. */
export interface AnnotatedFunction {
  /** The identifier behind the annotation, under which the bundle exports it. */
  name: string;
  header: HeaderLine[];
}

const NAME = '[A-Za-z_$][\\w$]*';
const VALUE = `(?:async\\b\\s*)?(?:function\\b|\\(|${NAME}\\s*=>)`;

/** Forms in which source text and bundles declare a function; the first group is its name. */
const DECLARATIONS = [
  `^(?:export\\s+)?(?:default\\s+)?(?:async\\s+)?function\\s*\\*?\\s*(${NAME})\\s*[<(]`,
  `^(?:export\\s+)?(?:const|let|var)\\s+(${NAME})\\s*(?::.*?)?=\\s*${VALUE}`,
  `^(?:module\\.)?exports\\.(${NAME})\\s*=\\s*`,
  `^(${NAME})\\s*[=:]\\s*${VALUE}`,
  `^(?:(?:public|static|async)\\s+)*\\*?\\s*(${NAME})\\s*(?:<[^>]*>\\s*)?\\(`,
].map((form) => new RegExp(form));

const KEYWORDS = new Set(['if', 'for', 'while', 'switch', 'return', 'function', 'catch', 'await', 'new', 'super',
  'async']);

/**
 * Finds functions that carry an annotation: a block of `//key: value` lines directly above (blank lines, other line
 * comments and one-line decorators may stand between). The text is searched line by line and not parsed, because a
 * bundle may hold any dialect; minified bundles have lost their comments and give nothing.
 */
export function annotatedFunctions(source: string): AnnotatedFunction[] {
  const found: AnnotatedFunction[] = [];
  let block: HeaderLine[] = [];
  for (const raw of source.split('\n')) {
    const line = raw.trim();
    if (line.startsWith('//')) {
      const entry = readHeaderLine(line.slice(2));
      if (entry)
        block.push(entry);
    }
    else if (line === '') {
      if (!isAnnotation(block))
        block = [];
    }
    else if (!/^@.*\)$/.test(line)) {
      const name = isAnnotation(block) ? declaredName(line) : undefined;
      if (name)
        found.push({name, header: block});
      block = [];
    }
  }
  return found;
}

function declaredName(line: string): string | undefined {
  for (const form of DECLARATIONS) {
    const name = form.exec(line)?.[1];
    if (name && !KEYWORDS.has(name))
      return name;
  }
  return undefined;
}
