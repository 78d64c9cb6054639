import {define} from './define.ts';
import {WidgetHandle} from './handle.ts';
import {overrideOrDefine} from './wrappers.ts';
import {js} from './dart.ts';

/**
 * Which widget sits on which element, and what must happen when an element is killed (`ui.empty`, a closed view, a
 * replaced panel): clean-ups run, JavaScript widgets drop their subscriptions, handles let go of their frames.
 */
const widgets = new Map<Element, WidgetHandle>();
const cleanups = new Map<Element, (() => void)[]>();

/** A widget written in JavaScript (`class extends DG.Widget`): its wrapper is the instance itself. */
class JsWidgetHandle extends WidgetHandle {
  readonly kind = 'widget';

  constructor(readonly widget: any) {
    super();
    this.adopt(widget);
  }

  protected createWrapper(): any {return this.widget;}
  override get type(): string {return this.widget.type;}
  get root(): HTMLElement {return this.widget.root;}

  override detach(): void {
    super.detach();
    if (!this.widget.isDetached)
      this.widget.detach();
  }
}

/** Makes the handle findable by `DG.Widget.find(root)`, and killed with its root. Returns the handle. */
export function register<T extends WidgetHandle>(handle: T): T {
  widgets.set(handle.root, handle);
  return handle;
}

export function unregister(handle: WidgetHandle): void {
  if (widgets.get(handle.root) === handle)
    widgets.delete(handle.root);
}

/** Handle of the widget whose root this element is. */
export function widgetAt(element: Element | null): WidgetHandle | undefined {
  return element == null ? undefined : widgets.get(element);
}

/** Runs `cleanup` when `element`, or anything above it, is killed. */
export function onKill(element: Element, cleanup: () => void): void {
  cleanups.set(element, [...(cleanups.get(element) ?? []), cleanup]);
}

/**
 * Ends everything in the subtree, innermost first. The element stays where it is: `ui.empty` and `ui.remove` take it
 * out themselves right after. Errors in one clean-up are reported and stop nothing else; killing what is already dead
 * does nothing.
 */
export function kill(node: Node | null): void {
  if (!(node instanceof Element) || (widgets.size === 0 && cleanups.size === 0))
    return;
  for (const e of [...[...node.querySelectorAll('*')].reverse(), node])
    end(e);
}

/** Ends and removes everything inside `element`. */
export function killContent(element: Element): void {
  for (const child of [...element.childNodes]) {
    kill(child);
    child.remove();
  }
}

function end(element: Element): void {
  const handle = widgets.get(element);
  const runs = cleanups.get(element) ?? [];
  widgets.delete(element);
  cleanups.delete(element);
  for (const run of [...runs, () => handle?.detach()])
    try {
      run();
    } catch (e) {
      reportError(e);
    }
}

function parentOf(handle: WidgetHandle): WidgetHandle | null {
  for (let e = handle.root?.parentElement; e != null; e = e.parentElement)
    if (widgets.has(e))
      return widgets.get(e)!;
  return null;
}

export function installLifeCycle(): void {
  define({
    Widget_Get_Root: (w: WidgetHandle) => w.root,
    Widget_Get_Temp: (w: WidgetHandle) => w.temp,
    Widget_Get_Type: (w: WidgetHandle) => w.type,
    Widget_Wrap: (widget: any) => register(new JsWidgetHandle(widget)),
    Widget_Unregister: (w: WidgetHandle) => unregister(w),
    Widget_GetAll: () => [...widgets.values()].map((w) => w.wrapper),
    Widget_FromRoot: (root: Element) => widgets.get(root)?.wrapper ?? null,
    Widget_Get_Parent: (w: WidgetHandle) => parentOf(w)?.wrapper ?? null,
    Widget_Get_Children: (w: WidgetHandle) =>
      [...widgets.values()].filter((x) => x !== w && parentOf(x) === w).map((x) => x.wrapper),
    Widget_RegisterCleanup: (element: Element, cleanup: () => void) => onKill(element, cleanup),
    Widget_Kill: (element: Node) => kill(element),
    Widget_OnEvent: (w: WidgetHandle, event: string) => ({
      subscribe: (onData: (x: any) => void) => {
        const subscription = w.bus.on(event, (x) => onData(js(x)));
        return {unsubscribe: () => subscription.cancel()};
      },
    }),
    Widget_GetFunctions: () => [],
    Widget_GetWidgetStatus: () =>
      ({parts: {}, hitAreas: {}, shortcuts: {}, events: [], description: null, error: null}),
  });
  overrideOrDefine('PropMixin_GetProperties', (original) => (x: any) =>
    x instanceof WidgetHandle ? (x as any).getProperties?.() ?? [] : original?.(x));
}
