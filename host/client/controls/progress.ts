import * as DG from 'datagrok-api/dg';
import {Subject} from 'rxjs';
import {Bus, Subscription} from '../interop/bus.ts';
import {define, override} from '../interop/define.ts';

/**
 * Tasks of the status bar. Each stands on a progress indicator of the core, so that it can be handed to a function
 * call, which then reports into it. The core has no way to cancel one from outside; that part is the host's.
 */
class Task {
  readonly canceled$ = new Subject<any>();
  readonly log$ = new Subject<any>();
  canceled = false;
  readonly updates: Subscription;

  constructor(readonly indicator: any, readonly name: string, readonly cancelable: boolean,
    readonly spinner: boolean) {
    this.updates = core.listen(core.updated(indicator), () => taskBus.fire('changed'));
  }

  get percent(): number {return core.percent(this.indicator) ?? 0;}
  get description(): string {return core.description(this.indicator) || this.name;}

  cancel(): void {
    if (!this.cancelable || this.canceled)
      return;
    this.canceled = true;
    this.canceled$.next(null);
    taskBus.fire('changed');
  }
}

/** A task as the status bar shows it. */
export interface RunningTask {
  name: string;
  /** 0 to 100; 0 until the first report. */
  percent: number;
  description: string;
  cancelable: boolean;
  /** Work of unknown length: no percent to show. */
  spinner: boolean;
  cancel(): void;
}

/** Fires `changed` when a task starts, reports, is cancelled or ends. */
export const taskBus = new Bus();

const running = new Map<any, Task>();
/** Tasks stay known after their end: packages read `canceled` then too. */
const tasks = new WeakMap<object, Task>();

/** Running tasks, oldest first. */
export function runningTasks(): RunningTask[] {
  return [...running.values()].map((t) => ({name: t.name, percent: t.percent, description: t.description,
    cancelable: t.cancelable, spinner: t.spinner, cancel: () => t.cancel()}));
}

const core = {
  create: (): any => (window as any).grok_ProgressIndicator_Create(),
  updated: (indicator: any): any => (window as any).grok_Progress_Updated(indicator),
  percent: (indicator: any): number | null => (window as any).grok_ProgressIndicator_Get_Percent(indicator),
  description: (indicator: any): string | null => (window as any).grok_ProgressIndicator_Get_Description(indicator),
  listen: (stream: any, handler: () => void): Subscription => {
    const subscription = (window as any).grok_Stream_Listen(stream, handler);
    return new Subscription(() => (window as any).grok_Subscription_Cancel(subscription));
  },
};

function start(name: string, cancelable: boolean, _pausable: boolean, spinner: boolean): any {
  const indicator = core.create();
  const task = new Task(indicator, name, cancelable, spinner);
  running.set(indicator, task);
  tasks.set(indicator, task);
  taskBus.fire('changed');
  return new DG.TaskBarProgressIndicator(indicator);
}

function end(indicator: any): void {
  const task = running.get(indicator);
  if (task == null)
    return;
  running.delete(indicator);
  task.updates.cancel();
  taskBus.fire('changed');
}

export function installProgress(): void {
  define({
    TaskBarProgressIndicator_Create: start,
    TaskBarProgressIndicator_Close: end,
  });
  override('ProgressIndicator_Get_Canceled', (original) => (x: any) =>
    tasks.get(x)?.canceled || original(x));
  override('Progress_Canceled', (original) => (x: any) => tasks.get(x)?.canceled$ ?? original(x));
  override('ProgressIndicator_Set_Description', (original) => (x: any, text: string) => {
    original(x, text);
    if (running.has(x))
      taskBus.fire('changed');
  });
  // The core's own indicators take structured log records only and refuse the lines that the published method passes.
  override('ProgressIndicator_Log', (original) => (x: any, line: any) => {
    const task = tasks.get(x);
    if (task == null)
      original(x, line);
    else
      task.log$.next(line);
  });
  override('Progress_Log_Updated', (original) => (x: any) => tasks.get(x)?.log$ ?? original(x));
}
