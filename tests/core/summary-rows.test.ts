import assert from 'node:assert/strict';
import {test} from 'node:test';
import {Rows} from '../../src/core/summary/rows.ts';

/** Rows as `bucket user item`. */
function words(rows: Rows): string[] {
  return Array.from({length: rows.count}, (_, row) => `${rows.bucket[row]} ${rows.user[row]} ${rows.item[row]}`);
}

test('every item of any row gets a row of nobody in each bucket that has none of it; an item of no row gets none', () => {
  const rows = new Rows(20);
  for (const [bucket, user, item] of [[0, 5, 1], [0, 6, 1], [2, 5, 3]])
    rows.add(bucket, user, item);
  rows.fillItems(3, 5);
  assert.deepEqual(words(rows), ['0 5 1', '0 6 1', '2 5 3', '0 -1 3', '1 -1 1', '1 -1 3', '2 -1 1']);
});

test('an empty bucket gets a row of nobody, or every bucket does', () => {
  for (const [every, added] of [[false, ['1 -1 4']], [true, ['0 -1 4', '1 -1 4']]] as const) {
    const rows = new Rows(5);
    rows.add(0, 5, 1);
    rows.fillBuckets(2, 4, every);
    assert.deepEqual(words(rows), ['0 5 1', ...added]);
  }
});
