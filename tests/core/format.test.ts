import assert from 'node:assert/strict';
import {test} from 'node:test';
import {DEFINITIONS, definitionOf} from '../../src/core/definitions.ts';
import {formatCompact, formatCount, formatDuration, formatInstant, formatMeasure, formatNumberOf, formatPercent,
  formatRange, NOT_COLLECTED} from '../../src/core/format.ts';
import {at} from './support.ts';

test('numbers', () => {
  assert.deepEqual([0, 1, 1234].map((n) => formatNumberOf(n, 'event')), ['0 events', '1 event', '1,234 events']);
  assert.equal(formatNumberOf(2, 'person', 'people'), '2 people');
  assert.equal(formatCount(1234567), '1,234,567');
  assert.deepEqual([0, 999, 1234, 1_234_567].map(formatCompact), ['0', '999', '1.23K', '1.23M']);
  assert.deepEqual([0, 0.0001, 0.083, 0.5, 1, 29].map(formatPercent), ['0%', '<0.1%', '8.3%', '50%', '100%', '2,900%']);
});

test('zero, unknown and hidden are three different marks, and the last two say why', () => {
  assert.deepEqual(formatMeasure(0), {text: '0'});
  assert.deepEqual(formatMeasure(NOT_COLLECTED), {text: '–', reason: 'not collected at this log level'});
  assert.deepEqual(formatMeasure({hidden: 'fewer than 5 people'}), {text: 'hidden', reason: 'fewer than 5 people'});
});

test('durations', () => {
  const cases: [number, string][] = [[0, '0 ms'], [349.6, '350 ms'], [999.6, '1 s'], [4200, '4.2 s'], [59_960, '1 min'],
    [200_000, '3 min 20 s'], [3_600_000, '1 h'], [3_599_900, '1 h'], [7_500_000, '2 h 5 min'], [273_600_000, '3 d 4 h'],
    [-1500, '−1.5 s']];
  for (const [value, expected] of cases)
    assert.equal(formatDuration(value), expected, String(value));
});

test('instants and ranges as clocks in the zone show them', () => {
  assert.equal(formatInstant(at('2026-11-02T20:05:00Z'), 'Asia/Kolkata'), 'Nov 3, 2026, 01:35');
  const range = (from: string, to: string, zone = 'UTC'): string => formatRange({from: at(from), to: at(to)}, zone);
  assert.equal(range('2026-10-25', '2026-11-24'), 'Oct 25 – Nov 23, 2026');
  assert.equal(range('2025-12-25', '2026-01-24'), 'Dec 25, 2025 – Jan 23, 2026');
  assert.equal(range('2026-11-23', '2026-11-24'), 'Nov 23, 2026');
  assert.equal(range('2026-11-23', '2026-11-24', 'Asia/Kolkata'), 'Nov 23, 2026, 05:30 – Nov 24, 2026, 05:30');
});

test('every number has its definition', () => {
  assert.deepEqual(DEFINITIONS.map((one) => one.id),
    ['active_users', 'new_users', 'sessions', 'runs', 'events', 'errors']);
  assert.equal(definitionOf('errors').good, 'down');
  assert.match(definitionOf('new_users').notFiltered!.packages!, /does not apply/);
});
