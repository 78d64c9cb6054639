/** Values of one SQL statement; SQL text refers to them by the placeholder that `bind` returns. */
export class Statement {
  readonly values: unknown[] = [];

  /** `$n` for the value. A value never becomes part of the text. */
  bind(value: unknown): string {
    this.values.push(value);
    return `$${this.values.length}`;
  }
}

/** A value as a `like` pattern that matches it anywhere, its own wildcards made plain. */
export const anywhere = (text: string): string => `%${text.replace(/[\\%_]/g, '\\$&')}%`;

export const isUuid = (text: string): boolean => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text);
