import {CORE_PACKAGE, type UsageRequest} from '../request';
import {closureOf, type Dimensions, type FunctionDimensions} from './dimensions';
import {WORD, type Dictionary, type Kind, type Slice, type Visits} from './slice';

/** The filters that summaries can answer. */
export interface SummaryFilters extends Pick<UsageRequest, 'groups' | 'users' | 'packages' | 'categories' | 'sources' |
  'service' | 'functions' | 'tags'> {
  /** Which number alone to count. */
  readonly measure?: 'events' | 'runs' | 'errors';
}

/** The function that is not known. */
export const UNKNOWN_FUNCTION = '00000000-0000-0000-0000-000000000000';

/**
 * Decides for each row of a slice how it counts, by the filters and by what is known now; the rules of
 * docs/metrics.md, as "scope" of the queries has them.
 */
export class Scope {
  /** By the number of a user: 1 counts, 0 does not, -1 is not known, which is nobody. */
  private readonly people: Int8Array;
  /** By the number of a package: place of its name in `packageNames`. */
  private readonly packageOf: Int32Array;
  /** Names of packages that occur, `Core` first. */
  readonly packageNames: readonly string[];
  private readonly isPackageKept: Uint8Array;
  private readonly kinds: readonly (Kind & {readonly isError: boolean; readonly isKept: boolean})[];
  /** By the number of a function: place of the id that stands for it, in `functionIds`. */
  private readonly functionOf: Int32Array;
  /** Ids that stand for functions, the unknown one first. */
  readonly functionIds: readonly string[];
  private readonly isFunctionKept: Uint8Array;
  private readonly hasPeople: boolean;

  constructor(dictionary: Dictionary, private readonly dimensions: Dimensions,
    private readonly functions: FunctionDimensions | null, private readonly filters: SummaryFilters) {
    const {groups, users, sources} = filters;
    this.hasPeople = groups.length > 0 || users.length > 0;
    this.people = this.readPeople(dictionary.users.names);
    this.kinds = dictionary.kinds.map((kind) => ({...kind,
      isError: kind.source === 'error' && !dimensions.dismissed.has(kind.error),
      isKept: sources.length === 0 || sources.includes(kind.source)}));
    [this.packageOf, this.packageNames] = numbered(CORE_PACKAGE, dictionary.packages.names,
      (id) => dimensions.packages.get(id)?.name);
    this.isPackageKept = Uint8Array.from(this.packageNames, (name) => this.keepsPackage(name) ? 1 : 0);
    [this.functionOf, this.functionIds] = numbered(UNKNOWN_FUNCTION, dictionary.functions.names,
      (id) => functions?.functions.get(id)?.id);
    this.isFunctionKept = this.readFunctions();
  }

  /** What the row that was read last counts for. */
  events = 0;
  runs = 0;
  errors = 0;

  /** Reads a row into `events`, `runs` and `errors`; false when it counts for none of them. */
  read(slice: Slice, row: number): boolean {
    const kind = this.kinds[slice.kind[row]];
    if (!kind.isKept || this.isPackageKept[this.package(slice, row)] === 0 ||
      this.isFunctionKept[this.function(slice, row)] === 0)
      return false;
    const user = slice.user[row];
    const person = user < 0 ? -1 : this.people[user];
    const isCounted = person === 1 && (this.filters.service || !kind.isTest);
    this.events = isCounted ? slice.events[row] : 0;
    this.runs = isCounted && kind.isRun ? slice.events[row] : 0;
    this.errors = kind.isError && (isCounted || (person < 0 && !this.hasPeople)) ? slice.events[row] : 0;
    return this.measured();
  }

  /** Leaves the events that the measure counts. */
  private measured(): boolean {
    switch (this.filters.measure) {
    case 'events': return this.events > 0;
    case 'runs':
      [this.events, this.errors] = [this.runs, 0];
      return this.runs > 0;
    case 'errors': return this.errors > 0;
    default: return this.events > 0 || this.errors > 0;
    }
  }

  /** For each 60 packages which of the first and the last 30 are kept, as bits; see `Visits`. */
  keptBits({packages}: Visits): {low: Int32Array, high: Int32Array} {
    const words = Math.ceil(packages.length / WORD);
    const bits = {low: new Int32Array(words), high: new Int32Array(words)};
    for (let place = 0; place < packages.length; place++) {
      const name = packages[place] < 0 ? 0 : this.packageOf[packages[place]];
      const half = place % WORD < WORD / 2 ? bits.low : bits.high;
      half[Math.floor(place / WORD)] |= this.isPackageKept[name] << place % (WORD / 2);
    }
    return bits;
  }

  /** Whether the person of a visit counts. */
  isVisitor(visits: Visits, row: number): boolean {
    return this.people[visits.user[row]] === 1;
  }

  /** Number of the row's person; -1 for nobody. */
  user(slice: Slice, row: number): number {
    const user = slice.user[row];
    return user >= 0 && this.people[user] >= 0 ? user : -1;
  }

  /** Place of the row's package in `packageNames`. */
  package(slice: Slice, row: number): number {
    const found = slice.package[row];
    return found < 0 ? 0 : this.packageOf[found];
  }

  /** Place of the row's function in `functionIds`. */
  function(slice: Slice, row: number): number {
    const found = slice.function[row];
    return found < 0 ? 0 : this.functionOf[found];
  }

  /** Accounts that count, under the filters by people. */
  isCounted(id: string): boolean {
    const account = this.dimensions.accounts.get(id);
    return account !== undefined && (this.filters.service || !account.isService) &&
      (this.filters.users.length === 0 || this.filters.users.includes(id)) &&
      (this.inside === null || this.inside.has(account.group));
  }

  /** Label and category of a package by its name. */
  packageInfo(name: string): {label: string; category: string} {
    this.infos ??= this.readInfos();
    return this.infos.get(name) ?? {label: name, category: name === CORE_PACKAGE ? CORE_PACKAGE : 'none'};
  }

  private infos: Map<string, {label: string; category: string}> | undefined;
  private closure: ReadonlySet<string> | null | undefined;

  private get inside(): ReadonlySet<string> | null {
    if (this.closure === undefined)
      this.closure = this.filters.groups.length === 0 ? null : closureOf(this.filters.groups, this.dimensions);
    return this.closure;
  }

  private readPeople(ids: readonly string[]): Int8Array {
    return Int8Array.from(ids, (id) => !this.dimensions.accounts.has(id) ? -1 : this.isCounted(id) ? 1 : 0);
  }

  private readInfos(): Map<string, {label: string; category: string}> {
    const infos = new Map([[CORE_PACKAGE, {label: CORE_PACKAGE, category: CORE_PACKAGE}]]);
    for (const {name, label, category} of this.dimensions.packages.values())
      if (!infos.has(name) || infos.get(name)!.label < label)
        infos.set(name, {label, category});
    return infos;
  }

  /** Whether the filters by package and category keep the package. */
  keepsPackage(name: string): boolean {
    const {packages, categories} = this.filters;
    return (packages.length === 0 || packages.includes(name)) && (categories.length === 0 ||
      categories.map((category) => category === '' ? 'none' : category).includes(this.packageInfo(name).category));
  }

  private readFunctions(): Uint8Array {
    const {functions, tags} = this.filters;
    const chosen = new Set(functions.map((id) => this.functions?.functions.get(id)?.id ?? id));
    return Uint8Array.from(this.functionIds, (id) => (chosen.size === 0 || chosen.has(id)) &&
      (tags.length === 0 || tags.some((tag) => this.functions?.tags.get(id)?.has(tag))) ? 1 : 0);
  }
}

/** Numbers what the names stand for, `first` being 0 and standing for what is not known. */
function numbered(first: string, names: readonly string[], find: (name: string) => string | undefined):
  [Int32Array, string[]] {
  const places = new Map([[first, 0]]);
  const numbers = Int32Array.from(names, (name) => {
    const found = find(name) ?? first;
    if (!places.has(found))
      places.set(found, places.size);
    return places.get(found)!;
  });
  return [numbers, [...places.keys()]];
}
