import {dart} from '../../interop/dart.ts';
import {define} from '../../interop/define.ts';
import type {BarChartHandle} from './bar-chart.ts';

/** Functions of `DG.BarChartViewer`. */
export function defineBarChartFunctions(): void {
  define({
    BarChartViewer_ResetView: (v: BarChartHandle) => v.resetView(),
    BarChartViewer_GetAggregatedValueColumn: (v: BarChartHandle) => dart(v.aggregated),
  });
}
