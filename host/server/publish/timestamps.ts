import {copyFileSync, existsSync, linkSync, mkdirSync, readFileSync, rmSync} from 'node:fs';
import path from 'node:path';
import {Refusal} from '../model.ts';
import {resolveInside} from '../registry/files.ts';

/** File by which the publishing tool tells all files of a package, with the times when they were changed. */
export const TIMESTAMPS = 'timestamps.json';

/** Path of a file (with forward slashes) to the time of its last change, in the tool's own words. */
export type Timestamps = Record<string, string>;

/**
 * What a folder of published files says of its files; undefined when it says nothing.
 * @throws Refusal when it says it in a way that cannot be read.
 */
export function readTimestamps(folder: string): Timestamps | undefined {
  const file = path.join(folder, TIMESTAMPS);
  if (!existsSync(file))
    return undefined;
  let json: unknown;
  try {
    json = JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    json = null;
  }
  if (typeof json !== 'object' || json === null || Array.isArray(json) ||
    Object.values(json).some((value) => typeof value !== 'string'))
    throw new Refusal(400, `${TIMESTAMPS} is no object of paths and times`);
  return json as Timestamps;
}

/**
 * Completes a folder of received files: the tool sends those alone that have changed, and names the others. They are
 * taken from the publication before; what is no longer named is not there.
 * @throws Refusal (409) when a file is neither sent nor known.
 */
export function completeFiles(folder: string, received: readonly string[], before: string | undefined): void {
  const named = readTimestamps(folder);
  const have = new Set(received);
  for (const relative of Object.keys(named ?? {})) {
    if (have.has(relative))
      continue;
    const source = before === undefined ? undefined : resolveInside(before, relative);
    if (source === undefined)
      throw new Refusal(409, `"${relative.slice(0, 200)}" was not sent, and this host does not have it. Publish again`);
    const target = path.join(folder, ...relative.split('/'));
    mkdirSync(path.dirname(target), {recursive: true});
    linkOrCopy(source, target);
  }
}

/** Published files are never changed in place, so that two publications may share them. */
function linkOrCopy(source: string, target: string): void {
  try {
    linkSync(source, target);
  } catch {
    rmSync(target, {force: true});
    copyFileSync(source, target);
  }
}
