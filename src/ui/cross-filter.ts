import type * as DG from 'datagrok-api/dg';
import {BehaviorSubject, type Subscription} from 'rxjs';

/** One category of one column that was clicked. */
export interface Choice {
  readonly column: string;
  readonly category: string;
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

  /** Moves to another frame; the choice stays when its category is there too, and is dropped otherwise. */
  attach(frame: DG.DataFrame): void {
    this.subscription?.unsubscribe();
    this.frame = frame;
    this.subscription = frame.onRowsFiltering.subscribe(() => this.apply());
    const {choice} = this;
    if (choice != null && !frame.col(choice.column)?.categories.includes(choice.category))
      this.subject.next(null);
    frame.rows.requestFilter();
  }

  /** Chooses a category; choosing it again lets go. */
  toggle(column: string, category: string): void {
    const {choice} = this;
    this.choose(choice?.column === column && choice.category === category ? null : {column, category});
  }

  clear(): void {
    this.choose(null);
  }

  dispose(): void {
    this.subscription?.unsubscribe();
    this.subject.complete();
  }

  private choose(choice: Choice | null): void {
    if (choice == null && this.choice == null)
      return;
    this.subject.next(choice);
    this.frame?.rows.requestFilter();
  }

  private apply(): void {
    const {choice, frame} = this;
    if (choice == null || frame == null)
      return;
    const mask = rowsOf(frame, choice);
    frame.filter.and(mask, false);
    frame.rows.filters.push(`${choice.column} = ${choice.category}`);
  }
}

/** Rows of one category, as a mask. */
export function rowsOf(frame: DG.DataFrame, choice: Choice): DG.BitSet {
  const column = frame.getCol(choice.column);
  const index = column.categories.indexOf(choice.category);
  const raw = column.getRawData();
  return frame.selection.clone().init((row) => raw[row] === index, false);
}
