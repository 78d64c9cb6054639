import * as DG from 'datagrok-api/dg';

/** Short name of anything that can be the current object. */
export function captionOf(x: any): string {
  if (x == null)
    return '';
  if (x instanceof HTMLElement)
    return x.getAttribute('aria-label') ?? '';
  if (x instanceof DG.Row)
    return `Row ${x.idx + 1}`;
  if (x instanceof DG.ViewBase)
    return x.name;
  if (x instanceof DG.Viewer)
    return x.type;
  if (x instanceof DG.Widget)
    return x.type === 'Unknown' ? '' : x.type;
  if (Array.isArray(x))
    return `${x.length} items`;
  const handler = handlerFor(x);
  return handler != null ? handler.getCaption(x) : typeof x === 'object' ? '' : String(x);
}

/** What a package, or the host, registered for showing such objects; null when nobody knows them. */
export function handlerFor(x: any): DG.ObjectHandler | null {
  return x == null || typeof x !== 'object' ? null : DG.ObjectHandler.forEntity(x) ?? null;
}

/** Words that a parameter's type may use for `x`: those a panel function for `x` would declare, the closest first. */
export function typesOf(x: any): string[] {
  const own = closest(x);
  return own == null ? ['dynamic', 'object'] : [...own, 'dynamic', 'object'];
}

function closest(x: any): string[] | null {
  if (x instanceof DG.DataFrame)
    return ['dataframe'];
  if (x instanceof DG.Column)
    return ['column'];
  if (x instanceof DG.SemanticValue)
    return ['semantic_value'];
  if (x instanceof DG.Entity)
    return [...classes.filter(([cls]) => x instanceof cls).map(([, type]) => type), 'entity'];
  if (typeof x === 'string')
    return ['string'];
  if (typeof x === 'number')
    return ['double', 'int', 'num'];
  return x instanceof DG.Widget ? ['widget', 'viewer', 'view'] : null;
}

/** Types of the platform for the classes of its entities; a query is a function, too. */
const classes: [any, string][] = [[DG.User, 'user'], [DG.Group, 'group'], [DG.Group, 'user_group'],
  [DG.Package, 'package'], [DG.DataQuery, 'data_query'], [DG.Script, 'script'], [DG.Func, 'func'],
  [DG.DataConnection, 'data_connection'], [DG.Project, 'project'], [DG.FileInfo, 'file']];
