import {define} from '../../interop/define.ts';
import type {LineChartHandle} from './line-chart.ts';

/** Functions of `DG.LineChartViewer`. Screen coordinates are pixels of the plot; dates on x are milliseconds. */
export function defineLineChartFunctions(): void {
  define({
    LineChartViewer_ResetView: (v: LineChartHandle) => v.resetView(),
    LineChartViewer_WorldToScreen: (v: LineChartHandle, x: number, y: number, chart: number) =>
      v.worldToScreen(x, y, chart),
    LineChartViewer_ScreenToWorld: (v: LineChartHandle, x: number, y: number) => v.screenToWorld(x, y),
  });
}
