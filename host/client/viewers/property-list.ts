import * as DG from 'datagrok-api/dg';
import type {Look} from './look.ts';

/** One setting of a viewer type. Names and meanings are those of the published settings interfaces. */
export interface PropertySpec {
  name: string;
  /** Data type as in `DG.TYPE`. */
  type: string;
  value: any;
  category: string;
  choices?: string[];
  /** Short form accepted in options: `x` for `xColumnName`. */
  short?: string;
  /** Which columns may be chosen, for properties that name columns. */
  columns?: 'any' | 'numerical' | 'categorical';
  min?: number;
  max?: number;
  description?: string;
}

type Extra = Partial<Pick<PropertySpec, 'choices' | 'short' | 'min' | 'max' | 'description' | 'columns'>>;

const spec = (type: string) => (name: string, value: any, category: string, extra: Extra = {}): PropertySpec =>
  ({name, type, value, category, ...extra});

export const bool = spec('bool');
export const int = spec('int');
export const float = spec('double');
export const text = spec('string');
/** List of names. */
export const list = spec('list');

export const choice = (name: string, choices: string[], value: string, category: string, extra: Extra = {}) =>
  spec('string')(name, value, category, {choices, ...extra});

/** A property that names one column: long name `<base>ColumnName`, short name `<base>`. */
export const column = (base: string, category: string, extra: Extra = {}): PropertySpec =>
  spec('string')(`${base}ColumnName`, null, category, {short: base, columns: 'any', ...extra});

/** A property that names several columns. */
export const columns = (name: string, category: string, extra: Extra = {}): PropertySpec =>
  spec('column_list')(name, null, category, {columns: 'any', ...extra});

const made = new WeakMap<PropertySpec[], DG.Property[]>();

/**
 * The list behind `viewer.getProperties()`, one per viewer type. They are the core's own property objects; values live
 * in the look that each call passes.
 */
export function propertiesOf(specs: PropertySpec[]): DG.Property[] {
  let properties = made.get(specs);
  if (properties == null)
    made.set(specs, properties = specs.map(makeProperty));
  return properties;
}

function makeProperty(s: PropertySpec): DG.Property {
  const property = DG.Property.create(s.name, s.type as any, (look: Look) => look.get(s.name),
    (look: Look, value: any) => look.set(s.name, value), s.value);
  property.category = s.category;
  property.friendlyName = captionOf(s.name);
  if (s.choices != null)
    property.choices = s.choices;
  if (s.description != null)
    property.description = s.description;
  if (s.min != null)
    property.min = s.min;
  if (s.max != null)
    property.max = s.max;
  return property;
}

/** Words for a property's name: `splitColumnName` is `Split`. */
export function captionOf(name: string): string {
  return name.replace(/Column(Names?)$/, '').replace(/([a-z0-9])([A-Z])/g, (_, a, b) => `${a} ${b.toLowerCase()}`)
    .replace(/^./, (c) => c.toUpperCase());
}

/** Long name for any accepted name, or undefined when the type has no such property. */
export function longName(specs: PropertySpec[], name: string): string | undefined {
  return specs.find((s) => s.name === name)?.name ?? specs.find((s) => s.short === name)?.name;
}
