import path from 'node:path';
import type {FunctionSpec, PackageSpec, Publication} from '../model.ts';
import {buildHash, filesUnder, readText} from './files.ts';
import {javaScriptFunctions, makeFunction, scriptFunctions} from './functions.ts';
import {packageIdOf, stableId, versionIdOf} from './id.ts';
import {readManifest} from './manifest.ts';
import {namespaceOf} from './names.ts';
import {parseQueries} from '../query/annotation.ts';

/**
 * Reads a package from its published files: package.json, annotations in `src/package*.ts` and `dist/*.js`,
 * `queries/**.sql`, `scripts/*`, `detectors.js`, names of `connections/*.json`. Nothing is executed.
 * What cannot be read is told in `problems`.
 * @param publication when it was published to this host: who it is.
 * @throws Error when package.json cannot be read: without a name there is no package.
 */
export function readPackage(folder: string, publication?: Publication): PackageSpec {
  const manifest = readManifest(folder);
  const spec: PackageSpec = {
    ...manifest,
    id: versionIdOf(manifest.npmName, manifest.version),
    packageId: packageIdOf(manifest.npmName), buildNumber: 1,
    name: namespaceOf(manifest.npmName),
    folder: path.resolve(folder), buildHash: buildHash(folder), functions: [],
    ...publication && {id: publication.id, packageId: publication.packageId, version: publication.version,
      buildNumber: publication.buildNumber, publication},
  };
  spec.connections = connectionsOf(spec);
  for (const found of [...queryFunctions(spec), ...scriptFunctions(spec), ...javaScriptFunctions(spec)])
    addFunction(spec, found);
  const needed = new Set(spec.functions.filter((f) => f.kind === 'PackageFunc').map((f) => f.options.file));
  for (const file of needed) {
    const relative = file === 'detectors.js' ? file : `dist/${file}`;
    if (readText(spec.folder, relative) === undefined)
      spec.problems.push(`${relative}: missing, its functions cannot run until the package is built`);
  }
  return spec;
}

/** Names must be unique in a package without regard to case; the first one stays. */
function addFunction(spec: PackageSpec, found: FunctionSpec): void {
  const other = spec.functions.find((f) => f.name.toLowerCase() === found.name.toLowerCase());
  if (other)
    spec.problems.push(`${found.name}: ${found.kind} is left out, a ${other.kind} has the same name`);
  else
    spec.functions.push(found);
}

/** Queries of the package: every `.sql` under `queries/`, one query or several each. */
function queryFunctions(spec: PackageSpec): FunctionSpec[] {
  const found: FunctionSpec[] = [];
  const own = spec.connections!;
  for (const file of filesUnder(spec.folder, 'queries', /\.sql$/i)) {
    try {
      const {queries, problems} = parseQueries(readText(spec.folder, file)!, {name: path.parse(file).name});
      spec.problems.push(...problems.map((problem) => `${file}: ${problem}`));
      for (const {name, params, ...rest} of queries)
        found.push(makeFunction(spec, 'DataQuery', name, params, rest));
    } catch (error) {
      spec.problems.push(`${file}: ${(error as Error).message}`);
    }
  }
  for (const query of found) {
    if (!query.connection && own.length === 1)
      query.connection = own[0].name;
    if (!query.connection)
      spec.problems.push(`${query.name}: no connection is named`);
    else if (!query.connection.includes(':'))
      query.connection = `${spec.name}:${query.connection}`;
  }
  return found;
}

/** Name and kind of the connections that the package brings. Servers and passwords are not read. */
function connectionsOf(spec: PackageSpec): NonNullable<PackageSpec['connections']> {
  const found: NonNullable<PackageSpec['connections']> = [];
  for (const file of filesUnder(spec.folder, 'connections', /\.json$/i)) {
    try {
      const json = JSON.parse(readText(spec.folder, file)!);
      const name = typeof json.name === 'string' && json.name !== '' ? json.name : path.parse(file).name;
      found.push({id: stableId('connection', spec.npmName, name), name, dataSource: String(json.dataSource ?? '')});
    } catch (error) {
      spec.problems.push(`${file}: ${(error as Error).message}`);
    }
  }
  return found;
}
