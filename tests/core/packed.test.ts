import assert from 'node:assert/strict';
import {test} from 'node:test';
import {ByteIds, bytesOf, readCounts, readSessions, sessionsIn} from '../../src/core/summary/packed.ts';
import {Dictionary, readSlice} from '../../src/core/summary/slice.ts';
import {rawTable} from '../queries/summaries.ts';

/** As PostgreSQL packs: the high byte first, a line break after 76 characters. */
function packed(...numbers: [value: number | bigint, bytes: number][]): string {
  const bytes = numbers.flatMap(([value, size]) =>
    Array.from({length: size}, (_, i) => Number(BigInt(value) >> BigInt(8 * (size - 1 - i)) & 0xffn)));
  return Buffer.from(bytes).toString('base64').replace(/.{76}(?=.)/g, '$&\n');
}

const ID = 0x0123456789abcdeffedcba9876543210n;

test('counts of every width', () => {
  const cases: [number, number, [number, number][]][] = [
    [4, 1, [[0, 1], [2147483647, 255]]],
    [4, 4, [[7, 256], [8, 2147483647]]],
    [8, 1, [[2147483648, 1], [2 ** 52 + 1, 9], [4294967295, 3]]],
    [8, 4, Array.from({length: 40}, (_, i) => [i * 2 ** 40 + 4000000000, 1000 * i])],
  ];
  for (const [codeBytes, countBytes, rows] of cases) {
    const found: [number, number][] = [];
    const bytes = packed(...rows.flatMap(([code, n]): [number, number][] => [[code, codeBytes], [n, countBytes]]));
    readCounts(bytesOf(bytes), {codeBytes, countBytes}, (code, count) => found.push([code, count]));
    assert.deepEqual(found, rows);
  }
});

test('what is no whole number of records is refused', () => {
  assert.throws(() => readCounts(bytesOf(packed([1, 4])), {codeBytes: 4, countBytes: 1}, () => {}), RangeError);
  assert.throws(() => readSessions(bytesOf(packed([1, 4])), () => {}), RangeError);
  assert.throws(() => bytesOf('no base64!'));
});

test('sessions: id, code, and 60 bits in two halves', () => {
  const bits = [1n, 1n << 29n, 1n << 30n, 1n << 59n, (1n << 60n) - 1n, 0x0a5a5a5a5a5a5a5an];
  const bytes = bytesOf(packed(...bits.flatMap((mask, i): [bigint | number, number][] =>
    [[ID, 16], [i, 4], [mask, 8]])));
  assert.equal(sessionsIn(bytes), bits.length);
  const found: (number | bigint)[][] = [];
  readSessions(bytes, (at, code, low, high) => found.push([at, code, BigInt(high) << 30n | BigInt(low)]));
  assert.deepEqual(found, bits.map((mask, i) => [28 * i, i, mask]));
});

test('ids of bytes: one number each, however many, and where they differ in one bit alone', () => {
  const ids = Array.from({length: 20_000}, (_, i) => ID ^ BigInt(i) << BigInt(8 * (i % 13)));
  const distinct = [...new Set(ids)];
  const bytes = bytesOf(packed(...ids.map((id): [bigint, number] => [id, 16])));
  const known = new ByteIds();
  const numbers = ids.map((_, i) => known.add(bytes, 16 * i));
  assert.equal(known.count, distinct.length);
  assert.deepEqual(numbers, ids.map((id) => distinct.indexOf(id)));
});

test('an answer of many packages, functions and kinds, hostile names among them', () => {
  const kinds = [[1, 'usage', null, false, true], [2, 'a "b"\n c', null, true, false], [3, 'error', 'e-1', false, false]];
  const [packages, functions, bases] = [200, 3, 4];
  const code = (user: number, pack: number, func: number, kind: number): number =>
    ((user * packages + pack) * functions + func) * bases + kind;
  const rows: [string, number, string][] = [
    ['form', 0, `${packages} ${functions} ${bases} 4 1`],
    ['counts', 2, packed([code(5, 199, 2, 1), 4], [7, 1], [code(0, 0, 0, 3), 4], [1, 1])],
    ['counts', 1, packed([code(9, 61, 0, 2), 4], [200, 1], [code(9, 1, 1, 0), 4], [3, 1])],
    ['sessions', 0, packed([ID, 16], [(9 * 4 + 1) * 2 + 1, 4], [2, 8], [ID, 16], [9 * 4 * 2, 4], [2n ** 59n, 8])],
    ['users', 0, '5 u-5 9 u-9'],
    ['packages', 0, '1 p-1 61 p-61 199 p-199'],
    ['functions', 0, '1 f-1 2 f-2'],
    ['kinds', 0, JSON.stringify(kinds)],
  ];
  const dictionary = new Dictionary();
  const cut = {from: Date.UTC(2026, 0, 1), to: Date.UTC(2026, 0, 3), unit: 'day', zone: 'UTC'} as const;
  const slice = readSlice(rawTable(rows.map(([part, bucket, data]) => ({part, bucket, data}))), cut, dictionary);
  const name = ({names}: {names: string[]}, number: number): string | null => number < 0 ? null : names[number];
  assert.deepEqual(Array.from({length: slice.rows}, (_, i) => [slice.bucket[i], name(dictionary.users, slice.user[i]),
    name(dictionary.packages, slice.package[i]), name(dictionary.functions, slice.function[i]),
    dictionary.kinds[slice.kind[i]], slice.events[i]]), [
    [1, 'u-5', 'p-199', 'f-2', {source: 'usage', error: '', isTest: false, isRun: true}, 7],
    [1, null, null, null, {source: 'error', error: 'e-1', isTest: false, isRun: false}, 1],
    [0, 'u-9', 'p-61', null, {source: 'a "b"\n c', error: '', isTest: true, isRun: false}, 200],
    [0, 'u-9', 'p-1', 'f-1', {source: 'unknown', error: '', isTest: false, isRun: false}, 3],
  ]);
  const {visits} = slice;
  assert.deepEqual(Array.from({length: visits.rows}, (_, i) => [visits.session[i],
    name(dictionary.users, visits.user[i]), visits.isTest[i], visits.word[i], visits.low[i], visits.high[i]]),
  [[0, 'u-9', 1, 1, 2, 0], [0, 'u-9', 0, 0, 0, 2 ** 29]]);
});
