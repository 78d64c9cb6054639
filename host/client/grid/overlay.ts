import type {GridHandle} from './grid-handle.ts';

const made = new WeakMap<GridHandle, HTMLCanvasElement>();

/**
 * A canvas over the whole grid, for packages that measure it or draw on it (`grid.canvas`, `grid.overlay`). Cells are
 * not on it: they are elements. It lets the mouse through, follows the grid's size and is empty after a change of it.
 */
export function canvasOver(grid: GridHandle): HTMLCanvasElement {
  let canvas = made.get(grid);
  if (canvas != null)
    return canvas;
  canvas = document.createElement('canvas');
  canvas.className = 'd4-grid-overlay';
  made.set(grid, canvas);
  grid.body.append(canvas);
  fit(grid, canvas);
  grid.bus.on('d4-viewer-resized', () => fit(grid, canvas));
  return canvas;
}

function fit(grid: GridHandle, canvas: HTMLCanvasElement): void {
  const scale = window.devicePixelRatio || 1;
  canvas.width = Math.round(grid.body.clientWidth * scale);
  canvas.height = Math.round(grid.body.clientHeight * scale);
}
