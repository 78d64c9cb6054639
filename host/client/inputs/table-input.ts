import * as grok from 'datagrok-api/grok';
import {ChoiceInput} from './choice-input.ts';

/** One of the open tables, or of those it was given. */
export class TableInput extends ChoiceInput<any> {
  constructor() {
    super('Table', 'dataframe');
    this.items = openTables();
  }
}

/** Tables that the shell has open; none where there is no shell. */
export function openTables(): any[] {
  try {
    return grok.shell.tables;
  } catch {
    return [];
  }
}
