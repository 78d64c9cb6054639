import type * as DG from 'datagrok-api/dg';
import {colorOf, NEUTRAL, type Theme} from '../core/colors';

/** Whether the platform shows itself dark now: told by the ground that its variables give. */
export function currentTheme(): Theme {
  const ground = getComputedStyle(document.documentElement).getPropertyValue('--white').trim();
  const hex = /^#([0-9a-f]{6})$/i.exec(ground)?.[1] ?? 'ffffff';
  const [r, g, b] = [0, 2, 4].map((i) => parseInt(hex.slice(i, i + 2), 16));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b < 110 ? 'dark' : 'light';
}

/** Colours of the levels of the log: the same in every chart. */
const sourceColors: Record<string, Record<Theme, string>> = {
  usage: {light: '#3b82c4', dark: '#6aaeea'},
  audit: {light: '#7b61c4', dark: '#a994ea'},
  error: {light: '#d64545', dark: '#f07a7a'},
  warning: {light: '#d98a1f', dark: '#f2b45a'},
  info: {light: '#3a9b6b', dark: '#66c797'},
  debug: {light: '#8a8f98', dark: '#8f959e'},
};

/**
 * Gives each category of a column its lasting colour. The colour belongs to the identity, not to the label, so two
 * people of one name keep two colours.
 * @param identity column that says who or what a label stands for; rows without it (folded, nobody) are neutral.
 */
export function colorByIdentity(frame: DG.DataFrame, label: string, identity: string): void {
  const theme = currentTheme();
  const [labels, ids] = [frame.getCol(label), frame.getCol(identity)];
  const [labelRaw, idRaw, idNames] = [labels.getRawData(), ids.getRawData(), ids.categories];
  const colors: Record<string, string> = {};
  for (let row = 0, rows = frame.rowCount; row < rows; row++) {
    const name = labels.categories[labelRaw[row]];
    const id = idNames[idRaw[row]];
    if (name)
      colors[name] ??= id ? sourceColors[id]?.[theme] ?? colorOf(id, theme) : NEUTRAL[theme];
  }
  (labels.meta.colors as any).setCategorical(colors);
}
