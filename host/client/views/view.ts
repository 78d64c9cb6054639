import * as DG from 'datagrok-api/dg';
import {WidgetHandle} from '../interop/handle.ts';
import {register} from '../interop/life-cycle.ts';
import {workspace} from './workspace.ts';

/**
 * A view: name, address, content, and what the shell shows around it while it is current (toolbox, ribbon, menu,
 * status bar panels). The table view extends this class.
 *
 * Content is made on first use, because `MultiView` makes an empty view that it never shows.
 */
export class ViewHandle extends WidgetHandle {
  readonly kind: string = 'View';
  readonly id: string = crypto.randomUUID();

  /** Text after the base path in the address; may start with a slash, a question mark, or be a whole address. */
  private ownPath = '';
  private ownBasePath = '';
  private ownName = 'New view';
  private ownToolbox: HTMLElement | null = null;
  private ribbon: HTMLElement[][] = [];
  private menu: any = null;
  private panels: HTMLElement[] = [];
  private ownIcon: HTMLElement | null = null;
  private pinned = false;
  private ownRoot: HTMLElement | null = null;
  private js: any = null;

  description = '';
  helpUrl: string | null = null;
  /** The function call that made this view, as a core object. */
  parentCall: any = null;
  parentView: ViewHandle | null = null;
  /** Shown from Browse until something else is; pinning keeps it. */
  isPreview = false;
  /** Address under which it was opened, used until the view writes one of its own. */
  openedAt: string | null = null;
  /** A view that shows this one inside itself (a view that was promised) and follows it. */
  follower: ViewHandle | null = null;

  protected createWrapper(): any {
    return this.js = new DG.View(this);
  }

  protected makeRoot(): HTMLElement {
    const root = document.createElement('div');
    root.className = 'grok-view';
    root.tabIndex = 0;
    return root;
  }

  get root(): HTMLElement {
    if (this.ownRoot == null) {
      this.ownRoot = this.makeRoot();
      register(this);
    }
    return this.ownRoot;
  }

  /** Called when the view is added: it may have been closed before, and a script may have replaced its root. */
  attach(): void {
    register(this);
  }

  /** Type of the view as `view.type` says it. */
  override get type(): string {return 'View';}

  /** The JavaScript object of a view written in JavaScript, null for the host's own. */
  get jsView(): any {return null;}

  /** The core's data frame that this view is about, if any; the status bar tells about it. */
  get table(): any {return null;}

  get name(): string {return this.ownName;}
  set name(name: string) {
    if (name === this.ownName)
      return;
    this.ownName = name;
    workspace.renamed(this);
    this.changed();
  }

  get path(): string {return this.ownPath;}
  set path(path: string) {
    this.ownPath = path ?? '';
    if (this.follower != null)
      this.follower.path = this.ownPath;
    workspace.addressChanged(this);
  }

  /** Sets the path without writing the address: the address is already there (back, forward). */
  settlePath(path: string): void {
    this.ownPath = path;
  }

  get basePath(): string {return this.ownBasePath;}
  set basePath(path: string) {
    this.ownBasePath = path ?? '';
    if (this.follower != null)
      this.follower.basePath = this.ownBasePath;
    workspace.addressChanged(this);
  }

  /** As `basePath`, without writing the address. */
  settleBasePath(path: string): void {
    this.ownBasePath = path;
  }

  get toolbox(): HTMLElement | null {return this.ownToolbox;}
  set toolbox(toolbox: HTMLElement | null) {
    this.ownToolbox = toolbox ?? null;
    this.changed();
  }

  get ribbonPanels(): HTMLElement[][] {return this.ribbon;}

  setRibbonPanels(panels: HTMLElement[][] | null, clear: boolean): void {
    this.ribbon = clear ? panels ?? [] : [...this.ribbon, ...panels ?? []];
    this.changed();
  }

  /** Handle of the menu in the ribbon; an empty one is made when somebody asks for it. */
  get ribbonMenu(): any {return this.menu ??= DG.Menu.create().dart;}
  set ribbonMenu(menu: any) {
    this.menu = menu;
    this.changed();
  }
  get hasRibbonMenu(): boolean {return this.menu != null;}

  get statusBarPanels(): HTMLElement[] {return this.panels;}
  set statusBarPanels(panels: HTMLElement[]) {
    this.panels = panels ?? [];
    this.changed();
  }

  get icon(): HTMLElement | null {return this.ownIcon;}
  set icon(icon: HTMLElement | null) {
    this.ownIcon = icon;
    this.changed();
  }

  get isPinned(): boolean {return this.pinned;}
  set isPinned(pinned: boolean) {
    this.pinned = pinned === true;
    if (this.pinned)
      this.isPreview = false;
    this.changed();
  }

  /** Tells the shell, and whoever shows this view inside itself, that something around the content changed. */
  protected changed(): void {
    this.follower?.follow(this);
    workspace.changed(this);
  }

  /** Takes over what `inner` shows around itself. */
  follow(inner: ViewHandle): void {
    this.ownToolbox = inner.toolbox;
    this.ribbon = inner.ribbonPanels;
    this.menu = inner.menu;
    this.panels = inner.statusBarPanels;
    this.ownIcon = inner.icon;
    this.name = inner.name;
    this.changed();
  }

  /** The JavaScript side is about to be asked by the shell: `acceptsPath`, `handlePath`, `getIcon`. */
  get script(): any {return this.jsView ?? this.wrapper;}

  override detach(): void {
    super.detach();
    for (const subscription of this.js?.subs ?? [])
      subscription.unsubscribe();
  }
}
