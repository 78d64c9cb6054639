import type {Table, TableColumn} from './table.ts';

/**
 * The columnar container in which tables travel to pages. Little-endian throughout:
 *
 *     8 bytes   magic `DGTABLE1`
 *     u32       length of the header in bytes
 *     u32       0
 *     header    JSON, UTF-8: {rows, tags?, columns: [{name, type, tags?, at, bytes, extraAt?, extraBytes?}]}
 *     data      sections, each beginning at a multiple of 8 bytes from the start of the container
 *
 * `at` is a section's offset from the start of the data. The section of a column is its typed array (see table.ts);
 * the extra section is the category list of a string column (JSON, UTF-8) or the null rows of a bigint column (i32).
 */
const MAGIC = 'DGTABLE1';

interface ColumnHeader {
  name: string;
  type: TableColumn['type'];
  tags?: Record<string, string>;
  at: number;
  bytes: number;
  extraAt?: number;
  extraBytes?: number;
}

interface Header {
  rows: number;
  tags?: Record<string, string>;
  columns: ColumnHeader[];
}

const PREFIX = 16;
const aligned = (offset: number): number => Math.ceil(offset / 8) * 8;
const bytesOf = (array: ArrayBufferView): Uint8Array =>
  new Uint8Array(array.buffer, array.byteOffset, array.byteLength);

/** Whether the bytes begin with the container's magic. */
export function isColumnar(bytes: Uint8Array): boolean {
  return bytes.length >= PREFIX && [...MAGIC].every((char, i) => bytes[i] === char.charCodeAt(0));
}

/** Writes a table as one container. */
export function encodeColumnar(table: Table): Uint8Array<ArrayBuffer> {
  const sections: Uint8Array[] = [];
  let dataSize = 0;
  const add = (section: Uint8Array): number => {
    const at = dataSize;
    sections.push(section);
    dataSize = aligned(dataSize + section.length);
    return at;
  };
  const columns = table.columns.map((column): ColumnHeader => {
    const data = bytesOf(column.data);
    const header: ColumnHeader = {name: column.name, type: column.type, tags: column.tags, at: add(data),
      bytes: data.length};
    const extra = extraSection(column);
    if (extra) {
      header.extraAt = add(extra);
      header.extraBytes = extra.length;
    }
    return header;
  });
  const header = new TextEncoder().encode(
    JSON.stringify({rows: table.rowCount, tags: table.tags, columns} satisfies Header));
  const dataStart = aligned(PREFIX + header.length);
  const result = new Uint8Array(dataStart + dataSize);
  result.set(new TextEncoder().encode(MAGIC));
  new DataView(result.buffer).setUint32(8, header.length, true);
  result.set(header, PREFIX);
  let at = dataStart;
  for (const section of sections) {
    result.set(section, at);
    at = aligned(at + section.length);
  }
  return result;
}

function extraSection(column: TableColumn): Uint8Array | undefined {
  if (column.type === 'string')
    return new TextEncoder().encode(JSON.stringify(column.categories));
  if (column.type === 'bigint')
    return bytesOf(column.nulls);
  return undefined;
}

/**
 * Reads a container. The columns' arrays are views of `bytes` (of a copy, if `bytes` begins at an odd address), so
 * `bytes` must not be changed afterwards.
 * @throws Error when the bytes are no container, or when it is cut off.
 */
export function decodeColumnar(bytes: Uint8Array): Table {
  if (!isColumnar(bytes))
    throw new Error('These bytes are no columnar table');
  const source = bytes.byteOffset % 8 === 0 ? bytes : bytes.slice();
  const headerLength = new DataView(source.buffer, source.byteOffset).getUint32(8, true);
  const header: Header = JSON.parse(new TextDecoder().decode(source.subarray(PREFIX, PREFIX + headerLength)));
  const dataStart = aligned(PREFIX + headerLength);
  const section = (at = 0, length = 0): Uint8Array => {
    const from = dataStart + at;
    if (from + length > source.length)
      throw new Error('The columnar table is cut off');
    return source.subarray(from, from + length);
  };
  return {
    rowCount: header.rows,
    tags: header.tags,
    columns: header.columns.map((column) =>
      decodeColumn(column, section(column.at, column.bytes), section(column.extraAt, column.extraBytes))),
  };
}

function decodeColumn(header: ColumnHeader, data: Uint8Array, extra: Uint8Array): TableColumn {
  const {buffer, byteOffset, length} = data;
  const named = header.tags ? {name: header.name, tags: header.tags} : {name: header.name};
  switch (header.type) {
  case 'int':
    return {...named, type: 'int', data: new Int32Array(buffer, byteOffset, length / 4)};
  case 'double': case 'datetime':
    return {...named, type: header.type, data: new Float64Array(buffer, byteOffset, length / 8)};
  case 'bool':
    return {...named, type: 'bool', data};
  case 'bigint':
    return {...named, type: 'bigint', data: new BigInt64Array(buffer, byteOffset, length / 8),
      nulls: new Int32Array(extra.buffer, extra.byteOffset, extra.length / 4)};
  case 'string':
    return {...named, type: 'string', data: new Int32Array(buffer, byteOffset, length / 4),
      categories: JSON.parse(new TextDecoder().decode(extra))};
  default:
    throw new Error(`The columnar table has a column of unknown type "${header.type}"`);
  }
}
