import {countCells, type Counted, type Cube, type SummaryRequest} from './cube';
import {accountsOf, accountTexts} from './dimensions';
import {smallest} from './folding';
import type {Cells} from './groups';
import {FoldedRows} from './rows';
import {Scope} from './scope';
import {gather, instantColumn, intColumn, orderBy, ranksOf, textColumns, type MadeTable, type Texts} from './table';

/** Points above which the least active users are folded, as in the queries. */
const MAX_POINTS = 20_000;

/** The answer of `PackagesActivity`. */
export function packagePoints(cube: Cube, request: SummaryRequest, maxPoints = MAX_POINTS): MadeTable {
  const counted = countCells(cube, request, {only: 'events', count: (scope) => scope.packageNames.length,
    of: (scope) => scope.package});
  const rows = foldUsers(counted.cells, cube, counted.cells.events, maxPoints);
  const names = counted.scope.packageNames;
  const infos = names.map((name) => counted.scope.packageInfo(name));
  return table(cube, counted, rows, names, {package_name: names,
    package: infos.map(({label}) => label), category: infos.map(({category}) => category)}, ['events', 'runs', 'errors']);
}

/** Names of the packages of the server that have no event, as `PackagesUnused` lists them; and of those which have. */
export function usedPackages(cube: Cube, request: SummaryRequest): {used: string[], unused: string[]} {
  const scope = new Scope(cube.dictionary, cube.dimensions, cube.functions, request);
  const marks = new Uint8Array(scope.packageNames.length);
  let left = scope.packageNames.filter((name) => scope.keepsPackage(name)).length;
  for (const slice of cube.slices)
    for (let run = 0; run < slice.runs.user.length && left > 0; run++) {
      const to = scope.begin(slice, run);
      for (let row = slice.runs.from[run]; row < to; row++)
        if (scope.read(slice, row) && scope.events > 0) {
          left -= 1 - marks[scope.package];
          marks[scope.package] = 1;
        }
    }
  const used = scope.packageNames.filter((_, place) => marks[place] === 1);
  const names = new Set([...cube.dimensions.packages.values()].map(({name}) => name));
  return {used, unused: [...names].filter((name) => scope.keepsPackage(name) && !used.includes(name))};
}

/** The answer of `FunctionsActivity`; needs slices told apart by function. */
export function functionPoints(cube: Cube, request: SummaryRequest, maxPoints = MAX_POINTS): MadeTable {
  const counted = countCells(cube, request, {only: 'runs', count: (scope) => scope.functionIds.length,
    of: (scope) => scope.function});
  const rows = foldUsers(counted.cells, cube, counted.cells.runs, maxPoints);
  const known = new Map([...cube.functions?.functions.values() ?? []].map((one) => [one.id, one]));
  const ids = counted.scope.functionIds;
  const infos = ids.map((id) => known.get(id));
  const labels = infos.map((one) => one?.label ?? 'Unknown function');
  return table(cube, counted, rows, labels, {function_id: ids, function: labels,
    package_name: infos.map((one) => one?.package || 'Core'),
    package: infos.map((one) => one?.packageLabel || 'Core')}, ['runs']);
}

/**
 * The answer of `EventsActivity`: an empty bucket has a row without a level.
 * @param withZeros where there is any row, every level of the answer has one in every bucket instead, of nobody and
 * nothing where nothing happened.
 */
export function levelPoints(cube: Cube, request: SummaryRequest, maxPoints = MAX_POINTS, withZeros = false): MadeTable {
  const names = [...new Set(cube.dictionary.kinds.map(({source}) => source))];
  const places = new Map(names.map((name, place) => [name, place]));
  const ofKind = cube.dictionary.kinds.map(({source}) => places.get(source)!);
  const counted = countCells(cube, request, {count: () => names.length,
    of: (_, slice, row) => ofKind[slice.kind[row]]});
  const rows = foldUsers(counted.cells, cube, counted.cells.events, maxPoints,
    counted.buckets.length * (withZeros ? names.length : 1));
  if (withZeros && rows.count > 0)
    rows.fillItems(counted.buckets.length, names.length);
  else
    rows.fillBuckets(counted.buckets.length, names.length);
  const sources = [...names, null];
  return table(cube, counted, rows, sources, {source: sources}, ['events', 'errors']);
}

/**
 * Users are kept from the most active down as long as the points fit; one for each bucket and item is set aside for the
 * others together. Errors that belong to nobody are folded into no other point.
 * @param spare rows that may be added for empty buckets.
 */
function foldUsers(cells: Cells, cube: Cube, sizes: Int32Array, maxPoints: number,
  spare = 0): FoldedRows {
  const {folded, most} = foldedUsers(cells, cube, sizes, maxPoints);
  // Rows of the bucket's folded users, by item.
  const rest = new Int32Array(cells.items);
  const rows = new FoldedRows(most + spare);
  for (let cell = 0; cell < cells.count; cell++) {
    const bucket = cells.bucket[cell];
    const user = cells.user[cell];
    const item = cells.item[cell];
    if (cell === 0 || bucket !== cells.bucket[cell - 1])
      rest.fill(-1);
    const isFolded = user >= 0 && folded[user] === 1;
    let row = isFolded ? rest[item] : -1;
    if (row < 0)
      row = rows.add(bucket, isFolded ? -1 : user, item);
    if (isFolded)
      rest[item] = row;
    rows.events[row] += cells.events[cell];
    rows.runs[row] += cells.runs[cell];
    rows.errors[row] += cells.errors[cell];
    rows.folded[row] += isFolded ? 1 : 0;
  }
  return rows;
}

/** 1 for each user that has to be folded; and the rows that are left at most. */
function foldedUsers(cells: Cells, cube: Cube, sizes: Int32Array, maxPoints: number):
  {folded: Uint8Array, most: number} {
  const folded = new Uint8Array(cube.dictionary.users.names.length);
  if (cells.count <= maxPoints)
    return {folded, most: cells.count};
  const users = cube.dictionary.users.names.map((name, place) => ({place, name, rows: 0, events: 0}));
  // One point is set aside for the folded users of each bucket and item, one for nobody.
  const places = new Uint8Array(2 * cells.items);
  let setAside = 0;
  for (let cell = 0; cell < cells.count; cell++) {
    const user = cells.user[cell];
    if (cell === 0 || cells.bucket[cell] !== cells.bucket[cell - 1])
      places.fill(0);
    const place = cells.item[cell] * 2 + (user < 0 ? 1 : 0);
    setAside += 1 - places[place];
    places[place] = 1;
    if (user < 0)
      continue;
    users[user].rows++;
    users[user].events += sizes[cell];
  }
  for (const user of smallest(users, setAside, maxPoints))
    folded[user] = 1;
  return {folded, most: users.reduce((sum, {place, rows}) => sum + (folded[place] === 1 ? 0 : rows), setAside)};
}

type Count = 'events' | 'runs' | 'errors';

/**
 * The points as a table, by bucket, then by the caption of the item, kept users before the others.
 * @param own columns of the item, by its number.
 */
function table(cube: Cube, {buckets}: Counted, rows: FoldedRows, captions: readonly (string | null)[],
  own: Texts, counts: readonly Count[]): MadeTable {
  const n = rows.count;
  // The last two are nobody and the folded ones.
  const accounts = [...accountsOf(cube), undefined, undefined];
  const labels = accounts.map((account) => account?.label ?? null);
  const [captionRanks, labelRanks] = [ranksOf(captions), ranksOf(labels)];
  const [userOf, keys] = [new Int32Array(n), new Float64Array(n)];
  for (let row = 0; row < n; row++) {
    const isFolded = rows.folded[row] > 0;
    userOf[row] = isFolded ? accounts.length - 1 : rows.user[row] < 0 ? accounts.length - 2 : rows.user[row];
    const place = rows.bucket[row] * captions.length + captionRanks[rows.item[row]];
    keys[row] = (place * 2 + (isFolded ? 1 : 0)) * labels.length + labelRanks[userOf[row]];
  }
  const order = orderBy(keys);
  labels[labels.length - 1] = 'Other users';
  const [bucket, user] = [gather(rows.bucket, order), gather(userOf, order)];
  return {rows: n, columns: [
    instantColumn('bucket', buckets.map(({start}) => start), bucket),
    instantColumn('bucket_end', buckets.map(({end}) => end), bucket),
    ...textColumns(own, gather(rows.item, order)),
    ...textColumns(accountTexts(accounts, labels), user),
    ...counts.map((count) => intColumn(count, gather(rows[count], order))),
    intColumn('folded', gather(rows.folded, order)),
  ]};
}
