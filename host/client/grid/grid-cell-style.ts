import * as DG from 'datagrok-api/dg';
import {Handle} from '../interop/handle.ts';

/** Names of what a style may say; each is absent until somebody sets it. */
export type StyleName = 'font' | 'horzAlign' | 'vertAlign' | 'textWrap' | 'marker' | 'marginLeft' | 'textColor' |
  'backColor' | 'element' | 'textVertical';

/**
 * How a cell looks. The style of a cell starts from that of its column; colours are ARGB numbers, `element` takes the
 * place of the text.
 */
export class GridCellStyleHandle extends Handle {
  readonly kind = 'GridCellStyle';
  private readonly own: Partial<Record<StyleName, any>> = {};

  constructor(private readonly parent: GridCellStyleHandle | null = null,
    private readonly changed: (() => void) | null = null) {
    super();
  }

  protected createWrapper(): any {return new DG.GridCellStyle(this);}

  get(name: StyleName): any {
    return this.own[name] ?? this.parent?.get(name) ?? null;
  }

  set(name: StyleName, value: any): void {
    this.own[name] = value ?? undefined;
    this.changed?.();
  }

  /** Whether anything is said at all: most cells need no element of their own. */
  get plain(): boolean {
    return Object.values(this.own).every((x) => x == null) && (this.parent?.plain ?? true);
  }
}
