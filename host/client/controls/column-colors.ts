import * as DG from 'datagrok-api/dg';
import {categoryColor, fromHtml, scale} from './color.ts';

/** Colour of one row of a column, ARGB. */
export type RowColor = (row: number) => number;

const {TAGS} = DG;

const parse = (text: string | null): any => {
  try {
    return text == null || text === '' ? null : JSON.parse(text);
  } catch {
    // Tags are free text; a damaged one counts as absent.
    return null;
  }
};

const tagsRead = [TAGS.COLOR_CODING_TYPE, TAGS.COLOR_CODING_CATEGORICAL, TAGS.COLOR_CODING_FALLBACK_COLOR,
  TAGS.COLOR_CODING_CONDITIONAL, TAGS.COLOR_CODING_LINEAR, TAGS.COLOR_CODING_LINEAR_IS_ABSOLUTE,
  TAGS.COLOR_CODING_LINEAR_ABSOLUTE, TAGS.COLOR_CODING_LINEAR_BELOW_MIN_COLOR,
  TAGS.COLOR_CODING_LINEAR_ABOVE_MAX_COLOR, TAGS.COLOR_CODING_SCHEME_MIN, TAGS.COLOR_CODING_SCHEME_MAX];

/** Remembers what `make` gives for a column until its values or its tags for colours change. */
function remembered<T>(make: (column: DG.Column) => T): (column: DG.Column) => T {
  const made = new WeakMap<object, {state: string; result: T}>();
  return (column) => {
    const state = JSON.stringify([column.version, column.length, ...tagsRead.map((tag) => column.getTag(tag))]);
    const old = made.get(column.dart);
    if (old?.state === state)
      return old.result;
    const result = make(column);
    made.set(column.dart, {state, result});
    return result;
  };
}

/**
 * How the rows of a column are coloured, by its tags `.color-coding-*`. A column without colour coding gets what
 * viewers use by default: numbers and dates on the standard scale, everything else a colour per category.
 */
export const rowColors = remembered(makeRowColors);

/** Colours given by the column for its categories, the rest by their place in the column's list of categories. */
export const categoryColors = remembered(makeCategoryColors);

function makeRowColors(column: DG.Column): RowColor {
  const type = column.meta.colors.getType();
  const values = (color: (row: number) => number): RowColor =>
    (row) => column.isNone(row) ? DG.Color.missingValueRows : color(row);
  if (type === DG.COLOR_CODING_TYPE.CONDITIONAL)
    return values(conditional(column));
  const numeric = column.isNumerical || column.type === DG.COLUMN_TYPE.DATE_TIME;
  if (type === DG.COLOR_CODING_TYPE.CATEGORICAL || !numeric && type !== DG.COLOR_CODING_TYPE.LINEAR)
    return byCategory(column);
  return values(numeric ? linear(column) : byCategory(column));
}

function makeCategoryColors(column: DG.Column): (category: string) => number {
  const given = parse(column.getTag(TAGS.COLOR_CODING_CATEGORICAL)) ?? {};
  const fallback = parse(column.getTag(TAGS.COLOR_CODING_FALLBACK_COLOR));
  const list = column.type === DG.COLUMN_TYPE.STRING ? column.categories :
    column.type === DG.COLUMN_TYPE.BOOL ? ['true', 'false'] : [];
  const places = new Map(list.map((c, i) => [c, i]));
  return (category) => {
    if (given[category] != null)
      return fromHtml(given[category]);
    if (category === '' || category == null)
      return DG.Color.missingValueRows;
    return fallback != null ? fromHtml(fallback) : categoryColor(places.get(category) ?? placeOf(category));
  };
}

/** Of a category outside the list, and of values that are not text: numbers by value, others by a hash. */
function placeOf(category: string): number {
  if (/^\d{1,9}$/.test(category))
    return Number(category);
  let hash = 0;
  for (const c of category)
    hash = (hash * 31 + c.codePointAt(0)!) >>> 0;
  return hash;
}

function byCategory(column: DG.Column): RowColor {
  const color = categoryColors(column);
  if (column.type !== DG.COLUMN_TYPE.STRING)
    return (row) => column.isNone(row) ? DG.Color.missingValueRows : color(String(column.get(row)));
  const colors = column.categories.map(color);
  const indexes = column.getRawData() as Int32Array;
  return (row) => colors[indexes[row]] ?? DG.Color.missingValueRows;
}

function linear(column: DG.Column): RowColor {
  const raw = column.getRawData();
  const below = limitColor(column, TAGS.COLOR_CODING_LINEAR_BELOW_MIN_COLOR);
  const above = limitColor(column, TAGS.COLOR_CODING_LINEAR_ABOVE_MAX_COLOR);
  const absolute = column.getTag(TAGS.COLOR_CODING_LINEAR_IS_ABSOLUTE) === 'true' ?
    parse(column.getTag(TAGS.COLOR_CODING_LINEAR_ABSOLUTE)) : null;
  // Big integers are not in the raw array as numbers.
  const value = column.type === DG.COLUMN_TYPE.BIG_INT ?
    (row: number): number => Number(column.get(row)) : (row: number): number => raw[row];
  if (absolute != null)
    return absoluteScale(absolute, value, below, above);
  const scheme = parse(column.getTag(TAGS.COLOR_CODING_LINEAR))?.map(fromHtml) ?? null;
  const min = Number(column.getTag(TAGS.COLOR_CODING_SCHEME_MIN) ?? column.min);
  const max = Number(column.getTag(TAGS.COLOR_CODING_SCHEME_MAX) ?? column.max);
  return (row) => scale(value(row), min, max, null, scheme, below, above);
}

function limitColor(column: DG.Column, tag: string): number | null {
  const text = column.getTag(tag);
  return text == null || text === '' ? null : fromHtml(/^\d+$/.test(text) ? Number(text) : text);
}

/** Stops at given values: between two neighbours the colour goes from one to the other. */
function absoluteScale(stops: Record<string, string>, value: (row: number) => number, below: number | null,
  above: number | null): RowColor {
  const points = Object.entries(stops).map(([at, color]) => ({at: Number(at), color: fromHtml(color)}))
    .sort((a, b) => a.at - b.at);
  return (row) => {
    const x = value(row);
    const i = Math.max(0, Math.min(points.length - 2, points.filter((p) => p.at <= x).length - 1));
    const [from, to] = [points[i], points[i + 1] ?? points[i]];
    if (x < points[0].at && below != null)
      return below;
    if (x > points.at(-1)!.at && above != null)
      return above;
    return scale(x, from.at, to.at, null, [from.color, to.color]);
  };
}

/** Rules such as `20-30`, `> 5`, `contains x`, matched by the core; the first that holds gives the colour. */
function conditional(column: DG.Column): RowColor {
  const rules = Object.entries(parse(column.getTag(TAGS.COLOR_CODING_CONDITIONAL)) ?? {})
    .map(([pattern, color]) =>
      ({matcher: DG.ValueMatcher.forColumn(column, pattern), color: fromHtml(color as string)}));
  return (row) => {
    const value = column.get(row);
    return rules.find(({matcher}) => matcher.match(value))?.color ?? DG.Color.white;
  };
}
