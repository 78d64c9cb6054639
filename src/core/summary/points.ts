import {countCells, type Counted, type Cube, type SummaryRequest} from './cube';
import {accountsOf} from './dimensions';
import {smallest} from './folding';
import {Groups, type Cells} from './groups';
import {Scope} from './scope';
import {instantColumn, intColumn, orderBy, ranksOf, textColumn, type MadeColumn, type MadeTable} from './table';

/** Points above which the least active users are folded, as in the queries. */
const MAX_POINTS = 20_000;

/** A point of a chart; user -1 is nobody. `folded` is the number of users in it, 0 when it is one user's. */
interface Point {
  readonly bucket: number;
  readonly user: number;
  readonly item: number;
  events: number;
  runs: number;
  errors: number;
  folded: number;
}

/** The answer of `PackagesActivity`. */
export function packagePoints(cube: Cube, request: SummaryRequest, maxPoints = MAX_POINTS): MadeTable {
  const counted = countCells(cube, request, {only: 'events', count: (scope) => scope.packageNames.length,
    of: (scope, slice, row) => scope.package(slice, row)});
  const list = foldUsers(counted.cells, cube, counted.cells.events, maxPoints);
  const names = counted.scope.packageNames;
  const infos = names.map((name) => counted.scope.packageInfo(name));
  return table(cube, counted, list, names, (n, item) => [textColumn('package_name', n, names, item),
    textColumn('package', n, infos.map(({label}) => label), item),
    textColumn('category', n, infos.map(({category}) => category), item)], ['events', 'runs', 'errors']);
}

/** Names of the packages of the server that have no event, as `PackagesUnused` lists them; and of those which have. */
export function usedPackages(cube: Cube, request: SummaryRequest): {used: string[], unused: string[]} {
  const scope = new Scope(cube.dictionary, cube.dimensions, cube.functions, request);
  const marks = new Uint8Array(scope.packageNames.length);
  for (const slice of cube.slices)
    for (let row = 0; row < slice.rows; row++)
      if (scope.read(slice, row) && scope.events > 0)
        marks[scope.package(slice, row)] = 1;
  const used = scope.packageNames.filter((_, place) => marks[place] === 1);
  const names = new Set([...cube.dimensions.packages.values()].map(({name}) => name));
  return {used, unused: [...names].filter((name) => scope.keepsPackage(name) && !used.includes(name))};
}

/** The answer of `FunctionsActivity`; needs slices told apart by function. */
export function functionPoints(cube: Cube, request: SummaryRequest, maxPoints = MAX_POINTS): MadeTable {
  const counted = countCells(cube, request, {only: 'runs', count: (scope) => scope.functionIds.length,
    of: (scope, slice, row) => scope.function(slice, row)});
  const list = foldUsers(counted.cells, cube, counted.cells.runs, maxPoints);
  const known = new Map([...cube.functions?.functions.values() ?? []].map((one) => [one.id, one]));
  const ids = counted.scope.functionIds;
  const infos = ids.map((id) => known.get(id));
  const labels = infos.map((one) => one?.label ?? 'Unknown function');
  return table(cube, counted, list, labels, (n, item) => [textColumn('function_id', n, ids, item),
    textColumn('function', n, labels, item),
    textColumn('package_name', n, infos.map((one) => one?.package || 'Core'), item),
    textColumn('package', n, infos.map((one) => one?.packageLabel || 'Core'), item)], ['runs']);
}

/** The answer of `EventsActivity`: an empty bucket has a row without a level. */
export function levelPoints(cube: Cube, request: SummaryRequest, maxPoints = MAX_POINTS): MadeTable {
  const names = [...new Set(cube.dictionary.kinds.map(({source}) => source))];
  const places = new Map(names.map((name, place) => [name, place]));
  const ofKind = cube.dictionary.kinds.map(({source}) => places.get(source)!);
  const counted = countCells(cube, request, {count: () => names.length,
    of: (_, slice, row) => ofKind[slice.kind[row]]});
  const list = foldUsers(counted.cells, cube, counted.cells.events, maxPoints);
  const filled = new Set(list.map(({bucket}) => bucket));
  counted.buckets.forEach((_, bucket) => filled.has(bucket) ||
    list.push({bucket, user: -1, item: names.length, events: 0, runs: 0, errors: 0, folded: 0}));
  const sources = [...names, null];
  return table(cube, counted, list, sources, (n, item) => [textColumn('source', n, sources, item)], ['events', 'errors']);
}

/**
 * Users are kept from the most active down as long as the points fit; one for each bucket and item is set aside for the
 * others together. Errors that belong to nobody are folded into no other point.
 */
function foldUsers(cells: Cells, cube: Cube, sizes: Float64Array, maxPoints: number): Point[] {
  const folded = cells.count <= maxPoints ? new Set<number>() : foldedUsers(cells, cube, sizes, maxPoints);
  const rest = new Groups();
  const others: Point[] = [];
  const list: Point[] = [];
  for (let cell = 0; cell < cells.count; cell++) {
    const [bucket, user, item] = [cells.bucket(cell), cells.user(cell), cells.item(cell)];
    const isFolded = folded.has(user);
    const place = isFolded ? rest.add(bucket * cells.items + item) : -1;
    let point = isFolded ? others[place] : undefined;
    if (point === undefined) {
      point = {bucket, user: isFolded ? -1 : user, item, events: 0, runs: 0, errors: 0, folded: 0};
      list.push(point);
      if (isFolded)
        others[place] = point;
    }
    point.events += cells.events[cell];
    point.runs += cells.runs[cell];
    point.errors += cells.errors[cell];
    point.folded += isFolded ? 1 : 0;
  }
  return list;
}

function foldedUsers(cells: Cells, cube: Cube, sizes: Float64Array, maxPoints: number): ReadonlySet<number> {
  const users = cube.dictionary.users.names.map((name, place) => ({place, name, rows: 0, events: 0}));
  const places = new Groups();
  for (let cell = 0; cell < cells.count; cell++) {
    const user = cells.user(cell);
    places.add((cells.bucket(cell) * cells.items + cells.item(cell)) * 2 + (user < 0 ? 1 : 0));
    if (user < 0)
      continue;
    users[user].rows++;
    users[user].events += sizes[cell];
  }
  return smallest(users, places.count, maxPoints);
}

type Count = 'events' | 'runs' | 'errors';

/** The points as a table, by bucket, then by the caption of the item, kept users before the others. */
function table(cube: Cube, {buckets}: Counted, points: Point[], captions: readonly (string | null)[],
  own: (rows: number, item: (row: number) => number) => MadeColumn[], counts: readonly Count[]): MadeTable {
  const n = points.length;
  // The last two are nobody and the folded ones.
  const accounts = [...accountsOf(cube), undefined, undefined];
  const user = ({user: number, folded}: Point): number =>
    folded > 0 ? accounts.length - 1 : number < 0 ? accounts.length - 2 : number;
  const labels = accounts.map((account) => account?.label ?? null);
  const [captionRanks, labelRanks] = [ranksOf(captions), ranksOf(labels)];
  const order = orderBy(n, (i) => {
    const {bucket, item, folded} = points[i];
    const place = (bucket * captions.length + captionRanks[item]) * 2 + (folded > 0 ? 1 : 0);
    return place * labels.length + labelRanks[user(points[i])];
  });
  const list = Array.from(order, (i) => points[i]);
  labels[labels.length - 1] = 'Other users';
  return {rows: n, columns: [
    instantColumn('bucket', n, (i) => buckets[list[i].bucket].start),
    instantColumn('bucket_end', n, (i) => buckets[list[i].bucket].end),
    ...own(n, (i) => list[i].item),
    textColumn('user_id', n, accounts.map((account) => account?.id ?? null), (i) => user(list[i])),
    textColumn('user', n, labels, (i) => user(list[i])),
    textColumn('login', n, accounts.map((account) => account?.login ?? null), (i) => user(list[i])),
    ...counts.map((count) => intColumn(count, n, (i) => list[i][count])),
    intColumn('folded', n, (i) => list[i].folded),
  ]};
}
