import * as DG from 'datagrok-api/dg';
import {BehaviorSubject, type Subscription} from 'rxjs';

/** What one chart tells apart: packages and people by their ids, buckets by the instant at which they begin. */
export type ChoiceKind = 'package' | 'user' | 'bucket';

/** What was clicked in one of several charts. */
export interface Choice {
  readonly kind: ChoiceKind;
  /** Names of packages, ids of users, or ISO instants; at least one. */
  readonly values: readonly string[];
}

/**
 * Charts over one data frame filter each other: clicking a bar keeps its rows for the others. It takes part in the
 * frame's own filtering, so filters of other viewers and of the platform's filter panel hold beside it.
 */
export class CrossFilter {
  private readonly subject = new BehaviorSubject<Choice | null>(null);
  private frame: DG.DataFrame | null = null;
  private subscription: Subscription | null = null;

  get choice(): Choice | null {return this.subject.value;}
  get changes(): BehaviorSubject<Choice | null> {return this.subject;}

  /** Moves to another frame; of the choice stays what is there too. */
  attach(frame: DG.DataFrame): void {
    this.subscription?.unsubscribe();
    this.frame = frame;
    this.subscription = frame.onRowsFiltering.subscribe(() => this.apply());
    this.choose(this.choice);
    frame.rows.requestFilter();
  }

  /** Chooses what is there of the values, which may be nothing. */
  choose(choice: Choice | null): void {
    const {frame} = this;
    const values = choice == null || frame == null ? [] : known(frame, choice);
    const next = choice == null || values.length === 0 ? null : {kind: choice.kind, values};
    if (JSON.stringify(next) === JSON.stringify(this.choice))
      return;
    this.subject.next(next);
    frame?.rows.requestFilter();
  }

  /**
   * Chooses one value; choosing it again lets go.
   * @param add beside what is chosen of the same kind already.
   */
  toggle(kind: ChoiceKind, value: string, add = false): void {
    const before = this.choice?.kind === kind ? this.choice.values : [];
    const others = before.filter((other) => other !== value);
    const values = others.length < before.length ? (add ? others : before.length > 1 ? [value] : []) :
      add ? [...before, value] : [value];
    this.choose({kind, values});
  }

  clear(): void {
    this.choose(null);
  }

  dispose(): void {
    this.subscription?.unsubscribe();
    this.subject.complete();
  }

  private apply(): void {
    const {choice, frame} = this;
    if (choice == null || frame == null)
      return;
    // Rows in which nothing happened keep lines at zero.
    const [events, errors] = ['events', 'errors'].map((name) => frame.getCol(name).getRawData());
    const isChosen = chooser(frame, choice);
    frame.filter.and(maskOf(frame, (row) => isChosen(row) || (events[row] === 0 && errors[row] === 0)), false);
    frame.rows.filters.push(`${choice.kind}: ${choice.values.join(', ')}`);
  }
}

/** Columns of what is chosen. */
const columnOf: Record<ChoiceKind, string> = {package: 'package_name', user: 'user_id', bucket: 'bucket'};

/** Reads what a row has of a kind; null where it has none. */
function valueReader(frame: DG.DataFrame, kind: ChoiceKind): (row: number) => string | null {
  const column = frame.getCol(columnOf[kind]);
  const raw = column.getRawData();
  if (kind === 'bucket')
    return (row) => new Date(raw[row] / 1000).toISOString();
  const {categories} = column;
  return (row) => categories[raw[row]] || null;
}

/** The first row of each value, in their order; among all rows when none are given. */
export function firstRows(frame: DG.DataFrame, kind: ChoiceKind, rows?: ArrayLike<number>): Map<string, number> {
  const [read, codes] = [valueReader(frame, kind), frame.getCol(columnOf[kind]).getRawData()];
  // Texts are made once for each code: a frame may have a million rows.
  const [found, seen] = [new Map<string, number>(), new Set<number>()];
  const count = rows?.length ?? frame.rowCount;
  for (let i = 0; i < count; i++) {
    const row = rows === undefined ? i : rows[i];
    if (seen.has(codes[row]))
      continue;
    seen.add(codes[row]);
    const value = read(row);
    if (value != null)
      found.set(value, row);
  }
  return found;
}

function known(frame: DG.DataFrame, {kind, values}: Choice): string[] {
  const there = firstRows(frame, kind);
  return values.filter((value) => there.has(value));
}

/** Reads whether a row is of one of the chosen values. */
function chooser(frame: DG.DataFrame, {kind, values}: Choice): (row: number) => boolean {
  const column = frame.getCol(columnOf[kind]);
  const codes = column.getRawData();
  if (kind === 'bucket') {
    const wanted = new Set(values.map((value) => Date.parse(value) * 1000));
    return (row) => wanted.has(codes[row]);
  }
  const isWanted = Uint8Array.from(column.categories, (text) => values.includes(text) ? 1 : 0);
  return (row) => isWanted[codes[row]] === 1;
}

/** Rows as a mask; filled as the core keeps it, because it would call a function for each of a million rows. */
function maskOf(frame: DG.DataFrame, holds: (row: number) => boolean): DG.BitSet {
  const words = new Int32Array(Math.ceil(frame.rowCount / 32));
  for (let row = 0, rows = frame.rowCount; row < rows; row++)
    if (holds(row))
      words[row >>> 5] |= 1 << (row & 31);
  return DG.BitSet.fromBytes(words.buffer, frame.rowCount);
}

/** Rows of the chosen values, as a mask. */
export function rowsOf(frame: DG.DataFrame, choice: Choice): DG.BitSet {
  return maskOf(frame, chooser(frame, choice));
}
