import * as DG from 'datagrok-api/dg';
import * as ui from 'datagrok-api/ui';
import {Subject} from 'rxjs';
import {shellBus} from '../interop/bus.ts';
import {Handle} from '../interop/handle.ts';
import {same} from './same.ts';
import {Shape} from './shape.ts';
import {Validation} from './validation.ts';

/**
 * Base of all inputs: caption, editor and options in the DOM shape that packages style, one value, and its events.
 *
 * A value set by a program fires `changed` alone, one edited by the user fires `input` and then `changed`; both only
 * when the value really differs: this host's reading of "when value is changed". `notify = false` silences both.
 */
export abstract class Input<T = any> extends Handle {
  readonly kind = 'InputBase';
  readonly changed = new Subject<T | null>();
  readonly input = new Subject<Event | null>();
  readonly validation: Validation;
  notify = true;
  protected current: T | null = null;
  protected readonly shape: Shape;
  private bound: {property: any; source: any} | null = null;
  private prop: any = null;
  private formatText: string | null = null;
  private mayBeEmpty = true;
  private isEnabled = true;
  private isReadOnly = false;

  /**
   * @param inputType one of `DG.InputType`
   * @param dataType the type of the value, one of `DG.TYPE`
   * @param editor what the user works with; null when it comes later through `attach`
   * @param names further class names `ui-input-<name>`, besides the lower-cased type
   */
  constructor(readonly inputType: string, readonly dataType: string, protected editor: HTMLElement | null,
    ...names: string[]) {
    super();
    this.shape = new Shape([inputType.toLowerCase(), ...names]);
    this.validation = new Validation(this);
    if (editor != null)
      this.attach(editor);
    // Announced when whoever builds the input has set its caption and options, in the same turn of the event loop.
    queueMicrotask(() => shellBus.fire('d4-input-created', this));
  }

  protected createWrapper(): any {return new DG.InputBase(this);}

  get root(): HTMLElement {return this.shape.root;}
  get label(): HTMLLabelElement {return this.shape.label;}
  get options(): HTMLElement {return this.shape.options;}
  get element(): HTMLElement {return this.editor!;}

  get caption(): string {return this.label.textContent ?? '';}
  set caption(x: string | null) {this.label.textContent = x ?? '';}

  get value(): T | null {return this.read();}
  set value(x: any) {this.assign(this.coerce(x), null, false);}

  get stringValue(): string {return this.toText(this.value);}
  set stringValue(x: string | null) {this.value = x == null ? null : this.fromText(x);}

  get nullable(): boolean {return this.mayBeEmpty;}
  set nullable(x: boolean) {
    this.mayBeEmpty = x;
    this.editor?.setAttribute('aria-required', String(!x));
    this.show();
    this.validation.run();
  }

  get format(): string | null {return this.formatText;}
  set format(x: string | null) {
    this.formatText = x;
    this.show();
  }

  get enabled(): boolean {return this.isEnabled;}
  set enabled(x: boolean) {
    this.isEnabled = x;
    this.applyAvailability();
  }

  get readOnly(): boolean {return this.isReadOnly;}
  set readOnly(x: boolean) {
    this.isReadOnly = x;
    this.applyAvailability();
  }

  get visible(): boolean {return this.root.style.display !== 'none';}
  set visible(x: boolean) {this.root.style.display = x ? '' : 'none';}

  get property(): any {return this.prop;}

  /** Takes over what the property says about editing. The value stays. */
  set property(p: any) {
    this.prop = p;
    if (p == null)
      return;
    if (p.nullable != null)
      this.nullable = p.nullable;
    if (p.format != null)
      this.format = p.format;
    if (p.units)
      this.addPostfix(p.units);
    if (p.description)
      this.setTooltip(p.description);
    this.applyProperty(p);
    this.validation.run();
  }

  /** Reads the value from an object's property, and from then on writes it there. */
  bind(property: any, source: any): void {
    this.bound = {property, source};
    this.init();
  }

  /** Takes the value from the source it is bound to, or the property's initial one when there is none yet. */
  init(): void {
    if (this.bound != null)
      this.value = this.bound.property.get(this.bound.source);
    else if (this.isEmpty() && this.prop != null)
      this.value = this.prop.initialValue ?? this.prop.defaultValue ?? null;
  }

  addPostfix(text: string): void {this.shape.setPostfix(text);}

  /** @param check whether the tooltip is to be shown at this moment; always when null */
  setTooltip(message: string, check: (() => boolean) | null = null): void {
    const content: any = () => check == null || check() ? ui.divText(message) : null;
    ui.tooltip.bind(this.label, content);
    ui.tooltip.bind(this.element, content);
  }

  fireChanged(): void {
    if (this.notify)
      this.changed.next(this.value);
  }

  fireInput(event: Event | null = null): void {
    if (this.notify)
      this.input.next(event);
  }

  isEmpty(): boolean {
    const value: any = this.value;
    return value == null || value === '' || (Array.isArray(value) && value.length === 0);
  }

  /** Messages about the value that only this kind of input can give. */
  complaints(): string[] {return [];}

  /** Text for dialog history; `load` takes it back. */
  save(): string {return this.stringValue;}
  load(x: any): void {this.stringValue = x == null ? null : `${x}`;}

  /** The value as it is known now. */
  protected read(): T | null {return this.current;}
  /** Brings whatever a program sets into the type of this input; nonsense becomes null. */
  protected abstract coerce(x: any): T | null;
  /** Shows the value in the editor. */
  protected abstract show(): void;
  protected toText(x: T | null): string {return x == null ? '' : `${x}`;}
  protected fromText(x: string): any {return x;}
  protected applyProperty(_p: any): void {}

  /** The user made the value so. */
  protected edited(x: T | null, event: Event | null): void {this.assign(x, event, true);}

  protected attach(editor: HTMLElement): void {
    this.editor = editor;
    this.shape.attach(editor);
    editor.addEventListener('focusout', () => this.validation.touch());
  }

  protected applyAvailability(): void {
    if (this.editor != null)
      this.shape.setAvailability(this.editor, this.isEnabled, this.isReadOnly);
  }

  protected get canEdit(): boolean {return this.isEnabled && !this.isReadOnly;}

  private assign(x: T | null, event: Event | null, byUser: boolean): void {
    const before = this.current;
    this.current = x;
    if (!byUser)
      this.show();
    const isNew = !same(before, x);
    if (isNew)
      this.bound?.property.set(this.bound.source, this.value);
    if (byUser)
      this.validation.touch();
    else
      this.validation.run();
    if (!isNew)
      return;
    if (byUser)
      this.fireInput(event);
    this.fireChanged();
  }
}
