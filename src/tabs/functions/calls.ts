import * as grok from 'datagrok-api/grok';
import type * as DG from 'datagrok-api/dg';
import {unitLabel} from '../../core/buckets';
import {formatCount} from '../../core/format';
import type {UsageRequest} from '../../core/request';
import {askRun, askRuns, askTimeline, runAt, valuePrefix, type Run, type RunStatus, type Timeline} from
  '../../data/function-calls';
import {LEAST_FOR_PERCENTILES, notApplied} from '../../data/functions';
import {messageOf, Runner} from '../../data/runner';
import {div, element} from '../../ui/dom';
import {Pages} from '../../ui/pages';
import {Panel} from '../../ui/panel';
import type {TableColumn} from '../../ui/table';
import type {AppContext} from '../../ui/tab-view';
import {callPane} from './call-pane';
import {CountChart, DurationChart, spread} from './calls-chart';
import type {Chosen} from './chosen';
import type {FunctionNumbers} from './function-pane';

const PAGE = 50;

interface TimelineRequest {
  readonly request: UsageRequest;
  readonly id: string;
}

const statuses: readonly {status: RunStatus, caption: string, count: 'calls' | 'failed' | 'unfinished'}[] = [
  {status: '', caption: 'All', count: 'calls'}, {status: 'Error', caption: 'Failed', count: 'failed'},
  {status: 'unfinished', caption: 'Unfinished', count: 'unfinished'}];

/** The calls of one function: over time, how long each took, and one by one with all that went in and came out. */
export class FunctionCalls {
  readonly root: HTMLElement;
  private readonly timeline = new Runner<TimelineRequest, Timeline>(({request, id}, signal) =>
    askTimeline(request, id, signal), {key: ({request, id}) => `${id} ${request.key}`, isEmpty: (t) => t.calls === 0});
  private readonly pages: Pages;
  private readonly heading = element('h3', 'ua-function-name');
  private readonly switch = div('ua-switch');
  /** Call in the context panel. */
  private opened: string | null = null;
  private marking = false;
  private control = new AbortController();

  /**
   * @param chosen what the address says is chosen now.
   * @param change writes a part of it into the address.
   */
  constructor(private readonly app: AppContext, private readonly chosen: () => Chosen | null,
    private readonly change: (patch: Partial<Chosen>) => void) {
    this.pages = this.callPages();
    this.pages.panel.sub(this.pages.table.currentRow.subscribe((row) => {
      if (row >= 0 && this.pages.frame != null && !this.marking)
        this.open(runAt(this.pages.frame, row));
    }));
    this.pages.panel.sub(this.pages.states.subscribe(() => this.mark()));
    const charts = div('ua-function-charts', this.countPanel().root, this.durationPanel().root);
    this.root = div('ua-function', this.heading, charts, this.pages.panel.root);
    this.hide();
  }

  show(request: UsageRequest, {id, status, run}: Chosen, force: boolean): void {
    this.root.style.display = '';
    void this.timeline.run({request, id}, force);
    this.pages.ask(request, `${id} ${status}`, force);
    this.showSwitch();
    if (run == null)
      this.opened = null;
    else if (this.opened !== run.id)
      void this.restore(request, id, run);
  }

  hide(): void {
    this.root.style.display = 'none';
    this.opened = null;
    this.control.abort();
  }

  /** Name and numbers of the function that is shown; null while they are not known. */
  describe(numbers: FunctionNumbers | null): void {
    this.numbers = numbers;
    this.heading.textContent = numbers?.name ?? '';
    this.showSwitch();
  }

  dispose(): void {
    this.control.abort();
    this.timeline.dispose();
    this.pages.dispose();
  }

  private numbers: FunctionNumbers | null = null;

  private showSwitch(): void {
    const current = this.chosen()?.status ?? '';
    this.switch.replaceChildren(...statuses.map(({status, caption, count}) => {
      const number = this.numbers?.[count];
      const button = element('button', 'ua-switch-button',
        number == null ? caption : `${caption} ${formatCount(number)}`);
      button.type = 'button';
      button.classList.toggle('ua-switch-current', status === current);
      button.setAttribute('aria-pressed', String(status === current));
      button.addEventListener('click', () => this.change({status, run: null}));
      return button;
    }));
  }

  /** Marks the chosen call where it is on the page. */
  private mark(): void {
    const id = this.chosen()?.run?.id;
    const row = id == null ? -1 : this.pages?.frame?.getCol('id').toList().indexOf(id) ?? -1;
    if (row < 0 || this.pages.frame!.currentRowIdx === row)
      return;
    this.marking = true;
    this.pages.frame!.currentRowIdx = row;
    this.marking = false;
    this.pages.table.reveal(row);
  }

  private open(run: Run): void {
    this.control.abort();
    this.control = new AbortController();
    this.opened = run.id;
    this.change({run: {id: run.id, started: run.started}});
    this.mark();
    grok.shell.o = callPane(this.app, run, this.control.signal);
  }

  /** The address names a call: it is asked for by itself, for it may be on any page. */
  private async restore(request: UsageRequest, functionId: string, {id, started}: NonNullable<Chosen['run']>):
    Promise<void> {
    this.control.abort();
    const {signal} = this.control = new AbortController();
    this.opened = id;
    try {
      const run = await askRun(request, functionId, id, started, signal);
      if (signal.aborted)
        return;
      if (run != null)
        grok.shell.o = callPane(this.app, run, signal);
      else
        grok.shell.warning('The chosen call is not among those of this function under these filters');
    } catch (e) {
      if (!signal.aborted)
        grok.shell.error(messageOf(e));
    }
  }

  private common(): Pick<ConstructorParameters<typeof Panel<Timeline>>[0], 'states' | 'retry' | 'cancel' | 'zone' | 'empty'> {
    return {states: this.timeline.states, retry: () => void this.timeline.retry(), cancel: () => this.timeline.cancel(),
      zone: () => this.app.filters.zone, empty: 'No call of this function was saved in this range.'};
  }

  private countPanel(): Panel<Timeline> {
    const chart = new CountChart();
    return new Panel<Timeline>({...this.common(), title: 'Calls over time', content: chart,
      definition: 'Saved calls of the chosen function in each bucket, and how many of them have the status Error.',
      exports: {frame: (t) => t.buckets, chart: chart.root, app: this.app},
      note: ({request}) => [unitLabel(request.unit), request.zone, notApplied(request)].filter((t) => t !== '')
        .join(' · ')});
  }

  private durationPanel(): Panel<Timeline> {
    const chart = new DurationChart();
    const panel = new Panel<Timeline>({...this.common(), title: 'Duration, ms', content: chart,
      definition: 'From start to end. A dot for each call; when there are more than a thousand, half (p50) and 95 of ' +
        `100 (p95) calls of each bucket took no longer, for buckets of ${LEAST_FOR_PERCENTILES} calls or more.`,
      exports: {frame: (t) => t.runs ?? t.buckets, chart: chart.root, app: this.app}, note: durationNote});
    panel.sub(chart.picked.subscribe((run) => this.open(run)));
    return panel;
  }

  private callPages(): Pages {
    return new Pages({app: this.app, title: 'Calls', pageSize: PAGE, timeColumn: 'started', tools: this.switch,
      definition: 'Saved calls of the chosen function, the newest first, with every input (in) and output (out). ' +
        'Choose one to see its values in full. Of data frames the name alone is stored.',
      empty: 'There is no such call in this range.', columns: callColumns, note: notApplied,
      ask: (request, cursor, signal) => {
        const {id = '', status = ''} = this.chosen() ?? {};
        return askRuns(request, {functionId: id, status}, {pageSize: PAGE,
          ...(cursor == null ? {} : {beforeId: cursor.id}),
          ...(cursor?.time == null ? {} : {beforeTime: cursor.time})}, signal);
      }});
  }
}

function durationNote({request, runs}: Timeline): string {
  if (runs == null)
    return [`p50 and p95 ${unitLabel(request.unit)}`, request.zone].join(' · ');
  const unfinished = Array.from({length: runs.rowCount}, (_, row) => runs.getCol('ms').isNone(row))
    .filter((none) => none).length;
  return ['each dot is a call', 'times in UTC', spread(runs) > 20 ? 'logarithmic' : '',
    unfinished > 0 ? `${formatCount(unfinished)} without an end are not shown` : ''].filter((t) => t !== '').join(' · ');
}

function callColumns(frame: DG.DataFrame): TableColumn[] {
  const values = frame.columns.names().filter((name) => Object.values(valuePrefix).some((p) => name.startsWith(p)));
  return [{name: 'started', caption: 'Started', width: 150, format: 'MMM dd, yyyy HH:mm:ss'},
    {name: 'user', caption: 'User', width: 130}, {name: 'ms', caption: 'Duration, ms', width: 90, format: '#,##0'},
    {name: 'status', caption: 'Status', width: 80}, ...values.map((name) => ({name, width: 120})),
    {name: 'version', caption: 'Version', width: 65}, {name: 'error_message', caption: 'Error', width: 260}];
}
