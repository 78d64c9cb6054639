import assert from 'node:assert/strict';
import {test} from 'node:test';
import {decodeAddress, EMPTY_ADDRESS} from '../../src/core/address.ts';
import {Filters} from '../../src/data/filters.ts';

const NOW = Date.UTC(2026, 2, 20, 12);
const make = (query: string, fallback?: any): Filters =>
  new Filters({...decodeAddress(query).state, zone: 'UTC'}, () => NOW, fallback);
const days = (filters: Filters): string[] =>
  [filters.request.from, filters.request.to].map((t) => new Date(t).toISOString().slice(0, 10));

test('without an address: the last 30 days, today included', () => {
  const filters = make('');
  assert.deepEqual(days(filters), ['2026-02-19', '2026-03-21']);
  assert.deepEqual(filters.value.problems, []);
});

test('a text that is no range keeps the last valid request in force and says why', () => {
  const filters = make('date=2026-01-01..2026-01-31');
  filters.set({date: 'sometime'});
  assert.deepEqual(days(filters), ['2026-01-01', '2026-02-01']);
  assert.match(filters.value.problems.join(), /sometime/);
  filters.set({date: 'yesterday'});
  assert.deepEqual(days(filters), ['2026-03-19', '2026-03-20']);
  assert.deepEqual(filters.value.problems, []);
});

test('the platform\'s own parser is asked for texts that are not ours', () => {
  const filters = make('date=fortnight', (text: string) => text === 'fortnight' ?
    {from: Date.UTC(2026, 2, 1), to: Date.UTC(2026, 2, 15)} : null);
  assert.deepEqual(days(filters), ['2026-03-01', '2026-03-15']);
});

test('an unknown zone is reported, and a valid one is used', () => {
  const filters = new Filters({...EMPTY_ADDRESS, zone: 'Mars/Olympus'}, () => NOW);
  assert.match(filters.value.problems.join(), /Mars\/Olympus/);
  assert.notEqual(filters.zone, 'Mars/Olympus');
});

test('setting what is already set publishes nothing; refresh publishes a new turn', () => {
  const filters = make('packages=Chem');
  const turns: number[] = [];
  filters.changes.subscribe(({turn}) => turns.push(turn));
  filters.set({packages: ['Chem']});
  filters.refresh();
  filters.set({packages: []});
  assert.deepEqual(turns, [0, 1, 1]);
});

test('a drill-down narrows all tabs, back and close restore', () => {
  const filters = make('date=2026-01-01..2026-01-31&packages=Chem');
  const before = filters.value.state;
  filters.drill('Events', {packages: ['Bio'], sources: ['error'], cells: ['x']});
  assert.deepEqual([filters.request.packages, filters.request.sources, filters.request.cells],
    [['Bio'], ['error'], ['x']]);
  assert.equal(filters.value.state.tab, 'Events');
  filters.closeDrill();
  assert.deepEqual([filters.request.packages, filters.request.sources, filters.value.state.tab],
    [['Chem'], [], 'Events']);
  filters.replace(before);
  filters.drill('Events', {packages: ['Bio']});
  filters.back();
  assert.deepEqual(filters.value.state, before);
});

test('reset keeps the tab and the zone, and nothing else', () => {
  const filters = make('tab=Events&packages=Chem&service=true&drill=x&cells=y&unknown=1');
  filters.reset();
  assert.deepEqual(filters.value.state, {...EMPTY_ADDRESS, tab: 'Events', zone: 'UTC', rest: [['unknown', '1']]});
});
