import {readdirSync, readFileSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {fileURLToPath} from 'node:url';
import {root, startHost} from '../support/host.ts';

/** What is less than the platform's, by call or function. Names that are not in the surface fail the test. */
export const PARTIAL: Record<string, string> = {
  'GET /api/users/notifications/current': 'always empty: the host sends no notifications',
  'GET /api/users/notifications/current/count_unread': 'always 0',
  'GET /api/entities/:id/properties': 'always empty: the tables of properties are not known',
  'PUT /api/entities/:id/tags': 'of the host alone: the core has no call for tags',
  'DELETE /api/entities/:id/tags': 'of the host alone: the core has no call for tags',
  'GET /api/privileges/permissions': 'in a table of the host; of somebody else\'s database nothing is listed',
  'POST /api/privileges/permissions/user': 'shares with groups, for viewing or for everything; no notifications, no mail',
  'POST /api/packages/dev/*': 'does not build packages, runs no containers and no migrations',
  'GET /api/log/activity': 'what one did oneself; follows of others are not known',
  'POST /api/log/funcs/calls': 'keeps what the client has run; who waits for a run on the server uses the stream',
  'PUT /api/log/audit': 'levels that are not kept by default are counted and dropped',
  'GET /api/connectors/connections': 'the platform\'s own database, and what the database lists; others cannot be queried',
  'grok_Log': 'the core prints; the host posts',
};

export interface Surface {
  routes: readonly string[];
  /** Names without the prefix. */
  host: readonly string[];
  core: readonly string[];
  absent: readonly string[];
}

/** Reads the surface of a running host: its calls, and the functions of its page. */
export async function readSurface(): Promise<Surface> {
  const host = await startHost({filled: false});
  try {
    const {page, close} = await host.openPage('/');
    const functions = await page.evaluate(() => Object.keys(window).filter((name) => name.startsWith('grok_') &&
      typeof (window as any)[name] === 'function').map((name) => [name, (window as any)[name].providedBy ?? 'core']));
    await close();
    const by = (who: string): string[] => functions.filter(([, one]) => one === who).map(([name]) => name).sort();
    return {routes: [...new Set(host.app.routes)]
      .filter((route) => route.includes('/api/') && !route.endsWith(' /api/*'))
      .sort(byPath),
      host: by('host'), core: by('core'), absent: by('nobody')};
  } finally {
    await host.close();
  }
}

function byPath(a: string, b: string): number {
  const key = (route: string): string => route.split(' ').reverse().join(' ');
  return key(a) < key(b) ? -1 : 1;
}

/** Folder of the client that names the function first; every room defines its own. */
function rooms(): (name: string) => string {
  const client = path.join(root, 'host', 'client');
  const sources = (readdirSync(client, {recursive: true}) as string[]).filter((file) => file.endsWith('.ts'))
    .map((file) => [file.includes(path.sep) ? file.split(path.sep)[0] : 'boot', readFileSync(path.join(client, file), 'utf8')]);
  return (name) => {
    const pattern = new RegExp(`['\\\`]?\\b(grok_)?${name.replace('grok_', '').replaceAll('$', '\\$')}\\b['\\\`]?\\s*[:(,]`);
    return sources.find(([, text]) => pattern.test(text))?.[0] ?? '';
  };
}

/** The page of docs, whole. */
export function surfacePage({routes, host, core, absent}: Surface): string {
  const room = rooms();
  const escape = (text: string): string => text.replaceAll('|', '\\|');
  const note = (name: string): string => PARTIAL[name] ?? '';
  return `# What the host provides

Made by \`npm run surface\` from a running host; a test compares. *Partial* says what is less than the platform's.

The published classes of \`datagrok-api\` call functions named \`grok_*\`. The compiled core brings ${core.length} of them; the host
adds or replaces ${host.length}; ${absent.length} are not provided, and fail with their name when they are called.

## Calls of the server

| Call | Partial |
| --- | --- |
${routes.map((route) => `| \`${escape(route)}\` | ${escape(note(route))} |`).join('\n')}

## Functions of the host

| Function | Room in \`host/client\` | Partial |
| --- | --- | --- |
${host.map((name) => `| \`${name}\` | ${room(name)} | ${escape(note(name))} |`).join('\n')}

## Functions of the core

${wrapped(core)}

## Not provided

${wrapped(absent)}
`;
}

function wrapped(names: readonly string[]): string {
  const lines = [''];
  for (const name of names) {
    const item = `\`${name.replace('grok_', '')}\``;
    if (lines.at(-1)!.length + item.length > 118)
      lines.push('');
    lines[lines.length - 1] += `${lines.at(-1) === '' ? '' : ' '}${item}`;
  }
  return lines.join('\n');
}

export const surfaceFile = path.join(root, 'docs', 'platform-surface.md');

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  writeFileSync(surfaceFile, surfacePage(await readSurface()));
  process.exit(0);
}
