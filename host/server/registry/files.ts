import {createHash} from 'node:crypto';
import {existsSync, readdirSync, readFileSync, realpathSync, statSync} from 'node:fs';
import path from 'node:path';

/** Folders of a package that are published whole. `connections/` is not among them: such files may hold passwords. */
const FOLDERS = new Set(['dist', 'files', 'css', 'images', 'queries', 'scripts', 'tables']);

/** Single files in the root of a package that are published. */
const ROOT_FILES = new Set(['package.json', 'detectors.js', 'package.png', 'README.md', 'CHANGELOG.md']);

/** Larger texts are not read for annotations: nobody writes them by hand. */
const READABLE_BYTES = 64 * 2 ** 20;

/** A package has a package.json and something for the platform to run. */
export function isPackageFolder(folder: string): boolean {
  const has = (name: string) => existsSync(path.join(folder, name));
  return has('package.json') && ['dist', 'queries', 'scripts', 'detectors.js'].some(has);
}

/** Whether a path inside a package (with forward slashes) may be shown to clients. Dot files never are. */
export function isPublished(relative: string): boolean {
  const parts = relative.split('/');
  const plain = parts.every((part) => part !== '' && !part.startsWith('.') && !/[\\\0:]/.test(part));
  return plain && (parts.length === 1 ? ROOT_FILES.has(relative) : FOLDERS.has(parts[0]));
}

/**
 * Absolute path of `relative` inside `folder`, or undefined when it leaves the folder (also through a link), is a dot
 * file, or does not exist.
 */
export function resolveInside(folder: string, relative: string): string | undefined {
  const parts = relative.split('/').filter((part) => part !== '');
  if (parts.some((part) => part.startsWith('.') || /[\\\0:]/.test(part)))
    return undefined;
  try {
    const root = realpathSync(folder);
    const file = realpathSync(path.join(root, ...parts));
    return file === root || file.startsWith(root + path.sep) ? file : undefined;
  } catch {
    return undefined;
  }
}

/** Files under `folder/sub` (with forward slashes, relative to `folder`, sorted) whose name matches. */
export function filesUnder(folder: string, sub: string, name = /./): string[] {
  const found: string[] = [];
  const visit = (relative: string) => {
    for (const entry of readdirSync(path.join(folder, relative), {withFileTypes: true})) {
      const inner = `${relative}/${entry.name}`;
      if (entry.name.startsWith('.') || entry.name === 'node_modules')
        continue;
      if (entry.isDirectory())
        visit(inner);
      else if (entry.isFile() && name.test(entry.name))
        found.push(inner);
    }
  };
  if (existsSync(path.join(folder, sub)) && statSync(path.join(folder, sub)).isDirectory())
    visit(sub);
  return found.sort();
}

/** Text of a file of the package; undefined when there is none. Throws when it is too large to be a source. */
export function readText(folder: string, relative: string): string | undefined {
  const file = path.join(folder, relative);
  if (!existsSync(file))
    return undefined;
  if (statSync(file).size > READABLE_BYTES)
    throw new Error(`larger than ${READABLE_BYTES / 2 ** 20} MB`);
  return readFileSync(file, 'utf8');
}

/** Changes whenever a file that the package is made of is added, removed, or written. */
export function buildHash(folder: string): string {
  const sources = filesUnder(folder, 'src', /^package[\w.-]*\.[jt]s$/);
  const root = [...ROOT_FILES].filter((name) => existsSync(path.join(folder, name)));
  const inner = [...FOLDERS, 'connections'].flatMap((sub) => filesUnder(folder, sub));
  const hash = createHash('sha256');
  for (const relative of [...root, ...inner, ...sources]) {
    const {size, mtimeMs} = statSync(path.join(folder, relative));
    hash.update(`${relative}\0${size}\0${mtimeMs}\n`);
  }
  return hash.digest('hex').slice(0, 16);
}
