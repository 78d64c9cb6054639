import {js} from '../interop/dart.ts';
import {onKill} from '../interop/life-cycle.ts';
import {Input} from './input.ts';
import {itemKey, itemList, itemText} from './item-text.ts';
import {Newest} from './newest.ts';
import {Suggestions} from './suggestions.ts';

type Search = (text: string) => Promise<any> | any;

/** The server is asked when the user has paused for so long. */
const PAUSE_MS = 150;

/**
 * Chosen items as labels, and a field that finds more of them. The value is always a list, of one item at most when
 * `multiValue` is off (the published typings leave open what it is then).
 */
export class TagsInput extends Input<any[]> {
  declare protected editor: HTMLElement;
  readonly field = document.createElement('input');
  allowNew = false;
  multiValue = true;
  suggestionItems: any[] = [];
  itemToString: (item: any) => string = itemText;
  createTagLabel: ((item: any) => Element) | null = null;
  createNewItem: ((text: string) => any) | null = null;
  private readonly popup: Suggestions;
  private readonly searching = new Newest();
  private readonly loading = new Newest();

  /**
   * @param search finds items by text; null: among `suggestionItems`
   * @param find gets an item by its key, for values that were saved
   */
  constructor(inputType = 'Tags', dataType = 'list', public search: Search | null = null,
    private readonly find: ((key: string) => Promise<any>) | null = null) {
    super(inputType, dataType, document.createElement('div'));
    this.current = [];
    this.field.type = 'text';
    this.field.className = 'ui-input-tags-field';
    this.field.autocomplete = 'off';
    this.field.setAttribute('aria-labelledby', this.label.id);
    this.popup = new Suggestions(this.field, (item) => this.itemToString(item), (item, e) => this.pick(item, e));
    this.editor.append(this.field);
    // The published builder sets the placeholder on the editor, which here is not the field itself.
    Object.defineProperty(this.editor, 'placeholder', {
      get: () => this.field.placeholder, set: (x) => {this.field.placeholder = x;}});
    this.field.addEventListener('input', (e) => {
      e.stopPropagation();
      this.ask(PAUSE_MS);
    });
    this.field.addEventListener('keydown', (e) => this.onKey(e));
    this.field.addEventListener('blur', () => this.closePopup());
    this.editor.addEventListener('click', (e) => this.onClick(e));
    onKill(this.root, () => this.closePopup());
  }

  get items(): any[] {return [...this.suggestionItems];}

  /** The keys of the items, by which `load` finds them again; what is not there any more is left out. */
  override save(): string {return JSON.stringify((this.current ?? []).map(itemKey));}

  override load(x: any): void {
    const keys: string[] = JSON.parse(`${x}`);
    const known = [...this.suggestionItems, ...this.current ?? []];
    const items = keys.map((key) => known.find((item) => itemKey(item) === key) ??
      (this.allowNew ? this.made(key) : this.find?.(key).catch(() => null)));
    const set = (all: any[]): void => {this.value = all.filter((item) => item != null);};
    if (items.some((item) => item instanceof Promise))
      this.loading.ask(0, () => Promise.all(items), set, (message) => console.warn(`${this.caption}: ${message}`));
    else
      set(items);
  }

  protected coerce(x: any): any[] {
    const items = itemList(x);
    return this.multiValue ? items : items.slice(0, 1);
  }

  protected show(): void {
    this.editor.querySelectorAll(':scope > .ui-input-tag').forEach((tag) => tag.remove());
    for (const item of this.current ?? [])
      this.field.before(this.tag(item));
    this.applyAvailability();
  }

  protected override toText(x: any[] | null): string {
    return (x ?? []).map((item) => this.itemToString(item)).join(', ');
  }

  protected override fromText(x: string): any[] {
    return x.split(',').map((s) => s.trim()).filter((s) => s !== '').map((s) => this.byText(s)).filter((i) => i != null);
  }

  protected override applyProperty(p: any): void {
    if (this.suggestionItems.length === 0 && p.choices?.length > 0)
      this.suggestionItems = itemList(p.choices);
  }

  private byText(text: string): any {
    return this.suggestionItems.find((item) => this.itemToString(item) === text) ??
      (this.current ?? []).find((item) => this.itemToString(item) === text) ?? (this.allowNew ? this.made(text) : null);
  }

  private made(text: string): any {
    return this.createNewItem == null ? text : js(this.createNewItem(text));
  }

  private tag(item: any): HTMLElement {
    const tag = document.createElement('span');
    const text = this.itemToString(item);
    const remove = document.createElement('button');
    tag.className = 'ui-input-tag';
    remove.type = 'button';
    remove.tabIndex = -1;
    remove.textContent = '×';
    remove.setAttribute('aria-label', `Remove ${text}`);
    remove.addEventListener('click', (e) => this.drop(item, e));
    const label = document.createElement('span');
    label.className = 'ui-input-tag-text';
    label.append(this.createTagLabel?.(item) ?? text);
    tag.append(label, remove);
    return tag;
  }

  private onClick(e: MouseEvent): void {
    if (!this.canEdit || (e.target as Element).closest('.ui-input-tag') != null)
      return;
    this.field.focus();
    if (!this.popup.isOpen)
      this.ask(0);
  }

  private onKey(e: KeyboardEvent): void {
    if (!this.canEdit)
      return;
    if ((e.key === 'ArrowDown' || e.key === 'ArrowUp') && this.popup.isOpen)
      this.popup.move(e.key === 'ArrowDown' ? 1 : -1);
    else if (e.key === 'ArrowDown')
      this.ask(0);
    else if (e.key === 'Enter' && this.popup.activeItem != null)
      this.pick(this.popup.activeItem, e);
    else if (e.key === 'Enter' && this.allowNew && this.field.value.trim() !== '')
      this.pick(this.made(this.field.value.trim()), e);
    else if (e.key === 'Escape' && this.popup.isOpen)
      this.closePopup();
    else if (e.key === 'Backspace' && this.field.value === '' && this.current!.length > 0) {
      this.drop(this.current!.at(-1), e);
      return;
    } else
      return;
    e.preventDefault();
    e.stopPropagation();
  }

  private pick(item: any, e: Event): void {
    const others = this.multiValue ? (this.current ?? []).filter((x) => itemKey(x) !== itemKey(item)) : [];
    this.field.value = '';
    this.closePopup();
    this.edited([...others, item], e);
    this.show();
  }

  private drop(item: any, e: Event): void {
    if (!this.canEdit)
      return;
    this.edited((this.current ?? []).filter((x) => x !== item), e);
    this.show();
    this.field.focus();
  }

  private closePopup(): void {
    this.searching.cancel();
    this.popup.close();
  }

  private ask(pause: number): void {
    const text = this.field.value.trim();
    this.searching.ask(pause, () => {
      if (this.search == null)
        return this.local(text);
      if (!this.popup.isOpen)
        this.popup.show([], 'Searching...');
      return this.search(text);
    }, (found) => this.offer(itemList(found), text), (message) => this.popup.show([], `The search failed: ${message}`));
  }

  private offer(found: any[], text: string): void {
    const chosen = new Set((this.current ?? []).map(itemKey));
    const rest = found.filter((item) => !chosen.has(itemKey(item)));
    const isNew = this.allowNew && text !== '' && !found.some((item) => this.itemToString(item) === text);
    this.popup.show(rest, isNew && rest.length === 0 ? `Enter adds "${text}"` : '');
  }

  private local(text: string): any[] {
    const words = text.toLowerCase();
    return this.suggestionItems.filter((item) => this.itemToString(item).toLowerCase().includes(words));
  }
}
