import {rmSync} from 'node:fs';
import type {Pool} from 'pg';
import {Refusal, type Caller, type PackageSpec, type Publication} from '../model.ts';
import type {LogSession} from '../log/writer.ts';
import {number, type Recorder} from '../log/recorder.ts';
import {packageIdOf, versionIdOf} from '../registry/id.ts';
import {isPackageFolder} from '../registry/files.ts';
import type {PackageRegistry} from '../registry/index.ts';
import {readManifest} from '../registry/manifest.ts';
import {namespaceOf, sameName} from '../registry/names.ts';
import {readPackage} from '../registry/package.ts';
import {unpack} from './archive.ts';
import {slotOf, type PublicationStore} from './store.ts';
import {completeFiles} from './timestamps.ts';

/** What publishing stands on. */
export interface PublishContext {
  store: PublicationStore;
  registry: PackageRegistry;
  recorder: Recorder;
  /** Read-only connections. */
  pool: Pool;
}

export interface PublishRequest {
  /** Name in the address, which that of package.json must equal. */
  npmName: string;
  /** The archive, in a file. */
  archive: string;
  debug: boolean;
  commit?: string;
  caller: Caller;
  session: LogSession;
  /** Epoch milliseconds at which the request came. */
  started: number;
}

/** Namespaces of the platform itself. */
const RESERVED = ['System', 'Core', 'Admin'];

/** One publication at a time: two of one package would overtake each other. */
let turn: Promise<unknown> = Promise.resolve();

/**
 * Publishes a package from its archive: unpacks and checks it aside, then, in one transaction, writes it into the
 * platform's tables and lets the files count; from then on it is served, and the log tells of it. When anything fails
 * before, nothing has changed.
 * @throws Refusal in words for the developer.
 */
export function publish(request: PublishRequest, context: PublishContext): Promise<PackageSpec> {
  const mine = turn.then(() => publishNow(request, context));
  turn = mine.catch(() => {});
  return mine;
}

async function publishNow(request: PublishRequest, {store, registry, recorder, pool}: PublishContext):
Promise<PackageSpec> {
  const {npmName, debug, caller} = request;
  const slot = slotOf(debug, caller.userId);
  const before = store.find(npmName, slot);
  const staged = store.stage();
  try {
    const received = await unpack(request.archive, staged);
    completeFiles(staged, received, debug ? before?.folder : undefined);
    const {version} = checkPackage(staged, npmName, registry);
    const packageId = await knownPackageId(pool, npmName);
    const buildNumber = (before?.buildNumber ?? 0) + 1;
    const publication: Publication = {
      id: versionIdOf(npmName, version, debug ? caller.userId : undefined), packageId, npmName,
      version: debug ? caller.login : version, debug, userId: caller.userId, published: Date.now(), buildNumber,
      ...request.commit ? {commit: request.commit} : {}, folder: store.folderOf(npmName, slot, buildNumber),
    };
    store.place(staged, publication.folder);
    const spec = readPackage(publication.folder, publication);
    let undo = (): void => {};
    try {
      await recorder.publish(spec, () => undo = store.activate(slot, publication));
    } catch (error) {
      undo();
      throw error;
    }
    // Whoever releases a package wants to see the release, not the build that led to it.
    if (!debug)
      store.forget(npmName, slotOf(true, caller.userId));
    registry.rescan();
    await log(recorder, request, spec);
    return spec;
  } finally {
    rmSync(staged, {recursive: true, force: true});
    store.tidy(npmName);
  }
}

/** @throws Refusal when the files are not the package that was announced, or cannot be served beside the others. */
function checkPackage(folder: string, npmName: string, registry: PackageRegistry): {version: string} {
  let manifest;
  try {
    manifest = readManifest(folder);
  } catch (error) {
    throw new Refusal(400, `package.json cannot be read: ${(error as Error).message}`);
  }
  if (!sameName(manifest.npmName, npmName))
    throw new Refusal(400, `package.json is that of ${manifest.npmName}, not of ${npmName}`);
  if (!/^\d+\.\d+\.\d+([-+][0-9A-Za-z.+-]+)?$/.test(manifest.version) || manifest.version.length > 100)
    throw new Refusal(400, `"${manifest.version.slice(0, 100)}" is no version: three numbers, such as 1.0.0`);
  if (!isPackageFolder(folder))
    throw new Refusal(400, 'There is nothing to run in the archive: no dist, queries, scripts or detectors.js');
  const namespace = namespaceOf(npmName);
  if (RESERVED.some((name) => sameName(name, namespace)))
    throw new Refusal(400, `${namespace} is a name of the platform itself`);
  const other = registry.all.find((one) => sameName(one.name, namespace) && !sameName(one.npmName, npmName));
  if (other)
    throw new Refusal(409, `The name ${namespace} is taken by ${other.npmName}`);
  return manifest;
}

/** A database may know the package already, by an id of its own. */
async function knownPackageId(pool: Pool, npmName: string): Promise<string> {
  const id = packageIdOf(npmName);
  const {rows} = await pool.query<{id: string}>(
    'select id::text from packages where lower(name) = lower($1) order by id = $2 desc, id limit 1',
    [namespaceOf(npmName), id]);
  return rows[0]?.id ?? id;
}

/** The platform tells the package in this record by the id of the package as such, as text. */
async function log(recorder: Recorder, {session, started}: PublishRequest, spec: PackageSpec): Promise<void> {
  await recorder.audit(session, 'package-version-published', `${spec.name} ${spec.version}`, [
    {name: 'entity', type: 'entity_id', value: spec.packageId, entity: spec.packageId},
    number('ms', Date.now() - started)]);
}
