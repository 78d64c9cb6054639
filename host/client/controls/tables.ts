import * as DG from 'datagrok-api/dg';
import * as ui from 'datagrok-api/ui';
import {define} from '../interop/define.ts';
import {WidgetHandle} from '../interop/handle.ts';
import {js, options} from '../interop/dart.ts';
import {kill, register} from '../interop/life-cycle.ts';
import {element, icon} from './elements.ts';
import {inline} from './render.ts';

/** Key-value table: values may be elements, widgets, entities, strings with markup, numbers, dates, null. */
function tableFromMap(map: any, copyable: boolean): HTMLElement {
  const body = element('tbody');
  for (const [key, value] of Object.entries(options(js(map)))) {
    const cell = element('td', '', inline(value));
    if (copyable)
      cell.append(copyIcon(() => cell.textContent ?? ''));
    body.append(element('tr', '', element('td', '', key), cell));
  }
  return element('table', 'd4-table d4-item-table d4-info-table', body);
}

function copyIcon(getText: () => string): HTMLElement {
  const root = icon('copy', 'd4-copy-icon');
  root.setAttribute('role', 'button');
  root.addEventListener('click', async (e) => {
    e.stopPropagation();
    await navigator.clipboard.writeText(getText());
  });
  ui.tooltip.bind(root, 'Copy');
  return root;
}

/** Table with a row per item; items can be taken out again. */
class HtmlTableHandle extends WidgetHandle {
  readonly kind = 'HtmlTable';
  readonly root = element('table', 'd4-table d4-item-table');
  private body = element('tbody');
  private rows: {item: any; row: HTMLElement}[] = [];

  /**
   * @param renderer gives the cells of an item; the index passed to it starts at 1, as on the platform.
   * Without a renderer a row shows the item itself, or its parts when it is an array.
   */
  constructor(items: any[], renderer: ((item: any, index: number) => any[]) | null, columnNames: string[] | null) {
    super();
    if (columnNames != null && columnNames.length > 0)
      this.root.append(element('thead', '',
        element('tr', 'd4-table-header', ...columnNames.map((name) => element('th', '', inline(name))))));
    this.root.append(this.body);
    for (const [i, item] of items.entries()) {
      const cells = renderer != null ? renderer(item, i + 1) : Array.isArray(item) ? item : [item];
      const row = element('tr', '', ...Array.from(cells).map((cell) => element('td', '', inline(cell))));
      this.rows.push({item, row});
      this.body.append(row);
    }
    register(this);
  }

  remove(item: any): void {
    const i = this.rows.findIndex((r) => r.item === item || js(r.item) === js(item));
    if (i < 0)
      return;
    const [{row}] = this.rows.splice(i, 1);
    kill(row);
    row.remove();
  }

  protected createWrapper(): any {return new DG.HtmlTable(this);}
}

export function installTables(): void {
  define({
    UI_TableFromMap: tableFromMap,
    HtmlTable: (items: Iterable<any>, renderer: any, columnNames: any) =>
      new HtmlTableHandle(Array.from(items ?? []), renderer, columnNames),
    HtmlTable_Remove: (table: HtmlTableHandle, item: any) => table.remove(item),
  });
}
