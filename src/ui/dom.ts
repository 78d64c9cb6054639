/** An element with classes and children. Children that are texts become text nodes, never markup. */
export function element<K extends keyof HTMLElementTagNameMap>(tag: K, classes: string,
  ...children: (Node | string | null | undefined)[]): HTMLElementTagNameMap[K] {
  const e = document.createElement(tag);
  e.className = classes;
  e.append(...children.filter((child): child is Node | string => child != null));
  return e;
}

export function div(classes: string, ...children: (Node | string | null | undefined)[]): HTMLDivElement {
  return element('div', classes, ...children);
}
