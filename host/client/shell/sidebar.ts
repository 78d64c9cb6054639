import * as DG from 'datagrok-api/dg';
import {box, iconButton, iconOf} from './dom.ts';
import {places} from './layout.ts';
import {openAddress} from './router.ts';
import {currentTheme, setTheme} from './theme.ts';
import {isShown, toggle, type Panel} from './windows.ts';

/** The narrow column at the far left: home, the panels, and at its foot the colours. */
export function installSidebar(): void {
  const home = iconButton('home', 'Home', () => openAddress('/'));
  const theme = iconButton(themeIcon(), 'Light or dark', () => {
    setTheme(currentTheme() === 'dark' ? 'light' : 'dark');
    theme.replaceChildren(iconOf(themeIcon()));
  });
  theme.classList.add('layout-theme');
  const tools = iconButton('wrench', 'Tools', () => {
    const menu = DG.Menu.popup();
    menu.group('Dev').item('Inspector', () => openAddress('/inspector'), null, {shortcut: 'Alt+I'});
    menu.show({element: tools, nextToElement: true} as any);
  });
  places.sidebar.append(home, panelButton('Browse', 'compass', 'Browse'), panelButton('Toolbox', 'toolbox', 'Toolbox (Alt+X)'),
    box('layout-sidebar-space'), tools, panelButton('Properties', 'info-circle', 'Context panel (F4)'), theme);
}

/** Marks on the buttons which panels are visible. */
export function arrangeSidebar(): void {
  for (const button of places.sidebar.querySelectorAll<HTMLElement>('[data-panel]'))
    button.setAttribute('aria-pressed', String(isShown(button.dataset.panel as Panel)));
}

function panelButton(panel: Panel, icon: string, title: string): HTMLElement {
  const button = iconButton(icon, title, () => toggle(panel));
  button.dataset.panel = panel;
  return button;
}

const themeIcon = (): string => currentTheme() === 'dark' ? 'sun' : 'moon';
