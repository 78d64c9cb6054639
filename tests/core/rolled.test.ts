import assert from 'node:assert/strict';
import {test} from 'node:test';
import {DAY, HOUR, MINUTE} from '../../src/core/calendar.ts';
import {Rolled} from '../../src/core/summary/rolled.ts';

const FIRST = 20_000;
const at = (days: number): number => (FIRST + days) * DAY;

/** Days 2 to 9, after a gap: day 0 is alone. Day 4 was counted last. */
const rolled = new Rolled([0, 2, 3, 4, 5, 6, 7, 8, 9].map((day) => FIRST + day), [99, 10, 11, 19, 13, 14, 15, 16, 17]);

test('what is rolled up reaches from the last gap to the last day', () => {
  assert.deepEqual([rolled.from, rolled.until], [at(2), at(10)]);
});

type Piece = [from: number, to: number, version: string | null];

const CASES: [text: string, from: number, to: number, pieces: Piece[]][] = [
  ['inside', at(3), at(5), [[at(3), at(5), '19']]],
  ['a day', at(5), at(6), [[at(5), at(6), '13']]],
  ['days of another zone', at(5) - 330 * MINUTE, at(6) - 330 * MINUTE,
    [[at(5) - 330 * MINUTE, at(6) - 330 * MINUTE, '19']]],
  ['the end', at(8), at(12), [[at(8), at(10), '17'], [at(10), at(12), null]]],
  ['the begin', at(1), at(4), [[at(1), at(2), null], [at(2), at(4), '11']]],
  ['both', at(-5), at(20), [[at(-5), at(2), null], [at(2), at(10), '19'], [at(10), at(20), null]]],
  ['before', at(-2), at(1), [[at(-2), at(1), null]]],
  ['after', at(10), at(11), [[at(10), at(11), null]]],
  ['no half hours, cut no further', at(9) + 15 * MINUTE, at(12) + 15 * MINUTE, [[at(9) + 15 * MINUTE,
    at(12) + 15 * MINUTE, null]]],
];

for (const [text, from, to, pieces] of CASES) {
  test(`pieces: ${text}`, () => {
    assert.deepEqual(rolled.cut({from, to, closed: false}, 'day').map((one) => [one.from, one.to, one.version]), pieces);
  });
}

test('buckets shorter than an hour are counted; what is rolled up is closed, the rest as it was', () => {
  assert.deepEqual(rolled.cut({from: at(3), to: at(3) + HOUR, closed: false}, '10 minutes'),
    [{from: at(3), to: at(3) + HOUR, closed: false, version: null}]);
  assert.deepEqual(rolled.cut({from: at(9), to: at(11), closed: false}, 'hour').map(({closed}) => closed), [true, false]);
});
