const path = require('path');

// The platform provides these as globals; a bundle of its own copies would not share observables, dates and elements.
const externals = {
  'datagrok-api/dg': 'DG',
  'datagrok-api/grok': 'grok',
  'datagrok-api/ui': 'ui',
  'rxjs': 'rxjs',
  'rxjs/operators': 'rxjs.operators',
  'cash-dom': '$',
  'dayjs': 'dayjs',
  'wu': 'wu',
};

const library = 'usageanalysis';

module.exports = (_env, argv = {}) => ({
  mode: argv.mode ?? 'production',
  cache: {type: 'filesystem', cacheDirectory: path.resolve(__dirname, 'node_modules', '.cache', 'webpack')},
  entry: {
    package: {import: './src/package.ts', filename: 'package.js', library: {type: 'var', name: library}},
    ...(require('fs').existsSync(path.join(__dirname, 'src', 'package-test.ts')) ? {
      test: {import: './src/package-test.ts', filename: 'package-test.js', library: {type: 'var', name: `${library}_test`}},
    } : {}),
  },
  resolve: {extensions: ['.ts', '.js', '.json'], extensionAlias: {'.js': ['.ts', '.js']}},
  module: {
    rules: [
      {test: /\.ts$/, loader: 'ts-loader', options: {transpileOnly: true, configFile: 'tsconfig.json'}, exclude: /node_modules/},
      {test: /\.css$/, use: ['style-loader', 'css-loader']},
    ],
  },
  devtool: 'source-map',
  externals,
  // Parts that are loaded later lie beside the bundle, wherever the platform serves it from.
  output: {path: path.resolve(__dirname, 'dist'), clean: {keep: /package\.d\.ts/}, publicPath: 'auto', chunkFilename: '[name].js',
    uniqueName: library},
  // Names of classes are compared at run time by the platform's published classes.
  optimization: {minimize: (argv.mode ?? 'production') === 'production'},
  performance: {hints: false},
  stats: 'errors-warnings',
});
