import {Bus} from './bus.ts';

/**
 * The host's side of an object that packages see through a `datagrok-api` class.
 *
 * On the platform that side is a Dart object. Here it is an instance of a class of the host, and the published
 * classes cannot tell: `toJs(handle)` asks `grok_GetType` and `grok_GetWrapper`, which this host answers for its own
 * handles and passes to the core for everything else (see wrappers.ts).
 *
 * Two rules come from how `toDart` looks at a value: a handle has no property named `dart` and no method `toDart`.
 * State lives in the handle, because some published code wraps the same handle twice.
 */
export abstract class Handle {
  /** What `grok_GetType` says of it: any word that is not a scalar type of the platform. */
  abstract readonly kind: string;

  /** Events of this object; `grok_OnObjectEvent` subscribes here. */
  readonly bus = new Bus();

  private cached: any;

  /** The `datagrok-api` object over this handle. */
  protected abstract createWrapper(): any;

  /** The wrapper, made on first use and then always the same. */
  get wrapper(): any {
    return this.cached ??= this.createWrapper();
  }

  /** For handles that are born from a JavaScript object (views, widgets, viewers written in JavaScript). */
  protected adopt(wrapper: any): void {
    this.cached = wrapper;
  }
}

/** A handle with a visual root: it can be found from its element and is told when it leaves the page. */
export abstract class WidgetHandle extends Handle {
  abstract get root(): HTMLElement;

  /** Type as `widget.type` shows it. */
  get type(): string {return this.kind;}

  private tempMap: any;

  /** A Dart map behind `widget.temp`, made by the core so that `MapProxy` works on it. */
  get temp(): any {
    return this.tempMap ??= (window as any).grok_JS_To_Map({});
  }

  /** Lets go of everything outside this widget. Called once, when its element is killed. */
  detach(): void {
    this.bus.close();
  }
}
