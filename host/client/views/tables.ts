import * as DG from 'datagrok-api/dg';
import {shellBus} from '../interop/bus.ts';
import {HostEvent} from '../interop/event-data.ts';
import {workspace} from './workspace.ts';

/** Data frames of the workspace, as core objects, in the order of adding. */
const tables: any[] = [];

const nameOf = (table: any): string => new DG.DataFrame(table).name;
const same = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();

/** Adds a data frame to the workspace once; a name already taken gets a number, as in `sales (2)`. */
export function addTable(table: any): void {
  if (tables.includes(table))
    return;
  const frame = new DG.DataFrame(table);
  const name = frame.name || 'table';
  for (let n = 1; ; n++) {
    const candidate = n === 1 ? name : `${name} (${n})`;
    if (!tables.some((t) => same(nameOf(t), candidate))) {
      frame.name = candidate;
      break;
    }
  }
  tables.push(table);
  shellBus.fire('d4-table-added', new HostEvent({dataFrame: frame}));
}

/** Takes a data frame out of the workspace and closes the views that are about it. */
export function closeTable(table: any): void {
  const i = tables.indexOf(table);
  if (i < 0)
    return;
  tables.splice(i, 1);
  for (const view of workspace.views.filter((v) => v.table === table))
    workspace.close(view, true);
  shellBus.fire('d4-table-removed', new HostEvent({dataFrame: new DG.DataFrame(table)}));
}

export function closeTables(): void {
  for (const table of [...tables])
    closeTable(table);
}

export function tableNames(): string[] {
  return tables.map(nameOf);
}

/** Letter case is ignored. */
export function tableByName(name: string): any {
  return tables.find((t) => same(nameOf(t), name)) ?? null;
}

/** The table of the current view; without one, the table added last. */
export function currentTable(): any {
  return workspace.current?.table ?? tables[tables.length - 1] ?? null;
}
