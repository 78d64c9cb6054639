import {shellBus} from '../interop/bus.ts';
import {define} from '../interop/define.ts';
import type {DockSide} from '../views/dock-node.ts';
import {InspectorView} from '../inspector/inspector-view.ts';
import {registerViewType} from '../views/index.ts';
import {workspace} from '../views/workspace.ts';
import {installAddressBar} from './address-bar.ts';
import {fillBrowse} from './browse.ts';
import {installContextPanel} from './context-panel.ts';
import {entityKinds} from './entity-kinds.ts';
import {EntityListView} from './entity-list.ts';
import {arrangeHelp, installHelpPanel} from './help-panel.ts';
import {HomeView} from './home.ts';
import {installKeyboard} from './keyboard.ts';
import {arrangeColumns, dockManager, installLayout, places} from './layout.ts';
import {getTopMenu, installRibbon} from './ribbon.ts';
import {openAddress, startRouting, startUri} from './router.ts';
import {arrangeSidebar, installSidebar} from './sidebar.ts';
import {arrangeSidePanel, browsePlace, installSidePanel, select} from './side-panel.ts';
import {installStatusBar, showUser} from './status-bar.ts';
import {installViewTabs} from './view-tabs.ts';
import {installWindows, isShown, onWindowsChanged, type Panel} from './windows.ts';

/** Functions of the room `shell`, and its parts in the page. Data is read by `startShell`. */
export function installShell(): void {
  installWindows();
  installLayout();
  installSidePanel();
  installContextPanel();
  installHelpPanel();
  installViewTabs();
  installRibbon();
  installStatusBar();
  installSidebar();
  installKeyboard();
  installAddressBar();
  onWindowsChanged(arrange);
  for (const kind of entityKinds)
    registerViewType(kind.type, () => new EntityListView(kind));
  registerViewType('apps', () => new HomeView());
  registerViewType('inspector', () => new InspectorView());
  define({
    Route: (url: string) => {
      openAddress(url);
      return workspace.current;
    },
    Get_StartUri: startUri,
    Get_TopMenu: getTopMenu,
    Get_TopPanel: () => places.topPanel,
    Get_BottomPanel: () => places.bottomPanel,
    Get_DockManager: () => dockManager,
    DockElement: (e: HTMLElement, title: string | null, side: DockSide | 'fill', ratio: number) =>
      dockManager.dock(null, e, side, title ?? '', ratio),
  });
  arrange(null);
}

/**
 * Shows who is signed in and what can be opened, then opens the address of the page. To be called once the functions
 * of the packages are known and the autostart functions have run.
 */
export async function startShell(): Promise<void> {
  showUser();
  fillBrowse(browsePlace);
  shellBus.on('d4-package-loaded', () => fillBrowse(browsePlace));
  // Without any view there is nothing to look at: the last one closed gives way to Home.
  workspace.bus.on('removed', () => {
    if (workspace.views.length === 0)
      openAddress('/');
  });
  startRouting();
}

function arrange(shown: Panel | null): void {
  if (shown === 'Browse' || shown === 'Toolbox')
    select(shown);
  arrangeHelp();
  document.querySelector<HTMLElement>('.grok-prop-panel')!.hidden = !isShown('Properties');
  arrangeSidePanel();
  arrangeColumns();
  arrangeSidebar();
}
