import {define} from '../interop/define.ts';
import {options} from '../interop/dart.ts';
import {kill} from '../interop/life-cycle.ts';
import {element, icon, messageOf} from './elements.ts';
import {LAYER} from './layers.ts';

type BalloonType = 'info' | 'warning' | 'error';

/** Errors stay longer: people need time to read them, and often copy them. */
const SECONDS: Record<BalloonType, number> = {info: 5, warning: 7, error: 15};
const MAX_SHOWN = 8;

const stack = element('div', 'd4-balloons');
const shownOnce = new Set<string>();

/**
 * A message at the corner of the page. Text stays text. Hovering keeps it; the cross, or its time, takes it away.
 * Options: `oneTimeKey` (shown once per page), `copyText` (adds a copy icon), `autoHide` (default true), `timeout` in
 * seconds.
 */
function balloon(message: any, type: BalloonType, dartOptions: any): void {
  const {oneTimeKey, copyText, autoHide, timeout} = options(dartOptions);
  if (oneTimeKey != null) {
    if (shownOnce.has(oneTimeKey))
      return;
    shownOnce.add(oneTimeKey);
  }
  const content = element('div', 'd4-balloon-content', message instanceof Node ? message : messageOf(message));
  const root = element('div', `d4-balloon ${type}`, content);
  root.setAttribute('role', type === 'info' ? 'status' : 'alert');
  if (copyText)
    root.append(action('copy', 'Copy', () => void navigator.clipboard.writeText(copyText)));
  root.append(action('times', 'Close', () => close(root)));
  stack.style.zIndex = String(LAYER.balloon);
  if (!stack.isConnected)
    document.body.append(stack);
  stack.append(root);
  while (stack.children.length > MAX_SHOWN)
    close(stack.firstElementChild!);
  if (autoHide !== false)
    closeLater(root, 1000 * (timeout ?? SECONDS[type] ?? SECONDS.info));
}

function action(name: string, label: string, run: () => void): HTMLElement {
  const root = icon(name, 'd4-balloon-icon');
  root.setAttribute('role', 'button');
  root.setAttribute('aria-label', label);
  root.addEventListener('click', run);
  return root;
}

function closeLater(root: Element, ms: number): void {
  let timer = setTimeout(() => close(root), ms);
  root.addEventListener('mouseenter', () => clearTimeout(timer));
  root.addEventListener('mouseleave', () => timer = setTimeout(() => close(root), ms));
}

function close(root: Element): void {
  kill(root);
  root.remove();
}

export function installBalloons(): void {
  define({
    Balloon: balloon,
    Balloon_CloseAll: () => [...stack.children].forEach(close),
  });
}
