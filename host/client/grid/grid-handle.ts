import * as DG from 'datagrok-api/dg';
import * as grok from 'datagrok-api/grok';
import type {Box} from '../viewers/gestures.ts';
import type {FrameChange} from '../viewers/frame-events.ts';
import {onThemeChanged} from '../viewers/theme.ts';
import {ViewerHandle} from '../viewers/viewer-handle.ts';
import type {ViewerType} from '../viewers/viewer-type.ts';
import type {Extent} from '../viewers/repaint.ts';
import {CellColors} from './cell-colors.ts';
import {widthOf} from './column-widths.ts';
import {GridCellHandle} from './grid-cell.ts';
import type {GridColumnHandle} from './grid-column.ts';
import {GridColumnListHandle} from './grid-columns.ts';
import {addGridMenuItems} from './grid-menu.ts';
import {installGridKeys} from './grid-keys.ts';
import {installGridMouse} from './grid-mouse.ts';
import {installHeaderMouse} from './header-mouse.ts';
import {RowOrder} from './row-order.ts';
import {SlickView} from './slick-view.ts';
import {Sorting} from './sorting.ts';

export type Prepare = (cell: GridCellHandle) => void;
export type Tooltip = (cell: GridCellHandle, x: number, y: number) => unknown;

const layoutProperties = new Set(['rowHeight', 'showRowHeader', 'showRowGridlines', 'colHeaderHeight', 'showColumnLabels',
  'showColumnGridlines', 'frozenColumns', 'allowColResizing', 'showCurrentCellOutline', 'colHeaderFont']);

/** The viewer `Grid`: the table's rows as a spreadsheet. What is on the screen is `SlickView`'s business. */
export class GridHandle extends ViewerHandle {
  readonly columns = new GridColumnListHandle(this);
  readonly order = new RowOrder(() => ({rows: this.frame?.rowCount ?? 0,
    mask: this.frame == null ? new Uint32Array(0) : this.sourceRows}));
  readonly sorting = new Sorting(this);
  readonly colors = new CellColors(this);
  readonly preparers = new Set<Prepare>();
  readonly tooltips = new Set<Tooltip>();
  view: SlickView | null = null;
  /** Column under the mouse when the context menu was asked for. */
  menuColumn: GridColumnHandle | null = null;
  /** What must be made anew with the next picture, besides the marks. */
  private due: 'layout' | 'content' | null = 'layout';
  private scrollTarget: {row: number; column: GridColumnHandle | null} | null = null;
  private widths = new Map<GridColumnHandle, number>();
  private painted = '';
  private stops: (() => void)[] = [];
  private frameStops: {unsubscribe(): void}[] = [];

  constructor(type: ViewerType) {
    super(type);
    this.root.tabIndex = 0;
    this.root.setAttribute('aria-label', 'Grid');
    installGridMouse(this);
    installHeaderMouse(this);
    installGridKeys(this);
    this.body.addEventListener('contextmenu', (e) => {
      this.menuColumn = this.view?.cellAt(e.target)?.column ?? null;
    });
    this.stops.push(onThemeChanged(() => this.touch('layout')));
    // Cells are painted when they come into view: who starts to listen later sees those in view again.
    const on = this.bus.on.bind(this.bus);
    this.bus.on = (event, handler) => {
      if (event.startsWith('d4-grid-cell-render'))
        this.touch('content');
      return on(event, handler);
    };
  }

  protected createWrapper(): any {return new DG.Grid(this);}

  // ---- painting ---------------------------------------------------------------------------------------------------

  /** Has the headers and cells, or the cells alone, made anew with the next animation frame. */
  touch(what: 'layout' | 'content'): void {
    this.colors.clear();
    if (what === 'layout')
      this.bus.fire('d4-grid-columns-changed');
    this.due = what === 'layout' || this.due === 'layout' ? 'layout' : 'content';
    this.invalidate('data');
  }

  protected paint(_extent: Extent): void {
    this.chrome!.message(this.frame == null ? 'No data' : null);
    if (this.frame == null)
      return;
    const size = `${this.body.clientWidth} ${this.body.clientHeight}`;
    if (this.view == null)
      this.view = new SlickView(this);
    else if (this.due === 'layout')
      this.view.refreshLayout();
    else {
      if (size !== this.painted)
        this.view.resize();
      if (this.due === 'content')
        this.view.refreshContent();
    }
    this.due = null;
    this.painted = size;
    this.view.mark();
    if (this.scrollTarget != null)
      this.view.scrollTo(this.scrollTarget.row, this.scrollTarget.column);
    this.scrollTarget = null;
  }

  /** Paints what is due now, for those who ask where something is. */
  settle(): SlickView | null {
    this.repaint.flush();
    return this.view;
  }

  get headerHeight(): number {return this.look.get('colHeaderHeight') ?? 28;}

  defaultWidth(column: GridColumnHandle): number {
    let width = this.widths.get(column);
    if (width == null)
      this.widths.set(column, width = widthOf(column, 'Optimal'));
    return width;
  }

  boundsOf(cell: GridCellHandle): Box {
    return this.view?.bounds(cell.gridRow, cell.gridColumn) ?? {x: 0, y: 0, width: cell.gridColumn.width, height: 0};
  }

  prepare(cell: GridCellHandle): void {
    for (const f of this.preparers)
      try {
        f(cell);
      } catch (e) {
        reportError(e);
      }
  }

  // ---- frame ------------------------------------------------------------------------------------------------------

  protected override frameChanged(): void {
    this.frameStops.forEach((s) => s.unsubscribe());
    const frame = this.frame;
    this.frameStops = frame == null ? [] : [frame.onCurrentColChanged.subscribe(() => this.invalidate('marks')),
      frame.onCurrentCellChanged.subscribe(() => this.currentCellChanged())];
    this.widths.clear();
    this.columns.reset(frame);
    this.sorting.apply();
    this.view?.destroy();
    this.view = null;
    this.due = 'layout';
  }

  protected override changed(change: FrameChange): void {
    if (change === 'rows')
      this.order.valuesChanged();
    // A value that is edited does not move its row: sorting is done when the user asks for it.
    if (change === 'values' || change === 'rows' || change === 'metadata')
      this.touch('content');
    else if (change === 'columns') {
      this.columns.sync(this.frame!);
      this.touch('layout');
    } else if (change === 'current' && this.look.get('autoScrollRowIntoView') !== false)
      this.scrollTarget = {row: this.currentPlace.row, column: null};
    super.changed(change);
  }

  protected override sourceRowsChanged(): void {
    this.order.rowsChanged();
    this.touch('content');
  }

  protected override onProperty(name: string): void {
    if (name === 'sortByColumnNames' || name === 'sortTypes')
      this.sorting.apply();
    if (name === 'rowHeight')
      this.emit('d4-grid-rows-resized', null);
    if (name === 'rowSource' || name === 'filter')
      this.order.rowsChanged();
    this.touch(layoutProperties.has(name) ? 'layout' : 'content');
  }

  private currentCellChanged(): void {
    this.invalidate('marks');
    const {row, column} = this.currentPlace;
    if (row >= 0 && column != null)
      this.emit('d4-grid-current-cell-changed', new GridCellHandle(this, column, row));
  }

  /** Where the frame's current cell is in this grid: -1 and null when it is not shown. */
  get currentPlace(): {row: number; column: GridColumnHandle | null} {
    const frame = this.frame;
    return frame == null ? {row: -1, column: null} :
      {row: this.order.gridRow(frame.currentRowIdx), column: this.columns.of(frame.currentCol)};
  }

  marksOf(gridRow: number): {selected: boolean; current: boolean; mouseOver: boolean} {
    const frame = this.frame!;
    const row = this.order.tableRow(gridRow);
    const group = frame.rows.mouseOverRowFunc as ((row: number) => boolean) | null;
    return {selected: row >= 0 && frame.selection.get(row),
      current: row === frame.currentRowIdx && this.look.get('showCurrentRowIndicator') !== false,
      mouseOver: this.look.get('showMouseOverRowIndicator') !== false &&
        (row === frame.mouseOverRowIdx || group?.(row) === true)};
  }

  /** Makes a cell current in the frame, and its row the current object when the user came to another row. */
  makeCurrent(gridRow: number, column: GridColumnHandle | null): void {
    const frame = this.frame;
    const row = this.order.tableRow(gridRow);
    if (frame == null || row < 0)
      return;
    // Before the frame tells of it: a package that shows something of its own for the row comes after this.
    if (row !== frame.currentRowIdx && this.look.get('allowChangeCurrentObject') !== false)
      grok.shell.o = frame.row(row);
    if (column?.column == null)
      frame.currentRowIdx = row;
    else
      frame.currentCell = frame.cell(row, column.column.name);
  }

  scrollTo(row: number, column: GridColumnHandle | null): void {
    this.scrollTarget = {row, column};
    this.invalidate('marks');
  }

  // ---- viewer -----------------------------------------------------------------------------------------------------

  /** What closing means where the grid is more than one of several viewers. */
  onClose: (() => void) | null = null;

  override close(): void {
    if (this.onClose == null)
      super.close();
    else
      this.onClose();
  }

  override addMenuItems(menu: DG.Menu): void {
    addGridMenuItems(this, menu);
  }

  /** No sorting, scrolled to the top. */
  override resetView(): void {
    this.sorting.by([], null);
    this.scrollTo(0, null);
  }

  override detach(): void {
    if (this.isDetached)
      return;
    this.stops.forEach((stop) => stop());
    this.frameStops.forEach((s) => s.unsubscribe());
    this.preparers.clear();
    this.tooltips.clear();
    this.view?.destroy();
    this.view = null;
    super.detach();
  }
}
