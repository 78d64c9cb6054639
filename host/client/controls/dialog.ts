import * as DG from 'datagrok-api/dg';
import * as grok from 'datagrok-api/grok';
import * as ui from 'datagrok-api/ui';
import {WidgetHandle} from '../interop/handle.ts';
import {HostEvent} from '../interop/event-data.ts';
import {shellBus, type Subscription} from '../interop/bus.ts';
import {js} from '../interop/dart.ts';
import {kill, killContent, register} from '../interop/life-cycle.ts';
import {element, icon, messageOf, nameOf} from './elements.ts';
import {DialogWindow, type ShowOptions} from './dialog-window.ts';

/**
 * A dialog: title, content (inputs are remembered), a row of buttons. The frame on screen is `DialogWindow`.
 *
 * OK: `d4-dialog-before-ok` (which may prevent), the handler, and after success `d4-dialog-after-ok`. The dialog closes
 * when the handler returns, without waiting for a promise (a guess: packages show progress of long work elsewhere);
 * a handler that throws leaves it open. OK is off while an input is invalid.
 */
export class DialogHandle extends WidgetHandle {
  readonly kind = 'Dialog';
  readonly root = element('div', 'd4-dialog');
  readonly content = element('div', 'd4-dialog-contents ui-div');
  readonly inputs: DG.InputBase[] = [];
  readonly header = element('div', 'd4-dialog-header');
  private readonly titleElement = element('div', 'd4-dialog-title');
  private readonly icons = element('div', 'd4-dialog-header-icons');
  private readonly buttons = element('div', 'd4-command-bar');
  private readonly okButton = this.makeButton('OK', () => void this.ok());
  private okHandler: (() => any) | null = null;
  private cancelHandlers: (() => any)[] = [];
  private contextActions: {text: string; action: () => any}[] = [];
  private subscriptions: {unsubscribe(): void}[] = [];
  private readonly addedAt: number[] = [];
  private running: Promise<unknown> | null = null;
  private frame: DialogWindow | null = null;
  private help: HTMLElement | null = null;
  private url: string | null = null;
  private gone = false;
  closeOnEnter = true;

  constructor(title: string, helpUrl: string | null, showHeader: boolean, showFooter: boolean) {
    super();
    const close = icon('times', 'd4-dialog-close');
    close.setAttribute('role', 'button');
    close.setAttribute('aria-label', 'Close');
    close.addEventListener('click', () => this.cancel());
    this.icons.append(close);
    this.header.append(this.titleElement, this.icons);
    this.title = title ?? '';
    this.helpUrl = helpUrl ?? null;
    this.okButton.style.display = 'none';
    this.buttons.append(this.okButton, this.makeButton('CANCEL', () => this.cancel()));
    this.root.setAttribute('role', 'dialog');
    this.root.append(...showHeader ? [this.header] : [], this.content,
      ...showFooter ? [element('div', 'd4-dialog-footer', this.buttons)] : []);
    register(this);
  }

  protected createWrapper(): any {return new DG.Dialog(this);}

  get title(): string {return this.titleElement.textContent ?? '';}

  set title(title: string) {
    this.titleElement.textContent = title;
    this.root.setAttribute('aria-label', title);
    this.root.setAttribute('name', nameOf('dialog', title));
  }

  get helpUrl(): string | null {return this.url;}

  set helpUrl(url: string | null) {
    this.url = url;
    this.help?.remove();
    this.help = null;
    if (!url)
      return;
    this.help = this.addIcon('question', 'Help', () => window.open(url, '_blank', 'noopener'));
  }

  /** An icon in the header, left of the one that closes. */
  addIcon(name: string, tooltip: string, action: (e: MouseEvent) => any): HTMLElement {
    const root = ui.iconFA(name, action, tooltip);
    this.icons.prepend(root);
    return root;
  }

  /** Adds an input, a widget, an element, or text. */
  add(x: any): void {
    const value = js(x);
    if (value instanceof DG.InputBase) {
      this.inputs.push(value);
      this.content.classList.add('ui-form');
      this.subscriptions.push(value.onChanged.subscribe(() => this.validate()));
    }
    this.content.append(ui.render(value));
  }

  clear(): void {
    for (const s of this.subscriptions.splice(0))
      s.unsubscribe();
    this.inputs.length = 0;
    killContent(this.content);
  }

  onOK(handler: () => any, closeOnEnter: boolean): void {
    this.okHandler = handler;
    this.closeOnEnter = closeOnEnter;
    this.okButton.style.removeProperty('display');
  }

  onCancel(handler: () => any): void {
    this.cancelHandlers.push(handler);
  }

  /** @param index position among the buttons, from the left; those added for the same one keep their order. */
  addButton(text: string, action: () => any, index: number, tooltip: any): HTMLElement {
    const button = this.makeButton(text, action, tooltip);
    const at = index + this.addedAt.filter((i) => i === index).length;
    this.addedAt.push(index);
    this.buttons.insertBefore(button, this.buttons.children[at] ?? null);
    return button;
  }

  getButton(text: string): HTMLElement | null {
    return [...this.buttons.children].find((b) => b.textContent === text) as HTMLElement ?? null;
  }

  addContextAction(text: string, action: () => any): void {
    if (this.contextActions.length === 0)
      this.addIcon('ellipsis-v', 'Actions', (e) => {
        const menu = DG.Menu.popup();
        for (const a of this.contextActions)
          menu.item(a.text, a.action);
        menu.show({element: e.currentTarget as HTMLElement});
      });
    this.contextActions.push({text, action});
  }

  show(options: ShowOptions): void {
    if (this.frame != null)
      return;
    // Again after a close, which ended it.
    register(this);
    this.gone = false;
    this.validate();
    this.frame = new DialogWindow(this, options);
    shellBus.fire('d4-dialog-showed', this);
  }

  get isOpen(): boolean {return this.frame != null;}

  /** Does what a click on OK does. */
  async ok(): Promise<void> {
    if (this.okHandler == null || this.okButton.disabled || this.running != null)
      return;
    const before = new HostEvent({dialog: this.wrapper}, this.wrapper);
    this.bus.fire('d4-dialog-before-ok', before);
    if (before.isDefaultPrevented)
      return;
    try {
      this.running = Promise.resolve(this.okHandler());
      this.close();
      await this.running;
      this.bus.fire('d4-dialog-after-ok', new HostEvent({dialog: this.wrapper}, this.wrapper));
    } catch (e) {
      grok.shell.error(messageOf(e));
    } finally {
      this.running = null;
      if (this.frame == null && this.gone)
        super.detach();
    }
  }

  /** Does what a click on CANCEL, on the cross, or Esc does. */
  cancel(): void {
    for (const handler of this.cancelHandlers)
      handler();
    this.close();
  }

  close(): void {
    if (this.frame == null)
      return;
    const {frame} = this;
    this.frame = null;
    frame.close();
    this.bus.fire('d4-dialog-closed', this);
    kill(this.root);
    this.root.remove();
  }

  override detach(): void {
    this.gone = true;
    for (const s of this.subscriptions.splice(0))
      s.unsubscribe();
    // Who waits for the end of an asynchronous OK handler must still hear of it.
    if (this.running == null)
      super.detach();
  }

  onEvent(event: string, handler: () => any): Subscription {
    return this.bus.on(event, handler);
  }

  private validate(): void {
    this.okButton.disabled = this.inputs.some((input) => !input.validate());
  }

  private makeButton(text: string, action: () => any, tooltip: any = null): HTMLButtonElement {
    return ui.button(text, action, tooltip) as HTMLButtonElement;
  }
}
