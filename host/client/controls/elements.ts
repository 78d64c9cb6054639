/**
 * Small builders of DOM nodes. Text always goes in as text, never as markup.
 */

/** A new element with classes and children; strings become text nodes. */
export function element<K extends keyof HTMLElementTagNameMap>(tag: K, className = '',
  ...children: (Node | string)[]): HTMLElementTagNameMap[K] {
  const e = document.createElement(tag);
  if (className !== '')
    e.className = className;
  e.append(...children);
  return e;
}

/** Font Awesome icon in the form that `ui.iconFA` makes. */
export function icon(name: string, className = ''): HTMLElement {
  return element('i', `grok-icon fal fa-${name}${className === '' ? '' : ` ${className}`}`);
}

/** The four-bar loader of the platform. */
export function loader(): HTMLElement {
  const root = element('div', 'grok-loader', element('div'), element('div'), element('div'), element('div'));
  root.setAttribute('role', 'progressbar');
  root.setAttribute('aria-label', 'Loading');
  return root;
}

/** Part of the `name` attribute by which the platform's own UI tests find controls: `button-Save-as`. */
export function nameOf(prefix: string, text: string): string {
  return `${prefix}-${text.trim().replace(/\s+/g, '-')}`;
}

/** Readable text of anything thrown: an error, an API error of the core, a string. */
export function messageOf(error: any): string {
  if (error == null)
    return 'Unknown error';
  if (typeof error === 'string')
    return error;
  return error.message || String(error);
}
