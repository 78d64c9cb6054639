import {existsSync, readdirSync, statSync} from 'node:fs';
import path from 'node:path';
import type {FunctionSpec, PackageSpec} from '../model.ts';
import {buildHash, isPackageFolder} from './files.ts';
import {sameName} from './names.ts';
import {readPackage} from './package.ts';

/** A folder that was meant to be a package and is not readable as one. */
export interface FolderProblem {
  folder: string;
  message: string;
}

/**
 * The packages found in the configured folders. A folder is a package itself, or holds packages as its sub-folders
 * (those of a scope, `@acme/chart`, lie one deeper). When two have the same namespace the first one counts.
 */
export class PackageRegistry {
  packages: PackageSpec[] = [];
  problems: FolderProblem[] = [];

  private functions = new Map<string, FunctionSpec>();
  private byName = new Map<string, FunctionSpec>();

  constructor(private readonly folders: string[]) {
    this.rescan();
  }

  /** Reads what was added or changed since the last scan, by build hash, and forgets what is gone. */
  rescan(): void {
    const before = new Map(this.packages.map((one) => [one.folder, one]));
    this.packages = [];
    this.problems = [];
    for (const folder of this.folders.flatMap((one) => this.candidates(one)))
      this.load(folder, before.get(path.resolve(folder)));
    this.functions = new Map(this.packages.flatMap((one) => one.functions.map((f) => [f.id, f])));
    this.byName = new Map([...this.functions.values()].map((f) => [key(f.package.name, f.name), f]));
  }

  /** A package by namespace, address segment, npm name, id of the package or id of the version. */
  package(name: string): PackageSpec | undefined {
    return this.packages.find((one) => sameName(one.name, name)) ??
      this.packages.find((one) => [one.url, one.npmName, one.id, one.packageId].some((n) => n && sameName(n, name)));
  }

  function(id: string): FunctionSpec | undefined {
    return this.functions.get(id.toLowerCase());
  }

  /** A function by its name and its package's namespace, with or without colon, in any letter case. */
  functionByName(name: string, namespace: string): FunctionSpec | undefined {
    return this.byName.get(key(namespace.replace(/:$/, ''), name));
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

  private load(folder: string, known: PackageSpec | undefined): void {
    try {
      const spec = known && known.buildHash === buildHash(folder) ? known : readPackage(folder);
      const other = this.packages.find((one) => sameName(one.name, spec.name));
      if (other)
        throw new Error(`the name ${spec.name} is taken by the package in ${other.folder}`);
      this.packages.push(spec);
    } catch (error) {
      this.problems.push({folder, message: `package.json: ${(error as Error).message}`});
    }
  }
}

const key = (namespace: string, name: string): string => `${namespace}:${name}`.toLowerCase();

const subFolders = (folder: string): string[] => readdirSync(folder, {withFileTypes: true})
  .filter((entry) => (entry.isDirectory() || entry.isSymbolicLink()) && !entry.name.startsWith('.') &&
    entry.name !== 'node_modules' && statSync(path.join(folder, entry.name), {throwIfNoEntry: false})?.isDirectory())
  .map((entry) => path.join(folder, entry.name)).sort();
