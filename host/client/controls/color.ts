import {categorical, continuous} from './palettes.ts';

/** Arithmetic of colours: ARGB integers, as `DG.Color` has them, to and from text. */

const channel = (color: number, shift: number): number => color >>> shift & 0xFF;

function argb(a: number, r: number, g: number, b: number): number {
  const byte = (x: number): number => Math.min(255, Math.max(0, Math.round(x)));
  return (byte(a) << 24 | byte(r) << 16 | byte(g) << 8 | byte(b)) >>> 0;
}

/**
 * `#rrggbb`, or `#rrggbbaa` for a half-transparent colour. Integers without alpha (`0x1F77B4`) count as opaque.
 * Text passes through: places that accept both need not ask.
 */
export function toHtml(color: number | string): string {
  if (typeof color === 'string')
    return color;
  const alpha = channel(color, 24);
  const rgb = (color & 0xFFFFFF).toString(16).padStart(6, '0');
  return alpha === 0 || alpha === 255 ? `#${rgb}` : `#${rgb}${alpha.toString(16).padStart(2, '0')}`;
}

let canvas: CanvasRenderingContext2D | null = null;

/** Any CSS colour to ARGB; black for text that is none. */
export function fromHtml(text: string | number): number {
  if (typeof text === 'number')
    return text >>> 0;
  const hex = /^#([0-9a-f]{6})([0-9a-f]{2})?$/i.exec(text);
  if (hex != null)
    return (parseInt(hex[2] ?? 'ff', 16) << 24 | parseInt(hex[1], 16)) >>> 0;
  // The browser turns names, short forms and functions into `#rrggbb` or `rgba(r, g, b, a)`.
  canvas ??= document.createElement('canvas').getContext('2d')!;
  canvas.fillStyle = '#000000';
  canvas.fillStyle = text;
  const parsed = canvas.fillStyle;
  if (parsed.startsWith('#'))
    return (0xFF000000 | parseInt(parsed.slice(1), 16)) >>> 0;
  const [r, g, b, a] = parsed.match(/[\d.]+/g)!.map(Number);
  return argb(255 * (a ?? 1), r, g, b);
}

/** Black or white, whichever has the higher contrast ratio (WCAG 2.2, relative luminance) on `color`. */
export function contrast(color: number): number {
  const linear = (c: number): number => c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  const [r, g, b] = [16, 8, 0].map((shift) => linear(channel(color, shift) / 255));
  const luminance = 0.2126 * r + 0.7152 * g + 0.0722 * b;
  return (luminance + 0.05) / 0.05 >= 1.05 / (luminance + 0.05) ? 0xFF000000 : 0xFFFFFFFF;
}

/** Takes `diff` (0 to 255) off each channel. */
export function darken(color: number, diff: number): number {
  return argb(channel(color, 24), channel(color, 16) - diff, channel(color, 8) - diff, channel(color, 0) - diff);
}

/** A lighter colour of the same hue, for what the mouse is over. */
export function highlight(color: number): number {
  return mix(color, 0xFFFFFFFF, 0.35, channel(color, 24));
}

/** The colour at `part` (0 to 1) of the way from `from` to `to`. */
function mix(from: number, to: number, part: number, alpha?: number): number {
  const at = (shift: number): number => channel(from, shift) + (channel(to, shift) - channel(from, shift)) * part;
  return argb(alpha ?? at(24), at(16), at(8), at(0));
}

/**
 * Colour of `x` between `min` and `max` on a scheme of evenly spaced stops. Values outside get the end colours, or
 * `below` / `above` when given.
 * @param alpha 0 to 255, replaces that of the scheme.
 */
export function scale(x: number, min: number, max: number, alpha?: number | null, scheme?: number[] | null,
  below?: number | null, above?: number | null): number {
  const stops = scheme != null && scheme.length > 0 ? scheme : continuous[0];
  if (x < min && below != null)
    return fromHtml(below);
  if (x > max && above != null)
    return fromHtml(above);
  const part = max === min ? 0.5 : Math.min(1, Math.max(0, (x - min) / (max - min)));
  const place = part * (stops.length - 1);
  const i = Math.min(stops.length - 2, Math.floor(place));
  return stops.length === 1 ? mix(stops[0], stops[0], 0, alpha ?? undefined) :
    mix(stops[i], stops[i + 1], place - i, alpha ?? undefined);
}

/** The i-th colour of the standard palette, again from the start after the last. */
export function categoryColor(i: number): number {
  const palette = categorical.default;
  return palette[i % palette.length];
}
