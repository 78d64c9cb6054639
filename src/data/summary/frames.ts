import * as DG from 'datagrok-api/dg';
import type {MadeTable, RawTable} from '../../core/summary/table';
import {cutNote} from '../answer';
import {columnOfCodes} from '../category-order';
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
      return textColumn(column.name, column.names, column.codes);
    if (column.type === 'int')
      return DG.Column.fromInt32Array(column.name, column.values);
    const made = DG.Column.dateTime(column.name, table.rows);
    made.setRawData(microsecondsOf(column.instants, column.places), false);
    return made;
  }));
}

/** The empty text, which comes last, is null. */
function textColumn(name: string, names: readonly string[], codes: Int32Array): DG.Column {
  return columnOfCodes(name, names.at(-1) === '' ? names.slice(0, -1) : [...names], codes);
}

/** Instants in the unit of the platform's columns; milliseconds by place are given. Rows with the same are together. */
function microsecondsOf(instants: readonly number[], places: Int32Array): Float64Array {
  const values = new Float64Array(places.length);
  for (let from = 0; from < places.length;) {
    let to = from + 1;
    while (to < places.length && places[to] === places[from])
      to++;
    values.fill(instants[places[from]] * 1000, from, to);
    from = to;
  }
  return values;
}
