import * as DG from 'datagrok-api/dg';
import {js} from '../interop/dart.ts';
import {define, override} from '../interop/define.ts';
import {installDocking} from './dock-manager.ts';
import {JsViewHandle} from './js-view.ts';
import {promisedView} from './promised-view.ts';
import {installTableViews} from './table-view-functions.ts';
import {addTable, closeTable, closeTables, currentTable, tableByName, tableNames} from './tables.ts';
import {ViewHandle} from './view.ts';
import {workspace} from './workspace.ts';

type Factory = (options: Record<string, any>) => ViewHandle;
const factories = new Map<string, Factory>();

/** Makes `DG.View.createByType(type)` and addresses of standard views work; types: `DG.View.ALL_VIEW_TYPES`. */
export function registerViewType(type: string, make: Factory): void {
  factories.set(type.toLowerCase(), make);
}

export function hasViewType(type: string): boolean {
  return factories.has(type.toLowerCase());
}

export function createViewByType(type: string, options: Record<string, any> = {}): ViewHandle {
  const make = factories.get(String(type).toLowerCase());
  if (make == null)
    throw new Error(`There is no view of type "${type}" in this host`);
  return make(options);
}

/**
 * Accessors over one field of a view. Views made by `DG.View` set their name before they have a handle; such a call
 * says nothing and is ignored.
 */
function accessors(fields: Record<string, keyof ViewHandle>): Record<string, (...args: any[]) => any> {
  const result: Record<string, (...args: any[]) => any> = {};
  for (const [name, field] of Object.entries(fields)) {
    result[`View_Get_${name}`] = (v?: ViewHandle) => v?.[field] ?? null;
    result[`View_Set_${name}`] = (v: ViewHandle | undefined, x: any) => {
      if (v != null)
        (v as any)[field] = x;
    };
  }
  return result;
}

/** Functions of the room `views`: views themselves, the list of open ones, and the tables of the workspace. */
export function installViews(): void {
  installDocking();
  installTableViews();
  define({
    View: () => new ViewHandle(),
    View_CreateJsViewHost: (view: any) => new JsViewHandle(view),
    View_FromViewAsync: (make: () => Promise<DG.ViewBase>, ribbon?: boolean) => promisedView(make, ribbon !== false),
    View_CreateByType: (type: string, options: any) => createViewByType(type, js(options) ?? {}),
    // Only data frames have a view of their own here; the table view's room makes it.
    View_ForObject: (x: any) => js(x) instanceof DG.DataFrame ? DG.TableView.create(js(x), false) : null,
    ...accessors({Name: 'name', Path: 'path', BasePath: 'basePath', Toolbox: 'toolbox', RibbonMenu: 'ribbonMenu',
      StatusBarPanels: 'statusBarPanels', ParentCall: 'parentCall', ParentView: 'parentView', HelpUrl: 'helpUrl',
      Description: 'description', IsPinned: 'isPinned'}),
    View_Get_Root: (v: ViewHandle) => v.root,
    View_Get_Type: (v: ViewHandle) => v.type,
    View_Get_Id: (v: ViewHandle) => v.id,
    View_Get_JsView: (v: ViewHandle) => v.jsView,
    View_SetIcon: (v: ViewHandle, icon: HTMLElement) => v.icon = icon,
    View_GetRibbonPanels: (v?: ViewHandle) => v?.ribbonPanels ?? [],
    View_SetRibbonPanels: (v: ViewHandle, panels: HTMLElement[][], clear = true) => v.setRibbonPanels(panels, clear),
    // MultiView tells a sub-view that it is shown now; what is laid out by size must look again.
    View_OnAdded: () => window.dispatchEvent(new Event('resize')),
    View_Close: (v: ViewHandle) => workspace.close(v),
    View_Detach: (v: ViewHandle) => workspace.close(v),
    AddView: (v: ViewHandle, _dock: string, _width: number | null, preview?: boolean) => workspace.add(v, {preview}),
    Get_CurrentView: () => workspace.current,
    Set_CurrentView: (v: ViewHandle) => workspace.has(v) ? workspace.activate(v) : workspace.add(v),
    Get_CurrentPreview: () => workspace.preview,
    Set_CurrentPreview: (v: ViewHandle | null) => {
      if (v != null)
        workspace.add(v, {preview: true});
      else if (workspace.preview != null)
        workspace.close(workspace.preview);
    },
    GetViews: () => workspace.views.map((v) => v.wrapper),
    GetTableViews: () => workspace.views.filter((v) => v.type === DG.VIEW_TYPE.TABLE_VIEW).map((v) => v.wrapper),
    GetView: (name: string) => workspace.views.find((v) => v.name.toLowerCase() === name?.toLowerCase()) ?? null,
    AddTable: addTable,
    CloseTable: closeTable,
    TableNames: tableNames,
    TableByName: tableByName,
    CurrentTable: currentTable,
  });
  override('CloseAll', () => () => {
    workspace.closeAll();
    closeTables();
  });
}
