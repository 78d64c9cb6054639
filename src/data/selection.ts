import type * as DG from 'datagrok-api/dg';

/** One user or package in a selection, with what it amounts to there. */
export interface Share {
  readonly label: string;
  /** Id of the user, or name of the package. */
  readonly id: string;
  readonly events: number;
}

/** What some rows of the activity frame amount to. Distinct counts are made over exactly these rows. */
export interface Summary {
  readonly users: Share[];
  readonly packages: Share[];
  readonly events: number;
  readonly runs: number;
  readonly errors: number;
}

/** Sums the rows of a mask; lists are ordered by events, the largest first. */
export function summarize(frame: DG.DataFrame, mask: DG.BitSet): Summary {
  const users = new Map<string, {label: string, events: number}>();
  const packages = new Map<string, {label: string, events: number}>();
  const raw = (name: string): ArrayLike<number> => frame.getCol(name).getRawData();
  const [events, runs, errors] = ['events', 'runs', 'errors'].map(raw);
  const read = (name: string): ((row: number) => string) => {
    const {categories} = frame.getCol(name);
    const indexes = raw(name);
    return (row) => categories[indexes[row]] ?? '';
  };
  const [userId, user, packageName, packageLabel] = ['user_id', 'user', 'package_name', 'package'].map(read);
  const add = (map: typeof users, id: string, label: string, count: number): void => {
    const entry = map.get(id) ?? {label, events: 0};
    entry.events += count;
    map.set(id, entry);
  };
  const sums = {events: 0, runs: 0, errors: 0};
  for (const row of mask.getSelectedIndexes()) {
    sums.events += events[row];
    sums.runs += runs[row];
    sums.errors += errors[row];
    if (userId(row) !== '' && events[row] > 0)
      add(users, userId(row), user(row), events[row]);
    if (packageName(row) !== '')
      add(packages, packageName(row), packageLabel(row), events[row]);
  }
  const listed = (map: typeof users): Share[] =>
    [...map].map(([id, share]) => ({id, ...share})).sort((a, b) => b.events - a.events || (a.label < b.label ? -1 : 1));
  return {users: listed(users), packages: listed(packages), ...sums};
}
