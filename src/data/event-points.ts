import * as DG from 'datagrok-api/dg';

/** What points of errors outside any session are called, where others have the name of a person. */
export const NOBODY = 'No session';

/**
 * Makes every log level of the answer have a point in every bucket, of nobody and nothing where nothing happened, so
 * that lines fall to zero in between. The query itself gives an empty bucket one row without a level.
 */
export function withZeros(frame: DG.DataFrame): DG.DataFrame {
  const source = frame.getCol('source');
  const buckets = frame.getCol('bucket').getRawData();
  const names = source.categories.filter((name) => name !== '');
  if (names.length === 0)
    return frame;
  const ofBucket = new Map<number, {row: number, found: Set<string>}>();
  for (let row = 0, rows = frame.rowCount; row < rows; row++) {
    if (source.isNone(row))
      source.set(row, names[0], false);
    const entry = ofBucket.get(buckets[row]) ?? {row, found: new Set<string>()};
    entry.found.add(source.get(row));
    ofBucket.set(buckets[row], entry);
  }
  const missing = [...ofBucket.values()].flatMap(({row, found}) =>
    names.filter((name) => !found.has(name)).map((name) => ({row, name})));
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
    user.setCategoryOrder(order.map(({name}) => name));
}

/** Names the points that have no person but errors. */
export function nameNobody(frame: DG.DataFrame): void {
  const [user, errors] = [frame.getCol('user'), frame.getCol('errors')];
  for (let row = 0, rows = frame.rowCount; row < rows; row++)
    if (user.isNone(row) && errors.get(row) > 0)
      user.set(row, NOBODY, false);
}
