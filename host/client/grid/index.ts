import * as DG from 'datagrok-api/dg';
import {registerViewerType} from '../viewers/registry.ts';
import {installFilters} from '../filters/index.ts';
import {defineCellFunctions} from './cell-functions.ts';
import {defineColumnFunctions} from './column-functions.ts';
import {defineGridFunctions} from './grid-functions.ts';
import {gridType} from './grid-type.ts';
import {defineRectangleFunctions} from './rectangle.ts';
import {RowHandler} from './row-handler.ts';

/** Functions of the room `grid`, and its neighbour `filters`. */
export function installGrid(): void {
  defineRectangleFunctions();
  defineGridFunctions();
  defineColumnFunctions();
  defineCellFunctions();
  registerViewerType(gridType);
  installFilters();
  DG.ObjectHandler.register(new RowHandler());
}
