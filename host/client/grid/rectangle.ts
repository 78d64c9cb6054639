import * as DG from 'datagrok-api/dg';
import {define} from '../interop/define.ts';
import type {Box} from '../viewers/gestures.ts';

/** How `DG.Rect` crosses the border: four numbers at a time, in an array that the caller owns. */
export function defineRectangleFunctions(): void {
  define({
    Rect_Pack: (box: Box, numbers: Float64Array) => numbers.set([box.x, box.y, box.width, box.height]),
    Rect_Unpack: ([x, y, width, height]: Float64Array) => new DG.Rect(x, y, width, height),
  });
}
