import * as DG from 'datagrok-api/dg';
import {Input} from './input.ts';
import {itemKey, itemList, itemText} from './item-text.ts';

/**
 * One of several items, in a real `<select>`, which packages hand to libraries of their own. An input that may be empty
 * has an empty option in front; one that may not takes its first item when it has no value.
 */
export class ChoiceInput<T = any> extends Input<T> {
  declare protected editor: HTMLSelectElement;
  protected choices: T[] = [];

  constructor(inputType = 'Choice', dataType = 'string') {
    super(inputType, dataType, document.createElement('select'));
    this.editor.addEventListener('input', (e) => this.edited(this.chosen(), e));
    // Libraries around the select announce a choice by `change` alone.
    this.editor.addEventListener('change', (e) => this.edited(this.chosen(), e));
  }

  protected override createWrapper(): any {return new DG.ChoiceInput(this);}

  get items(): T[] {return [...this.choices];}
  set items(x: any) {
    this.choices = itemList(x);
    this.fill();
    this.value = this.current;
  }

  override complaints(): string[] {return [];}

  // A value that came before its items waits for them, but is no value as long as it cannot be seen.
  protected override read(): T | null {
    return this.choices.length === 0 ? this.current : this.known(this.current);
  }

  protected coerce(x: any): T | null {
    if (this.choices.length === 0)
      return x ?? null;
    return this.known(x) ?? (this.nullable ? x ?? null : this.choices[0]);
  }

  protected show(): void {
    const shown = this.known(this.current);
    const blank = this.nullable || shown == null;
    if (blank !== (this.editor.options[0]?.value === '' && this.editor.options[0].dataset.blank === ''))
      this.fill();
    this.editor.value = shown == null ? '' : itemText(shown);
  }

  protected override toText(x: T | null): string {return itemText(x);}

  protected override applyProperty(p: any): void {
    const choices = p.choices;
    if (this.choices.length === 0 && Array.isArray(choices) && choices.length > 0)
      this.items = choices;
  }

  protected known(x: any): T | null {
    if (x == null)
      return null;
    const key = itemKey(x);
    return this.choices.find((item) => item === x) ?? this.choices.find((item) => itemKey(item) === key) ?? null;
  }

  private chosen(): T | null {
    return this.choices.find((item) => itemText(item) === this.editor.value) ?? null;
  }

  private fill(): void {
    const options = this.choices.map((item) => new Option(itemText(item), itemText(item)));
    if (this.nullable || this.known(this.current) == null) {
      const blank = new Option('', '');
      blank.dataset.blank = '';
      options.unshift(blank);
    }
    this.editor.replaceChildren(...options);
  }
}
