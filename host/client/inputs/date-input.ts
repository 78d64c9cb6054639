import * as DG from 'datagrok-api/dg';
import dayjs from 'dayjs';
import {Input} from './input.ts';

/**
 * A day, or a day and a time when the format names hours. The value is an instant; the editor shows and takes it in the
 * zone of the browser, as `dayjs(ms)` does, so that what is typed is what `value.format()` tells.
 */
export class DateInput extends Input<any> {
  declare protected editor: HTMLInputElement;

  constructor() {
    super('Date', 'datetime', document.createElement('input'));
    this.editor.type = 'date';
    this.editor.addEventListener('input', (e) => this.edited(this.parse(this.editor.value), e));
    this.editor.addEventListener('blur', () => this.editor.validity.badInput || this.show());
  }

  protected override createWrapper(): any {return new DG.DateInput(this);}

  /** Milliseconds since 1970, or null. */
  get ms(): number | null {return this.current?.valueOf() ?? null;}
  set ms(x: number | null) {this.value = x;}

  override complaints(): string[] {
    return this.editor.validity.badInput ? ['Not a date'] : [];
  }

  protected coerce(x: any): any {
    if (x == null || x === '')
      return null;
    const date = dayjs(x.valueOf());
    return date.isValid() ? date : null;
  }

  protected show(): void {
    this.editor.type = this.withTime ? 'datetime-local' : 'date';
    this.editor.value = this.current?.format(this.pattern) ?? '';
  }

  protected override toText(x: any): string {return x?.format(this.pattern) ?? '';}

  private get withTime(): boolean {return /h/i.test(this.format ?? '');}
  private get pattern(): string {return this.withTime ? 'YYYY-MM-DDTHH:mm' : 'YYYY-MM-DD';}

  private parse(text: string): any {
    return text === '' ? null : this.coerce(text);
  }
}
