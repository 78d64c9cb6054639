import * as DG from 'datagrok-api/dg';
import {override} from '../interop/define.ts';
import {barChartType} from './bar/bar-chart.ts';
import {defineBarChartFunctions} from './bar/functions.ts';
import {defineViewerFunctions} from './functions.ts';
import {defineLineChartFunctions} from './line/functions.ts';
import {lineChartType} from './line/line-chart.ts';
import {ViewerPropertiesHandler} from './property-panel.ts';
import {registerViewerType} from './registry.ts';
import {defineScatterPlotFunctions} from './scatter/functions.ts';
import {scatterPlotType} from './scatter/scatter-plot.ts';
import {ViewerHandle} from './viewer-handle.ts';

/** Functions of the room `viewers`. The grid registers its own type. */
export function installViewers(): void {
  defineViewerFunctions();
  defineBarChartFunctions();
  defineLineChartFunctions();
  defineScatterPlotFunctions();
  for (const type of [barChartType, lineChartType, scatterPlotType])
    registerViewerType(type);
  override('Widget_GetWidgetStatus', (original) => (x: any) => x instanceof ViewerHandle ? x.status() : original(x));
  DG.ObjectHandler.register(new ViewerPropertiesHandler());
}
