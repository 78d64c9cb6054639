import assert from 'node:assert/strict';
import {utimesSync} from 'node:fs';
import path from 'node:path';
import {after, describe, it} from 'node:test';
import type {FunctionSpec, PackageSpec} from '../../../host/server/model.ts';
import {appAddresses} from '../../../host/server/registry/apps.ts';
import {stableId} from '../../../host/server/registry/id.ts';
import {PackageRegistry, readPackage} from '../../../host/server/registry/index.ts';
import {annotatedFunctions} from '../../../host/server/registry/javascript.ts';
import {identifierOf, namespaceOf} from '../../../host/server/registry/names.ts';
import {GUARDED_PACKAGE, OPEN_PACKAGE, temporaryFolder, writeFiles} from './packages.ts';

const temporary = temporaryFolder();
after(() => temporary.remove());
let counter = 0;
const folderWith = (files: Record<string, string | object>): string =>
  writeFiles(path.join(temporary.folder, `case-${++counter}`), files);

const byName = (of: PackageSpec, name: string): FunctionSpec => {
  const found = of.functions.find((one) => one.name === name);
  assert.ok(found, `${name} among ${of.functions.map((one) => one.name)}; ${of.problems}`);
  return found;
};

describe('names of packages', () => {
  for (const [npmName, namespace] of [
    ['usage-analysis', 'UsageAnalysis'], ['@acme/usage-two', 'UsageTwo'], ['usageanalysis', 'Usageanalysis'],
    ['Chem', 'Chem'], ['a--b', 'AB'], ['x1-2y', 'X12y'],
  ])
    it(`${npmName} is ${namespace}`, () => assert.equal(namespaceOf(npmName), namespace));

  for (const [friendly, identifier] of [
    ['All Test Runs', 'AllTestRuns'], ['all test runs', 'AllTestRuns'], ['events, by day (UTC)', 'EventsByDayUTC'],
    ['Events2', 'Events2'],
  ])
    it(`"${friendly}" is called ${identifier}`, () => assert.equal(identifierOf(friendly), identifier));
});

describe('ids', () => {
  it('are uuids of version 5 which depend on every part and not on letter case', () => {
    assert.match(stableId('a', 'b'), /^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    assert.equal(stableId('A', 'b'), stableId('a', 'B'));
    assert.equal(new Set([stableId('a', 'b'), stableId('ab'), stableId('a', 'b', ''), stableId('b', 'a')]).size, 4);
  });

  it('stay the same when a package is read again or moved', () => {
    const [one, two] = [readPackage(folderWith(OPEN_PACKAGE)), readPackage(folderWith(OPEN_PACKAGE))];
    assert.deepEqual(one.functions.map((f) => [f.id, ...f.params.map((p) => p.id)]),
      two.functions.map((f) => [f.id, ...f.params.map((p) => p.id)]));
    const all = one.functions.flatMap((f) => [f.id, ...f.params.map((p) => p.id)]);
    assert.equal(new Set(all).size, all.length);
  });
});

describe('annotated JavaScript functions', () => {
  const forms: [string, string][] = [
    ['export function f(a) {', 'f'], ['export async function f() {', 'f'], ['function f(', 'f'],
    ['async function f(', 'f'], ['const f = (a) => a;', 'f'], ['export const f = async () => {', 'f'],
    ['f = (a, b) => a;', 'f'], ['f: async function (a) {', 'f'], ['exports.f = g;', 'f'],
    ['module.exports.f = function () {', 'f'], ['f(a, b) {', 'f'], ['static async f(a: string): Promise<void> {', 'f'],
    ['export function f<T>(a: T) {', 'f'], ['export let f: (n: number) => number = (n) => n;', 'f'],
  ];
  for (const [line, name] of forms) {
    it(`finds ${line}`, () => {
      const found = annotatedFunctions(`//name: Friendly\n//input: int a\n  ${line}\n`);
      assert.deepEqual(found.map((one) => one.name), [name]);
      assert.deepEqual(found[0].header, [{key: 'name', value: 'Friendly'}, {key: 'input', value: 'int a'}]);
    });
  }

  for (const line of ['if (a) {', 'return f(a);', 'for (;;) {', 'export class A {', 'import {f} from "g";'])
    it(`takes no function from ${line}`, () => assert.deepEqual(annotatedFunctions(`//name: X\n${line}`), []));

  it('takes prose and links above a function for no annotation', () => {
    assert.deepEqual(annotatedFunctions('// Note: this is prose\n// https://example.org\nfunction f() {}'), []);
  });

  it('does not carry an annotation over code to a later function', () => {
    assert.deepEqual(annotatedFunctions('//name: A\nlet x = 1;\nfunction f() {}'), []);
  });

  it('allows blank lines, other comments and a decorator between', () => {
    const text = '//name: A\n\n// eslint-disable-next-line\n@grok.decorators.func({})\nstatic f() {}';
    assert.deepEqual(annotatedFunctions(text).map((one) => one.name), ['f']);
  });
});

describe('a package known by its bundle alone', () => {
  const of = readPackage(folderWith(OPEN_PACKAGE));

  it('has its names, version and address', () => {
    assert.deepEqual([of.name, of.npmName, of.friendlyName, of.version, of.url],
      ['OpenChart', '@acme/open-chart', 'Open Chart', '1.2.3', 'chart']);
    assert.deepEqual([of.canView, of.problems], [[], []]);
  });

  it('has functions, queries and the connection\'s name but not its password', () => {
    assert.deepEqual(of.functions.map((one) => [one.kind, one.name, one.friendlyName]), [
      ['DataQuery', 'LoginsFrom', 'logins from'], ['DataQuery', 'CountOfEvents', 'count of events'],
      ['PackageFunc', 'chartApp', 'Chart'], ['PackageFunc', 'twice', 'Twice'],
    ]);
    assert.deepEqual(of.connections?.map(({name, dataSource}) => ({name, dataSource})),
      [{name: 'Warehouse', dataSource: 'Postgres'}]);
    assert.ok(!JSON.stringify(of.connections).includes('password'));
    assert.equal(byName(of, 'LoginsFrom').connection, 'System:Datagrok');
  });

  it('has typed parameters with defaults, and the bundle of the function', () => {
    const twice = byName(of, 'twice');
    assert.deepEqual(twice.params.map(({name, type, isInput, isOptional, defaultValue}) =>
      ({name, type, isInput, isOptional, defaultValue})), [
      {name: 'n', type: 'int', isInput: true, isOptional: true, defaultValue: 2},
      {name: 'result', type: 'int', isInput: false, isOptional: false, defaultValue: undefined},
    ]);
    assert.equal(twice.options.file, 'package.js');
    assert.equal(twice.package, of);
  });

  it('has the address of its app', () => assert.deepEqual(appAddresses(of), ['/apps/chart']));
});

describe('sources and bundle together', () => {
  it('the source wins by name, and what only the bundle has is added', () => {
    const of = readPackage(folderWith({
      'package.json': {name: 'two-sided', version: '1.0.0'},
      'src/package.g.ts': '//name: From source\n//meta.cache: all\n//tags: a, b\nexport async function f() {}\n',
      'src/package-test.ts': '//name: test\n//input: string category {optional: true}\n//output: dataframe result\n' +
        'export async function test() {}\n',
      'dist/package.js': '//name: From bundle\nfunction f() {}\n//name: Other\nfunction g() {}\n',
      'dist/package-test.js': '',
      'detectors.js': 'class TwoSidedPackageDetectors extends DG.Package {\n  //meta.role: semTypeDetector\n' +
        '  //input: column col\n  //output: string semType\n  detectId(col) {}\n}\n',
    }));
    assert.deepEqual(of.problems, []);
    assert.deepEqual(of.functions.map((one) => [one.name, one.friendlyName, one.options.file]), [
      ['f', 'From source', 'package.js'], ['g', 'Other', 'package.js'], ['test', 'test', 'package-test.js'],
      ['detectId', 'detectId', 'detectors.js'],
    ]);
    assert.deepEqual([byName(of, 'f').tags, byName(of, 'f').options.cache], [['a', 'b'], 'all']);
    assert.equal(byName(of, 'test').params[0].isOptional, true);
    assert.equal(byName(of, 'detectId').options.role, 'semTypeDetector');
  });

  it('tells that a package was not built', () => {
    const of = readPackage(folderWith({
      'package.json': {name: 'not-built', version: '1.0.0'}, 'queries/q.sql': '--name: q\n--connection: A:B\nselect 1',
      'src/package.ts': '//name: F\nexport function f() {}',
    }));
    assert.deepEqual(of.problems, ['dist/package.js: missing, its functions cannot run until the package is built']);
  });
});

describe('scripts', () => {
  it('are read with the comments of their language', () => {
    const of = readPackage(folderWith({
      'package.json': {name: 'scripted', version: '1.0.0'},
      'scripts/a.py': '#name: mean of column\n#description: A mean\n#input: double x = 1.5\n#output: double y\ny = x',
      'scripts/b.js': '//name: Log it\n//language: javascript\n//tags: log\nlet a = 1;\n//name: Not a header\n',
      'scripts/c.R': '\n#name: In R\nx <- 1',
      'scripts/d.m': '%name: In Octave\n',
      'scripts/helper.py': 'def f(): pass',
    }));
    assert.deepEqual(of.functions.map((one) => [one.name, one.friendlyName, one.language]), [
      ['MeanOfColumn', 'mean of column', 'python'], ['LogIt', 'Log it', 'javascript'], ['InR', 'In R', 'r'],
      ['InOctave', 'In Octave', 'octave'],
    ]);
    assert.equal(byName(of, 'MeanOfColumn').params[0].defaultValue, 1.5);
    assert.equal(byName(of, 'LogIt').text?.startsWith('//name: Log it'), true);
  });
});

describe('mistakes', () => {
  it('a broken package.json, a taken name and a missing folder do not disturb the others', () => {
    const folder = folderWith({});
    writeFiles(path.join(folder, 'a-good'), OPEN_PACKAGE);
    writeFiles(path.join(folder, 'b-broken'), {...OPEN_PACKAGE, 'package.json': '{"name": '});
    writeFiles(path.join(folder, 'c-nameless'), {...OPEN_PACKAGE, 'package.json': {version: '1'}});
    writeFiles(path.join(folder, 'd-twin'), {...OPEN_PACKAGE, 'package.json': {name: 'open-chart'}});
    writeFiles(path.join(folder, 'e-no-package'), {'readme.md': 'x'});
    writeFiles(path.join(folder, '@scope', 'guarded'), GUARDED_PACKAGE);
    const registry = new PackageRegistry([folder, path.join(folder, 'nowhere')]);
    assert.deepEqual(registry.packages.map((one) => one.name), ['GuardedNumbers', 'OpenChart']);
    assert.deepEqual(registry.problems.map((one) => path.basename(one.folder)).sort(),
      ['b-broken', 'c-nameless', 'd-twin', 'nowhere']);
    assert.match(registry.problems.map((one) => one.message).join(), /OpenChart is taken/);
  });

  it('a wrong canView closes the package rather than opening it', () => {
    const of = readPackage(folderWith({...OPEN_PACKAGE, 'package.json': {name: 'odd', canView: 'Administrators'}}));
    assert.deepEqual(of.canView, ['Administrators']);
    assert.match(of.problems.join(), /"canView" is no list/);
  });

  it('an unreadable parameter, header or setting is told with its file', () => {
    const of = readPackage(folderWith({
      'package.json': {name: 'faulty', version: '1.0.0', properties: [{name: 'x'}], meta: {url: '/a/../b'}},
      'queries/bad.sql': '--name: bad\n--connection: A:B\n--input: {}\nselect 1',
      'queries/good.sql': '--name: good\n--connection: A:B\nselect 1',
      'dist/package.js': '//name: F\n//input: = 5\nfunction f() {}',
    }));
    assert.deepEqual(of.functions.map((one) => one.name), ['Good', 'f']);
    const problems = of.problems.join('\n');
    for (const told of ['queries/bad.sql: line 3', 'dist/package.js: ', 'meta.url', 'properties'])
      assert.ok(problems.includes(told), `${told} in\n${problems}`);
    assert.equal(of.url, undefined);
  });
});

describe('the registry', () => {
  const folder = folderWith({});
  writeFiles(path.join(folder, 'open'), OPEN_PACKAGE);
  writeFiles(path.join(folder, 'guarded'), GUARDED_PACKAGE);
  const registry = new PackageRegistry([folder]);

  it('finds packages by namespace and address, functions by id and name, in any letter case', () => {
    assert.equal(registry.package('openchart')?.name, 'OpenChart');
    assert.equal(registry.package('CHART')?.name, 'OpenChart');
    assert.equal(registry.package('@acme/open-chart')?.name, 'OpenChart');
    const found = registry.functionByName('loginsfrom', 'openCHART:');
    assert.equal(found?.name, 'LoginsFrom');
    assert.equal(registry.function(found!.id.toUpperCase()), found);
    assert.equal(registry.functionByName('secret', 'OpenChart'), undefined);
  });

  it('reads anew what has changed, and only that', () => {
    const before = [...registry.packages];
    writeFiles(path.join(folder, 'open'), {'queries/more.sql': '--name: more\n--connection: A:B\nselect 1'});
    registry.rescan();
    const open = registry.package('OpenChart')!;
    assert.notEqual(open.buildHash, before.find((one) => one.name === 'OpenChart')!.buildHash);
    assert.ok(registry.functionByName('More', 'OpenChart'));
    assert.equal(registry.package('GuardedNumbers'), before.find((one) => one.name === 'GuardedNumbers'));
    utimesSync(path.join(folder, 'open', 'dist/package.js'), new Date(0), new Date(0));
    registry.rescan();
    assert.notEqual(registry.package('OpenChart')!.buildHash, open.buildHash);
  });
});
