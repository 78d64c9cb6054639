import type * as DG from 'datagrok-api/dg';
import type {Range} from '../plot-axis.ts';
import {maskWhere, toBitSet} from '../mask.ts';

/** What is seen of a plot: ranges, and the coordinates of the rows. */
export interface Seen {x: Range; y: Range; xs: Float64Array; ys: Float64Array; name: string}

/** `filter by zoom`: takes part in the frame's filtering by clearing the rows that the zoomed plot does not show. */
export class ZoomFilter {
  private frame: DG.DataFrame | null = null;
  private subscription: {unsubscribe(): void} | null = null;
  private filtered = false;

  /** @param seen what the plot shows, or null while it is not zoomed or does not filter. */
  constructor(private seen: () => Seen | null) {}

  /** Takes part for a frame, until told of another; the frame before is filtered anew without it. */
  listen(frame: DG.DataFrame | null): void {
    this.subscription?.unsubscribe();
    if (this.filtered)
      this.frame?.rows.requestFilter();
    this.filtered = false;
    this.frame = frame;
    this.subscription = frame?.onRowsFiltering.subscribe(() => this.apply(frame)) ?? null;
  }

  /** The view has changed: the frame is filtered anew when that matters. */
  update(): void {
    if (this.seen() != null || this.filtered)
      this.frame?.rows.requestFilter();
  }

  private apply(frame: DG.DataFrame): void {
    const seen = this.seen();
    this.filtered = seen != null;
    if (seen == null)
      return;
    const {x, y, xs, ys, name} = seen;
    const rows = maskWhere(frame.rowCount, (row) =>
      xs[row] >= x[0] && xs[row] <= x[1] && ys[row] >= y[0] && ys[row] <= y[1]);
    frame.filter.and(toBitSet(rows, frame.rowCount), false);
    frame.rows.filters.push(name);
  }
}
