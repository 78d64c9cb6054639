/** An element with classes and children. Children that are texts become text nodes, never markup. */
export function element<K extends keyof HTMLElementTagNameMap>(tag: K, classes: string,
  ...children: (Node | string | null | undefined)[]): HTMLElementTagNameMap[K] {
  const e = document.createElement(tag);
  e.className = classes;
  e.append(...children.filter((child): child is Node | string => child != null));
  return e;
}

/** A button that reads as a link: reached by the keyboard too. */
export function linkButton(text: string, run: () => void, tooltip: string): HTMLButtonElement {
  const button = element('button', 'ua-link', text);
  button.type = 'button';
  button.title = tooltip;
  button.addEventListener('click', run);
  return button;
}

export function div(classes: string, ...children: (Node | string | null | undefined)[]): HTMLDivElement {
  return element('div', classes, ...children);
}
