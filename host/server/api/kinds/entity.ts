import {text, uuid, type Json, type Kind, type Row, type View} from '../kind.ts';
import {byIds} from '../selection.ts';
import type {Statement} from '../statement.ts';
import {CLASS_NAMES, entityMention} from './class-names.ts';
import {connections} from './connection.ts';
import {functions} from './function.ts';
import {groups} from './group.ts';
import {packages} from './package.ts';
import {projects} from './project.ts';
import {users} from './user.ts';
import {visiblePackages, visibleVersion} from './visible.ts';

/** Kinds that have an endpoint of their own, and so more to tell than their name. */
const KINDS = [functions, users, groups, packages, projects, connections];

/**
 * Entities by id, of whatever kind, each as its own kind shows it; those that have none by name and class. Unknown
 * ones and those that the caller may not see are left out.
 */
export async function entitiesByIds(view: View, ids: string[]): Promise<Json[]> {
  const wanted = [...new Set(ids.map((id) => id.toLowerCase()))];
  const found = new Map<string, Json>();
  const missing = () => wanted.filter((id) => !found.has(id));
  for (const kind of [...KINDS, plain]) {
    for (const entity of await byIds(kind, view, missing()))
      found.set(entity.id as string, entity);
  }
  return wanted.map((id) => found.get(id)).filter((one) => one !== undefined);
}

/** Mixed entities: those of the database, functions and packages that run here. */
export const entities: Kind = {
  name: 'entity',
  source: (view, statement) => ({from: union(view, statement), where: []}),
  columns: 't.id::text',
  id: 't.id',
  order: 'lower(t.friendly_name)',
  fields: {
    'id': uuid('t.id'), 'name': text('t.name'), 'shortname': text('t.name'), 'friendlyname': text('t.friendly_name'),
    'namespace': text('t.namespace'), 'nqname': text('t.namespace || t.name'), 'entitytype.name': text('t.class'),
    'package.id': uuid('t.version_id'), 'package.name': text('t.package_name'),
    'package.shortname': text('t.package_name'),
  },
  words: ['t.name', 't.friendly_name'],
  entities: (rows, view) => entitiesByIds(view, rows.map(({id}) => id)),
  guard(id, view) {
    for (const kind of KINDS)
      kind.guard?.(id, view);
  },
};

/** An entity as table `entities` alone tells it. */
const plain: Kind = {
  ...entities,
  source: (view, statement) => ({from: `(${stored(view, statement)}) t`, where: []}),
  columns: 't.id::text, t.class, t.name, t.friendly_name, t.namespace',
  entities: (rows: Row[]) => rows.map(entityMention).filter((one) => one !== undefined),
};

function union(view: View, statement: Statement): string {
  const shown = visiblePackages(view);
  const running = [
    ...shown.map((one) => ({id: one.id, class: 'GrokPublishedPackage', name: one.name, friendly_name: one.friendlyName,
      namespace: '', version_id: one.id, package_name: one.name})),
    ...shown.flatMap((one) => one.functions).map((one) => ({id: one.id, class: one.kind, name: one.name,
      friendly_name: one.friendlyName, namespace: `${one.package.name}:`, version_id: one.package.id,
      package_name: one.package.name})),
  ];
  const taken = view.registry.allFunctions().map((one) => `${one.package.name}:${one.name}`.toLowerCase());
  return `(
    select r.* from jsonb_to_recordset(${statement.bind(JSON.stringify(running))}::jsonb) as r(id uuid, class text,
      name text, friendly_name text, namespace text, version_id uuid, package_name text)
    union all
    select s.* from (${stored(view, statement)}) s
    where lower(s.namespace || s.name) <> all(${statement.bind(taken)}::text[])
  ) t`;
}

const stored = (view: View, statement: Statement): string => `
  select e.id, y.name as class, e.name, coalesce(nullif(e.friendly_name, ''), e.name) as friendly_name,
    coalesce(nullif(e.namespace, ''), pp.name || ':', '') as namespace, pp.id as version_id, pp.name as package_name
  from entities e join entity_types y on y.id = e.entity_type_id left join published_packages pp on pp.id = e.package_id
  where not e.is_deleted and y.name = any(${statement.bind(CLASS_NAMES)}::text[]) and
    e.id <> all(${statement.bind(view.registry.allFunctions().map((one) => one.id))}::uuid[]) and
    ${visibleVersion(view, 'pp', statement)}`;
