import type {FunctionSpec, PackageSpec} from '../model.ts';

/** Whether a function has a role, be it by `meta.role` or, as older packages write it, by a tag. */
export function hasRole(of: FunctionSpec, role: string): boolean {
  const roles = [...(of.options.role ?? '').split(','), ...of.tags];
  return roles.some((one) => one.trim().toLowerCase() === role.toLowerCase());
}

/**
 * Addresses of a package's apps: `/apps/<Package>` for the only one or the one with `meta.url: /`, else
 * `/apps/<Package>/<App>`. `meta.url` of package and function replace the segments.
 */
export function appAddresses(of: PackageSpec): string[] {
  const apps = of.functions.filter((one) => hasRole(one, 'app'));
  const base = `/apps/${of.url ?? of.name}`;
  return apps.map((one) => {
    const segment = one.options.url?.replace(/^\/+|\/+$/g, '');
    return segment === '' || apps.length === 1 && segment === undefined ? base : `${base}/${segment ?? one.name}`;
  });
}
