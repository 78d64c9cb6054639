import {bool, choice, text, type PropertySpec} from './property-list.ts';

export const rowSets = ['All', 'Filtered', 'Selected', 'SelectedOrCurrent', 'FilteredSelected', 'MouseOverGroup',
  'CurrentRow', 'MouseOverRow'];
export const visibility = ['Auto', 'Always', 'Never'];
export const sides = ['Left', 'Right', 'Top', 'Bottom'];
export const autoPositions = ['Auto', ...sides, 'RightTop', 'RightBottom', 'LeftTop', 'LeftBottom'];
export const axisTypes = ['linear', 'logarithmic'];

/** Aggregations that the charts offer; names as in `DG.AGG`. */
export const aggregations = ['count', 'values', 'unique', 'nulls', 'min', 'max', 'sum', 'avg', 'med', 'stdev', 'variance',
  'q1', 'q2', 'q3', 'first', '#selected'];

/** Properties that every viewer has. */
export const commonProperties: PropertySpec[] = [
  choice('rowSource', rowSets, 'Filtered', 'Data', {description: 'Which rows the viewer shows'}),
  text('filter', '', 'Data', {description: 'Formula over columns, such as ${age} > 18; rows that fail it are left out'}),
  text('table', null, 'Data'),
  text('title', '', 'Description'),
  bool('showTitle', true, 'Description'),
  text('description', '', 'Description'),
  text('help', '', 'Description'),
  choice('descriptionPosition', sides, 'Top', 'Description'),
  choice('descriptionVisibilityMode', visibility, 'Auto', 'Description'),
  bool('showContextMenu', true, 'General'),
  bool('allowDynamicMenus', true, 'General'),
];

/** Properties of viewers with a legend. */
export const legendProperties: PropertySpec[] = [
  choice('legendVisibility', visibility, 'Auto', 'Legend'),
  choice('legendPosition', autoPositions, 'Auto', 'Legend'),
];

/** Properties of viewers that show tooltips of rows or of groups of rows. */
export const tooltipProperties: PropertySpec[] = [
  choice('showTooltip', ['inherit from table', 'show custom tooltip', 'do not show'], 'inherit from table', 'Tooltip'),
  text('rowTooltip', '', 'Tooltip', {description: 'Names of columns, one per line'}),
];

/** Properties of viewers painted on a canvas. */
export const chartProperties: PropertySpec[] = [
  bool('autoLayout', true, 'Style', {description: 'Leave out axes, legend and selectors when there is no room'}),
  text('controlsFont', '', 'Style'),
];
