import {Bus, shellBus} from '../interop/bus.ts';
import {HostEvent} from '../interop/event-data.ts';
import {kill} from '../interop/life-cycle.ts';
import {addressOf} from './address.ts';
import type {ViewHandle} from './view.ts';

/** How an address got onto the page: written by the view, or a view became current, or by going back and forward. */
export type AddressCause = 'view' | 'activation' | 'close' | 'route';

/**
 * The open views and the current one. Packages see it as `grok.shell.views` and `grok.shell.v`; the shell's parts
 * listen to `bus`:
 *
 * - `adding` (a view that will be in the list), `list` (views were added, removed, or moved), `removed` (a view);
 * - `current` (the new current view or null), `changed` (one view's name, toolbox, ribbon, ...);
 * - `address` ({view, cause}).
 *
 * Order of the published events. Adding: `grok-view-adding`, `grok-view-added`, `d4-current-view-changing`,
 * `d4-current-view-changed`. Closing: `grok-view-removing` (may be prevented), then the two current-view events when
 * another view takes over, `grok-view-removed`, and only then the widgets inside are killed, so that a view still hears
 * of its own removal.
 */
class Workspace {
  readonly bus = new Bus();
  private open: ViewHandle[] = [];
  private currentView: ViewHandle | null = null;
  /** Views that were current, the latest last: closing goes back to where the user was. */
  private visited: ViewHandle[] = [];

  get views(): readonly ViewHandle[] {return this.open;}

  get current(): ViewHandle | null {return this.currentView;}

  get preview(): ViewHandle | null {return this.open.find((v) => v.isPreview) ?? null;}

  has(view: ViewHandle | null): boolean {return view != null && this.open.includes(view);}

  /**
   * Adds the view and makes it current; a view that is already there only becomes current.
   * @param options.preview replaces the preview shown before, unless that was pinned.
   * @param options.cause `route` when the address on the page is already that of the view.
   * @param options.instead the view whose place it takes; that one is closed.
   */
  add(view: ViewHandle, options: {preview?: boolean; cause?: AddressCause; instead?: ViewHandle} = {}): void {
    if (this.has(view)) {
      this.activate(view, options.cause ?? 'activation');
      return;
    }
    const replaced = options.instead ?? (options.preview === true ? this.preview : null);
    view.isPreview = options.preview === true;
    shellBus.fire('grok-view-adding', view);
    this.bus.fire('adding', view);
    const place = replaced == null ? -1 : this.open.indexOf(replaced);
    this.open.splice(place < 0 ? this.open.length : place, 0, view);
    view.attach();
    shellBus.fire('grok-view-added', view);
    this.bus.fire('list');
    const was = this.currentView;
    if (options.instead == null || was === options.instead || was == null)
      this.activate(view, options.cause ?? (was === replaced && replaced != null ? 'close' : 'activation'));
    if (replaced != null)
      this.close(replaced, true);
  }

  activate(view: ViewHandle | null, cause: AddressCause = 'activation'): void {
    const previous = this.currentView;
    if (view === previous || (view != null && !this.has(view)))
      return;
    const changing = new HostEvent({view: view?.wrapper ?? null}, null);
    shellBus.fire('d4-current-view-changing', changing);
    if (changing.isDefaultPrevented)
      return;
    // `grok-view-changing` and `-changed` are older names; that they carry the view is a guess from the typings.
    shellBus.fire('grok-view-changing', view);
    this.currentView = view;
    if (view != null)
      this.visited = [...this.visited.filter((v) => v !== view), view];
    this.bus.fire('current', view);
    if (view != null)
      this.bus.fire('address', {view, cause});
    shellBus.fire('d4-current-view-changed',
      new HostEvent({previous: previous?.wrapper ?? null, current: view?.wrapper ?? null}));
    shellBus.fire('grok-view-changed', view);
  }

  /** @returns false when a subscriber of `grok-view-removing` prevented it. */
  close(view: ViewHandle, force = false): boolean {
    if (!this.has(view))
      return true;
    const removing = new HostEvent({view: view.wrapper});
    shellBus.fire('grok-view-removing', removing);
    if (removing.isDefaultPrevented && !force)
      return false;
    const place = this.open.indexOf(view);
    this.open.splice(place, 1);
    this.visited = this.visited.filter((v) => v !== view);
    if (this.currentView === view)
      this.activate(this.visited[this.visited.length - 1] ?? this.open[Math.max(0, place - 1)] ?? null, 'close');
    this.bus.fire('list');
    shellBus.fire('grok-view-removed', view);
    for (const part of [view.root, view.toolbox, ...view.ribbonPanels.flat(), ...view.statusBarPanels])
      if (part != null) {
        kill(part);
        part.remove();
      }
    this.bus.fire('removed', view);
    return true;
  }

  closeAll(): void {
    for (const view of [...this.open].reverse())
      this.close(view, true);
  }

  /** Called by views; not for others. */
  renamed(view: ViewHandle): void {
    if (this.has(view))
      shellBus.fire('grok-view-renamed', view);
  }

  changed(view: ViewHandle): void {
    if (this.has(view))
      this.bus.fire('changed', view);
  }

  addressChanged(view: ViewHandle): void {
    if (this.currentView === view)
      this.bus.fire('address', {view, cause: 'view' satisfies AddressCause});
  }

  /** The open view with this address, ignoring queries. */
  byAddress(pathname: string): ViewHandle | null {
    return this.open.find((v) => addressOf(v).split('?')[0] === pathname) ?? null;
  }
}

export const workspace = new Workspace();
