import {js} from '../interop/dart.ts';
import {Input} from './input.ts';
import {itemList, itemText} from './item-text.ts';

/** A list of texts, written with commas between them. An empty editor is an empty list. */
export class ListInput extends Input<any[]> {
  declare protected editor: HTMLInputElement;

  constructor() {
    super('List', 'list', document.createElement('input'));
    this.editor.type = 'text';
    this.editor.autocomplete = 'off';
    this.current = [];
    this.editor.addEventListener('input', (e) => this.edited(this.fromText(this.editor.value), e));
  }

  protected coerce(x: any): any[] {return typeof x === 'string' ? this.fromText(x) : itemList(x);}
  protected show(): void {this.editor.value = this.toText(this.current);}
  protected override toText(x: any[] | null): string {return (x ?? []).map(itemText).join(', ');}

  protected override fromText(x: string): string[] {
    return x.split(',').map((s) => s.trim()).filter((s) => s !== '');
  }
}

/** Names and texts, one `name: text` a line. */
export class MapInput extends Input<Record<string, string>> {
  declare protected editor: HTMLTextAreaElement;

  constructor() {
    super('Map', 'map', document.createElement('textarea'));
    this.editor.placeholder = 'name: value';
    this.editor.addEventListener('input', (e) => this.edited(this.fromText(this.editor.value), e));
  }

  protected coerce(x: any): Record<string, string> | null {
    if (x == null || typeof x === 'string')
      return x == null ? null : this.fromText(x);
    return x instanceof Map ? Object.fromEntries(x) : {...js(x)};
  }

  protected show(): void {this.editor.value = this.toText(this.current);}

  protected override toText(x: Record<string, string> | null): string {
    return Object.entries(x ?? {}).map(([name, text]) => `${name}: ${text}`).join('\n');
  }

  protected override fromText(x: string): Record<string, string> {
    return Object.fromEntries(x.split('\n').filter((line) => line.trim() !== '').map((line) => {
      const colon = line.indexOf(':');
      return colon < 0 ? [line.trim(), ''] : [line.slice(0, colon).trim(), line.slice(colon + 1).trim()];
    }));
  }
}
