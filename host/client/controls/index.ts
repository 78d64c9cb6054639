import {installBalloons} from './balloon.ts';
import {installBinding} from './bind.ts';
import {installButtons} from './buttons.ts';
import {installColors} from './color-functions.ts';
import {installDialogs} from './dialog-functions.ts';
import {installEntityMarks} from './entity-marks.ts';
import {installHandlers} from './handlers.ts';
import {installMouse} from './layers.ts';
import {installMarkdown} from './markdown.ts';
import {installMarkup} from './markup.ts';
import {installMenus} from './menu-functions.ts';
import {installPopups} from './popup.ts';
import {installProgress} from './progress.ts';
import {installRender} from './render.ts';
import {installTables} from './tables.ts';
import {installTime} from './time.ts';
import {installTooltip} from './tooltip.ts';
import {installTrees} from './tree-functions.ts';
import {installUtilities} from './utils.ts';
import {installWaiting} from './waiting.ts';

/** Buttons, tables, tooltips, menus, dialogs, balloons, progress, object handlers, colours. */
export function installControls(): void {
  for (const install of [installMouse, installButtons, installRender, installTables, installWaiting, installTooltip,
    installMenus, installPopups, installDialogs, installBalloons, installProgress, installHandlers, installMarkup,
    installBinding, installMarkdown, installEntityMarks, installTime, installColors,
    installTrees, installUtilities])
    install();
}
