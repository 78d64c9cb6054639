import * as DG from 'datagrok-api/dg';
import {Handle} from '../interop/handle.ts';
import {GridCellStyleHandle} from './grid-cell-style.ts';
import type {GridHandle} from './grid-handle.ts';

let made = 0;

/** Cell types by data type; the names are those of the platform's renderers as its samples show them. */
const cellTypes: Record<string, string> = {int: 'number', double: 'number', bigint: 'number', qnum: 'number',
  bool: 'bool', datetime: 'datetime', string: 'string'};

/** Narrowest column that still can be grabbed. */
export const leastWidth = 16;

/** What a grid knows of a column beyond the column itself. The first one is the row header. */
export class GridColumnHandle extends Handle {
  readonly kind = 'GridColumn';
  /** Names come from data, so they are no good as keys of objects. */
  readonly id = `c${++made}`;
  readonly contentStyle: GridCellStyleHandle;
  readonly headerStyle: GridCellStyleHandle;
  /** For whoever needs to keep something with the column. */
  readonly tags: Record<string, any> = {};
  readonly temp: Record<string, any> = {};
  settings: any = null;
  tooltipType: string | null = null;
  tooltipColumns: string[] | null = null;
  editable = false;
  selected = false;
  private ownName: string | null = null;
  private ownWidth: number | null = null;
  private ownVisible: boolean;
  private ownCellType: string | null = null;
  private ownFormat: string | null = null;
  private ownRenderer: any = null;
  private ownBackColor: number | null = null;
  private ownCategoryColors: Record<string, number> | null = null;
  private ownTextColorCoded: boolean | null = null;

  /** @param column null for the row header and for columns that exist in the grid alone. */
  constructor(readonly grid: GridHandle, private tableColumn: DG.Column | null, readonly isRowHeader = false) {
    super();
    this.contentStyle = new GridCellStyleHandle(null, () => grid.touch('content'));
    this.headerStyle = new GridCellStyleHandle(null, () => grid.touch('layout'));
    this.ownVisible = tableColumn == null || !tableColumn.name.startsWith('~');
  }

  protected createWrapper(): any {return new DG.GridColumn(this);}

  get column(): DG.Column | null {return this.tableColumn;}
  /** The column was replaced in the table by another one of its name. */
  rebind(column: DG.Column): void {
    this.tableColumn = column;
    this.grid.touch('layout');
  }

  /** What stands in the header: the friendly name of the table's column, if it has one. */
  get caption(): string {return this.ownName ?? (this.tableColumn?.meta.friendlyName || this.name);}

  get name(): string {return this.ownName ?? this.tableColumn?.name ?? '';}
  set name(name: string) {
    this.ownName = name;
    this.grid.touch('layout');
  }

  get width(): number {return this.ownWidth ?? this.grid.defaultWidth(this);}
  set width(width: number) {
    this.settleWidth(width);
    this.grid.touch('layout');
  }
  get hasWidth(): boolean {return this.ownWidth != null;}
  /** Takes over a width that is on the screen already. */
  settleWidth(width: number): void {
    this.ownWidth = Math.max(leastWidth, Math.round(width));
  }

  get visible(): boolean {return this.ownVisible && (!this.isRowHeader || this.grid.look.get('showRowHeader') !== false);}
  set visible(visible: boolean) {
    if (this.ownVisible === (visible === true))
      return;
    this.ownVisible = visible === true;
    this.grid.touch('layout');
  }

  get cellType(): string {
    return this.ownCellType ?? (this.isRowHeader ? 'row header' : cellTypes[this.tableColumn?.type ?? ''] ?? 'string');
  }
  set cellType(type: string) {
    this.ownCellType = type;
    this.grid.touch('layout');
  }

  /** Format set here wins over the column's own. */
  get format(): string | null {return this.ownFormat ?? this.tableColumn?.getTag(DG.TAGS.FORMAT) ?? null;}
  set format(format: string | null) {
    this.ownFormat = format;
    this.grid.touch('content');
  }
  get hasFormat(): boolean {return this.ownFormat != null && this.ownFormat !== '';}

  get renderer(): any {return this.ownRenderer;}
  set renderer(renderer: any) {
    this.ownRenderer = renderer;
    this.grid.touch('content');
  }

  get backColor(): number | null {return this.ownBackColor;}
  set backColor(color: number | null) {
    this.ownBackColor = color;
    this.grid.touch('content');
  }

  /** Colours of categories given to the grid alone, ARGB. */
  get categoryColors(): Record<string, number> | null {return this.ownCategoryColors;}
  set categoryColors(colors: Record<string, number> | null) {
    this.ownCategoryColors = colors;
    this.grid.touch('content');
  }

  /** Whether colour coding paints the text instead of the background. */
  get isTextColorCoded(): boolean {return this.ownTextColorCoded === true;}
  set isTextColorCoded(on: boolean) {
    this.ownTextColorCoded = on;
    this.grid.touch('content');
  }

  /** Numbers stand at the right, marks of booleans in the middle. */
  get alignment(): 'left' | 'center' | 'right' {
    const type = this.cellType;
    return type === 'number' || this.isRowHeader ? 'right' : type === 'bool' ? 'center' : 'left';
  }
}
