import {addressOf} from '../views/address.ts';
import type {ViewHandle} from '../views/view.ts';
import {workspace, type AddressCause} from '../views/workspace.ts';

/** What the browser keeps with each entry of its history: the view that was shown. */
interface Entry {
  view: string;
}

/** The view that was opened or routed to and has not written an address of its own since; see below. */
let settling: ViewHandle | null = null;
/** Changes of the query that follow each other within this time, in milliseconds, are one entry of the history. */
const TYPING = 1000;
let lastChange = -Infinity;
/** Query parameters that belong to the page and to no view. */
const parameters = ['detached', 'user', 'mode'];

/**
 * Keeps the browser's address that of the current view.
 *
 * - Another view becomes current: a new entry, so that Back returns to the view before. When that happened because a
 *   view was closed, the closed view's entry is replaced: Back must not lead to what is gone.
 * - The current view changes its address: a new entry. A change of the query alone (filters) within a second of the
 *   change before belongs to that one's entry, or typing in a filter would bury the page under dozens of them.
 * - The first address that a view writes after it was opened or routed to replaces the entry: views complete
 *   `/apps/X` to `/apps/X/first-tab?...` by themselves, and Back would only be completed again. Once the user has
 *   clicked or typed, an address is taken as the user's doing.
 */
export function installAddressBar(): void {
  workspace.bus.on('address', ({view, cause}: {view: ViewHandle; cause: AddressCause}) => write(view, cause));
  workspace.bus.on('current', showTitle);
  workspace.bus.on('changed', () => showTitle(workspace.current));
  for (const gesture of ['pointerdown', 'keydown'])
    window.addEventListener(gesture, () => settling = null, true);
}

function showTitle(view: ViewHandle | null): void {
  document.title = view == null || view.name === '' ? 'Datagrok' : `${view.name} - Datagrok`;
}

/** The next address that the view writes by itself completes the one on the page. */
export function settle(view: ViewHandle): void {
  settling = view;
}

/** The view that an entry of the history belongs to, if it is still open. */
export function viewOf(entry: unknown): ViewHandle | null {
  return workspace.views.find((v) => v.id === (entry as Entry | null)?.view) ?? null;
}

/** Marks the present entry as the view's, leaving the address as it is. */
export function claimEntry(view: ViewHandle): void {
  history.replaceState({view: view.id} satisfies Entry, '');
}

function write(view: ViewHandle, cause: AddressCause): void {
  if (cause === 'route') {
    settling = view;
    claimEntry(view);
    return;
  }
  const wanted = new URL(withKept(addressOf(view)), location.origin);
  const samePath = wanted.pathname === location.pathname;
  if (wanted.href === location.href && (history.state as Entry | null)?.view === view.id)
    return;
  // The entry of a loader, or of a view that is gone, goes to the view that took the address over.
  const left = viewOf(history.state);
  const takesOver = wanted.href === location.href && (left == null || left.type === 'loading');
  const typing = samePath && performance.now() - lastChange < TYPING;
  lastChange = cause === 'view' ? performance.now() : -Infinity;
  const replace = takesOver || cause === 'close' || (cause === 'view' && (typing || settling === view));
  settling = cause === 'view' ? null : view;
  history[replace ? 'replaceState' : 'pushState']({view: view.id} satisfies Entry, '', wanted);
}

/** How the page itself was opened (as whom, in which mode) stays in the address when views change theirs. */
export function withKept(address: string): string {
  const url = new URL(address, location.origin);
  const now = new URLSearchParams(location.search);
  for (const name of parameters)
    if (now.has(name) && !url.searchParams.has(name))
      url.searchParams.set(name, now.get(name)!);
  return url.pathname + url.search + url.hash;
}

/** The query without what belongs to the page; `''` when nothing is left. */
export function ownQuery(search: string): string {
  const query = new URLSearchParams(search);
  for (const name of parameters)
    query.delete(name);
  const text = query.toString();
  return text === '' ? '' : `?${text}`;
}
