import * as ui from 'datagrok-api/ui';
import type {App} from './apps.ts';
import {showInContext} from './context-panel.ts';
import {box, iconOf, text} from './dom.ts';
import {openAddress} from './router.ts';

/** Picture and name of an app; a click shows what it is, a double click or Enter starts it. */
export function appTile(app: App): HTMLElement {
  const tile = box('grok-app-tile', appIcon(app), text('grok-app-tile-name', app.name));
  bindApp(tile, app);
  return tile;
}

/** Behaviour of anything that stands for an app. */
export function bindApp(e: HTMLElement, app: App): void {
  e.tabIndex = 0;
  e.setAttribute('role', 'button');
  e.dataset.app = app.address;
  e.addEventListener('click', () => showInContext(app.func));
  e.addEventListener('dblclick', () => openAddress(app.address));
  e.addEventListener('keydown', (event) => {
    if (event.key === 'Enter')
      openAddress(app.address);
  });
  ui.tooltip.bind(e, () => [app.func.description, 'Double-click to start'].filter((s) => s).join('\n'));
}

/** A picture that cannot be loaded gives way to a general icon. */
export function appIcon(app: App): HTMLElement {
  if (app.iconUrl == null)
    return iconOf('rocket');
  const picture = document.createElement('img');
  picture.className = 'grok-app-icon';
  picture.alt = '';
  picture.addEventListener('error', () => picture.replaceWith(iconOf('rocket')));
  picture.src = app.iconUrl;
  return picture;
}
