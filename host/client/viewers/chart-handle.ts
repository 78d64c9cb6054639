import * as ui from 'datagrok-api/ui';
import * as echarts from 'echarts/core';
import {CustomChart, LineChart, BarChart} from 'echarts/charts';
import {GridComponent} from 'echarts/components';
import {CanvasRenderer} from 'echarts/renderers';
import {installGestures, type Gestures} from './gestures.ts';
import {Legend, ColorBar} from './legend.ts';
import {maskWhere, type Mask} from './mask.ts';
import type {Extent} from './repaint.ts';
import {onThemeChanged, themeAt, type Theme} from './theme.ts';
import {ViewerHandle} from './viewer-handle.ts';
import type {ViewerType} from './viewer-type.ts';

echarts.use([CustomChart, LineChart, BarChart, GridComponent, CanvasRenderer]);

/** Below these sizes of the body, legend and selectors give way when the viewer lays itself out. */
const roomFor = {selectors: {width: 200, height: 140}, legend: {width: 260, height: 120}};

/**
 * A viewer painted by ECharts. The library paints axes, grid lines and series; colours come from the page's theme, and
 * the mouse is the host's own, because the platform's conventions are not those of chart libraries.
 */
export abstract class ChartHandle extends ViewerHandle {
  protected chart: echarts.ECharts | null = null;
  protected theme!: Theme;
  protected readonly top = area('d4-chart-top');
  protected readonly bottom = area('d4-chart-bottom');
  protected readonly left = area('d4-chart-left');
  protected readonly plot = area('d4-chart-plot');
  /** The library empties the element it gets, so it gets one of its own. */
  private readonly surface = area('d4-chart-surface');
  protected readonly legend: Legend;
  protected readonly colorBar = new ColorBar();
  /** Row group that this viewer has highlighted in all viewers. */
  private highlighting = false;
  private readonly stops: (() => void)[] = [];

  constructor(type: ViewerType) {
    super(type);
    this.legend = new Legend({
      click: (code, e) => this.legendClicked(code, e), hover: (code) => this.legendHovered(code)});
    const layout = area('d4-chart');
    this.plot.append(this.surface);
    layout.append(this.top, this.left, this.plot, this.bottom, this.legend.root);
    this.body.append(layout);
    this.stops.push(onThemeChanged(() => this.invalidate('data')));
  }

  /** Reads the frame: everything that depends on data and look, nothing that depends on the size. */
  protected abstract compute(): string | null;
  /** Brings selectors and legend in line; called before the plot is measured. */
  protected abstract arrange(room: {selectors: boolean; legend: boolean}): void;
  /** The whole ECharts option. */
  protected abstract option(): Record<string, any>;
  /** Only the marks, to be merged; null when they need the whole option. */
  protected marks(): Record<string, any> | null {return null;}
  protected abstract gestures(): Gestures;
  protected legendClicked(_code: number, _e: MouseEvent): void {}
  protected legendHovered(_code: number | null): void {}
  /** Extents of named things on the plot, for tests and automation. */
  protected hitAreas(): Record<string, {x: number; y: number; width: number; height: number}> {return {};}

  protected paint(extent: Extent): void {
    if (this.chart == null)
      this.open();
    if (extent === 'marks') {
      const marks = this.marks();
      if (marks != null) {
        this.chart!.setOption(marks);
        return;
      }
    }
    this.theme = themeAt(this.root);
    const problem = this.frame == null ? 'No data' : this.compute();
    this.chrome!.message(problem);
    if (problem != null)
      return;
    this.arrange(this.room());
    this.chart!.resize();
    this.chart!.setOption({
      animation: false, useUTC: true, backgroundColor: 'transparent',
      textStyle: {fontFamily: this.theme.font, fontSize: 11, color: this.theme.text},
      ...this.option(),
    }, {notMerge: true});
  }

  /** Width and height of the plot in CSS pixels. */
  protected get plotSize(): {width: number; height: number} {
    return {width: this.plot.clientWidth, height: this.plot.clientHeight};
  }

  /** Highlights rows in all viewers; null ends it if this viewer began it. */
  protected highlight(rows: ((row: number) => boolean) | null): void {
    if (rows == null && !this.highlighting)
      return;
    this.highlighting = rows != null;
    (this.frame?.rows as any)?.highlight(rows);
  }

  protected hideTooltip(): void {
    ui.tooltip.hide();
  }

  override picture(): string | null {
    return this.chart?.getDataURL({pixelRatio: 2, backgroundColor: this.theme.background}) ?? null;
  }

  override info(): Record<string, any> {
    return {...super.info(), canvas: this.plot.querySelector('canvas'), overlay: this.plot.querySelector('canvas'),
      option: this.chart?.getOption() ?? null};
  }

  /** Areas are in pixels from the top left corner of the viewer's root. */
  override status(): any {
    const [plot, root] = [this.plot.getBoundingClientRect(), this.root.getBoundingClientRect()];
    const areas = Object.entries(this.hitAreas()).map(([name, area]) =>
      [name, {...area, x: area.x + plot.left - root.left, y: area.y + plot.top - root.top}]);
    return {...super.status(), hitAreas: Object.fromEntries(areas),
      parts: {plot: this.plot, legend: this.legend.root, top: this.top, bottom: this.bottom}};
  }

  override detach(): void {
    if (this.isDetached)
      return;
    this.stops.forEach((stop) => stop());
    if (this.frame != null)
      this.highlight(null);
    this.chart?.dispose();
    this.chart = null;
    super.detach();
  }

  private open(): void {
    this.chart = echarts.init(this.surface, null, {renderer: 'canvas'});
    this.stops.push(installGestures(this.plot, this.gestures()));
  }

  private room(): {selectors: boolean; legend: boolean} {
    const {clientWidth: width, clientHeight: height} = this.body;
    const fits = (need: {width: number; height: number}): boolean =>
      this.look.get('autoLayout') === false || width >= need.width && height >= need.height;
    const legend = this.look.get('legendVisibility');
    return {selectors: fits(roomFor.selectors),
      legend: legend === 'Always' || legend !== 'Never' && fits(roomFor.legend)};
  }

  /** Side of the plot that the legend takes. */
  protected get legendSide(): string {
    const position: string = this.look.get('legendPosition') ?? 'Auto';
    if (position === 'Auto')
      return this.body.clientWidth > this.body.clientHeight * 0.9 ? 'right' : 'top';
    return position.startsWith('Left') ? 'left' : position.startsWith('Right') ? 'right' : position.toLowerCase();
  }

  /** The rows of a check, as a mask of the current frame. */
  protected where(check: (row: number) => boolean): Mask {
    return maskWhere(this.frame!.rowCount, check);
  }
}

function area(name: string): HTMLElement {
  const element = document.createElement('div');
  element.className = name;
  return element;
}

/** Shared look of an axis. */
export function axisStyle(theme: Theme, gridLines: boolean): Record<string, any> {
  return {
    axisLine: {show: true, lineStyle: {color: theme.line}},
    axisTick: {lineStyle: {color: theme.line}},
    axisLabel: {color: theme.textLight, fontSize: 11, hideOverlap: true},
    splitLine: {show: gridLines, lineStyle: {color: theme.gridLine}},
    nameTextStyle: {color: theme.textLight, fontSize: 11},
  };
}

/** Draws text to measure it. */
let pen: CanvasRenderingContext2D | null = null;

/** Width of a text in CSS pixels at the charts' size of 11 px. */
export function textWidth(text: string, font: string, size = 11): number {
  pen ??= document.createElement('canvas').getContext('2d')!;
  pen.font = `${size}px ${font}`;
  return pen.measureText(text).width;
}
