import {existsSync, readdirSync, statSync} from 'node:fs';
import path from 'node:path';
import type {FunctionSpec, PackageSpec, Publication} from '../model.ts';
import {buildHash, isPackageFolder} from './files.ts';
import {sameName} from './names.ts';
import {readPackage} from './package.ts';

/** A folder that was meant to be a package and is not readable as one. */
export interface FolderProblem {
  folder: string;
  message: string;
}

/**
 * The packages that run here: those published to this host, and those found in the configured folders. A folder is a
 * package itself, or holds packages as its sub-folders (those of a scope, `@acme/chart`, lie one deeper).
 *
 * What was published goes before what lies in a folder; when two have the same namespace otherwise, the first one
 * counts. A debug build stands in the place of the package for its publisher, and is not there for anybody else.
 */
export class PackageRegistry {
  /** Packages for everybody (who has the right), one of a name. */
  packages: PackageSpec[] = [];
  /** Debug builds, each for one user. */
  debugBuilds: PackageSpec[] = [];
  problems: FolderProblem[] = [];
  /** Folders that are not served because their package was published, with what is served in their place. */
  replaced: {folder: string, by: PackageSpec}[] = [];

  private functions = new Map<string, FunctionSpec>();

  constructor(private readonly folders: string[], private readonly published: () => Publication[] = () => []) {
    this.rescan();
  }

  /** Reads what was added or changed since the last scan, by build hash, and forgets what is gone. */
  rescan(): void {
    const before = new Map(this.all.map((one) => [one.folder, one]));
    this.packages = [];
    this.debugBuilds = [];
    this.problems = [];
    this.replaced = [];
    for (const publication of this.published())
      this.load(publication.folder, before.get(publication.folder), publication);
    for (const folder of this.folders.flatMap((one) => this.candidates(one)))
      this.load(folder, before.get(path.resolve(folder)));
    this.functions = new Map(this.all.flatMap((one) => one.functions.map((f) => [f.id, f])));
  }

  /** Every version that runs here, for whomever. */
  get all(): PackageSpec[] {
    return [...this.packages, ...this.debugBuilds];
  }

  /** What a user gets: the packages for everybody, the user's own debug builds in their places. */
  packagesOf(userId?: string): PackageSpec[] {
    const own = this.debugBuilds.filter((one) => one.publication!.userId === userId);
    return [...own, ...this.packages.filter((one) => !own.some((other) => sameName(one.name, other.name)))];
  }

  /** A package by namespace, address segment, npm name, id of the package or id of the version, as a user gets it. */
  package(name: string, userId?: string): PackageSpec | undefined {
    const packages = this.packagesOf(userId);
    return packages.find((one) => sameName(one.name, name)) ??
      packages.find((one) => [one.url, one.npmName, one.id, one.packageId].some((n) => n && sameName(n, name)));
  }

  /** A version by its id. */
  version(id: string): PackageSpec | undefined {
    return this.all.find((one) => sameName(one.id, id));
  }

  function(id: string): FunctionSpec | undefined {
    return this.functions.get(id.toLowerCase());
  }

  /** A function by its name and its package's namespace, with or without colon, in any letter case. */
  functionByName(name: string, namespace: string, userId?: string): FunctionSpec | undefined {
    const bare = namespace.replace(/:$/, '');
    return this.packagesOf(userId).find((one) => sameName(one.name, bare))
      ?.functions.find((one) => sameName(one.name, name));
  }

  allFunctions(): FunctionSpec[] {
    return [...this.functions.values()];
  }

  private candidates(folder: string): string[] {
    if (!existsSync(folder) || !statSync(folder).isDirectory()) {
      this.problems.push({folder, message: 'there is no such folder'});
      return [];
    }
    return isPackageFolder(folder) ? [folder] : subFolders(folder)
      .flatMap((sub) => path.basename(sub).startsWith('@') ? subFolders(sub) : [sub]).filter(isPackageFolder);
  }

  private load(folder: string, known: PackageSpec | undefined, publication?: Publication): void {
    try {
      const isSame = known?.buildHash === buildHash(folder) &&
        known.publication?.buildNumber === publication?.buildNumber;
      this.add(isSame ? known : readPackage(folder, publication));
    } catch (error) {
      this.problems.push({folder, message: `package.json: ${(error as Error).message}`});
    }
  }

  private add(spec: PackageSpec): void {
    if (spec.publication?.debug)
      return void this.debugBuilds.push(spec);
    const other = this.packages.find((one) => sameName(one.name, spec.name));
    if (other?.publication && sameName(other.npmName, spec.npmName))
      this.replaced.push({folder: spec.folder, by: other});
    else if (other)
      throw new Error(`the name ${spec.name} is taken by the package in ${other.folder}`);
    else
      this.packages.push(spec);
  }
}

const subFolders = (folder: string): string[] => readdirSync(folder, {withFileTypes: true})
  .filter((entry) => (entry.isDirectory() || entry.isSymbolicLink()) && !entry.name.startsWith('.') &&
    entry.name !== 'node_modules' && statSync(path.join(folder, entry.name), {throwIfNoEntry: false})?.isDirectory())
  .map((entry) => path.join(folder, entry.name)).sort();
