import {SlickGrid, type Column, type GridOption} from 'slickgrid';
import type {Box} from '../viewers/gestures.ts';
import {cellContent} from './cell-content.ts';
import {GridCellHandle} from './grid-cell.ts';
import {leastWidth, type GridColumnHandle} from './grid-column.ts';
import type {GridHandle} from './grid-handle.ts';
import {fillHeader} from './header-cell.ts';
import {installWheel} from './wheel.ts';

/** What the library is told a row is: where to find it. Values are read when a cell comes into view. */
interface RowPlace {row: number}
type SlickColumn = Column<RowPlace>;

/**
 * The picture of a grid, by SlickGrid: it makes elements for the rows in view, scrolls, keeps columns frozen and
 * resizes them. Sorting, selection, current cell, keys and moving of columns are the host's own, because they live in
 * the data frame.
 */
export class SlickView {
  readonly element = document.createElement('div');
  private readonly slick: SlickGrid<RowPlace>;
  private shown: GridColumnHandle[] = [];
  private currentCell: HTMLElement | null = null;

  constructor(private readonly grid: GridHandle) {
    this.element.className = 'd4-grid-view';
    grid.body.append(this.element);
    this.layOut();
    this.slick = new SlickGrid(this.element, {
      getLength: () => grid.order.length,
      getItem: (row: number): RowPlace => ({row}),
      getItemMetadata: () => null,
    }, this.slickColumns(), this.options());
    this.slick.onHeaderCellRendered.subscribe((_e, {node, column}) => {
      const gridColumn = this.shown.find((c) => c.id === column.id);
      if (gridColumn != null)
        fillHeader(node, gridColumn);
    });
    this.slick.onRendered.subscribe(() => this.mark());
    this.slick.onColumnsResized.subscribe((_e, {triggeredByColumn}) => this.columnResized(triggeredByColumn));
    this.slick.setColumns(this.slickColumns());
    this.outOfTabOrder();
    this.slick.render();
    installWheel(this.element, () => this.scroller, () => this.rowHeight);
  }

  /** What scrolls; frozen columns follow it. */
  private get scroller(): HTMLElement | null {
    return this.slick.getViewportNode(this.shown.length - 1, 0) ?? null;
  }

  /** Columns or sizes changed: headers and rows are made anew. */
  refreshLayout(): void {
    this.layOut();
    this.slick.setOptions(this.options(), true, true, true);
    this.slick.setColumns(this.slickColumns());
    this.outOfTabOrder();
    this.slick.invalidate();
  }

  /** Values or rows changed. */
  refreshContent(): void {
    this.slick.invalidate();
  }

  resize(): void {
    this.slick.resizeCanvas();
  }

  /** Selection, current cell, mouse-over: classes of the elements in view. */
  mark(): void {
    const rows = this.slick.getRowCache() as Record<string, {rowNode: HTMLElement[] | null}>;
    for (const [row, {rowNode}] of Object.entries(rows)) {
      const marks = this.grid.marksOf(Number(row));
      for (const node of rowNode ?? []) {
        node.classList.toggle('d4-grid-row-selected', marks.selected);
        node.classList.toggle('d4-grid-row-current', marks.current);
        node.classList.toggle('d4-grid-row-mouse-over', marks.mouseOver);
        node.setAttribute('aria-selected', String(marks.selected));
      }
    }
    this.markCurrentCell();
  }

  private markCurrentCell(): void {
    this.currentCell?.classList.remove('d4-grid-cell-current');
    const {row, column} = this.grid.currentPlace;
    const place = column == null ? -1 : this.shown.indexOf(column);
    this.currentCell = row < 0 || place < 0 ? null : this.slick.getCellNode(row, place) ?? null;
    this.currentCell?.classList.add('d4-grid-cell-current');
  }

  /** The cell under an element, or null. */
  cellAt(target: EventTarget | null): {row: number; column: GridColumnHandle} | null {
    const element = target instanceof Element ? target : null;
    const header = this.headerAt(target);
    if (header != null)
      return {row: -1, column: header};
    if (element?.closest('.slick-cell') == null || !this.element.contains(element))
      return null;
    const place = this.slick.getCellFromEvent({target: element} as unknown as Event);
    return place == null ? null : {row: place.row, column: this.shown[place.cell]};
  }

  headerAt(target: EventTarget | null): GridColumnHandle | null {
    const node = target instanceof Element ? target.closest<HTMLElement>('.slick-header-column') : null;
    return node == null ? null : this.shown.find((c) => c.id === node.dataset.id) ?? null;
  }

  headerNode(column: GridColumnHandle): HTMLElement | null {
    return this.element.querySelector(`.slick-header-column[data-id="${column.id}"]`);
  }

  cellNode(row: number, column: GridColumnHandle): HTMLElement | null {
    return this.slick.getCellNode(row, this.shown.indexOf(column)) ?? null;
  }

  /** First and last row in view, and the columns that are at least partly in view. */
  get inView(): {first: number; last: number; columns: GridColumnHandle[]} {
    const {top, bottom} = this.slick.getViewport();
    const width = this.element.clientWidth;
    const columns = this.shown.filter((c) => {
      const {x, width: w} = this.bounds(-1, c);
      return x + w > 0 && x < width;
    });
    return {first: Math.max(0, top), last: Math.min(this.grid.order.length - 1, bottom), columns};
  }

  /** Rows that fit into the height. */
  get pageRows(): number {
    return Math.max(1, this.slick.getViewportRowCount() - 1);
  }

  /** Where the picture begins, in pixels from the corner of the grid's root. */
  private get corner(): {x: number; y: number} {
    const {element, grid: {body}} = this;
    return {x: element.offsetLeft + element.clientLeft + body.offsetLeft,
      y: element.offsetTop + element.clientTop + body.offsetTop};
  }

  /** Where a cell is, in pixels from the corner of the grid's root; -1 is the row of headers. */
  bounds(row: number, column: GridColumnHandle): Box {
    const place = this.shown.indexOf(column);
    const header = this.headerHeight;
    const frame = this.corner;
    const frozen = this.frozen;
    const widths = this.shown.map((c) => c.width);
    const before = (from: number, to: number): number => widths.slice(from, to).reduce((a, b) => a + b, 0);
    const scroller = this.scroller;
    const x = place <= frozen ? before(0, place) : before(0, place) - (scroller?.scrollLeft ?? 0);
    if (row < 0)
      return {x: frame.x + x, y: frame.y, width: widths[place] ?? 0, height: header};
    const top = this.slick.getCellNodeBox(row, Math.max(0, place))?.top ?? row * this.rowHeight;
    return {x: frame.x + x, y: frame.y + header + top - (scroller?.scrollTop ?? 0), width: widths[place] ?? 0,
      height: this.rowHeight};
  }

  /** Row under a height within the root; may be outside of the rows there are. */
  rowAt(y: number): number {
    const top = this.corner.y + this.headerHeight;
    return this.slick.getCellFromPoint(0, y - top + (this.scroller?.scrollTop ?? 0)).row;
  }

  scrollTo(row: number, column: GridColumnHandle | null): void {
    const place = column == null ? -1 : this.shown.indexOf(column);
    if (row < 0 && place < 0)
      return;
    if (place > this.frozen)
      this.slick.scrollCellIntoView(Math.max(row, 0), place, false);
    else
      this.slick.scrollRowIntoView(row, false);
    this.slick.render();
  }

  scrollToPixels(x: number, y: number): void {
    this.scroller?.scrollTo(x, y);
  }

  get headerHeight(): number {
    return this.grid.look.get('showColumnLabels') === false ? 0 : this.grid.headerHeight;
  }

  destroy(): void {
    this.slick.destroy(true);
    this.element.remove();
  }

  private get rowHeight(): number {return this.grid.look.get('rowHeight');}

  /** Index of the last column that does not scroll; the library needs one that does. */
  private get frozen(): number {
    const all = this.grid.columns.all.slice(0, this.grid.look.get('frozenColumns') ?? 0);
    const last = all.filter((c) => c.visible).length - 1;
    return last >= this.shown.length - 1 ? -1 : last;
  }

  private layOut(): void {
    this.shown = this.grid.columns.visible;
    const look = this.grid.look;
    this.element.style.setProperty('--d4-grid-header-height', `${this.grid.headerHeight}px`);
    this.element.classList.toggle('d4-grid-no-row-lines', look.get('showRowGridlines') === false);
    this.element.classList.toggle('d4-grid-no-column-lines', look.get('showColumnGridlines') === false);
    this.element.classList.toggle('d4-grid-no-outline', look.get('showCurrentCellOutline') === false);
  }

  private options(): GridOption<SlickColumn> {
    return {rowHeight: this.rowHeight, frozenColumn: this.frozen, showColumnHeader: this.headerHeight > 0,
      enableCellNavigation: false, enableColumnReorder: false, enableHtmlRendering: false, editable: false,
      enableMouseWheelScrollHandler: false, skipFreezeColumnValidation: true, syncColumnCellResize: true};
  }

  private slickColumns(): SlickColumn[] {
    return this.shown.map((c) => ({id: c.id, field: 'row', name: '', width: c.width, minWidth: leastWidth,
      resizable: this.grid.look.get('allowColResizing') !== false, reorderable: false, sortable: false,
      cssClass: c.isRowHeader ? 'd4-grid-row-header' : '', headerCssClass: c.isRowHeader ? 'd4-grid-corner' : '',
      formatter: (row: number) => cellContent(new GridCellHandle(this.grid, c, row))}));
  }

  private columnResized(id: string): void {
    for (const {id, width} of this.slick.getColumns())
      this.shown.find((c) => c.id === id)?.settleWidth(width!);
    const column = this.shown.find((c) => c.id === id);
    this.refreshContent();
    if (column != null)
      this.grid.emit('d4-grid-column-resized', column);
  }

  /** The library makes many elements that the Tab key stops at; the grid is one stop, and arrows move within it. */
  private outOfTabOrder(): void {
    for (const e of this.element.querySelectorAll<HTMLElement>('[tabindex="0"]'))
      e.tabIndex = -1;
  }
}
