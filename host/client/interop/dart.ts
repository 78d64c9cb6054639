/**
 * Values that cross the border between the published classes and the host.
 *
 * The published classes hand over what `toDart` makes: plain objects become Dart maps, class instances become their
 * handles. These helpers turn such values back into plain JavaScript.
 */

/** A plain object from a Dart map, or the object itself; `{}` for null. */
export function options(x: any): Record<string, any> {
  if (x == null)
    return {};
  if (x.constructor === Object)
    return x;
  const map = (window as any).grok_GetWrapper(x);
  return map != null && typeof map === 'object' ? map : {};
}

/** The `datagrok-api` object (or plain value) for anything that came through `toDart`. */
export function js<T = any>(x: any): T {
  return (window as any).DG.toJs(x);
}

/** The handle or core object under a `datagrok-api` object; other values unchanged. */
export function dart(x: any): any {
  return (window as any).DG.toDart(x);
}

/** Options passed as JSON text, as an object, or not at all. */
export function parseOptions(json: any): Record<string, any> {
  if (json == null || json === '')
    return {};
  return typeof json === 'string' ? JSON.parse(json) : options(json);
}
