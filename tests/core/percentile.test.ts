import assert from 'node:assert/strict';
import {test} from 'node:test';
import fc from 'fast-check';
import {percentile} from '../../src/core/percentile.ts';

test('percentiles are interpolated as the database does', () => {
  const cases: [number[], number, number][] = [[[7], 0.5, 7], [[7], 0.95, 7], [[1, 2], 0.5, 1.5], [[1, 2, 10], 0.5, 2],
    [[0, 10, 20, 30, 40], 0.95, 38], [[1, 2, 3, 4], 0, 1], [[1, 2, 3, 4], 1, 4]];
  for (const [sorted, share, expected] of cases)
    assert.ok(Math.abs(percentile(sorted, share) - expected) < 1e-9, `${sorted} ${share}`);
});

test('a percentile lies between the least and the most, and a larger share gives no less', () => {
  const numbers = fc.array(fc.integer({min: 0, max: 1e9}), {minLength: 1, maxLength: 50});
  const share = fc.double({min: 0, max: 1, noNaN: true});
  fc.assert(fc.property(numbers, share, share, (list, a, b) => {
    const sorted = [...list].sort((x, y) => x - y);
    const [less, more] = [Math.min(a, b), Math.max(a, b)].map((one) => percentile(sorted, one));
    assert.ok(less >= sorted[0] - 1e-6 && more <= sorted[sorted.length - 1] + 1e-6 && less <= more + 1e-6);
  }));
});
