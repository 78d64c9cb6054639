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

/**
 * A column that is made of codes does not know which text is null, but it learns it when the first null is set: after
 * its texts comes a code for null.
 */
function textColumn(name: string, names: string[], codes: Int32Array): DG.Column {
  const none = names.indexOf('');
  if (none < 0)
    return DG.Column.fromIndexes(name, names, codes);
  if (names.length === 1)
    return DG.Column.string(name, codes.length);
  const made = DG.Column.fromIndexes(name, names.slice(0, none), codes.map((code) => code === none ? 0 : code));
  made.set(codes.indexOf(none), null, false);
  const raw = made.getRawData();
  for (let row = 0; row < codes.length; row++)
    raw[row] = codes[row];
  return made;
}
