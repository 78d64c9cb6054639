import * as grok from 'datagrok-api/grok';
import {Subscription} from 'rxjs';
import type {Activity} from '../../data/overview';
import {Chart} from '../../ui/chart';
import {chip} from '../../ui/chip';
import {CrossFilter, firstRows, rowsOf, type Choice, type ChoiceKind} from '../../ui/cross-filter';
import {div} from '../../ui/dom';
import {selectionPane} from '../../ui/point-pane';
import type {AppContext} from '../../ui/tab-view';
import {choiceLabels, choiceNames, choiceSelection, readChoice, writeChoice} from './choice';

/** More chosen items than this are one chip. */
const MOST_CHIPS = 4;

/**
 * The charts over the Overview's one frame. What is chosen in one of them narrows the others, fills the context panel,
 * and is in the address.
 */
export class CrossCharts {
  readonly charts: Readonly<Record<ChoiceKind, Chart>>;
  /** Says what is chosen, or how to choose. */
  readonly chips = div('ua-chips', hint());
  private readonly cross = new CrossFilter();
  private readonly subs: Subscription[] = [];
  private shown: Activity | null = null;
  private selection = Subscription.EMPTY;
  /** The chart that the mouse went down on last. */
  private touched: ChoiceKind = 'bucket';
  /** Whether the context panel shows something of these charts. */
  private opened = false;
  private control = new AbortController();

  /** @param isCurrent whether the tab is on screen: the selection in the address is for that one. */
  constructor(private readonly app: AppContext, private readonly isCurrent: () => boolean) {
    this.charts = {
      bucket: new Chart('Line chart', {
        xColumnName: 'bucket', yColumnNames: ['user'], yAggrTypes: ['unique'], rowSource: 'Filtered',
        showXSelector: false, showYSelectors: false, showAggrSelectors: false, showSplitSelector: false,
        showTopPanel: false, legendVisibility: 'Never', xAxisLabel: ''}),
      package: this.bars('package', 'user', 'unique'),
      user: this.bars('user', 'events', 'sum'),
    };
    for (const [kind, chart] of Object.entries(this.charts))
      chart.root.addEventListener('pointerdown', () => this.touched = kind as ChoiceKind, true);
    this.subs.push(this.cross.changes.subscribe(() => this.changed()));
  }

  /** Moves to another frame. The address has the last word on what is chosen in it. */
  attach(activity: Activity): void {
    this.shown = activity;
    this.selection.unsubscribe();
    this.cross.attach(activity.frame);
    this.recall();
    this.mark();
    // The core refuses another change of the selection while it tells of one.
    this.selection = activity.frame.onSelectionChanged.subscribe(() => queueMicrotask(() => {
      if (this.shown === activity)
        this.rowsSelected(activity);
    }));
  }

  /** Brings the choice in line with the address, which a link or a step back may have changed. */
  recall(): void {
    const {selected} = this.app.filters.value.state;
    if (this.shown == null || !this.isCurrent() || isSame(selected, writeChoice(this.cross.choice)))
      return;
    const wanted = readChoice(selected);
    this.cross.choose(wanted);
    if (selected.length === 0 || isSame(selected, writeChoice(this.cross.choice)))
      return;
    grok.shell.info('Some of what was selected is not in this range under these filters');
    this.keep();
  }

  clear(): boolean {
    const had = this.cross.choice != null;
    this.cross.clear();
    return had;
  }

  dispose(): void {
    for (const subscription of [...this.subs, this.selection])
      subscription.unsubscribe();
    this.cross.dispose();
    this.control.abort();
  }

  private bars(kind: 'package' | 'user', value: string, aggregation: string): Chart {
    const chart = new Chart('Bar chart', {
      splitColumnName: kind, valueColumnName: value, valueAggrType: aggregation, barSortType: 'by value',
      barSortOrder: 'desc', maxBarHeight: 24, onClick: 'None', rowSource: 'Filtered', showValueSelector: false,
      showCategorySelector: false, showStackSelector: false, includeNulls: false, showSelectedRows: false,
    });
    let [hit, adding] = [false, false];
    chart.root.addEventListener('click', (e) => adding = e.ctrlKey || e.metaKey || e.shiftKey, true);
    this.subs.push(chart.event('d4-bar-chart-on-category-clicked').subscribe((event: any) => {
      hit = true;
      const chosen = this.valueCalled(kind, event?.args?.options?.categories?.[0]);
      if (chosen != null)
        this.cross.toggle(kind, chosen, adding);
    }));
    // The chart tells of a bar first; a click that reaches its root without that was on the background.
    chart.root.addEventListener('click', () => {
      if (!hit && !adding)
        this.cross.clear();
      hit = false;
    });
    return chart;
  }

  /** Whose bar has the label; null for one of nobody. */
  private valueCalled(kind: 'package' | 'user', label: string | undefined): string | null {
    if (this.shown == null || label == null || label === '')
      return null;
    const {frame} = this.shown;
    return [...firstRows(frame, kind)].find(([, row]) => frame.get(kind, row) === label)?.[0] ?? null;
  }

  /** Rows were selected by a click on the line or by dragging over a chart: that is a choice of what it tells apart. */
  private rowsSelected({frame}: Activity): void {
    const {choice} = this.cross;
    const rows = frame.selection.getSelectedIndexes();
    if (isSame(rows, choice == null ? [] : rowsOf(frame, choice).getSelectedIndexes()))
      return;
    this.cross.choose(rows.length === 0 ? null :
      {kind: this.touched, values: [...firstRows(frame, this.touched, rows).keys()]});
    this.mark();
  }

  /** Selects the rows of what is chosen. */
  private mark(): void {
    const {choice} = this.cross;
    if (choice == null)
      this.shown?.frame.selection.setAll(false);
    else
      this.shown?.frame.selection.copyFrom(rowsOf(this.shown.frame, choice));
  }

  /** The clicked chart keeps all that it shows and marks what is chosen; the others show its rows alone. */
  private changed(): void {
    const {choice} = this.cross;
    for (const [kind, chart] of Object.entries(this.charts))
      chart.setOptions({rowSource: choice?.kind === kind ? 'All' : 'Filtered',
        ...(kind === 'bucket' ? {} : {showSelectedRows: choice?.kind === kind})});
    if (this.shown == null)
      return;
    this.mark();
    this.chips.replaceChildren(...(choice == null ? [hint()] : this.choiceChips(choice)));
    if (choice != null)
      this.showChoice(choice);
    else if (this.opened)
      grok.shell.o = div('');
    this.opened = choice != null;
    this.keep();
  }

  private choiceChips(choice: Choice): HTMLElement[] {
    const {kind, values} = choice;
    const labels = choiceLabels(this.shown!, choice);
    return values.length > MOST_CHIPS ?
      [chip(choiceNames[kind], `${values.length} chosen`, () => this.cross.clear(), labels.join(', '))] :
      values.map((value, i) => chip(choiceNames[kind], labels[i], () => this.cross.toggle(kind, value, true)));
  }

  private showChoice(choice: Choice): void {
    this.control.abort();
    this.control = new AbortController();
    grok.shell.o = selectionPane({app: this.app, request: this.shown!.request, own: {}, signal: this.control.signal,
      details: ['Packages', 'Functions', 'Events']}, choiceSelection(this.shown!, choice));
  }

  /** Writes the choice into the address; later, for whoever is being told of a change of the state now. */
  private keep(): void {
    queueMicrotask(() => {
      if (this.isCurrent())
        this.app.filters.set({selected: writeChoice(this.cross.choice)});
    });
  }
}

function isSame(a: ArrayLike<unknown>, b: ArrayLike<unknown>): boolean {
  return a.length === b.length && Array.from(a).every((item, i) => item === b[i]);
}

/** Stands where the chosen items are named, so that the charts do not move when one is chosen. */
function hint(): HTMLElement {
  return div('ua-hint', 'Click a bar or a point to see the other charts for it alone; Ctrl+click chooses several.');
}
