/** Nested values beyond this depth are shown by a mark. */
const DEEPEST = 6;

/** Longest text of a value; what is longer is cut, with a mark, rather than refused as a whole. */
const LONGEST = 60_000;

const api = (): any => (globalThis as any).DG;

/**
 * A parameter's value as the log takes it: entities by class, id and name; instants as ISO texts; tables by name; what
 * JSON lacks (`NaN`, big integers, functions) as text.
 * @param value a plain value, or one that came from the core.
 */
export function loggable(value: unknown, depth = 0): unknown {
  const DG = api();
  const one: any = DG == null ? value : DG.toJs(value);
  if (one == null)
    return null;
  switch (typeof one) {
  case 'boolean': return one;
  case 'number': return Number.isFinite(one) ? one : String(one);
  case 'string': return cut(one);
  case 'object': break;
  default: return cut(String(one));
  }
  if (DG != null && one instanceof DG.Entity)
    return {'#type': classOf(one), 'id': one.id, 'name': one.name ?? ''};
  if (DG != null && one instanceof DG.DataFrame)
    return cut(one.name ?? 'table');
  if (one instanceof Date || typeof one.toISOString === 'function')
    return Number.isNaN(one.valueOf()) ? null : one.toISOString();
  if (depth >= DEEPEST)
    return '…';
  if (Array.isArray(one))
    return one.map((item) => loggable(item, depth + 1));
  const proto = Object.getPrototypeOf(one);
  if (proto !== Object.prototype && proto !== null)
    return cut(String(one.name ?? one));
  return Object.fromEntries(Object.entries(one).map(([key, item]) => [key, loggable(item, depth + 1)]));
}

const cut = (text: string): string => text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;

/** Class of an entity as the server knows it. */
function classOf(entity: any): string {
  const DG = api();
  for (const [type, name] of [[DG.Package, 'GrokPublishedPackage'], [DG.User, 'User'], [DG.Group, 'UserGroup'],
    [DG.DataQuery, 'DataQuery'], [DG.Script, 'Script'], [DG.Func, 'Func'], [DG.Project, 'Project'],
    [DG.DataConnection, 'DataConnection'], [DG.TableInfo, 'TableInfo'], [DG.FileInfo, 'FileInfo']] as const)
    if (type != null && entity instanceof type)
      return name;
  return entity.constructor?.name ?? 'Entity';
}
