/** The page's colours, kept between visits; `theme-start.ts` applies them before the first paint. */
export type Theme = 'light' | 'dark';

export function currentTheme(): Theme {
  return document.documentElement.dataset.theme === 'dark' ? 'dark' : 'light';
}

/** Viewers that paint by themselves look the colours up again when the window is resized. */
export function setTheme(theme: Theme): void {
  document.documentElement.dataset.theme = theme;
  localStorage.setItem('theme', theme);
  window.dispatchEvent(new CustomEvent('shell-theme-changed', {detail: theme}));
}
