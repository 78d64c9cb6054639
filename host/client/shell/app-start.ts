import * as DG from 'datagrok-api/dg';
import * as ui from 'datagrok-api/ui';
import {dart} from '../interop/dart.ts';
import {kill} from '../interop/life-cycle.ts';
import {ViewHandle} from '../views/view.ts';
import {workspace} from '../views/workspace.ts';
import {claimEntry, ownQuery, withKept} from './address-bar.ts';
import {appParameters, type Route} from './apps.ts';
import {box, iconOf, messageOf} from './dom.ts';
import {ProblemView} from './problem-view.ts';
import {remember} from './recent.ts';

/** Stands in the app's place until the app has made its view. */
class LoadingView extends ViewHandle {
  override get type(): string {return 'loading';}

  constructor(name: string, address: string) {
    super();
    this.name = name;
    this.openedAt = address;
    this.icon = iconOf('spinner');
    this.root.classList.add('grok-app-loading');
    this.root.append(ui.loader(), box('', `Starting ${name}`));
  }
}

/**
 * Runs an app and shows the view that it returns, with the call attached and the app's address as base path. An app may
 * also add views by itself and return nothing. While it runs, its tab shows a loader; closing that tab drops the
 * result. Whatever name the app was called by, the page then shows its canonical address.
 */
export async function openApp({app, rest}: Route, search: string): Promise<void> {
  const address = app.address + rest + ownQuery(search);
  history.replaceState(history.state, '', withKept(address));
  const loader = new LoadingView(app.name, address);
  workspace.add(loader, {cause: 'route'});
  claimEntry(loader);
  remember(app.name, app.address);
  // A view that the app adds while its loader is in front has the app's address.
  const own: ViewHandle[] = [];
  const adding = workspace.bus.on('adding', (view: ViewHandle) => {
    if (workspace.current !== loader)
      return;
    own.push(view);
    place(view, loader, app.address);
  });
  try {
    const call = app.func.prepare(appParameters(app.func, rest, new URLSearchParams(search)));
    await call.call(false, undefined, {processed: true});
    finish(loader, viewIn(call) ?? own[0] ?? null, call, app.address);
  } catch (e) {
    const retry = (): void => {
      workspace.close(problem, true);
      void openApp({app, rest}, search);
    };
    const problem = new ProblemView(500, `${app.name} did not start: ${messageOf(e)}`, retry);
    problem.openedAt = address;
    if (workspace.has(loader))
      workspace.add(problem, {instead: loader, cause: 'route'});
  } finally {
    adding.cancel();
  }
}

function place(view: ViewHandle, loader: ViewHandle, base: string): void {
  view.openedAt ??= loader.openedAt;
  if (view.basePath === '')
    view.settleBasePath(base);
}

function finish(loader: ViewHandle, view: ViewHandle | null, call: DG.FuncCall, base: string): void {
  if (view != null) {
    view.parentCall ??= dart(call);
    place(view, loader, base);
  }
  if (view == null || workspace.has(view))
    workspace.close(loader, true);
  else if (workspace.has(loader))
    // An app that wrote its path while it was made has completed its own address.
    workspace.add(view, {instead: loader, cause: view.path === '' ? 'route' : 'close'});
  else
    kill(view.root);
}

function viewIn(call: DG.FuncCall): ViewHandle | null {
  for (const p of call.func.outputs) {
    const value = call.getParamValue(p.name);
    const handle = value instanceof DG.ViewBase ? dart(value) : value;
    if (handle instanceof ViewHandle)
      return handle;
  }
  return null;
}
