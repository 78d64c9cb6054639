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
  /** Whether the points are on screen: the selection in the address is for what is. */
  isCurrent(): boolean;
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
    if (this.options.isCurrent() && this.options.app.filters.value.state.selected.length > 0)
      this.restore();
    this.subs = [frame.onSelectionChanged.subscribe(() => this.changed()),
      frame.onCurrentRowChanged.subscribe(() => this.changed())];
  }

  /**
   * Brings the selection in line with the address, which a step back may have changed.
   * @param request in force; while the frame answers another one, the next frame will be told.
   */
  recall({key}: UsageRequest, measure?: string): void {
    const {selected} = this.options.app.filters.value.state;
    const isAnswered = this.request?.key === key && this.measure === measure;
    // A change of the selection that is yet to be told goes before.
    if (isAnswered && this.pause == null && !isSame(selected, this.kept()))
      this.restore();
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
    this.pause = undefined;
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
    this.pause = setTimeout(() => {
      this.pause = undefined;
      this.show();
    }, PAUSE);
  }

  private show(): void {
    const {frame, request} = this;
    if (!this.options.isCurrent())
      return;
    const rows = this.rows();
    this.control.abort();
    this.control = new AbortController();
    this.options.app.filters.set({selected: this.kept()});
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

  /** The selection as the address has it: keys of the points, as far as they are few. */
  private kept(): string[] {
    const {frame} = this;
    const keys = frame == null ? [] : selectionKeys(frame, this.rows());
    return keys.length > MOST_KEPT ? [] : keys;
  }

  /** Selects what the address says, and says so when some of it is not there. */
  private restore(): void {
    const {frame} = this;
    const {selected} = this.options.app.filters.value.state;
    if (frame == null)
      return;
    const found = rowsOfKeys(frame, selected);
    frame.currentRowIdx = found.length === 1 ? found[0] : -1;
    frame.selection.setAll(false, false);
    if (found.length > 1)
      for (const row of found)
        frame.selection.set(row, true, false);
    frame.selection.fireChanged();
    this.changed();
    if (!isSame([...selected].sort(), this.kept().sort()))
      grok.shell.info('Some of what was selected is not in this range under these filters');
  }
}

function isSame(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((item, i) => item === b[i]);
}
