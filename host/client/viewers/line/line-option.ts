import {axisStyle, textWidth} from '../chart-handle.ts';
import {withAlpha} from '../colors.ts';
import type {PlotAxis} from '../plot-axis.ts';
import type {Theme} from '../theme.ts';
import {formatNumber, formatShort} from '../value-format.ts';
import type {Line, LineData} from './line-data.ts';

/** Everything that the painting of lines depends on. */
export interface LinePicture {
  data: LineData;
  axis: PlotAxis;
  /** Number of charts, one under another. */
  charts: number;
  chartOf(line: Line): number;
  typeOf(line: Line): string;
  colorOf(line: Line): string;
  formats: (string | null)[];
  overview: {values: [number, number][]; axis: PlotAxis; height: number} | null;
  width: number;
  height: number;
  theme: Theme;
  look: Record<string, any>;
  /** A custom series over each chart that paints marks. */
  marks(chart: number): Record<string, any>;
}

const gap = 16;

/** The ECharts option: a grid per chart, all on the same x, and the overview at the bottom. */
export function lineOption(p: LinePicture): Record<string, any> {
  const areas = chartAreas(p);
  const left = p.charts > 1 && p.look.showYAxis ? widestLabel(p) : null;
  const many = p.data.lines.reduce((n, l) => n + l.at.length, 0);
  const markers = p.look.showMarkers === 'Always' ||
    p.look.showMarkers !== 'Never' && many <= Math.max(30, p.width / 9 * Math.max(1, p.data.lines.length / 2));
  const option = {
    grid: areas.map((a) => ({left: p.look.outerChartMarginLeft + (left ?? 0), right: p.look.outerChartMarginRight,
      top: a.top, height: a.height - (left != null && p.look.showXAxis && a === areas[p.charts - 1] ? 20 : 0),
      outerBoundsMode: left == null ? 'same' : 'none', outerBoundsContain: 'axisLabel'})),
    xAxis: areas.map((_, i) => ({...p.axis.option(p.theme, p.width - 60, true, p.look.showXAxis && i === p.charts - 1,
      p.look.showVerticalGridLines), gridIndex: i})),
    yAxis: areas.map((a, i) => ({...yAxis(p, i, a.height), gridIndex: i})),
    series: [...p.data.lines.map((line) => series(p, line, markers)),
      ...areas.map((_, i) => p.marks(i))],
  };
  return p.overview == null ? option : withOverview(p, option);
}

function chartAreas(p: LinePicture): {top: number; height: number}[] {
  const top = p.look.outerChartMarginTop + p.look.innerChartMarginTop;
  const below = p.look.outerChartMarginBottom + p.look.innerChartMarginBottom +
    (p.overview == null ? 0 : p.overview.height + gap);
  // Labels of x stand under the last chart alone, and take their room from it.
  const labels = p.look.showXAxis && p.charts > 1 ? 20 : 0;
  const each = Math.max(20, (p.height - top - below - labels - gap * (p.charts - 1)) / p.charts);
  return Array.from({length: p.charts}, (_, i) =>
    ({top: top + i * (each + gap), height: each + (i === p.charts - 1 ? labels : 0)}));
}

/** Charts under one another share their left edge, so their labels get the room of the widest. */
function widestLabel(p: LinePicture): number {
  const labels = p.data.lines.flatMap((l) => [Math.max(...l.values), Math.min(...l.values)].map((x) =>
    p.formats[l.y] == null ? formatShort(Math.round(x) * 1.1) : formatNumber(x, p.formats[l.y])));
  return Math.max(...labels.map((text) => textWidth(text, p.theme.font))) + 10;
}

function yAxis(p: LinePicture, chart: number, height: number): Record<string, any> {
  const style = axisStyle(p.theme, p.look.showHorizontalGridLines && p.look.showYAxis);
  const lines = p.data.lines.filter((l) => p.chartOf(l) === chart);
  const format = p.formats[lines[0]?.y ?? 0];
  const fromZero = lines.some((l) => p.typeOf(l) !== 'Line Chart' || /^(count|unique|values|nulls|#selected|sum)\(/
    .test(p.data.labels[l.y]));
  const log = p.look.yAxisType === 'logarithmic';
  return {
    ...style, type: log ? 'log' : 'value', show: p.look.showYAxis, scale: !fromZero, min: p.look.yMin ?? undefined,
    max: p.look.yMax ?? (p.look.yGlobalScale && p.charts > 1 ? highest(p) : undefined),
    splitNumber: Math.max(2, Math.min(6, Math.round(height / 45))),
    minInterval: lines.every((l) => /^(count|unique|values|nulls)\(/.test(p.data.labels[l.y])) ? 1 : undefined,
    axisLine: {show: false}, axisTick: {show: false},
    axisLabel: {...style.axisLabel,
      formatter: (x: number) => format == null ? formatShort(x) : formatNumber(x, format)},
  };
}

const highest = (p: LinePicture): number =>
  p.data.lines.reduce((max, l) => l.values.reduce((m, x) => Math.max(m, x), max), -Infinity);

function series(p: LinePicture, line: Line, markers: boolean): Record<string, any> {
  const type = p.typeOf(line);
  const color = p.colorOf(line);
  const chart = p.chartOf(line);
  const stacked = type.startsWith('Stacked');
  const log = p.look.yAxisType === 'logarithmic';
  const point = (i: number): [number, number | null] =>
    [p.data.xs[line.at[i]], log && line.values[i] <= 0 ? null : line.values[i]];
  const data = stacked ? everyPlace(p.data, line) : Array.from(line.at, (_, i) => point(i));
  const base = {silent: true, data, xAxisIndex: chart, yAxisIndex: chart, name: line.name, itemStyle: {color},
    stack: stacked ? `${chart} ${line.y}` : undefined, animation: false};
  if (type.endsWith('Bar Chart'))
    return {...base, type: 'bar', barWidth: stacked ? barWidth(p) : barWidth(p) / p.data.lines.length, clip: true};
  const opacity = 1 - p.look.lineTransparency / 100;
  return {...base, type: 'line', smooth: p.look.interpolation === 'Spline' ? p.look.splineTension : false,
    showSymbol: markers || line.at.length === 1, showAllSymbol: true, symbol: p.look.markerType,
    symbolSize: p.look.markerSize, lineStyle: {color, width: p.look.lineWidth, opacity}, clip: true,
    itemStyle: {color: p.look.lineColoringType === 'Custom' ? p.look.markerColor : color},
    areaStyle: type.includes('Area') ? {color: withAlpha(color, stacked ? 0.55 : 0.22)} : undefined};
}

/** The library stacks point upon point, so each line of a stack needs one at every place. */
function everyPlace(data: LineData, line: Line): [number, number][] {
  const all: [number, number][] = Array.from(data.xs, (x) => [x, 0]);
  line.at.forEach((at, i) => {
    all[at][1] = line.values[i];
  });
  return all;
}

/** Width of bars on an axis without categories: most of the smallest distance between two places. */
function barWidth(p: LinePicture): number {
  const {xs} = p.data;
  let least = p.axis.range[1] - p.axis.range[0];
  for (let i = 1; i < xs.length; i++)
    least = Math.min(least, xs[i] - xs[i - 1]);
  return Math.max(1, Math.min(40, least / (p.axis.range[1] - p.axis.range[0]) * (p.width - 60) * 0.75));
}

function withOverview(p: LinePicture, option: any): Record<string, any> {
  const {values, axis, height} = p.overview!;
  const style = axis.option(p.theme, p.width, true, false, false);
  const n = option.grid.length;
  return {
    grid: [...option.grid, {left: p.look.outerChartMarginLeft + 4, right: p.look.outerChartMarginRight, height,
      bottom: p.look.outerChartMarginBottom, outerBoundsMode: 'none'}],
    xAxis: [...option.xAxis, {...style, gridIndex: n, show: false}],
    yAxis: [...option.yAxis, {type: 'value', gridIndex: n, show: false}],
    series: [...option.series, {type: 'line', silent: true, animation: false, data: values, xAxisIndex: n, yAxisIndex: n,
      showSymbol: false, lineStyle: {width: 1, color: p.theme.textLight},
      areaStyle: {color: withAlpha(p.theme.textLight, 0.15)}}, p.marks(n)],
  };
}
