import {CORE_PACKAGE, type UsageRequest} from '../request';
import {closureOf, type Dimensions, type FunctionDimensions} from './dimensions';
import {WORD, type Dictionary, type Slice, type Visits} from './slice';

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
  /** Names of packages that occur, `Core` first. */
  readonly packageNames: readonly string[];
  /** Ids that stand for functions, the unknown one first. */
  readonly functionIds: readonly string[];
  // By the number of a user, a package or a function, plus one, so that -1, none of them, has a place too: there may be
  // a million rows to read.
  /** 1 counts, 0 does not, -1 is not known, which is nobody. */
  private readonly people: Int8Array;
  /** Place of the package's name in `packageNames`; -1 when it is not kept. */
  private readonly packages: Int32Array;
  /** Place of the id that stands for the function in `functionIds`; -1 when it is not kept. */
  private readonly functionPlaces: Int32Array;
  /** What decides about a kind, as bits; see `KEPT` and those after it. */
  private readonly kinds: Uint8Array;
  private readonly hasPeople: boolean;

  constructor(dictionary: Dictionary, private readonly dimensions: Dimensions,
    private readonly functions: FunctionDimensions | null, private readonly filters: SummaryFilters) {
    const {groups, users, sources} = filters;
    this.hasPeople = groups.length > 0 || users.length > 0;
    this.people = Int8Array.from([null, ...dictionary.users.names], (id) =>
      id === null || !dimensions.accounts.has(id) ? -1 : this.isCounted(id) ? 1 : 0);
    this.kinds = Uint8Array.from(dictionary.kinds, ({source, error, isTest, isRun}) =>
      (sources.length === 0 || sources.includes(source) ? KEPT : 0) | (isTest ? TEST : 0) | (isRun ? RUN : 0) |
      (source === 'error' && !dimensions.dismissed.has(error) ? ERROR : 0));
    [this.packages, this.packageNames] = numbered(CORE_PACKAGE, dictionary.packages.names,
      (id) => dimensions.packages.get(id)?.name, (name) => this.keepsPackage(name));
    const chosen = new Set(filters.functions.map((id) => functions?.functions.get(id)?.id ?? id));
    [this.functionPlaces, this.functionIds] = numbered(UNKNOWN_FUNCTION, dictionary.functions.names,
      (id) => functions?.functions.get(id)?.id, (id) => this.keepsFunction(id, chosen));
  }

  /** What the row that was read last counts for. */
  events = 0;
  runs = 0;
  errors = 0;
  /** Its person; -1 for nobody. */
  user = -1;
  /** Place of its package in `packageNames`, and of its function in `functionIds`. */
  package = 0;
  function = 0;
  /** Whether the run's person counts, and nobody's errors if it is nobody's. */
  private isPerson = false;
  private isNobody = false;

  /** Begins a run: rows of it may be read. Gives the end of its rows. */
  begin({runs}: Slice, run: number): number {
    const user = runs.user[run];
    const person = this.people[user + 1];
    this.user = person < 0 ? -1 : user;
    this.isPerson = person === 1;
    this.isNobody = person < 0 && !this.hasPeople;
    return runs.from[run + 1];
  }

  /** Reads a row of the run into the fields above; false when it counts for nothing. */
  read(slice: Slice, row: number): boolean {
    const kind = this.kinds[slice.kind[row]];
    this.package = this.packages[slice.package[row] + 1];
    this.function = this.functionPlaces[slice.function[row] + 1];
    if ((kind & KEPT) === 0 || this.package < 0 || this.function < 0)
      return false;
    const isCounted = this.isPerson && ((kind & TEST) === 0 || this.filters.service);
    this.events = isCounted ? slice.events[row] : 0;
    this.runs = (kind & RUN) === 0 ? 0 : this.events;
    this.errors = (kind & ERROR) !== 0 && (isCounted || this.isNobody) ? slice.events[row] : 0;
    return this.filters.measure === undefined ? this.events + this.errors > 0 : this.measured(this.filters.measure);
  }

  /** Leaves the events that the measure counts. */
  private measured(measure: 'events' | 'runs' | 'errors'): boolean {
    if (measure === 'runs')
      [this.events, this.errors] = [this.runs, 0];
    return this[measure] > 0;
  }

  /** For each 60 packages which of the first and the last 30 are kept, as bits; see `Visits`. */
  keptBits({packages}: Visits): {low: Int32Array, high: Int32Array} {
    const words = Math.ceil(packages.length / WORD);
    const bits = {low: new Int32Array(words), high: new Int32Array(words)};
    for (let place = 0; place < packages.length; place++) {
      const half = place % WORD < WORD / 2 ? bits.low : bits.high;
      if (this.packages[packages[place] + 1] >= 0)
        half[Math.floor(place / WORD)] |= 1 << place % (WORD / 2);
    }
    return bits;
  }

  /** Whether the person of a visit counts. */
  isVisitor(visits: Visits, row: number): boolean {
    return this.people[visits.user[row] + 1] === 1;
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

  private keepsFunction(id: string, chosen: ReadonlySet<string>): boolean {
    const {tags} = this.filters;
    return (chosen.size === 0 || chosen.has(id)) &&
      (tags.length === 0 || tags.some((tag) => this.functions?.tags.get(id)?.has(tag)));
  }
}

/** What decides about a kind. */
const [KEPT, TEST, RUN, ERROR] = [1, 2, 4, 8];

/**
 * Numbers what the names stand for, `first` being 0 and standing for what is not known.
 * @return the number of each name, -1 where it is not kept, after that of no name; and what is numbered.
 */
function numbered(first: string, names: readonly string[], find: (name: string) => string | undefined,
  isKept: (found: string) => boolean): [Int32Array, string[]] {
  const places = new Map([[first, 0]]);
  const found = [first, ...names.map((name) => find(name) ?? first)];
  for (const one of found)
    if (!places.has(one))
      places.set(one, places.size);
  const kept = new Map([...places].map(([one, place]) => [one, isKept(one) ? place : -1]));
  return [Int32Array.from(found, (one) => kept.get(one)!), [...places.keys()]];
}
