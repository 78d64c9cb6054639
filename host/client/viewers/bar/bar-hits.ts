import type {Point} from '../gestures.ts';
import type {Bar, Segment} from './bar-data.ts';
import type {Rect} from './bar-option.ts';

/** Where a bar was painted, in pixels of the plot. */
export interface Painted {bar: Bar; boxes: {segment: Segment; box: Rect}[]; band: Rect; label: Rect | null}

/** What is under the mouse: a bar, and the segment of it when the mouse is on one. */
export interface Target {bar: Bar; segment: Segment | null}

const within = (r: Rect, at: Point, edge = 0): boolean => at.x >= r.x - edge && at.x <= r.x + r.width + edge &&
  at.y >= r.y - edge && at.y <= r.y + r.height + edge;

/** The bar at a place: on the bar itself, on its value, or on its name; null on the background. */
export function barAt(painted: Painted[], at: Point, horizontal: boolean): Target | null {
  const hit = painted.find((p) => p != null && within(p.band, at));
  if (hit == null)
    return null;
  const {bar, boxes, label} = hit;
  const segment = boxes.find((b) => within(b.box, at, 1))?.segment ?? null;
  const onName = horizontal ? at.x < Math.min(...boxes.map((b) => b.box.x)) :
    at.y > Math.max(...boxes.map((b) => b.box.y + b.box.height));
  return segment != null || onName || label != null && within(label, at, 2) ? {bar, segment} : null;
}
