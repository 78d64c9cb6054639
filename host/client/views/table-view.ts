import * as DG from 'datagrok-api/dg';
import {dart, js} from '../interop/dart.ts';
import {shellBus} from '../interop/bus.ts';
import {HostEvent} from '../interop/event-data.ts';
import type {GridHandle} from '../grid/grid-handle.ts';
import {createViewer} from '../viewers/registry.ts';
import type {ViewerHandle} from '../viewers/viewer-handle.ts';
import {DockManagerHandle} from './dock-manager.ts';
import type {DockNodeHandle, DockSide} from './dock-node.ts';
import {tableRibbon} from './table-ribbon.ts';
import {tableToolbox} from './table-toolbox.ts';
import {ViewHandle} from './view.ts';
import {workspace} from './workspace.ts';

/** A table with its grid, and viewers docked around the grid. */
export class TableViewHandle extends ViewHandle {
  override readonly kind: string = 'TableView';
  readonly grid: GridHandle;
  readonly docking: DockManagerHandle;
  readonly accordion: DG.Accordion;
  private others: ViewerHandle[] = [];
  private subscription: {unsubscribe(): void};

  constructor(private frame: DG.DataFrame) {
    super();
    this.grid = createViewer(DG.VIEWER.GRID, dart(frame), {}) as GridHandle;
    this.docking = new DockManagerHandle(this.grid.root);
    this.docking.closed.subscribe((element) => this.panelClosed(element));
    this.root.append(this.docking.element);
    // A table view is its grid: closing the grid from its menu closes the view; the table stays in the workspace.
    this.grid.onClose = () => workspace.close(this);
    this.name = frame.name || 'table';
    this.subscription = this.watchName(frame);
    const toolbox = tableToolbox(this);
    this.accordion = toolbox.accordion;
    this.toolbox = toolbox.root;
    this.setRibbonPanels(tableRibbon(this), true);
  }

  protected override createWrapper(): any {
    return new DG.TableView(this);
  }

  protected override makeRoot(): HTMLElement {
    const root = super.makeRoot();
    root.classList.add('grok-table-view');
    return root;
  }

  override get type(): string {return DG.VIEW_TYPE.TABLE_VIEW;}

  override get table(): any {return this.frame.dart;}
  override set table(table: any) {
    const frame = js(table) as DG.DataFrame;
    this.frame = frame;
    this.subscription.unsubscribe();
    this.subscription = this.watchName(frame);
    this.name = frame.name || 'table';
    for (const viewer of this.viewers)
      viewer.attach(frame);
    this.changed();
  }
  get dataFrame(): DG.DataFrame {return this.frame;}

  /** The grid first, then the others in the order of adding. */
  get viewers(): ViewerHandle[] {
    return [this.grid, ...this.others];
  }

  /** Docks a viewer: filters at the left, the first other viewer at the right of the grid, the next ones below it. */
  addViewer(viewer: ViewerHandle): void {
    if (this.viewers.includes(viewer))
      return;
    if (viewer.dataFrame == null)
      viewer.attach(this.frame);
    const {ref, side, ratio} = this.placeFor(viewer);
    this.others.push(viewer);
    viewer.root.setAttribute('data-kill-on-close', '');
    this.docking.dock(ref, viewer.root, side, viewer.look.get('title') || viewer.kind, ratio);
    viewer.detached.subscribe(() => this.forget(viewer));
  }

  addViewerByName(type: string): ViewerHandle {
    const viewer = createViewer(type, dart(this.frame), {});
    this.addViewer(viewer);
    return viewer;
  }

  /** Tells of a viewer that was added and has its options. */
  processNew(viewer: ViewerHandle): void {
    shellBus.fire('d4-viewer-added', new HostEvent({viewer: viewer.wrapper}, this.wrapper));
  }

  /** The viewer with the filters: the one that is there, or a new one. */
  filters(add: boolean): ViewerHandle | null {
    const existing = this.others.find((v) => v.kind === DG.VIEWER.FILTERS);
    if (existing != null)
      return existing;
    const viewer = createViewer(DG.VIEWER.FILTERS, dart(this.frame), add ? {} : {columnNames: []});
    this.addViewer(viewer);
    this.processNew(viewer);
    return viewer;
  }

  closeViewers(): void {
    for (const viewer of [...this.others])
      viewer.close();
  }

  /** The grid alone, as it was when the view was opened. */
  resetLayout(): void {
    this.closeViewers();
    this.grid.columns.reset(this.frame);
    this.grid.resetView();
  }

  override detach(): void {
    this.subscription.unsubscribe();
    super.detach();
  }

  private watchName(frame: DG.DataFrame): {unsubscribe(): void} {
    return frame.onNameChanged.subscribe(() => {
      this.name = frame.name;
    });
  }

  private placeFor(viewer: ViewerHandle): {ref: DockNodeHandle | null; side: DockSide; ratio: number} {
    if (viewer.kind === DG.VIEWER.FILTERS)
      return {ref: null, side: 'left', ratio: .22};
    const last = this.others.filter((v) => v.kind !== DG.VIEWER.FILTERS)
      .map((v) => this.docking.find(v.root)).filter((node) => node != null);
    return last.length === 0 ? {ref: this.docking.document, side: 'right', ratio: .5} :
      {ref: last[last.length - 1], side: 'down', ratio: .5};
  }

  /** The dock manager has ended the viewer already when the user closed its panel. */
  private panelClosed(element: HTMLElement): void {
    const viewer = this.others.find((v) => v.root === element);
    if (viewer != null)
      this.forget(viewer);
  }

  private forget(viewer: ViewerHandle): void {
    if (!this.others.includes(viewer))
      return;
    this.others = this.others.filter((v) => v !== viewer);
    this.docking.undock(viewer.root);
    shellBus.fire('d4-viewer-closed', new HostEvent({viewer: viewer.wrapper}, this.wrapper));
  }
}
