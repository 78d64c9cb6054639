import {Subject} from 'rxjs';
import type {Input} from './input.ts';

/** Gets the text of the value; returns null, or what is wrong with it. */
export type Validator = (text: string) => string | null;

/**
 * What is wrong with an input's value. Messages are always known; they are shown only once the user has been in the
 * input or somebody asked for validation, so that a fresh form does not greet in red.
 */
export class Validation {
  readonly done = new Subject<string[]>();
  private readonly validators: Validator[] = [];
  private readonly place = document.createElement('div');
  private touched = false;

  constructor(private readonly of: Input) {
    this.place.className = 'ui-input-validation';
    this.place.setAttribute('aria-live', 'polite');
  }

  add(validator: Validator): void {
    this.validators.push(validator);
    this.run();
  }

  messages(): string[] {
    const all = this.of.complaints();
    if (all.length === 0 && !this.of.nullable && this.of.isEmpty())
      all.push('A value is required');
    const text = this.validators.length === 0 ? '' : this.of.stringValue;
    for (const validator of this.validators) {
      const message = outcome(validator, text);
      if (message != null && message !== '')
        all.push(`${message}`);
    }
    return all;
  }

  /** From now on messages are shown; runs. */
  touch(): boolean {
    this.touched = true;
    return this.run();
  }

  /** @returns whether the value is valid */
  run(): boolean {
    const messages = this.messages();
    this.show(this.touched ? messages : []);
    this.done.next(messages);
    return messages.length === 0;
  }

  private show(messages: string[]): void {
    const invalid = messages.length > 0;
    this.of.root.classList.toggle('ui-input-invalid', invalid);
    this.of.element?.classList.toggle('d4-invalid', invalid);
    this.of.element?.setAttribute('aria-invalid', String(invalid));
    this.place.textContent = messages.join('\n');
    if (invalid)
      this.of.root.append(this.place);
    else
      this.place.remove();
  }
}

/** A validator that throws must not let a wrong value pass. */
function outcome(validator: Validator, text: string): string | null {
  try {
    return validator(text);
  } catch (e) {
    return e instanceof Error ? e.message : String(e);
  }
}
