import {cellText, type Cell} from './request';

/** Reads what {@link cellText} wrote; null for a text that is no cell. */
export function parseCell(text: string): Cell | null {
  const [from, to, user, source, func, ...rest] = text.split('|');
  const [start, end] = [Date.parse(from), Date.parse(to)];
  if (rest.length === 0 || Number.isNaN(start) || Number.isNaN(end))
    return null;
  const others = user.startsWith('!') ? user.slice(1).split(',').filter((id) => id !== '') : undefined;
  return {from: start, to: end, user: others != null || user === '' ? undefined : user === '-' ? null : user,
    notUsers: others, source: source || undefined, function: func || undefined, package: rest.join('|') || undefined};
}

/** What two conditions on one field leave: the one that is there, both when they are equal; null when nothing can. */
function both(a: string | undefined, b: string | undefined): {value: string | undefined} | null {
  return a == null || b == null || a === b ? {value: a ?? b} : null;
}

function people(a: Cell, b: Cell): Pick<Cell, 'user' | 'notUsers'> | null {
  const notUsers = a.notUsers == null && b.notUsers == null ? undefined :
    [...new Set([...a.notUsers ?? [], ...b.notUsers ?? []])].sort();
  if (a.user !== undefined && b.user !== undefined && a.user !== b.user)
    return null;
  const user = a.user !== undefined ? a.user : b.user;
  if (user === undefined)
    return {notUsers};
  // "Others" are people, so that nobody is none of them.
  return notUsers != null && (user === null || notUsers.includes(user)) ? null : {user};
}

function intersection(a: Cell, b: Cell): Cell | null {
  const [from, to] = [Math.max(a.from, b.from), Math.min(a.to, b.to)];
  const [source, pack] = [both(a.source, b.source), both(a.package, b.package)];
  const who = people(a, b);
  // A run concerns one function.
  const func = both(a.function, b.function);
  return from >= to || source == null || pack == null || who == null || func == null ? null :
    {from, to, ...who, source: source.value, function: func.value, package: pack.value};
}

/**
 * The part of the chosen points which lies in points that were chosen before: a drill-down within a drill-down.
 * An empty list of earlier points means no restriction.
 */
export function cellsWithin(chosen: readonly string[], earlier: readonly string[]): string[] {
  if (earlier.length === 0)
    return [...chosen];
  const [inner, outer] = [chosen, earlier].map((texts) => texts.map(parseCell).filter((cell) => cell != null));
  return [...new Set(inner.flatMap((a) => outer.map((b) => intersection(a, b))).filter((cell) => cell != null)
    .map(cellText))];
}

/** The users whom cells name; empty unless each of them names one. */
export function usersOfCells(cells: readonly string[]): string[] {
  const users = new Set<string>();
  for (const text of cells) {
    const user = parseCell(text)?.user;
    if (user == null)
      return [];
    users.add(user);
  }
  return [...users].sort();
}
