import {Input} from './input.ts';

/** Yes or no, as a check box or as a switch. Null is no. */
export class BoolInput extends Input<boolean> {
  declare protected editor: HTMLInputElement;

  /** @param inputType `Bool` or `Switch` */
  constructor(inputType: string) {
    super(inputType, 'bool', document.createElement('input'), ...inputType === 'Switch' ? ['bool-switch'] : []);
    this.editor.type = 'checkbox';
    if (inputType === 'Switch')
      this.editor.setAttribute('role', 'switch');
    this.current = false;
    this.editor.addEventListener('input', (e) => this.edited(this.editor.checked, e));
  }

  protected coerce(x: any): boolean {
    return typeof x === 'string' ? /^(true|yes|1)$/i.test(x.trim()) : x === true || x === 1;
  }

  protected show(): void {
    this.editor.checked = this.current === true;
  }
}
