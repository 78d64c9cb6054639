import * as DG from 'datagrok-api/dg';
import {HostEvent} from '../../interop/event-data.ts';
import {aggregations} from '../common-properties.ts';
import {ChartHandle} from '../chart-handle.ts';
import {categoryColors, html, palette} from '../colors.ts';
import {ColumnSelector} from '../column-selector.ts';
import {categoriesOf, isDate} from '../column-values.ts';
import type {Box, DragMode, Gestures, Point} from '../gestures.ts';
import {add, and, applyClick, emptyMask, fullMask, has, maskOf, rowsIn, type Mask} from '../mask.ts';
import {extentOf, PlotAxis, type Range} from '../plot-axis.ts';
import {mouseOverGroup} from '../row-source.ts';
import {pairs, showTooltip} from '../tooltips.ts';
import {formatDate, formatNumber} from '../value-format.ts';
import type {ViewerType} from '../viewer-type.ts';
import {computeLines, xValues, type Line, type LineData, type YColumn} from './line-data.ts';
import {lineMarks, overviewWindow, type Target} from './line-marks.ts';
import {lineOption, type LinePicture} from './line-option.ts';
import {lineProperties} from './line-properties.ts';

const reach = 14;
const zoomStep = 1.2;
/** Y columns taken when the options name none. */
const mostDefaultYs = 5;

export class LineChartHandle extends ChartHandle {
  private data: LineData | null = null;
  private ys: YColumn[] = [];
  private axis!: PlotAxis;
  private view: Range | null = null;
  /** Areas of the charts, and of the overview behind them, in pixels of the plot element. */
  private areas: Box[] = [];
  private toScreen: ((x: number, y: number) => number[])[] = [];
  private places: Float32Array[] | null = null;
  private hovered: Target | null = null;
  private panFrom: {axis: PlotAxis; overview: number | null} | null = null;
  private readonly x = new ColumnSelector(this, {property: 'xColumnName'});
  private readonly split = new ColumnSelector(this, {property: 'splitColumnName', label: 'Split', none: 'none'});
  private ySelectors: ColumnSelector[] = [];

  constructor(type: ViewerType) {
    super(type);
    this.bottom.append(this.x.root);
    this.top.append(this.split.root);
  }

  protected createWrapper(): any {return new DG.LineChartViewer(this);}

  /** X: the first date, else the first number, else the first column. Y: numbers other than x. */
  protected override chooseColumns(frame: DG.DataFrame): void {
    const all = frame.columns.toList().filter((c) => !c.name.startsWith('~'));
    if (this.columnOf('xColumnName') == null)
      this.look.choose('xColumnName', (all.find(isDate) ?? all.find((c) => c.isNumerical) ?? all[0])?.name ?? null);
    const named = (this.look.get('yColumnNames') ?? []) as string[];
    if (named.length === 0 || !named.some((name) => frame.col(name) != null))
      this.look.choose('yColumnNames', all.filter((c) => c.isNumerical && !isDate(c) &&
        c.name !== this.look.get('xColumnName')).slice(0, mostDefaultYs).map((c) => c.name));
  }

  /** `y` and `split` in the singular, as options of other viewers have them. */
  protected override alias(name: string, value: any): boolean {
    if (name === 'y' || name === 'yColumnName')
      this.look.set('yColumnNames', value == null ? [] : [value]);
    else
      return false;
    return true;
  }

  protected override onProperty(name: string): void {
    if (/^x(ColumnName|Map|Min|Max|AxisType)$/.test(name))
      this.view = null;
  }

  protected override frameChanged(): void {
    this.view = null;
    this.hovered = null;
  }

  override resetView(): void {
    this.view = null;
    this.invalidate('data');
    this.emit('d4-linechart-reset-view', null);
  }

  // ---- data -------------------------------------------------------------------------------------------------------

  protected compute(): string | null {
    const frame = this.frame!;
    const look = this.look.values;
    const x = this.columnOf('xColumnName');
    this.ys = ((look.yColumnNames ?? []) as string[]).map((name, i) => ({column: frame.col(name)!,
      aggregation: look.yAggrTypes?.[i] ?? look.aggrType})).filter((y) => y.column != null);
    if (x == null || this.ys.length === 0)
      return x == null ? 'Choose a column for x' : 'Choose a column for y';
    const log = look.xAxisType === 'logarithmic';
    const values = xValues(x, look.xMap, log);
    const source = this.sourceRows;
    this.data = computeLines(values, this.ys, this.splitColumns, source, maskOf(frame.selection, frame.rowCount));
    this.places = null;
    this.hovered = null;
    const shown = look.axesFollowFilter ? source : fullMask(frame.rowCount);
    const stout = this.data.lines.some((l) => this.typeOf(l).endsWith('Bar Chart'));
    const own = PlotAxis.around(values, extentOf(values.values, rowsIn(shown)), log, stout ? 0.04 : 0.015);
    const range: Range = this.view ?? [look.xMin ?? own[0], look.xMax ?? own[1]];
    this.axis = new PlotAxis(values, range, log && values.kind === 'number', look.invertXAxis);
    return this.data.lines.length === 0 ? 'No rows to show' : null;
  }

  private get splitColumns(): DG.Column[] {
    const names = this.look.get('splitColumnNames') as string[] | null;
    const several = (names ?? []).map((name) => this.frame!.col(name)).filter((c) => c != null);
    const one = this.columnOf('splitColumnName');
    return several.length > 0 ? several : one == null ? [] : [one];
  }

  private typeOf(line: Line): string {
    const types = this.look.get('chartTypes') as string[] | null;
    return types?.[line.y] ?? types?.[0] ?? 'Line Chart';
  }

  private colorsOf(): (line: Line) => string {
    const look = this.look.values;
    const split = this.splitColumns;
    if (split.length === 1) {
      const colors = categoryColors(split[0], categoriesOf(split[0]));
      return (line) => colors[line.code];
    }
    if (split.length > 1)
      return (line) => palette[line.code % palette.length];
    return (line) => look.lineColoringType === 'Custom' ? html(look.lineColor) : palette[line.y % palette.length];
  }

  // ---- painting ---------------------------------------------------------------------------------------------------

  protected arrange(room: {selectors: boolean; legend: boolean}): void {
    const look = this.look.values;
    const top = room.selectors && look.showTopPanel;
    const colors = this.colorsOf();
    this.x.update(room.selectors && look.showXSelector,
      `${look.xColumnName}${look.xMap ? `, ${look.xMap}` : ''}`);
    this.split.update(top && look.showSplitSelector, this.splitColumns.map((c) => c.name).join(', ') || 'none');
    this.arrangeYs(top && look.showYSelectors, colors);
    const data = this.data!;
    const bySplit = data.splits != null;
    const codes = [...new Set(data.lines.map((l) => bySplit ? l.code : l.y))];
    const untold = this.ys.length > 1 && !(top && look.showYSelectors) && !look.multiAxis;
    const named = bySplit || look.addYColumnsToLegend || untold;
    this.legend.update(bySplit ? this.splitColumns.map((c) => c.name).join(', ') : '', !named || !room.legend ? [] :
      codes.map((code) => ({code, name: bySplit ? data.splitNames[code] : data.labels[code],
        color: colors(data.lines.find((l) => (bySplit ? l.code : l.y) === code)!)})), this.legendSide);
  }

  private arrangeYs(shown: boolean, colors: (line: Line) => string): void {
    while (this.ySelectors.length < this.ys.length) {
      const selector = new ColumnSelector(this, {property: 'yColumnNames', index: this.ySelectors.length, none: 'Remove',
        aggregation: {property: 'yAggrTypes', choices: aggregations}});
      this.ySelectors.push(selector);
      this.top.insertBefore(selector.root, this.split.root);
    }
    this.ySelectors.forEach((selector, i) => {
      selector.update(shown && i < this.ys.length, this.data!.labels[i]);
      const line = this.data!.lines.find((l) => l.y === i);
      selector.root.style.color = this.data!.splits == null && this.ys.length > 1 && line != null ? colors(line) : '';
    });
  }

  protected option(): Record<string, any> {
    const {width, height} = this.plotSize;
    this.areas = [];
    this.toScreen = [];
    const many = this.look.get('multiAxis') && this.ys.length > 1;
    const picture: LinePicture = {
      data: this.data!, axis: this.axis, charts: many ? this.ys.length : 1, chartOf: (l) => many ? l.y : 0,
      typeOf: (l) => this.typeOf(l), colorOf: this.colorsOf(), width, height, theme: this.theme, look: this.look.values,
      formats: this.ys.map((y) => y.column.getTag(DG.TAGS.FORMAT) ?? null), overview: this.overview(height),
      marks: (chart) => this.marksSeries(chart),
    };
    return lineOption(picture);
  }

  private overview(height: number): LinePicture['overview'] {
    const column = this.columnOf('overviewColumnName');
    const tall = this.look.get('overviewHeight');
    if (column == null || height < tall * 3)
      return null;
    const data = computeLines(this.data!.axis, [{column, aggregation: this.look.get('overviewAggrType')}], [],
      this.data!.source, emptyMask(this.frame!.rowCount));
    const line = data.lines[0];
    const values: [number, number][] = line == null ? [] :
      Array.from(line.at, (at, i) => [data.xs[at], line.values[i]]);
    const extent = extentOf(data.axis.values, rowsIn(data.source));
    const range = PlotAxis.around(data.axis, extent, this.axis.log, 0.015);
    return {values, axis: new PlotAxis(data.axis, range, this.axis.log, this.axis.inverse), height: tall};
  }

  protected override marks(): Record<string, any> | null {
    return this.data == null || this.areas.length === 0 ? null :
      {series: this.areas.map((_, i) => this.marksSeries(i))};
  }

  /** A series over one chart (or the overview) that paints what the state of rows adds to the lines. */
  private marksSeries(chart: number): Record<string, any> {
    return {
      id: `marks ${chart}`, type: 'custom', silent: true, clip: true, xAxisIndex: chart, yAxisIndex: chart, z: 5,
      data: [[this.axis.range[0], NaN]], encode: {x: 0, y: -1}, animation: false,
      renderItem: (params: any, api: any) => {
        this.areas[chart] = {...params.coordSys};
        this.toScreen[chart] = (x, y) => api.coord([x, y]);
        const overview = this.look.get('overviewColumnName') && chart > 0 && chart === this.areas.length - 1 &&
          chart >= (this.look.get('multiAxis') ? this.ys.length : 1);
        return {type: 'group', children: overview ? this.view == null ? [] : overviewWindow(this.areas[chart],
          this.axis.range.map((x) => this.toScreen[chart](x, 0)[0]) as Range) : this.rowMarks(chart)};
      },
    };
  }

  private rowMarks(chart: number): any[] {
    const frame = this.frame!;
    const look = this.look.values;
    return lineMarks({
      data: this.data!, lines: this.data!.lines.filter((l) => this.chartOf(l) === chart), area: this.areas[chart],
      toScreen: this.toScreen[chart], heightOf: (line, i) => this.heightOf(line, i), colorOf: this.colorsOf(),
      theme: this.theme, mouseOver: look.showMouseOverRowLine ? frame.mouseOverRowIdx : -1,
      current: look.showCurrentRowLine ? frame.currentRowIdx : -1,
      group: look.showMouseOverRowGroup && this.hovered == null ? mouseOverGroup(frame) : null,
      selection: look.showSelectedRows && frame.selection.anyTrue ? maskOf(frame.selection, frame.rowCount) : null,
      hovered: this.hovered,
    });
  }

  private chartOf(line: Line): number {
    return this.look.get('multiAxis') && this.ys.length > 1 ? line.y : 0;
  }

  /** Height of a point on the axis: its value, or the top of its part in a stack. */
  private heightOf(line: Line, index: number): number {
    if (!this.typeOf(line).startsWith('Stacked'))
      return line.values[index];
    let sum = 0;
    for (const below of this.data!.lines.filter((l) => l.y === line.y)) {
      const i = below.at.indexOf(line.at[index]);
      sum += i < 0 ? 0 : below.values[i];
      if (below === line)
        break;
    }
    return sum;
  }

  // ---- mouse ------------------------------------------------------------------------------------------------------

  /** Places of all points on the screen: per line, x and y by turns. */
  private get screen(): Float32Array[] {
    return this.places ??= this.data!.lines.map((line) => {
      const at = this.toScreen[this.chartOf(line)];
      const places = new Float32Array(line.at.length * 2);
      line.at.forEach((x, i) => places.set(at(this.data!.xs[x], this.heightOf(line, i)), i * 2));
      return places;
    });
  }

  private hit(at: Point): Target | null {
    if (this.data == null || this.areas.length === 0)
      return null;
    let best: Target | null = null;
    let least = reach * reach;
    this.screen.forEach((places, n) => {
      for (let i = 0; i < places.length; i += 2) {
        const distance = (places[i] - at.x) ** 2 + (places[i + 1] - at.y) ** 2;
        if (distance < least) {
          least = distance;
          best = {line: this.data!.lines[n], index: i / 2};
        }
      }
    });
    return best;
  }

  private rowsOf({line, index}: Target): Mask {
    const {xIndex, splits, source} = this.data!;
    const x = line.at[index];
    return and(source, this.where((row) => xIndex[row] === x && (splits == null || splits[row] === line.code)));
  }

  protected gestures(): Gestures {
    return {
      hover: (at, e) => this.hover(at == null ? null : this.hit(at), e),
      click: (at, e) => this.clicked(this.hit(at), e),
      doubleClick: (at) => this.hit(at) == null && this.resetView(),
      area: (box, _outline, mode, e) => this.areaDrawn(box, mode, e),
      panStart: (at) => {
        const overview = this.areas.findIndex((a, i) => i > 0 && this.look.get('overviewColumnName') &&
          i === this.areas.length - 1 && at.y >= a.y && at.y <= a.y + a.height);
        this.panFrom = this.data == null ? null : {axis: this.axis, overview: overview < 0 ? null : at.x};
      },
      pan: (dx) => this.panned(dx),
      panEnd: () => {
        this.panFrom = null;
      },
      wheel: (at, steps) => {
        const area = this.areas[0];
        if (area == null)
          return false;
        this.setView(this.axis.zoomed(steps > 0 ? zoomStep : 1 / zoomStep, at.x - area.x, area.width));
        return true;
      },
    };
  }

  private panned(dx: number): void {
    if (this.panFrom == null || dx === 0)
      return;
    const {axis, overview} = this.panFrom;
    if (overview == null)
      this.setView(axis.moved(dx, this.areas[0].width));
    else {
      const area = this.areas[this.areas.length - 1];
      const whole = this.overview(Infinity)!.axis;
      const ends = [overview, overview + dx].map((x) => whole.toValue(x - area.x, area.width)).sort((a, b) => a - b);
      this.setView([ends[0], ends[1]]);
    }
  }

  private setView(range: Range): void {
    this.view = range;
    this.invalidate('data');
    this.emit('d4-linechart-zoomed', new DG.Rect(range[0], 0, range[1] - range[0], 0));
  }

  private hover(target: Target | null, e: MouseEvent): void {
    showTooltip(this, target == null ? null : this.tooltip(target), e);
    this.plot.style.cursor = target == null ? '' : 'pointer';
    if (target?.line === this.hovered?.line && target?.index === this.hovered?.index)
      return;
    this.hovered = target;
    if (target == null)
      this.highlight(null);
    else {
      const rows = this.rowsOf(target);
      this.highlight((row) => has(rows, row));
    }
    this.invalidate('marks');
  }

  private tooltip({line, index}: Target): HTMLElement {
    const data = this.data!;
    const x = data.xs[line.at[index]];
    const {kind, names, format} = data.axis;
    const place = kind === 'category' ? names[x] : kind === 'date' ? formatDate(x, format) : formatNumber(x, format);
    const lines: [string, string][] = [[data.labels[line.y],
      formatNumber(line.values[index], this.ys[line.y].column.getTag(DG.TAGS.FORMAT))]];
    if (line.code >= 0)
      lines.unshift([this.splitColumns.map((c) => c.name).join(' | '), line.name]);
    lines.push(['rows', formatNumber(rowsIn(this.rowsOf({line, index})).length)]);
    return pairs(place, lines);
  }

  /** A click on a point selects its rows and makes the first of them current; on the background it clears. */
  private clicked(target: Target | null, e: MouseEvent): void {
    const frame = this.frame!;
    const keys = e.ctrlKey || e.metaKey || e.shiftKey;
    if (target == null) {
      if (!keys && frame.selection.anyTrue)
        frame.selection.setAll(false);
      return;
    }
    const rows = this.rowsOf(target);
    if (!keys)
      frame.currentRowIdx = rowsIn(rows)[0];
    applyClick(frame.selection, rows, e);
    this.emit('d4-linechart-line-selected', new HostEvent({chartIdx: this.chartOf(target.line),
      yColumnNames: [this.ys[target.line.y].column.name], yAggrTypes: [this.ys[target.line.y].aggregation]},
    this.wrapper, e));
  }

  private areaDrawn(box: Box, mode: DragMode, e: MouseEvent): void {
    const area = this.areas[0];
    if (mode === 'zoom') {
      const ends = [box.x, box.x + box.width].map((x) => this.axis.toValue(x - area.x, area.width))
        .sort((a, b) => a - b);
      this.setView([ends[0], ends[1]]);
      return;
    }
    const inBox = new Set<string>();
    this.screen.forEach((places, n) => {
      const line = this.data!.lines[n];
      for (let i = 0; i < places.length; i += 2)
        if (places[i] >= box.x && places[i] <= box.x + box.width && places[i + 1] >= box.y &&
          places[i + 1] <= box.y + box.height)
          inBox.add(`${line.code} ${line.at[i / 2]}`);
    });
    const {splits, xIndex, source} = this.data!;
    const rows = emptyMask(this.frame!.rowCount);
    for (const row of rowsIn(source))
      if (inBox.has(`${splits?.[row] ?? -1} ${xIndex[row]}`))
        add(rows, row);
    applyClick(this.frame!.selection, rows, e);
  }

  protected override legendClicked(code: number, e: MouseEvent): void {
    const {splits, source} = this.data!;
    if (splits != null)
      applyClick(this.frame!.selection, and(source, this.where((row) => splits[row] === code)), e);
  }

  protected override legendHovered(code: number | null): void {
    const splits = this.data?.splits;
    this.highlight(code == null || splits == null ? null : (row) => splits[row] === code);
  }

  worldToScreen(x: number, y: number, chart: number): [number, number] {
    return this.toScreen[chart ?? 0](x, y) as [number, number];
  }

  screenToWorld(x: number, y: number): [number, number] {
    const chart = Math.max(0, this.areas.findIndex((a) => y >= a.y && y <= a.y + a.height));
    return this.chart!.convertFromPixel({gridIndex: chart}, [x, y]) as [number, number];
  }

  protected override hitAreas(): Record<string, Box> {
    const areas: Record<string, Box> = {};
    if (this.data != null && this.areas.length > 0)
      this.screen.forEach((places, n) => {
        const line = this.data!.lines[n];
        for (let i = 0; i < Math.min(places.length, 400); i += 2)
          areas[`point: ${line.name} / ${line.y} / ${i / 2}`] = {x: places[i] - 3, y: places[i + 1] - 3, width: 6, height: 6};
      });
    return areas;
  }

  override info(): Record<string, any> {
    const data = this.data;
    return {...super.info(), x: this.axis?.range, lines: data?.lines.map((l) => ({name: l.name, label: data.labels[l.y],
      x: Array.from(l.at, (i) => data.xs[i]), y: [...l.values]})) ?? []};
  }
}

export const lineChartType: ViewerType = {
  name: 'Line chart', description: 'Aggregated values along an axis', look: 'LineChartLook', css: 'd4-line-chart',
  properties: lineProperties, create: (type) => new LineChartHandle(type),
};
