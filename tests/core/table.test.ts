import assert from 'node:assert/strict';
import {test} from 'node:test';
import {orderBy} from '../../src/core/summary/table.ts';

const cases: Record<string, number[]> = {
  'no rows': [],
  'one row': [7],
  'zeros alone': [0, 0, 0],
  'the same key twice: in their order': [3, 1, 3, 1],
  'about the ends of digits': [2048, 2047, 2049, 1, 0, 2 ** 22, 2 ** 22 - 1, 2 ** 22 + 2047],
  'about the ends of words': [2 ** 32, 2 ** 32 - 1, 2 ** 31, 2 ** 31 - 1, 2 ** 32 + 1, 0],
  'the largest': [Number.MAX_SAFE_INTEGER, 2 ** 52, Number.MAX_SAFE_INTEGER - 1, 2 ** 43, 2 ** 43 - 1],
};

test('rows are in the order of their keys, those with the same key in their own', () => {
  for (const [name, keys] of Object.entries(cases))
    assert.deepEqual([...orderBy(Float64Array.from(keys))], expected(keys), name);
});

test('so are random ones, of few and of many keys', () => {
  // A multiplicative generator, so that a failure can be repeated.
  let state = 20_261_126;
  const random = (): number => (state = state * 48_271 % 2_147_483_647) / 2_147_483_647;
  for (const most of [2, 2 ** 11, 2 ** 24, 2 ** 33, 2 ** 53 - 1]) {
    const keys = Array.from({length: 3000}, () => Math.floor(random() * most));
    assert.deepEqual([...orderBy(Float64Array.from(keys))], expected(keys), `keys below ${most}`);
  }
});

/** As a sort that compares has it. */
const expected = (keys: number[]): number[] => keys.map((_, row) => row).sort((a, b) => keys[a] - keys[b] || a - b);
