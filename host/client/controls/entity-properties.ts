import * as DG from 'datagrok-api/dg';
import * as grok from 'datagrok-api/grok';
import * as ui from 'datagrok-api/ui';
import {js} from '../interop/dart.ts';
import {captionOf, kindOf, read} from './entity-kinds.ts';

type Rows = Record<string, any>;

/**
 * Public properties of an entity as rows of a table, those of its kind first. Values are text, dates, entities (shown
 * as links) or elements; empty ones are left out.
 */
export function entityProperties(x: DG.Entity): Rows {
  const name = read(() => x.name);
  const rows: Rows = {
    'Type': kindOf(x).caption,
    'Name': name,
    'Friendly name': captionOf(x) === name ? null : captionOf(x),
    ...ofKind(x),
    'Description': read(() => (x as any).description),
    'Author': author(read(() => js((window as any).grok_Entity_Get_Author(x.dart)))),
    'Created': date(() => x.createdOn),
    'Updated': date(() => x.updatedOn),
    'ID': read(() => x.id),
  };
  return Object.fromEntries(Object.entries(rows).filter(([, value]) => value != null && value !== ''));
}

function ofKind(x: DG.Entity): Rows {
  if (x instanceof DG.User)
    return ofUser(x);
  if (x instanceof DG.Group)
    return ofGroup(x);
  if (x instanceof DG.Package)
    return {'Version': read(() => x.version)};
  if (x instanceof DG.Func)
    return ofFunction(x);
  if (x instanceof DG.DataConnection)
    return ofConnection(x);
  if (x instanceof DG.Project)
    return {'Path': read(() => x.path), 'Dashboard': read(() => x.isDashboard ? 'yes' : null)};
  if (x instanceof DG.UserSession)
    return {'User': read(() => x.user)};
  return {};
}

function ofUser(x: DG.User): Rows {
  return {
    'Login': read(() => x.login),
    'Email': read(() => x.email),
    'Status': read(() => x.status),
    'Joined': date(() => x.joined),
    'Groups': groupsOf(read(() => x.group), (g) => [...g.memberships, ...g.adminMemberships]),
  };
}

function ofGroup(x: DG.Group): Rows {
  return {
    'Personal': read(() => x.personal ? 'yes' : null),
    'Members': groupsOf(x, (g) => [...g.adminMembers, ...g.members]),
    'Member of': groupsOf(x, (g) => [...g.memberships, ...g.adminMemberships]),
  };
}

function ofFunction(x: DG.Func): Rows {
  const query = x instanceof DG.DataQuery ? x : null;
  return {
    'Package': read(() => x.package),
    'Language': x instanceof DG.Script ? read(() => x.language) : null,
    'Connection': read(() => query?.connection),
    'Inputs': parameters(() => x.inputs),
    'Outputs': parameters(() => x.outputs),
    'Tags': read(() => x.tags?.join(', ')),
  };
}

function ofConnection(x: DG.DataConnection): Rows {
  return {
    'Data source': read(() => x.dataSource),
    'Server': read(() => (x.parameters as any)['server']),
    'Database': read(() => (x.parameters as any)['db']),
  };
}

/** Entities come with their author's id alone; the rest is asked for when the table is shown. */
function author(user: DG.User | null): DG.User | HTMLElement | null {
  const id = user == null ? null : read(() => user.id);
  if (id == null || read(() => user!.login))
    return user;
  return ui.wait(async () => {
    const found = await grok.dapi.users.find(id);
    return found == null ? ui.divText('unknown') : ui.render(found);
  });
}

function date(get: () => any): any {
  const value = read(get);
  return value?.isValid() ? value : null;
}

/** `date: string, top: int = 5`, one parameter a line. */
function parameters(get: () => DG.Property[]): HTMLElement | null {
  const list = read(get) ?? [];
  if (list.length === 0)
    return null;
  return ui.divV(list.map((p) => {
    const type = read(() => p.propertySubType) ? `${p.propertyType}<${p.propertySubType}>` : p.propertyType;
    return ui.divText(`${p.name}: ${type}`);
  }));
}

/** Related groups; entities in lists come without them, so they are asked for when the table is shown. */
function groupsOf(group: DG.Group | null, select: (g: DG.Group) => DG.Group[]): HTMLElement | null {
  const id = group == null ? null : read(() => group.id);
  if (id == null)
    return null;
  return ui.wait(async () => {
    const full = await grok.dapi.groups.find(id) ?? group;
    const found = (read(() => select(full)) ?? [])
      .sort((a, b) => captionOf(a).localeCompare(captionOf(b)));
    return found.length === 0 ? ui.divText('none') : ui.list(found);
  });
}
