import * as DG from 'datagrok-api/dg';
import {segments} from '../views/address.ts';
import {functionsOf} from './roles.ts';

/** A function with the role `app`, and where it lives. */
export interface App {
  func: DG.Func;
  name: string;
  /** Namespace of its package; the core's own name for functions registered by a script. */
  packageName: string;
  packageTitle: string;
  /** Canonical address: package and, unless it is the package's default app, the app. */
  address: string;
  iconUrl: string | null;
}

/** An app found for an address, with what is left of the path for the app itself. */
export interface Route {
  app: App;
  rest: string;
}

/** Every app, by package and name. */
export function apps(): App[] {
  const functions = functionsOf('app');
  return functions.map((f) => describeApp(f, functions))
    .sort((a, b) => a.packageTitle.localeCompare(b.packageTitle) || a.name.localeCompare(b.name));
}

export function appOf(func: DG.Func): App | null {
  return apps().find((a) => a.func.id === func.id && a.func.name === func.name) ?? null;
}

/**
 * Finds the app of an address `/apps/<package>[/<app>]/<rest>`. A package answers to its name and to `meta.url` of its
 * package.json; an app to its names and to `meta.url` of the function. A segment that names no app of the package
 * belongs to the default one: `meta.url: /`, or the only one. Letter case is ignored.
 * @returns `package` when the package has no such app, so that the caller can say why; null for another address.
 */
export function findApp(pathname: string): Route | {packageName: string} | null {
  const [first, packageSegment, ...more] = segments(pathname);
  if (first?.toLowerCase() !== 'apps' || packageSegment == null)
    return null;
  const own = apps().filter((a) => same(packageSegment, a.packageName) || same(packageSegment, packageUrl(a.func)));
  const named = more.length === 0 ? undefined : own.find((a) => answersTo(a.func, more[0]));
  if (named != null)
    return {app: named, rest: restOf(more.slice(1))};
  const fallback = own.find((a) => isDefault(a.func, own.map((o) => o.func)));
  return fallback == null ? {packageName: packageSegment} : {app: fallback, rest: restOf(more)};
}

/**
 * Values for the app's parameters: the rest of the path for the one marked `meta.url: true`, each query value for the
 * parameter of the same name. The core turns texts into the declared types.
 */
export function appParameters(func: DG.Func, rest: string, query: URLSearchParams): Record<string, string> {
  const values: Record<string, string> = {};
  for (const p of func.inputs) {
    const options = p.options as Record<string, any>;
    const takesPath = String(options?.['meta.url'] ?? options?.['url'] ?? '') === 'true';
    const given = query.get(p.name) ?? [...query].find(([key]) => same(key, p.name))?.[1];
    if (takesPath)
      values[p.name] = rest;
    else if (given != null)
      values[p.name] = given;
  }
  return values;
}

function describeApp(func: DG.Func, all: DG.Func[]): App {
  const packageName = packageOf(func);
  const siblings = all.filter((f) => packageOf(f) === packageName);
  const base = `/apps/${encodeURIComponent(packageUrl(func) ?? packageName)}`;
  return {
    func, packageName, name: func.friendlyName || func.name,
    packageTitle: func.package?.friendlyName || packageName,
    address: isDefault(func, siblings) ? base : `${base}/${encodeURIComponent(ownUrl(func) ?? func.name)}`,
    iconUrl: iconOf(func),
  };
}

/** Functions registered by a script have no package; `options.package` may name one, else they are the core's. */
function packageOf(func: DG.Func): string {
  return func.package?.name ?? func.options['package'] ?? func.nqName.split(':')[0];
}

/** `meta.url` of the package's package.json. */
function packageUrl(func: DG.Func): string | null {
  const url = func.package?.meta?.url;
  return url == null ? null : trimmed(url);
}

function ownUrl(func: DG.Func): string | null {
  const url = trimmed(func.options['url'] ?? '');
  return url === '' ? null : url;
}

function isDefault(func: DG.Func, siblings: DG.Func[]): boolean {
  return func.options['url'] === '/' ||
    (siblings.length === 1 && ownUrl(func) == null) ||
    (siblings.length > 1 && !siblings.some((f) => f.options['url'] === '/') && same(func.name, packageOf(func)));
}

function answersTo(func: DG.Func, segment: string): boolean {
  const plain = (s: string): string => s.replace(/\s+/g, '');
  return [func.name, ownUrl(func), plain(func.friendlyName ?? '')].some((name) => same(plain(segment), name));
}

/** `meta.icon` is a file of the package. */
function iconOf(func: DG.Func): string | null {
  const icon = func.options['icon'];
  const root = func.package?.webRoot;
  return icon == null || icon === '' || root == null ? null : `${root.replace(/\/$/, '')}/${String(icon).replace(/^\//, '')}`;
}

function restOf(parts: string[]): string {
  return parts.length === 0 ? '' : `/${parts.map(encodeURIComponent).join('/')}`;
}

const trimmed = (url: string): string => String(url).replace(/^\/+|\/+$/g, '');
const same = (a: string | null | undefined, b: string | null | undefined): boolean =>
  a != null && b != null && a !== '' && a.toLowerCase() === b.toLowerCase();
