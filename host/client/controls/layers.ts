import {computePosition, flip, offset, shift, size, type Placement} from '@floating-ui/dom';

/**
 * Where things that float above the page live. One stacking order for the whole client: dialogs lie under popups and
 * menus (which dialogs open), balloons above them, and tooltips on top.
 */
export const LAYER = {dialog: 1000, popup: 3000, balloon: 4000, tooltip: 5000};

/** A point of the viewport, in CSS pixels, to which something can be attached. */
export function pointAnchor(x: number, y: number): {getBoundingClientRect(): DOMRect} {
  return {getBoundingClientRect: () => new DOMRect(x, y, 0, 0)};
}

/**
 * Puts `floating` (position fixed) beside `anchor`, turned over or shifted when it would leave the viewport.
 * Resolves after the coordinates are written.
 */
export async function place(floating: HTMLElement, anchor: {getBoundingClientRect(): DOMRect}, placement: Placement,
  gap: {main?: number; cross?: number} = {}): Promise<void> {
  const {x, y} = await computePosition(anchor as Element, floating, {
    strategy: 'fixed',
    placement,
    middleware: [
      offset({mainAxis: gap.main ?? 0, crossAxis: gap.cross ?? 0}),
      flip({padding: 4, fallbackAxisSideDirection: 'start'}),
      shift({padding: 4, crossAxis: true}),
      size({padding: 4, apply: ({availableHeight}) => {
        floating.style.maxHeight = `${Math.max(80, Math.floor(availableHeight))}px`;
      }}),
    ],
  });
  floating.style.left = `${Math.round(x)}px`;
  floating.style.top = `${Math.round(y)}px`;
}

/** Last position of the mouse in the viewport; menus without a place of their own open there. */
export const mouse = {x: 0, y: 0};

export function installMouse(): void {
  for (const type of ['mousemove', 'mousedown', 'contextmenu'])
    document.addEventListener(type, (e) => {
      mouse.x = (e as MouseEvent).clientX;
      mouse.y = (e as MouseEvent).clientY;
    }, {capture: true, passive: true});
}
