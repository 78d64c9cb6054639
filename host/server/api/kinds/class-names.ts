import {orAbsent, type Json, type Row} from '../kind.ts';

/**
 * Classes of the core that an entity of the database may be shown as. One class unknown to the core spoils the whole
 * answer, so that entities of other classes are left out. `Func` stands for kinds of functions without a class here.
 */
const KNOWN = new Set(['User', 'UserGroup', 'GrokPackage', 'GrokPublishedPackage', 'DataQuery', 'TableQuery', 'Script',
  'PackageFunc', 'Func', 'FuncCall', 'DataConnection', 'Project', 'TableInfo', 'ColumnInfo', 'ViewLayout', 'ViewInfo',
  'UserReport', 'DockerContainer', 'DockerImage', 'FileInfo']);

/** Names of the known classes, for SQL. */
export const CLASS_NAMES = [...KNOWN];

/** An entity by what table `entities` says of it (`class` from `entity_types`); undefined for an unknown class. */
export function entityMention(row: Row): Json | undefined {
  return KNOWN.has(row.class) ? {
    '#type': row.class, 'id': row.id, 'name': row.name ?? row.friendly_name ?? '',
    'friendlyName': row.friendly_name || row.name || '', 'namespace': orAbsent(row.namespace),
  } : undefined;
}
