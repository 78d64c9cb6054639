import * as DG from 'datagrok-api/dg';
import {commonProperties} from '../viewers/common-properties.ts';
import {bool, columns, list} from '../viewers/property-list.ts';
import type {ViewerType} from '../viewers/viewer-type.ts';
import {FiltersHandle} from './filters-handle.ts';

export const filtersType: ViewerType = {
  name: DG.VIEWER.FILTERS,
  description: 'Controls that leave rows out of all viewers of the table',
  look: 'FiltersLook',
  css: 'd4-filters',
  properties: [
    ...commonProperties,
    bool('active', true, 'Data', {description: 'Whether the filters have an effect'}),
    columns('columnNames', 'Data'),
    list('filters', [], 'Data'),
  ],
  create: (type) => new FiltersHandle(type),
};
