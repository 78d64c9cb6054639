import * as DG from 'datagrok-api/dg';
import type {MadeTable, RawTable} from '../../core/summary/table';
import {cutNote} from '../answer';
import {CutAnswer} from './store';

/** Reads an answer by its raw arrays. @throws CutAnswer when it does not have all rows. */
export function rawTable(frame: DG.DataFrame): RawTable {
  if (cutNote(frame) !== '')
    throw new CutAnswer('The summary has more rows than the platform passes on');
  return {
    rows: frame.rowCount,
    texts: (name) => {
      const column = frame.getCol(name);
      return {codes: column.getRawData(), names: column.categories};
    },
    numbers: (name) => frame.getCol(name).getRawData(),
    instants: (name) => {
      const column = frame.getCol(name);
      const raw = column.getRawData();
      return Float64Array.from({length: frame.rowCount}, (_, row) => column.isNone(row) ? NaN : raw[row] / 1000);
    },
  };
}

/** Makes a data frame of a table. */
export function frameOf(table: MadeTable): DG.DataFrame {
  return DG.DataFrame.fromColumns(table.columns.map((column) => {
    if (column.type === 'text')
      return textColumn(column.name, [...column.names], column.codes);
    if (column.type === 'int')
      return DG.Column.fromInt32Array(column.name, column.values);
    const made = DG.Column.dateTime(column.name, table.rows);
    made.setRawData(column.values.map((instant) => instant * 1000), false);
    return made;
  }));
}

/** A column that is made of codes does not know which text is null; its clone does. */
function textColumn(name: string, names: string[], codes: Int32Array): DG.Column {
  const made = DG.Column.fromIndexes(name, names, codes);
  return names.at(-1) === '' ? made.clone() : made;
}
