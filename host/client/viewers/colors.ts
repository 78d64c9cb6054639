import * as DG from 'datagrok-api/dg';
import type {Categories} from './column-values.ts';

/**
 * Colours of categories in the order of the column's categories, repeated when there are more. None is like the orange
 * of selected rows.
 */
export const palette = ['#1f77b4', '#2ab0a0', '#8e6bbf', '#d9534f', '#c9a512', '#2ca02c', '#dd73b4', '#8c5f4d', '#5bb8e0',
  '#7a8794', '#4f5fae', '#8fbf5a', '#b04a6a', '#3f8f8a', '#b58ad6', '#a98a5b', '#6f9fd8', '#e39a9a', '#4c6b8a', '#6fbf73'];

/** Low, middle and high end of a linear scheme. */
export const linearScheme = ['#3b5fa8', '#35a8a0', '#e6d84f'];

/** Of the platform's constants: what a row's state looks like in every viewer. */
export const stateColors = {
  selected: '#ff8c00', current: '#38b738', mouseOver: '#aaaaaa', filteredOut: '#f0f0f0', missing: '#b4bac2',
};

/** `#rrggbb` (or `rgba(...)` when see-through) from an ARGB number; text passes. */
export function html(color: number | string): string {
  if (typeof color === 'string')
    return color;
  const argb = color >>> 0;
  const [a, r, g, b] = [24, 16, 8, 0].map((shift) => argb >>> shift & 255);
  return a === 255 ? `#${(argb & 0xFFFFFF).toString(16).padStart(6, '0')}` : `rgba(${r},${g},${b},${a / 255})`;
}

function channels(color: string): number[] {
  const hex = /^#?([0-9a-f]{6})/i.exec(color);
  if (hex != null)
    return [0, 2, 4].map((i) => parseInt(hex[1].slice(i, i + 2), 16));
  return (color.match(/[\d.]+/g) ?? ['128', '128', '128']).slice(0, 3).map(Number);
}

/** The colour with another opacity, 0 to 1. */
export function withAlpha(color: string, alpha: number): string {
  return `rgba(${channels(color).join(',')},${alpha})`;
}

/** Between two colours, `share` from 0 to 1. */
export function mix(from: string, to: string, share: number): string {
  const [a, b] = [channels(from), channels(to)];
  return `rgb(${a.map((x, i) => Math.round(x + (b[i] - x) * share)).join(',')})`;
}

/** Colour of a share (0 to 1) on a scheme of evenly spaced colours. */
export function onScheme(share: number, scheme: string[] = linearScheme): string {
  const at = Math.min(1, Math.max(0, share)) * (scheme.length - 1);
  const i = Math.min(scheme.length - 2, Math.floor(at));
  return scheme.length < 2 ? scheme[0] : mix(scheme[i], scheme[i + 1], at - i);
}

/**
 * Colour of each category, the same whatever is filtered: the column's own coding first
 * (`column.meta.colors.setCategorical`), else the palette by the place among all categories; missing values are grey.
 */
export function categoryColors(column: DG.Column, categories: Categories): string[] {
  const own = ownColors(column);
  return categories.names.map((name, i) =>
    own[name] != null ? html(own[name]) : i === categories.missing ? stateColors.missing : palette[i % palette.length]);
}

function ownColors(column: DG.Column): Record<string, number | string> {
  const json = column.getTag(DG.TAGS.COLOR_CODING_CATEGORICAL);
  if (json == null || column.getTag(DG.TAGS.COLOR_CODING_TYPE) === DG.COLOR_CODING_TYPE.OFF)
    return {};
  try {
    return JSON.parse(json) ?? {};
  } catch {
    return {};
  }
}

/** Linear coding that the column brings: scheme of colours, or null. */
export function ownScheme(column: DG.Column): string[] | null {
  const json = column.getTag(DG.TAGS.COLOR_CODING_LINEAR);
  try {
    const scheme = json == null ? null : JSON.parse(json);
    return Array.isArray(scheme) && scheme.length > 1 ? scheme.map(html) : null;
  } catch {
    return null;
  }
}
