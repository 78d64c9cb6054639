/** Paths in the UI as clicks report them: parts separated by ` / `; `Package:Function` tells who drew the part. */
export const CLICK_PATHS: readonly {kind: string; path: string}[] = [
  ...paths('click', ['Shell / Toolbox / Filters', 'Shell / Sidebar / Browse', 'Shell / Browse / Apps', 'Shell / Browse / Dashboards',
    'Shell / Context Panel / Details', 'Shell / Context Panel / Activity', 'Shell / Ribbon / Save', 'Grid / Column Header',
    'Grid / Cell (right button)', 'Scatter Plot / Legend', 'Scatter Plot / Axis Selector', 'Bar Chart / Bar',
    'Line Chart / Point (right button)', 'Histogram / Range Slider', 'Shell / Tabs / Close', 'Shell / Status Bar / Tasks']),
  ...paths('menu click', ['Add | New Column', 'Data | Aggregate Rows', 'Data | Join Tables', 'Select | Random', 'View | Layout | Save',
    'Chem | Similarity Search', 'Bio | Alignment', 'ML | Cluster', 'File | Open', 'Edit | Undo']),
  ...paths('dialog show', ['Add New Column', 'Join Tables', 'Save Project', 'Share', 'Settings']),
  ...paths('dialog ok', ['Add New Column', 'Join Tables', 'Save Project', 'Share']),
  ...paths('dialog close', ['Add New Column', 'Share', 'Settings']),
  ...paths('input', ['Filters / Range', 'Search / Text', 'Toolbox / Method']),
  ...paths('command', ['CmdToggleContextPanel', 'CmdCloseAll', 'CmdShowConsole']),
  ...paths('navigate', ['/browse', '/apps', '/users', '/queries', '/files']),
  ...paths('dragstart', ['Grid / Column Header']), ...paths('drop', ['Scatter Plot / Axis']), ...paths('dock', ['Bar Chart']),
  ...paths('undock', ['Context Panel']),
];

export const DASHBOARDS = ['Hit Triage', 'Plate Quality', 'Kinase Selectivity', 'Batch Release', 'Enrollment Monitor', 'Safety Signals',
  'Reagent Usage', 'Instrument Load', 'Model Performance', 'Lead Series Review', 'Fermentation Overview', 'Expression Browser',
  'Stability Summary', 'Sample Turnaround', 'Dose Response Library', 'Deviation Pareto', 'Antibody Panel', 'Storage Capacity',
  'Site Comparison', 'Solubility Map', 'Cell Line Comparison', 'Weekly Screening', 'Cohort Explorer', 'Feed Strategy'];

export const TABLE_NAMES = ['compounds', 'plate_0412', 'screen_results', 'batches', 'subjects', 'expression', 'sequences', 'sensors',
  'inventory', 'spectra'];

/** Values that text parameters take. Some are awkward on purpose: commas, quotes, other scripts, a leading sign. */
export const TEXT_VALUES: Readonly<Record<string, readonly string[]>> = {
  structure: ['c1ccccc1', 'CC(=O)Oc1ccccc1C(=O)O', 'CN1C=NC2=C1C(=O)N(C)C(=O)N2C', 'C1CCNCC1'],
  molecule: ['CCO', 'c1ccncc1', 'CC(C)Cc1ccc(cc1)C(C)C(=O)O', 'O=C(O)c1ccccc1'],
  metric: ['tanimoto', 'dice', 'cosine'], method: ['umap', 't-SNE', 'pca', 'random forest'], model: ['4PL', '3PL', 'logistic'],
  project: ['KIN-07', 'GPCR-02', 'ONC "late"', 'misc, other'], study: ['ST-101', 'ST-102', 'ST-204'], batch: ['B-2231', 'B-2232', 'B-2290'],
  status: ['pending', 'done', 'failed'], layout: ['96', '384', '1536'], gene: ['TP53', 'EGFR', 'BRCA1', 'KRAS'],
  scheme: ['IMGT', 'Kabat', 'Chothia'], severity: ['minor', 'major', 'critical'], kind: ['inner', 'left', 'full'],
};
export const OTHER_TEXT = ['alpha', 'beta', 'Zürich run 3', '=SUM(A1)', 'контроль', '対照', '', 'plate <b>7</b>'];

/** Errors of the platform: message, component, frames of the simplified stack, weight. */
export const PLATFORM_ERRORS: readonly {message: string; source: string; frames: string; weight: number}[] = [
  {message: 'NullError: method not found: \'columns\' on null', source: 'Client', frames: 'grid.render;view.refresh', weight: 6},
  {message: 'Connection to the data source timed out', source: 'Connector', frames: 'connector.execute;query.run', weight: 8},
  {message: 'relation "archive.samples_2019" does not exist', source: 'Connector', frames: 'connector.prepare;query.run', weight: 4},
  {message: 'File is too large to preview', source: 'Client', frames: 'files.preview', weight: 3},
  {message: 'Script environment could not be created', source: 'Scripting', frames: 'scripting.prepare;script.run', weight: 3},
  {message: 'ResizeObserver loop completed with undelivered notifications', source: 'Client', frames: 'viewer.resize', weight: 10},
  {message: 'Permission denied: entity is not shared with you', source: 'Server', frames: 'security.check;entity.get', weight: 4},
];

/** Errors that the server logs without anybody's session. */
export const SERVER_ERRORS: readonly {message: string; source: string; frames: string; weight: number}[] = [
  {message: 'Scheduled job did not finish in time', source: 'Server', frames: 'scheduler.tick;job.run', weight: 4},
  {message: 'Storage: slow response from bucket', source: 'Storage', frames: 'storage.get', weight: 3},
  {message: 'Mail server refused the message', source: 'Server', frames: 'mail.send', weight: 1},
  {message: 'Worker restarted after running out of memory', source: 'Scripting', frames: 'worker.start', weight: 2},
];

export const WARNINGS = ['Query returned more rows than the limit', 'Deprecated function called', 'Column types were guessed',
  'Slow connection to the server', 'Cache entry ignored'];

/** What goes wrong inside a function of a package. */
export const FUNCTION_ERRORS = ['Column "{0}" not found', 'Expected a number, got "{0}"', 'Out of memory while computing {0}', 'Empty table'];

export const TESTS = ['loads', 'empty input', 'large table', 'nulls kept', 'round trip'];

export const ROUTES = [['GET', '/api/users/current'], ['GET', '/api/projects'], ['POST', '/api/queries/run'], ['GET', '/api/entities'],
  ['POST', '/api/log'], ['GET', '/api/files/preview']] as const;

function paths(kind: string, list: readonly string[]): {kind: string; path: string}[] {
  return list.map((path) => ({kind, path}));
}
