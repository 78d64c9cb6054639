import assert from 'node:assert/strict';
import {test} from 'node:test';
import fc from 'fast-check';
import {changeOf, comparisonOf} from '../../src/core/comparison.ts';
import {parseRange, USUAL_RANGES, type NamedRange} from '../../src/core/range.ts';
import {at, instant, iso, zone} from './support.ts';

function compared(text: string, now: string, name = 'UTC'): string {
  const {current, previous, wording} = comparisonOf(parseRange(text, at(now), name) as NamedRange, at(now), name);
  const short = (time: number): string => iso(time).replace(/T00:00:00\.000Z/, '').replace(/:00\.000Z/, 'Z');
  return `${short(current.from)} ${short(current.to)} / ${short(previous.from)} ${short(previous.to)} / ${wording}`;
}

test('what each range is compared with', () => {
  const now = '2026-05-20T15:30:00Z';
  const cases: [string, string, string][] = [
    ['last 30 days', now, '2026-04-21 2026-05-21 / 2026-03-22 2026-04-21 / the 30 days before'],
    ['last 24 hours', now, '2026-05-19T15:30Z 2026-05-20T15:30Z / 2026-05-18T15:30Z 2026-05-19T15:30Z / the 1 day before'],
    ['today', now, '2026-05-20 2026-05-20T15:30Z / 2026-05-19 2026-05-19T15:30Z / the same part of the day before'],
    ['yesterday', now, '2026-05-19 2026-05-20 / 2026-05-18 2026-05-19 / the day before'],
    ['this week', now, '2026-05-18 2026-05-20T15:30Z / 2026-05-11 2026-05-13T15:30Z / the same part of the week before'],
    ['last week', now, '2026-05-11 2026-05-18 / 2026-05-04 2026-05-11 / the week before'],
    ['this month', now, '2026-05-01 2026-05-20T15:30Z / 2026-04-01 2026-04-20T15:30Z / the same part of the month before'],
    ['last month', now, '2026-04-01 2026-05-01 / 2026-03-01 2026-04-01 / the month before'],
    ['last quarter', now, '2026-01-01 2026-04-01 / 2025-10-01 2026-01-01 / the quarter before'],
    ['2025', now, '2025-01-01 2026-01-01 / 2024-01-01 2025-01-01 / the year before'],
    ['this month', '2026-03-31T10:00:00Z', '2026-03-01 2026-03-31T10:00Z / 2026-02-01 2026-03-01 / the same part of the month before'],
    ['2026-01-01..2026-01-10', now, '2026-01-01 2026-01-11 / 2025-12-22 2026-01-01 / the 10 days before'],
  ];
  for (const [text, time, expected] of cases)
    assert.equal(compared(text, time), expected, text);
});

test('across a clock change the same part goes by the clock', () => {
  // 10:00 on the day of 23 hours is 9 hours in; yesterday is cut at 10:00 as well.
  assert.equal(compared('today', '2026-03-08T14:00:00Z', 'America/New_York'),
    '2026-03-08T05:00Z 2026-03-08T14:00Z / 2026-03-07T05:00Z 2026-03-07T15:00Z / the same part of the day before');
  assert.equal(compared('this week', '2026-11-02T14:00:00Z', 'America/New_York'),
    '2026-11-02T05:00Z 2026-11-02T14:00Z / 2026-10-26T04:00Z 2026-10-26T13:00Z / the same part of the week before');
});

test('the previous period never reaches into the current one, and is never turned round', () => {
  fc.assert(fc.property(instant, zone, fc.constantFrom(...USUAL_RANGES, 'this hour', 'jan 2020'), (now, name, text) => {
    const range = parseRange(text, now, name) as NamedRange;
    const {current, previous} = comparisonOf(range, now, name);
    assert.ok(previous.from <= previous.to && previous.to <= current.from && current.from <= current.to);
    assert.equal(current.from, range.from);
    assert.ok(current.to <= range.to);
  }), {numRuns: 500});
});

test('changes in words, with sign and share', () => {
  const cases: [number, number, string][] = [[15, 10, '+5 (+50%)'], [5, 10, '−5 (−50%)'], [5, 0, '+5 (–)'],
    [0, 0, 'no change'], [7, 7, 'no change'], [0, 3, '−3 (−100%)'], [1083, 1000, '+83 (+8.3%)'],
    [30_000, 1000, '+29,000 (+2,900%)'], [10_001, 10_000, '+1 (+<0.1%)']];
  for (const [current, previous, expected] of cases)
    assert.equal(changeOf(current, previous).text, expected.replace('+<', '+<'));
  assert.deepEqual(changeOf(5, 0), {delta: 5, sign: 1, percent: null, text: '+5 (–)'});
  assert.equal(changeOf(5, 10).percent, -0.5);
});
