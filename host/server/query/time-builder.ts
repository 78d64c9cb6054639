import {DOUBLE_NULL} from '../../shared/table.ts';
import type {TableColumn} from '../../shared/table.ts';
import {Builder, doubles} from './builder.ts';

/** Microseconds between 1970, where the platform begins, and 2000, where PostgreSQL does. */
const EPOCH = 946_684_800_000_000;
const DAY = 86_400_000_000;

/** `timestamp` and `timestamptz` (UTC) in microseconds, `date` in days. Infinity has no place and becomes null. */
export class DateTimeBuilder extends Builder<Float64Array> {
  readonly format = 1;
  note?: string;
  private infinite = 0;

  constructor() {
    super(doubles);
  }

  add(bytes: Buffer, from: number, length: number): void {
    const high = bytes.readInt32BE(from);
    const low = length === 4 ? 0 : bytes.readUInt32BE(from + 4);
    if ((high === 0x7fffffff && (length === 4 || low === 0xffffffff)) || (high === -0x80000000 && low === 0)) {
      this.infinite++;
      this.addNull();
    } else
      this.push((length === 4 ? high * DAY : high * 0x100000000 + low) + EPOCH);
  }

  addNull(): void {
    this.push(DOUBLE_NULL);
  }

  finish(name: string): TableColumn {
    if (this.infinite > 0)
      this.note = `Column "${name}": ${this.infinite} infinite dates are shown as empty`;
    return {name, type: 'datetime', data: this.cut()};
  }
}
