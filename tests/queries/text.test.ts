import assert from 'node:assert/strict';
import {readFileSync} from 'node:fs';
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
  for (const name of ['scope', 'accounts', 'people', 'packages', 'functions', 'choice', 'buckets', 'folding', 'calls',
    'labels', 'privacy', 'shown', 'counting', 'places', 'bases', 'packing', 'packed'])
    assert.ok(counts.get(name)! > 1, name);
});

test('roll-ups are counted by the text that counts without them, for all details of one day', () => {
  const installed = blocks(readFileSync(new URL('../../files/rollups/install.sql', import.meta.url), 'utf8'));
  const shared = new Map(blocks(FILES.get('summary.sql')!));
  assert.deepEqual(installed.map(([name]) => name), ['places', 'naming']);
  for (const [name, inner] of installed) {
    assert.equal(inner, shared.get(name)!.replaceAll('@detail::text', `'all'`).replaceAll('@from::timestamp', '_from')
      .replaceAll('@to::timestamp', '_to'), name);
  }
});

test('whatever reads events or calls restricts them by time, id or session, and counts by the shared part', () => {
  for (const [name, query] of QUERIES) {
    const sql = body(query.text);
    const count = (pattern: RegExp): number => sql.match(pattern)?.length ?? 0;
    const byTime = count(/\b(e\.event_time|c\.started) >= [^ ]+ and \1 < /g);
    const byId = count(/\b(join|from) (events|func_calls) (\w)\s+(on|where) \3\.(id|session_id) = /g);
    // The oldest alone, by the index of the time.
    const oldest = count(/\bfrom events e where e\.event_time is not null order by e\.event_time\s+limit 1\b/g);
    assert.equal(byTime + byId + oldest, count(/\b(join|from) (events|func_calls)\b/g), name);
    const names = blocks(query.text).map(([block]) => block);
    // Summaries count for everybody; who counts, and for whom, is decided where they are read.
    if (names.includes('counting'))
      continue;
    if (byTime > 0)
      assert.ok(names.includes('accounts'), name);
    const inputs = [...byTime > 0 ? ['from', 'to', 'groups', 'users', 'packages', 'categories', 'service'] : [],
      ...names.includes('choice') ? ['functions', 'tags', 'cells'] : [],
      ...names.includes('scope') ? ['sources', 'types', 'measure'] : []];
    for (const input of inputs)
      assert.ok(query.params.some((param) => param.name === input), `${name} lacks ${input}`);
  }
});

test('annotations: connection, description, a test, and every input is used and cast', () => {
  for (const [name, query] of QUERIES) {
    assert.equal(query.connection, 'System:Datagrok', name);
    assert.ok(query.description.length > 10, name);
    // What reads roll-ups fails where they are not installed.
    if (!name.startsWith('Rolled'))
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
  assert.deepEqual([...QUERIES.keys()].sort(), ['ConnectionQueries', 'EntityActivity', 'EntityLog',
    'EventParameterValues', 'EventRowParameters', 'EventRows', 'EventTypeParameters', 'EventTypes', 'EventsActivity',
    'FilterCategories', 'FilterGroups', 'FilterPackages', 'FilterTags', 'FilterUsers', 'FunctionCallValues',
    'FunctionCalls', 'FunctionCallsOverTime', 'FunctionDimensions', 'FunctionsActivity', 'FunctionsTiming',
    'HomeActivity', 'OverviewActivity', 'OverviewTotals', 'PackagesActivity', 'PackagesInstallations', 'PackagesUnused',
    'Privacy', 'RolledDays', 'RolledSummary', 'SelectionAudit', 'SelectionFunctions',
    'SelectionSources', 'SummaryHints', 'UsageDimensions', 'UsageSummary', 'UsageSummaryLive']);
});
