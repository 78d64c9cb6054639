import type {Dictionary} from './slice';
import type {RawTable} from './table';

/** An account as it is now. */
export interface Account {
  readonly id: string;
  readonly label: string;
  readonly login: string;
  /** Personal group. */
  readonly group: string;
  readonly isService: boolean;
  /** Epoch milliseconds, NaN when it is not known. */
  readonly joined: number;
}

export interface PackageName {
  readonly name: string;
  readonly label: string;
  readonly category: string;
}

/** A function by any of its rows. */
export interface FunctionName {
  /** The id that stands for all rows of the function. */
  readonly id: string;
  readonly label: string;
  /** Empty when no package brought it. */
  readonly package: string;
  readonly packageLabel: string;
}

/** Everything that may change after events were counted: names, labels, memberships, categories, what is no error. */
export interface Dimensions {
  readonly accounts: ReadonlyMap<string, Account>;
  /** Members of each group: ids of groups. */
  readonly members: ReadonlyMap<string, readonly string[]>;
  readonly packages: ReadonlyMap<string, PackageName>;
  /** Ids of types of errors which an administrator marked as no error. */
  readonly dismissed: ReadonlySet<string>;
}

/** Functions and their tags; only some answers need them. */
export interface FunctionDimensions {
  readonly functions: ReadonlyMap<string, FunctionName>;
  /** Tags by the id that stands for the function. */
  readonly tags: ReadonlyMap<string, ReadonlySet<string>>;
}

function texts(table: RawTable, name: string): (row: number) => string {
  const {codes, names} = table.texts(name);
  return (row) => names[codes[row]];
}

/** Reads an answer of `UsageDimensions`. */
export function readDimensions(table: RawTable): Dimensions {
  const [kind, id, parent, name, label, category] = ['kind', 'id', 'parent', 'name', 'label', 'category']
    .map((column) => texts(table, column));
  const [flag, at] = [table.numbers('flag'), table.instants('at')];
  const accounts = new Map<string, Account>();
  const members = new Map<string, string[]>();
  const packages = new Map<string, PackageName>();
  const dismissed = new Set<string>();
  for (let row = 0; row < table.rows; row++)
    switch (kind(row)) {
    case 'user':
      accounts.set(id(row), {id: id(row), label: label(row), login: name(row), group: parent(row),
        isService: flag[row] === 1, joined: at[row]});
      break;
    case 'member': {
      const list = members.get(parent(row));
      if (list === undefined)
        members.set(parent(row), [id(row)]);
      else
        list.push(id(row));
      break;
    }
    case 'package':
      packages.set(id(row), {name: name(row), label: label(row), category: category(row)});
      break;
    case 'no error':
      dismissed.add(id(row));
      break;
    default:
      throw new RangeError(`Unknown kind of dimension: ${kind(row)}`);
    }
  return {accounts, members, packages, dismissed};
}

/** Reads an answer of `FunctionDimensions`: a row per row of a function, and one per tag. */
export function readFunctions(table: RawTable): FunctionDimensions {
  const [id, functionId, label, owner, ownerLabel, tag] = ['id', 'function_id', 'label', 'package', 'package_label',
    'tag'].map((column) => texts(table, column));
  const functions = new Map<string, FunctionName>();
  const tags = new Map<string, Set<string>>();
  for (let row = 0; row < table.rows; row++)
    if (tag(row) === '')
      functions.set(id(row), {id: functionId(row), label: label(row), package: owner(row),
        packageLabel: ownerLabel(row)});
    else {
      const found = tags.get(functionId(row));
      if (found === undefined)
        tags.set(functionId(row), new Set([tag(row)]));
      else
        found.add(tag(row));
    }
  return {functions, tags};
}

/** The account of each user that is known, by number in the dictionary; undefined for one that is gone. */
export function accountsOf({dictionary, dimensions}: {dictionary: Dictionary, dimensions: Dimensions}):
  (Account | undefined)[] {
  return dictionary.users.names.map((id) => dimensions.accounts.get(id));
}

/** Ids of the groups and of all that are nested in them, however deep. */
export function closureOf(groups: readonly string[], {members}: Dimensions): ReadonlySet<string> {
  const found = new Set(groups);
  for (const group of found)
    for (const member of members.get(group) ?? [])
      found.add(member);
  return found;
}
