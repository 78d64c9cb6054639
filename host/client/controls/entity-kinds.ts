import * as DG from 'datagrok-api/dg';

/** How a kind of platform entity is told from others, named and drawn. */
export interface EntityKind {
  type: string;
  /** Caption for people. */
  caption: string;
  /** Font Awesome name. */
  icon: string;
  is(x: DG.Entity): boolean;
}

/** Special kinds stand before the general ones that they also are: a query is a function. */
const kinds: EntityKind[] = [
  {type: 'User', caption: 'User', icon: 'user', is: (x) => x instanceof DG.User},
  {type: 'UserGroup', caption: 'Group', icon: 'users', is: (x) => x instanceof DG.Group},
  {type: 'UserSession', caption: 'Session', icon: 'clock', is: (x) => x instanceof DG.UserSession},
  {type: 'Package', caption: 'Package', icon: 'box', is: (x) => x instanceof DG.Package},
  {type: 'DataQuery', caption: 'Query', icon: 'database', is: (x) => x instanceof DG.DataQuery},
  {type: 'Script', caption: 'Script', icon: 'code', is: (x) => x instanceof DG.Script},
  {type: 'DataJob', caption: 'Data job', icon: 'tasks', is: (x) => x instanceof DG.DataJob},
  {type: 'Func', caption: 'Function', icon: 'bolt', is: (x) => x instanceof DG.Func},
  {type: 'DataConnection', caption: 'Connection', icon: 'plug', is: (x) => x instanceof DG.DataConnection},
  {type: 'Project', caption: 'Project', icon: 'folder', is: (x) => x instanceof DG.Project},
  {type: 'FileInfo', caption: 'File', icon: 'file', is: (x) => x instanceof DG.FileInfo},
  {type: 'TableInfo', caption: 'Table', icon: 'table', is: (x) => x instanceof DG.TableInfo},
  {type: 'LogEvent', caption: 'Event', icon: 'list', is: (x) => x instanceof DG.LogEvent},
  {type: 'Model', caption: 'Model', icon: 'sitemap', is: (x) => x instanceof DG.Model},
  {type: 'Notebook', caption: 'Notebook', icon: 'book', is: (x) => x instanceof DG.Notebook},
];

const other: EntityKind = {type: 'Entity', caption: 'Entity', icon: 'cube', is: () => true};

export function kindOf(x: DG.Entity): EntityKind {
  return kinds.find((kind) => kind.is(x)) ?? other;
}

/** Value of a getter, or null when it fails: entities that came without a part of their data throw on reading it. */
export function read<T>(get: () => T): T | null {
  try {
    return get() ?? null;
  } catch {
    return null;
  }
}

/** What people call an entity: its friendly name, else its name, else its kind. */
export function captionOf(x: DG.Entity): string {
  return read(() => x.friendlyName) || read(() => x.name) || read(() => (x as DG.User).login) || kindOf(x).caption;
}
