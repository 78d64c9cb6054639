import {createHash, randomBytes} from 'node:crypto';
import {mkdirSync, readFileSync, renameSync, statSync, writeFileSync} from 'node:fs';
import path from 'node:path';

/** A key as it is kept: who has the file cannot sign in by it. */
interface KeptKey {
  /** SHA-256 of the key, in hex. */
  hash: string;
  /** Whose it is; null: the one who starts the host. */
  login: string | null;
  /** ISO 8601. */
  made: string;
}

/** File of the developer keys in the host's data folder. */
export const devKeysFile = (dataFolder: string): string => path.join(dataFolder, 'dev-keys.json');

/**
 * Keys by which the platform's command-line tools sign in. They live in a file of the data folder, which the command
 * that makes them writes and a running host reads anew when it has changed.
 */
export class DevKeys {
  private read: {stamp: string; keys: KeptKey[]} = {stamp: '', keys: []};

  /** @param file undefined: there are no keys. */
  constructor(private readonly file: string | undefined) {}

  /** Whose key it is, null for the one who started the host; undefined when the key is not known. */
  loginOf(key: string): string | null | undefined {
    const hash = hashOf(key);
    return this.keys().find((one) => one.hash === hash)?.login;
  }

  /** Makes a key for the user with this login, or for the one who starts the host. It is shown once, here. */
  make(login: string | null): string {
    const key = randomBytes(32).toString('hex');
    this.write([...this.keys(), {hash: hashOf(key), login, made: new Date().toISOString()}]);
    return key;
  }

  /** Takes back all keys of a user. @returns how many there were. */
  revoke(login: string | null): number {
    const keys = this.keys();
    const kept = keys.filter((one) => one.login?.toLowerCase() !== login?.toLowerCase());
    this.write(kept);
    return keys.length - kept.length;
  }

  private keys(): KeptKey[] {
    const stat = this.file === undefined ? undefined : statSync(this.file, {throwIfNoEntry: false});
    if (!stat)
      return [];
    const stamp = `${stat.ino} ${stat.size} ${stat.mtimeMs}`;
    if (stamp !== this.read.stamp)
      this.read = {stamp, keys: JSON.parse(readFileSync(this.file!, 'utf8')) as KeptKey[]};
    return this.read.keys;
  }

  private write(keys: KeptKey[]): void {
    if (this.file === undefined)
      throw new Error('This host keeps no developer keys');
    mkdirSync(path.dirname(this.file), {recursive: true});
    const draft = `${this.file}.${process.pid}`;
    writeFileSync(draft, JSON.stringify(keys, null, 2) + '\n', {mode: 0o600});
    renameSync(draft, this.file);
  }
}

const hashOf = (key: string): string => createHash('sha256').update(key).digest('hex');
