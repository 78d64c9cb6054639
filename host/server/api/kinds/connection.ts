import type {PackageSpec} from '../../model.ts';
import {stableId} from '../../registry/id.ts';
import {instant, orAbsent, text, time, uuid, type Json, type Kind, type Row, type View} from '../kind.ts';
import {notDeleted} from './user.ts';
import {visiblePackages} from './visible.ts';

interface BuiltIn {
  id: string;
  namespace: string;
  name: string;
  dataSource: string;
}

const system = (name: string, dataSource: string): BuiltIn =>
  ({id: stableId('connection', 'System', name), namespace: 'System:', name, dataSource});

/** Connections that every platform has: its own database, and the files of packages. */
const SYSTEM: BuiltIn[] = [
  system('Datagrok', 'PostgresDart'),
  system('AppData', 'Files'),
];

export const SYSTEM_DATAGROK = SYSTEM[0];

/** Parameters of stored connections that tell where, not how to get in: the rest may hold secrets. */
const SHOWN = ['server', 'port', 'db', 'schema', 'ssl'];

/** Connections of the platform, of running packages, and of the database. */
export const connections: Kind = {
  name: 'connection',
  source(view, statement) {
    const running = JSON.stringify(builtIns(view).map(({dataSource, ...rest}) => ({...rest, data_source: dataSource})));
    const bound = statement.bind(running);
    const from = `(
      select r.id, r.name, r.name as friendly_name, r.namespace, r.data_source, null::timestamp as created_on,
        null::uuid as author_id, null::jsonb as row
      from jsonb_to_recordset(${bound}::jsonb) as r(id uuid, namespace text, name text, data_source text)
      union all
      select c.id, c.name, coalesce(c.friendly_name, c.name), ${NAMESPACE}, c.data_source,
        (to_jsonb(c)->>'created_on')::timestamp, (to_jsonb(c)->>'author_id')::uuid, to_jsonb(c)
      from connections c left join entities e on e.id = c.id
      where ${notDeleted('c.id')} and (${statement.bind(view.allVersions)}::boolean or not exists (
        select from jsonb_to_recordset(${bound}::jsonb) as r(namespace text, name text)
        where lower(r.namespace || r.name) = lower(${NAMESPACE} || c.name)))
    ) t`;
    return {from, where: []};
  },
  columns: 't.id::text, t.name, t.namespace, t.data_source, t.row',
  id: 't.id',
  order: 'lower(t.friendly_name)',
  fields: {
    'id': uuid('t.id'), 'name': text('t.name'), 'shortname': text('t.name'), 'friendlyname': text('t.friendly_name'),
    'namespace': text('t.namespace'), 'nqname': text('t.namespace || t.name'), 'datasource': text('t.data_source'),
    'author': uuid('t.author_id'), 'author.id': uuid('t.author_id'), 'createdon': time('t.created_on'),
  },
  words: ['t.name', 't.friendly_name'],
  entities: (rows) => rows.map((row) => row.row ? storedEntity(row) :
    connectionEntity({id: row.id, namespace: row.namespace, name: row.name, dataSource: row.data_source})),
};

/** Connections of the database that belong to nobody are the system's. */
const NAMESPACE = `coalesce(nullif(e.namespace, ''),
  case when (to_jsonb(c)->>'is_system')::boolean then 'System:' end, '')`;

const builtIns = (view: View): BuiltIn[] => [...SYSTEM, ...visiblePackages(view).flatMap(packageConnections)];

const packageConnections = (of: PackageSpec): BuiltIn[] =>
  (of.connections ?? []).map((one) => ({...one, namespace: `${of.name}:`}));

/** Entity of a connection named `Namespace:Name` by a query of `of`; of the kind `Postgres` when nobody declares it. */
export function connectionByName(name: string | undefined, of: PackageSpec): Json {
  const all = [...SYSTEM, ...packageConnections(of)];
  const wanted = name ?? 'System:Datagrok';
  const known = all.find((one) => `${one.namespace}${one.name}`.toLowerCase() === wanted.toLowerCase());
  const colon = wanted.lastIndexOf(':') + 1;
  return connectionEntity(known ?? {
    id: stableId('connection', wanted), namespace: wanted.slice(0, colon), name: wanted.slice(colon),
    dataSource: 'Postgres',
  });
}

export const connectionEntity = ({id, namespace, name, dataSource}: BuiltIn): Json => ({
  '#type': 'DataConnection', id, name, 'friendlyName': name, namespace, dataSource, 'parameters': {},
});

function storedEntity({id, name, namespace, data_source: dataSource, row}: Row): Json {
  const parameters = Object.entries(row.parameters ?? {}).filter(([key]) => SHOWN.includes(key));
  return {
    '#type': 'DataConnection', id, name, 'friendlyName': row.friendly_name ?? name, namespace,
    'dataSource': dataSource ?? 'Postgres', 'description': orAbsent(row.description),
    'parameters': Object.fromEntries(parameters), 'author': row.author_id ? {id: row.author_id} : undefined,
    'createdOn': instant(row.created_on), 'updatedOn': instant(row.updated_on),
  };
}
