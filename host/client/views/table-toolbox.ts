import * as ui from 'datagrok-api/ui';
import type * as DG from 'datagrok-api/dg';
import {onKill} from '../interop/life-cycle.ts';
import {viewerButtons} from './table-ribbon.ts';
import type {TableViewHandle} from './table-view.ts';

/** What a table view shows at its left: viewers to add, and the table's columns to show or hide. */
export function tableToolbox(view: TableViewHandle): {root: HTMLElement; accordion: DG.Accordion} {
  const accordion = ui.accordion('Table view toolbox');
  accordion.addPane('Viewers', () => {
    const box = document.createElement('div');
    box.className = 'd4-table-view-viewers';
    box.append(...viewerButtons(view));
    return box;
  }, true);
  accordion.addPane('Columns', () => columnList(view), true);
  return {root: accordion.root, accordion};
}

/** Follows the table; a column of the table that the grid does not have (any more) is not listed. */
function columnList(view: TableViewHandle): HTMLElement {
  const list = document.createElement('div');
  list.className = 'd4-table-view-columns';
  const fill = (): void => list.replaceChildren(...view.grid.columns.all.filter((c) => c.column != null).map((c) => {
    const row = document.createElement('label');
    const box = document.createElement('input');
    box.type = 'checkbox';
    box.checked = c.visible;
    box.addEventListener('change', () => c.visible = box.checked);
    const name = document.createElement('span');
    name.textContent = c.name;
    name.title = `${c.name} (${c.column!.type})`;
    row.append(box, name);
    return row;
  }));
  fill();
  const subscription = view.grid.bus.on('d4-grid-columns-changed', fill);
  onKill(list, () => subscription.cancel());
  return list;
}
