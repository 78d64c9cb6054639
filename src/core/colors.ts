/** Stable colours for names: the same name has the same colour in every chart, after every reload, in each theme. */

export type Theme = 'light' | 'dark';

/** Colour of folded, unknown and package-less things: they are no category of their own. */
export const NEUTRAL: Record<Theme, string> = {light: '#8a8f98', dark: '#8f959e'};

const HUES = 24;

/** Lightness and chroma (OKLCH) of the three shades of each hue, with 3:1 contrast or more on the theme's ground. */
const SHADES: Record<Theme, readonly (readonly [lightness: number, chroma: number])[]> = {
  light: [[0.62, 0.15], [0.52, 0.13], [0.63, 0.08]],
  dark: [[0.74, 0.13], [0.66, 0.13], [0.82, 0.08]],
};

/** FNV-1a over UTF-16 code units, then mixed, so that names which differ in one letter lie far apart. */
export function hashOf(name: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < name.length; i++)
    hash = Math.imul(hash ^ name.charCodeAt(i), 0x01000193);
  hash = Math.imul(hash ^ hash >>> 16, 0x85ebca6b);
  hash = Math.imul(hash ^ hash >>> 13, 0xc2b2ae35);
  return (hash ^ hash >>> 16) >>> 0;
}

/** OKLCH to sRGB (Ottosson's matrices); what lies outside sRGB is clipped per channel. */
function rgbOf(lightness: number, chroma: number, hue: number): number[] {
  const a = chroma * Math.cos(hue);
  const b = chroma * Math.sin(hue);
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3;
  return [
    4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
    -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
    -0.0041960863 * l - 0.7034186147 * m + 1.7076147010 * s,
  ].map((linear) => {
    const light = Math.min(1, Math.max(0, linear));
    return Math.round(255 * (light <= 0.0031308 ? 12.92 * light : 1.055 * light ** (1 / 2.4) - 0.055));
  });
}

/** `#rrggbb` for a name. Use ids for users, so that two of one name keep two colours. */
export function colorOf(name: string, theme: Theme = 'light'): string {
  const hash = hashOf(name);
  const [lightness, chroma] = SHADES[theme][Math.floor(hash / HUES) % SHADES[theme].length];
  const hue = hash % HUES / HUES * 2 * Math.PI;
  return `#${rgbOf(lightness, chroma, hue).map((channel) => channel.toString(16).padStart(2, '0')).join('')}`;
}

/** The same colour as the platform's integers hold it: opaque ARGB, unsigned. */
export function argbOf(color: string): number {
  return (0xff000000 | parseInt(color.slice(1), 16)) >>> 0;
}
