import {countCells, type Counted, type Cube, type SummaryRequest} from './cube';
import type {Account} from './dimensions';
import {smallest} from './folding';
import {Groups, type Cells} from './groups';
import {Scope} from './scope';
import {compare, instantColumn, intColumn, textColumn, type MadeColumn, type MadeTable} from './table';

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
  const name = (i: number): string => counted.scope.packageNames[list[i].item];
  return table(cube, counted, list, name, (n) => [textColumn('package_name', n, name),
    textColumn('package', n, (i) => counted.scope.packageInfo(name(i)).label),
    textColumn('category', n, (i) => counted.scope.packageInfo(name(i)).category)], ['events', 'runs', 'errors']);
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
  const id = (i: number): string => counted.scope.functionIds[list[i].item];
  const label = (i: number): string => known.get(id(i))?.label ?? 'Unknown function';
  return table(cube, counted, list, label, (n) => [textColumn('function_id', n, id), textColumn('function', n, label),
    textColumn('package_name', n, (i) => known.get(id(i))?.package || 'Core'),
    textColumn('package', n, (i) => known.get(id(i))?.packageLabel || 'Core')], ['runs']);
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
    list.push({bucket, user: -1, item: -1, events: 0, runs: 0, errors: 0, folded: 0}));
  const source = (i: number): string => list[i].item < 0 ? '' : names[list[i].item];
  return table(cube, counted, list, source, (n) => [textColumn('source', n, source)], ['events', 'errors']);
}

/**
 * Users are kept from the most active down as long as the points fit; one for each bucket and item is set aside for the
 * others together. Errors that belong to nobody are folded into no other point.
 */
function foldUsers(cells: Cells, cube: Cube, sizes: Float64Array, maxPoints: number): Point[] {
  const folded = cells.count <= maxPoints ? new Set<number>() : foldedUsers(cells, cube, sizes, maxPoints);
  const rest = new Map<string, Point>();
  const list: Point[] = [];
  for (let cell = 0; cell < cells.count; cell++) {
    const [bucket, user, item] = [cells.bucket(cell), cells.user(cell), cells.item(cell)];
    const isFolded = folded.has(user);
    const key = isFolded ? `${bucket} ${item}` : '';
    let point = isFolded ? rest.get(key) : undefined;
    if (point === undefined) {
      point = {bucket, user: isFolded ? -1 : user, item, events: 0, runs: 0, errors: 0, folded: 0};
      list.push(point);
      if (isFolded)
        rest.set(key, point);
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
function table(cube: Cube, {buckets}: Counted, list: Point[], caption: (i: number) => string,
  own: (rows: number) => MadeColumn[], counts: readonly Count[]): MadeTable {
  const account = ({user}: Point): Account | undefined =>
    user < 0 ? undefined : cube.dimensions.accounts.get(cube.dictionary.users.names[user]);
  const captions = new Map(list.map((point, i) => [point, caption(i)]));
  list.sort((a, b) => a.bucket - b.bucket || compare(captions.get(a), captions.get(b)) ||
    Math.sign(a.folded) - Math.sign(b.folded) || compare(account(a)?.label, account(b)?.label));
  const n = list.length;
  return {rows: n, columns: [
    instantColumn('bucket', n, (i) => buckets[list[i].bucket].start),
    instantColumn('bucket_end', n, (i) => buckets[list[i].bucket].end),
    ...own(n),
    textColumn('user_id', n, (i) => account(list[i])?.id ?? null),
    textColumn('user', n, (i) => list[i].folded > 0 ? 'Other users' : account(list[i])?.label ?? null),
    textColumn('login', n, (i) => account(list[i])?.login ?? null),
    ...counts.map((count) => intColumn(count, n, (i) => list[i][count])),
    intColumn('folded', n, (i) => list[i].folded),
  ]};
}
