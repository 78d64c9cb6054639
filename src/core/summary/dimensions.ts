import type {Dictionary} from './slice';
import type {RawTable, Texts} from './table';

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

/** The lists of an answer, by name. @throws SyntaxError when one is no JSON. */
function readLists(table: RawTable): (name: string) => unknown[] {
  const [part, data] = ['part', 'data'].map((name) => table.texts(name));
  const lists = new Map<string, unknown[]>();
  for (let row = 0; row < table.rows; row++)
    lists.set(part.names[part.codes[row]], JSON.parse(data.names[data.codes[row]] || '[]') as unknown[]);
  return (name) => lists.get(name) ?? [];
}

type UserLine = [id: string, label: string, login: string | null, group: string | null, isService: boolean,
  joined: number | null];

/** Reads an answer of `UsageDimensions`. */
export function readDimensions(table: RawTable): Dimensions {
  const list = readLists(table);
  const members = new Map<string, string[]>();
  for (const [parent, child] of list('members') as [string, string][])
    if (!members.get(parent)?.push(child))
      members.set(parent, [child]);
  return {
    accounts: new Map((list('users') as UserLine[]).map(([id, label, login, group, isService, joined]) =>
      [id, {id, label, login: login ?? '', group: group ?? '', isService, joined: joined ?? NaN}])),
    members,
    packages: new Map((list('packages') as [string, string, string, string][])
      .map(([id, name, label, category]) => [id, {name, label, category}])),
    dismissed: new Set(list('no errors') as string[]),
  };
}

type FunctionLine = [id: string, functionId: string, label: string, owner: string | null, ownerLabel: string | null];

/** Reads an answer of `FunctionDimensions`. */
export function readFunctions(table: RawTable): FunctionDimensions {
  const list = readLists(table);
  const tags = new Map<string, Set<string>>();
  for (const [id, tag] of list('tags') as [string, string][])
    tags.set(id, (tags.get(id) ?? new Set()).add(tag));
  const functions = new Map((list('functions') as FunctionLine[]).map(([id, functionId, label, owner, ownerLabel]) =>
    [id, {id: functionId, label, package: owner ?? '', packageLabel: ownerLabel ?? ''}]));
  return {functions, tags};
}

/** The account of each user that is known, by number in the dictionary; undefined for one that is gone. */
export function accountsOf({dictionary, dimensions}: {dictionary: Dictionary, dimensions: Dimensions}):
  (Account | undefined)[] {
  return dictionary.users.names.map((id) => dimensions.accounts.get(id));
}

/** Columns that say who, by number of the account. @param labels what accounts are called, when not by their names. */
export function accountTexts(accounts: readonly (Account | undefined)[],
  labels = accounts.map((account) => account?.label ?? null)): Texts {
  return {user_id: accounts.map((account) => account?.id ?? null), user: labels,
    login: accounts.map((account) => account?.login ?? null)};
}

/** Ids of the groups and of all that are nested in them, however deep. */
export function closureOf(groups: readonly string[], {members}: Dimensions): ReadonlySet<string> {
  const found = new Set(groups);
  for (const group of found)
    for (const member of members.get(group) ?? [])
      found.add(member);
  return found;
}
