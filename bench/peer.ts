import {execFile} from 'node:child_process';
import {mkdtemp, readdir, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {promisify} from 'node:util';

const run = promisify(execFile);

/** What users would pick instead. Its licence lets anybody run it; nothing of it is kept. */
export const PEER = '@datagrok/usage-analysis@2.7.1';

export interface PeerFolder {
  /** The unpacked package. */
  folder: string;
  remove(): Promise<void>;
}

/** Fetches the peer as published into a temporary folder. Needs the network and an npm registry. */
export async function fetchPeer(): Promise<PeerFolder> {
  const folder = await mkdtemp(path.join(tmpdir(), 'bench-peer-'));
  const remove = (): Promise<void> => rm(folder, {recursive: true, force: true});
  try {
    await run('npm', ['pack', PEER, '--silent', '--pack-destination', folder], {cwd: folder,
      shell: process.platform === 'win32'});
    const archive = (await readdir(folder)).find((name) => name.endsWith('.tgz'));
    await run('tar', ['-xzf', archive!], {cwd: folder});
    return {folder: path.join(folder, 'package'), remove};
  } catch (error) {
    await remove();
    throw new Error(`The peer ${PEER} could not be fetched: ${(error as Error).message}`, {cause: error});
  }
}
