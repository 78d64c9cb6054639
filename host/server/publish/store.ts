import {randomUUID} from 'node:crypto';
import {closeSync, existsSync, fsyncSync, mkdirSync, openSync, readdirSync, readFileSync, renameSync, rmSync,
  writeFileSync} from 'node:fs';
import path from 'node:path';
import type {Publication} from '../model.ts';

/** Of one package: its release, and a debug build of each developer. */
export type Slot = 'release' | `debug-${string}`;

export const slotOf = (debug: boolean, userId: string): Slot => debug ? `debug-${userId}` : 'release';

/** Folder of published packages in the host's data folder. */
export const publishedFolder = (dataFolder: string): string => path.join(dataFolder, 'published');

const STAGING = '.staging-';

/**
 * Files of published packages.
 *
 *     <npm name>/release.json        who published what, and in which folder it lies
 *     <npm name>/release.3/...       the files
 *     <npm name>/debug-<user>.json   and so on
 *
 * Files arrive in a folder of their own and count from the moment when the small file beside them names their folder;
 * that file is replaced in one step, so that a publication is there whole or not at all.
 */
export class PublicationStore {
  constructor(private readonly root: string) {}

  /** All publications that count, releases first. A file that cannot be read is none. */
  list(): Publication[] {
    const found = this.names().flatMap((name) => this.slots(name)).map(([name, slot]) => this.read(name, slot));
    return found.filter((one) => one !== undefined).sort((a, b) => Number(a.debug) - Number(b.debug));
  }

  find(npmName: string, slot: Slot): Publication | undefined {
    return this.read(folderName(npmName), slot);
  }

  /** An empty folder for files to arrive in. Remove it, or hand it to `place`. */
  stage(): string {
    const folder = path.join(this.root, `${STAGING}${randomUUID()}`);
    // Files may hold passwords of connections.
    mkdirSync(this.root, {recursive: true, mode: 0o700});
    mkdirSync(folder);
    return folder;
  }

  /** Where the files of a publication will lie. */
  folderOf(npmName: string, slot: Slot, buildNumber: number): string {
    return path.join(this.root, folderName(npmName), `${slot}.${buildNumber}`);
  }

  /** Moves staged files to the place of their publication, where they do not count yet. */
  place(staged: string, folder: string): void {
    mkdirSync(path.dirname(folder), {recursive: true});
    rmSync(folder, {recursive: true, force: true});
    renameSync(staged, folder);
  }

  /** Lets a publication count in place of the one before. @returns undoes it. */
  activate(slot: Slot, publication: Publication): () => void {
    const before = this.find(publication.npmName, slot);
    this.write(slot, publication);
    return () => before ? this.write(slot, before) : this.forget(publication.npmName, slot);
  }

  /** Ends a publication; its files go with the next `tidy`. */
  forget(npmName: string, slot: Slot): void {
    rmSync(path.join(this.root, folderName(npmName), `${slot}.json`), {force: true});
  }

  /** Removes files that belong to no publication: replaced ones, and what a killed host left half-way. */
  tidy(npmName?: string): void {
    if (npmName === undefined && existsSync(this.root))
      for (const name of readdirSync(this.root).filter((one) => one.startsWith(STAGING)))
        rmSync(path.join(this.root, name), {recursive: true, force: true});
    for (const name of this.names().filter((one) => npmName === undefined || one === folderName(npmName))) {
      const used = this.slots(name).map(([, slot]) => this.read(name, slot)?.folder);
      for (const one of readdirSync(path.join(this.root, name), {withFileTypes: true})) {
        const folder = path.join(this.root, name, one.name);
        if (one.isDirectory() && !used.includes(folder))
          rmSync(folder, {recursive: true, force: true});
      }
    }
  }

  private names(): string[] {
    return !existsSync(this.root) ? [] : readdirSync(this.root, {withFileTypes: true})
      .filter((one) => one.isDirectory() && !one.name.startsWith('.')).map((one) => one.name).sort();
  }

  private slots(name: string): [string, Slot][] {
    return readdirSync(path.join(this.root, name)).filter((one) => /^(release|debug-[\w-]+)\.json$/.test(one)).sort()
      .map((one) => [name, one.replace(/\.json$/, '') as Slot]);
  }

  private read(name: string, slot: Slot): Publication | undefined {
    const file = path.join(this.root, name, `${slot}.json`);
    if (!existsSync(file))
      return undefined;
    const kept = JSON.parse(readFileSync(file, 'utf8')) as Publication;
    const folder = path.join(this.root, name, `${slot}.${kept.buildNumber}`);
    return existsSync(folder) ? {...kept, folder} : undefined;
  }

  private write(slot: Slot, {folder, ...kept}: Publication): void {
    const file = path.join(path.dirname(folder), `${slot}.json`);
    const handle = openSync(`${file}.new`, 'w', 0o600);
    try {
      writeFileSync(handle, JSON.stringify(kept, null, 2) + '\n');
      fsyncSync(handle);
    } finally {
      closeSync(handle);
    }
    renameSync(`${file}.new`, file);
  }
}

/** A scope's slash is no part of a path; letter case tells no two packages apart. */
const folderName = (npmName: string): string => encodeURIComponent(npmName.toLowerCase());
