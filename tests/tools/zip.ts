import {crc32, deflateRawSync} from 'node:zlib';

/** A file in an archive, and lies that may be told of it. */
export interface ZipFile {
  name: string;
  data?: Buffer | string;
  /** Declared size; the true one when absent. */
  size?: number;
  /** Unix mode with the type of the file, such as 0o120777 for a link. */
  mode?: number;
  /** General purpose flags. */
  flags?: number;
}

/** A zip archive with any names in it, also such as other writers refuse (APPNOTE 6.3, sections 4.3 and 4.4). */
export function zip(files: ZipFile[]): Buffer {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const {name, data = '', size, mode = 0o100644, flags = 0} of files) {
    const content = Buffer.from(data);
    const packed = deflateRawSync(content, {level: 9});
    const bytes = Buffer.from(name);
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE(flags | 0x800, 2);
    common.writeUInt16LE(8, 4);
    common.writeUInt32LE(crc32(content), 10);
    common.writeUInt32LE(packed.length, 14);
    common.writeUInt32LE(size ?? content.length, 18);
    common.writeUInt16LE(bytes.length, 22);
    const local = Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), common, bytes, packed]);
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE(mode << 16 >>> 0, 6);
    tail.writeUInt32LE(offset, 10);
    directory.push(Buffer.from('PK\x01\x02\x14\x03', 'latin1'), common, tail, bytes);
    parts.push(local);
    offset += local.length;
  }
  const central = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 'latin1');
  end.writeUInt16LE(files.length, 8);
  end.writeUInt16LE(files.length, 10);
  end.writeUInt32LE(central.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...parts, central, end]);
}

/** An archive of files by name; objects become JSON. */
export const zipOf = (files: Record<string, string | object>): Buffer => zip(Object.entries(files).map(([name, data]) =>
  ({name, data: typeof data === 'string' ? data : JSON.stringify(data)})));
