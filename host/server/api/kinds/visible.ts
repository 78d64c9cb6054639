import type {PackageSpec} from '../../model.ts';
import {mayView} from '../../access/index.ts';
import type {View} from '../kind.ts';
import type {Statement} from '../statement.ts';

/** Running packages that the caller may see. */
export const visiblePackages = (view: View): PackageSpec[] =>
  view.registry.packagesOf(view.caller.userId).filter((one) => mayView(view.caller, one));

/**
 * SQL condition on `alias`, a row of `published_packages` that may be absent: the caller may see that version. A
 * running package of the same name has the last word, as its own `canView` is what the host enforces.
 */
export function visibleVersion(view: View, alias: string, statement: Statement): string {
  if (view.caller.isAdmin)
    return 'true';
  const visible = new Set(visiblePackages(view).map((one) => one.name.toLowerCase()));
  const hidden = view.registry.all.map((one) => one.name.toLowerCase()).filter((name) => !visible.has(name));
  return `(${alias}.id is null or lower(${alias}.name) <> all(${statement.bind(hidden)}::text[]) and (
    coalesce(jsonb_array_length(nullif(to_jsonb(${alias})->'can_view', 'null')), 0) = 0 or exists (
      select from jsonb_array_elements_text(nullif(to_jsonb(${alias})->'can_view', 'null')) as one(name)
      where lower(one.name) = any(${statement.bind([...view.caller.groupNames])}::text[]))))`;
}

/**
 * SQL condition on `alias`, a row of `published_packages` that may be absent: it is the version in use, that is the one
 * marked as current, released before debug, the latest of several.
 */
export const currentVersion = (alias: string): string => `(${alias}.id is null or ${alias}.id = (
  select v.id from published_packages v where v.package_id = ${alias}.package_id
  order by v.is_current desc nulls last, v.debug nulls first, (to_jsonb(v)->>'published_on') desc nulls last, v.id
  limit 1))`;
