import * as DG from 'datagrok-api/dg';
import {cellText} from '../viewers/tooltips.ts';

/** The core has rows of its own, which its wrappers do not know: their class is taken from one of them. */
let coreRow: new () => object;

/** Rows of tables as current objects: what the context panel shows after a click in a grid. */
export class RowHandler extends DG.ObjectHandler {
  override get type(): string {return 'Row';}

  override isApplicable(x: any): boolean {
    if (x instanceof DG.Row)
      return true;
    coreRow ??= DG.toDart(DG.DataFrame.create(1).row(0)).constructor;
    return x instanceof coreRow;
  }

  override getCaption(x: any): string {
    const {frame, row} = placeOf(x);
    return `${frame.name || 'table'}, row ${(row + 1).toLocaleString('en-US')}`;
  }

  /** Names and values, as text: values may come from anywhere. */
  override renderProperties(x: any): HTMLElement {
    const {frame, row} = placeOf(x);
    const table = document.createElement('table');
    table.className = 'd4-table d4-item-table d4-info-table';
    for (const column of frame.columns.toList().filter((c) => !c.name.startsWith('~'))) {
      const line = table.insertRow();
      line.insertCell().textContent = column.name;
      line.insertCell().textContent = column.isNone(row) ? '' :
        column.isVirtual ? column.getString(row) : cellText(column, row);
    }
    return table;
  }

  override renderTooltip(x: any): HTMLElement {
    return this.renderProperties(x);
  }
}

function placeOf(x: any): {frame: DG.DataFrame; row: number} {
  if (x instanceof DG.Row)
    return {frame: x.table, row: x.idx};
  return {frame: DG.toJs((window as any).grok_Row_Get_DataFrame(x)), row: (window as any).grok_Row_Get_Idx(x)};
}
