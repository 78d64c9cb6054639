import {define} from '../interop/define.ts';
import {Accordion} from './accordion.ts';
import type {AccordionPane} from './accordion-pane.ts';
import {TabControl} from './tab-control.ts';
import type {TabPane} from './tab-pane.ts';

type Pane = TabPane | AccordionPane;

/** Functions of the room `containers`: tab control, accordion and their panes. */
export function installContainers(): void {
  define({
    TabControl: (vertical: boolean, key: string | null) => new TabControl(vertical === true, key ?? null),
    TabControlBase_AddPane: (tc: TabControl, name: string, getContent: () => any, icon: any, allowClose: boolean) =>
      tc.add(`${name}`, getContent, icon, allowClose === true),
    TabControlBase_GetPane: (tc: TabControl | Accordion, name: string) => tc.pane(name),
    TabControlBase_Get_Panes: (tc: TabControl | Accordion) => [...tc.panes],
    TabControlBase_Get_CurrentPane: (tc: TabControl) => tc.current?.wrapper ?? null,
    TabControlBase_Set_CurrentPane: (tc: TabControl, pane: TabPane) => {tc.current = pane;},
    TabControlBase_Get_Header: (tc: TabControl | Accordion) => tc.header,
    TabControlBase_Clear: (tc: TabControl) => tc.clear(),
    TabPaneBase_Get_Name: (pane: Pane) => pane.name,
    TabPaneBase_Get_Root: (pane: Pane) => pane.root,
    TabPane_Get_Parent: (pane: Pane) => pane.parent,
    TabPane_Get_Header: (pane: Pane) => pane.header,
    TabPane_Get_Content: (pane: Pane) => pane.content.host,
  });
  define({
    Accordion: (key: string | null) => new Accordion(key ?? null),
    Accordion_Get_Root: (a: Accordion) => a.root,
    Accordion_Get_Header: (a: Accordion) => a.header,
    Accordion_Set_Header: (a: Accordion, header: HTMLElement | null) => {a.header = header;},
    Accordion_Get_AutoHideTabHeader: (a: Accordion) => a.autoHideTabHeader,
    Accordion_Set_AutoHideTabHeader: (a: Accordion, x: boolean) => {a.autoHideTabHeader = x === true;},
    Accordion_Get_Context: (a: Accordion) => a.context,
    Accordion_Set_Context: (a: Accordion, x: any) => {a.context = x;},
    Accordion_Get_Panes: (a: Accordion) => [...a.panes],
    // Panes cannot be dragged out to other places of this host, so the last flag has nothing to switch.
    Accordion_AddPane: (a: Accordion, name: string, getContent: () => any, expanded: boolean, before: any,
      count: any) => a.add(`${name}`, getContent, expanded === true, before ?? null, typeof count === 'function' ? count : null),
    Accordion_AddTitle: (a: Accordion, element: HTMLElement) => a.addTitle(element),
    Accordion_RemovePane: (a: Accordion, pane: AccordionPane) => a.remove(pane),
    // Panes of this host are complete as soon as they are added; who shows an object's accordion announces it.
    Accordion_End: () => {},
    AccordionPane_Get_Expanded: (pane: Pane) => pane.expanded,
    AccordionPane_Set_Expanded: (pane: Pane, x: boolean) => {pane.expanded = x === true;},
    AccordionPane_Get_Name: (pane: Pane) => pane.name,
    AccordionPane_Set_Name: (pane: Pane, name: string) => {pane.name = `${name}`;},
  });
}
