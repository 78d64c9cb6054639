import assert from 'node:assert/strict';
import {test} from 'node:test';
import fc from 'fast-check';
import {unitOf} from '../../src/core/buckets.ts';
import {startOf} from '../../src/core/calendar.ts';
import {parseRange, type NamedRange} from '../../src/core/range.ts';
import {chunksOf, closedUntil, GRACE_DAYS} from '../../src/core/summary/chunks.ts';
import {at, instant, zone} from './support.ts';

const NOW = at('2026-11-25T15:30:00Z');

/** The pieces of a range in words: `from..to`, a star for closed ones; times only where they are no midnight. */
function pieces(text: string, eventsPerDay = 0): string[] {
  const range = parseRange(text, NOW, 'UTC') as NamedRange;
  const word = (time: number): string => new Date(time).toISOString().slice(0, 16).replace('T00:00', '');
  return chunksOf(range, unitOf(range), 'UTC', NOW, {eventsPerDay})
    .map((c) => `${word(c.from)}..${word(c.to)}${c.closed ? '*' : ''}`);
}

test('a month of days: what is closed by thirds of months, and the open days in two', () => {
  assert.equal(GRACE_DAYS, 3);
  assert.deepEqual(pieces('last 30 days'), ['2026-10-27..2026-11-01*', '2026-11-01..2026-11-11*',
    '2026-11-11..2026-11-21*', '2026-11-21..2026-11-22*', '2026-11-22..2026-11-24', '2026-11-24..2026-11-26']);
});

test('few days: the closed ones in one piece, the open ones in two', () => {
  assert.deepEqual(pieces('last 7 days'), ['2026-11-19..2026-11-22*', '2026-11-22..2026-11-24',
    '2026-11-24..2026-11-26']);
  assert.deepEqual(pieces('last week'), ['2026-11-16..2026-11-22*', '2026-11-22..2026-11-23']);
  assert.deepEqual(pieces('2026-11-02..2026-11-08'), ['2026-11-02..2026-11-09*']);
  assert.deepEqual(pieces('2026-11-02'), ['2026-11-02..2026-11-03*']);
  assert.deepEqual(pieces('2026-10-01..2026-11-30').slice(0, 2), ['2026-10-01..2026-11-01*', '2026-11-01..2026-11-11*']);
  assert.deepEqual(pieces('last 3 days'), ['2026-11-23..2026-11-24', '2026-11-24..2026-11-26']);
  assert.deepEqual(pieces('today'), ['2026-11-25..2026-11-26']);
  assert.deepEqual(pieces('last 3 hours'), ['2026-11-25T12:30..2026-11-25T15:30']);
});

test('where it is asked for so, the open days are one piece', () => {
  for (const text of ['last 7 days', 'last 3 days', 'last 365 days', 'today']) {
    const range = parseRange(text, NOW, 'UTC') as NamedRange;
    const [two, one] = [false, true].map((openAsOne) => chunksOf(range, unitOf(range), 'UTC', NOW, {openAsOne}));
    assert.deepEqual(one.filter((c) => c.closed), two.filter((c) => c.closed));
    const open = two.filter((c) => !c.closed);
    assert.deepEqual(one.filter((c) => !c.closed), [{from: open[0].from, to: open.at(-1)!.to, closed: false}]);
  }
});

test('whole months are pieces of their own', () => {
  assert.deepEqual(pieces('last 90 days'), ['2026-08-28..2026-09-01*', '2026-09-01..2026-10-01*',
    '2026-10-01..2026-11-01*', '2026-11-01..2026-11-22*', '2026-11-22..2026-11-24',
  '2026-11-24..2026-11-26']);
  assert.deepEqual(pieces('last month'), ['2026-10-01..2026-11-01*']);
});

test('what is no whole day is counted with the open ones', () => {
  assert.deepEqual(pieces('2026-10-01T06:00Z..2026-11-01T12:00Z'),
    ['2026-10-01T06:00..2026-10-02', '2026-10-02..2026-10-11*', '2026-10-11..2026-10-21*', '2026-10-21..2026-11-01*',
      '2026-11-01..2026-11-01T12:00']);
});

test('a year of days: whole quarters, and what lies before and after them, cut at a third of a month', () => {
  assert.deepEqual(pieces('last 365 days'), ['2025-11-26..2025-12-01*', '2025-12-01..2026-01-01*',
    '2026-01-01..2026-04-01*', '2026-04-01..2026-07-01*', '2026-07-01..2026-10-01*', '2026-10-01..2026-11-21*',
    '2026-11-21..2026-11-22*', '2026-11-22..2026-11-24', '2026-11-24..2026-11-26']);
  assert.deepEqual(pieces('2025-10-14..2026-10-13'), ['2025-10-14..2025-10-21*', '2025-10-21..2026-01-01*',
    '2026-01-01..2026-04-01*', '2026-04-01..2026-07-01*', '2026-07-01..2026-10-01*', '2026-10-01..2026-10-11*',
    '2026-10-11..2026-10-14*']);
  assert.deepEqual(pieces('2026-01-01..2026-07-31'), ['2026-01-01..2026-04-01*', '2026-04-01..2026-07-01*',
    '2026-07-01..2026-07-21*', '2026-07-21..2026-08-01*']);
});

test('tomorrow most pieces of a year are the same', () => {
  const daysAnew = (shift: number): number => {
    const [today, later] = [0, shift].map((days) => {
      const now = NOW + days * 86_400_000;
      const range = parseRange('last 365 days', now, 'UTC') as NamedRange;
      return chunksOf(range, 'week', 'UTC', now).filter(({closed}) => closed);
    });
    const known = new Set(today.map(({from, to}) => `${from} ${to}`));
    return later.filter(({from, to}) => !known.has(`${from} ${to}`))
      .reduce((days, {from, to}) => days + (to - from) / 86_400_000, 0);
  };
  // The last days of November 2025, and those since the 21st.
  assert.deepEqual([daysAnew(1), daysAnew(2)], [4 + 2, 3 + 3]);
  // When the range begins in another third, the days after that one are new too.
  assert.equal(daysAnew(9), (6 + 21) + 10);
});

test('long ranges: whole years, the quarters of the running one, and few pieces in all', () => {
  assert.deepEqual(pieces('last 3 years').slice(0, 7), ['2024-01-01..2025-01-01*', '2025-01-01..2026-01-01*',
    '2026-01-01..2026-04-01*', '2026-04-01..2026-07-01*', '2026-07-01..2026-10-01*', '2026-10-01..2026-11-21*',
    '2026-11-21..2026-11-22*']);
  assert.deepEqual(pieces('anytime').slice(0, 2), ['2000-01-01..2018-01-01*', '2018-01-01..2019-01-01*']);
  assert.equal(pieces('anytime').length, 1 + 8 + 3 + 1 + 1 + 2);
});

test('pieces of long ranges are smaller where many events come each day', () => {
  assert.deepEqual(pieces('last 365 days', 44_000), pieces('last 365 days'));
  assert.deepEqual(pieces('last 365 days', 45_000).slice(0, 4), ['2025-11-26..2025-12-01*', '2025-12-01..2026-01-01*',
    '2026-01-01..2026-02-01*', '2026-02-01..2026-03-01*']);
  assert.equal(pieces('last 365 days', 1_000_000).length, 1 + 12 + 2);
  assert.deepEqual(pieces('last 3 years', 2_000), pieces('last 3 years'));
  assert.deepEqual(pieces('last 3 years', 3_000).slice(0, 2), ['2024-01-01..2024-04-01*', '2024-04-01..2024-07-01*']);
  assert.deepEqual(pieces('last 3 years', 45_000).slice(0, 2), ['2024-01-01..2024-02-01*', '2024-02-01..2024-03-01*']);
  assert.equal(pieces('anytime', 3_000).length, 1 + 4 * 8 + 1 + 1 + 2);
  assert.equal(pieces('anytime', 45_000).length, 1 + 12 * 8 + 1 + 2);
  for (const text of ['last 90 days', 'last 30 days', 'last 7 days'])
    assert.deepEqual(pieces(text, 1_000_000), pieces(text));
});

test('less than whole years of long buckets: whole quarters, and what lies before and after them', () => {
  const range = {from: at('2024-11-26T00:00:00Z'), to: at('2025-11-26T00:00:00Z')};
  const ends = chunksOf(range, 'year', 'UTC', NOW).map(({to, closed}) => [new Date(to).toISOString().slice(0, 10), closed]);
  assert.deepEqual(ends, ['2024-12-01', '2025-01-01', '2025-04-01', '2025-07-01', '2025-10-01', '2025-11-21', '2025-11-26']
    .map((day) => [day, true]));
});

test('few days of long buckets: whole months', () => {
  const to = at('2026-02-01T00:00:00Z');
  const ends = (from: string): string[] => chunksOf({from: at(`${from}T00:00:00Z`), to}, 'year', 'UTC', NOW)
    .map(({to}) => new Date(to).toISOString().slice(5, 10));
  assert.deepEqual(ends('2026-01-04'), ['02-01']);
  assert.deepEqual(ends('2025-12-10'), ['01-01', '02-01']);
  assert.deepEqual(ends('2025-11-10'), ['11-11', '01-21', '02-01']);
});

test('pieces cover any range once, in order; closed ones are whole days that are over for long enough', () =>
  fc.assert(fc.property(instant, fc.integer({min: 1, max: 9000}), fc.integer({min: -400, max: 400}), zone,
    fc.constantFrom(0, 5_000, 50_000), (from, hours, shift, name, eventsPerDay) => {
      const range = {from, to: from + hours * 3_600_000};
      const now = range.to + shift * 3_600_000;
      const chunks = chunksOf(range, unitOf(range), name, now, {eventsPerDay});
      assert.equal(chunks[0].from, range.from);
      assert.equal(chunks.at(-1)!.to, range.to);
      for (const [i, {from: start, to, closed}] of chunks.entries()) {
        assert.ok(start < to);
        assert.equal(start, chunks[i - 1]?.to ?? range.from);
        assert.ok(!closed || [start, to].every((bound) => startOf(bound, 'day', name) === bound));
        assert.ok(!closed || to <= closedUntil(now, name));
      }
    })));
