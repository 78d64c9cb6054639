import assert from 'node:assert/strict';
import {test} from 'node:test';
import {FIRST_PAGE, nextPage, previousPage, readPage, writePage} from '../../src/core/page-place.ts';

const id = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;

function walk(steps: number): typeof FIRST_PAGE {
  let place = FIRST_PAGE;
  for (let i = 1; i <= steps; i++)
    place = nextPage(place, id(i));
  return place;
}

test('each step on and back is a page, also through the address', () => {
  for (const steps of [0, 1, 2, 5, 10]) {
    const place = walk(steps);
    assert.equal(place.index, steps);
    assert.deepEqual(readPage(writePage(place)), place);
    assert.deepEqual(previousPage(walk(steps + 1)), steps === 10 ?
      {index: 10, before: walk(11).before.slice(0, -1)} : place);
  }
});

test('an address has room for ten steps; further back is the first page', () => {
  let place = walk(25);
  assert.deepEqual(place, {index: 25, before: Array.from({length: 10}, (_, i) => id(16 + i))});
  for (let i = 24; i >= 16; i--) {
    place = previousPage(place);
    assert.equal(place.index, i);
    assert.equal(place.before.at(-1), id(i));
  }
  assert.deepEqual(previousPage(place), FIRST_PAGE);
});

test('the first page needs no words in the address', () => {
  assert.deepEqual(writePage(FIRST_PAGE), []);
  assert.deepEqual(readPage([]), FIRST_PAGE);
});

test('what is no page is told from one', () => {
  for (const items of [['1'], ['0', id(1)], ['-1', id(1)], ['x', id(1)], ['1', 'nothing'], ['1', id(1), id(2)], ['1.5', id(1)],
    ['12', ...Array.from({length: 11}, (_, i) => id(i))], ['9999999999', id(1)], [id(1)]])
    assert.equal(readPage(items), null, items.join());
});
