import * as DG from 'datagrok-api/dg';
import * as rxjs from 'rxjs';
import {HostEvent} from '../interop/event-data.ts';
import {WidgetHandle} from '../interop/handle.ts';
import {kill, register, unregister} from '../interop/life-cycle.ts';
import {listen, type FrameChange} from './frame-events.ts';
import {Look} from './look.ts';
import {and, toBitSet, type Mask} from './mask.ts';
import {longName, propertiesOf} from './property-list.ts';
import {Repaint, type Extent} from './repaint.ts';
import {changesWith, FormulaFilter, rowsOfSource} from './row-source.ts';
import {ViewerChrome} from './viewer-chrome.ts';
import {ViewerEvent} from './viewer-event.ts';
import {installKeys} from './viewer-keys.ts';
import type {ViewerType} from './viewer-type.ts';

/**
 * The host's side of a viewer: look, frame, row source, events, frame around the picture, life cycle. What is painted
 * is up to the subclass, which overrides `paint` and, as needed, the hooks below it.
 *
 * Construction has two steps, because options and frame need the finished object: `type.create(type)`, then `start`.
 */
export abstract class ViewerHandle extends WidgetHandle {
  readonly kind: string;
  readonly look = new Look(this);
  readonly detached = new rxjs.Subject<any>();
  readonly id = crypto.randomUUID();
  helpUrl: string | null = null;

  protected frame: DG.DataFrame | null = null;
  /** Null for viewers that draw everything themselves. */
  protected readonly chrome: ViewerChrome | null = null;
  /** Counts changes of values, rows and columns: a key for whatever is computed from the data. */
  protected dataVersion = 0;
  protected readonly repaint = new Repaint((extent) => this.paintNow(extent));

  private readonly element: HTMLElement;
  private stopListening: (() => void) | null = null;
  private readonly formula = new FormulaFilter(() => this.sourceRowsChanged());
  private readonly sizes = new ResizeObserver(() => this.resized());
  private size = '';
  private started = false;
  private closed = false;
  private tagMap: any;

  /** @param ownRoot given by viewers that come with an element; they get no title line, icons and menu. */
  constructor(readonly viewerType: ViewerType, private readonly ownRoot?: HTMLElement) {
    super();
    this.kind = viewerType.name;
    this.element = ownRoot ?? document.createElement('div');
    this.element.classList.add('d4-viewer', viewerType.css);
    if (ownRoot == null) {
      this.element.tabIndex = -1;
      this.chrome = new ViewerChrome(this);
    }
    for (const s of viewerType.properties)
      this.look.choose(s.name, s.value);
  }

  /** Takes the options, then the frame; from here on the viewer is alive and paints with the next animation frame. */
  start(frame: DG.DataFrame | null, options: Record<string, any>): this {
    register(this);
    this.setOptions(options);
    this.started = true;
    this.attach(frame);
    this.chrome?.update();
    this.sizes.observe(this.body);
    if (this.ownRoot == null)
      installKeys(this);
    return this;
  }

  /** Paints everything (`data`) or selection, current row and mouse-over alone (`marks`). The body has a size. */
  protected abstract paint(extent: Extent): void;

  /** Fills in column properties that are not set, or name columns that the new frame lacks. */
  protected chooseColumns(_frame: DG.DataFrame): void {}
  /** The frame was replaced; caches go. */
  protected frameChanged(): void {}
  /** A property got another value; the repaint is already on its way. */
  protected onProperty(_name: string): void {}
  /** Turns an option that is no property into properties; true when it was one. */
  protected alias(_name: string, _value: any): boolean {return false;}
  /** The view as it was at the start: no zoom, no scroll. */
  resetView(): void {}
  /** Items of this viewer at the top of its context menu. */
  addMenuItems(_menu: DG.Menu): void {}
  /** The picture as a data URL, or null when there is none. */
  picture(): string | null {return null;}
  /** What `viewer.getInfo()` answers. */
  info(): Record<string, any> {return {type: this.kind};}
  /**
   * What `viewer.getWidgetStatus()` answers: parts of the viewer, and where on the page its things are, so that a test
   * can point at them.
   */
  status(): any {
    return {parts: {}, hitAreas: {}, shortcuts: {'Esc': 'Clear selection', 'F4': 'Properties', 'Alt+F': 'Full screen'},
      events: [], description: this.look.get('description') ?? null, error: null};
  }
  /** Whether selecting with the keyboard makes sense. */
  get selectable(): boolean {return true;}

  get root(): HTMLElement {return this.element;}
  get body(): HTMLElement {return this.chrome?.body ?? this.root;}
  get dataFrame(): DG.DataFrame | null {return this.frame;}
  override get type(): string {return this.kind;}
  get isDetached(): boolean {return this.closed;}

  get tags(): any {
    return this.tagMap ??= (window as any).grok_JS_To_Map({});
  }

  getProperties(): DG.Property[] {
    return propertiesOf(this.viewerType.properties);
  }

  /** Sets what the viewer knows, ignores the rest: packages pass one bag of options to several types. */
  setOptions(options: Record<string, any>): void {
    for (const [name, value] of Object.entries(options)) {
      const long = longName(this.viewerType.properties, name);
      if (long != null)
        this.look.set(long, value);
      else
        this.alias(name, value);
    }
  }

  /** `{id, type, look}`; without defaults only what differs from them. */
  serialize(includeDefaults: boolean): Record<string, any> {
    const look: Record<string, any> = {'#type': this.viewerType.look};
    for (const s of this.viewerType.properties)
      if (includeDefaults || JSON.stringify(this.look.get(s.name)) !== JSON.stringify(s.value))
        look[s.name] = this.look.get(s.name);
    return {id: this.id, type: this.kind, look};
  }

  attach(frame: DG.DataFrame | null): void {
    if (!this.started || this.closed)
      return;
    this.stopListening?.();
    this.frame = frame;
    this.dataVersion++;
    this.stopListening = frame == null ? null : listen(frame, (change) => this.changed(change));
    if (frame != null)
      this.chooseColumns(frame);
    this.frameChanged();
    this.invalidate('data');
    this.emit('d4-data-frame-changed', new HostEvent({dataFrame: frame}, this.wrapper));
  }

  invalidate(extent: Extent = 'data'): void {
    if (this.started && !this.closed)
      this.repaint.request(extent);
  }

  propertyChanged(name: string): void {
    this.onProperty(name);
    if (!this.started)
      return;
    this.chrome?.update();
    this.invalidate('data');
    const property = this.getProperties().find((p) => p.name === name);
    this.emit('d4-property-value-changed', new HostEvent({property, propertyName: name, value: this.look.get(name)},
      this.wrapper));
  }

  /** Fires an event of this viewer, to those who listen to it and to those who listen to all. */
  emit(event: string, data: any = null): void {
    this.bus.fire(event, data);
    this.bus.fire('*', new ViewerEvent(event, data));
  }

  /** Rows shown: row source and the viewer's own filter formula. */
  get sourceRows(): Mask {
    const frame = this.frame!;
    const rows = rowsOfSource(frame, this.look.get('rowSource'));
    const own = this.formula.rows(frame, this.look.get('filter'), this.dataVersion);
    return own == null ? rows : and(rows, own);
  }

  get filterBits(): DG.BitSet {
    return this.frame == null ? DG.BitSet.create(0) : toBitSet(this.sourceRows, this.frame.rowCount);
  }

  /** The column that a property names, or null. */
  columnOf(property: string): DG.Column | null {
    const name = this.look.get(property);
    return name == null || name === '' || this.frame == null ? null : this.frame.col(name);
  }

  protected sourceRowsChanged(): void {
    this.invalidate('data');
  }

  protected changed(change: FrameChange): void {
    if (['values', 'rows', 'columns', 'metadata'].includes(change)) {
      this.dataVersion++;
      if (change === 'columns' && this.frame != null)
        this.chooseColumns(this.frame);
      this.invalidate('data');
    }
    if (changesWith(this.look.get('rowSource')).has(change))
      this.sourceRowsChanged();
    else
      this.invalidate(change === 'filter' ? 'data' : 'marks');
  }

  /** Removes the viewer from the page and ends it. */
  close(): void {
    kill(this.root);
    this.root.remove();
  }

  override detach(): void {
    if (this.closed)
      return;
    this.closed = true;
    this.repaint.cancel();
    this.sizes.disconnect();
    this.stopListening?.();
    this.stopListening = null;
    unregister(this);
    this.detached.next(this.wrapper);
    this.detached.complete();
    super.detach();
  }

  private resized(): void {
    const size = `${this.body.clientWidth} ${this.body.clientHeight}`;
    if (size === this.size)
      return;
    this.size = size;
    this.invalidate('data');
    this.emit('d4-viewer-resized', null);
  }

  /** Without a size there is nothing to paint on; the observer of sizes asks again when there is one. */
  private paintNow(extent: Extent): void {
    if (this.body.clientWidth === 0 || this.body.clientHeight === 0)
      return;
    this.emit('d4-before-draw-scene', null);
    try {
      this.paint(extent);
    } catch (e) {
      this.chrome?.message(`This viewer cannot be shown: ${(e as Error)?.message ?? e}`);
      reportError(e);
    }
    this.emit('d4-after-draw-scene', null);
    this.emit('d4-viewer-rendered', null);
  }
}
