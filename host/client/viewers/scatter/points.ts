import type {Mask} from '../mask.ts';
import type {PlotAxis} from '../plot-axis.ts';

/** What a marker looks like besides its place. */
export interface MarkerLook {
  /** Colours that `colorIndex` points to. */
  colors: string[];
  /** One per row, or null when all markers have the first colour. */
  colorIndex: Uint16Array | null;
  /** Diameters in pixels, one per row (0: not shown), or one for all. */
  sizes: Float32Array | number;
  shape: string;
  opacity: number;
  border: string | null;
}

/** Shown rows with their places on the plot, as parallel arrays. */
export interface Points {
  rows: Int32Array;
  x: Float32Array;
  y: Float32Array;
}

/** Between -1 and 1, always the same for a row: jitter must not move when the plot is painted again. */
export function steadyNoise(row: number, salt: number): number {
  let h = Math.imul(row + 1, 0x9E3779B1) ^ Math.imul(salt + 1, 0x85EBCA6B);
  h = Math.imul(h ^ h >>> 15, 0x2C1B3C6D);
  h = Math.imul(h ^ h >>> 12, 0x297A2D39);
  return ((h ^ h >>> 15) >>> 0) / 0x80000000 - 1;
}

/** Places of the rows on the plot (and near it: markers stick out), in pixels from its top left corner. */
export function place(rows: Int32Array, x: PlotAxis, y: PlotAxis, width: number, height: number,
  jitterX: number, jitterY: number): Points {
  const out: Points = {rows: new Int32Array(rows.length), x: new Float32Array(rows.length),
    y: new Float32Array(rows.length)};
  const margin = 30 + Math.max(jitterX, jitterY);
  let n = 0;
  for (const row of rows) {
    const px = x.toPixel(x.data.values[row], width) + (jitterX === 0 ? 0 : steadyNoise(row, 1) * jitterX);
    const py = height - y.toPixel(y.data.values[row], height) + (jitterY === 0 ? 0 : steadyNoise(row, 2) * jitterY);
    if (px >= -margin && px <= width + margin && py >= -margin && py <= height + margin) {
      out.rows[n] = row;
      out.x[n] = px;
      out.y[n++] = py;
    }
  }
  return {rows: out.rows.subarray(0, n), x: out.x.subarray(0, n), y: out.y.subarray(0, n)};
}

/** Index of the topmost point at a place, or -1. */
export function pointAt(points: Points, look: MarkerLook, x: number, y: number): number {
  let best = -1;
  let bestDistance = Infinity;
  for (let i = 0; i < points.x.length; i++) {
    const dx = points.x[i] - x;
    const dy = points.y[i] - y;
    const distance = dx * dx + dy * dy;
    const reach = Math.max(4, sizeOf(look, points.rows[i]) / 2 + 1);
    if (distance <= reach * reach && distance <= bestDistance) {
      best = i;
      bestDistance = distance;
    }
  }
  return best;
}

export const sizeOf = (look: MarkerLook, row: number): number =>
  typeof look.sizes === 'number' ? look.sizes : look.sizes[row];

/** States that change a marker's colour. */
export interface PointStates {
  selected: Mask | null;
  highlighted: Mask | null;
  /** Rows that fail the filter, painted faintly. */
  faded: Mask | null;
  selectedColor: string;
  highlightColor: string;
  fadedColor: string;
}
