import {shellBus} from '../interop/bus.ts';
import {define} from '../interop/define.ts';

/** Panels of the shell that this host has, with their state at the start. */
const panels = {
  Sidebar: true, Toolbox: true, Browse: true, StatusBar: true, Properties: true, Help: false, Ribbon: true,
};
export type Panel = keyof typeof panels;

/** Panels of the platform that this host does not have: they stay hidden, and asking to show one is answered aloud. */
const absent = ['Projects', 'Favorites', 'Console', 'Variables', 'Tables', 'Columns', 'AI'];

/** The drop-down style of the platform's simple mode has no counterpart here: that flag is only remembered. */
const modes = {PresentationMode: false, SimpleMode: false, HideTabsInPresentationMode: false, AutoShowToolbox: true};
export type Mode = keyof typeof modes;

/** Runs after any panel or mode changed: `shown` says which panel was asked for, null for a mode or a hidden panel. */
let arrange: (shown: Panel | null) => void = () => {};

/** The layout says here how it follows the state. */
export function onWindowsChanged(f: (shown: Panel | null) => void): void {
  arrange = f;
}

export function isShown(panel: Panel): boolean {
  return panels[panel];
}

export function isOn(mode: Mode): boolean {
  return modes[mode];
}

export function show(panel: Panel, visible: boolean): void {
  const same = panels[panel] === visible;
  panels[panel] = visible;
  arrange(visible ? panel : null);
  if (!same)
    shellBus.fire('grok-panels-changed', panel);
}

export function toggle(panel: Panel): void {
  show(panel, !isShown(panel));
}

export function setMode(mode: Mode, on: boolean): void {
  if (modes[mode] === on)
    return;
  modes[mode] = on;
  arrange(null);
  shellBus.fire('grok-panels-changed', mode);
}

/** `grok.shell.windows.*`. */
export function installWindows(): void {
  for (const panel of Object.keys(panels) as Panel[])
    define({
      [`Windows_Get_Show${panel}`]: () => isShown(panel),
      [`Windows_Set_Show${panel}`]: (visible: boolean) => show(panel, visible === true),
    });
  for (const panel of absent)
    define({
      [`Windows_Get_Show${panel}`]: () => false,
      [`Windows_Set_Show${panel}`]: (visible: boolean) => {
        if (visible)
          console.warn(`This host has no panel "${panel}"`);
      },
    });
  define({
    Windows_Get_AutoShowToolbox: () => isOn('AutoShowToolbox'),
    Windows_Set_AutoShowToolbox: (on: boolean) => setMode('AutoShowToolbox', on === true),
  });
  for (const mode of ['PresentationMode', 'SimpleMode', 'HideTabsInPresentationMode'] as const)
    define({
      [`Get_${mode}`]: () => isOn(mode),
      [`Set_${mode}`]: (on: boolean) => setMode(mode, on === true),
    });
}
