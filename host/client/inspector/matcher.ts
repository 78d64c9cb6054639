import type {PostedRecord} from '../log/queue.ts';

/**
 * A test for records: of one of the levels, with every word (parted by spaces, letter case aside) somewhere in message,
 * type, or names and values of parameters.
 */
export function matcher(levels: ReadonlySet<string>, text: string): (record: PostedRecord) => boolean {
  const words = text.toLowerCase().split(/\s+/).filter((word) => word !== '');
  return (record) => {
    if (!levels.has(record.level))
      return false;
    if (words.length === 0)
      return true;
    const all = [record.message, record.type ?? '', ...Object.entries(record.params)
      .flatMap(([name, value]) => [name, valueText(value)])].join('\n').toLowerCase();
    return words.every((word) => all.includes(word));
  };
}

/** A value of a parameter in one line: entities by their names, lists and maps as JSON. */
export function valueText(value: unknown): string {
  if (value === null || typeof value !== 'object')
    return String(value);
  const {'#type': type, name, id} = value as {'#type'?: unknown, name?: unknown, id?: unknown};
  return typeof type === 'string' ? `${name || id} (${type})` : JSON.stringify(value);
}

/** Word for the kind of a value. */
export function valueType(value: unknown): string {
  if (value === null || value === undefined)
    return 'null';
  if (typeof value === 'object')
    return typeof (value as any)['#type'] === 'string' ? 'entity' : Array.isArray(value) ? 'list' : 'map';
  return typeof value;
}
