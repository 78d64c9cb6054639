import {HostEvent} from '../interop/event-data.ts';
import * as DG from 'datagrok-api/dg';
import * as grok from 'datagrok-api/grok';
import {dart, parseOptions} from '../interop/dart.ts';
import {define} from '../interop/define.ts';
import {overrideOrDefine} from '../interop/wrappers.ts';
import {shellBus} from '../interop/bus.ts';
import {JsViewerHandle} from './js-viewer.ts';
import {applyClick, maskWhere} from './mask.ts';
import {createViewer, createViewerAsync, defaultsOf, isViewerType, registerPackageViewer, resetDefaults, viewerTypes}
  from './registry.ts';
import {ViewerEvent} from './viewer-event.ts';
import type {ViewerHandle} from './viewer-handle.ts';

const ofType = (type: string) => (frame: any, json: any) => createViewer(type, frame, parseOptions(json));

/** The view on whose root the viewer sits, or null. */
function viewOf(viewer: ViewerHandle): any {
  return [...grok.shell.views].find((v) => v.root?.contains(viewer.root)) ?? null;
}

/** Stream in the form that `grok_Stream_Listen` takes. */
function stream(viewer: ViewerHandle, event: string, make: (x: any) => ViewerEvent): any {
  return {
    subscribe: (onData: (x: any) => void) => {
      const subscription = viewer.bus.on(event, (x) => onData(make(x)));
      return {unsubscribe: () => subscription.cancel()};
    },
  };
}

/** Functions that all viewers share: `DG.Viewer`, `viewer.props`, `df.plot`. */
export function defineViewerFunctions(): void {
  define({
    Viewer_FromType: (type: string, frame: any, json: any) => createViewer(type, frame, parseOptions(json)),
    Viewer_FromType_Async: async (type: string, frame: any, json: any) =>
      (await createViewerAsync(type, frame, parseOptions(json))).wrapper,
    Viewer_ScatterPlot: ofType(DG.VIEWER.SCATTER_PLOT),
    Viewer_LineChart: ofType(DG.VIEWER.LINE_CHART),
    Viewer_Grid: ofType(DG.VIEWER.GRID),
    Viewer_FromJsViewer: (viewer: any) => new JsViewerHandle(viewer),
    RegisterViewer: registerPackageViewer,
    Viewer_GetViewerTypes: viewerTypes,
    Viewer_CanVisualize: (type: string, _frame: any) => isViewerType(type),

    Viewer_Root: (v: ViewerHandle) => v.root,
    Viewer_Get_Look: (v: ViewerHandle) => v.look,
    Viewer_Get_Properties: (v: ViewerHandle) => v.getProperties(),
    Viewer_Get_Tags: (v: ViewerHandle) => v.tags,
    Viewer_Get_Type: (v: ViewerHandle) => v.type,
    Viewer_Get_Filter: (v: ViewerHandle) => dart(v.filterBits),
    Viewer_Get_DataFrame: (v: ViewerHandle) => dart(v.dataFrame),
    Viewer_Set_DataFrame: (v: ViewerHandle, frame: any) => v.attach(frame == null ? null : DG.toJs(frame)),
    Viewer_Get_View: viewOf,
    Viewer_Get_HelpUrl: (v: ViewerHandle) => v.helpUrl,
    Viewer_Set_HelpUrl: (v: ViewerHandle, url: string) => {
      v.helpUrl = url;
    },
    Viewer_GetInfo: (v: ViewerHandle) => v.info(),
    Viewer_Options: (v: ViewerHandle, json: string) => v.setOptions(parseOptions(json)),
    Viewer_Serialize: (v: ViewerHandle, includeDefaults: boolean) => JSON.stringify(v.serialize(includeDefaults)),
    Viewer_Copy_Viewers_Look: (v: ViewerHandle, other: ViewerHandle) => v.setOptions({...other.look.values}),
    Viewer_Close: (v: ViewerHandle) => {
      // A table view announces the closing of its viewers itself, however they are closed.
      const announced = v.root.closest('.grok-table-view') != null;
      v.close();
      if (!announced)
        shellBus.fire('d4-viewer-closed', new HostEvent({viewer: v.wrapper}));
    },
    Viewer_Remove_From_View: (v: ViewerHandle) => {
      v.root.remove();
      return v;
    },
    Viewer_OnDetached: (v: ViewerHandle) => v.detached.asObservable(),
    Viewer_Get_EventBus_Events: (v: ViewerHandle) => stream(v, '*', (x) => x),
    Viewer_Get_PropertyChanged_Events: (v: ViewerHandle) =>
      stream(v, 'd4-property-value-changed', (x) => new ViewerEvent('d4-property-value-changed', x)),
    Viewer_Props_SetDefault: (v: ViewerHandle, data: boolean, style: boolean) => setDefault(v, data, style),
    Viewer_Props_SetDefaultProperty: (type: string, name: string, value: any) => {
      defaultsOf(type)[name] = value;
    },
    Viewer_Props_ResetDefault: (v: ViewerHandle) => resetDefaults(v.kind),

    Utils_SelectRowsWhere: (bits: any, check: (row: number) => boolean, ctrlKey: boolean, shiftKey: boolean,
      metaKey: boolean, modifiedOnly: boolean) => {
      const target = DG.toJs(bits) as DG.BitSet;
      const group = maskWhere(target.length, check);
      applyClick(target instanceof DG.BitSet ? target : new DG.BitSet(bits), group, {ctrlKey, shiftKey, metaKey},
        modifiedOnly);
    },
  });
  overrideOrDefine('TypedEventArgs_Get_Type', (original) => (x: any) =>
    x instanceof ViewerEvent ? x.type : original?.(x));
  overrideOrDefine('TypedEventArgs_Get_Data', (original) => (x: any) =>
    x instanceof ViewerEvent ? x.data : original?.(x));
}

function setDefault(viewer: ViewerHandle, data: boolean, style: boolean): void {
  for (const s of viewer.viewerType.properties)
    if (s.category === 'Data' ? data : style)
      defaultsOf(viewer.kind)[s.name] = viewer.look.get(s.name);
}
