import {commonProperties, tooltipProperties} from '../viewers/common-properties.ts';
import {bool, choice, int, list, text, type PropertySpec} from '../viewers/property-list.ts';

/**
 * Settings of a grid. Names are those of the published settings interface; where the platform's default is not known,
 * it is a guess: row height, header height, gridlines.
 */
export const gridProperties: PropertySpec[] = [
  ...commonProperties,
  ...tooltipProperties,
  int('rowHeight', 26, 'Rows', {min: 14, max: 400}),
  bool('showRowHeader', true, 'Rows'),
  bool('showRowGridlines', true, 'Rows'),
  bool('showCurrentRowIndicator', true, 'Rows'),
  bool('showMouseOverRowIndicator', true, 'Rows'),
  bool('autoScrollRowIntoView', true, 'Rows', {description: 'Scroll to the row that another viewer made current'}),
  bool('allowRowSelection', true, 'Rows'),
  bool('allowBlockSelection', true, 'Rows', {description: 'Shift+drag selects rows, Ctrl+Shift+drag deselects'}),
  int('colHeaderHeight', null as any, 'Columns', {min: 16, max: 400}),
  bool('showColumnLabels', true, 'Columns'),
  bool('showColumnGridlines', true, 'Columns'),
  bool('showColumnTooltip', true, 'Columns'),
  bool('allowColReordering', true, 'Columns'),
  bool('allowColResizing', true, 'Columns'),
  bool('syncNewColumns', true, 'Columns', {description: 'Show columns that are added to the table later'}),
  int('frozenColumns', 1, 'Columns', {min: 0, max: 20, description: 'Columns that stay when scrolling; the row header counts'}),
  bool('allowSorting', true, 'Sorting'),
  list('sortByColumnNames', [], 'Sorting'),
  list('sortTypes', [], 'Sorting', {description: 'True for ascending, one per column'}),
  choice('colorCoding', ['Auto', 'All', 'None'], 'Auto', 'Colors'),
  text('defaultCellFont', '', 'Style'),
  text('colHeaderFont', '', 'Style'),
  bool('showCurrentCellOutline', true, 'Style'),
  bool('showCellTooltip', true, 'Tooltip'),
  bool('showVisibleColumnsInTooltip', false, 'Tooltip'),
  bool('allowChangeCurrentObject', true, 'General',
    {description: 'A row or a column that is clicked goes to the context panel'}),
];
