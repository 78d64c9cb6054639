import {Input} from './input.ts';

/** A colour as `#rrggbb`, typed or picked. */
export class ColorInput extends Input<string> {
  declare protected editor: HTMLInputElement;
  private readonly box = document.createElement('input');
  private wrong: string | null = null;

  constructor() {
    super('Color', 'string', document.createElement('input'));
    this.editor.type = 'text';
    this.editor.autocomplete = 'off';
    this.box.type = 'color';
    this.box.className = 'ui-input-color-box';
    this.box.setAttribute('aria-labelledby', this.label.id);
    this.options.append(this.box);
    this.editor.addEventListener('input', (e) => this.onText(e));
    this.box.addEventListener('input', (e) => {
      this.wrong = null;
      this.editor.value = this.box.value;
      this.edited(this.box.value, e);
    });
  }

  set onlyBox(x: boolean) {
    this.editor.style.display = x ? 'none' : '';
  }

  override complaints(): string[] {return this.wrong == null ? [] : [this.wrong];}

  /** Text, or a number 0xAARRGGBB as the platform's palettes have them; the opacity is not kept. */
  protected coerce(x: any): string | null {
    this.wrong = null;
    if (typeof x === 'number')
      return `#${(x & 0xffffff).toString(16).padStart(6, '0')}`;
    const short = /^#([0-9a-f])([0-9a-f])([0-9a-f])$/i.exec(`${x ?? ''}`.trim());
    const text = short == null ? `${x ?? ''}`.trim() : `#${short.slice(1).map((d) => d + d).join('')}`;
    return /^#[0-9a-f]{6}$/i.test(text) ? text.toLowerCase() : null;
  }

  protected show(): void {
    this.editor.value = this.current ?? '';
    this.box.value = this.current ?? '#000000';
  }

  private onText(e: Event): void {
    const color = this.coerce(this.editor.value);
    this.wrong = color == null && this.editor.value.trim() !== '' ? 'Not a colour, such as #2083d5' : null;
    this.box.value = color ?? '#000000';
    this.edited(color, e);
  }
}
