import {js} from '../interop/dart.ts';
import {ChoiceInput} from './choice-input.ts';
import {itemList, itemText} from './item-text.ts';
import {MultiChoiceInput} from './multi-choice-input.ts';

/** Gets a column; says whether it may be chosen. */
export type ColumnFilter = ((column: any) => boolean) | null;

/** The frame's columns that pass the filter, in the order of the frame. */
export function columnsOf(table: any, filter: ColumnFilter): any[] {
  const frame = js(table);
  return frame == null ? [] : frame.columns.toList().filter((column: any) => filter == null || filter(column));
}

/** One column of a table. */
export class ColumnInput extends ChoiceInput<any> {
  constructor() {
    super('Column', 'column');
  }

  changeTable(table: any, filter: ColumnFilter): void {
    this.items = columnsOf(table, filter);
  }

  // A name is enough to choose a column of the table at hand.
  protected override coerce(x: any): any {
    return super.coerce(typeof x === 'string' ? this.choices.find((c) => c.name === x) : x);
  }

  protected override fromText(x: string): any {return x;}
}

/** Several columns of a table. */
export class ColumnsInput extends MultiChoiceInput {
  private all: any[] = [];

  constructor() {
    super('Columns', 'column_list');
  }

  changeTable(table: any, filter: ColumnFilter): void {
    this.all = columnsOf(table, filter);
    this.items = this.all;
  }

  /** @param names of the columns that may be chosen */
  changeAvailable(names: any): void {
    const allowed = new Set(itemList(names).map(itemText));
    this.items = this.all.filter((column) => allowed.has(column.name));
  }

  /** @param names of the columns that are chosen from now on */
  changeChecked(names: any): void {
    const checked = new Set(itemList(names).map(itemText));
    this.value = this.choices.filter((column) => checked.has(column.name));
  }
}
