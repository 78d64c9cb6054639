import * as DG from 'datagrok-api/dg';
import * as grok from 'datagrok-api/grok';
import * as ui from 'datagrok-api/ui';
import type {Subscription} from 'rxjs';
import {runningTasks, taskBus} from '../controls/progress.ts';
import {workspace} from '../views/workspace.ts';
import type {ViewHandle} from '../views/view.ts';
import {box, iconButton, text} from './dom.ts';
import {places} from './layout.ts';
import {showUserMenu} from './user-menu.ts';

const tasks = box('layout-status-tasks');
const table = box('layout-status-table');
const panels = box('layout-status-panels');
let subscriptions: Subscription[] = [];
let watched: any = null;

/** Bottom line: running tasks, the current table, the view's own panels, zone and user. */
export function installStatusBar(): void {
  tasks.setAttribute('aria-live', 'polite');
  const zone = text('layout-status-zone', 'UTC');
  ui.tooltip.bind(zone, () => `Times are stored and shown in UTC. This computer's zone is ${Intl.DateTimeFormat().resolvedOptions().timeZone}.`);
  places.status.append(tasks, table, panels, zone);
  taskBus.on('changed', showTasks);
  workspace.bus.on('current', showView);
  workspace.bus.on('changed', (view: ViewHandle) => {
    if (view === workspace.current)
      showView(view);
  });
}

/** Once the start-up data tells who is signed in. */
export function showUser(): void {
  const user = grok.shell.user;
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'layout-status-user';
  button.textContent = user?.friendlyName || user?.login || 'Not signed in';
  button.disabled = user == null;
  button.addEventListener('click', () => void showUserMenu(button));
  ui.tooltip.bind(button, () => user == null ? 'This page runs without a server.' :
    `Signed in as ${user.login}. Click to see the page as somebody else.`);
  places.status.append(button);
}

function showTasks(): void {
  tasks.replaceChildren(...runningTasks().map((task) => {
    const bar = document.createElement('progress');
    bar.max = 100;
    if (task.percent > 0)
      bar.value = task.percent;
    const root = box('layout-status-task', text('', task.description || task.name), bar);
    if (task.cancelable)
      root.append(iconButton('times', 'Cancel', () => task.cancel()));
    return root;
  }));
}

function showView(view: ViewHandle | null): void {
  panels.replaceChildren(...(view?.statusBarPanels ?? []));
  watch(view?.table ?? null);
}

/** Counts follow the frame, at most once per animation frame. */
function watch(frame: any): void {
  if (frame === watched)
    return;
  watched = frame;
  subscriptions.forEach((s) => s.unsubscribe());
  subscriptions = [];
  if (frame == null) {
    table.replaceChildren();
    return;
  }
  const df = new DG.DataFrame(frame);
  let pending = false;
  const refresh = (): void => {
    if (pending)
      return;
    pending = true;
    requestAnimationFrame(() => {
      pending = false;
      if (watched === frame)
        showTable(df);
    });
  };
  subscriptions = [df.onSelectionChanged, df.onFilterChanged, df.onRowsAdded, df.onRowsRemoved, df.onCurrentRowChanged]
    .map((event) => event.subscribe(refresh) as unknown as Subscription);
  showTable(df);
}

function showTable(df: DG.DataFrame): void {
  const number = (n: number): string => n.toLocaleString('en-US');
  const part = (name: string, value: string): HTMLElement => {
    const span = text('layout-status-item', value);
    span.dataset.name = name;
    return span;
  };
  table.replaceChildren(part('table', df.name), part('columns', `Columns: ${number(df.columns.length)}`),
    part('rows', `Rows: ${number(df.rowCount)}`), part('selected', `Selected: ${number(df.selection.trueCount)}`),
    part('filtered', `Filtered: ${number(df.filter.trueCount)}`),
    ...(df.currentRowIdx >= 0 ? [part('current', `Row: ${number(df.currentRowIdx + 1)}`)] : []));
}
