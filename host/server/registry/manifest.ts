import {readText} from './files.ts';
import type {PackageSpec} from '../model.ts';

/** What the host reads from package.json. */
export type Manifest = Pick<PackageSpec, 'npmName' | 'friendlyName' | 'version' | 'description' | 'category' |
  'canView' | 'canEdit' | 'properties' | 'url' | 'problems'>;

/** Who sees a package whose list of viewers cannot be read: a mistake must not open what was meant to be closed. */
const NOBODY_ELSE = ['Administrators'];

/**
 * Reads package.json. Fields of a wrong type are left out and reported.
 * @throws Error when the file is missing, is no JSON object, or names no package.
 */
export function readManifest(folder: string): Manifest {
  const json: unknown = JSON.parse((readText(folder, 'package.json') ?? '').replace(/^\uFEFF/, ''));
  if (typeof json !== 'object' || json === null || Array.isArray(json))
    throw new Error('an object was expected');
  const fields = json as Record<string, unknown>;
  const npmName = fields.name;
  if (typeof npmName !== 'string' || !/^(@[\w.-]+\/)?[A-Za-z][\w.-]*$/.test(npmName))
    throw new Error('"name" is missing or is no package name');

  const problems: string[] = [];
  const text = (key: string, otherwise: string): string => {
    const value = fields[key];
    if (value === undefined || typeof value === 'string')
      return value || otherwise;
    problems.push(`package.json: "${key}" is no text`);
    return otherwise;
  };
  const url = addressOf(fields.meta, problems);
  return {
    npmName, friendlyName: text('friendlyName', npmName.replace(/^@[^/]*\//, '')), version: text('version', '0.0.0'),
    description: text('description', ''), category: text('category', ''),
    canView: groups(fields, 'canView', problems), canEdit: groups(fields, 'canEdit', problems),
    properties: settings(fields.properties, problems), ...url ? {url} : {}, problems,
  };
}

function groups(fields: Record<string, unknown>, key: string, problems: string[]): string[] {
  const value = fields[key] ?? [];
  if (Array.isArray(value) && value.every((name) => typeof name === 'string'))
    return value;
  problems.push(`package.json: "${key}" is no list of group names; only ${NOBODY_ELSE[0]} have the right`);
  return NOBODY_ELSE;
}

function settings(value: unknown, problems: string[]): PackageSpec['properties'] {
  const found: PackageSpec['properties'] = [];
  for (const item of Array.isArray(value) ? value : []) {
    if (typeof item?.name === 'string' && typeof item?.propertyType === 'string')
      found.push({...item, name: item.name, propertyType: item.propertyType});
    else
      problems.push('package.json: an item of "properties" lacks name or propertyType');
  }
  return found;
}

/** `meta.url`, less its slashes. One that is no single plain segment cannot be an address. */
function addressOf(meta: unknown, problems: string[]): string | undefined {
  const url = (meta as {url?: unknown} | undefined)?.url;
  if (url === undefined || url === '/')
    return undefined;
  const segment = typeof url === 'string' ? url.replace(/^\/+|\/+$/g, '') : '';
  if (/^[\w.~-]+$/.test(segment))
    return segment;
  problems.push('package.json: "meta.url" is not one segment of an address');
  return undefined;
}
