import * as DG from 'datagrok-api/dg';
import * as grok from 'datagrok-api/grok';
import {captionOf} from './captions.ts';

/** A kind of entity that Browse lists: its address is `/<type>`, its view type is `type`. */
export interface EntityKind {
  type: string;
  title: string;
  icon: string;
  source: () => DG.HttpDataSource<any>;
  /** Second line of an item. */
  note: (x: any) => string;
}

const joined = (...parts: (string | null | undefined)[]): string => parts.filter((p) => p != null && p !== '').join(' · ');

/** In the order in which Browse shows them. */
export const entityKinds: EntityKind[] = [
  {type: 'users', title: 'Users', icon: 'user', source: () => grok.dapi.users,
    note: (x: DG.User) => joined(x.login, x.email, x.status)},
  {type: 'groups', title: 'Groups', icon: 'users', source: () => grok.dapi.groups,
    note: (x: DG.Group) => x.personal ? 'personal' : ''},
  {type: 'packages', title: 'Packages', icon: 'box', source: () => grok.dapi.packages,
    note: (x: DG.Package) => joined(x.name, x.version)},
  {type: 'functions', title: 'Functions', icon: 'function', source: () => grok.dapi.functions,
    note: (x: DG.Func) => joined(x.package?.friendlyName, x.description)},
  {type: 'queries', title: 'Queries', icon: 'database', source: () => grok.dapi.queries,
    note: (x: DG.DataQuery) => joined(x.package?.friendlyName, x.description)},
  {type: 'scripts', title: 'Scripts', icon: 'scroll', source: () => grok.dapi.scripts,
    note: (x: DG.Script) => joined(x.package?.friendlyName, x.language, x.description)},
  {type: 'connections', title: 'Connections', icon: 'plug', source: () => grok.dapi.connections,
    note: (x: DG.DataConnection) => x.dataSource},
  {type: 'projects', title: 'Projects', icon: 'folder', source: () => grok.dapi.projects,
    note: (x: DG.Project) => x.description},
];

/** What an item of a list says. Entities may be partly filled; what the core cannot tell is left out. */
export function describe(kind: EntityKind, x: any): {name: string; note: string} {
  const attempt = (f: () => string): string => {
    try {
      return f() ?? '';
    } catch {
      return '';
    }
  };
  return {name: attempt(() => captionOf(x)), note: attempt(() => kind.note(x))};
}
