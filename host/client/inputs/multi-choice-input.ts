import * as DG from 'datagrok-api/dg';
import {CheckList} from './check-list.ts';
import {Input} from './input.ts';
import {itemKey, itemList, itemText} from './item-text.ts';

/** Several of several items. The value is the list of chosen ones; an empty list when there is none. */
export class MultiChoiceInput extends Input<any[]> {
  protected choices: any[] = [];
  private readonly list: CheckList;

  constructor(inputType = 'MultiChoice', dataType = 'list') {
    const list = new CheckList((items, e) => this.edited(items, e));
    super(inputType, dataType, list.root, ...inputType === 'MultiChoice' ? ['multi-choice'] : []);
    this.list = list;
    this.current = [];
  }

  protected override createWrapper(): any {return new DG.MultiChoiceInput(this);}

  get items(): any[] {return [...this.choices];}
  set items(x: any) {
    this.choices = itemList(x);
    this.value = this.current;
  }

  // As with a single choice: what is not among the items cannot be seen, so it is no part of the value.
  protected override read(): any[] {
    const chosen = this.current ?? [];
    if (this.choices.length === 0)
      return [...chosen];
    const keys = new Set(this.choices.map(itemKey));
    return chosen.filter((x) => keys.has(itemKey(x)));
  }

  protected coerce(x: any): any[] {return itemList(x);}
  protected show(): void {this.list?.set(this.choices, this.read(), !this.canEdit);}
  protected override toText(x: any[] | null): string {return (x ?? []).map(itemText).join(', ');}

  protected override fromText(x: string): any[] {
    const names = new Set(x.split(',').map((s) => s.trim()));
    return this.choices.filter((item) => names.has(itemText(item)));
  }

  override save(): string {return JSON.stringify(this.read().map(itemText));}
  override load(x: any): void {
    const names = new Set(JSON.parse(`${x}`));
    this.value = this.choices.filter((item) => names.has(itemText(item)));
  }

  protected override applyProperty(p: any): void {
    if (this.choices.length === 0 && p.choices?.length > 0)
      this.items = p.choices;
  }

  protected override applyAvailability(): void {
    super.applyAvailability();
    this.show();
  }
}
