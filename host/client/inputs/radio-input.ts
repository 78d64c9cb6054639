import {Input} from './input.ts';
import {itemKey, itemList, itemText} from './item-text.ts';

let counter = 0;

/** One of a few items, all in sight. */
export class RadioInput extends Input<any> {
  declare protected editor: HTMLElement;
  private readonly group = `ui-input-radio-${++counter}`;
  private choices: any[] = [];

  constructor() {
    const editor = document.createElement('div');
    editor.setAttribute('role', 'radiogroup');
    super('Radio', 'string', editor);
  }

  get items(): any[] {return [...this.choices];}
  set items(x: any) {
    this.choices = itemList(x);
    this.editor.replaceChildren(...this.choices.map((item) => this.button(item)));
    this.show();
    this.applyAvailability();
  }

  protected coerce(x: any): any {return x ?? null;}

  protected show(): void {
    const key = this.current == null ? null : itemKey(this.current);
    this.editor.querySelectorAll('input').forEach((b, i) => b.checked = itemKey(this.choices[i]) === key);
  }

  protected override toText(x: any): string {return itemText(x);}

  protected override applyProperty(p: any): void {
    if (this.choices.length === 0 && p.choices?.length > 0)
      this.items = p.choices;
  }

  private button(item: any): HTMLElement {
    const label = document.createElement('label');
    const button = document.createElement('input');
    button.type = 'radio';
    button.name = this.group;
    button.addEventListener('input', (e) => this.edited(item, e));
    label.className = 'ui-input-radio-item';
    label.append(button, itemText(item));
    return label;
  }
}
