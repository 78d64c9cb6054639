import {define} from '../interop/define.ts';
import {DialogHandle} from './dialog.ts';
import {addHistory, applyInputTexts, applyLatest, inputTexts} from './dialog-history.ts';
import {DialogWindow} from './dialog-window.ts';

export function installDialogs(): void {
  define({
    Dialog: (title: string, helpUrl: string | null, showHeader: boolean, showFooter: boolean) =>
      new DialogHandle(title, helpUrl, showHeader ?? true, showFooter ?? true),
    Dialog_Get_Root: (d: DialogHandle) => d.root,
    Dialog_Get_Title: (d: DialogHandle) => d.title,
    Dialog_Set_Title: (d: DialogHandle, title: string) => d.title = title,
    Dialog_Get_HelpUrl: (d: DialogHandle) => d.helpUrl,
    Dialog_Set_HelpUrl: (d: DialogHandle, url: string) => d.helpUrl = url,
    Dialog_Get_Inputs: (d: DialogHandle) => [...d.inputs],
    Dialog_Add: (d: DialogHandle, x: any) => d.add(x),
    Dialog_Clear: (d: DialogHandle) => d.clear(),
    Dialog_OnOK: (d: DialogHandle, handler: any, closeOnEnter: boolean) => d.onOK(handler, closeOnEnter),
    Dialog_OnCancel: (d: DialogHandle, handler: any) => d.onCancel(handler),
    Dialog_OnClose: (d: DialogHandle, handler: any) => d.onEvent('d4-dialog-closed', handler),
    Dialog_AddButton: (d: DialogHandle, text: string, action: any, index: number, tooltip: any) =>
      d.addButton(text, action, index, tooltip),
    Dialog_GetButton: (d: DialogHandle, text: string) => d.getButton(text),
    Dialog_AddContextAction: (d: DialogHandle, text: string, action: any) => d.addContextAction(text, action),
    Dialog_Show: (d: DialogHandle, modal: any, resizable: any, fullScreen: any, center: any, centerAt: any, x: any,
      y: any, width: any, height: any, backgroundColor: any, showNextTo: any) =>
      d.show({modal, resizable, fullScreen, center, centerAt, x, y, width, height, backgroundColor, showNextTo}),
    Dialog_Close: (d: DialogHandle) => d.close(),
    Dialog_GetOpenDialogs: () => DialogWindow.all.map((d) => d.wrapper),
    Dialog_History: addHistory,
    Dialog_InitDefaultHistory: (d: DialogHandle) =>
      addHistory(d, () => inputTexts(d), (texts) => applyInputTexts(d, texts)),
    Dialog_InitFromLocalStorage: applyLatest,
  });
}
