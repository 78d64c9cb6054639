import * as DG from 'datagrok-api/dg';
import type {GridCellHandle} from './grid-cell.ts';
import {CellRenderEvent} from './cell-render-event.ts';
import {rendererOf} from './cell-renderers.ts';

/**
 * Element for a cell, made when it comes into view. In this order: `onCellPrepare` (text, colours, an element),
 * `onCellRender` (may paint under the text, or prevent it), the column's renderer, the text, `onCellRendered` (may
 * paint over it). Values go in as text, never as markup.
 */
export function cellContent(cell: GridCellHandle): HTMLElement {
  const grid = cell.grid;
  grid.prepare(cell);
  const root = document.createElement('div');
  root.className = `d4-grid-cell d4-grid-${cell.gridColumn.alignment}`;
  const before = new CellRenderEvent(cell);
  grid.bus.fire('d4-grid-cell-render', before);
  if (before.canvas != null)
    root.append(before.canvas);
  if (!before.isDefaultPrevented)
    fill(root, cell);
  const after = new CellRenderEvent(cell);
  grid.bus.fire('d4-grid-cell-rendered', after);
  if (after.canvas != null)
    root.append(after.canvas);
  return root;
}

function fill(root: HTMLElement, cell: GridCellHandle): void {
  const element = cell.style.get('element');
  applyStyle(root, cell);
  const renderer = element == null ? rendererOf(cell) : null;
  if (element instanceof HTMLElement)
    root.append(element);
  else if (renderer != null)
    root.append(painted(cell, renderer));
  else if (cell.cellType === 'bool' && cell.customText == null)
    root.append(...check(cell.value));
  else {
    const text = document.createElement('span');
    text.className = 'd4-grid-text';
    text.textContent = cell.text;
    root.append(text);
  }
}

/** Colours and font: what the cell's style says, then colour coding, then what the grid says for all. */
export function applyStyle(root: HTMLElement, cell: GridCellHandle): void {
  const {style, grid, gridColumn} = cell;
  const css = root.style;
  const coded = grid.colors.of(cell);
  const back = style.get('backColor') ?? (gridColumn.isTextColorCoded ? null : coded) ??
    (cell.isTableCell ? gridColumn.backColor : null);
  const text = style.get('textColor') ?? (coded == null ? null :
    gridColumn.isTextColorCoded ? coded : back === coded ? DG.Color.getContrastColor(coded) : null);
  if (back != null)
    css.backgroundColor = DG.Color.toHtml(back);
  if (text != null)
    css.color = DG.Color.toHtml(text);
  const font = style.get('font') ?? grid.look.get(cell.isColHeader ? 'colHeaderFont' : 'defaultCellFont');
  if (font)
    css.font = font;
  // Flex boxes say left and right by start and end.
  const align: Record<string, string> = {left: 'flex-start', right: 'flex-end', center: 'center'};
  if (style.get('horzAlign') != null)
    css.justifyContent = align[style.get('horzAlign')] ?? '';
  if (style.get('vertAlign') != null)
    css.alignItems = {top: 'flex-start', bottom: 'flex-end'}[style.get('vertAlign') as string] ?? 'center';
  if (style.get('marginLeft') != null && style.get('marginLeft') !== '')
    css.paddingLeft = `${style.get('marginLeft')}px`;
  if (style.get('textVertical'))
    root.classList.add('d4-grid-vertical');
  if (style.get('textWrap') != null && style.get('textWrap') !== 'none')
    root.classList.add('d4-grid-wrap');
}

/** A mark for true; false and a missing value are told apart by the frame around nothing. */
function check(value: unknown): HTMLElement[] {
  if (value == null)
    return [];
  const mark = document.createElement('span');
  mark.className = value === true ? 'd4-grid-check d4-grid-checked' : 'd4-grid-check';
  mark.setAttribute('role', 'img');
  mark.setAttribute('aria-label', String(value));
  return [mark];
}

function painted(cell: GridCellHandle, renderer: DG.GridCellRenderer): HTMLElement {
  const event = new CellRenderEvent(cell);
  const {x, y, width, height} = event.bounds;
  const g = event.g;
  try {
    renderer.render(g, x, y, width, height, cell.wrapper, cell.style.wrapper);
  } catch (e) {
    // One bad value must not take the grid down.
    reportError(e);
  }
  return event.canvas!;
}
