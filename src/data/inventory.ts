import type * as DG from 'datagrok-api/dg';
import {formatNumberOf} from '../core/format';
import {CORE_PACKAGE} from '../core/request';
import {runQuery} from './query';

/** A group, user or package that exists on the server, as the filters offer it. */
export interface Item {
  readonly id: string;
  readonly label: string;
  readonly hint: string;
}

/** What can be chosen in the global filters. */
export interface Inventory {
  readonly groups: Item[];
  readonly users: Item[];
  readonly packages: Item[];
}

/** Reads the inventory: three small queries side by side. Rejects when one fails. */
export async function loadInventory(): Promise<Inventory> {
  const [groups, users, packages] = await Promise.all(['FilterGroups', 'FilterUsers', 'FilterPackages']
    .map((name) => runQuery(name, {})));
  const items = (frame: typeof groups, id: string, label: string, hint: (i: number) => string): Item[] => {
    const [ids, labels] = [id, label].map((column) => frame.getCol(column).toList() as string[]);
    return ids.map((value, i) => ({id: value, label: labels[i], hint: hint(i)}));
  };
  const members = groups.getCol('members').toList();
  const logins = users.getCol('login').toList();
  const [names, categories] = ['name', 'category'].map((column) => packages.getCol(column).toList());
  return {
    groups: items(groups, 'id', 'name', (i) => formatNumberOf(members[i], 'member')),
    users: items(users, 'id', 'label', (i) => logins[i] ?? ''),
    packages: items(packages, 'name', 'label', (i) =>
      names[i] === CORE_PACKAGE ? 'the platform itself' : categories[i] ?? ''),
  };
}

/** Tags of functions, with the number of functions that have each. */
export async function loadTags(): Promise<Item[]> {
  return counted(await runQuery('FilterTags', {}), 'tag', 'functions');
}

/** Categories of packages, with the number of packages in each. */
export async function loadCategories(): Promise<Item[]> {
  return counted(await runQuery('FilterCategories', {}), 'category', 'packages');
}

function counted(frame: DG.DataFrame, name: string, count: string): Item[] {
  const [names, counts] = [name, count].map((column) => frame.getCol(column).toList());
  return names.map((id, i) => ({id, label: id, hint: `${counts[i]} ${count}`}));
}
