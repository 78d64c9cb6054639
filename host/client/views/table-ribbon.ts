import * as DG from 'datagrok-api/dg';
import * as ui from 'datagrok-api/ui';
import {saveCsv} from '../grid/csv.ts';
import {isViewerType} from '../viewers/registry.ts';
import type {TableViewHandle} from './table-view.ts';

/** Viewers offered by icon, as far as this host has them. */
const offered: [type: string, icon: string][] = [[DG.VIEWER.SCATTER_PLOT, 'chart-scatter'],
  [DG.VIEWER.BAR_CHART, 'chart-bar'], [DG.VIEWER.LINE_CHART, 'chart-line'], [DG.VIEWER.HISTOGRAM, 'chart-area'],
  [DG.VIEWER.TREE_MAP, 'th-large'], [DG.VIEWER.BOX_PLOT, 'sliders-v'], [DG.VIEWER.GRID, 'table']];

/** A small button with an icon; the caption is its name and its tooltip. */
export function iconButton(icon: string, caption: string, run: () => void): HTMLElement {
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'd4-table-view-button';
  button.setAttribute('aria-label', caption);
  button.append(ui.iconFA(icon));
  button.addEventListener('click', run);
  ui.tooltip.bind(button, caption);
  return button;
}

/** A button per viewer type that can be added to the view. */
export function viewerButtons(view: TableViewHandle): HTMLElement[] {
  return offered.filter(([type]) => isViewerType(type)).map(([type, icon]) =>
    iconButton(icon, type, () => view.processNew(view.addViewerByName(type))));
}

/** What a table view shows above itself: viewers, filters, the way out as CSV. */
export function tableRibbon(view: TableViewHandle): HTMLElement[][] {
  return [
    viewerButtons(view),
    [iconButton('filter', 'Filters', () => toggleFilters(view))],
    [iconButton('download', 'Save as CSV', () => saveCsv(view.grid)),
      iconButton('undo', 'Reset layout', () => view.resetLayout())],
  ];
}

function toggleFilters(view: TableViewHandle): void {
  const shown = view.viewers.find((v) => v.kind === DG.VIEWER.FILTERS);
  if (shown == null)
    view.filters(true);
  else
    shown.close();
}
