import * as DG from 'datagrok-api/dg';
import {orderCategories} from './category-order';

/** What points of errors outside any session are called, where others have the name of a person. */
export const NOBODY = 'No session';

/**
 * Makes every log level of the answer have a point in every bucket, of nobody and nothing where nothing happened, so
 * that lines fall to zero in between. The query itself gives an empty bucket one row without a level.
 */
export function withZeros(frame: DG.DataFrame): DG.DataFrame {
  const source = frame.getCol('source');
  const [codes, buckets] = [source.getRawData(), frame.getCol('bucket').getRawData()];
  const levels = [...source.categories.keys()].filter((code) => source.categories[code] !== '');
  if (levels.length === 0)
    return frame;
  const ofBucket = new Map<number, {row: number, found: Set<number>}>();
  for (let row = 0, rows = frame.rowCount; row < rows; row++) {
    if (!levels.includes(codes[row]))
      codes[row] = levels[0];
    const entry = ofBucket.get(buckets[row]);
    if (entry === undefined)
      ofBucket.set(buckets[row], {row, found: new Set([codes[row]])});
    else
      entry.found.add(codes[row]);
  }
  const missing = [...ofBucket.values()].flatMap(({row, found}) =>
    levels.filter((level) => !found.has(level)).map((level) => ({row, name: source.categories[level]})));
  if (missing.length === 0)
    return frame;
  const zeros = DG.DataFrame.create(missing.length);
  for (const column of frame.columns.toList()) {
    const added = zeros.columns.addNew(column.name, column.type);
    if (column.name === 'bucket' || column.name === 'bucket_end')
      added.init((i) => column.get(missing[i].row));
    else if (column.name === 'source')
      added.init((i) => missing[i].name);
    else
      added.init(() => ['events', 'errors', 'folded'].includes(column.name) ? 0 : null);
  }
  const all = frame.append(zeros);
  all.name = frame.name;
  return all;
}

/** Puts people in the order of their numbers, the least first: axes run upwards. */
export function orderUsers(frame: DG.DataFrame): void {
  const user = frame.getCol('user');
  const [codes, ...numbers] = [user, frame.getCol('events'), frame.getCol('errors')].map((c) => c.getRawData());
  const names = user.categories;
  const sums = new Float64Array(names.length);
  for (let row = 0, rows = frame.rowCount; row < rows; row++)
    sums[codes[row]] += numbers[0][row] + (numbers[0][row] === 0 ? numbers[1][row] : 0);
  const order = names.map((name, i) => ({name, sum: sums[i]})).filter(({name}) => name !== '')
    .sort((a, b) => a.sum - b.sum || (a.name < b.name ? 1 : -1));
  // The core refuses an empty order.
  if (order.length > 0)
    orderCategories(frame, 'user', order.map(({name}) => name));
}

/** Names the points that have no person but errors. */
export function nameNobody(frame: DG.DataFrame): void {
  const user = frame.getCol('user');
  const [none, errors] = [user.categories.indexOf(''), frame.getCol('errors').getRawData()];
  if (none < 0)
    return;
  const codes = user.getRawData();
  for (let row = 0, rows = frame.rowCount; row < rows; row++)
    if (codes[row] === none && errors[row] > 0)
      user.set(row, NOBODY, false);
}
