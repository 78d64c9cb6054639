import * as DG from 'datagrok-api/dg';
import * as ui from 'datagrok-api/ui';
import {js} from '../interop/dart.ts';
import {element, icon} from './elements.ts';

/** What data frames and columns have in common when they are shown. */
abstract class DataHandler<T extends {name: string}> extends DG.ObjectHandler<T> {
  protected abstract readonly iconName: string;
  protected abstract rows(x: T): Record<string, any>;

  override getCaption(x: T): string {return js<T>(x).name;}
  override renderIcon(): HTMLElement {return icon(this.iconName);}
  override renderTooltip(x: T): HTMLElement {return this.renderProperties(x);}
  override renderListItem(x: T): HTMLDivElement {return element('div', '', this.renderMarkup(x));}
  override renderProperties(x: T): HTMLElement {return ui.tableFromMap(this.rows(js(x)));}

  override renderMarkup(x: T): HTMLElement {
    return ui.bind(js(x), element('label', 'd4-link-label', this.getCaption(x)));
  }

  override renderCard(x: T): HTMLElement {
    return ui.bind(js(x), element('div', 'd4-item-card', this.renderIcon(), ' ', this.getCaption(x)));
  }
}

export class DataFrameHandler extends DataHandler<DG.DataFrame> {
  protected readonly iconName = 'table';
  override get type(): string {return 'DataFrame';}
  override isApplicable(x: any): boolean {return js(x) instanceof DG.DataFrame;}

  protected rows(df: DG.DataFrame): Record<string, any> {
    return {'Name': df.name, 'Rows': df.rowCount, 'Columns': df.columns.length,
      'Selected': df.selection.trueCount, 'Filtered': df.filter.trueCount};
  }
}

export class ColumnHandler extends DataHandler<DG.Column> {
  protected readonly iconName = 'columns';
  override get type(): string {return 'Column';}
  override isApplicable(x: any): boolean {return js(x) instanceof DG.Column;}

  protected rows(column: DG.Column): Record<string, any> {
    const stats = column.stats;
    const common = {'Name': column.name, 'Type': column.type, 'Semantic type': column.semType,
      'Values': stats.valueCount, 'Missing': stats.missingValueCount};
    if (!column.isNumerical || column.type === DG.COLUMN_TYPE.DATE_TIME)
      return {...common, 'Unique': stats.uniqueCount};
    return {...common, 'Min': stats.min, 'Max': stats.max, 'Average': stats.avg};
  }
}
