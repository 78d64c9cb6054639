import {createWriteStream, mkdirSync} from 'node:fs';
import path from 'node:path';
import type {Readable} from 'node:stream';
import {pipeline} from 'node:stream/promises';
import {promisify} from 'node:util';
import yauzl, {type Entry, type ZipFile} from 'yauzl';
import {Refusal} from '../model.ts';
import {LIMITS, type Limits} from './limits.ts';

const SYMBOLIC_LINK = 0o120000;

/**
 * Unpacks a zip archive into an empty folder. Only plain files are taken: no links, nothing encrypted, no path that
 * leaves the folder or that another file system would read otherwise, no two paths that differ by letter case alone.
 * @returns paths of the files, with forward slashes.
 * @throws Refusal (400, 413) in words for whoever sent it. The folder then holds a part, to be removed.
 */
export async function unpack(archive: string, folder: string, limits: Limits = LIMITS): Promise<string[]> {
  let zip: ZipFile | undefined;
  try {
    zip = await promisify<string, yauzl.Options, ZipFile>(yauzl.open)(archive,
      {lazyEntries: true, strictFileNames: true, autoClose: false});
    return await takeFiles(zip, folder, limits);
  } catch (error) {
    if (error instanceof Refusal || isOfFileSystem(error))
      throw error;
    throw new Refusal(400, `The archive cannot be read: ${(error as Error).message}`);
  } finally {
    zip?.close();
  }
}

/** A disk that is full is no fault of the archive. */
const isOfFileSystem = (error: unknown): boolean =>
  /^(ENOSPC|EACCES|EMFILE|EIO|EROFS|EDQUOT)$/.test(String((error as {code?: unknown})?.code ?? ''));

async function takeFiles(zip: ZipFile, folder: string, limits: Limits): Promise<string[]> {
  if (zip.entryCount > limits.files)
    throw new Refusal(413, `The archive holds more than ${limits.files} files`);
  const found = new Map<string, {relative: string, content: string}>();
  const budget = {left: limits.inflated, limits};
  for await (const entry of entries(zip)) {
    const isFolder = entry.fileName.endsWith('/');
    const relative = isFolder ? entry.fileName.slice(0, -1) : entry.fileName;
    check(entry, relative, limits);
    if (isFolder)
      continue;
    const key = relative.toLowerCase();
    // The tool adds the folder of bundles after all files, which may have it already.
    const content = `${entry.crc32} ${entry.uncompressedSize}`;
    const before = found.get(key);
    if (before?.relative === relative && before.content === content)
      continue;
    if (before !== undefined)
      throw new Refusal(400, `The archive holds "${relative}" twice`);
    found.set(key, {relative, content});
    await takeFile(zip, entry, path.join(folder, ...relative.split('/')), budget);
  }
  return [...found.values()].map(({relative}) => relative);
}

/** The entries one by one; the next is read when the one before was dealt with. */
async function* entries(zip: ZipFile): AsyncGenerator<Entry> {
  for (;;) {
    const entry = await new Promise<Entry | null>((done, fail) => {
      const settle = (then: () => void) => {
        zip.removeAllListeners('entry').removeAllListeners('end').removeAllListeners('error').on('error', () => {});
        then();
      };
      zip.once('entry', (one: Entry) => settle(() => done(one))).once('end', () => settle(() => done(null)))
        .once('error', (error: Error) => settle(() => fail(error)));
      zip.readEntry();
    });
    if (entry === null)
      return;
    yield entry;
  }
}

function check(entry: Entry, relative: string, limits: Limits): void {
  const quoted = JSON.stringify(relative.slice(0, 200));
  const parts = relative.split('/');
  // Control characters, what Windows reads as a drive or a stream, and names that mean another place.
  if (/[\p{Cc}\\:]/u.test(relative) || parts.some((part) => /^(|\.|\.\.)$/.test(part) || /[. ]$/.test(part)))
    throw new Refusal(400, `The archive holds a path that cannot be taken: ${quoted}`);
  if (relative.length > limits.path || parts.some((part) => Buffer.byteLength(part) > limits.segment))
    throw new Refusal(400, `The archive holds a path that is too long: ${quoted}`);
  if ((entry.externalFileAttributes >>> 16 & 0o170000) === SYMBOLIC_LINK)
    throw new Refusal(400, `The archive holds a link: ${quoted}`);
  if (entry.generalPurposeBitFlag & 1)
    throw new Refusal(400, `The archive is encrypted: ${quoted}`);
}

async function takeFile(zip: ZipFile, entry: Entry, file: string,
  budget: {left: number; limits: Limits}): Promise<void> {
  const content = await promisify<Entry, Readable>(zip.openReadStream.bind(zip))(entry);
  async function* counted(): AsyncGenerator<Buffer> {
    for await (const chunk of content as AsyncIterable<Buffer>) {
      budget.left -= chunk.length;
      if (budget.left < 0)
        throw new Refusal(413, `The archive is larger than ${budget.limits.inflated / 2 ** 20} MB when unpacked`);
      yield chunk;
    }
  }
  try {
    mkdirSync(path.dirname(file), {recursive: true});
    await pipeline(counted, createWriteStream(file, {flags: 'wx'}));
  } catch (error) {
    content.destroy();
    // A file where another path wants a folder, or the other way round.
    if (/^(EEXIST|ENOTDIR|EISDIR)$/.test(String((error as {code?: unknown}).code)))
      throw new Refusal(400, `The archive holds ${JSON.stringify(entry.fileName)} as a file and as a folder`);
    throw error;
  }
}
