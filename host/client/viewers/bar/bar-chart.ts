import * as DG from 'datagrok-api/dg';
import {HostEvent} from '../../interop/event-data.ts';
import {aggregations} from '../common-properties.ts';
import {ChartHandle} from '../chart-handle.ts';
import {categoryColors, html} from '../colors.ts';
import {ColumnSelector} from '../column-selector.ts';
import type {FrameChange} from '../frame-events.ts';
import type {Box, Gestures, Point} from '../gestures.ts';
import {and, applyClick, has, maskOf, type Mask} from '../mask.ts';
import {mouseOverGroup} from '../row-source.ts';
import {pairs, showTooltip} from '../tooltips.ts';
import {formatNumber} from '../value-format.ts';
import {barColors} from './bar-colors.ts';
import {barAt, type Painted, type Target} from './bar-hits.ts';
import {ClickFilter} from './click-filter.ts';
import {barOption, nameOf, type BarPicture, type Rect} from './bar-option.ts';
import {computeBars, type Bar, type BarData, type Segment} from './bar-data.ts';
import {barProperties} from './bar-properties.ts';
import {BarScroll} from './bar-scroll.ts';
import type {ViewerType} from '../viewer-type.ts';

const thinnest = 17;
const thinnestVertical = 12;

class BarChartHandle extends ChartHandle {
  private data: BarData = {bars: [], split: null, stack: null, aggregation: 'count', source: new Uint32Array()};
  private painted: Painted[] = [];
  private hovered: Target | null = null;
  private readonly scroll = new BarScroll(this.plot, () => this.invalidate('data'));
  private readonly click = new ClickFilter();
  private readonly selectors = {
    split: new ColumnSelector(this, {property: 'splitColumnName', none: 'No split'}),
    value: new ColumnSelector(this, {property: 'valueColumnName', none: 'Rows',
      aggregation: {property: 'valueAggrType', choices: aggregations}}),
    stack: new ColumnSelector(this, {property: 'stackColumnName', label: 'Stack', none: 'none'}),
  };

  constructor(type: ViewerType) {
    super(type);
    this.top.append(this.selectors.value.root, this.selectors.split.root, this.selectors.stack.root);
  }

  protected createWrapper(): any {return new DG.BarChartViewer(this);}

  /** Bars of the category column with the fewest categories, when the options name none. */
  protected override chooseColumns(frame: DG.DataFrame): void {
    const known = (name: string): boolean => name === '' || frame.col(name) != null;
    const split = this.look.get('splitColumnName');
    if (split == null || !known(split)) {
      const text = frame.columns.toList().filter((c) => c.isCategorical && !c.name.startsWith('~'));
      const short = text.filter((c) => c.categories.length > 1)
        .sort((a, b) => a.categories.length - b.categories.length);
      this.look.choose('splitColumnName', (short[0] ?? text[0])?.name ?? null);
    }
  }

  protected override frameChanged(): void {
    this.click.listen(this.frame);
    this.scroll.reset();
    this.hovered = null;
  }

  protected override onProperty(name: string): void {
    if (name === 'onClick')
      this.click.clear();
    if (name !== 'title' && name !== 'description')
      this.scroll.reset();
  }

  protected override changed(change: FrameChange): void {
    // Current row and mouse-over row have no mark here.
    if (change !== 'current' && change !== 'mouse-over' || `${this.look.get('rowSource')}`.match(/Current|MouseOverRow/))
      super.changed(change);
  }

  override resetView(): void {
    this.scroll.reset();
    this.invalidate('data');
    this.emit('d4-bar-chart-reset-view', null);
  }

  override detach(): void {
    this.click.listen(null);
    super.detach();
  }

  /** The values as painted, for `getAggregatedValueColumn`. */
  get aggregated(): DG.Column {
    return DG.Column.fromList('double', this.valueName, this.data.bars.map((b) => b.value));
  }

  protected compute(): string | null {
    const frame = this.frame!;
    const look = this.look.values;
    const rows = frame.rowCount;
    this.data = computeBars({
      frame, split: this.columnOf('splitColumnName'), splitMap: look.splitMap, stack: this.columnOf('stackColumnName'),
      stackMap: look.stackMap, value: this.columnOf('valueColumnName'), aggregation: look.valueAggrType,
      color: this.columnOf('colorColumnName'), colorAggregation: look.colorAggrType, source: this.sourceRows,
      selection: maskOf(frame.selection, rows), filter: maskOf(frame.filter, rows),
      mouseOver: look.showMouseOverRows && this.hovered == null ? mouseOverGroup(frame) : null,
      relative: look.relativeValues, includeNulls: look.includeNulls, includeEmpty: look.showEmptyBars,
      sortBy: look.barSortType, ascending: look.barSortOrder === 'asc',
    });
    return this.data.bars.length === 0 ? 'No rows to show' : null;
  }

  private get valueName(): string {
    const value = this.columnOf('valueColumnName');
    return value == null ? 'count' : `${this.data.aggregation}(${value.name})`;
  }

  private get horizontal(): boolean {
    const orientation = this.look.get('orientation');
    return orientation === 'auto' ? this.body.clientWidth < this.body.clientHeight * 2.2 : orientation !== 'vertical';
  }

  protected arrange(room: {selectors: boolean; legend: boolean}): void {
    const look = this.look.values;
    this.selectors.value.update(room.selectors && look.showValueSelector,
      this.columnOf('valueColumnName') == null ? 'Number of rows' : this.valueName);
    const split = this.columnOf('splitColumnName');
    this.selectors.split.update(room.selectors && look.showCategorySelector,
      split == null ? 'No split' : `by ${split.name}${look.splitMap ? `, ${look.splitMap}` : ''}`);
    this.selectors.stack.update(room.selectors && look.showStackSelector);
    const stack = this.columnOf('stackColumnName');
    const categories = this.data.stack;
    if (stack == null || categories == null || !room.legend)
      this.legend.update('', [], this.legendSide);
    else {
      const used = new Set(this.data.bars.flatMap((b) => b.segments.map((s) => s.code)));
      const colors = categoryColors(stack, categories);
      this.legend.update(stack.name, [...used].sort((a, b) => a - b).map((code) =>
        ({code, name: nameOf({name: categories.names[code]}), color: colors[code]})), this.legendSide);
    }
  }

  protected option(): Record<string, any> {
    const {width, height} = this.plotSize;
    const look = this.look.values;
    const horizontal = this.horizontal;
    const along = horizontal ? height - (look.showValueAxis ? 24 : 8) : width - 60;
    const least = horizontal ? thinnest : thinnestVertical;
    const [from, to] = this.scroll.window(this.data.bars.length, along, least, horizontal);
    const bars = this.data.bars.slice(from, to);
    const format = this.columnOf('valueColumnName')?.getTag(DG.TAGS.FORMAT);
    const whole = ['count', 'values', 'unique', 'nulls', '#selected'].includes(this.data.aggregation);
    this.painted = [];
    const picture: BarPicture = {
      bars, horizontal, width, height, theme: this.theme, font: look.font, colorOf: this.painter(),
      valueText: (bar) => formatNumber(bar.value, whole ? '#,##0' : format),
      valueLabels: look.showLabels === 'always' || look.showLabels !== 'never' && width > 160 && !look.relativeValues,
      categoryLabels: look.showCategoryValues, maxCategoryWidth: look.maxCategoryWidth, valueAxis: look.showValueAxis,
      valueAxisLine: look.showValueAxisLine, log: look.axisType === 'logarithmic',
      relative: look.relativeValues && this.data.stack != null, min: look.valueMin, max: look.valueMax,
      maxThickness: look.maxBarHeight, radius: look.barCornerRadius, showSelected: look.showSelectedRows,
      showFiltered: look.showFilteredRows && look.rowSource === 'All', showMouseOver: look.showMouseOverRows,
      hovered: () => look.showMouseOverRect && this.hovered != null ? bars.indexOf(this.hovered.bar) : -1,
      painted: (i, boxes, band, label) => {
        this.painted[i] = {bar: bars[i], boxes, band, label};
      },
    };
    // The bar under the mouse is another object after a new computation.
    if (this.hovered != null)
      this.hovered.bar = bars.find((b) => b.code === this.hovered!.bar.code) ?? this.hovered.bar;
    return barOption(picture);
  }

  private painter(): (bar: Bar, segment: Segment) => string {
    const look = this.look.values;
    return barColors({data: this.data, split: this.columnOf('splitColumnName'), stack: this.columnOf('stackColumnName'),
      color: this.columnOf('colorColumnName'), scheme: look.linearColorScheme, inverted: look.invertColorScheme,
      plain: html(look.barColor)});
  }

  private hit(at: Point): Target | null {
    const target = barAt(this.painted, at, this.horizontal);
    return target == null || this.data.stack != null ? target : {...target, segment: null};
  }

  /** Rows of a bar, or of one segment of it, among the rows shown. */
  private rowsOf(target: {bar: Bar; segment: Segment | null}): Mask {
    const {split, stack, source} = this.data;
    return and(source, this.where((row) => (split == null || split.codes[row] === target.bar.code) &&
      (target.segment == null || stack!.codes[row] === target.segment.code)));
  }

  protected gestures(): Gestures {
    return {
      hover: (at, e) => this.hover(at == null ? null : this.hit(at), e),
      click: (at, e) => this.clicked(this.hit(at), e),
      doubleClick: (at) => this.hit(at) == null && this.resetView(),
      area: (box, _outline, mode, e) => mode !== 'zoom' && this.selectArea(box, e),
      wheel: (_at, steps) => this.scroll.by(steps),
    };
  }

  private hover(target: Target | null, e: MouseEvent): void {
    const same = target?.bar.code === this.hovered?.bar.code && target?.segment?.code === this.hovered?.segment?.code;
    showTooltip(this, target == null ? null : this.tooltip(target), e);
    this.plot.style.cursor = target != null && this.look.get('onClick') !== 'None' ? 'pointer' : '';
    if (same)
      return;
    this.hovered = target;
    if (target == null)
      this.highlight(null);
    else {
      const rows = this.rowsOf(target);
      this.highlight((row) => has(rows, row));
      this.emit('d4-bar-chart-on-category-hovered', this.categoryEvent(target, e));
    }
    this.invalidate('marks');
  }

  private tooltip({bar, segment}: Target): HTMLElement {
    const lines: [string, string][] = [];
    const stack = this.columnOf('stackColumnName');
    const value = (x: number): string => formatNumber(x, this.columnOf('valueColumnName')?.getTag(DG.TAGS.FORMAT));
    if (segment != null && stack != null) {
      lines.push([stack.name, nameOf({name: this.data.stack!.names[segment.code]})],
        [this.valueName, value(segment.value)], ['of', value(bar.value)]);
    } else
      lines.push([this.valueName, value(bar.value)]);
    if (this.valueName !== 'count')
      lines.push(['rows', formatNumber(segment?.rows ?? bar.rows)]);
    if (bar.selectedRows > 0)
      lines.push(['selected', formatNumber(bar.selectedRows)]);
    return pairs(nameOf(bar), lines);
  }

  /** First what the chart itself does, then the event, then the browser's click goes on to the root. */
  private clicked(target: Target | null, e: MouseEvent): void {
    const action = this.look.get('onClick');
    const keys = e.ctrlKey || e.metaKey || e.shiftKey;
    if (target == null) {
      if (action === 'Filter')
        this.click.clear();
      else if (action === 'Select' && !keys && this.frame!.selection.anyTrue)
        this.frame!.selection.setAll(false);
      return;
    }
    if (action === 'Select')
      applyClick(this.frame!.selection, this.rowsOf(target), e);
    else if (action === 'Filter')
      this.click.toggle(this.keyOf(target), this.condition(target), this.rowsOf(target), keys);
    this.emit('d4-bar-chart-on-category-clicked', this.categoryEvent(target, e));
  }

  private selectArea(box: Box, e: MouseEvent): void {
    const meets = (r: Rect): boolean => r.x < box.x + box.width && r.x + r.width > box.x &&
      r.y < box.y + box.height && r.y + r.height > box.y;
    const hit = new Set(this.painted.filter((p) => p.boxes.some((b) => meets(b.box))).map((p) => p.bar.code));
    const {split, source} = this.data;
    applyClick(this.frame!.selection, and(source, this.where((row) => split == null || hit.has(split.codes[row]))), e);
  }

  protected override legendClicked(code: number, e: MouseEvent): void {
    const {stack, source} = this.data;
    if (stack != null)
      applyClick(this.frame!.selection, and(source, this.where((row) => stack.codes[row] === code)), e);
  }

  protected override legendHovered(code: number | null): void {
    const codes = this.data.stack?.codes;
    this.highlight(code == null || codes == null ? null : (row) => codes[row] === code);
  }

  private keyOf(target: Target): string {
    return `${target.bar.code} ${target.segment?.code ?? ''}`;
  }

  private names({bar, segment}: Target): [string, string][] {
    const names: [string, string][] = [];
    if (this.data.split != null)
      names.push([this.look.get('splitColumnName'), bar.name]);
    if (segment != null && this.data.stack != null)
      names.push([this.look.get('stackColumnName'), this.data.stack.names[segment.code]]);
    return names;
  }

  private condition(target: Target): string {
    return this.names(target).map(([name, value]) => `\${${name}} = ${value}`).join(' and ');
  }

  private categoryEvent(target: Target, e: MouseEvent): HostEvent {
    const names = this.names(target);
    return new HostEvent({matchCondition: Object.fromEntries(names), matchConditionStr: this.condition(target),
      options: {categories: names.map(([, value]) => value)}}, this.wrapper, e);
  }

  protected override hitAreas(): Record<string, Rect> {
    const areas: Record<string, Rect> = {};
    for (const {bar, boxes} of this.painted)
      for (const {segment, box} of boxes)
        areas[`bar: ${bar.name}${segment.code < 0 ? '' : ` / ${this.data.stack!.names[segment.code]}`}`] = box;
    return areas;
  }

  override info(): Record<string, any> {
    return {...super.info(), aggregation: this.data.aggregation, bars: this.data.bars.map((b) => ({name: b.name,
      value: b.value, rows: b.rows, selected: b.selectedRows, segments: b.segments.map((s) => ({...s,
        name: this.data.stack?.names[s.code] ?? ''}))}))};
  }
}

export type {BarChartHandle};

export const barChartType: ViewerType = {
  name: 'Bar chart', description: 'Compares aggregated values of categories', look: 'BarChartLook', css: 'd4-bar-chart',
  properties: barProperties, create: (type) => new BarChartHandle(type),
};
