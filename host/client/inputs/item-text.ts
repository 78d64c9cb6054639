import {js} from '../interop/dart.ts';

/** What a person reads for an item of a list: text as it is; users, groups, columns, tables by their names. */
export function itemText(item: any): string {
  if (item == null)
    return '';
  if (typeof item !== 'object')
    return `${item}`;
  const x = js(item);
  for (const name of ['friendlyName', 'name', 'login'])
    if (typeof x[name] === 'string' && x[name] !== '')
      return x[name];
  return `${x}`;
}

/** What tells two items apart: their id where they have one, else their text. */
export function itemKey(item: any): string {
  return item != null && typeof item === 'object' && typeof item.id === 'string' ? item.id : itemText(item);
}

/** A list however it came over the border: an array, a Dart list, the keys of a map, or nothing. */
export function itemList(x: any): any[] {
  const list = js(x);
  return list == null ? [] : Array.isArray(list) ? list.map((item) => js(item)) :
    typeof list !== 'string' && Symbol.iterator in Object(list) ? [...list].map((item) => js(item)) :
      typeof list === 'object' ? Object.keys(list) : [list];
}
