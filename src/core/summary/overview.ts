import {countCells, type Cube, type SummaryRequest} from './cube';
import {accountsOf} from './dimensions';
import {smallest} from './folding';
import type {Cells} from './groups';
import {Rows} from './rows';
import {Scope} from './scope';
import {gather, instantColumn, intColumn, orderBy, ranksOf, textColumn, type MadeTable} from './table';

/** Name of what is folded. */
const OTHER_PACKAGES = 'Other packages';

/**
 * The answer of `OverviewActivity`: a row per bucket, user and package; an empty bucket has one of its own.
 * @param withZeros a bucket that has rows has one of nobody and nothing beside them.
 */
export function overviewActivity(cube: Cube, request: SummaryRequest, maxRows = 100_000, withZeros = false): MadeTable {
  const {scope, buckets, cells} = countCells(cube, request,
    {count: (s) => s.packageNames.length, of: (s) => s.package});
  const folded = foldedPackages(cells, cube.dictionary.users.names.length, scope.packageNames, maxRows);
  // Rows of the bucket's folded packages, by user.
  const rest = new Int32Array(cube.dictionary.users.names.length + 1);
  const rows = new Rows(cells.count + 2 * buckets.length);
  // Items after the packages: the folded ones, and no package, of an empty bucket.
  const [foldedItem, noItem] = [scope.packageNames.length, scope.packageNames.length + 1];
  for (let cell = 0; cell < cells.count; cell++) {
    const [bucket, user, item] = [cells.bucket[cell], cells.user[cell], cells.item[cell]];
    if (cell === 0 || bucket !== cells.bucket[cell - 1])
      rest.fill(-1);
    const isFolded = folded[item] === 1;
    let row = isFolded ? rest[user + 1] : -1;
    if (row < 0)
      row = rows.add(bucket, user, isFolded ? foldedItem : item);
    if (isFolded)
      rest[user + 1] = row;
    rows.events[row] += cells.events[cell];
    rows.runs[row] += cells.runs[cell];
    rows.errors[row] += cells.errors[cell];
  }
  rows.fillBuckets(buckets.length, noItem, withZeros);
  return activityTable(rows, cube, scope, buckets.map(({start}) => start), sumOf(folded));
}

function activityTable(rows: Rows, cube: Cube, scope: Scope, starts: readonly number[], folded: number): MadeTable {
  const n = rows.count;
  const accounts = [...accountsOf(cube), undefined];
  const userLabels = accounts.map((account) => account?.label ?? null);
  const names = [...scope.packageNames, OTHER_PACKAGES, null];
  const labels = [...scope.packageNames.map((name) => scope.packageInfo(name).label), OTHER_PACKAGES, null];
  const [userRanks, nameRanks] = [ranksOf(userLabels), ranksOf(names)];
  const [userOf, keys] = [new Int32Array(n), new Float64Array(n)];
  for (let row = 0; row < n; row++) {
    userOf[row] = rows.user[row] < 0 ? accounts.length - 1 : rows.user[row];
    keys[row] = (rows.bucket[row] * accounts.length + userRanks[userOf[row]]) * names.length +
      nameRanks[rows.item[row]];
  }
  const order = orderBy(keys);
  const [user, item] = [gather(userOf, order), gather(rows.item, order)];
  return {rows: n, columns: [
    instantColumn('bucket', starts, gather(rows.bucket, order)),
    textColumn('user_id', accounts.map((account) => account?.id ?? null), user),
    textColumn('user', userLabels, user),
    textColumn('login', accounts.map((account) => account?.login ?? null), user),
    textColumn('package_name', names, item),
    textColumn('package', labels, item),
    intColumn('events', gather(rows.events, order)),
    intColumn('runs', gather(rows.runs, order)),
    intColumn('errors', gather(rows.errors, order)),
    intColumn('folded', item.map((one) => one === names.length - 2 ? folded : 0)),
  ]};
}

/**
 * Packages are kept from the largest down as long as the rows fit; one row for each user and bucket is set aside for
 * the rest, so that users are exact in every bucket and for every package that is kept.
 */
function foldedPackages(cells: Cells, users: number, names: readonly string[], maxRows: number): Uint8Array {
  const folded = new Uint8Array(names.length);
  if (cells.count <= maxRows)
    return folded;
  const sizes = names.map((name, place) => ({place, name, rows: 0, events: 0}));
  let setAside = 0;
  const lastBucket = new Int32Array(users + 1).fill(-1);
  for (let cell = 0; cell < cells.count; cell++) {
    const size = sizes[cells.item[cell]];
    size.rows++;
    size.events += cells.events[cell];
    if (lastBucket[cells.user[cell] + 1] !== cells.bucket[cell])
      setAside++;
    lastBucket[cells.user[cell] + 1] = cells.bucket[cell];
  }
  for (const place of smallest(sizes, setAside, maxRows))
    folded[place] = 1;
  return folded;
}

/** The numbers of the cards. */
export interface SummaryTotals {
  active_users: number;
  new_users: number;
  sessions: number;
  runs: number;
  events: number;
  errors: number;
}

/**
 * The numbers of `OverviewTotals` for one period, each counted over its own set. Needs slices told apart by package.
 * @throws RangeError when a filter is set that sessions cannot be counted under: log levels, or one number alone.
 */
export function overviewTotals(cube: Cube, request: SummaryRequest): SummaryTotals {
  if (request.sources.length > 0 || request.measure !== undefined)
    throw new RangeError('Sessions are not told apart by log level');
  const scope = new Scope(cube.dictionary, cube.dimensions, cube.functions, request);
  const users = new Uint8Array(cube.dictionary.users.names.length);
  const totals = {active_users: 0, new_users: 0, sessions: countSessions(cube, scope, request.service), runs: 0,
    events: 0, errors: 0};
  for (const slice of cube.slices)
    for (let row = 0; row < slice.rows; row++) {
      if (!scope.read(slice, row))
        continue;
      totals.events += scope.events;
      totals.runs += scope.runs;
      totals.errors += scope.errors;
      if (scope.events > 0)
        users[slice.user[row]] = 1;
    }
  for (const {id, joined} of cube.dimensions.accounts.values())
    if (joined >= request.from && joined < request.to && scope.isCounted(id))
      totals.new_users++;
  totals.active_users = sumOf(users);
  return totals;
}

/** A session that lies in several chunks is one. */
function countSessions(cube: Cube, scope: Scope, service: boolean): number {
  const found = new Uint8Array(cube.dictionary.sessions.count);
  for (const {visits} of cube.slices) {
    const kept = scope.keptBits(visits);
    for (let row = 0; row < visits.rows; row++) {
      const word = visits.word[row];
      if ((service || visits.isTest[row] === 0) && scope.isVisitor(visits, row) &&
        (visits.low[row] & kept.low[word] | visits.high[row] & kept.high[word]) !== 0)
        found[visits.session[row]] = 1;
    }
  }
  return sumOf(found);
}

function sumOf(marks: Uint8Array): number {
  let sum = 0;
  for (const mark of marks)
    sum += mark;
  return sum;
}
