let counter = 0;
const controls = 'input, select, textarea, button';
const pressed = ['checkbox', 'radio', 'color', 'range'];

/** The elements of an input: `.ui-input-root` with caption, editor and options, in the order that packages style. */
export class Shape {
  readonly root = document.createElement('div');
  readonly label = document.createElement('label');
  readonly options = document.createElement('div');
  private readonly number = ++counter;
  private postfix: HTMLElement | null = null;

  /** @param names give the classes `ui-input-<name>` */
  constructor(names: string[]) {
    this.root.className = ['ui-input-root', ...names.map((name) => `ui-input-${name}`)].join(' ');
    this.label.className = 'ui-label ui-input-label';
    this.label.id = `ui-input-label-${this.number}`;
    this.options.className = 'ui-input-options';
    this.root.append(this.label, this.options);
  }

  /** Puts the editor behind the caption and ties the two together: a click on the caption leads to the editor. */
  attach(editor: HTMLElement): void {
    editor.classList.add('ui-input-editor');
    this.label.after(editor);
    if (editor.matches(controls)) {
      editor.id ||= `ui-input-${this.number}`;
      this.label.htmlFor = editor.id;
    } else {
      if (!editor.hasAttribute('role'))
        editor.setAttribute('role', 'group');
      editor.setAttribute('aria-labelledby', this.label.id);
    }
  }

  /** Text behind the editor, such as a unit; replaces the former one. */
  setPostfix(text: string): void {
    this.postfix ??= document.createElement('span');
    this.postfix.className = 'ui-input-postfix';
    this.postfix.textContent = text;
    this.options.append(this.postfix);
  }

  /** Text that is read-only can still be selected and copied; what is pressed can only be disabled. */
  setAvailability(editor: HTMLElement, enabled: boolean, readOnly: boolean): void {
    this.root.classList.toggle('ui-input-disabled', !enabled);
    this.root.classList.toggle('ui-input-readonly', readOnly);
    const own = editor.matches(controls) ? [editor] : [];
    for (const control of [...own, ...editor.querySelectorAll(controls), ...this.options.querySelectorAll('input')]) {
      const text = control instanceof HTMLTextAreaElement ||
        (control instanceof HTMLInputElement && !pressed.includes(control.type));
      (control as HTMLInputElement).disabled = !enabled || (readOnly && !text);
      if (text)
        (control as HTMLInputElement).readOnly = readOnly;
    }
  }
}
