import type {TableColumn} from '../../shared/table.ts';
import {Builder, int32s} from './builder.ts';

/** Every other type, as PostgreSQL writes it: texts, uuid, json, arrays, enums, inet, interval, time, bytea, ... */
export class StringBuilder extends Builder<Int32Array> {
  readonly format = 0;
  private readonly index = new Map<string, number>();

  constructor() {
    super(int32s);
  }

  add(bytes: Buffer, from: number, length: number): void {
    const text = bytes.toString('utf8', from, from + length);
    let category = this.index.get(text);
    if (category === undefined)
      this.index.set(text, category = this.index.size);
    this.push(category);
  }

  addNull(): void {
    this.push(-1);
  }

  /** Orders the categories by code unit, the empty one last, and renumbers the rows. */
  finish(name: string): TableColumn {
    const hasEmpty = this.index.has('');
    const categories = [...this.index.keys()].filter((text) => text !== '').sort();
    if (hasEmpty)
      categories.push('');
    const moved = new Int32Array(categories.length);
    categories.forEach((text, place) => moved[this.index.get(text)!] = place);
    const data = this.cut();
    for (let row = 0; row < data.length; row++) {
      if (data[row] >= 0)
        data[row] = moved[data[row]];
    }
    return {name, type: 'string', data, categories};
  }
}
