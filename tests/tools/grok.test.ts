import assert from 'node:assert/strict';
import {existsSync, readFileSync, readdirSync} from 'node:fs';
import {gzipSync} from 'node:zlib';
import path from 'node:path';
import {after, before, test} from 'node:test';
import * as esbuild from 'esbuild';
import {root, startHost, type TestHost} from '../support/host.ts';
import {copyPackage, filesUnder, grokTools, makePackage, readReport, type Grok} from './grok.ts';

const COLUMNS = ['date', 'category', 'name', 'success', 'result', 'ms', 'skipped', 'logs', 'owner', 'package',
  'widgetsDifference', 'flaking', 'stress_test', 'benchmark'];

let grok: Grok;
let host: TestHost;
let folder: string;

before(async () => {
  grok = grokTools();
  folder = copyPackage(grok);
  // The package itself comes by publication.
  host = await startHost({packageFolders: [], dataFolder: grok.data, until: new Date()});
  grok.configure(host.url);
});
after(async () => {
  await host?.close();
  grok?.close();
});

/** Tests that must have run: those in the sources, and one for each query that has a `--test` line. */
function expected(): {queries: string[], written: number} {
  const sql = readdirSync(path.join(root, 'queries')).map((file) => readFileSync(path.join(root, 'queries', file), 'utf8'));
  const queries = sql.flatMap((text) => [...text.matchAll(/^--test: (\w+)\(/gm)].map(([, name]) => name));
  return {queries: queries.sort(), written: 7 + 6 + 3};
}

test('grok test builds, publishes and runs the tests of this package', {timeout: 300_000}, async () => {
  const report = path.join(folder, 'all.csv');
  const {code, output} = await grok.run(folder, 'test', '--host', 'localhost', '--csv', report);
  assert.equal(code, 0, output);
  const rows = readReport(report);
  // The tool orders them, and then has the core change types of three, which puts these last.
  assert.deepEqual(Object.keys(rows[0]).sort(), [...COLUMNS].sort());
  if (process.env.VERBOSE)
    console.error(rows.map((row) => `${row.ms} ${row.category}/${row.name}`).join('\n'));
  assert.deepEqual(rows.filter((row) => row.success !== 'true' || row.skipped !== 'false')
    .map((row) => `${row.category}/${row.name}: ${row.result}`), []);
  const {queries, written} = expected();
  const names = (category: string): string[] => rows.filter((row) => row.category === category).map((row) => row.name);
  assert.deepEqual(names('Auto Tests').sort(), queries);
  assert.equal(['Tabs', 'Panes', 'Queries'].reduce((sum, one) => sum + names(one).length, 0), written, output);
});

test('what was published is what belongs to the package, within its size', () => {
  const [[place, size]] = [...filesUnder(grok.data)].filter(([file]) => file.endsWith('dist/package.js'));
  const published = path.join(grok.data, place, '..', '..');
  const files = filesUnder(published);
  const rooms = new Set([...files.keys()].map((file) => file.split(path.sep)[0]));
  assert.deepEqual([...rooms].sort(), ['CHANGELOG.md', 'README.md', 'dist', 'files', 'images', 'package.json', 'queries',
    'scripts', 'src', 'timestamps.json', 'webpack.config.js']);
  assert.deepEqual([...files.keys()].filter((file) => file.startsWith('src')).sort(),
    ['src/package-api.ts', 'src/package-test.ts', 'src/package.ts']);
  // Bundles are production builds with their maps; everything that a page loads has a budget.
  assert.ok(size <= 250_000, `dist/package.js has ${size} bytes`);
  const bundles = [...files].filter(([file]) => /^dist.*\.js$/.test(file));
  for (const [file, bytes] of bundles) {
    assert.ok(files.has(`${file}.map`), `${file} has no map`);
    assert.ok(bytes <= 250_000, `${file} has ${bytes} bytes`);
    const text = readFileSync(path.join(published, file), 'utf8');
    assert.ok(text.split('\n').length < 20, `${file} is not minified`);
  }
  const zipped = [...files.keys()]
    .reduce((sum, file) => sum + gzipSync(readFileSync(path.join(published, file))).length, 0);
  console.log(`Published: ${files.size} files, about ${Math.round(zipped / 1000)} KB compressed; package.js ` +
    `${Math.round(size / 1000)} KB, all bundles ${Math.round(bundles.reduce((sum, [, bytes]) => sum + bytes, 0) / 1000)} KB`);
  assert.ok(zipped <= 900_000, `${zipped} bytes compressed`);
});

test('grok check has nothing to say, and grok api changes nothing', {timeout: 120_000}, async () => {
  const check = await grok.run(folder, 'check');
  assert.deepEqual(check, {code: 0, output: ''});
  const kept = ['package-api.ts'].map((file) => path.join('src', file));
  const {code, output} = await grok.run(folder, 'api');
  assert.equal(code, 0, output);
  for (const file of kept)
    assert.equal(readFileSync(path.join(folder, file), 'utf8'), readFileSync(path.join(root, file), 'utf8'),
      `${file} is not what grok api makes: run npx grok api, and commit it`);
  assert.equal(existsSync(path.join(folder, 'src', 'package.g.ts')), false);
});

test('grok test --skip-build --skip-publish runs what is published', {timeout: 120_000}, async () => {
  const report = path.join(folder, 'some.csv');
  const {code, output} = await grok.run(folder, 'test', '--host', 'localhost', '--skip-build', '--skip-publish',
    '--category', 'Queries', '--csv', report);
  assert.equal(code, 0, output);
  assert.equal(readReport(report).length, 7);
});

test('a failing test fails the run, a skipped one is told as skipped', {timeout: 120_000}, async () => {
  const source = `import {category, test, expect, runTests} from '@datagrok-libraries/test/src/test';
    category('Truth', () => {
      test('passes', async () => expect(1, 1));
      test('fails', async () => expect(1, 2));
      test('waits for better days', async () => expect(1, 2), {skipReason: 'not today'});
    });
    export const _package = new DG.Package();
    export async function test_(category, name) { return DG.DataFrame.fromObjects(await runTests({category, test: name})); }
    export {test_ as test};`;
  const {outputFiles: [bundle]} = await esbuild.build({stdin: {contents: source, resolveDir: root, loader: 'js'},
    bundle: true, write: false, format: 'iife', globalName: 'truthteller_test', logLevel: 'silent'});
  const truth = makePackage(grok, 'truth-teller', {
    'package.json': {name: 'truth-teller', friendlyName: 'Truth Teller', version: '0.1.0', description: 'Tests',
      dependencies: {'datagrok-api': '^1.27.9'}},
    '.npmignore': 'node_modules/\n', 'dist/package.js': 'var truthteller = {};\n', 'dist/package-test.js': bundle.text,
    'src/package.js': '\n',
    'src/package-test.js': '//name: test\n//input: string category {optional: true}\n' +
      '//input: string test {optional: true}\n//output: dataframe result\nexport async function test() {}\n',
  });
  const report = path.join(truth, 'report.csv');
  const {code, output} = await grok.run(truth, 'test', '--host', 'localhost', '--skip-build', '--csv', report);
  assert.equal(code, 1, output);
  assert.ok(existsSync(report), output);
  const rows = readReport(report).filter((row) => row.category === 'Truth');
  assert.deepEqual(rows.map((row) => [row.name, row.success, row.skipped]), [['passes', 'true', 'false'],
    ['fails', 'false', 'false'], ['waits for better days', 'true', 'true']]);
  assert.match(rows[1].result, /Expected .*2.*, got .*1|expected/i);
  assert.equal(rows[2].result, 'not today');
});

test('a package without tests, or of another name, is no success', {timeout: 120_000}, async () => {
  const {code} = await grok.run(folder, 'test', '--host', 'localhost', '--skip-build', '--skip-publish', '--category',
    'No such category');
  assert.equal(code, 1);
});

/** Bundles the source as a developer's build does: the platform's libraries are globals. */
async function bundle(source: string, file: string, globalName: string): Promise<void> {
  const globals: Record<string, string> = {'datagrok-api/grok': 'grok', 'datagrok-api/ui': 'ui', 'datagrok-api/dg': 'DG'};
  await esbuild.build({entryPoints: [source], outfile: file, bundle: true, format: 'iife', globalName,
    logLevel: 'silent', plugins: [{name: 'globals', setup: (build) => {
      build.onResolve({filter: /^datagrok-api\//}, ({path: name}) => ({path: name, namespace: 'global'}));
      build.onLoad({filter: /.*/, namespace: 'global'}, ({path: name}) => ({contents: `module.exports = ${globals[name]};`}));
    }}]});
}

test('a package that grok create made is published to the running host, used, and seen in Usage Analysis',
  {timeout: 180_000}, async () => {
    const made = await grok.runOffline(grok.packages, 'create', 'foreign-lab', '--ts');
    assert.equal(made.code, 0, made.output);
    const lab = path.join(grok.packages, 'Foreign-lab');
    for (const kind of ['app', 'function'])
      assert.equal((await grok.runOffline(lab, 'add', kind, kind === 'app' ? 'Titration' : 'Greeting')).code, 0);
    await bundle(path.join(lab, 'src', 'package.ts'), path.join(lab, 'dist', 'package.js'), 'foreignlab');
    const published = await grok.run(lab, 'publish', 'localhost', '--release', '--skip-build');
    assert.equal(published.code, 0, published.output);

    const {page, errors, close} = await host.openPage('/apps');
    await page.waitForFunction(() => document.body.textContent!.includes('Titration'), {timeout: 20_000});
    const greeting = await page.evaluate(`(async () => {
      const found = DG.Func.find({name: 'Greeting'})[0];
      const greetings = [];
      for (let i = 0; i < 3; i++)
        greetings.push(await found.apply({name: 'Ann'}));
      return [found.package.name, ...greetings];
    })()`) as string[];
    assert.deepEqual(greeting, [greeting[0], 'Hello, Ann', 'Hello, Ann', 'Hello, Ann']);

    const client = await host.connect();
    const runs = async (): Promise<number> => (await client.query(`select count(*)::int as n from events e
      join event_types t on t.id = e.event_type_id and t.friendly_name = 'function-ran'
      join event_parameter_values v on v.event_id = e.id join funcs f on f.id = v.value_uuid
      where f.name = 'Greeting'`)).rows[0].n;
    const until = Date.now() + 20_000;
    while (await runs() < 3 && Date.now() < until)
      await new Promise((done) => setTimeout(done, 100));
    assert.equal(await runs(), 3);
    const seen = await page.evaluate(`(async () => {
      const today = new Date().toISOString().slice(0, 10);
      const frame = await grok.data.query('UsageAnalysis:FunctionsActivity', {from: today + 'T00:00:00Z',
        to: new Date(Date.now() + 86400000).toISOString(), packages: ['${greeting[0]}'], unit: 'day', zone: 'UTC'});
      return frame.getCol('runs').toList().reduce((sum, n) => sum + n, 0);
    })()`);
    assert.equal(seen, 3);
    assert.deepEqual(errors, []);
    await close();
  });

test('a published package that throws while it loads is reported, and harms no other', {timeout: 120_000}, async () => {
  const broken = makePackage(grok, 'bad-luck', {
    'package.json': {name: 'bad-luck', friendlyName: 'Bad Luck', version: '0.1.0', description: 'Throws',
      dependencies: {'datagrok-api': '^1.27.9'}},
    '.npmignore': 'node_modules/\n', '.gitignore': 'dist/\n',
    'dist/package.js': `throw new Error('bad luck while loading');\n`,
    'src/package.js': '//name: startBadly\n//meta.role: autostart\nexport function startBadly() {}\n' +
      '//name: Try\n//output: int r\nexport function tryIt() {}\n',
  });
  const {code, output} = await grok.run(broken, 'publish', 'localhost', '--release', '--skip-build');
  assert.equal(code, 0, output);
  const {page, close} = await host.openPage('/');
  const told = await page.evaluate(`(async () => {
    const of = (name) => DG.Func.find({name})[0].apply({name: 'Bob'}).then((x) => x, (e) => String(e?.message ?? e));
    return [await of('tryIt').catch(() => null) ?? await of('Try'), await of('Greeting')];
  })()`) as string[];
  assert.match(told[0], /bad luck while loading/);
  assert.equal(told[1], 'Hello, Bob');
  await close();
});
