import * as ui from 'datagrok-api/ui';
import {Input} from './input.ts';

/** One line of text, or several. An empty editor is the empty string. */
export class TextInput extends Input<string> {
  private clearIcon: HTMLElement | null = null;
  private escapeClears = false;
  declare protected editor: HTMLInputElement | HTMLTextAreaElement;

  /** @param inputType `Text`, `Search` or `TextArea` */
  constructor(inputType: string) {
    const editor = document.createElement(inputType === 'TextArea' ? 'textarea' : 'input');
    super(inputType, 'string', editor);
    editor.autocomplete = 'off';
    editor.spellcheck = inputType === 'TextArea';
    if (editor instanceof HTMLInputElement)
      editor.type = 'text';
    this.current = '';
    editor.addEventListener('input', (e) => this.edited(editor.value, e));
    editor.addEventListener('keydown', (e) => this.onKey(e as KeyboardEvent));
    if (inputType === 'Search')
      this.becomeSearch(editor);
  }

  /** @param icon element, or name of a Font Awesome icon */
  addIcon(icon: any): void {
    this.options.append(icon instanceof Node ? icon : ui.iconFA(`${icon}`));
  }

  set clearable(x: boolean) {
    this.clearIcon?.remove();
    this.clearIcon = null;
    if (!x)
      return;
    this.clearIcon = ui.iconFA('times', () => this.clear(null));
    this.clearIcon.classList.add('ui-input-clear');
    this.clearIcon.setAttribute('role', 'button');
    this.clearIcon.setAttribute('aria-label', 'Clear');
    this.options.append(this.clearIcon);
    this.showClearIcon();
  }

  set escClears(x: boolean) {this.escapeClears = x;}

  /** Size of the editor in pixels. */
  resize(width: number | null, height: number | null): void {
    if (width != null)
      this.editor.style.width = `${width}px`;
    if (height != null)
      this.editor.style.height = `${height}px`;
  }

  // Packages and type-ahead libraries write straight into the element, so the element is the truth.
  protected override read(): string {return this.editor.value;}
  protected coerce(x: any): string {return x == null ? '' : `${x}`;}

  protected show(): void {
    if (this.editor.value !== this.current)
      this.editor.value = this.current ?? '';
    this.showClearIcon();
  }

  protected override edited(x: string | null, event: Event | null): void {
    this.showClearIcon();
    super.edited(x, event);
  }

  private becomeSearch(editor: HTMLElement): void {
    editor.setAttribute('role', 'searchbox');
    (editor as HTMLInputElement).placeholder = 'Search';
    this.options.classList.add('ui-input-search-options');
    this.addIcon('search');
    this.clearable = true;
    this.escapeClears = true;
  }

  private showClearIcon(): void {
    if (this.clearIcon != null)
      this.clearIcon.style.visibility = this.editor.value === '' ? 'hidden' : '';
  }

  private clear(event: Event | null): void {
    if (!this.canEdit)
      return;
    this.editor.value = '';
    this.edited('', event);
    this.editor.focus();
  }

  private onKey(e: KeyboardEvent): void {
    if (e.key !== 'Escape' || !this.escapeClears || this.editor.value === '')
      return;
    // The first Escape empties the text; only the next one is for the dialog around it.
    e.stopPropagation();
    this.clear(e);
  }
}
