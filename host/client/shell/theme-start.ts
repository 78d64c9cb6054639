/** Sets the theme before the first paint, so that a dark page never flashes white. */
const stored = localStorage.getItem('theme');
const dark = stored != null ? stored === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches;
document.documentElement.dataset.theme = dark ? 'dark' : 'light';
