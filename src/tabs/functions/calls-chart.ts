import * as DG from 'datagrok-api/dg';
import {Subject, type Subscription} from 'rxjs';
import {runAt, type Run, type Timeline} from '../../data/function-calls';
import {Chart} from '../../ui/chart';
import {div} from '../../ui/dom';
import type {PanelContent} from '../../ui/panel';
import {currentTheme} from '../../ui/theme';

const common = {showXSelector: false, showYSelectors: false, showAggrSelectors: false, showSplitSelector: false,
  showTopPanel: false, legendVisibility: 'Always', legendPosition: 'Top', xAxisLabel: ''};

/** Word for each outcome, in both charts. */
const outcomes = {failed: 'failed', other: 'not failed'};

function colorOutcomes(column: DG.Column): void {
  const dark = currentTheme() === 'dark';
  (column.meta.colors as any).setCategorical({[outcomes.failed]: dark ? '#f07a7a' : '#d64545',
    [outcomes.other]: dark ? '#6aaeea' : '#3b82c4'});
}

/** How many calls there were in each bucket, and how many of them failed. */
export class CountChart implements PanelContent<Timeline> {
  private readonly chart = new Chart('Line chart', {...common, xColumnName: 'bucket', yColumnNames: ['calls'],
    yAggrTypes: ['sum'], splitColumnName: 'outcome', chartTypes: ['Stacked Bar Chart']});
  readonly root = this.chart.root;
  private shown: DG.DataFrame | null = null;

  show({buckets}: Timeline): void {
    if (buckets === this.shown)
      return;
    this.shown = buckets;
    this.chart.show({frame: stacked(buckets)});
  }

  dispose(): void {
    this.chart.dispose();
  }
}

/** A row per bucket and outcome, as stacking needs it. */
function stacked(buckets: DG.DataFrame): DG.DataFrame {
  const [calls, failed] = ['calls', 'failed'].map((name) => buckets.getCol(name).getRawData());
  const n = buckets.rowCount;
  const frame = twice(buckets, 'outcome', outcomes.other, outcomes.failed);
  frame.columns.add(DG.Column.int('calls', 2 * n).init((row: number) =>
    row < n ? calls[row] - failed[row] : failed[row - n]));
  colorOutcomes(frame.getCol('outcome'));
  return frame;
}

/** A row per bucket and percentile, so that the legend names the percentiles. */
function percentiles(buckets: DG.DataFrame): DG.DataFrame {
  const [p50, p95] = ['p50_ms', 'p95_ms'].map((name) => buckets.getCol(name));
  const n = buckets.rowCount;
  const frame = twice(buckets, 'percentile', 'p50', 'p95');
  const ms = DG.Column.float('ms', 2 * n).init((row: number) => {
    const [column, at] = row < n ? [p50, row] : [p95, row - n];
    return column.isNone(at) ? null : column.get(at);
  });
  ms.meta.format = '#,##0';
  frame.columns.add(ms);
  return frame;
}

/** Every bucket once for each of two words. */
function twice(buckets: DG.DataFrame, name: string, first: string, second: string): DG.DataFrame {
  const n = buckets.rowCount;
  const bucket = buckets.getCol('bucket');
  return DG.DataFrame.fromColumns([
    DG.Column.dateTime('bucket', 2 * n).init((row: number) => bucket.get(row % n)),
    DG.Column.string(name, 2 * n).init((row: number) => row < n ? first : second)]);
}

/** How long calls took: a dot for each while they are few, else the percentiles of each bucket. */
export class DurationChart implements PanelContent<Timeline> {
  readonly root = div('ua-chart');
  /** The call whose dot was clicked. */
  readonly picked = new Subject<Run>();
  private readonly dots = new Chart('Scatter plot', {
    xColumnName: 'started', yColumnName: 'ms', colorColumnName: 'outcome', markerDefaultSize: 7,
    zoomAndFilter: 'no action', showXSelector: false, showYSelector: false, showSizeSelector: false,
    showColorSelector: false, legendVisibility: 'Always', legendPosition: 'Top'});
  private readonly lines = new Chart('Line chart', {...common, xColumnName: 'bucket', yColumnNames: ['ms'],
    yAggrTypes: ['max'], splitColumnName: 'percentile'});
  private subscription: Subscription | null = null;
  private shown: DG.DataFrame | null = null;

  constructor() {
    this.root.append(this.dots.root, this.lines.root);
  }

  show({buckets, runs}: Timeline): void {
    if (buckets === this.shown)
      return;
    this.shown = buckets;
    this.dots.root.style.display = runs == null ? 'none' : '';
    this.lines.root.style.display = runs == null ? '' : 'none';
    this.subscription?.unsubscribe();
    if (runs == null)
      return this.lines.show({frame: percentiles(buckets)});
    prepareDots(runs);
    this.dots.setOptions({yAxisType: spread(runs) > 20 ? 'logarithmic' : 'linear'});
    this.dots.show({frame: runs});
    this.subscription = runs.onCurrentRowChanged.subscribe(() => {
      if (runs.currentRowIdx >= 0)
        this.picked.next(runAt(runs, runs.currentRowIdx));
    });
  }

  dispose(): void {
    this.subscription?.unsubscribe();
    this.picked.complete();
    this.dots.dispose();
    this.lines.dispose();
  }
}

function prepareDots(runs: DG.DataFrame): void {
  if (runs.col('outcome') != null)
    return;
  const outcome = DG.Column.string('outcome', runs.rowCount).init((row: number) =>
    String(runs.get('status', row)).toLowerCase() === 'error' ? outcomes.failed : outcomes.other);
  runs.columns.add(outcome);
  colorOutcomes(outcome);
  runs.getCol('ms').meta.format = '#,##0';
}

/** How many times longer the longest call took than the shortest; 0 where one took no time at all. */
export function spread(runs: DG.DataFrame): number {
  const ms = runs.getCol('ms');
  let [min, max] = [Infinity, 0];
  for (let row = 0; row < runs.rowCount; row++)
    if (!ms.isNone(row)) {
      min = Math.min(min, ms.get(row));
      max = Math.max(max, ms.get(row));
    }
  // Nothing has no place on a logarithmic axis.
  return min > 0 && min < Infinity ? max / min : 0;
}
