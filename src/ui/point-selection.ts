import * as DG from 'datagrok-api/dg';
import * as grok from 'datagrok-api/grok';
import type {Subscription} from 'rxjs';
import type {UsageRequest} from '../core/request';
import {rowsOfKeys, selectionKeys} from '../data/points';
import type {TabFilters} from '../data/query';
import {pointPane, type SelectionContext} from './point-pane';
import type {AppContext} from './tab-view';

/** Selecting several points tells of each; the panel waits for the last. */
const PAUSE = 150;
/** More selected points than this are not kept in the address. */
const MOST_KEPT = 40;

export interface PointSelectionOptions {
  readonly app: AppContext;
  readonly own: TabFilters;
  readonly details: readonly string[];
  readonly actions?: SelectionContext['actions'];
}

/**
 * Keeps the context panel and the address on what is selected in a frame of points: the selected rows, or the current
 * one when none is selected. Never more than these.
 */
export class PointSelection {
  private frame: DG.DataFrame | null = null;
  private request: UsageRequest | null = null;
  private measure: string | undefined;
  private subs: Subscription[] = [];
  private pause: ReturnType<typeof setTimeout> | undefined;
  private control = new AbortController();
  private shown = false;

  constructor(private readonly options: PointSelectionOptions) {}

  /**
   * Follows another frame. What the address says is selected is selected in it.
   * @param measure what the frame counts, when it counts one number alone.
   */
  attach(frame: DG.DataFrame, request: UsageRequest, measure?: string): void {
    this.release();
    this.frame = frame;
    this.measure = measure;
    this.request = request;
    this.restore();
    this.subs = [frame.onSelectionChanged.subscribe(() => this.changed()),
      frame.onCurrentRowChanged.subscribe(() => this.changed())];
  }

  clear(): boolean {
    const {frame} = this;
    if (frame == null || (frame.selection.trueCount === 0 && frame.currentRowIdx < 0))
      return false;
    frame.currentRowIdx = -1;
    frame.selection.setAll(false);
    return true;
  }

  dispose(): void {
    this.release();
    this.control.abort();
  }

  private release(): void {
    clearTimeout(this.pause);
    for (const subscription of this.subs)
      subscription.unsubscribe();
    this.subs = [];
  }

  private rows(): ArrayLike<number> {
    const {frame} = this;
    if (frame == null)
      return [];
    if (frame.selection.trueCount > 0)
      return frame.selection.getSelectedIndexes();
    return frame.currentRowIdx >= 0 ? [frame.currentRowIdx] : [];
  }

  private changed(): void {
    clearTimeout(this.pause);
    this.pause = setTimeout(() => this.show(), PAUSE);
  }

  private show(): void {
    const {frame, request} = this;
    const rows = this.rows();
    this.control.abort();
    this.control = new AbortController();
    this.keep(rows);
    if (frame == null || request == null || rows.length === 0) {
      // Somebody else's object in the panel is not ours to take away.
      if (this.shown)
        grok.shell.o = document.createElement('div');
      this.shown = false;
      return;
    }
    this.shown = true;
    grok.shell.o = pointPane({...this.options, request, measure: this.measure, signal: this.control.signal}, frame,
      rows);
  }

  /** The selection in the address: keys of the points, as far as they are few. */
  private keep(rows: ArrayLike<number>): void {
    const {frame} = this;
    if (frame == null)
      return;
    const keys = selectionKeys(frame, rows);
    this.options.app.filters.set({selected: keys.length > MOST_KEPT ? [] : keys});
  }

  private restore(): void {
    const {frame} = this;
    const {selected} = this.options.app.filters.value.state;
    if (frame == null || selected.length === 0)
      return;
    const found = rowsOfKeys(frame, selected);
    if (found.length === 0)
      return this.options.app.filters.set({selected: []});
    if (found.length === 1)
      frame.currentRowIdx = found[0];
    else
      for (const row of found)
        frame.selection.set(row, true, false);
    frame.selection.fireChanged();
    this.changed();
  }
}
