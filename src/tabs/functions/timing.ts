import * as grok from 'datagrok-api/grok';
import {formatNumberOf} from '../../core/format';
import type {UsageRequest} from '../../core/request';
import {isEmptyAnswer, type Answer} from '../../data/answer';
import {askTiming, LEAST_FOR_PERCENTILES} from '../../data/functions';
import {sumOf} from '../../data/points';
import {Runner} from '../../data/runner';
import {div} from '../../ui/dom';
import {Panel} from '../../ui/panel';
import {Table} from '../../ui/table';
import type {AppContext} from '../../ui/tab-view';
import {FunctionCalls} from './calls';
import {isId, readChosen, writeChosen, type Chosen} from './chosen';
import {functionPane, type FunctionNumbers} from './function-pane';
import {labelsOf} from './usage';

/** Arrow keys run over many rows; the one they stop at counts. */
const PAUSE = 150;

/** How long functions take: a row each, and the calls of the chosen one. */
export class ExecutionTime {
  readonly root: HTMLElement;
  private readonly runner = new Runner<UsageRequest, Answer>(askTiming, {key: (r) => r.key, isEmpty: isEmptyAnswer});
  private readonly calls: FunctionCalls;
  private readonly table = timingTable();
  private readonly hint = div('ua-hint', 'Choose a function, by a click or with the arrow keys, to see its calls.');
  private readonly problem = div('ua-problem');
  private shown: Answer | null = null;
  private pause: ReturnType<typeof setTimeout> | undefined;
  /** Function that the context panel shows; null when it shows something else. */
  private opened: string | null = null;
  private revealed: string | null = null;

  constructor(private readonly app: AppContext, private readonly isCurrent: () => boolean) {
    this.calls = new FunctionCalls(app, () => this.chosen, (patch) => this.change(patch));
    const {table} = this;
    const panel = this.panel(table);
    panel.sub(table.currentRow.subscribe((row) => this.rowChanged(row)));
    panel.sub(this.runner.states.subscribe(() => this.answered()));
    this.root = div('ua-subview', panel.root, this.hint, this.problem, this.calls.root);
  }

  private get chosen(): Chosen | null {
    return readChosen(this.app.filters.value.state.selected);
  }

  ask(request: UsageRequest, force: boolean): void {
    void this.runner.run(request, force);
    this.answered();
    const {chosen} = this;
    if (chosen == null || !isId(chosen.id))
      this.calls.hide();
    else
      this.calls.show(request, chosen, force);
  }

  clearSelection(): boolean {
    if (this.chosen == null)
      return false;
    clearTimeout(this.pause);
    this.app.filters.set({selected: []});
    if (this.opened != null)
      grok.shell.o = div('');
    this.opened = null;
    return true;
  }

  dispose(): void {
    clearTimeout(this.pause);
    this.runner.dispose();
    this.calls.dispose();
  }

  private change(patch: Partial<Chosen>): void {
    const {chosen} = this;
    if (chosen != null)
      this.app.filters.set({selected: writeChosen({...chosen, ...patch})});
  }

  private rowChanged(row: number): void {
    clearTimeout(this.pause);
    const id = row < 0 ? null : this.shown?.frame.get('function_id', row);
    if (id == null || id === this.chosen?.id || !this.isCurrent())
      return;
    this.pause = setTimeout(() => {
      if (this.isCurrent())
        this.app.filters.set({selected: writeChosen({id, status: '', run: null})});
    }, PAUSE);
  }

  /** Brings the table, the words around it and the context panel in line with what is chosen. */
  private answered(): void {
    const {state} = this.runner;
    if ((state.kind === 'ready' || state.kind === 'empty') && state.data !== this.shown) {
      this.shown = state.data;
      this.app.labels.learn('functions', labelsOf(state.data));
    }
    if (!this.isCurrent())
      return;
    const {chosen} = this;
    this.hint.hidden = chosen != null;
    if (this.shown == null)
      return;
    const {frame, request} = this.shown;
    const row = chosen == null ? -1 : frame.getCol('function_id').toList().indexOf(chosen.id);
    if (frame.currentRowIdx !== row)
      frame.currentRowIdx = row;
    // The table gives room to the calls when a function is chosen.
    if (row >= 0 && this.revealed !== chosen!.id)
      this.table.reveal(row);
    this.revealed = chosen?.id ?? null;
    const numbers = row < 0 ? null : numbersAt(this.shown, row);
    this.calls.describe(numbers);
    if (state.kind === 'ready' || state.kind === 'empty')
      void this.report(chosen, numbers);
    if (numbers == null)
      this.opened = null;
    else if (chosen!.run != null)
      this.opened = chosen!.id;
    else if (this.opened !== `${chosen!.id} ${request.key}`) {
      this.opened = `${chosen!.id} ${request.key}`;
      grok.shell.o = functionPane(this.app, request, numbers);
    }
  }

  /** What is chosen but not in the table is told, not dropped. */
  private async report(chosen: Chosen | null, numbers: FunctionNumbers | null): Promise<void> {
    const say = (text: string): void => {
      this.problem.textContent = text;
      this.problem.hidden = text === '';
    };
    if (chosen == null || numbers != null)
      return say('');
    if (!isId(chosen.id))
      return say(`"${chosen.id}" is not the id of a function.`);
    say('');
    // Another version of a function has an id of its own, under which no row is: its calls are shown all the same.
    const func = await grok.dapi.functions.find(chosen.id).catch(() => null);
    if (this.chosen?.id !== chosen.id)
      return;
    if (func == null)
      say(`There is no function with the id ${chosen.id} on this server.`);
    else
      this.calls.describe({...nothing, id: chosen.id, name: func.nqName});
  }

  private panel(table: Table): Panel<Answer> {
    const {runner, app} = this;
    const panel = new Panel<Answer>({states: runner.states, retry: () => void runner.retry(),
      cancel: () => runner.cancel(), zone: () => app.filters.zone, title: 'Execution time', content: table,
      definition: 'Calls that were saved with their inputs and outputs: not every logged run is. Times are from start ' +
        'to end of the calls that ended. p50 and p95: half, and 95 of 100, took no longer; empty where fewer than ' +
        `${LEAST_FOR_PERCENTILES} calls ended. Failed: calls with status Error. All versions of a function are one.`,
      empty: 'No function call was saved in this range.', exports: {frame: (a) => a.frame, app},
      note: ({frame, note}) => [formatNumberOf(frame.rowCount, 'function'),
        formatNumberOf(sumOf(frame, 'calls'), 'saved call'), 'times in UTC', note].filter((t) => t !== '').join(' · ')});
    panel.root.classList.add('ua-grow-2');
    return panel;
  }
}

/** Opens with what took most of everybody's time. */
function timingTable(): Table {
  const count = {format: '#,##0', width: 62};
  return new Table({order: {column: 'total_ms', descending: true}, columns: [
    {name: 'function', caption: 'Function', width: 210}, {name: 'calls', caption: 'Calls', ...count},
    {name: 'failed', caption: 'Failed', ...count}, {name: 'failed_share', caption: 'Failed, %', width: 70, format: '0.0%'},
    {name: 'p50_ms', caption: 'p50, ms', ...count}, {name: 'p95_ms', caption: 'p95, ms', ...count},
    {name: 'max_ms', caption: 'Longest, ms', width: 88, format: '#,##0'},
    {name: 'total_ms', caption: 'Total, ms', width: 85, format: '#,##0'}, {name: 'users', caption: 'Users', ...count},
    {name: 'last_call', caption: 'Last call', width: 125, format: 'MMM dd, yyyy HH:mm'},
    {name: 'unfinished', caption: 'Unfinished', width: 75, format: '#,##0'},
  ]});
}

const nothing = {calls: 0, failed: 0, unfinished: 0, users: 0, p50: null, p95: null, longest: null, total: null};

function numbersAt({frame}: Answer, row: number): FunctionNumbers {
  const number = (name: string): number => Number(frame.get(name, row));
  const duration = (name: string): number | null => frame.getCol(name).isNone(row) ? null : number(name);
  return {id: frame.get('function_id', row), name: frame.get('function', row), calls: number('calls'),
    failed: number('failed'), unfinished: number('unfinished'), users: number('users'), p50: duration('p50_ms'),
    p95: duration('p95_ms'), longest: duration('max_ms'), total: duration('total_ms')};
}
