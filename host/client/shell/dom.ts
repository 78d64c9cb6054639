import * as ui from 'datagrok-api/ui';

/** A `div` with classes and content. Strings become text, never markup. */
export function box(classes: string, ...content: (Node | string)[]): HTMLDivElement {
  const div = document.createElement('div');
  div.className = classes;
  div.append(...content);
  return div;
}

export function text(classes: string, value: string): HTMLSpanElement {
  const span = document.createElement('span');
  span.className = classes;
  span.textContent = value;
  return span;
}

/** A clickable icon that the keyboard reaches, with a tooltip that is also its accessible name. */
export function iconButton(icon: string, title: string, onClick: (event: MouseEvent) => void): HTMLButtonElement {
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'shell-icon-button';
  button.setAttribute('aria-label', title);
  button.append(iconOf(icon));
  button.addEventListener('click', onClick);
  ui.tooltip.bind(button, () => button.getAttribute('aria-label') ?? title);
  return button;
}

export function iconOf(name: string): HTMLElement {
  const icon = document.createElement('i');
  icon.className = `grok-icon fal fa-${name}`;
  icon.setAttribute('aria-hidden', 'true');
  return icon;
}

/** Message of a failure with a way to try again. */
export function failure(message: string, retry: () => void): HTMLElement {
  const button = document.createElement('button');
  button.className = 'ui-btn ui-btn-ok';
  button.textContent = 'Retry';
  button.addEventListener('click', retry);
  const root = box('grok-error', text('grok-error-text', message), button);
  root.setAttribute('role', 'alert');
  return root;
}

/** What went wrong, in words: errors of any kind reach the client, the core's objects among them. */
export function messageOf(e: any): string {
  const message = e?.message ?? (typeof e === 'string' ? e : e?.toString?.());
  return message == null || message === '' || message === '[object Object]' ? 'Unknown error' : String(message);
}
