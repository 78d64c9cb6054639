import * as DG from 'datagrok-api/dg';
import {Subject} from 'rxjs';
import {define} from '../interop/define.ts';
import {Handle} from '../interop/handle.ts';
import {kill} from '../interop/life-cycle.ts';
import {DockNodeHandle, type DockPanel, type DockSide} from './dock-node.ts';

/**
 * Places elements around a document: the shell has one around the views, a view may have its own. Panels have a title
 * with a close button; the document has neither and stays when everything around it is closed.
 */
export class DockManagerHandle extends Handle {
  readonly kind = 'DockManager';
  readonly element = document.createElement('div');
  readonly document: DockNodeHandle;
  root: DockNodeHandle;
  /** Emit the panel's element, as the published getters promise. */
  readonly closed = new Subject<HTMLElement>();
  readonly shown = new Subject<HTMLElement>();
  readonly hidden = new Subject<HTMLElement>();

  constructor(content: HTMLElement) {
    super();
    this.element.className = 'dock-manager';
    this.document = this.root = this.node();
    this.root.stack({element: content, title: ''});
    this.element.append(this.root.element);
  }

  protected createWrapper(): any {return new DG.DockManager(this);}

  /**
   * @param ref the node beside which to dock; the whole layout when null.
   * @param ratio share of the node's area that the element takes, between 0 and 1.
   */
  dock(ref: DockNodeHandle | null, element: HTMLElement, side: DockSide | 'fill', title: string, ratio: number):
    DockNodeHandle {
    this.undock(element);
    const target = ref != null && this.contains(ref) ? ref : this.root;
    const panel = {element, title: title ?? ''};
    if (side === 'fill') {
      const stack = target.pair == null ? target : this.document;
      stack.stack(panel);
      this.shown.next(element);
      return stack;
    }
    const added = this.node();
    added.stack(panel);
    const pair = this.node();
    this.replace(target, pair);
    const share = Math.min(.95, Math.max(.05, ratio || .5));
    const first = side === 'left' || side === 'up';
    const row = side === 'left' || side === 'right';
    pair.split(first ? added : target, first ? target : added, row, first ? share : 1 - share);
    this.shown.next(element);
    return added;
  }

  find(element: HTMLElement): DockNodeHandle | null {
    return this.leaves().find((n) => n.panels.some((p) => p.element === element)) ?? null;
  }

  /** Takes the element out; a node that is left empty gives its place to its neighbour. */
  undock(element: HTMLElement): void {
    const node = this.find(element);
    const panel = node?.panels.find((p) => p.element === element);
    if (node == null || panel == null)
      return;
    node.unstack(panel);
    this.hidden.next(element);
    if (node.panels.length === 0 && node !== this.document)
      this.drop(node);
  }

  undockNode(node: DockNodeHandle): void {
    for (const leaf of this.leaves(node).filter((n) => n !== this.document))
      for (const panel of [...leaf.panels])
        this.undock(panel.element);
  }

  private close(panel: DockPanel): void {
    this.undock(panel.element);
    if (panel.element.hasAttribute('data-kill-on-close'))
      kill(panel.element);
    this.closed.next(panel.element);
  }

  private node(): DockNodeHandle {
    return new DockNodeHandle((panel) => this.close(panel));
  }

  private leaves(from: DockNodeHandle = this.root): DockNodeHandle[] {
    return from.pair == null ? [from] : from.pair.flatMap((n) => this.leaves(n));
  }

  private contains(node: DockNodeHandle): boolean {
    for (let n: DockNodeHandle | null = node; n != null; n = n.parent)
      if (n === this.root)
        return true;
    return false;
  }

  private drop(node: DockNodeHandle): void {
    const pair = node.parent!;
    const other = pair.pair![0] === node ? pair.pair![1] : pair.pair![0];
    pair.unsplit();
    this.replace(pair, other);
    node.parent = null;
  }

  /** Puts `next` where `old` is. */
  private replace(old: DockNodeHandle, next: DockNodeHandle): void {
    next.parent = old.parent;
    next.element.style.flexBasis = old.element.style.flexBasis;
    if (old.parent != null)
      old.parent.pair = old.parent.pair!.map((n) => n === old ? next : n) as [DockNodeHandle, DockNodeHandle];
    else
      this.root = next;
    old.element.replaceWith(next.element);
    old.parent = null;
  }
}

/** `grok_DockManager_*` and `grok_DockNode_*`, for managers of the shell and of views alike. */
export function installDocking(): void {
  const elementOf = (x: any): HTMLElement => x instanceof HTMLElement ? x : x.root;
  define({
    DockManager_Dock: (m: DockManagerHandle, ref: DockNodeHandle | null, x: any, side: DockSide | 'fill', title: string,
      ratio: number) => m.dock(ref, elementOf(x), side, title, ratio),
    DockManager_FindNode: (m: DockManagerHandle, e: HTMLElement) => m.find(e),
    DockManager_UndockByElement: (m: DockManagerHandle, x: any) => m.undock(elementOf(x)),
    DockManager_UndockNode: (m: DockManagerHandle, n: DockNodeHandle) => m.undockNode(n),
    DockManager_OnElementClosed: (m: DockManagerHandle) => m.closed,
    DockManager_OnPanelShown: (m: DockManagerHandle) => m.shown,
    DockManager_OnPanelHidden: (m: DockManagerHandle) => m.hidden,
    DockManager_Get_Element: (m: DockManagerHandle) => m.element,
    DockManager_Get_RootNode: (m: DockManagerHandle) => m.root,
    DockNode_Parent: (n: DockNodeHandle) => n.parent,
    DockNode_Children: (n: DockNodeHandle) => (n.pair ?? []).map((child) => child.wrapper),
  });
}
