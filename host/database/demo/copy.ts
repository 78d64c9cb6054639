import {once} from 'node:events';
import type pg from 'pg';
import {from as copyFrom} from 'pg-copy-streams';
import type {Id} from './random.ts';

/** Signature, flags and extension length that open a binary COPY stream; PostgreSQL manual, "COPY", File Formats. */
const HEADER = Buffer.concat([Buffer.from('PGCOPY\n\xff\r\n\0', 'latin1'), Buffer.alloc(8)]);
const TRAILER = Buffer.from([0xff, 0xff]);
/** PostgreSQL counts from 2000-01-01. */
const EPOCH = Date.UTC(2000, 0, 1);
const START_SIZE = 1 << 20;

/** Collects rows of one table in PostgreSQL's binary COPY format. Values are written in the order of the columns. */
export class CopyTable {
  #buffer = Buffer.allocUnsafe(START_SIZE);
  #size = 0;
  rows = 0;

  constructor(readonly name: string, readonly columns: readonly string[]) {}

  get bytes(): number {
    return this.#size;
  }

  row(): this {
    this.#room(2);
    this.#size = this.#buffer.writeInt16BE(this.columns.length, this.#size);
    this.rows++;
    return this;
  }

  uuid(id: Id | null): this {
    if (id === null)
      return this.#null();
    this.#room(20);
    this.#size = this.#buffer.writeInt32BE(16, this.#size);
    this.#buffer.set(id.bytes, this.#size);
    this.#size += 16;
    return this;
  }

  text(value: string | null): this {
    if (value === null)
      return this.#null();
    this.#room(4 + value.length * 3);
    const length = this.#buffer.write(value, this.#size + 4, 'utf8');
    this.#buffer.writeInt32BE(length, this.#size);
    this.#size += 4 + length;
    return this;
  }

  /** Milliseconds since 1970, UTC; fractions count down to the microsecond. */
  time(value: number | null): this {
    if (value === null)
      return this.#null();
    this.#room(12);
    const micros = Math.round((value - EPOCH) * 1000);
    const high = Math.floor(micros / 4294967296);
    this.#size = this.#buffer.writeInt32BE(8, this.#size);
    this.#size = this.#buffer.writeInt32BE(high, this.#size);
    this.#size = this.#buffer.writeUInt32BE(micros - high * 4294967296, this.#size);
    return this;
  }

  bool(value: boolean): this {
    this.#room(5);
    this.#size = this.#buffer.writeInt32BE(1, this.#size);
    this.#size = this.#buffer.writeUInt8(value ? 1 : 0, this.#size);
    return this;
  }

  /** Takes out what was collected. */
  take(): Buffer {
    const taken = this.#buffer.subarray(0, this.#size);
    this.#buffer = Buffer.allocUnsafe(Math.max(START_SIZE, this.#buffer.length));
    this.#size = 0;
    return taken;
  }

  #null(): this {
    this.#room(4);
    this.#size = this.#buffer.writeInt32BE(-1, this.#size);
    return this;
  }

  #room(bytes: number): void {
    if (this.#size + bytes <= this.#buffer.length)
      return;
    const larger = Buffer.allocUnsafe(Math.max(this.#buffer.length * 2, this.#size + bytes));
    this.#buffer.copy(larger, 0, 0, this.#size);
    this.#buffer = larger;
  }
}

/** Sends one batch of rows. */
export async function sendCopy(client: pg.ClientBase, table: CopyTable, rows: Buffer): Promise<void> {
  const stream = client.query(copyFrom(`copy ${table.name} (${table.columns.join(', ')}) from stdin (format binary)`));
  const finished = once(stream, 'finish');
  stream.write(HEADER);
  stream.write(rows);
  stream.end(TRAILER);
  await finished;
}
