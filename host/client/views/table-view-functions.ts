import * as DG from 'datagrok-api/dg';
import {dart, js} from '../interop/dart.ts';
import {define} from '../interop/define.ts';
import type {ViewerHandle} from '../viewers/viewer-handle.ts';
import {addTable, tableByName} from './tables.ts';
import {TableViewHandle} from './table-view.ts';
import type {ViewHandle} from './view.ts';
import {workspace} from './workspace.ts';

function open(table: any, preview: boolean): TableViewHandle {
  addTable(table);
  const view = new TableViewHandle(js(table));
  workspace.add(view, {preview});
  return view;
}

/** The open view of a table of the workspace, or a new one; null when there is no table of that name. */
function viewOf(name: string): TableViewHandle | null {
  const table = tableByName(name);
  const view = workspace.views.find((v) => v instanceof TableViewHandle && v.table === table);
  return table == null ? null : view as TableViewHandle | undefined ?? open(table, false);
}

/** Functions of `DG.TableView`, and those of `grok.shell` that open one. */
export function installTableViews(): void {
  define({
    AddTableView: (table: any, _dock: string, _width: number | null, preview?: boolean) =>
      open(table, preview === true),
    TableView: (table: any, addToWorkspace?: boolean) =>
      addToWorkspace === false ? new TableViewHandle(js(table)) : open(table, false),
    GetTableView: viewOf,
    View_Get_Table: (v: ViewHandle) => v.table,
    View_Get_DataFrame: (v: ViewHandle) => v.table,
    View_Set_DataFrame: (v: TableViewHandle, table: any) => {
      v.table = table;
    },
    TableView_Set_DataFrame: (v: TableViewHandle, table: any) => {
      v.table = table;
    },
    View_Get_Grid: (v: TableViewHandle) => v.grid,
    View_Get_Viewers: (v: ViewHandle) => v instanceof TableViewHandle ? v.viewers.map((x) => x.wrapper) : [],
    View_AddViewerByName: (v: TableViewHandle, type: string) => v.addViewerByName(type),
    View_AddViewer: (v: TableViewHandle, viewer: ViewerHandle) => v.addViewer(viewer),
    TableView_ProcessNewViewer: (v: TableViewHandle, viewer: ViewerHandle) => v.processNew(viewer),
    TableView_GetFilters: (v: TableViewHandle, addDefault: boolean) => v.filters(addDefault),
    TableView_CloseAllViewers: (v: TableViewHandle) => v.closeViewers(),
    TableView_Focus: (v: TableViewHandle) => v.grid.root.focus({preventScroll: true}),
    TableView_GetViewerColumns: (v: TableViewHandle) =>
      v.grid.columns.visible.filter((c) => c.column != null).map((c) => dart(c.column)),
    View_Get_DockManager: (v: TableViewHandle) => v.docking,
    View_Get_DockNode: (v: TableViewHandle) => v.docking.root,
    View_ResetLayout: (v: TableViewHandle) => v.resetLayout(),
    // The toolbox of a table view is one accordion; the page that packages ask for is the view itself.
    View_Get_ToolboxPage: (v: TableViewHandle) => v,
    ToolboxPage_Get_Accordion: (v: TableViewHandle) => dart(v.accordion as DG.Accordion),
  });
}
