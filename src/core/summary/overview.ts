import {countCells, type Cube, type SummaryRequest} from './cube';
import {accountsOf} from './dimensions';
import {smallest} from './folding';
import {Groups, type Cells} from './groups';
import {Scope} from './scope';
import {instantColumn, intColumn, orderBy, ranksOf, textColumn, type MadeTable} from './table';

/** Name of what is folded. */
const OTHER_PACKAGES = 'Other packages';

/**
 * A row before it has its names; user -1 is nobody. The two places after the packages' are the folded packages and no
 * package, of an empty bucket.
 */
interface Row {
  readonly bucket: number;
  readonly user: number;
  readonly item: number;
  events: number;
  runs: number;
  errors: number;
}

/** The answer of `OverviewActivity`: a row per bucket, user and package; an empty bucket has one of its own. */
export function overviewActivity(cube: Cube, request: SummaryRequest, maxRows = 100_000): MadeTable {
  const {scope, buckets, cells} = countCells(cube, request, {count: (s) => s.packageNames.length,
    of: (s, slice, row) => s.package(slice, row)});
  const folded = foldedPackages(cells, scope.packageNames, maxRows);
  const rest = new Groups();
  const others: Row[] = [];
  const list: Row[] = [];
  const users = cube.dictionary.users.names.length + 1;
  const [foldedItem, noItem] = [scope.packageNames.length, scope.packageNames.length + 1];
  for (let cell = 0; cell < cells.count; cell++) {
    const [bucket, user, item] = [cells.bucket(cell), cells.user(cell), cells.item(cell)];
    const numbers = {events: cells.events[cell], runs: cells.runs[cell], errors: cells.errors[cell]};
    if (!folded.has(item)) {
      list.push({bucket, user, item, ...numbers});
      continue;
    }
    const place = rest.add(bucket * users + user + 1);
    if (others[place] === undefined)
      list.push(others[place] = {bucket, user, item: foldedItem, ...numbers});
    else {
      others[place].events += numbers.events;
      others[place].runs += numbers.runs;
      others[place].errors += numbers.errors;
    }
  }
  const filled = new Set(list.map(({bucket}) => bucket));
  buckets.forEach((_, bucket) => filled.has(bucket) ||
    list.push({bucket, user: -1, item: noItem, events: 0, runs: 0, errors: 0}));
  return activityTable(list, cube, scope, buckets.map(({start}) => start), folded.size);
}

function activityTable(rows: Row[], cube: Cube, scope: Scope, starts: readonly number[], folded: number): MadeTable {
  const n = rows.length;
  const accounts = [...accountsOf(cube), undefined];
  const user = (row: Row): number => row.user < 0 ? accounts.length - 1 : row.user;
  const userLabels = accounts.map((account) => account?.label ?? null);
  const names = [...scope.packageNames, OTHER_PACKAGES, null];
  const labels = [...scope.packageNames.map((name) => scope.packageInfo(name).label), OTHER_PACKAGES, null];
  const [userRanks, nameRanks] = [ranksOf(userLabels), ranksOf(names)];
  const order = orderBy(n, (i) => (rows[i].bucket * accounts.length + userRanks[user(rows[i])]) * names.length +
    nameRanks[rows[i].item]);
  const list = Array.from(order, (i) => rows[i]);
  return {rows: n, columns: [
    instantColumn('bucket', n, (i) => starts[list[i].bucket]),
    textColumn('user_id', n, accounts.map((account) => account?.id ?? null), (i) => user(list[i])),
    textColumn('user', n, userLabels, (i) => user(list[i])),
    textColumn('login', n, accounts.map((account) => account?.login ?? null), (i) => user(list[i])),
    textColumn('package_name', n, names, (i) => list[i].item),
    textColumn('package', n, labels, (i) => list[i].item),
    intColumn('events', n, (i) => list[i].events),
    intColumn('runs', n, (i) => list[i].runs),
    intColumn('errors', n, (i) => list[i].errors),
    intColumn('folded', n, (i) => list[i].item === names.length - 2 ? folded : 0),
  ]};
}

/**
 * Packages are kept from the largest down as long as the rows fit; one row for each user and bucket is set aside for
 * the rest, so that users are exact in every bucket and for every package that is kept.
 */
function foldedPackages(cells: Cells, names: readonly string[], maxRows: number): ReadonlySet<number> {
  if (cells.count <= maxRows)
    return new Set();
  const sizes = names.map((name, place) => ({place, name, rows: 0, events: 0}));
  const pairs = new Groups();
  for (let cell = 0; cell < cells.count; cell++) {
    const size = sizes[cells.item(cell)];
    size.rows++;
    size.events += cells.events[cell];
    pairs.add(Math.floor(cells.groups.keys[cell] / names.length));
  }
  return smallest(sizes, pairs.count, maxRows);
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
