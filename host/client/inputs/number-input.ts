import * as DG from 'datagrok-api/dg';
import {Input} from './input.ts';

type Num = number | bigint;

/**
 * Whole numbers, floating point numbers, and whole numbers of any length. What is not a number makes the value null and
 * says so. While the editor has the focus it shows the plain number, otherwise the formatted one. The arrow keys step.
 */
export class NumberInput extends Input<Num> {
  declare protected editor: HTMLInputElement;
  private wrong: string | null = null;
  private min: number | null = null;
  private max: number | null = null;
  private step: number | null = null;
  private slider: HTMLInputElement | null = null;
  private clickers: HTMLElement | null = null;

  /** @param inputType `Int`, `Float`, `BigInt` or `Slider` */
  constructor(inputType: string) {
    super(inputType, inputType === 'Int' ? 'int' : inputType === 'BigInt' ? 'bigint' : 'double',
      document.createElement('input'));
    this.editor.type = 'text';
    this.editor.inputMode = inputType === 'Float' || inputType === 'Slider' ? 'decimal' : 'numeric';
    this.editor.autocomplete = 'off';
    this.editor.addEventListener('input', (e) => this.onText(e));
    this.editor.addEventListener('focus', () => this.show());
    this.editor.addEventListener('blur', () => this.wrong == null && this.show());
    this.editor.addEventListener('keydown', (e) => this.onKey(e));
    if (inputType === 'Slider')
      this.addSlider();
  }

  override complaints(): string[] {
    const value = this.current;
    return this.wrong != null ? [this.wrong] : value == null ? [] :
      this.min != null && value < this.min ? [`Must be at least ${this.min}`] :
        this.max != null && value > this.max ? [`Must be at most ${this.max}`] : [];
  }

  protected coerce(x: any): Num | null {
    this.wrong = null;
    return typeof x === 'string' ? this.parse(x) : this.fit(x);
  }

  protected override toText(x: Num | null): string {return x == null ? '' : `${x}`;}

  protected show(): void {
    if (this.wrong != null && this.current == null)
      return;
    const focused = document.activeElement === this.editor;
    this.editor.value = focused ? this.toText(this.current) : this.formatted();
    this.showOnSlider();
  }

  protected override applyProperty(p: any): void {
    [this.min, this.max, this.step] = [p.min ?? null, p.max ?? null, p.step ?? null];
    if (p.showSlider || this.slider != null)
      this.addSlider();
    if (p.showPlusMinus)
      this.addClickers();
    this.show();
  }

  private formatted(): string {
    return typeof this.current === 'number' && this.format ? DG.format(this.current, this.format) :
      this.toText(this.current);
  }

  private get whole(): boolean {return this.inputType === 'Int' || this.inputType === 'BigInt';}

  private fit(x: any): Num | null {
    if (x == null || x === '' || typeof x === 'boolean')
      return null;
    if (this.inputType === 'BigInt')
      return typeof x === 'bigint' ? x : Number.isInteger(Number(x)) ? BigInt(Number(x)) : null;
    const n = Number(x);
    return !Number.isFinite(n) ? null : this.inputType === 'Int' ? Math.trunc(n) : n;
  }

  private parse(text: string): Num | null {
    const plain = text.trim().replace(this.format?.includes(',') ? /,/g : /$^/, '');
    if (plain === '')
      return null;
    if (this.whole ? !/^[+-]?\d+$/.test(plain) : !Number.isFinite(Number(plain))) {
      this.wrong = this.whole ? 'Not a whole number' : 'Not a number';
      return null;
    }
    if (this.inputType === 'BigInt')
      return BigInt(plain.replace(/^\+/, ''));
    if (this.whole && !Number.isSafeInteger(Number(plain)))
      this.wrong = 'The number is too long';
    return this.wrong == null ? Number(plain) : null;
  }

  private onText(e: Event): void {
    this.wrong = null;
    this.edited(this.parse(this.editor.value), e);
    this.showOnSlider();
  }

  private onKey(e: KeyboardEvent): void {
    if ((e.key !== 'ArrowUp' && e.key !== 'ArrowDown') || e.ctrlKey || e.altKey || e.metaKey)
      return;
    e.preventDefault();
    this.move(e.key === 'ArrowUp' ? 1 : -1, e);
  }

  private move(steps: number, e: Event): void {
    if (!this.canEdit)
      return;
    this.wrong = null;
    const step = this.step ?? 1;
    const from = Number(this.current ?? this.min ?? 0);
    const to = Math.min(Math.max(from + steps * step, this.min ?? -Infinity), this.max ?? Infinity);
    const fitted = this.fit(Number(to.toPrecision(15)));
    this.edited(fitted, e);
    this.show();
  }

  private addSlider(): void {
    this.slider ??= document.createElement('input');
    this.slider.type = 'range';
    this.slider.className = 'ui-input-slider-bar';
    this.slider.min = `${this.min ?? 0}`;
    this.slider.max = `${this.max ?? 100}`;
    this.slider.step = this.step != null ? `${this.step}` : this.whole ? '1' : 'any';
    this.slider.setAttribute('aria-labelledby', this.label.id);
    this.slider.oninput = (e) => {
      this.wrong = null;
      this.edited(this.fit(this.slider!.value), e);
      this.editor.value = this.formatted();
    };
    this.options.prepend(this.slider);
  }

  private showOnSlider(): void {
    if (this.slider != null)
      this.slider.value = `${this.current ?? this.min ?? 0}`;
  }

  private addClickers(): void {
    if (this.clickers != null)
      return;
    this.clickers = document.createElement('span');
    this.clickers.className = 'ui-input-plus-minus';
    for (const [text, steps, title] of [['−', -1, 'Less'], ['+', 1, 'More']] as const) {
      const button = document.createElement('button');
      button.type = 'button';
      button.textContent = text;
      button.setAttribute('aria-label', title);
      button.addEventListener('click', (e) => this.move(steps, e));
      this.clickers.append(button);
    }
    this.options.append(this.clickers);
  }
}
