/** Colours and font of the page as the canvas needs them. */
export interface Theme {
  text: string;
  textLight: string;
  line: string;
  gridLine: string;
  background: string;
  faded: string;
  font: string;
}

/** Reads the page's CSS variables at an element. */
export function themeAt(element: Element): Theme {
  const style = getComputedStyle(element);
  const value = (name: string): string => style.getPropertyValue(name).trim();
  return {
    text: value('--text-color'), textLight: value('--text-color-light'), line: value('--grey-3'),
    gridLine: value('--grey-2'), background: value('--white'), faded: value('--grey-3'),
    font: style.fontFamily || 'Roboto, sans-serif',
  };
}

const listeners = new Set<() => void>();
let observer: MutationObserver | null = null;

/** Calls back when the page switches between light and dark. Returns the way to stop. */
export function onThemeChanged(changed: () => void): () => void {
  observer ??= new MutationObserver(() => listeners.forEach((f) => f()));
  if (listeners.size === 0)
    observer.observe(document.documentElement, {attributes: true, attributeFilter: ['data-theme']});
  listeners.add(changed);
  return () => {
    listeners.delete(changed);
    if (listeners.size === 0)
      observer?.disconnect();
  };
}
