/**
 * Packages of the demo. `launch`: position in the shown range at which people began to adopt it (0 or less: before).
 * `reach`: share of the interested who adopt it in the end. `retire`: position from which use fades away.
 *
 * Functions are declared as `name(input: type, ...): outputType`, most used first; a leading `-` marks one that nobody
 * calls. Queries name their connection after `@`. Scripts name their language after `@`.
 */
export interface PackageWords {
  name: string;
  title: string;
  category: string;
  launch?: number;
  reach: number;
  retire?: number;
  functions: string;
  queries?: string;
  scripts?: string;
  /** What it logs by itself: kind of event, with parameters by type. */
  logs?: string;
}

export const PACKAGES: readonly PackageWords[] = [
  {name: 'CompoundRegistry', title: 'Compound Registry', category: 'Cheminformatics', reach: 0.95,
    functions: 'searchCompounds(structure: string, limit: int): dataframe; registerBatch(table: dataframe, project: string): int; ' +
      'compoundCard(id: string): widget; checkDuplicates(table: dataframe): dataframe; -mergeSalts(table: dataframe): dataframe',
    queries: 'CompoundById(id: string)@CompoundStore; RecentBatches(from: datetime, project: string)@CompoundStore; ' +
      'CompoundsByProject(project: string)@CompoundStore',
    logs: 'compound-registered(compound: string, salt: string, batch: int)'},
  {name: 'MolSketch', title: 'Mol Sketch', category: 'Cheminformatics', reach: 0.9,
    functions: 'sketcherApp(): view; cleanStructure(molecule: string): string; toSmiles(molecule: string): string; ' +
      '-toInchi(molecule: string): string'},
  {name: 'SimilarityLab', title: 'Similarity Lab', category: 'Cheminformatics', reach: 0.75,
    functions: 'similaritySearch(table: dataframe, molecules: column, metric: string, cutoff: double): dataframe; ' +
      'diversityPick(table: dataframe, molecules: column, count: int): dataframe; chemicalSpace(table: dataframe, method: string): view; ' +
      'scaffoldTree(table: dataframe): view; -activityCliffs(table: dataframe, cutoff: double): view',
    scripts: 'Butina Clustering(table: dataframe, cutoff: double)@python; Descriptor Table(table: dataframe)@python',
    logs: 'similarity-run(metric: string, rows: int, cutoff: double)'},
  {name: 'AdmetForecast', title: 'ADMET Forecast', category: 'Cheminformatics', launch: 0.22, reach: 0.8,
    functions: 'predictAdmet(table: dataframe, molecules: column, models: list): dataframe; admetPanel(molecule: string): widget; ' +
      'modelCard(model: string): widget; -retrainModel(model: string): bool',
    scripts: 'ADMET Batch(table: dataframe)@python', logs: 'prediction-made(model: string, molecules: int)'},
  {name: 'RetroRoute', title: 'Retro Route', category: 'Cheminformatics', launch: 0.55, reach: 0.6,
    functions: 'planSynthesis(molecule: string, steps: int): dataframe; routeView(route: string): view; -exportRoute(route: string): string'},
  {name: 'DockingDesk', title: 'Docking Desk', category: 'Cheminformatics', reach: 0.3, retire: 0.6,
    functions: 'dockLigands(table: dataframe, target: string, poses: int): dataframe; poseViewer(pose: string): view; ' +
      '-rescorePoses(table: dataframe): dataframe', scripts: 'Prepare Receptor(target: string)@python'},
  {name: 'SeqTools', title: 'Sequence Tools', category: 'Bioinformatics', reach: 0.85,
    functions: 'alignSequences(table: dataframe, sequences: column, gap: double): dataframe; translateDna(sequence: string): string; ' +
      'sequenceLogo(table: dataframe): view; searchMotif(table: dataframe, motif: string): dataframe; -codonUsage(table: dataframe): dataframe',
    queries: 'SequencesByTarget(target: string)@SequenceDb', logs: 'alignment-done(method: string, sequences: int)'},
  {name: 'PlasmidMap', title: 'Plasmid Map', category: 'Bioinformatics', reach: 0.4,
    functions: 'openPlasmid(file: string): view; annotateFeatures(file: string): dataframe; -simulateDigest(file: string, enzyme: string): dataframe'},
  {name: 'ExpressionAtlas', title: 'Expression Atlas', category: 'Bioinformatics', reach: 0.6,
    functions: 'differentialExpression(table: dataframe, groups: column, alpha: double): dataframe; volcanoView(table: dataframe): view; ' +
      'geneCard(gene: string): widget', queries: 'ExpressionByGene(gene: string)@OmicsLake; SamplesByTissue(tissue: string)@OmicsLake',
    scripts: 'Normalize Counts(table: dataframe)@r'},
  {name: 'AntibodyBench', title: 'Antibody Bench', category: 'Bioinformatics', launch: 0.4, reach: 0.55,
    functions: 'numberDomains(table: dataframe, scheme: string): dataframe; liabilityScan(table: dataframe): dataframe; ' +
      '-humannessScore(table: dataframe): dataframe', logs: 'scheme-chosen(scheme: string)'},
  {name: 'AssayPlates', title: 'Assay Plates', category: 'Assays', reach: 0.95,
    functions: 'importPlate(file: string, layout: string): dataframe; plateHeatmap(table: dataframe): view; ' +
      'normalizePlate(table: dataframe, control: string): dataframe; zPrime(table: dataframe): double; -barcodeLookup(barcode: string): string',
    queries: 'PlatesByBarcode(barcode: string)@AssayDb; PlatesOfWeek(from: datetime)@AssayDb',
    logs: 'plate-imported(format: string, wells: int, quality: double)'},
  {name: 'CurveFit', title: 'Curve Fit', category: 'Assays', reach: 0.9,
    functions: 'fitDoseResponse(table: dataframe, concentration: column, response: column, model: string): dataframe; ' +
      'curveEditor(table: dataframe): view; compareCurves(table: dataframe): view; -globalFit(table: dataframe): dataframe',
    scripts: 'Bootstrap Ic50(table: dataframe, runs: int)@r', logs: 'curve-flagged(reason: string)'},
  {name: 'StudyPlanner', title: 'Study Planner', category: 'Assays', launch: 0.7, reach: 0.5,
    functions: 'newStudy(title: string, species: string): view; randomizeGroups(table: dataframe, groups: int): dataframe; ' +
      'studyTimeline(study: string): view'},
  {name: 'CellCounter', title: 'Cell Counter', category: 'Imaging', reach: 0.5,
    functions: 'countCells(image: string, threshold: double): int; segmentImage(image: string): view; -trackCells(folder: string): dataframe',
    scripts: 'Segment Nuclei(image: string)@python'},
  {name: 'SpectraView', title: 'Spectra View', category: 'Imaging', reach: 0.45, retire: 0.75,
    functions: 'openSpectrum(file: string): view; pickPeaks(file: string, threshold: double): dataframe; -baseline(file: string): dataframe'},
  {name: 'ModelHub', title: 'Model Hub', category: 'Machine Learning', reach: 0.8,
    functions: 'trainModel(table: dataframe, target: column, method: string): string; applyModel(table: dataframe, model: string): dataframe; ' +
      'modelReport(model: string): view; featureImportance(model: string): dataframe; -exportOnnx(model: string): string',
    scripts: 'Gradient Boosting(table: dataframe, trees: int)@python; Cross Validation(table: dataframe, folds: int)@python',
    logs: 'model-trained(method: string, rows: int, score: double)'},
  {name: 'ClusterWorks', title: 'Cluster Works', category: 'Machine Learning', reach: 0.65,
    functions: 'reduceDimensions(table: dataframe, method: string): dataframe; clusterRows(table: dataframe, clusters: int): dataframe; ' +
      '-consensusClusters(table: dataframe): dataframe'},
  {name: 'NotebookBridge', title: 'Notebook Bridge', category: 'Machine Learning', launch: 0.62, reach: 0.35,
    functions: 'openNotebook(name: string): view; runNotebook(name: string): dataframe'},
  {name: 'TrialScope', title: 'Trial Scope', category: 'Clinical', reach: 0.9,
    functions: 'patientProfile(subject: string): view; adverseEvents(study: string): dataframe; labOutliers(study: string, sigma: double): dataframe; ' +
      'enrollmentChart(study: string): view; -visitWindows(study: string): dataframe',
    queries: 'SubjectsByStudy(study: string)@ClinicalMart; AdverseEventsByStudy(study: string, from: datetime)@ClinicalMart',
    logs: 'subject-opened(study: string, visit: int)'},
  {name: 'SurvivalKit', title: 'Survival Kit', category: 'Clinical', reach: 0.5,
    functions: 'kaplanMeier(table: dataframe, time: column, event: column): view; coxModel(table: dataframe): dataframe',
    scripts: 'Log Rank Test(table: dataframe)@r'},
  {name: 'BatchRecord', title: 'Batch Record', category: 'Engineering', reach: 0.85,
    functions: 'openBatch(batch: string): view; compareBatches(table: dataframe): view; deviationReport(batch: string): view; ' +
      '-archiveBatch(batch: string): bool',
    queries: 'BatchesOfLine(line: string, from: datetime)@PlantHistorian; SensorTrace(batch: string, sensor: string)@PlantHistorian',
    logs: 'deviation-logged(severity: string, step: int)'},
  {name: 'BioreactorSim', title: 'Bioreactor Simulator', category: 'Engineering', reach: 0.7,
    functions: 'simulateFedBatch(volume: double, feed: double, hours: int): dataframe; fitKinetics(table: dataframe): dataframe; ' +
      'optimizeFeed(volume: double, target: double): dataframe; -perfusionMode(volume: double): dataframe'},
  {name: 'DesignOfExperiments', title: 'Design of Experiments', category: 'Engineering', launch: 0.3, reach: 0.65,
    functions: 'createDesign(factors: int, kind: string): dataframe; analyzeEffects(table: dataframe): view; -augmentDesign(table: dataframe): dataframe'},
  {name: 'StabilityTracker', title: 'Stability Tracker', category: 'Engineering', reach: 0.4,
    functions: 'shelfLife(table: dataframe, confidence: double): double; stabilityChart(product: string): view'},
  {name: 'ChartGallery', title: 'Chart Gallery', category: 'Visualization', reach: 0.85,
    functions: 'sankeyViewer(): view; sunburstViewer(): view; timelinesViewer(): view; radarViewer(): view; -chordViewer(): view'},
  {name: 'GeoLayers', title: 'Geo Layers', category: 'Visualization', reach: 0, functions: '-mapViewer(): view; -geocode(address: string): string'},
  {name: 'FileBrowserPlus', title: 'File Browser Plus', category: 'Data Access', reach: 0.8,
    functions: 'previewFile(file: string): view; searchFiles(folder: string, text: string): dataframe; -syncFolder(folder: string): int'},
  {name: 'LimsConnector', title: 'LIMS Connector', category: 'Data Access', reach: 0.6,
    functions: 'pullSamples(from: datetime, status: string): dataframe; pushResults(table: dataframe): int',
    queries: 'SamplesByStatus(status: string)@LimsDb; PendingResults(from: datetime)@LimsDb', logs: 'samples-synced(samples: int, status: string)'},
  {name: 'AdminConsole', title: 'Admin Console', category: 'Administration', reach: 0.7,
    functions: 'healthPanel(): widget; quotaReport(group: string): dataframe; -rotateKeys(): bool'},
  {name: 'LegacyImporter', title: 'Legacy Importer', category: 'Data Access', reach: 0, functions: '-importSdf(file: string): dataframe; -importJdx(file: string): dataframe'},
];

/** The package whose release breaks, and the one that logs nothing unusual but has a query that gets slow. */
export const INCIDENT_PACKAGE = 'AssayPlates';
export const SLOW_QUERY = 'SensorTrace';

/** Functions of the platform itself: they have no package. */
export const CORE_FUNCTIONS = 'OpenFile(path: string): dataframe; AddNewColumn(table: dataframe, expression: string): column; ' +
  'JoinTables(first: dataframe, second: dataframe, kind: string): dataframe; Aggregate(table: dataframe): dataframe; ' +
  'PivotTable(table: dataframe): dataframe; MissingValues(table: dataframe): dataframe; -Transpose(table: dataframe): dataframe';

/** Queries and scripts that people made themselves, outside packages. */
export const OWN_QUERIES = ['Weekly IC50 Summary', 'Open Deviations', 'Samples Without Results', 'Kinase Panel Export',
  'Cohort Demographics', 'Feed Rates By Batch', 'Freezer Inventory', 'Reagent Lots', 'Dose Escalation Check',
  'Instrument Uptime', 'Sequence Backlog', 'Old Inventory'];
export const OWN_SCRIPTS = ['Plate Edge Effects', 'Quick PCA', 'Growth Curve Fit', 'Cohort Matching', 'Peak Table Cleanup',
  'Solubility Estimate', 'Unit Conversion'];

export const CONNECTIONS: readonly {name: string; source: string}[] = [
  {name: 'CompoundStore', source: 'Oracle'}, {name: 'SequenceDb', source: 'Postgres'}, {name: 'OmicsLake', source: 'Snowflake'},
  {name: 'AssayDb', source: 'Postgres'}, {name: 'ClinicalMart', source: 'MS SQL'}, {name: 'PlantHistorian', source: 'MariaDB'},
  {name: 'LimsDb', source: 'Oracle'}, {name: 'InstrumentFiles', source: 'S3'}, {name: 'SharedDrive', source: 'Files'},
  {name: 'ArchiveWarehouse', source: 'Redshift'},
];
