import {countCells, type Cube, type SummaryRequest} from './cube';
import {accountsOf, accountTexts} from './dimensions';
import {smallest} from './folding';
import type {Cells} from './groups';
import {Rows} from './rows';
import {Scope} from './scope';
import type {Slice} from './slice';
import {instantColumn, intColumn, textColumns, type MadeTable} from './table';

/** Name of what is folded. */
const OTHER_PACKAGES = 'Other packages';

/**
 * Rows of the Overview's frame: raw arrays hold more than an answer of a query may have. Eight hundred people who use
 * sixty packages all year have half a million rows of a week.
 */
const MOST_ROWS = 1_000_000;

/** As many rows the query `OverviewActivity` gives when nothing else is said. */
export const QUERY_ROWS = 100_000;

/**
 * The answer of `OverviewActivity`: a row per bucket, user and package; an empty bucket has one of its own.
 * @param withZeros a bucket that has rows has one of nobody and nothing beside them.
 */
export function overviewActivity(cube: Cube, request: SummaryRequest, maxRows = MOST_ROWS, withZeros = false):
  MadeTable {
  const {scope, buckets, cells} = countCells(cube, request,
    {count: (s) => s.packageNames.length, of: (s) => s.package});
  const folded = foldedPackages(cells, scope.packageNames, maxRows);
  const rows = folded === null ? cells : foldPackages(cells, folded, buckets.length);
  // After the packages come the folded ones, and no package, of an empty bucket.
  rows.fillBuckets(buckets.length, scope.packageNames.length + 1, withZeros);
  return activityTable(rows, cube, scope, buckets.map(({start}) => start), folded === null ? 0 : sumOf(folded));
}

/** Of the folded packages each bucket and user has one row. */
function foldPackages(cells: Cells, folded: Uint8Array, buckets: number): Rows {
  const rows = new Rows(cells.count + buckets);
  // Rows of the bucket's folded packages, by user.
  const rest = new Int32Array(cells.users + 1);
  for (let cell = 0; cell < cells.count; cell++) {
    const [bucket, user, item] = [cells.bucket[cell], cells.user[cell], cells.item[cell]];
    if (cell === 0 || bucket !== cells.bucket[cell - 1])
      rest.fill(-1);
    const isFolded = folded[item] === 1;
    let row = isFolded ? rest[user + 1] : -1;
    if (row < 0)
      row = rows.add(bucket, user, isFolded ? folded.length : item);
    if (isFolded)
      rest[user + 1] = row;
    rows.events[row] += cells.events[cell];
    rows.runs[row] += cells.runs[cell];
    rows.errors[row] += cells.errors[cell];
  }
  return rows;
}

function activityTable(rows: Rows, cube: Cube, scope: Scope, starts: readonly number[], folded: number): MadeTable {
  const n = rows.count;
  const accounts = [...accountsOf(cube), undefined];
  const names = [...scope.packageNames, OTHER_PACKAGES, null];
  const labels = [...scope.packageNames.map((name) => scope.packageInfo(name).label), OTHER_PACKAGES, null];
  const user = rows.user.slice(0, n);
  // Nobody is after everybody.
  for (let row = 0; row < n; row++)
    if (user[row] < 0)
      user[row] = accounts.length - 1;
  const item = rows.item.subarray(0, n);
  return {rows: n, columns: [
    instantColumn('bucket', starts, rows.bucket.subarray(0, n)),
    ...textColumns(accountTexts(accounts), user),
    ...textColumns({package_name: names, package: labels}, item),
    intColumn('events', rows.events.subarray(0, n)),
    intColumn('runs', rows.runs.subarray(0, n)),
    intColumn('errors', rows.errors.subarray(0, n)),
    intColumn('folded', folded === 0 ? new Int32Array(n) :
      item.map((one) => one === names.length - 2 ? folded : 0)),
  ]};
}

/**
 * Packages are kept from the largest down as long as the rows fit; one row for each user and bucket is set aside for
 * the rest, so that users are exact in every bucket and for every package that is kept.
 * @return 1 for each package that has to be folded; null when all rows fit.
 */
function foldedPackages(cells: Cells, names: readonly string[], maxRows: number): Uint8Array | null {
  if (cells.count <= maxRows)
    return null;
  const folded = new Uint8Array(names.length);
  const sizes = names.map((name, place) => ({place, name, rows: 0, events: 0}));
  let setAside = 0;
  const lastBucket = new Int32Array(cells.users + 1).fill(-1);
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
    for (let run = 0; run < slice.runs.user.length; run++) {
      const {events} = totals;
      addRun(scope, slice, run, totals);
      if (totals.events > events)
        users[scope.user] = 1;
    }
  for (const {id, joined} of cube.dimensions.accounts.values())
    if (joined >= request.from && joined < request.to && scope.isCounted(id))
      totals.new_users++;
  totals.active_users = sumOf(users);
  return totals;
}

function addRun(scope: Scope, slice: Slice, run: number, totals: SummaryTotals): void {
  const to = scope.begin(slice, run);
  for (let row = slice.runs.from[run]; row < to; row++)
    if (scope.read(slice, row)) {
      totals.events += scope.events;
      totals.runs += scope.runs;
      totals.errors += scope.errors;
    }
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
  for (let place = 0; place < marks.length; place++)
    sum += marks[place];
  return sum;
}
