import * as DG from 'datagrok-api/dg';
import {gather} from '../core/summary/table';

/**
 * A column of texts by their places in `names`, which are in the order in which charts are to show them.
 *
 * Such a column does not know which text is null, but it learns it when the first null is set: null then comes last,
 * where the codes of the other rows already have it.
 * @param names become the column's own. @param codes too; a row without a text has `names.length`.
 */
export function columnOfCodes(name: string, names: string[], codes: Int32Array): DG.Column {
  if (codes.length === 0)
    return DG.Column.string(name, 0);
  const firstNone = codes.indexOf(names.length);
  const made = DG.Column.fromIndexes(name, names, codes);
  if (firstNone >= 0) {
    codes[firstNone] = -1;
    made.set(firstNone, null, false);
  }
  return made;
}

/**
 * Puts the categories of a column in an order. The column is made anew from its codes: `setCategoryOrder` reads every
 * row as text, which takes longer than all else that is done to a frame of a hundred thousand rows. The tag is the one
 * that it sets, by which the order outlives saving and opening.
 * @param order every text of the column once.
 */
export function orderCategories(frame: DG.DataFrame, name: string, order: readonly string[]): void {
  const column = frame.getCol(name);
  const places = new Map(order.map((text, place) => [text, place]));
  const codeOf = Int32Array.from(column.categories, (text) => text === '' ? order.length : places.get(text)!);
  const codes = gather(codeOf, column.getRawData().subarray(0, frame.rowCount) as Int32Array);
  // A column loses its tags when it takes the place of another.
  frame.columns.replace(name, columnOfCodes(name, [...order], codes))
    .setTag('.category-order', JSON.stringify(order));
}
