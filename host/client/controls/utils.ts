import * as DG from 'datagrok-api/dg';
import {define} from '../interop/define.ts';

const formatters = new Map<string, DG.Column>();

/** A number by a pattern of the platform (`#,##0.00`), formatted by the core: it does so for cells of a column. */
function formatNumber(x: number | null, format: string): string {
  if (x == null || Number.isNaN(x))
    return '';
  let column = formatters.get(format);
  if (column == null) {
    column = DG.Column.fromFloat64Array('value', new Float64Array(1));
    if (format)
      column.setTag(DG.TAGS.FORMAT, format);
    formatters.set(format, column);
  }
  column.set(0, x, false);
  return column.getString(0);
}

/**
 * `name`, or `name (2)`, `name (3)`... when it is taken.
 * @param render makes a candidate out of the name and a number.
 * @param choices tried first, when given.
 */
function uniqueName(name: string, existing: Iterable<string>, _auto: boolean, first: number | null,
  render: ((name: string, n: number) => string) | null, choices: Iterable<string> | null): string {
  const taken = new Set(Array.from(existing ?? [], (s) => s.toLowerCase()));
  const free = (s: string): boolean => !taken.has(s.toLowerCase());
  for (const candidate of [name, ...(choices ?? [])])
    if (free(candidate))
      return candidate;
  for (let n = first ?? 2; ; n++) {
    const candidate = render != null ? render(name, n) : `${name} (${n})`;
    if (free(candidate))
      return candidate;
  }
}

const loaded = new Map<string, Promise<void>>();

/** Loads scripts and style sheets, each once, in order; paths are relative to the site, as `common/x.min.js`. */
async function loadJsCss(files: Iterable<string>): Promise<void> {
  for (const file of Array.from(files)) {
    const url = /^(https?:)?\//.test(file) ? file : `/js/${file}`;
    if (!loaded.has(url))
      loaded.set(url, loadOne(url));
    await loaded.get(url)!.catch((e) => {
      loaded.delete(url);
      throw e;
    });
  }
}

function loadOne(url: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const style = /\.css(\?|$)/.test(url);
    const node = style ? Object.assign(document.createElement('link'), {rel: 'stylesheet', href: url}) :
      Object.assign(document.createElement('script'), {src: url, async: false});
    node.onload = () => resolve();
    node.onerror = () => {
      node.remove();
      reject(new Error(`Cannot load ${url}`));
    };
    document.head.append(node);
  });
}

export function installUtilities(): void {
  define({
    Utils_FormatNumber: formatNumber,
    Utils_GetUniqueName: uniqueName,
    Utils_LoadJsCss: loadJsCss,
  });
}
