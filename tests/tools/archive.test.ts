import assert from 'node:assert/strict';
import {existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {after, describe, it} from 'node:test';
import {unpack} from '../../host/server/publish/archive.ts';
import {LIMITS, type Limits} from '../../host/server/publish/limits.ts';
import {zip, type ZipFile} from './zip.ts';

const root = mkdtempSync(path.join(tmpdir(), 'archive-'));
after(() => rmSync(root, {recursive: true, force: true}));
let count = 0;

/** Unpacks into a folder two levels down, so that what climbs out would be seen. */
async function unpacked(archive: Buffer, limits: Limits = LIMITS) {
  const place = path.join(root, String(++count));
  const folder = path.join(place, 'inner');
  const file = `${place}.zip`;
  writeFileSync(file, archive);
  return {folder, place, names: await unpack(file, folder, limits)};
}

const refused = (files: ZipFile[], expected: {status: number, message: RegExp}, limits: Limits = LIMITS) =>
  assert.rejects(unpacked(zip(files), limits), expected);

describe('unpacking an archive', () => {
  it('gives the files as they were, folders by their paths', async () => {
    const {folder, names} = await unpacked(zip([{name: 'a/'}, {name: 'a/b.txt', data: 'ключ ✓'}, {name: 'c', data: ''}]));
    assert.deepEqual(names, ['a/b.txt', 'c']);
    assert.equal(readFileSync(path.join(folder, 'a/b.txt'), 'utf8'), 'ключ ✓');
    assert.equal(readFileSync(path.join(folder, 'c'), 'utf8'), '');
  });

  for (const name of ['../evil', '/evil', 'a/../../evil', '..\\evil', 'C:/evil', 'a/./evil', 'a//evil', 'evil\n', 'a/..',
    'evil.', 'evil ']) {
    it(`refuses the path ${JSON.stringify(name)}`, async () => {
      await refused([{name: 'fine', data: 'x'}, {name, data: 'x'}], {status: 400, message: /path|characters/});
      for (const where of [root, path.join(root, String(count)), path.dirname(root), '/'])
        assert.equal(existsSync(path.join(where, 'evil')), false);
    });
  }

  it('takes a file that is there twice with one content, as the tool sends bundles that no list ignores', async () => {
    const {folder, names} = await unpacked(zip([{name: 'dist/a', data: '1'}, {name: 'b', data: '2'}, {name: 'dist/a', data: '1'}]));
    assert.deepEqual(names, ['dist/a', 'b']);
    assert.equal(readFileSync(path.join(folder, 'dist/a'), 'utf8'), '1');
  });

  it('refuses links, encrypted files, doubled names and names that are file and folder', async () => {
    await refused([{name: 'link', data: '/etc/passwd', mode: 0o120777}], {status: 400, message: /link/});
    await refused([{name: 'a', data: 'x', flags: 1}], {status: 400, message: /encrypted/});
    await refused([{name: 'A.txt', data: '1'}, {name: 'a.TXT', data: '2'}], {status: 400, message: /twice/});
    await refused([{name: 'a', data: '1'}, {name: 'a', data: '2'}], {status: 400, message: /twice/});
    await refused([{name: 'a', data: '1'}, {name: 'a/b', data: '2'}], {status: 400, message: /file and as a folder/});
    await refused([{name: 'a/b', data: '1'}, {name: 'a', data: '2'}], {status: 400, message: /file and as a folder/});
  });

  it('refuses what is no archive, half an archive, or one with a wrong sum', async () => {
    await assert.rejects(unpacked(Buffer.from('this is no archive')), {status: 400, message: /cannot be read/});
    await assert.rejects(unpacked(Buffer.alloc(0)), {status: 400, message: /cannot be read/});
    const whole = zip([{name: 'a', data: 'x'.repeat(1000)}]);
    await assert.rejects(unpacked(whole.subarray(0, whole.length - 30)), {status: 400, message: /cannot be read/});
    const spoilt = Buffer.from(whole);
    spoilt.fill(0xff, 32, 36);
    await assert.rejects(unpacked(spoilt), {status: 400, message: /cannot be read/});
  });

  it('stops at the limits, whatever the archive declares', async () => {
    const limits = {...LIMITS, inflated: 1000, files: 3};
    const big = 'x'.repeat(600);
    await refused([{name: 'a', data: big}, {name: 'b', data: big}], {status: 413, message: /larger than/}, limits);
    await refused([{name: 'a', data: 'x'.repeat(100_000), size: 10}], {status: 400, message: /cannot be read/}, limits);
    await refused(['a', 'b', 'c', 'd'].map((name) => ({name})), {status: 413, message: /more than 3 files/}, limits);
    await refused([{name: 'x'.repeat(201)}], {status: 400, message: /too long/}, limits);
  });

  it('stops a bomb before it fills the disk', async () => {
    // Sixty-four megabytes of zeros in sixty-four kilobytes.
    const zeros = Buffer.alloc(8 * 2 ** 20);
    await refused(Array.from({length: 8}, (_, i) => ({name: `${i}`, data: zeros})), {status: 413, message: /20 MB/},
      {...LIMITS, inflated: 20 * 2 ** 20});
  });
});
