import {execFileSync, spawn, spawnSync, type ChildProcess} from 'node:child_process';
import {chownSync, closeSync, lstatSync, openSync, readdirSync} from 'node:fs';
import path from 'node:path';

const ACCOUNT = 'postgres';

/** Lets a process of another account pass through folders that are closed to it, such as root's home. */
const PASS_THROUGH = ['--clear-groups', '--inh-caps', '+dac_override', '--ambient-caps', '+dac_override',
  '--securebits', '+no_setuid_fixup'];

/** Runs programs under an account that PostgreSQL accepts, and owns files for it. */
export interface Account {
  /** Resolves with the output; rejects with the program's own words when it fails. */
  run(program: string, args: string[]): Promise<string>;
  /** The same, blocking: for the last moments of the process. Never throws. */
  runSync(program: string, args: string[]): void;
  /** Ends the programs that still run. */
  interrupt(): void;
  /** Hands a file or folder, with everything in it, to the account. */
  own(file: string): void;
}

/**
 * The account for PostgreSQL, which refuses to run as root.
 *
 * Anyone but root keeps their own account. For root it is the system account `postgres`, created when missing. When
 * that account cannot reach the programs or the data because a parent folder is closed (root's home usually is),
 * the programs run with the right to pass closed folders, by `setpriv` of util-linux; no folder's mode is changed.
 *
 * @param probe a program that must run, with the folder of the data as its argument's parent
 */
export function databaseAccount(probe: {program: string; folder: string}): Account {
  if (process.getuid?.() !== 0)
    return account([], {}, () => {});
  const ids = postgresIds() ?? createPostgresAccount();
  const own = (file: string): void => ownTree(file, ids.uid, ids.gid);
  own(probe.folder);
  const plain = {uid: ids.uid, gid: ids.gid};
  if (reaches([], plain, probe))
    return account([], plain, own);
  const wrapper = ['setpriv', '--reuid', String(ids.uid), '--regid', String(ids.gid), ...PASS_THROUGH];
  if (reaches(wrapper, {}, probe))
    return account(wrapper, {}, own);
  throw new Error(`PostgreSQL cannot run as root, and the account "${ACCOUNT}" cannot reach ${probe.folder} ` +
    `or ${path.dirname(probe.program)}. Open their parent folders (chmod o+x), or move them elsewhere.`);
}

function account(wrapper: string[], ids: {uid?: number; gid?: number}, own: (file: string) => void): Account {
  const command = (program: string, args: string[]): [string, string[]] =>
    wrapper.length === 0 ? [program, args] : [wrapper[0], [...wrapper.slice(1), program, ...args]];
  // The server inherits this environment: messages in English, no stray PG* settings of the user's.
  const env = Object.fromEntries(Object.entries(process.env).filter(([key]) => !/^(PG|LC_|LANG)/.test(key)));
  const running = new Set<ChildProcess>();
  return {
    own,
    interrupt: () => running.forEach((child) => child.kill()),
    run: (program, args) => new Promise((resolve, reject) => {
      const [file, all] = command(program, args);
      const child = spawn(file, all, {...ids, env, cwd: '/', stdio: ['ignore', 'pipe', 'pipe']});
      running.add(child);
      let output = '';
      child.stdout.on('data', (chunk) => output += chunk);
      child.stderr.on('data', (chunk) => output += chunk);
      child.on('error', reject);
      // 'exit', not 'close': a started server may hold the pipes for as long as it lives.
      child.on('exit', (code) => {
        running.delete(child);
        if (code === 0)
          resolve(output);
        else
          reject(new Error(`${path.basename(program)} failed (${code}): ${output.trim()}`));
      });
    }),
    runSync: (program, args) => {
      const [file, all] = command(program, args);
      spawnSync(file, all, {...ids, env, cwd: '/', stdio: 'ignore', timeout: 20_000});
    },
  };
}

function reaches(wrapper: string[], ids: object, probe: {program: string; folder: string}): boolean {
  const run = (program: string, args: string[]): boolean =>
    spawnSync(wrapper[0] ?? program, wrapper.length === 0 ? args : [...wrapper.slice(1), program, ...args],
      {...ids, cwd: '/', stdio: 'ignore'}).status === 0;
  return run(probe.program, ['--version']) && run('ls', [probe.folder]);
}

function postgresIds(): {uid: number; gid: number} | null {
  const id = (flag: string): number => Number(execFileSync('id', [flag, ACCOUNT], {stdio: ['ignore', 'pipe', 'ignore']}));
  try {
    return {uid: id('-u'), gid: id('-g')};
  } catch {
    return null;
  }
}

function createPostgresAccount(): {uid: number; gid: number} {
  spawnSync('useradd', ['--system', '--user-group', '--no-create-home', '--shell', '/usr/sbin/nologin', ACCOUNT]);
  const ids = postgresIds();
  if (ids === null)
    throw new Error(`PostgreSQL cannot run as root, and the account "${ACCOUNT}" could not be created. ` +
      'Run as another user, or create it (useradd postgres).');
  return ids;
}

function ownTree(file: string, uid: number, gid: number): void {
  const stat = lstatSync(file);
  if (stat.isSymbolicLink())
    return;
  if (stat.uid !== uid || stat.gid !== gid)
    chownSync(file, uid, gid);
  if (stat.isDirectory()) {
    for (const name of readdirSync(file))
      ownTree(path.join(file, name), uid, gid);
  }
}

/** Creates an empty file that only its owner may read, unless it exists. */
export function privateFile(file: string): void {
  closeSync(openSync(file, 'a', 0o600));
}
