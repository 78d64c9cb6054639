import {installDispatcher} from './dispatcher.ts';
import {installSettings} from './settings.ts';

/** Packages: their bundles are loaded on first use, their functions run through the core's own function calls. */
export function installPackages(): void {
  installSettings();
}

export {installDispatcher};
export {startAutostartFunctions} from './autostart.ts';
