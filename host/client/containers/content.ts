import * as ui from 'datagrok-api/ui';

/**
 * What a pane shows, asked for once, when the pane is shown for the first time. A failing factory leaves its message in
 * the pane: one broken pane must not take its neighbours down.
 */
export class LazyContent {
  private asked = false;

  /** @param host where the content is put; @param make `getContent` of the published classes */
  constructor(readonly host: HTMLElement, private readonly make: (() => any) | null) {}

  get isBuilt(): boolean {return this.asked;}

  build(): void {
    if (this.asked)
      return;
    this.asked = true;
    try {
      const content = this.make?.();
      if (content != null)
        this.host.append(content instanceof Node ? content : ui.render(content));
    } catch (e) {
      this.host.append(ui.divText(e instanceof Error ? e.message : String(e), 'd4-pane-error'));
      reportError(e);
    }
  }
}
