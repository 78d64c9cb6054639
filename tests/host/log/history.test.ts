import assert from 'node:assert/strict';
import {test} from 'node:test';
import {LogHistory} from '../../../host/client/inspector/history.ts';
import {matcher, valueText, valueType} from '../../../host/client/inspector/matcher.ts';
import type {PostedRecord} from '../../../host/client/log/queue.ts';

const record = (n: number, more: Partial<PostedRecord> = {}): PostedRecord =>
  ({id: String(n), level: 'usage', message: `message ${n}`, params: {}, time: 0, ...more});

const ids = (history: LogHistory): number[] => history.records.map(({id}) => Number(id));

test('the history keeps the latest records and counts those that gave way', () => {
  const history = new LogHistory({most: 3});
  let changes = 0;
  history.changed.subscribe(() => changes++);
  for (let n = 0; n < 5; n++)
    history.add(record(n));
  assert.deepEqual([ids(history), history.dropped, changes], [[2, 3, 4], 2, 5]);
  history.clear();
  assert.deepEqual([ids(history), history.dropped, changes], [[], 0, 6]);
  history.add(record(9));
  assert.deepEqual([ids(history), history.dropped], [[9], 0]);
});

test('the history is bounded by text, too, and a giant drives nobody out', () => {
  const history = new LogHistory({most: 1000, mostText: 1000});
  for (let n = 0; n < 20; n++)
    history.add(record(n, {message: 'm'.repeat(98)}));
  // 98 characters and `{}` make 100 each.
  assert.deepEqual([history.records.length, history.dropped], [10, 10]);
  history.clear();
  history.add(record(1));
  history.add(record(2, {params: {text: 'x'.repeat(5000)}, stackTrace: 's'.repeat(5000)}));
  assert.deepEqual(ids(history), [1, 2]);
  assert.deepEqual(history.records[1].params, {'…': '10020 characters, too long to be kept here'});
  assert.equal(history.records[1].stackTrace, undefined);
});

test('records are found by level and by words in any part', () => {
  const all = new Set(['usage', 'error']);
  const one = record(1, {type: 'plate-opened', message: 'Plate <b>42</b>',
    params: {rows: 96, user: {'#type': 'User', 'id': 'u1', 'name': 'Ann'}, nothing: null}});
  for (const text of ['', '  ', 'PLATE', 'opened <b>', 'rows 96', 'ann', 'nothing null'])
    assert.equal(matcher(all, text)(one), true, text);
  for (const text of ['zebra', 'plate zebra'])
    assert.equal(matcher(all, text)(one), false, text);
  assert.equal(matcher(new Set(['error']), '')(one), false);
});

test('values have words for their kinds and one line for what they are', () => {
  const cases: [unknown, string, string][] = [[1.5, 'number', '1.5'], ['<i>', 'string', '<i>'], [true, 'boolean', 'true'],
    [null, 'null', 'null'], [[1, 'a'], 'list', '[1,"a"]'], [{k: {}}, 'map', '{"k":{}}'],
    [{'#type': 'User', 'id': 'u1', 'name': ''}, 'entity', 'u1 (User)']];
  for (const [value, type, text] of cases)
    assert.deepEqual([valueType(value), valueText(value)], [type, text]);
});
