import * as DG from 'datagrok-api/dg';
import type {Box} from '../viewers/gestures.ts';
import {themeAt} from '../viewers/theme.ts';
import type {GridCellHandle} from './grid-cell.ts';
import {rendererOf} from './cell-renderers.ts';

const margin = 6;

/** Paints a cell as the grid shows it onto somebody else's context (`gridCell.render`). Elements are left out. */
export function paintCell(cell: GridCellHandle, g: CanvasRenderingContext2D, area: Box): void {
  cell.grid.prepare(cell);
  const {x, y, width, height} = area;
  const renderer = rendererOf(cell);
  g.save();
  try {
    g.beginPath();
    g.rect(x, y, width, height);
    g.clip();
    if (renderer != null)
      renderer.render(g, x, y, width, height, cell.wrapper, cell.style.wrapper);
    else
      paintText(cell, g, area);
  } finally {
    g.restore();
  }
}

function paintText(cell: GridCellHandle, g: CanvasRenderingContext2D, {x, y, width, height}: Box): void {
  const theme = themeAt(cell.grid.root);
  const coded = cell.grid.colors.of(cell);
  const back = cell.style.get('backColor') ?? coded;
  if (back != null) {
    g.fillStyle = DG.Color.toHtml(back);
    g.fillRect(x, y, width, height);
  }
  const color = cell.style.get('textColor') ?? (coded == null ? null : DG.Color.getContrastColor(coded));
  g.fillStyle = color == null ? theme.text : DG.Color.toHtml(color);
  g.font = cell.style.get('font') ?? `13px ${theme.font}`;
  g.textBaseline = 'middle';
  const align = cell.style.get('horzAlign') ?? cell.gridColumn.alignment;
  g.textAlign = align;
  g.fillText(cell.text, align === 'right' ? x + width - margin : align === 'center' ? x + width / 2 : x + margin,
    y + height / 2);
}
