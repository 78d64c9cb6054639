import {registerViewerType} from '../viewers/registry.ts';
import {installFilters} from '../filters/index.ts';
import {defineCellFunctions} from './cell-functions.ts';
import {defineColumnFunctions} from './column-functions.ts';
import {defineGridFunctions} from './grid-functions.ts';
import {gridType} from './grid-handle.ts';
import {defineRectangleFunctions} from './rectangle.ts';

/** Functions of the room `grid`, and its neighbour `filters`. */
export function installGrid(): void {
  defineRectangleFunctions();
  defineGridFunctions();
  defineColumnFunctions();
  defineCellFunctions();
  registerViewerType(gridType);
  installFilters();
}
