import {spawn} from 'node:child_process';
import {cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {DevKeys, devKeysFile} from '../../host/server/access/dev-keys.ts';
import {ensureBrowser} from '../support/browser.ts';
import {root} from '../support/host.ts';

/** The command-line tools of the platform, unmodified, with a home folder of their own. */
export interface Grok {
  /** Its folders are packages, as in a checkout of many. */
  readonly packages: string;
  /** The host's: developer keys and published packages. */
  readonly data: string;
  /** Writes the configuration that names the host. @param url of the host, without a slash at the end. */
  configure(url: string): void;
  /** Runs `grok` in a package's folder. */
  run(folder: string, ...args: string[]): Promise<Outcome>;
  /** The same, with an `npm` that does nothing: no network is asked for libraries. */
  runOffline(folder: string, ...args: string[]): Promise<Outcome>;
  close(): void;
}

export interface Outcome {
  readonly code: number | null;
  /** Everything it printed. */
  readonly output: string;
}

export function grokTools(): Grok {
  const home = mkdtempSync(path.join(tmpdir(), 'grok-'));
  const [packages, data] = [path.join(home, 'packages'), path.join(home, 'data')];
  for (const folder of [packages, data, path.join(home, '.grok')])
    mkdirSync(folder);
  // Packages find their libraries above them.
  symlinkSync(path.join(root, 'node_modules'), path.join(packages, 'node_modules'));
  const key = new DevKeys(devKeysFile(data)).make(null);
  const env: NodeJS.ProcessEnv = {...process.env, HOME: home, USERPROFILE: home,
    PUPPETEER_EXECUTABLE_PATH: ensureBrowser(),
    ...(process.getuid?.() === 0 ? {PUPPETEER_DANGEROUS_NO_SANDBOX: 'true'} : {})};
  const tool = path.join(root, 'node_modules', 'datagrok-tools', 'bin', 'grok.js');
  const stub = path.join(home, 'bin');
  mkdirSync(stub);
  writeFileSync(path.join(stub, 'npm'), '#!/bin/sh\nexit 0\n', {mode: 0o755});
  return {packages, data,
    configure: (url) => writeFileSync(path.join(home, '.grok', 'config.yaml'),
      `default: localhost\nservers:\n  localhost:\n    url: ${url}/api\n    key: ${key}\n`),
    run: (folder, ...args) => run(tool, folder, args, env),
    runOffline: (folder, ...args) => run(tool, folder, args, {...env, PATH: `${stub}${path.delimiter}${env.PATH ?? ''}`}),
    close: () => rmSync(home, {recursive: true, force: true})};
}

async function run(tool: string, cwd: string, args: string[], env: NodeJS.ProcessEnv): Promise<Outcome> {
  const child = spawn(process.execPath, [tool, ...args], {cwd, env, stdio: ['ignore', 'pipe', 'pipe']});
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk) => output += chunk);
  const code = await new Promise<number | null>((done) => child.on('close', done));
  return {code, output};
}

/** Puts what a developer's checkout of this package holds, with its bundles, into a folder beside other packages. */
export function copyPackage(grok: Grok): string {
  const folder = path.join(grok.packages, 'usage-analysis');
  for (const name of ['package.json', 'README.md', 'CHANGELOG.md', '.npmignore', '.gitignore', 'tsconfig.json',
    'webpack.config.js', 'package-lock.json', 'src', 'queries', 'scripts', 'files', 'images', 'css', 'dist', 'docs'])
    cpSync(path.join(root, name), path.join(folder, name), {recursive: true, preserveTimestamps: true});
  symlinkSync(path.join(root, 'node_modules'), path.join(folder, 'node_modules'));
  return folder;
}

/** Writes files into a folder of the packages. */
export function makePackage(grok: Grok, name: string, files: Record<string, string | object>): string {
  const folder = path.join(grok.packages, name);
  for (const [file, content] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(folder, file)), {recursive: true});
    writeFileSync(path.join(folder, file), typeof content === 'string' ? content : JSON.stringify(content, null, 2));
  }
  return folder;
}

/** Files under a folder, relative, with their sizes in bytes. */
export function filesUnder(folder: string): Map<string, number> {
  const all = readdirSync(folder, {recursive: true, withFileTypes: true}).filter((entry) => entry.isFile());
  return new Map(all.map((entry) => path.join(entry.parentPath, entry.name))
    .map((file) => [path.relative(folder, file), statSync(file).size]));
}

/** Rows of a report of tests, by the names of its header. */
export function readReport(file: string): Record<string, string>[] {
  const [header, ...rows] = csvRows(readFileSync(file, 'utf8'));
  return rows.map((row) => Object.fromEntries(header.map((name, i) => [name, row[i]])));
}

/** RFC 4180, as far as the report uses it. */
function csvRows(text: string): string[][] {
  const rows: string[][] = [[]];
  for (const [, quoted, plain, end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/g)) {
    rows.at(-1)!.push(quoted?.replaceAll('""', '"') ?? plain);
    if (end !== ',')
      rows.push([]);
  }
  return rows.filter((row) => row.length > 1 || (row[0] ?? '') !== '');
}
