import {Input} from './input.ts';

/**
 * An input written in JavaScript (`class extends DG.JsInputBase`): it announces itself before its own constructor has
 * run, so its editor and types are asked for when they are first needed.
 */
export class JsInput extends Input {
  declare protected editor: HTMLElement | null;

  constructor(readonly source: any) {
    super('JsInputProxy', 'dynamic', null);
    this.adopt(source);
    Object.defineProperty(this, 'inputType', {get: () => source.inputType});
    Object.defineProperty(this, 'dataType', {get: () => source.dataType});
  }

  override get root(): HTMLElement {
    if (this.editor == null) {
      const editor = this.source.getInput();
      this.shape.root.classList.add(`ui-input-${`${this.source.inputType}`.toLowerCase().replace(/[^\w-]+/g, '-')}`);
      this.attach(editor);
      this.applyAvailability();
    }
    return this.shape.root;
  }

  override get element(): HTMLElement {
    return this.root && this.editor!;
  }

  override get value(): any {return this.source.getValue();}
  override set value(x: any) {this.source.setValue(x);}
  override get stringValue(): string {return `${this.source.getStringValue() ?? ''}`;}
  override set stringValue(x: string | null) {this.source.setStringValue(x ?? '');}

  override fireInput(event: Event | null = null): void {
    this.validation.touch();
    super.fireInput(event);
  }

  protected coerce(x: any): any {return x;}
  // The editor belongs to the JavaScript class, and so does what it shows.
  protected show(): void {}
}
