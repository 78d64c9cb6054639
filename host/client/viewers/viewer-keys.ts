import type {ViewerHandle} from './viewer-handle.ts';
import {showProperties} from './property-panel.ts';

/** Keys of every viewer while it has the focus; a click gives it the focus. */
export function installKeys(viewer: ViewerHandle): void {
  const root = viewer.root;
  root.addEventListener('pointerdown', (e) => {
    if (!(e.target as HTMLElement).closest('input, textarea, select, button'))
      root.focus({preventScroll: true});
  });
  root.addEventListener('keydown', (e) => {
    if ((e.target as HTMLElement).closest('input, textarea, select') || !perform(viewer, e))
      return;
    e.preventDefault();
    e.stopPropagation();
  });
}

function perform(viewer: ViewerHandle, e: KeyboardEvent): boolean {
  const selection = viewer.dataFrame?.selection;
  const ctrl = e.ctrlKey || e.metaKey;
  if (e.key === 'Escape' && viewer.root.classList.contains('d4-viewer-full-screen')) {
    toggleFullScreen(viewer);
    return true;
  }
  if (e.key === 'F4') {
    showProperties(viewer);
    return true;
  }
  if (e.altKey && e.code === 'KeyF') {
    toggleFullScreen(viewer);
    return true;
  }
  if (selection == null || !viewer.selectable)
    return false;
  if (e.key === 'Escape' && selection.anyTrue)
    selection.setAll(false);
  else if (ctrl && e.code === 'KeyA')
    selection.setAll(!e.shiftKey);
  else
    return false;
  return true;
}

/** Lets the viewer fill the window, or puts it back. */
export function toggleFullScreen(viewer: ViewerHandle): void {
  viewer.root.classList.toggle('d4-viewer-full-screen');
  viewer.root.focus({preventScroll: true});
}
