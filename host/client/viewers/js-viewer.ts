import * as DG from 'datagrok-api/dg';
import {commonProperties} from './common-properties.ts';
import type {FrameChange} from './frame-events.ts';
import {ViewerHandle} from './viewer-handle.ts';
import type {Extent} from './repaint.ts';
import type {ViewerType} from './viewer-type.ts';

const jsType: ViewerType = {
  name: 'JsViewer', description: 'Viewer written in JavaScript', look: 'JsViewerLook', css: 'd4-js-viewer',
  properties: commonProperties,
  create: () => {
    throw new Error('A JsViewer is born from its JavaScript object');
  },
};

/**
 * A viewer whose picture a package makes (`class extends DG.JsViewer`). Its root and its properties are those of the
 * JavaScript object; the host gives it the frame and tells it when the rows to show have changed.
 */
export class JsViewerHandle extends ViewerHandle {
  private name = 'JsViewer';

  constructor(private viewer: any) {
    // The object's constructor is still running: its root is there, its properties are not.
    super(jsType, viewer.root);
    this.adopt(viewer);
    this.start(null, {});
  }

  protected createWrapper(): any {return this.viewer;}
  override get type(): string {return this.name;}
  named(type: string): void {this.name = type;}

  override getProperties(): DG.Property[] {
    return this.viewer.getProperties();
  }

  override setOptions(options: Record<string, any>): void {
    if (!('props' in this.viewer))
      return;
    const properties: DG.Property[] = this.viewer.getProperties() ?? [];
    for (const [name, value] of Object.entries(options)) {
      const p = properties.find((x) => x.name === name) ?? properties.find((x) => x.name === `${name}ColumnName`);
      p?.set(this.viewer, value);
    }
  }

  override serialize(includeDefaults: boolean): Record<string, any> {
    const look: Record<string, any> = {};
    for (const p of this.getProperties()) {
      const value = p.get(this.viewer);
      if (includeDefaults || value !== p.defaultValue)
        look[p.name] = value;
    }
    return {id: this.id, type: this.name, look};
  }

  override attach(frame: DG.DataFrame | null): void {
    super.attach(frame);
    if (frame == null)
      return;
    this.viewer.onFrameAttached(frame);
    this.sourceRowsChanged();
  }

  /** The package paints; it is told of other rows once per frame at most (a guess: the platform may not wait). */
  protected paint(_extent: Extent): void {
    if (this.dataFrame != null)
      this.viewer.sourceRowsChanged();
  }

  override invalidate(): void {}

  protected override sourceRowsChanged(): void {
    this.repaint.request('data');
  }

  protected override changed(change: FrameChange): void {
    this.readSource();
    super.changed(change);
  }

  override get filterBits(): DG.BitSet {
    this.readSource();
    return super.filterBits;
  }

  /** Row source and formula are properties of the JavaScript object (`addRowSourceAndFormula`). */
  private readSource(): void {
    this.look.choose('rowSource', this.viewer.rowSource ?? 'Filtered');
    this.look.choose('filter', this.viewer.formulaFilter ?? '');
  }

  override detach(): void {
    if (this.isDetached)
      return;
    super.detach();
    this.viewer.detach();
  }
}
