import {define} from '../../interop/define.ts';
import type {ScatterPlotHandle} from './scatter-plot.ts';

/** Functions of `DG.ScatterPlotViewer`. Screen coordinates are pixels of the plot; dates on axes are milliseconds. */
export function defineScatterPlotFunctions(): void {
  define({
    ScatterPlotViewer_Zoom: (v: ScatterPlotHandle, x1: number, y1: number, x2: number, y2: number) =>
      v.zoom(x1, y1, x2, y2),
    ScatterPlotViewer_HitTest: (v: ScatterPlotHandle, x: number, y: number) => v.rowAt({x, y}),
    ScatterPlotViewer_WorldToScreen: (v: ScatterPlotHandle, x: number, y: number) => v.worldToScreen(x, y),
    ScatterPlotViewer_ScreenToWorld: (v: ScatterPlotHandle, x: number, y: number) => v.screenToWorld(x, y),
    ScatterPlotViewer_PointToScreen: (v: ScatterPlotHandle, row: number) => v.pointToScreen(row),
    ScatterPlotViewer_Get_ViewBox: (v: ScatterPlotHandle) => v.viewBox,
    ScatterPlotViewer_InvalidateCanvas: (v: ScatterPlotHandle) => v.invalidate('data'),
    ScatterPlotViewer_GetMarkerSize: (v: ScatterPlotHandle, row: number) => v.markerSize(row),
    ScatterPlotViewer_GetMarkerColor: (v: ScatterPlotHandle, row: number) => v.markerColor(row),
    CanvasViewportViewer_Get_Viewport: (v: ScatterPlotHandle) => v.viewport,
    CanvasViewportViewer_SetViewport: (v: ScatterPlotHandle, x: number, y: number, width: number, height: number) =>
      v.zoom(x, y, x + width, y + height),
  });
}
