import {showMenu} from './viewer-menu.ts';
import {showProperties} from './property-panel.ts';
import type {ViewerHandle} from './viewer-handle.ts';

/** What is around the picture: title line, description, icons on hover, a message when there is no picture. */
export class ViewerChrome {
  readonly body = document.createElement('div');
  private readonly title = document.createElement('div');
  private readonly titleText = document.createElement('textarea');
  private readonly description = document.createElement('div');
  private readonly icons = document.createElement('div');
  private readonly note = document.createElement('div');

  constructor(private viewer: ViewerHandle) {
    this.body.className = 'd4-viewer-body';
    this.title.className = 'd4-viewer-title';
    this.titleText.readOnly = true;
    this.titleText.rows = 1;
    this.titleText.tabIndex = -1;
    this.titleText.setAttribute('aria-label', 'Title');
    this.title.append(this.titleText);
    this.description.className = 'd4-viewer-description';
    this.icons.className = 'd4-viewer-icons';
    this.icons.append(
      this.icon('fa-bars', 'Menu', (e) => showMenu(viewer, e)),
      this.icon('fa-cog', 'Properties', () => showProperties(viewer)));
    this.note.className = 'd4-viewer-message';
    this.note.setAttribute('role', 'status');
    this.body.append(this.note);
    viewer.root.append(this.body, this.icons);
    viewer.root.addEventListener('contextmenu', (e) => {
      if (viewer.look.get('showContextMenu') === false)
        return;
      e.preventDefault();
      showMenu(viewer, e);
    });
  }

  /** Brings title and description in line with the look. */
  update(): void {
    const look = this.viewer.look;
    const title = look.get('showTitle') === false ? '' : look.get('title') ?? '';
    this.titleText.textContent = title;
    this.titleText.value = title;
    this.title.title = title;
    this.place(this.title, title !== '', 'Top');
    const description = look.get('description') ?? '';
    const shown = description !== '' && look.get('descriptionVisibilityMode') !== 'Never';
    this.description.textContent = description;
    this.place(this.description, shown, look.get('descriptionPosition'));
    this.viewer.root.setAttribute('aria-label', title === '' ? this.viewer.kind : `${this.viewer.kind}: ${title}`);
  }

  /** Shows words in place of the picture; null takes them away. */
  message(text: string | null): void {
    this.note.textContent = text ?? '';
    this.body.classList.toggle('d4-viewer-no-picture', text != null);
  }

  private place(element: HTMLElement, shown: boolean, side: string): void {
    element.remove();
    this.viewer.root.classList.toggle('d4-viewer-row', this.viewer.look.get('description') &&
      ['Left', 'Right'].includes(this.viewer.look.get('descriptionPosition')));
    if (!shown)
      return;
    if (side === 'Bottom' || side === 'Right')
      this.body.after(element);
    else
      this.body.before(element);
  }

  private icon(name: string, caption: string, run: (e: MouseEvent) => void): HTMLElement {
    const icon = document.createElement('i');
    icon.className = `grok-icon fal ${name}`;
    icon.setAttribute('role', 'button');
    icon.setAttribute('aria-label', caption);
    icon.title = caption;
    icon.addEventListener('click', (e) => {
      e.stopPropagation();
      run(e);
    });
    return icon;
  }
}
