import {stateColors, withAlpha} from '../colors.ts';
import type {Box} from '../gestures.ts';
import type {Theme} from '../theme.ts';
import {sizeOf, type MarkerLook, type Points} from './points.ts';

/** Single rows that are marked on the plot; -1: none. */
export interface MarkedRows {
  area: Box;
  points: Points;
  marker: MarkerLook;
  theme: Theme;
  mouseOver: number;
  current: number;
  /** Dashed lines from the current point to the axes. */
  dropLines: boolean;
}

/** Shapes over the points: a ring on the row under the mouse, a green dot on the current row. */
export function rowMarks(m: MarkedRows): any[] {
  const over = place(m, m.mouseOver);
  const current = place(m, m.current);
  return [
    ...over == null ? [] : [circle(over, withAlpha(m.theme.text, 0.35), m.theme.text, 11)],
    ...current == null ? [] : [...m.dropLines ? [drop(m, current)] : [],
      circle(current, stateColors.current, m.theme.background, 12)]];
}

interface Place {cx: number; cy: number; r: number}

function place(m: MarkedRows, row: number): Place | null {
  const i = row < 0 ? -1 : m.points.rows.indexOf(row);
  return i < 0 ? null : {cx: m.area.x + m.points.x[i], cy: m.area.y + m.points.y[i],
    r: Math.max(3, sizeOf(m.marker, row) / 2) + 1.5};
}

const circle = (shape: Place, fill: string, stroke: string, z2: number): any =>
  ({type: 'circle', z2, shape, style: {fill, stroke, lineWidth: 1.5}});

const drop = ({area}: MarkedRows, {cx, cy}: Place): any => ({
  type: 'polyline', shape: {points: [[cx, area.y + area.height], [cx, cy], [area.x, cy]]},
  style: {fill: 'none', stroke: stateColors.current, lineDash: [3, 3]},
});
