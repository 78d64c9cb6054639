import type {PackageSpec} from '../../model.ts';
import {checkView} from '../../access/index.ts';
import {bool, instant, orAbsent, text, time, uuid, type Json, type Kind, type Row} from '../kind.ts';
import {currentVersion, visiblePackages, visibleVersion} from './visible.ts';

/**
 * Published packages: those that run in this host, and those that only the database knows. A row of the database with
 * the name of a running package is not listed beside it; it is still found by its id, since records refer to it.
 */
export const packages: Kind = {
  name: 'package',
  source(view, statement) {
    const running = visiblePackages(view).map((one) => ({
      id: one.id, package_id: one.packageId, name: one.name, friendly_name: one.friendlyName, version: one.version,
      category: one.category,
    }));
    const from = `(
      select r.id, true as running, r.package_id, r.name, r.friendly_name, r.version, r.category, true as is_current,
        false as debug, null::timestamp as published_on, null::jsonb as published, null::jsonb as package
      from jsonb_to_recordset(${statement.bind(JSON.stringify(running))}::jsonb)
        as r(id uuid, package_id uuid, name text, friendly_name text, version text, category text)
      union all
      select pp.id, false, pp.package_id, pp.name, coalesce(pp.friendly_name, k.friendly_name, pp.name), pp.version,
        k.category, pp.is_current, pp.debug, (to_jsonb(pp)->>'published_on')::timestamp, to_jsonb(pp), to_jsonb(k)
      from published_packages pp left join packages k on k.id = pp.package_id
      where pp.id <> all(${statement.bind(view.registry.all.map((one) => one.id))}::uuid[]) and
        ${visibleVersion(view, 'pp', statement)} and (${statement.bind(view.allVersions)}::boolean or
          ${currentVersion('pp')} and
          lower(pp.name) <> all(${statement.bind(view.registry.all.map((one) => one.name.toLowerCase()))}::text[]))
    ) t`;
    return {from, where: []};
  },
  columns: 't.id::text, t.running, t.published, t.package',
  id: 't.id',
  order: 'lower(t.friendly_name)',
  fields: {
    'id': uuid('t.id'), 'name': text('t.name'), 'shortname': text('t.name'), 'friendlyname': text('t.friendly_name'),
    'version': text('t.version'), 'package.id': uuid('t.package_id'), 'package.name': text('t.name'),
    'package.category': text('t.category'), 'category': text('t.category'), 'iscurrent': bool('t.is_current'),
    'debug': bool('t.debug'), 'publishedon': time('t.published_on'), 'createdon': time('t.published_on'),
  },
  words: ['t.name', 't.friendly_name'],
  entities: (rows, {registry}) => rows.map(({id, running, published, package: of}) =>
    running ? packageEntity(registry.version(id)!) : publishedEntity(published, of)),
  guard(id, {registry, caller}) {
    const running = registry.version(id);
    if (running)
      checkView(caller, running);
  },
};

/** A running package. */
export function packageEntity(spec: PackageSpec): Json {
  return {
    '#type': 'GrokPublishedPackage', 'id': spec.id, 'name': spec.name, 'friendlyName': spec.friendlyName,
    'description': spec.description, 'version': spec.version, 'buildNumber': spec.buildNumber, 'buildHash': spec.buildHash,
    'isCurrent': !spec.publication?.debug, 'isLatest': true, 'debug': spec.publication?.debug ?? false,
    'isWebpack': true, 'publishedOn': spec.publication && new Date(spec.publication.published).toISOString(),
    'canView': spec.canView, 'canEdit': spec.canEdit, 'properties': spec.properties,
    'meta': spec.url === undefined ? undefined : {url: `/${spec.url}`},
    'package': {
      '#type': 'GrokPackage', 'id': spec.packageId, 'name': spec.name, 'friendlyName': spec.friendlyName,
      'category': spec.category,
    },
  };
}

/** A package that the database alone knows: it can be looked at, not run. */
function publishedEntity(published: Row, of: Row | null): Json {
  return {
    '#type': 'GrokPublishedPackage', 'id': published.id, 'name': published.name ?? of?.name,
    'friendlyName': published.friendly_name ?? of?.friendly_name ?? published.name,
    'description': orAbsent(of?.description), 'version': orAbsent(published.version),
    'buildNumber': orAbsent(published.build_number), 'buildHash': orAbsent(published.build_hash),
    'isCurrent': published.is_current ?? false, 'isLatest': orAbsent(published.is_latest),
    'debug': published.debug ?? false, 'isWebpack': orAbsent(published.is_webpack),
    'publishedOn': instant(published.published_on), 'createdOn': instant(published.created_on),
    'updatedOn': instant(published.updated_on),
    'package': of ? {
      '#type': 'GrokPackage', 'id': of.id, 'name': of.name, 'friendlyName': of.friendly_name ?? of.name,
      'category': orAbsent(of.category),
    } : undefined,
  };
}
