/**
 * What the server's rooms say to each other: packages with their functions, and the one who asks.
 * Built by `registry/` from published files; read by `query/`, `stream/` and `api/`.
 */

/** One input or output of a function, as its annotation declares it. */
export interface ParamSpec {
  /** Stable uuid (version 5 of the function's id and the parameter's name and direction). */
  id: string;
  name: string;
  /** Platform type: `string`, `int`, `double`, `bool`, `datetime`, `list`, `dataframe`, `view`, `widget`, ... */
  type: string;
  /** `string` for `list<string>`. */
  subType?: string;
  isInput: boolean;
  /** May be left out: declared optional, has a default, or is a pattern. */
  isOptional: boolean;
  /** Null may be passed. */
  isNullable: boolean;
  /** Evaluated default, absent when none is declared. */
  defaultValue?: unknown;
  description?: string;
  semType?: string;
  /** Every `{key: value}` of the annotation, as strings. `pattern` is the one the query runner reads. */
  options: Record<string, string>;
}

export type FunctionKind = 'DataQuery' | 'PackageFunc' | 'Script';

/** A function of a package: SQL query, exported JavaScript function, or script. */
export interface FunctionSpec {
  id: string;
  kind: FunctionKind;
  /** Identifier: the export's name, or the friendly name in identifier form. */
  name: string;
  friendlyName: string;
  description: string;
  tags: string[];
  /** `meta.*` keys without the prefix, and every other unknown key. */
  options: Record<string, string>;
  helpUrl?: string;
  topMenu?: string;
  params: ParamSpec[];
  package: PackageSpec;
  /** Queries: `System:Datagrok` and the like. */
  connection?: string;
  /** Queries: whole annotated text. Scripts: whole text. */
  text?: string;
  /** Scripts: `javascript`, `python`, ... */
  language?: string;
}

/** What is known of a package that was published to this host, beside its files. */
export interface Publication {
  /** Id of the published version. */
  id: string;
  /** Id of the package as such. */
  packageId: string;
  npmName: string;
  /** That of package.json; of a debug build its publisher's login, as on the platform. */
  version: string;
  /** Debug builds are served to their publisher alone. */
  debug: boolean;
  /** Who published it. */
  userId: string;
  /** Epoch milliseconds. */
  published: number;
  /** Counts the publications of this package in this mode. */
  buildNumber: number;
  /** Beginning of the commit's hash, when the tool told it. */
  commit?: string;
  /** Absolute folder of the files. */
  folder: string;
}

/** One version of a package that runs here: found in a folder, or published to this host. */
export interface PackageSpec {
  /** Id of the published version. */
  id: string;
  /** Id of the package as such. */
  packageId: string;
  /** Namespace without colon, such as `Chem`. */
  name: string;
  /** Name in package.json. */
  npmName: string;
  friendlyName: string;
  version: string;
  description: string;
  category: string;
  /** Changes when the files change; part of the address under which the files are served. */
  buildHash: string;
  buildNumber: number;
  /** Absent for packages found in folders. */
  publication?: Publication;
  /** Absolute folder of the published files. */
  folder: string;
  /** Names of groups; empty means everybody. */
  canView: string[];
  canEdit: string[];
  /** `properties` of package.json: the package's settings. */
  properties: {name: string; propertyType: string; defaultValue?: unknown}[];
  /** `meta.url` of package.json, without slashes; replaces the name in addresses. */
  url?: string;
  /** Connections that the package brings: name and kind (`Postgres`, ...) only. */
  connections?: {id: string; name: string; dataSource: string}[];
  functions: FunctionSpec[];
  /** What could not be read, in words, one line each. A package with problems still loads what it can. */
  problems: string[];
}

/** Whoever sent a request. */
export interface Caller {
  userId: string;
  login: string;
  friendlyName: string;
  /** Id of the session under which this caller's records are logged; null when the database is read-only. */
  sessionId: string | null;
  /** Member of Administrators, or the one who started the host. */
  isAdmin: boolean;
  /** Ids of every group the caller is in, nested ones included, and the personal group. */
  groupIds: Set<string>;
  /** Lower-cased names and friendly names of those groups. */
  groupNames: Set<string>;
}

/** A refusal that reaches the user: `status` is the HTTP status, `message` is plain text. */
export class Refusal extends Error {
  constructor(readonly status: number, message: string) {
    super(message);
  }
}
