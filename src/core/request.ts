import {unitOf} from './buckets';
import type {Unit} from './calendar';
import {comparisonOf, isCompareMode, type Comparison} from './comparison';
import {isRangeError, parseRange, type NamedRange, type Range} from './range';
import {isZone} from './zone';

/** Name under which the queries keep what belongs to no package. */
export const CORE_PACKAGE = 'Core';

/**
 * Everything the filters say, as one immutable value: what every query of every tab is asked with.
 * Lists are sorted, without repetitions; an empty one means no filter.
 */
export interface UsageRequest extends Range {
  /** IANA zone in which buckets are cut and times are shown. */
  readonly zone: string;
  readonly unit: Unit;
  /** Ids of groups; members of nested groups count. */
  readonly groups: readonly string[];
  /** Ids of users. */
  readonly users: readonly string[];
  /** Names of packages; `Core` is what belongs to none. */
  readonly packages: readonly string[];
  /** Categories of packages; the tab of packages asks with them. */
  readonly categories: readonly string[];
  /** Tags of functions; the tab of functions asks with them. */
  readonly tags: readonly string[];
  /** Whether service and system accounts and package tests count. */
  readonly service: boolean;
  /** Ids of functions that events must concern. */
  readonly functions: readonly string[];
  /** Ids of anything that events must name: projects, connections, tables. */
  readonly entities: readonly string[];
  /** Levels of the log. */
  readonly sources: readonly string[];
  /** Ids of event types. */
  readonly types: readonly string[];
  /** Exact points, see {@link cellText}. */
  readonly cells: readonly string[];
  /** The range as typed. */
  readonly text: string;
  readonly comparison: Comparison;
  /** Equal for equal requests, different for different ones. */
  readonly key: string;
}

export interface RequestInput {
  range: NamedRange;
  zone: string;
  /** Instant that decides how much of the current calendar unit has passed. */
  now: number;
  groups?: readonly string[];
  users?: readonly string[];
  packages?: readonly string[];
  categories?: readonly string[];
  tags?: readonly string[];
  service?: boolean;
  functions?: readonly string[];
  entities?: readonly string[];
  sources?: readonly string[];
  types?: readonly string[];
  cells?: readonly string[];
  /** `previous` (when left out) or `year`. */
  compare?: string;
}

export type RequestAnswer = {readonly request: UsageRequest; readonly problems: []} |
  {readonly request: null; readonly problems: readonly string[]};

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

function tidy(values: readonly string[] = []): readonly string[] {
  return Object.freeze([...new Set(values)].sort());
}

function tidyIds(kind: string, ids: readonly string[] | undefined, problems: string[]): readonly string[] {
  const lower = tidy(ids?.map((id) => id.trim().toLowerCase()));
  for (const id of lower.filter((text) => !UUID.test(text)))
    problems.push(`"${id}" is not the id of a ${kind}.`);
  return lower;
}

function frozenRange({from, to}: Range): Range {
  return Object.freeze({from, to});
}

/** The only way to a request: either a valid, frozen one, or what is wrong with the input, in words. */
export function createRequest(input: RequestInput): RequestAnswer {
  const problems: string[] = [];
  const {from, to, text} = input.range;
  if (!Number.isInteger(from) || !Number.isInteger(to) || from >= to)
    problems.push('The range ends before it begins.');
  if (!isZone(input.zone))
    problems.push(`"${input.zone}" is not a time zone.`);
  const groups = tidyIds('group', input.groups, problems);
  const users = tidyIds('user', input.users, problems);
  const packages = tidy(input.packages);
  if (packages.includes(''))
    problems.push('A package without a name cannot be chosen.');
  const functions = tidyIds('function', input.functions, problems);
  const entities = tidyIds('thing', input.entities, problems);
  const types = tidyIds('event type', input.types, problems);
  const [categories, tags, sources, cells] = [input.categories, input.tags, input.sources, input.cells].map(tidy);
  const compare = input.compare ?? 'previous';
  if (!isCompareMode(compare))
    problems.push(`"${compare}" is nothing to compare with: "previous" or "year".`);
  if (problems.length > 0 || !isCompareMode(compare))
    return {request: null, problems};
  const {zone, service = false} = input;
  const {current, previous, wording} = comparisonOf(input.range, input.now, zone, compare);
  const comparison = Object.freeze({current: frozenRange(current), previous: frozenRange(previous), wording});
  const unit = unitOf(input.range);
  const lists = {groups, users, packages, categories, tags, functions, entities, sources, types, cells};
  const key = JSON.stringify([from, to, zone, unit, lists, service, current.from, current.to, previous.from,
    previous.to]);
  return {request: Object.freeze({from, to, zone, unit, ...lists, service, text, comparison, key}),
    problems: []};
}

/** Whether two requests ask for the same numbers; the words in which the range was typed do not matter. */
export function sameRequest(a: UsageRequest, b: UsageRequest): boolean {
  return a.key === b.key;
}

/** One point of a chart, as an exact selection of events. Fields left out mean "any". */
export interface Cell {
  readonly from: number;
  readonly to: number;
  /** Id; null is "no user". */
  readonly user?: string | null;
  /** Any user except these: what a folded point stands for. */
  readonly notUsers?: readonly string[];
  readonly source?: string;
  /** Id of a function. */
  readonly function?: string;
  /** Name of a package. */
  readonly package?: string;
}

/**
 * The cell as the queries read it: `from|to|user|source|function|package`. The package comes last because its name may
 * hold any character.
 */
export function cellText(cell: Cell): string {
  const user = cell.user === null ? '-' : cell.user ?? (cell.notUsers == null ? '' : `!${cell.notUsers.join(',')}`);
  return [new Date(cell.from).toISOString(), new Date(cell.to).toISOString(), user, cell.source ?? '',
    cell.function ?? '', cell.package ?? ''].join('|');
}

/**
 * The request of a range as typed, now.
 * @throws with the problems in words when range, zone or filters are not understood.
 */
export function requestOf(text: string, zone: string, now: number,
  filters: Omit<RequestInput, 'range' | 'zone' | 'now'> = {}): UsageRequest {
  const range = parseRange(text, now, zone);
  if (isRangeError(range))
    throw new Error(range.error);
  const {request, problems} = createRequest({...filters, range, zone, now});
  if (request == null)
    throw new Error(problems.join(' '));
  return request;
}
