import type * as DG from 'datagrok-api/dg';
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

/** Reads what a row has of a kind; null where it has none. */
export function valueReader(frame: DG.DataFrame, kind: ChoiceKind): (row: number) => string | null {
  if (kind === 'bucket') {
    const raw = frame.getCol('bucket').getRawData();
    return (row) => new Date(raw[row] / 1000).toISOString();
  }
  const column = frame.getCol(kind === 'package' ? 'package_name' : 'user_id');
  const [raw, {categories}] = [column.getRawData(), column];
  return (row) => categories[raw[row]] || null;
}

/** Values of the rows, each once, in their order. */
export function valuesAt(frame: DG.DataFrame, kind: ChoiceKind, rows: ArrayLike<number>): string[] {
  const read = valueReader(frame, kind);
  return [...new Set(Array.from(rows, read))].filter((value) => value != null);
}

function known(frame: DG.DataFrame, {kind, values}: Choice): string[] {
  const there = new Set(valuesAt(frame, kind, Array.from({length: frame.rowCount}, (_, row) => row)));
  return values.filter((value) => there.has(value));
}

function chooser(frame: DG.DataFrame, {kind, values}: Choice): (row: number) => boolean {
  const read = valueReader(frame, kind);
  const wanted = new Set<string | null>(values);
  return (row) => wanted.has(read(row));
}

const maskOf = (frame: DG.DataFrame, holds: (row: number) => boolean): DG.BitSet =>
  frame.selection.clone().init(holds, false);

/** Rows of the chosen values, as a mask. */
export function rowsOf(frame: DG.DataFrame, choice: Choice): DG.BitSet {
  return maskOf(frame, chooser(frame, choice));
}
