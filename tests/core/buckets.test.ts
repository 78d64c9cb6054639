import assert from 'node:assert/strict';
import {test} from 'node:test';
import fc from 'fast-check';
import {bucketsOf, unitLabel, unitOf} from '../../src/core/buckets.ts';
import {parseRange, USUAL_RANGES, type NamedRange} from '../../src/core/range.ts';
import {at, instant, zone} from './support.ts';

const NOW = at('2026-05-20T15:30:00Z');

function range(text: string, now = NOW, name = 'UTC'): NamedRange {
  return parseRange(text, now, name) as NamedRange;
}

test('the unit for each usual range', () => {
  const cases: Record<string, string> = {
    'last 60 minutes': 'minute', 'last 6 hours': '10 minutes', 'today': 'hour', 'last 4 days': 'hour',
    'this week': 'day', 'last 30 days': 'day', 'this month': 'day', 'last 90 days': 'day', 'this quarter': 'day',
    'last 6 months': 'week', 'this year': 'week', 'last 12 months': 'week', 'last 3 years': 'month', 'anytime': 'year',
  };
  for (const [text, unit] of Object.entries(cases))
    assert.equal(unitOf(range(text)), unit, text);
  assert.equal(unitLabel('day'), 'per day');
});

test('a day of 25 hours and a quarter with a clock change keep their units', () => {
  assert.equal(unitOf(range('2026-11-01', NOW, 'America/New_York')), 'hour');
  assert.equal(unitOf(range('q4 2026', NOW, 'America/New_York')), 'day');
  assert.equal(bucketsOf(range('2026-11-01', NOW, 'America/New_York'), 'hour', 'America/New_York', NOW).length, 25);
  assert.equal(bucketsOf(range('2026-03-08', NOW, 'America/New_York'), 'hour', 'America/New_York', NOW).length, 23);
});

test('buckets of a running month: past ones are whole, today runs, the rest has not begun', () => {
  const states = bucketsOf(range('this month'), 'day', 'UTC', NOW).map((bucket) => bucket.state);
  assert.deepEqual(states, [...Array(19).fill('whole'), 'running', ...Array(11).fill('future')]);
});

test('weeks cut by the range are marked at both ends', () => {
  // Wednesday to Tuesday.
  const buckets = bucketsOf(range('2026-04-01..2026-04-14'), 'week', 'UTC', NOW);
  assert.deepEqual(buckets.map(({start, state}) => `${new Date(start).toISOString().slice(0, 10)} ${state}`),
    ['2026-03-30 cut', '2026-04-06 whole', '2026-04-13 cut']);
});

test('buckets tile the range without gap, and no usual range has more than 97', () => {
  fc.assert(fc.property(instant, zone, fc.constantFrom(...USUAL_RANGES, 'last hour', 'last 12 hours', '96h', 'last 8 years'),
    (now, name, text) => {
      const asked = range(text, now, name);
      const buckets = bucketsOf(asked, unitOf(asked), name, now);
      assert.ok(buckets.length >= 1 && buckets.length <= 97, `${text}: ${buckets.length}`);
      assert.ok(buckets[0].start <= asked.from && buckets[0].end > asked.from);
      assert.ok(buckets.at(-1)!.start < asked.to && buckets.at(-1)!.end >= asked.to);
      for (let i = 1; i < buckets.length; i++)
        assert.equal(buckets[i].start, buckets[i - 1].end);
      assert.ok(buckets.filter((bucket) => bucket.state === 'running').length <= 1);
    }), {numRuns: 200});
});

test('a unit too fine for the range is refused', () => {
  assert.throws(() => bucketsOf(range('2025'), 'minute', 'UTC', NOW), RangeError);
});
