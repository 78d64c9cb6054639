import * as DG from 'datagrok-api/dg';
import type {ViewerType} from '../viewers/viewer-type.ts';
import {GridHandle} from './grid-handle.ts';
import {gridProperties} from './grid-properties.ts';

export const gridType: ViewerType = {
  name: DG.VIEWER.GRID,
  description: 'Rows and columns of the table',
  look: 'GridLook',
  css: 'd4-grid',
  properties: gridProperties,
  create: (type) => new GridHandle(type),
};
