import {execFileSync} from 'node:child_process';
import {linkSync, readFileSync, rmSync, writeFileSync} from 'node:fs';

/** A process told from a later one that was given the same number. */
interface Owner {
  pid: number;
  started: string;
}

/**
 * Takes a folder for this process by a file in it. A file left by a dead process is no hindrance.
 *
 * @returns gives the folder back
 * @throws Error when a living process holds the folder
 */
export function takeFolder(lockFile: string): () => void {
  const mine: Owner = {pid: process.pid, started: processStart(process.pid) ?? ''};
  for (let attempt = 0; attempt < 3; attempt++) {
    if (createWhole(lockFile, JSON.stringify(mine))) {
      return () => {
        if (readOwner(lockFile)?.pid === mine.pid)
          rmSync(lockFile, {force: true});
      };
    }
    const owner = readOwner(lockFile);
    if (owner !== null && isAlive(owner))
      throw new Error(`The data folder is in use by process ${owner.pid} (${lockFile}). Stop it, or use another folder.`);
    rmSync(lockFile, {force: true});
  }
  throw new Error(`Could not take the data folder: ${lockFile} comes back again and again.`);
}

/** Creates a file that nobody ever sees half-written; false when it exists. */
function createWhole(file: string, text: string): boolean {
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, text, {mode: 0o600});
  try {
    linkSync(draft, file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST')
      return false;
    throw error;
  } finally {
    rmSync(draft, {force: true});
  }
}

/** True when the file names a living process, other than by a number used again. */
export function isTaken(lockFile: string): boolean {
  const owner = readOwner(lockFile);
  return owner !== null && isAlive(owner);
}

/** When a process started, in the system's own words; null when there is no such process. */
export function processStart(pid: number): string | null {
  try {
    if (process.platform === 'linux') {
      const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
      // The name in parentheses may hold blanks; field 22 of proc(5) is the 20th after it.
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      // A zombie: dead, but nobody has asked for its exit code. Containers without an init keep them.
      return fields[0] === 'Z' ? null : fields[19];
    }
    if (process.platform !== 'win32')
      return execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], {encoding: 'utf8'}).trim() || null;
    process.kill(pid, 0);
    return '';
  } catch {
    return null;
  }
}

function isAlive(owner: Owner): boolean {
  return processStart(owner.pid) === owner.started;
}

function readOwner(lockFile: string): Owner | null {
  try {
    const owner = JSON.parse(readFileSync(lockFile, 'utf8')) as Owner;
    return Number.isInteger(owner.pid) ? owner : null;
  } catch {
    return null;
  }
}
