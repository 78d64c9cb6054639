import * as DG from 'datagrok-api/dg';
import * as grok from 'datagrok-api/grok';
import {Handle} from '../interop/handle.ts';
import {js} from '../interop/dart.ts';
import {kill} from '../interop/life-cycle.ts';
import {element} from './elements.ts';
import {handlerOf} from './handlers.ts';

/** A line of a tree: a leaf here, a group in `TreeGroup`. Events go up to the groups above it, as packages expect. */
export class TreeNode extends Handle {
  readonly kind: string = 'TreeViewNode';
  readonly label = element('div', 'd4-tree-view-item-label');
  readonly line = element('div', 'd4-tree-view-node');
  parent: TreeGroup | null = null;
  tag: any = null;
  value: any = null;
  checkBox: HTMLInputElement | null = null;
  private iconElement: HTMLElement | null = null;

  constructor(text: string | HTMLElement, value: any) {
    super();
    this.label.append(text ?? '');
    this.value = value;
    this.line.append(this.label);
    this.line.tabIndex = -1;
    this.line.setAttribute('role', 'treeitem');
    this.line.addEventListener('click', () => this.select());
    this.line.addEventListener('contextmenu', (e) => {
      e.preventDefault();
      this.emit('d4-tree-view-node-context-menu');
    });
    this.line.addEventListener('mouseenter', () => this.emit('d4-tree-view-child-node-mouse-enter'));
    this.line.addEventListener('mouseleave', () => this.emit('d4-tree-view-child-node-mouse-leave'));
  }

  protected createWrapper(): any {return new DG.TreeViewNode(this);}

  get root(): HTMLElement {return this.line;}

  get text(): string {return this.label.textContent ?? '';}
  set text(text: string) {this.label.textContent = text;}

  get icon(): HTMLElement | null {return this.iconElement;}

  set icon(icon: HTMLElement | null) {
    this.iconElement?.remove();
    this.iconElement = icon;
    if (icon != null)
      this.label.before(icon);
  }

  get top(): TreeNode {return this.parent?.top ?? this;}

  get checked(): boolean {return this.checkBox?.checked ?? false;}

  set checked(checked: boolean) {
    if (this.checkBox == null || this.checkBox.checked === checked)
      return;
    this.checkBox.checked = checked;
    this.onToggle();
  }

  enableCheckBox(checked: boolean): void {
    if (this.checkBox == null) {
      this.checkBox = element('input', 'd4-tree-view-check');
      this.checkBox.type = 'checkbox';
      this.checkBox.tabIndex = -1;
      this.checkBox.addEventListener('click', (e) => e.stopPropagation());
      this.checkBox.addEventListener('change', () => this.onToggle());
      (this.iconElement ?? this.label).before(this.checkBox);
    }
    this.checkBox.checked = checked;
  }

  protected onToggle(): void {
    this.emit('d4-tree-view-node-checkbox-toggled');
  }

  /** Fires on this node and on every group above it, with this node. */
  emit(event: string): void {
    for (let x: TreeNode | null = this; x != null; x = x.parent)
      x.bus.fire(event, this);
  }

  /** Makes this the current node of its tree; an object behind it becomes the current object of the platform. */
  select(): void {
    const top = this.top as TreeGroup;
    if (top.current !== this) {
      top.current?.mark(false);
      top.current = this;
      this.mark(true);
      this.bus.fire('d4-tree-view-node-current', this);
      top.bus.fire('d4-tree-view-selected-node-changed', this);
    }
    const value = js(this.value);
    if (typeof value === 'object' && handlerOf(value) != null)
      grok.shell.o = value;
  }

  private mark(current: boolean): void {
    this.line.classList.toggle('d4-tree-view-node-current', current);
    this.line.tabIndex = current ? 0 : -1;
    this.line.setAttribute('aria-selected', String(current));
  }

  /** Takes the node out of its group, whole, so that it can be put elsewhere. */
  take(): void {
    const {parent} = this;
    if (parent == null)
      return;
    if ((this.top as TreeGroup).current === this)
      (this.top as TreeGroup).current = null;
    parent.children.splice(parent.children.indexOf(this), 1);
    this.parent = null;
    this.root.remove();
  }

  remove(): void {
    kill(this.root);
    this.take();
  }
}

/** A line that has lines below it, and the whole tree. */
export class TreeGroup extends TreeNode {
  override readonly kind = 'TreeViewGroup';
  readonly children: TreeNode[] = [];
  readonly host = element('div', 'd4-tree-view-group-host');
  autoCheckChildren = true;
  /** Of the root: the current node of the tree. */
  current: TreeNode | null = null;
  private readonly box: HTMLElement;
  private readonly arrow = element('div', 'd4-tree-view-tri');
  private open: boolean;

  constructor(text: string | HTMLElement, value: any, expanded: boolean, isRoot = false) {
    super(text, value);
    this.open = expanded;
    this.host.setAttribute('role', 'group');
    this.label.classList.add('d4-tree-view-group-label');
    this.line.prepend(this.arrow);
    this.box = element('div', isRoot ? 'd4-tree-view-root' : 'd4-tree-view-group', ...isRoot ? [] : [this.line],
      this.host);
    this.arrow.addEventListener('click', (e) => {
      e.stopPropagation();
      this.expanded = !this.expanded;
    });
    this.line.addEventListener('dblclick', () => this.expanded = !this.expanded);
    this.paint();
  }

  protected override createWrapper(): any {return new DG.TreeViewGroup(this);}

  override get root(): HTMLElement {return this.box;}

  get expanded(): boolean {return this.open;}

  set expanded(expanded: boolean) {
    if (this.open === expanded)
      return;
    this.open = expanded;
    if (expanded) {
      this.bus.fire('d4-tree-view-node-expanding', this);
      this.emit('d4-tree-view-child-node-expanding');
    }
    this.paint();
    this.emit('d4-tree-view-child-node-expanded-changed');
  }

  private paint(): void {
    this.host.style.display = this.open ? '' : 'none';
    this.arrow.classList.toggle('d4-tree-view-tri-expanded', this.open);
    this.line.setAttribute('aria-expanded', String(this.open));
  }

  add<T extends TreeNode>(node: T, index: number | null = null): T {
    node.take();
    const at = index == null ? this.children.length : Math.min(index, this.children.length);
    this.host.insertBefore(node.root, this.children[at]?.root ?? null);
    this.children.splice(at, 0, node);
    node.parent = this;
    node.emit('d4-tree-view-node-added');
    return node;
  }

  /** Everything below, in the order on screen. */
  get items(): TreeNode[] {
    return this.children.flatMap((c) => c instanceof TreeGroup ? [c, ...c.items] : [c]);
  }

  protected override onToggle(): void {
    super.onToggle();
    if (this.autoCheckChildren)
      for (const c of this.children)
        c.checked = this.checked;
  }
}
