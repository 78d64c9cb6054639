import * as DG from 'datagrok-api/dg';
import {combine, emptyMask, toBitSet, type Mask} from '../mask.ts';

/**
 * Filter by clicks (`onClick: Filter`): takes part in the frame's filtering as filter controls do, by clearing rows
 * when the frame asks. Rows are kept as they were at the click.
 */
export class ClickFilter {
  private groups = new Map<string, {text: string; rows: Mask}>();
  private frame: DG.DataFrame | null = null;
  private subscription: {unsubscribe(): void} | null = null;

  /** Takes part in the filtering of a frame, until told of another; the frame before is filtered without it. */
  listen(frame: DG.DataFrame | null): void {
    this.subscription?.unsubscribe();
    this.clear();
    this.frame = frame;
    this.subscription = frame?.onRowsFiltering.subscribe(() => this.apply(frame)) ?? null;
  }

  /** Filters to a group; the same group again lifts the filter. With a key held, groups add up. */
  toggle(key: string, text: string, rows: Mask, more: boolean): void {
    const had = this.groups.has(key);
    if (!more)
      this.groups.clear();
    if (had)
      this.groups.delete(key);
    else
      this.groups.set(key, {text, rows});
    this.frame?.rows.requestFilter();
  }

  clear(): void {
    if (this.groups.size === 0)
      return;
    this.groups.clear();
    this.frame?.rows.requestFilter();
  }

  private apply(frame: DG.DataFrame): void {
    if (this.groups.size === 0)
      return;
    const rows = [...this.groups.values()].reduce((all, g) => combine(all, g.rows, (x, y) => x | y),
      emptyMask(frame.rowCount));
    frame.filter.and(toBitSet(rows, frame.rowCount), false);
    for (const {text} of this.groups.values())
      frame.rows.filters.push(text);
  }
}
