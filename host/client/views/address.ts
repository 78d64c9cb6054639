/** What an address is made of, for a view: see `addressOf`. */
export interface Addressed {
  path: string;
  basePath: string;
  openedAt: string | null;
}

/**
 * Address of a view, with its query, starting with a slash.
 *
 * A path that is itself below the base path, or starts with `/apps/`, is the whole address (packages write both forms);
 * any other path is appended to the base path. A view that has written no path keeps the address it was opened with;
 * one that has neither has no address of its own and shows `/`.
 */
export function addressOf(view: Addressed): string {
  const {path, basePath} = view;
  if (path === '')
    return view.openedAt ?? (basePath === '' ? '/' : rooted(basePath));
  const base = basePath.replace(/\/+$/, '');
  if (base === '' || path.startsWith('/apps/') || isBelow(path, base))
    return rooted(path);
  return rooted(/^[/?#]/.test(path) ? base + path : `${base}/${path}`);
}

/** Whether `address` (its query aside) is `base` or continues it by whole segments. Letter case is ignored. */
export function isBelow(address: string, base: string): boolean {
  const [a, b] = [address, base].map((x) => x.split(/[?#]/)[0].replace(/\/+$/, '').toLowerCase());
  return a === b || a.startsWith(`${b}/`);
}

/** Decoded segments of a path, empty ones left out; text that cannot be decoded stays as it is. */
export function segments(pathname: string): string[] {
  return pathname.split('/').filter((s) => s !== '').map((s) => {
    try {
      return decodeURIComponent(s);
    } catch {
      return s;
    }
  });
}

function rooted(path: string): string {
  return path.startsWith('/') ? path : `/${path}`;
}
