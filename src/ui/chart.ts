import * as DG from 'datagrok-api/dg';
import {Subject, type Observable, type Subscription} from 'rxjs';
import {div} from './dom';
import type {PanelContent} from './panel';

/** Anything that carries a data frame. */
export interface HasFrame {
  readonly frame: DG.DataFrame;
}

/** A native viewer as the content of a panel. The viewer is made with the first frame and then gets each new one. */
export class Chart implements PanelContent<HasFrame> {
  readonly root = div('ua-chart');
  private viewer: DG.Viewer | null = null;
  private readonly relays = new Map<string, Subject<unknown>>();
  private subs: Subscription[] = [];

  /** @param prepare is given each new frame before it is shown: colours, formats. */
  constructor(private readonly viewerType: string, private options: Record<string, unknown>,
    private readonly prepare: (frame: DG.DataFrame) => void = () => {}) {}

  show({frame}: HasFrame): void {
    if (this.viewer?.dataFrame === frame)
      return;
    this.prepare(frame);
    if (this.viewer == null) {
      this.viewer = DG.Viewer.fromType(this.viewerType, frame, this.options as any);
      this.root.append(this.viewer.root);
      for (const [id, relay] of this.relays)
        this.listen(id, relay);
    } else
      this.viewer.dataFrame = frame;
  }

  /** Events of the viewer; may be subscribed to before there is one. */
  event(id: string): Observable<unknown> {
    let relay = this.relays.get(id);
    if (relay == null) {
      relay = new Subject<unknown>();
      this.relays.set(id, relay);
      this.listen(id, relay);
    }
    return relay;
  }

  setOptions(options: Record<string, unknown>): void {
    this.options = {...this.options, ...options};
    this.viewer?.setOptions(options);
  }

  dispose(): void {
    for (const subscription of this.subs)
      subscription.unsubscribe();
    for (const relay of this.relays.values())
      relay.complete();
    this.viewer?.detach();
    this.viewer = null;
  }

  private listen(id: string, relay: Subject<unknown>): void {
    if (this.viewer != null)
      this.subs.push(this.viewer.onEvent(id).subscribe((event: unknown) => relay.next(event)));
  }
}
