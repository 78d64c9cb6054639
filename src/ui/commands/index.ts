import type {AppView} from '../app-view';
import {back} from './back';
import {check} from './check';
import {clearSelection} from './clear-selection';
import type {Command} from './command';
import {copyLink} from './copy-link';
import {help} from './help';
import {privacy} from './privacy';
import {refresh} from './refresh';
import {reset} from './reset';
import {switchTab} from './switch-tab';

/** Everything that can be done, in the order of the ribbon. */
export const commands: readonly Command[] = [back, refresh, copyLink, reset, clearSelection,
  ...[1, 2, 3, 4].map(switchTab), privacy, check, help(() => commands)];

/** Key as the commands write it: the name, with `Alt+` in front. Ctrl and Meta belong to the browser. */
function keyOf(e: KeyboardEvent): string | null {
  if (e.ctrlKey || e.metaKey)
    return null;
  return e.altKey ? `Alt+${e.code.replace(/^Digit/, '')}` : e.key.length === 1 ? e.key.toLowerCase() : e.key;
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.closest('input, textarea, select, [contenteditable=true], .d4-dialog') != null;
}

/**
 * Runs the command of a key. Keys that are being typed into something are left alone.
 * @returns whether there was one.
 */
export function runKey(app: AppView, e: KeyboardEvent): boolean {
  const key = keyOf(e);
  if (key == null || e.defaultPrevented || isTyping(e.target))
    return false;
  const command = commands.find((c) => c.keys.includes(key) && (c.available?.(app) ?? true));
  command?.run(app);
  return command != null;
}
