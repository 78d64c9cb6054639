import * as grok from 'datagrok-api/grok';
import {shellBus} from '../interop/bus.ts';
import {uiPath} from './ui-path.ts';

/**
 * Logs what people do: clicks, menu clicks, inputs (which, never what), dialogs. The message is the path in the user
 * interface.
 */
export function logActions(): void {
  document.addEventListener('click', ({target}) => {
    const path = uiPath(target as Element);
    if (path == null || (target as Element).matches('input:not([type="checkbox"]), select, textarea'))
      return;
    const isMenu = (target as Element).closest('.d4-menu-item') != null;
    grok.log.usage(path, {}, isMenu ? 'menu click' : 'click');
  }, true);
  document.addEventListener('change', ({target}) => {
    const path = uiPath(target as Element);
    if (path != null && !(target as HTMLInputElement).matches('[type="password"]'))
      grok.log.usage(path, {}, 'input');
  }, true);
  shellBus.on('d4-dialog-showed', (dialog: {title: string, onEvent(event: string, f: () => void): unknown}) => {
    const say = (type: string): void => grok.log.usage(dialog.title, {}, type);
    say('dialog show');
    let isOk = false;
    dialog.onEvent('d4-dialog-before-ok', () => isOk = true);
    dialog.onEvent('d4-dialog-closed', () => say(isOk ? 'dialog ok' : 'dialog close'));
  });
}
