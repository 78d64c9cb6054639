import type {TableColumn} from '../../shared/table.ts';

/** Collects the values of one column of a result straight from the database's bytes. */
export interface ColumnBuilder {
  /** Format in which the values are asked for: 0 text, 1 binary. */
  readonly format: 0 | 1;
  add(bytes: Buffer, from: number, length: number): void;
  addNull(): void;
  finish(name: string): TableColumn;
  /** After `finish`: what the column could not hold, in words. */
  readonly note?: string;
}

/** Growing storage: doubled when full, cut to length at the end. */
export abstract class Builder<A extends Int32Array | Float64Array | Uint8Array> implements ColumnBuilder {
  abstract readonly format: 0 | 1;
  protected data: A;
  protected length = 0;

  constructor(private readonly make: (length: number) => A) {
    this.data = make(1024);
  }

  abstract add(bytes: Buffer, from: number, length: number): void;
  abstract addNull(): void;
  abstract finish(name: string): TableColumn;

  protected push(value: number): void {
    if (this.length === this.data.length) {
      const larger = this.make(this.length * 2);
      larger.set(this.data);
      this.data = larger;
    }
    this.data[this.length++] = value;
  }

  protected cut(): A {
    return this.data.slice(0, this.length) as A;
  }
}

export const int32s = (length: number): Int32Array => new Int32Array(length);
export const doubles = (length: number): Float64Array => new Float64Array(length);
