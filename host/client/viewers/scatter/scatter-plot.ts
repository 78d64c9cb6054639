import * as DG from 'datagrok-api/dg';
import {HostEvent} from '../../interop/event-data.ts';
import {ChartHandle} from '../chart-handle.ts';
import {html, stateColors} from '../colors.ts';
import {ColumnSelector} from '../column-selector.ts';
import {categoriesOf, isDate} from '../column-values.ts';
import type {FrameChange} from '../frame-events.ts';
import {inside, type Box, type DragMode, type Gestures, type Point} from '../gestures.ts';
import {and, applyClick, combine, fullMask, has, maskOf, maskWhere, rowsIn, type Mask} from '../mask.ts';
import {axisValues, extentOf, PlotAxis, type Range} from '../plot-axis.ts';
import type {Extent} from '../repaint.ts';
import {mouseOverGroup} from '../row-source.ts';
import {rowTooltip, showTooltip} from '../tooltips.ts';
import {formatDate, formatNumber} from '../value-format.ts';
import type {ViewerType} from '../viewer-type.ts';
import {coloring, sizing, type Coloring} from './marker-look.ts';
import {PointsImage} from './points-image.ts';
import {place, pointAt, sizeOf, steadyNoise, type MarkerLook, type Points} from './points.ts';
import {rowMarks} from './row-marks.ts';
import {scatterProperties} from './scatter-properties.ts';
import {ZoomFilter, type Seen} from './zoom-filter.ts';

/** Default colour of markers, a constant of the platform. */
const plainMarker = 0xFF40699C;
const zoomStep = 1.2;

export class ScatterPlotHandle extends ChartHandle {
  private x!: PlotAxis;
  private y!: PlotAxis;
  /** Ranges after zooming and panning; null: what the data needs. */
  private view: {x: Range; y: Range} | null = null;
  private marker!: MarkerLook;
  private colors!: Coloring;
  private rows = new Int32Array();
  private source: Mask = new Uint32Array();
  private points: Points = {rows: new Int32Array(), x: new Float32Array(), y: new Float32Array()};
  private readonly image = new PointsImage();
  /** The points must be drawn anew, not only the marks of single rows. */
  private stale = true;
  /** Plot area inside the axes, in pixels of the plot element. */
  private area: Box = {x: 0, y: 0, width: 1, height: 1};
  private panFrom: {x: PlotAxis; y: PlotAxis} | null = null;
  private readonly filter = new ZoomFilter(() => this.seen);
  private lassoKey = false;
  private readonly selectors = {
    x: new ColumnSelector(this, {property: 'xColumnName'}),
    y: new ColumnSelector(this, {property: 'yColumnName'}),
    color: new ColumnSelector(this, {property: 'colorColumnName', label: 'Color', none: 'none'}),
    size: new ColumnSelector(this, {property: 'sizeColumnName', label: 'Size', none: 'none'}),
  };

  constructor(type: ViewerType) {
    super(type);
    this.top.append(this.selectors.color.root, this.colorBar.root, this.selectors.size.root);
    this.bottom.append(this.selectors.x.root);
    this.left.append(this.selectors.y.root);
    this.root.addEventListener('keydown', (e) => {
      if (e.code === 'KeyL' && !e.ctrlKey && !e.altKey)
        this.lassoKey = !this.lassoKey;
    });
  }

  protected createWrapper(): any {return new DG.ScatterPlotViewer(this);}

  /** The first two numeric columns; a date before numbers on x; text when there is nothing else. */
  protected override chooseColumns(frame: DG.DataFrame): void {
    const all = frame.columns.toList().filter((c) => !c.name.startsWith('~'));
    const numbers = all.filter((c) => c.isNumerical && !isDate(c));
    const order = [...all.filter(isDate).slice(0, 1), ...numbers, ...all.filter((c) => !c.isNumerical), ...all];
    const other = (name: string | null): string | null =>
      (order.find((c) => c.name !== name) ?? order[0])?.name ?? null;
    const need = (property: string): boolean => this.columnOf(property) == null;
    if (need('xColumnName'))
      this.look.choose('xColumnName', numbers.length > 1 && all.every((c) => !isDate(c)) ?
        numbers.find((c) => c.name !== this.look.get('yColumnName'))!.name : other(this.look.get('yColumnName')));
    if (need('yColumnName'))
      this.look.choose('yColumnName', other(this.look.get('xColumnName')));
  }

  protected override frameChanged(): void {
    this.view = null;
    this.filter.listen(this.frame);
  }

  protected override onProperty(name: string): void {
    if (/^(x|y)(ColumnName|AxisType|Min|Max)$/.test(name))
      this.view = null;
  }

  protected override changed(change: FrameChange): void {
    this.stale ||= change !== 'current' && change !== 'mouse-over';
    super.changed(change);
  }

  override invalidate(extent: Extent = 'data'): void {
    this.stale ||= extent === 'data';
    super.invalidate(extent);
  }

  override detach(): void {
    if (this.isDetached)
      return;
    this.view = null;
    this.filter.listen(null);
    super.detach();
  }

  // ---- data -------------------------------------------------------------------------------------------------------

  protected compute(): string | null {
    const [xColumn, yColumn] = [this.columnOf('xColumnName'), this.columnOf('yColumnName')];
    if (xColumn == null || yColumn == null)
      return `Choose columns for ${xColumn == null ? 'x' : ''}${xColumn == null && yColumn == null ? ' and ' : ''}${
        yColumn == null ? 'y' : ''}`;
    const frame = this.frame!;
    const look = this.look.values;
    this.source = this.sourceRows;
    const shown = look.showFilteredOutPoints ? fullMask(frame.rowCount) : this.source;
    const [logX, logY] = [look.xAxisType, look.yAxisType].map((t) => t === 'logarithmic');
    const [xs, ys] = [axisValues(xColumn, logX), axisValues(yColumn, logY)];
    this.rows = rowsIn(shown).filter((row) => !Number.isNaN(xs.values[row]) && !Number.isNaN(ys.values[row]));
    const scaled = look.axesFollowFilter && !this.zooming ? rowsIn(this.source) : rowsIn(fullMask(frame.rowCount));
    const both = scaled.filter((row) => !Number.isNaN(xs.values[row]) && !Number.isNaN(ys.values[row]));
    const own = {
      x: PlotAxis.around(xs, extentOf(xs.values, both), logX), y: PlotAxis.around(ys, extentOf(ys.values, both), logY)};
    const fixed = (range: Range, min: number | null, max: number | null): Range => [min ?? range[0], max ?? range[1]];
    const range = this.view ?? {x: fixed(own.x, look.xMin, look.xMax), y: fixed(own.y, look.yMin, look.yMax)};
    this.x = new PlotAxis(xs, range.x, logX && xs.kind === 'number', look.invertXAxis);
    this.y = new PlotAxis(ys, range.y, logY && ys.kind === 'number', look.invertYAxis);
    this.computeMarkers(rowsIn(this.source));
    this.stale = true;
    return null;
  }

  /** While a zoom filters the table, the filter must not move the axes. */
  private get zooming(): boolean {
    return this.view != null;
  }

  private computeMarkers(rows: Int32Array): void {
    const look = this.look.values;
    this.colors = coloring(this.columnOf('colorColumnName'), rows, html(plainMarker), look as any);
    this.marker = {
      colors: this.colors.colors, colorIndex: this.colors.index, shape: look.markerType,
      sizes: sizing(this.columnOf('sizeColumnName'), rows, look.markerDefaultSize, look.markerMinSize, look.markerMaxSize,
        look.markerSizeScaling === 'logarithmic', look.showMarkersWithEmptySize),
      opacity: look.markerOpacity / 100, border: look.markerDrawBorder ? this.theme.background : null,
    };
  }

  // ---- painting ---------------------------------------------------------------------------------------------------

  protected arrange(room: {selectors: boolean; legend: boolean}): void {
    const look = this.look.values;
    const color = this.columnOf('colorColumnName');
    this.selectors.x.update(room.selectors && look.showXSelector);
    this.selectors.y.update(room.selectors && look.showYSelector);
    this.selectors.color.update(room.selectors && look.showColorSelector);
    this.selectors.size.update(room.selectors && look.showSizeSelector);
    const {linear, codes, names, colors} = this.colors;
    const text = (x: number): string => color != null && isDate(color) ? formatDate(x).slice(0, 10) : formatNumber(x);
    this.colorBar.update(linear == null || !room.legend ? null : linear.scheme, text(linear?.min ?? 0),
      text(linear?.max ?? 0));
    this.legend.update(color?.name ?? '', codes == null || !room.legend ? [] :
      [...codes].sort((a, b) => a - b).map((code) => ({code, name: names[code] || '(no value)', color: colors[code]})),
    this.legendSide);
  }

  protected option(): Record<string, any> {
    const look = this.look.values;
    const {width, height} = this.plotSize;
    // Names are shown whole as long as the plot keeps more than half of the width.
    const widest = Math.min(280, width * 0.4);
    const left = look.showYAxis ? this.y.labelRoom(this.theme, height - 30, false, widest) : 6;
    const bottom = look.showXAxis ? this.x.labelRoom(this.theme, width - left - 12, true) : 6;
    return {
      grid: {left, top: 8, right: 14, bottom, outerBoundsMode: 'none'},
      xAxis: this.x.option(this.theme, width - left - 14, true, look.showXAxis, look.showVerticalGridLines),
      yAxis: this.y.option(this.theme, height - bottom - 8, false, look.showYAxis, look.showHorizontalGridLines,
        widest),
      series: [this.series()],
    };
  }

  protected override marks(): Record<string, any> | null {
    return this.x == null ? null : {series: [this.series()]};
  }

  /** One custom series with one item: the picture of all points, and marks of single rows over it. */
  private series(): Record<string, any> {
    return {
      id: 'points', type: 'custom', silent: true, clip: true, data: [[this.x.range[0], this.y.range[0]]],
      renderItem: (params: any) => {
        // The library may lay the axes out more than once: what was drawn for another size would be stretched.
        this.stale ||= params.coordSys.width !== this.area?.width || params.coordSys.height !== this.area?.height;
        this.area = {...params.coordSys};
        if (this.stale)
          this.draw();
        const {x, y, width, height} = this.area;
        return {type: 'group', children: [
          {type: 'image', style: {image: this.image.canvas, x, y, width, height}}, ...this.rowMarks]};
      },
    };
  }

  private draw(): void {
    const frame = this.frame!;
    const look = this.look.values;
    const {width, height} = this.area;
    this.stale = false;
    this.points = place(this.rows, this.x, this.y, width, height, look.jitterSize, look.jitterSizeY || look.jitterSize);
    const group = look.showMouseOverRowGroup ? mouseOverGroup(frame) : null;
    const faded = look.showFilteredOutPoints ? combine(fullMask(frame.rowCount), this.source, (a, b) => a & ~b) : null;
    this.image.draw(this.points, this.marker, {
      selected: look.showSelectedRows && frame.selection.anyTrue ? maskOf(frame.selection, frame.rowCount) : null,
      highlighted: group == null ? null : and(group, this.source), faded,
      selectedColor: stateColors.selected, highlightColor: this.theme.textLight, fadedColor: this.theme.gridLine,
    }, width, height);
  }

  private get rowMarks(): any[] {
    const frame = this.frame!;
    const look = this.look.values;
    return rowMarks({area: this.area, points: this.points, marker: this.marker, theme: this.theme,
      mouseOver: look.showMouseOverPoint ? frame.mouseOverRowIdx : -1,
      current: look.showCurrentPoint ? frame.currentRowIdx : -1, dropLines: look.showDropLines});
  }

  // ---- mouse ------------------------------------------------------------------------------------------------------

  protected gestures(): Gestures {
    return {
      hover: (at, e) => this.hover(at == null ? -1 : this.rowAt(at), e),
      click: (at, e) => this.clicked(this.rowAt(at), e),
      doubleClick: (at, e) => this.doubleClicked(this.rowAt(at), e),
      area: (box, outline, mode, e) => this.areaDrawn(box, outline, mode, e),
      panStart: () => {
        this.panFrom = {x: this.x, y: this.y};
      },
      pan: (dx, dy) => this.panFrom != null && this.setView({x: this.panFrom.x.moved(dx, this.area.width),
        y: this.panFrom.y.moved(-dy, this.area.height)}, false),
      panEnd: () => {
        const moved = this.panFrom != null && this.panFrom.x !== this.x;
        this.panFrom = null;
        if (moved)
          this.viewSettled();
      },
      wheel: (at, steps) => this.wheel(at, steps),
      lasso: () => this.lassoKey || this.look.get('lassoTool'),
      plainDrag: () => (this.look.get('mouseDrag') === 'Select' ? 'select' : 'pan') as DragMode,
    };
  }

  /** Row whose marker is at a place of the plot element, or -1. */
  rowAt(at: Point): number {
    if (this.marker == null)
      return -1;
    const i = pointAt(this.points, this.marker, at.x - this.area.x, at.y - this.area.y);
    return i < 0 || !has(this.source, this.points.rows[i]) ? -1 : this.points.rows[i];
  }

  private hover(row: number, e: MouseEvent): void {
    const frame = this.frame!;
    if (frame.mouseOverRowIdx !== row)
      frame.mouseOverRowIdx = row;
    this.plot.style.cursor = row >= 0 ? 'pointer' : '';
    showTooltip(this, row < 0 ? null : rowTooltip(this, frame, row), e);
  }

  private clicked(row: number, e: MouseEvent): void {
    const frame = this.frame!;
    const keys = e.ctrlKey || e.metaKey || e.shiftKey;
    if (row < 0) {
      if (!keys && this.look.get('resetSelectionOnBackgroundClick') && frame.selection.anyTrue)
        frame.selection.setAll(false);
      return;
    }
    if (keys)
      applyClick(frame.selection, maskWhere(frame.rowCount, (r) => r === row), e);
    else
      frame.currentRowIdx = row;
    this.emit('d4-scatterplot-point-click', new HostEvent({rowId: row}, this.wrapper, e));
  }

  private doubleClicked(row: number, e: MouseEvent): void {
    if (row < 0)
      this.resetView();
    else
      this.emit('d4-scatterplot-point-double-click', new HostEvent({rowId: row}, this.wrapper, e));
  }

  private areaDrawn(box: Box, outline: Point[] | null, mode: DragMode, e: MouseEvent): void {
    if (mode === 'zoom') {
      const [left, top] = [box.x - this.area.x, box.y - this.area.y];
      const {width, height} = this.area;
      this.zoom(this.x.toValue(left, width), this.y.toValue(height - top - box.height, height),
        this.x.toValue(left + box.width, width), this.y.toValue(height - top, height));
      return;
    }
    const hit = new Uint32Array(this.source.length);
    this.points.rows.forEach((row, i) => {
      const [x, y] = [this.points.x[i] + this.area.x, this.points.y[i] + this.area.y];
      if (has(this.source, row) && (outline != null ? inside(outline, x, y) :
        x >= box.x && x <= box.x + box.width && y >= box.y && y <= box.y + box.height))
        hit[row >> 5] |= 1 << (row & 31);
    });
    // A drag without Shift (`mouseDrag: Select`) begins a new selection.
    applyClick(this.frame!.selection, hit, e);
    this.emit('d4-scatterplot-points-selected', new HostEvent({}, this.wrapper, e));
  }

  private wheel(at: Point, steps: number): boolean {
    if (!this.look.get('allowZoom') || this.marker == null)
      return false;
    const factor = steps > 0 ? zoomStep : 1 / zoomStep;
    const [px, py] = [at.x - this.area.x, this.area.y + this.area.height - at.y];
    // Over an axis only that axis is zoomed.
    this.setView({x: px < 0 ? this.x.range : this.x.zoomed(factor, px, this.area.width),
      y: py < 0 ? this.y.range : this.y.zoomed(factor, py, this.area.height)}, true);
    return true;
  }

  // ---- view -------------------------------------------------------------------------------------------------------

  /** Shows the rectangle between two corners, in values of the axes (dates: microseconds are not expected here). */
  zoom(x1: number, y1: number, x2: number, y2: number): void {
    this.setView({x: [Math.min(x1, x2), Math.max(x1, x2)], y: [Math.min(y1, y2), Math.max(y1, y2)]}, true);
  }

  override resetView(): void {
    this.view = null;
    this.invalidate('data');
    this.filter.update();
    this.emit('d4-scatterplot-reset-view', null);
  }

  private setView(view: {x: Range; y: Range}, settled: boolean): void {
    this.view = view;
    if (this.x != null) {
      this.x = new PlotAxis(this.x.data, view.x, this.x.log, this.x.inverse);
      this.y = new PlotAxis(this.y.data, view.y, this.y.log, this.y.inverse);
    }
    this.invalidate('data');
    this.emit('d4-viewport-changed', this.viewport);
    if (settled)
      this.viewSettled();
  }

  private viewSettled(): void {
    this.emit('d4-scatterplot-zoomed', this.viewport);
    this.filter.update();
  }

  /** What a zoom lets through, while zooming filters. */
  private get seen(): Seen | null {
    const look = this.look.values;
    return this.view == null || this.x == null || look.zoomAndFilter !== 'filter by zoom' ? null :
      {...this.view, xs: this.x.data.values, ys: this.y.data.values,
        name: `${look.xColumnName} and ${look.yColumnName} in the zoomed area`};
  }

  /** Shown rectangle in values of the axes. */
  get viewport(): DG.Rect {
    const [x, y] = this.x == null ? [[0, 1], [0, 1]] : [this.x.range, this.y.range];
    return new DG.Rect(x[0], y[0], x[1] - x[0], y[1] - y[0]);
  }

  /** Plot area inside the axes, in pixels of the plot element. */
  get viewBox(): DG.Rect {
    return new DG.Rect(this.area.x, this.area.y, this.area.width, this.area.height);
  }

  worldToScreen(x: number, y: number): [number, number] {
    return [this.area.x + this.x.toPixel(x, this.area.width),
      this.area.y + this.area.height - this.y.toPixel(y, this.area.height)];
  }

  screenToWorld(x: number, y: number): [number, number] {
    return [this.x.toValue(x - this.area.x, this.area.width),
      this.y.toValue(this.area.y + this.area.height - y, this.area.height)];
  }

  /** Where the marker of a row is painted, its jitter included. */
  pointToScreen(row: number): [number, number] {
    const [x, y] = this.worldToScreen(this.x.data.values[row], this.y.data.values[row]);
    const {jitterSize: jitterX, jitterSizeY} = this.look.values;
    const jitterY = jitterSizeY || jitterX;
    return [x + (jitterX === 0 ? 0 : steadyNoise(row, 1) * jitterX),
      y + (jitterY === 0 ? 0 : steadyNoise(row, 2) * jitterY)];
  }

  markerColor(row: number): string {
    return this.marker.colors[this.marker.colorIndex?.[row] ?? 0];
  }

  markerSize(row: number): number {
    return sizeOf(this.marker, row);
  }

  // ---- legend and status ------------------------------------------------------------------------------------------

  protected override legendClicked(code: number, e: MouseEvent): void {
    const codes = categoriesOf(this.columnOf('colorColumnName')!).codes;
    applyClick(this.frame!.selection, and(this.source, this.where((row) => codes[row] === code)), e);
  }

  protected override legendHovered(code: number | null): void {
    const column = this.columnOf('colorColumnName');
    if (code == null || column == null)
      return this.highlight(null);
    const codes = categoriesOf(column).codes;
    this.highlight((row) => codes[row] === code);
  }

  protected override hitAreas(): Record<string, Box> {
    return {'view': this.area};
  }

  override info(): Record<string, any> {
    return {...super.info(), shown: this.points.rows.length, rows: [...this.points.rows.subarray(0, 1000)],
      x: this.x?.range, y: this.y?.range};
  }
}

export const scatterPlotType: ViewerType = {
  name: 'Scatter plot', description: 'Points by two columns, with colour and size', look: 'ScatterPlotLook',
  css: 'd4-scatter-plot', properties: scatterProperties, create: (type) => new ScatterPlotHandle(type),
};
