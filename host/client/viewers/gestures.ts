/** A place in the host element, in CSS pixels from its top left corner. */
export interface Point {x: number; y: number}
export interface Box {x: number; y: number; width: number; height: number}
export type DragMode = 'pan' | 'select' | 'deselect' | 'zoom';

/** What a viewer does with the mouse; whatever it leaves out does not happen. */
export interface Gestures {
  hover?(at: Point | null, e: MouseEvent): void;
  click?(at: Point, e: MouseEvent): void;
  doubleClick?(at: Point, e: MouseEvent): void;
  /** A rectangle was drawn (or, with `lasso`, a closed line). */
  area?(box: Box, outline: Point[] | null, mode: DragMode, e: MouseEvent): void;
  panStart?(at: Point): void;
  /** Distance from where the pan began. */
  pan?(dx: number, dy: number): void;
  panEnd?(): void;
  /** `steps` > 0: towards the user. True when something moved, so the page does not scroll. */
  wheel?(at: Point, steps: number, e: WheelEvent): boolean;
  lasso?(): boolean;
  /** What a drag without a key does. */
  plainDrag?(): DragMode | null;
}

/** Pixels that the mouse may tremble between press and release of a click. */
const tremble = 4;

/**
 * The platform's mouse conventions: Shift+drag selects, Ctrl+Shift+drag deselects, Alt+drag zooms, a plain drag pans.
 * A drag is not a click: the click that the browser adds is stopped here. Returns the way to stop listening.
 */
export function installGestures(host: HTMLElement, gestures: Gestures): () => void {
  const stop = new AbortController();
  const on = (type: string, f: (e: any) => void, options: AddEventListenerOptions = {}): void =>
    host.addEventListener(type, f, {...options, signal: stop.signal});
  const place = (e: MouseEvent): Point => {
    const box = host.getBoundingClientRect();
    return {x: e.clientX - box.left, y: e.clientY - box.top};
  };
  let drag: Drag | null = null;
  let dragged = false;

  on('pointerdown', (e: PointerEvent) => {
    dragged = false;
    if (e.button !== 0)
      return;
    const mode = e.shiftKey ? e.ctrlKey || e.metaKey ? 'deselect' : 'select' : e.altKey ? 'zoom' :
      gestures.plainDrag?.() ?? (gestures.pan == null ? null : 'pan');
    if (mode != null)
      drag = new Drag(host, gestures, mode, place(e));
  });
  on('pointermove', (e: PointerEvent) => {
    if (drag == null) {
      gestures.hover?.(place(e), e);
      return;
    }
    if (!dragged && drag.distance(place(e)) > tremble) {
      dragged = true;
      host.setPointerCapture(e.pointerId);
      gestures.hover?.(null, e);
    }
    if (dragged)
      drag.move(place(e));
  });
  const end = (e: PointerEvent, canceled: boolean): void => {
    const ended = drag;
    drag = null;
    ended?.end(e, dragged && !canceled);
  };
  on('pointerup', (e: PointerEvent) => end(e, false));
  on('pointercancel', (e: PointerEvent) => end(e, true));
  on('pointerleave', (e: PointerEvent) => drag == null && gestures.hover?.(null, e));
  on('click', (e: MouseEvent) => {
    if (dragged) {
      dragged = false;
      e.stopPropagation();
    } else
      gestures.click?.(place(e), e);
  });
  on('dblclick', (e: MouseEvent) => gestures.doubleClick?.(place(e), e));
  on('wheel', (e: WheelEvent) => {
    if (gestures.wheel?.(place(e), Math.sign(e.deltaY), e))
      e.preventDefault();
  }, {passive: false});
  return () => {
    stop.abort();
    drag?.end(null, false);
  };
}

/** One drag from press to release, with the rubber band that it shows. */
class Drag {
  private band: SVGSVGElement | null = null;
  private readonly line: Point[];
  private at: Point;

  constructor(private host: HTMLElement, private gestures: Gestures, private mode: DragMode, private from: Point) {
    this.line = [from];
    this.at = from;
    if (mode === 'pan')
      gestures.panStart?.(from);
  }

  distance(at: Point): number {
    return Math.hypot(at.x - this.from.x, at.y - this.from.y);
  }

  move(at: Point): void {
    this.at = at;
    this.line.push(at);
    if (this.mode === 'pan')
      this.gestures.pan?.(at.x - this.from.x, at.y - this.from.y);
    else
      this.draw();
  }

  end(e: MouseEvent | null, done: boolean): void {
    this.band?.remove();
    if (this.mode === 'pan')
      this.gestures.panEnd?.();
    else if (done && e != null)
      this.gestures.area?.(this.box, this.lasso ? this.line : null, this.mode, e);
  }

  private get lasso(): boolean {
    return this.mode !== 'zoom' && (this.gestures.lasso?.() ?? false);
  }

  private get box(): Box {
    const xs = this.lasso ? this.line.map((p) => p.x) : [this.from.x, this.at.x];
    const ys = this.lasso ? this.line.map((p) => p.y) : [this.from.y, this.at.y];
    const [x, y] = [Math.min(...xs), Math.min(...ys)];
    return {x, y, width: Math.max(...xs) - x, height: Math.max(...ys) - y};
  }

  private draw(): void {
    const name = 'http://www.w3.org/2000/svg';
    if (this.band == null) {
      this.band = document.createElementNS(name, 'svg');
      this.band.setAttribute('class', `d4-rubber-band d4-rubber-band-${this.mode}`);
      this.band.append(document.createElementNS(name, 'polygon'));
      this.host.append(this.band);
    }
    const {x, y, width, height} = this.box;
    const [right, bottom] = [x + width, y + height];
    const corners = this.lasso ? this.line : [{x, y}, {x: right, y}, {x: right, y: bottom}, {x, y: bottom}];
    this.band.firstElementChild!.setAttribute('points', corners.map((p) => `${p.x},${p.y}`).join(' '));
  }
}

/** Whether a point is inside a closed line (even-odd rule). */
export function inside(outline: Point[], x: number, y: number): boolean {
  let result = false;
  for (let i = 0, j = outline.length - 1; i < outline.length; j = i++) {
    const [a, b] = [outline[i], outline[j]];
    if (a.y > y !== b.y > y && x < (b.x - a.x) * (y - a.y) / (b.y - a.y) + a.x)
      result = !result;
  }
  return result;
}
