import {has} from '../mask.ts';
import {sizeOf, type MarkerLook, type Points, type PointStates} from './points.ts';

/** Pixels of one marker: side in pixels, colours multiplied by alpha. */
interface Stamp {side: number; pixels: Uint8ClampedArray}

/** Markers kept before the store is emptied: colours times sizes. */
const mostStamps = 4000;

/**
 * Paints points on a canvas of its own. Each marker is a copy of a small picture, drawn once per colour and size and
 * then stamped into an array of pixels: for tens of thousands of points that is several times faster than one canvas
 * call per point, on machines with and without a graphics card, and no object per point exists.
 */
export class PointsImage {
  readonly canvas = document.createElement('canvas');
  private readonly stamps = new Map<string, Stamp>();
  private stampsOf = '';
  private buffer = new Uint8ClampedArray();

  draw(points: Points, look: MarkerLook, states: PointStates, width: number, height: number): void {
    const scale = window.devicePixelRatio || 1;
    const [w, h] = [Math.max(1, Math.round(width * scale)), Math.max(1, Math.round(height * scale))];
    this.prepare(w, h, `${look.shape} ${look.opacity} ${look.border} ${scale}`);
    const layer = layers(states);
    const fixed = [states.fadedColor, null, states.highlightColor, states.selectedColor];
    for (const pass of layer == null ? [1] : [0, 1, 2, 3])
      for (let i = 0; i < points.x.length; i++) {
        const row = points.rows[i];
        const size = sizeOf(look, row);
        if (size <= 0 || layer != null && layer(row) !== pass)
          continue;
        const color = fixed[pass] ?? look.colors[look.colorIndex == null ? 0 : look.colorIndex[row]];
        const stamp = this.stamp(color, Math.round(size * 2) / 2, look, scale);
        this.put(stamp, points.x[i] * scale, points.y[i] * scale, w, h);
      }
    this.show(w, h);
  }

  private prepare(w: number, h: number, key: string): void {
    if (this.canvas.width !== w || this.canvas.height !== h) {
      this.canvas.width = w;
      this.canvas.height = h;
    }
    if (this.buffer.length === w * h * 4)
      this.buffer.fill(0);
    else
      this.buffer = new Uint8ClampedArray(w * h * 4);
    if (key !== this.stampsOf || this.stamps.size > mostStamps)
      this.stamps.clear();
    this.stampsOf = key;
  }

  /** Lays a stamp over the buffer, middle at (cx, cy); what sticks out is cut. */
  private put(stamp: Stamp, cx: number, cy: number, w: number, h: number): void {
    const {side, pixels} = stamp;
    const {buffer} = this;
    const [left, top] = [Math.round(cx - side / 2), Math.round(cy - side / 2)];
    const [x1, x2] = [Math.max(0, -left), Math.min(side, w - left)];
    const [y1, y2] = [Math.max(0, -top), Math.min(side, h - top)];
    for (let y = y1; y < y2; y++) {
      let from = (y * side + x1) * 4;
      let to = ((top + y) * w + left + x1) * 4;
      for (let x = x1; x < x2; x++, from += 4, to += 4) {
        const alpha = pixels[from + 3];
        if (alpha === 0)
          continue;
        const rest = (255 - alpha) / 255;
        buffer[to] = pixels[from] + buffer[to] * rest;
        buffer[to + 1] = pixels[from + 1] + buffer[to + 1] * rest;
        buffer[to + 2] = pixels[from + 2] + buffer[to + 2] * rest;
        buffer[to + 3] = alpha + buffer[to + 3] * rest;
      }
    }
  }

  /** Canvases take colours that are not multiplied by alpha. */
  private show(w: number, h: number): void {
    const image = new ImageData(w, h);
    const {buffer} = this;
    const data = image.data;
    for (let i = 0; i < buffer.length; i += 4) {
      const alpha = buffer[i + 3];
      if (alpha === 0)
        continue;
      const back = 255 / alpha;
      data[i] = buffer[i] * back;
      data[i + 1] = buffer[i + 1] * back;
      data[i + 2] = buffer[i + 2] * back;
      data[i + 3] = alpha;
    }
    this.canvas.getContext('2d', {willReadFrequently: true})!.putImageData(image, 0, 0);
  }

  private stamp(color: string, size: number, look: MarkerLook, scale: number): Stamp {
    const key = `${color} ${size}`;
    let stamp = this.stamps.get(key);
    if (stamp == null)
      this.stamps.set(key, stamp = makeStamp(color, size * scale, look, scale));
    return stamp;
  }
}

/** Painting order of a row: 0 faded, 1 plain, 2 highlighted, 3 selected; null when all are plain. */
function layers({selected, highlighted, faded}: PointStates): ((row: number) => number) | null {
  if (selected == null && highlighted == null && faded == null)
    return null;
  return (row) => selected != null && has(selected, row) ? 3 : highlighted != null && has(highlighted, row) ? 2 :
    faded != null && has(faded, row) ? 0 : 1;
}

function makeStamp(color: string, size: number, look: MarkerLook, scale: number): Stamp {
  const canvas = document.createElement('canvas');
  const side = canvas.width = canvas.height = Math.ceil(size + 2 * scale);
  const g = canvas.getContext('2d', {willReadFrequently: true})!;
  outline(g, look.shape, side / 2, size / 2);
  g.globalAlpha = look.opacity;
  g.fillStyle = color;
  g.fill();
  if (look.border != null && size >= 4 * scale) {
    g.globalAlpha = Math.min(1, look.opacity + 0.1);
    g.strokeStyle = look.border;
    g.lineWidth = 0.75 * scale;
    g.stroke();
  }
  const pixels = g.getImageData(0, 0, side, side).data;
  for (let i = 0; i < pixels.length; i += 4)
    for (let c = 0; c < 3; c++)
      pixels[i + c] = pixels[i + c] * pixels[i + 3] / 255;
  return {side, pixels};
}

function outline(g: CanvasRenderingContext2D, shape: string, middle: number, r: number): void {
  g.beginPath();
  if (shape === 'square')
    g.rect(middle - r, middle - r, 2 * r, 2 * r);
  else if (shape === 'diamond') {
    g.moveTo(middle, middle - r);
    g.lineTo(middle + r, middle);
    g.lineTo(middle, middle + r);
    g.lineTo(middle - r, middle);
    g.closePath();
  } else if (shape === 'triangle up') {
    g.moveTo(middle, middle - r);
    g.lineTo(middle + r, middle + r);
    g.lineTo(middle - r, middle + r);
    g.closePath();
  } else
    g.arc(middle, middle, r, 0, 2 * Math.PI);
}
