import type * as DG from 'datagrok-api/dg';
import * as ui from 'datagrok-api/ui';
import {formatValue} from './value-format.ts';
import {isContinuous, numbersOf} from './column-values.ts';
import type {ViewerHandle} from './viewer-handle.ts';

/** Most columns that a row's tooltip lists when the viewer does not name them. */
const mostColumns = 20;
const offset = 14;

/** A table of two columns, from text alone: values come from logs and files. */
export function pairs(title: string | null, lines: [string, string][], more: string | null = null): HTMLElement {
  const table = document.createElement('table');
  table.className = 'd4-tooltip-table';
  for (const [name, value] of lines) {
    const row = table.insertRow();
    row.insertCell().textContent = name;
    row.insertCell().textContent = value;
  }
  const root = document.createElement('div');
  if (title != null) {
    const head = document.createElement('div');
    head.className = 'd4-tooltip-title';
    head.textContent = title;
    root.append(head);
  }
  root.append(table);
  if (more != null) {
    const rest = document.createElement('div');
    rest.className = 'd4-tooltip-rest';
    rest.textContent = more;
    root.append(rest);
  }
  return root;
}

/** Values of one row: the columns that `rowTooltip` names, else all, up to a limit that is told. */
export function rowTooltip(viewer: ViewerHandle, frame: DG.DataFrame, row: number): HTMLElement {
  const own = `${viewer.look.get('rowTooltip') ?? ''}`.split(/\n|,/).map((s) => s.trim()).filter((s) => s !== '');
  const all = own.length > 0 ? own.map((name) => frame.col(name)).filter((c) => c != null) :
    frame.columns.toList().filter((c) => !c.name.startsWith('~'));
  const shown = all.slice(0, mostColumns);
  const rest = all.length - shown.length;
  return pairs(null, shown.map((c) => [c.name, cellText(c, row)]), rest > 0 ? `and ${rest} more columns` : null);
}

/** Text of a cell as the charts show it. */
export function cellText(column: DG.Column, row: number): string {
  return isContinuous(column) ? formatValue(numbersOf(column)[row], column) : column.getString(row);
}

/** Shows words next to the mouse unless the viewer's tooltips are switched off; null hides them. */
export function showTooltip(viewer: ViewerHandle, content: HTMLElement | null, e: MouseEvent): void {
  if (content == null || viewer.look.get('showTooltip') === 'do not show')
    ui.tooltip.hide();
  else
    ui.tooltip.show(content, e.clientX + offset, e.clientY + offset);
}
