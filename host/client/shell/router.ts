import * as DG from 'datagrok-api/dg';
import {addressOf, isBelow, segments} from '../views/address.ts';
import {createViewByType, hasViewType} from '../views/index.ts';
import type {ViewHandle} from '../views/view.ts';
import {workspace} from '../views/workspace.ts';
import {claimEntry, ownQuery, settle, viewOf, withKept} from './address-bar.ts';
import {findApp} from './apps.ts';
import {openApp} from './app-start.ts';
import {HomeView} from './home.ts';
import {openFunction} from './open-function.ts';
import {packageProblem, ProblemView} from './problem-view.ts';
import {setMode} from './windows.ts';

const start = location.href;

/** The address with which the page was opened. */
export const startUri = (): string => start;

/**
 * Opens the address of the page, and follows the browser's back and forward from then on. It does not wait for an app
 * to finish its start: the app's loader is on the page already.
 */
export function startRouting(): void {
  window.addEventListener('popstate', (e) => void follow(e.state));
  if (new URLSearchParams(location.search).get('mode') === 'presentation')
    setMode('PresentationMode', true);
  void open(location.pathname, location.search);
}

/** Opens an address as if it had been typed, adding an entry to the browser's history. */
export function openAddress(address: string): void {
  const url = new URL(withKept(address), location.origin);
  history.pushState(null, '', url);
  void open(url.pathname, url.search);
}

/**
 * Back and forward: the view that was shown under this entry if it is still open, else an open view that claims the
 * address, else the address is opened anew.
 */
async function follow(entry: unknown): Promise<void> {
  const {pathname} = location;
  const query = ownQuery(location.search);
  const view = viewOf(entry) ?? claimant(pathname);
  if (view == null)
    return open(pathname, location.search);
  const before = workspace.current;
  const had = addressOf(view);
  settle(view);
  if (had !== pathname + query && view.basePath !== '')
    view.settlePath((isBelow(pathname, view.basePath) ? pathname.slice(view.basePath.length) : pathname) + query);
  workspace.activate(view, 'route');
  claimEntry(view);
  // The published contract: the address bar is already up to date, the handler gets the path without the query.
  if (had !== pathname + query)
    view.script.handlePath?.(pathname);
  if (workspace.current === before && before !== view)
    workspace.activate(view, 'route');
}

/** A view that says it takes the path, or whose base path the path continues. The current view is asked first. */
function claimant(pathname: string): ViewHandle | null {
  const order = [workspace.current, ...workspace.views].filter((v): v is ViewHandle => v != null);
  return order.find((v) => v.script.acceptsPath?.(pathname) === true) ??
    order.filter((v) => v.basePath !== '' && v.basePath !== '/' && isBelow(pathname, v.basePath))
      .sort((a, b) => b.basePath.length - a.basePath.length)[0] ??
    order.find((v) => v.basePath === '' && v.path === '/' && pathname === '/') ?? null;
}

async function open(pathname: string, search: string): Promise<void> {
  const [first, second, ...more] = segments(pathname);
  const kind = first?.toLowerCase();
  if (kind === 'browse')
    return open(pathname.replace(/^\/browse\b/i, '') || '/', search);
  const app = findApp(pathname);
  if (app != null && 'app' in app)
    return openApp(app, search);
  if (app != null) {
    const problem = await packageProblem(app.packageName, () => void open(pathname, search));
    return showProblem(problem, pathname + ownQuery(search));
  }
  if (kind === undefined)
    return put('home', () => new HomeView());
  if ((kind === 'q' || kind === 'func' || kind === 'script') && second != null)
    return openNamed([second, ...more].join('/'), pathname);
  openList(kind, pathname);
}

/** `/q/<namespace>.<connection>.<query>` and the like: the last part is the function's name. */
function openNamed(text: string, pathname: string): void {
  const parts = text.split(/[.:/]/);
  const name = parts[parts.length - 1];
  const found = DG.Func.find({name}).filter((f) =>
    parts.length === 1 || [f.package?.name, f.nqName.split(':')[0]].some((p) => p?.toLowerCase() === parts[0].toLowerCase()));
  if (found.length > 0)
    openFunction(found[0]);
  else
    showProblem(new ProblemView(404, `There is no function "${text}".`), pathname);
}

/** Lists of entities, by their own addresses and by the short ones of single entities. */
function openList(kind: string, pathname: string): void {
  const type = ({q: 'queries', func: 'functions', script: 'scripts', p: 'projects'} as Record<string, string>)[kind] ?? kind;
  if (hasViewType(type))
    put(type, () => createViewByType(type));
  else
    showProblem(new ProblemView(404, `Nothing is found at ${pathname}.`), pathname);
}

/** Shows the page of the address on the screen. One that is open already only becomes current. */
function put(type: string, make: () => ViewHandle): void {
  const view = workspace.views.find((v) => v.type === type) ?? make();
  workspace.add(view, {cause: 'route'});
  claimEntry(view);
}

function showProblem(view: ProblemView, address: string): void {
  view.openedAt = address;
  workspace.add(view, {cause: 'route'});
}
