import assert from 'node:assert/strict';
import {test} from 'node:test';
import {FILES, QUERIES} from './asked.ts';

const WRITES = /\b(insert|update|delete|merge|truncate|drop|alter|create|grant|revoke|copy|call|do|execute|vacuum|set|lock|refresh)\b/i;

/** The SQL of a query, without comments and without what stands in quotes. */
function body(text: string): string {
  return text.split('\n').filter((line) => !/^\s*--/.test(line)).join('\n').replace(/'(?:[^']|'')*'/g, `''`);
}

/** Blocks that are shared between queries, by name: what stands between `-- << name` and `-- name >>`. */
function blocks(text: string): [string, string][] {
  return [...text.matchAll(/^ *-- << (\w+)\n([^]*?)^ *-- \1 >>$/gm)].flatMap(([, name, inner]) =>
    [[name, inner], ...blocks(inner)] as [string, string][]);
}

test('no query writes, none knows the time of the server', () => {
  for (const [name, query] of QUERIES) {
    assert.doesNotMatch(body(query.text), WRITES, name);
    assert.doesNotMatch(body(query.text), /\bnow\b|current_(timestamp|date|time)|localtime|clock_timestamp|statement_timestamp/i,
      name);
  }
});

test('shared parts are the same text in every query', () => {
  const texts = new Map<string, Set<string>>();
  const counts = new Map<string, number>();
  for (const [name, inner] of [...FILES.values()].flatMap(blocks)) {
    texts.set(name, (texts.get(name) ?? new Set()).add(inner));
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  for (const [name, different] of texts)
    assert.equal(different.size, 1, `The copies of "${name}" differ`);
  for (const name of ['scope', 'people', 'packages'])
    assert.ok(counts.get(name)! > 1, name);
});

test('whatever reads events restricts them by time, and counts by the shared part', () => {
  for (const [name, query] of QUERIES) {
    const sql = body(query.text);
    if (!/\bevents\b/.test(sql.replace(/as events|\.events|\bc\.events\b/g, '')))
      continue;
    const reads = sql.match(/from events e/g)!.length;
    assert.equal(sql.match(/e\.event_time >= [^ ]+ and e\.event_time < /g)!.length, reads, name);
    assert.ok(blocks(query.text).some(([block]) => block === 'scope'), name);
    for (const input of ['from', 'to', 'groups', 'users', 'packages', 'service'])
      assert.ok(query.params.some((param) => param.name === input), `${name} lacks ${input}`);
  }
});

test('annotations: connection, description, a test, and every input is used and cast', () => {
  for (const [name, query] of QUERIES) {
    assert.equal(query.connection, 'System:Datagrok', name);
    assert.ok(query.description.length > 10, name);
    assert.match(query.options.test, new RegExp(`^${name}\\(`));
    const used = new Set([...body(query.text).matchAll(/@(\w+)/g)].map(([, input]) => input));
    const inputs = query.params.filter((param) => param.isInput).map((param) => param.name);
    assert.deepEqual([...used].sort(), inputs.sort(), name);
    assert.doesNotMatch(body(query.text), /@\w+(?!\w|::)/, `${name} uses a parameter without a cast`);
    for (const param of query.params.filter((one) => one.isInput && !['from', 'to'].includes(one.name)))
      assert.ok(param.isOptional, `${name}: ${param.name}`);
  }
});

test('the queries that the package offers', () => {
  assert.deepEqual([...QUERIES.keys()].sort(), ['FilterGroups', 'FilterPackages', 'FilterUsers', 'OverviewActivity',
    'OverviewTotals', 'SelectionAudit', 'SelectionFunctions', 'SelectionSources']);
});
