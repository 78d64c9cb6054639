import {readFileSync} from 'node:fs';
import {processStart} from './database/owner.ts';

const CHECK_EVERY_MS = 300;

interface Process {
  pid: number;
  started: string | null;
}

/**
 * Tells when the npm that started this process is gone. npm runs a script in a shell of its own, and a signal to npm
 * alone ends npm and the shell, but not what the shell runs: without this, the host would stay behind.
 */
export function onLauncherGone(then: () => void): void {
  if (process.env.npm_lifecycle_event === undefined)
    return;
  const launchers = launchersOf(process.ppid);
  const timer = setInterval(() => {
    if (process.ppid === launchers[0].pid && launchers.every(isThere))
      return;
    clearInterval(timer);
    then();
  }, CHECK_EVERY_MS);
  timer.unref();
}

/** The parent and, when it is the shell of a script (`sh -c ...`), the npm above it. Beyond Linux: the parent. */
function launchersOf(parent: number): Process[] {
  const found = [{pid: parent, started: processStart(parent)}];
  try {
    const command = readFileSync(`/proc/${parent}/cmdline`, 'utf8').split('\0');
    const above = Number(/^PPid:\s*(\d+)/m.exec(readFileSync(`/proc/${parent}/status`, 'utf8'))?.[1]);
    if (command[1] === '-c' && above > 1)
      found.push({pid: above, started: processStart(above)});
  } catch {
    // No /proc here, or the parent has ended already, which the first look will show.
  }
  return found;
}

/** On systems where the start of a process is found by running `ps`, the parent's number has to do. */
const isThere = ({pid, started}: Process): boolean =>
  process.platform !== 'linux' || started !== null && processStart(pid) === started;
