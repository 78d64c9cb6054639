import type {Theme} from '../theme.ts';
import {axisStyle, textWidth} from '../chart-handle.ts';
import {mix, stateColors, withAlpha} from '../colors.ts';
import {formatShort, oneLine} from '../value-format.ts';
import type {Bar, Segment} from './bar-data.ts';

/** Everything that the painting of bars depends on. */
export interface BarPicture {
  bars: Bar[];
  horizontal: boolean;
  width: number;
  height: number;
  theme: Theme;
  font: string;
  colorOf(bar: Bar, segment: Segment): string;
  valueText(bar: Bar): string;
  valueLabels: boolean;
  categoryLabels: boolean;
  maxCategoryWidth: number;
  valueAxis: boolean;
  valueAxisLine: boolean;
  log: boolean;
  relative: boolean;
  min: number | null;
  max: number | null;
  maxThickness: number;
  radius: number;
  showSelected: boolean;
  showFiltered: boolean;
  showMouseOver: boolean;
  /** Index among the bars shown, and outline, of the bar under the mouse. */
  hovered(): number;
  /** Called for each bar with where it was painted. */
  painted(index: number, boxes: {segment: Segment; box: Rect}[], band: Rect, label: Rect | null): void;
}

export interface Rect {x: number; y: number; width: number; height: number}

const missingName = '(no value)';
export const nameOf = (bar: {name: string}): string => bar.name === '' ? missingName : bar.name;

/** The ECharts option: a category axis, a value axis and one custom series whose items are the bars. */
export function barOption(p: BarPicture): Record<string, any> {
  const style = axisStyle(p.theme, true);
  const labelRoom = p.valueLabels ? Math.max(0, ...p.bars.map((b) => textWidth(p.valueText(b), p.theme.font))) + 8 : 8;
  const category = categoryAxis(p);
  const value = {
    ...style, type: p.log ? 'log' : 'value', min: p.min ?? undefined, max: p.max ?? (p.relative ? 1 : undefined),
    axisLine: {show: p.valueAxisLine && p.valueAxis, lineStyle: {color: p.theme.line}}, axisTick: {show: false},
    axisLabel: {...style.axisLabel, show: p.valueAxis,
      formatter: (x: number) => p.relative ? `${Math.round(x * 100)}%` : formatShort(x)},
    splitLine: {show: p.valueAxis, lineStyle: {color: p.theme.gridLine}}, splitNumber: ticks(p),
  };
  return {
    grid: {left: 6, top: p.horizontal ? 4 : p.valueLabels ? 18 : 8, right: p.horizontal ? labelRoom : 8, bottom: 4,
      outerBoundsMode: 'same', outerBoundsContain: 'axisLabel'},
    xAxis: p.horizontal ? value : category,
    yAxis: p.horizontal ? category : value,
    series: [{
      type: 'custom', silent: true, clip: false, data: p.bars.map((b, i) => item(p, b, i)),
      encode: p.horizontal ? {x: [1, 2], y: 0} : {x: 0, y: [1, 2]},
      renderItem: (_params: any, api: any) => renderBar(p, api),
    }],
  };
}

function categoryAxis(p: BarPicture): Record<string, any> {
  const names = p.bars.map((bar) => oneLine(nameOf(bar)));
  const widest = Math.max(0, ...names.map((n) => textWidth(n, p.theme.font)));
  const room = p.horizontal ? Math.min(p.maxCategoryWidth, p.width * 0.4) : p.width / Math.max(1, p.bars.length) - 6;
  const turned = !p.horizontal && widest > room;
  const style = axisStyle(p.theme, false);
  return {
    ...style, type: 'category', data: names, inverse: p.horizontal, axisTick: {show: false}, splitLine: {show: false},
    axisLabel: {...style.axisLabel, color: p.theme.text, show: p.categoryLabels, interval: 0, hideOverlap: false,
      rotate: turned ? room > 26 ? 40 : 90 : 0, width: turned ? Math.min(p.height * 0.35, p.maxCategoryWidth) :
        Math.min(widest + 4, Math.max(20, room)), overflow: 'truncate', ellipsis: '…'},
  };
}

const ticks = (p: BarPicture): number =>
  Math.max(2, Math.min(6, Math.floor((p.horizontal ? p.width / 90 : p.height / 50))));

/** Position, lower and upper end, for the extent of the value axis. A logarithmic axis has no zero. */
function item(p: BarPicture, bar: Bar, index: number): number[] {
  const ends = bar.segments.flatMap((s) => [s.from, s.to]);
  const low = Math.min(0, ...ends);
  const high = Math.max(0, ...ends);
  return p.log ? [index, Math.max(1e-12, Math.min(1, high)), Math.max(high, 1e-12)] : [index, low, high];
}

function renderBar(p: BarPicture, api: any): any {
  const index = api.value(0);
  const bar = p.bars[index];
  const at = (value: number): number[] =>
    api.coord(p.horizontal ? [p.log ? Math.max(value, api.value(1)) : value, index] :
      [index, p.log ? Math.max(value, api.value(1)) : value]);
  const step = api.size([1, 1])[p.horizontal ? 1 : 0];
  const thickness = Math.max(1, Math.min(p.maxThickness, step * 0.74));
  const box = (from: number, to: number): Rect => {
    const [a, b] = [at(from), at(to)];
    return p.horizontal ?
      {x: Math.min(a[0], b[0]), y: a[1] - thickness / 2, width: Math.abs(a[0] - b[0]), height: thickness} :
      {x: a[0] - thickness / 2, y: Math.min(a[1], b[1]), width: thickness, height: Math.abs(a[1] - b[1])};
  };
  const boxes = bar.segments.map((segment) => ({segment, box: box(segment.from, segment.to)}));
  const children = boxes.flatMap(({segment, box: b}) => segmentShapes(p, bar, segment, b));
  if (p.hovered() === index)
    children.push(outline(p, boxes.map((b) => b.box)));
  const label = p.valueLabels ? labelShape(p, bar, box) : null;
  if (label != null)
    children.push(label.shape);
  const middle = at(0);
  p.painted(index, boxes, p.horizontal ? {x: 0, y: middle[1] - step / 2, width: p.width, height: step} :
    {x: middle[0] - step / 2, y: 0, width: step, height: p.height}, label?.box ?? null);
  return {type: 'group', children};
}

function segmentShapes(p: BarPicture, bar: Bar, s: Segment, box: Rect): any[] {
  const color = p.colorOf(bar, s);
  const part = (share: number): Rect => portion(p, s, box, share);
  const shape = (rect: Rect, fill: string): any => ({type: 'rect', shape: {...rect, r: p.radius}, style: {fill}});
  const partly = p.showFiltered && s.filtered < 1;
  const shapes = [shape(box, partly ? mix(color, p.theme.background, 0.72) : color)];
  if (partly && s.filtered > 0)
    shapes.push(shape(part(s.filtered), color));
  if (p.showSelected && s.selected > 0)
    shapes.push(shape(part(s.selected), stateColors.selected));
  if (p.showMouseOver && s.mouseOver > 0)
    shapes.push(shape(part(s.mouseOver), withAlpha(p.theme.text, 0.22)));
  if (bar.segments.length > 1)
    shapes.push({type: 'rect', shape: box, style: {fill: 'none', stroke: p.theme.background, lineWidth: 1}});
  return shapes;
}

/** The part of a segment that begins at the end nearer to zero. */
function portion(p: BarPicture, s: Segment, box: Rect, share: number): Rect {
  const back = s.to < s.from;
  if (p.horizontal)
    return {...box, width: box.width * share, x: back ? box.x + box.width * (1 - share) : box.x};
  return {...box, height: box.height * share, y: back ? box.y : box.y + box.height * (1 - share)};
}

function outline(p: BarPicture, boxes: Rect[]): any {
  const x = Math.min(...boxes.map((b) => b.x));
  const y = Math.min(...boxes.map((b) => b.y));
  const right = Math.max(...boxes.map((b) => b.x + b.width));
  const bottom = Math.max(...boxes.map((b) => b.y + b.height));
  return {type: 'rect', shape: {x: x - 1, y: y - 1, width: right - x + 2, height: bottom - y + 2, r: p.radius + 1},
    style: {fill: 'none', stroke: p.theme.text, lineWidth: 1.5}};
}

function labelShape(p: BarPicture, bar: Bar, box: (from: number, to: number) => Rect): {shape: any; box: Rect} | null {
  const text = p.valueText(bar);
  const end = bar.segments.reduce((far, s) => Math.abs(s.to) > Math.abs(far) ? s.to : far, 0);
  const b = box(0, end);
  const width = textWidth(text, p.theme.font);
  if (text === '' || !p.horizontal && width > b.width * 1.35 + 6)
    return null;
  const left = p.horizontal ? end < 0 ? b.x - width - 5 : b.x + b.width + 5 : b.x + b.width / 2 - width / 2;
  const top = p.horizontal ? b.y + b.height / 2 - 7 : end < 0 ? b.y + b.height + 3 : b.y - 16;
  return {
    box: {x: left, y: top, width, height: 14},
    shape: {type: 'text', style: {text, x: left, y: top + 7, fill: p.theme.textLight, font: `11px ${p.theme.font}`,
      textVerticalAlign: 'middle'}},
  };
}
