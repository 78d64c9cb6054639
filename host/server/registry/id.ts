import {createHash} from 'node:crypto';

/** Name space of the ids made here; any fixed uuid does. */
const NAME_SPACE = Buffer.from('6f1c6b0e6f0e5b8a9a3d2f6c7b1d4e90', 'hex');

/**
 * Name-based uuid (version 5, RFC 9562 section 5.5): the same parts give the same id in every run, so that addresses,
 * saved references and clients which hold an id survive a restart. Letter case is ignored, as it is in names.
 */
export function stableId(...parts: string[]): string {
  const name = JSON.stringify(parts.map((part) => part.toLowerCase()));
  const hash = createHash('sha1').update(NAME_SPACE).update(name).digest().subarray(0, 16);
  hash[6] = hash[6] & 0x0f | 0x50;
  hash[8] = hash[8] & 0x3f | 0x80;
  const hex = hash.toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}

/** Id of a package as such. */
export const packageIdOf = (npmName: string): string => stableId('package', npmName);

/** Id of a version of a package; each developer's debug build is one of its own. */
export const versionIdOf = (npmName: string, version: string, debugOf?: string): string =>
  stableId('published package', npmName, version, ...debugOf === undefined ? [] : ['debug', debugOf]);
