import {DOUBLE_NULL, INT_NULL} from '../../shared/table.ts';
import type {TableColumn} from '../../shared/table.ts';
import {Builder, doubles, int32s} from './builder.ts';

/**
 * `int2` and `int4`. The least int4 is the platform's null: a column that contains it becomes `double`, which holds
 * every int4 exactly.
 */
export class IntBuilder extends Builder<Int32Array> {
  readonly format = 1;
  note?: string;
  private readonly least: number[] = [];

  constructor() {
    super(int32s);
  }

  add(bytes: Buffer, from: number, length: number): void {
    const value = length === 2 ? bytes.readInt16BE(from) : bytes.readInt32BE(from);
    if (value === INT_NULL)
      this.least.push(this.length);
    this.push(value);
  }

  addNull(): void {
    this.push(INT_NULL);
  }

  finish(name: string): TableColumn {
    const data = this.cut();
    if (this.least.length === 0)
      return {name, type: 'int', data};
    this.note = `Column "${name}" contains ${INT_NULL}, which an int column cannot hold: it is a double column`;
    const wide = Float64Array.from(data, (value) => value === INT_NULL ? DOUBLE_NULL : value);
    for (const row of this.least)
      wide[row] = INT_NULL;
    return {name, type: 'double', data: wide};
  }
}

/** `int8`, and `oid`, which does not fit in an int. Two 32-bit words per value, the low one first. */
export class BigIntBuilder extends Builder<Int32Array> {
  readonly format = 1;
  private readonly nulls: number[] = [];

  constructor() {
    super(int32s);
  }

  add(bytes: Buffer, from: number, length: number): void {
    this.push(bytes.readInt32BE(length === 4 ? from : from + 4));
    this.push(length === 4 ? 0 : bytes.readInt32BE(from));
  }

  addNull(): void {
    this.nulls.push(this.length / 2);
    this.push(0);
    this.push(0);
  }

  finish(name: string): TableColumn {
    return {name, type: 'bigint', data: new BigInt64Array(this.cut().buffer as ArrayBuffer),
      nulls: Int32Array.from(this.nulls)};
  }
}

/** `float8` in binary. */
export class DoubleBuilder extends Builder<Float64Array> {
  readonly format: 0 | 1 = 1;

  constructor() {
    super(doubles);
  }

  add(bytes: Buffer, from: number, _length: number): void {
    this.push(bytes.readDoubleBE(from));
  }

  addNull(): void {
    this.push(DOUBLE_NULL);
  }

  finish(name: string): TableColumn {
    return {name, type: 'double', data: this.cut()};
  }
}

/** `numeric` and `float4` by their texts: the text of a float4 is the short one, 0.1 and not 0.10000000149. */
export class DecimalBuilder extends DoubleBuilder {
  override readonly format = 0;

  override add(bytes: Buffer, from: number, length: number): void {
    this.push(Number(bytes.toString('latin1', from, from + length)));
  }
}

/** `bool`. The platform has no null here: null is false. */
export class BoolBuilder extends Builder<Uint8Array> {
  readonly format = 1;

  constructor() {
    super((length) => new Uint8Array(length));
  }

  add(bytes: Buffer, from: number): void {
    this.push(bytes[from]);
  }

  addNull(): void {
    this.push(0);
  }

  finish(name: string): TableColumn {
    return {name, type: 'bool', data: this.cut()};
  }
}
