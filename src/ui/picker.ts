import * as DG from 'datagrok-api/dg';
import * as ui from 'datagrok-api/ui';

/** Something that can be chosen in a filter. */
export interface Choice {
  /** What the request and the address hold. */
  readonly id: string;
  /** Unique among the choices of one picker. */
  readonly label: string;
  /** Shown beside the label in the list: number of members, category. */
  readonly hint?: string;
}

/** More suggestions than this are not listed; typing narrows them. */
const MOST_SUGGESTIONS = 50;

/**
 * Chooses several of many by typing a part of the name. Ids that are not among the choices (an address from another
 * server, a deleted group) stay chosen and are shown as unknown: they still narrow the result.
 */
export class Picker {
  readonly input: DG.InputBase<any>;
  private choices = new Map<string, Choice>();
  private known = false;

  constructor(caption: string, placeholder: string, changed: (ids: string[]) => void, tooltip: string) {
    this.input = ui.input.tags<string>(caption, {
      tooltipText: tooltip,
      allowNew: false,
      itemToString: (id: string) => this.labelOf(id),
      createTagLabel: (id: string) => this.tagOf(id),
      getSuggestions: async (text: string) => this.matching(text),
    });
    const editor = this.input.root.querySelector('input');
    if (editor != null)
      editor.placeholder = placeholder;
    this.input.onChanged.subscribe(() => changed(this.ids));
  }

  get root(): HTMLElement {return this.input.root;}
  get ids(): string[] {return (this.input.value ?? []) as unknown as string[];}

  /** The choices that exist; called once they are known. */
  offer(choices: Choice[]): void {
    this.choices = new Map(choices.map((choice) => [choice.id, choice]));
    this.known = true;
    this.showIds(this.ids);
  }

  /** Shows what is chosen, without telling anybody that it changed. */
  set(ids: readonly string[]): void {
    if (JSON.stringify(ids) !== JSON.stringify(this.ids))
      this.showIds(ids);
  }

  /** Chosen ids that are not among the choices; empty until the choices are known. */
  get unknown(): string[] {
    return this.known ? this.ids.filter((id) => !this.choices.has(id)) : [];
  }

  labelOf(id: string): string {
    return this.choices.get(id)?.label ?? (this.known ? `Unknown: ${id}` : id);
  }

  private showIds(ids: readonly string[]): void {
    this.input.notify = false;
    this.input.value = [...ids];
    this.input.notify = true;
  }

  private matching(text: string): string[] {
    const words = text.trim().toLowerCase().split(/\s+/);
    const chosen = new Set(this.ids);
    return [...this.choices.values()]
      .filter((c) => !chosen.has(c.id) && words.every((w) => `${c.label} ${c.hint ?? ''}`.toLowerCase().includes(w)))
      .slice(0, MOST_SUGGESTIONS).map((c) => c.id);
  }

  private tagOf(id: string): Element {
    const label = document.createElement('span');
    label.textContent = this.labelOf(id);
    if (this.known && !this.choices.has(id))
      label.className = 'ua-unknown';
    const hint = this.choices.get(id)?.hint;
    if (hint != null)
      label.title = hint;
    return label;
  }
}
