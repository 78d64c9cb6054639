import assert from 'node:assert/strict';
import {test} from 'node:test';
import fc from 'fast-check';
import {bigIntMaker} from '../../../host/shared/core-bigint.ts';

/** Keeps big integers as the core does: groups of seven decimal digits, read from the text. */
class Big {
  value: ArrayLike<number>;
  isPositive: boolean;
  constructor(value: bigint) {
    const groups: number[] = [];
    for (let text = String(value).replace('-', ''); text !== ''; text = text.slice(0, -7))
      groups.push(Number(text.slice(-7)));
    this.value = value === 0n ? [] : Int32Array.from(groups);
    this.isPositive = value >= 0n;
  }
}

test('big integers made by their fields equal those made from text', () => {
  let own = 0;
  const make = bigIntMaker((value) => {
    own++;
    return new Big(value);
  });
  own = 0;
  const values = fc.bigInt({min: -(2n ** 63n), max: 2n ** 63n - 1n}).filter((value) => value !== 0n);
  fc.assert(fc.property(values, (value) => assert.deepStrictEqual(make(value), new Big(value))), {
    examples: [[2n ** 53n], [2n ** 53n - 1n], [-9_999_999n], [10n ** 14n], [10n ** 14n - 1n]],
  });
  assert.equal(own, 0, 'none was made from text');
  assert.deepStrictEqual(make(0n), new Big(0n));
});

test('a core that keeps big integers in another form is asked for each of them', () => {
  for (const other of [(value: bigint) => ({hex: value.toString(16)}), (value: bigint) => value,
    (value: bigint) => ({value: Int32Array.of(1), isPositive: value > 0n})]) {
    const make = bigIntMaker(other);
    assert.deepEqual(make(12_345_678n), other(12_345_678n));
  }
});
