import assert from 'node:assert/strict';
import {test} from 'node:test';
import {parseQueries} from '../../../host/server/query/annotation.ts';

test('a query with everything in its header', () => {
  const {queries, problems} = parseQueries([
    '--name: all test runs', '--friendlyName: Test runs', '-- A remark.', '', '--description: What: it shows',
    '--help-url: https://example.com/a', '--connection: System:Datagrok', '--tags: log, panel,,', '--meta.cache: all',
    '--meta.cache.invalidateOn: 0 0 * * *', '--render: RowToTable', '--test: Q(1)', '--test: Q(2)', '--test1: Q(3)',
    '--output: int n', '--input: string a = "x"', 'select 1 -- name: not a header', '-- tags: not in the header',
  ].join('\n'));
  assert.deepEqual(problems, []);
  const [query] = queries;
  assert.equal(query.name, 'AllTestRuns');
  assert.equal(query.friendlyName, 'Test runs');
  assert.equal(query.description, 'What: it shows');
  assert.equal(query.helpUrl, 'https://example.com/a');
  assert.equal(query.connection, 'System:Datagrok');
  assert.deepEqual(query.tags, ['log', 'panel']);
  assert.deepEqual(query.options, {'cache': 'all', 'cache.invalidateOn': '0 0 * * *', 'render': 'RowToTable',
    'test': 'Q(1)\nQ(2)', 'test1': 'Q(3)'});
  assert.deepEqual(query.params.map((p) => [p.name, p.type, p.isInput]), [['a', 'string', true], ['n', 'int', false]]);
});

test('without a declared output there is one data frame called result', () => {
  const {queries: [query]} = parseQueries('--name: q\nselect 1');
  assert.deepEqual(query.params.map((p) => [p.name, p.type, p.isInput]), [['result', 'dataframe', false]]);
});

test('queries of one file are closed by --end or by the next name', () => {
  const {queries, problems} = parseQueries(
    '-- about this file\r\n--name: one\r\nselect 1\r\n-- inside\r\n--end\r\n\r\n--name: two\r\nselect 2;\r\n' +
    '--name: three\r\nselect 3\r\n-- end\r\n-- the last remark\r\n');
  assert.deepEqual(problems, []);
  assert.deepEqual(queries.map((q) => q.name), ['One', 'Two', 'Three']);
  assert.deepEqual(queries.map((q) => q.text.split('\n').at(-1)), ['-- inside', 'select 2;', 'select 3']);
});

test('name and connection may come from the caller', () => {
  const {queries: [query]} = parseQueries('select 1', {name: 'events by day', connection: 'System:Datagrok'});
  assert.deepEqual([query.name, query.friendlyName, query.connection],
    ['EventsByDay', 'events by day', 'System:Datagrok']);
});

const faulty: [situation: string, text: string, problem: RegExp][] = [
  ['a parameter that cannot be read', '--name: q\n--input: string\nselect 1', /^line 2: .*type and name/],
  ['a default that is no value of the type', '--name: q\n--input: int n = now()\nselect 1', /^line 2: "now\(\)" is no int/],
  ['a parameter declared twice', '--name: q\n--input: int n\n--input: string N\nselect 1', /declares "N" twice/],
  ['a query without SQL', '\n--name: q\n--tags: a\n', /^line 2: "q" has no SQL/],
  ['SQL without a name', 'select 1', /^line 1: a query without --name/],
];

for (const [situation, text, problem] of faulty) {
  test(`${situation} is a problem and does not spoil the next query`, () => {
    const {queries, problems} = parseQueries(`${text}\n--end\n--name: next\nselect 2`);
    assert.deepEqual(queries.map((q) => q.name), ['Next']);
    assert.equal(problems.length, 1);
    assert.match(problems[0], problem);
  });
}
