import assert from 'node:assert/strict';
import {test} from 'node:test';
import {bytesOf, readVisits, StepReader, WordPairs} from '../../src/core/summary/packed.ts';
import {Dictionary, readSlice} from '../../src/core/summary/slice.ts';
import {rawTable} from '../queries/summaries.ts';

type Sized = [value: number | bigint, bytes: number];

/** Numbers with the high byte first. */
const bytes = (...numbers: Sized[]): Uint8Array => Uint8Array.from(numbers.flatMap(([value, size]) =>
  Array.from({length: size}, (_, i) => Number(BigInt(value) >> BigInt(8 * (size - 1 - i)) & 0xffn))));

/** As PostgreSQL writes base64: a line break after 76 characters. */
const text = (packed: Uint8Array): string => Buffer.from(packed).toString('base64').replace(/.{76}(?=.)/g, '$&\n');

/** Packs as the queries do, said another way: by bits. */
function steps(...records: [code: number, count: number][]): Uint8Array {
  let last = 0n;
  return bytes(...records.flatMap(([code, count]): Sized[] => {
    const value = (BigInt(code) - last) << 1n | (count > 1 ? 1n : 0n);
    last = BigInt(code);
    const bits = value.toString(2).length;
    const head: Sized[] = bits <= 7 ? [[value, 1]] : bits <= 14 ? [[0b10n << 14n | value, 2]] :
      bits <= 21 ? [[0b110n << 21n | value, 3]] : bits <= 28 ? [[0b1110n << 28n | value, 4]] : [[0xf0, 1], [value, 8]];
    const tail: Sized[] = count === 1 ? [] : count < 257 ? [[count - 2, 1]] : [[255, 1], [count - 2, 4]];
    return [...head, ...tail];
  }));
}

function read(packed: Uint8Array): [code: number, count: number][] {
  const reader = new StepReader(packed);
  const records: [code: number, count: number][] = [];
  let code = 0;
  for (let size = reader.next(); size > 0; size = reader.next())
    for (let i = 0; i < size; i++)
      records.push([code += reader.steps[i] < 0 ? reader.wideStep() : reader.steps[i], reader.counts[i]]);
  assert.equal(reader.records, records.length);
  return records;
}

test('steps of every length, counts of every width', () => {
  const lengths = [0, 1, 63, 64, 8191, 8192, 2 ** 20 - 1, 2 ** 20, 2 ** 27 - 1, 2 ** 27, 2 ** 31, 2 ** 40 + 1, 2 ** 48];
  const counts = [1, 2, 255, 256, 257, 258, 65_537, 2 ** 31 - 1];
  let code = 0;
  const records = lengths.flatMap((length) => counts.map((count): [number, number] => [code += length, count]));
  assert.ok(code < 2 ** 52);
  // As many as are read at once, and one more.
  const many = Array.from({length: 4097}, (_, i): [number, number] => [i * i, i % 3 + 1]);
  for (const some of [records, records.slice(-1), [], records.slice(5, 6), many, many.slice(1), [...many, ...many]
    .map(([, count], i): [number, number] => [i, count])])
    assert.deepEqual(read(bytesOf(text(steps(...some)))), some);
});

test('what ends within a record, or is no base64, is refused', () => {
  for (const [code, count, whole] of [[64, 1, 2], [2 ** 20, 1, 4], [2 ** 30, 1, 9], [1, 2, 2], [1, 300, 6]]) {
    const packed = steps([code, count]);
    assert.equal(packed.length, whole);
    for (let length = 1; length < whole; length++)
      assert.throws(() => new StepReader(packed.subarray(0, length)), RangeError, `${length} of ${whole}`);
  }
  assert.throws(() => readVisits(bytes([1, 8], [1, 8]), 2, new WordPairs()), RangeError);
  assert.throws(() => bytesOf('no base64!'));
});

test('visits: the session of two words, and 60 bits in two halves', () => {
  const bits = [1n, 1n << 29n, 1n << 30n, 1n << 59n, (1n << 60n) - 1n, 0x0a5a5a5a5a5a5a5an];
  const known = new WordPairs();
  [5, 4, 3, 2, 1, 0].forEach((i) => known.add(0xfedcba98 | 0, i));
  const {session, low, high} = readVisits(
    bytes(...bits.flatMap((mask, i): Sized[] => [[0xfedcba98, 4], [i, 4], [mask, 8]])), bits.length, known);
  assert.deepEqual(bits.map((_, i) => [session[i], BigInt(high[i]) << 30n | BigInt(low[i])]),
    bits.map((mask, i) => [5 - i, mask]));
});

test('pairs of words: one number each, however many, and where they differ in one bit alone', () => {
  const all = Array.from({length: 20_000}, (_, i): [number, number] => {
    const word = 0xfedcba98 ^ i << (i % 7);
    return i % 2 === 0 ? [word, 0x01234567] : [0x01234567, word];
  });
  const known = new WordPairs();
  const distinct = new Map<string, number>();
  for (const [a, b] of all) {
    const key = `${a} ${b}`;
    distinct.set(key, distinct.get(key) ?? distinct.size);
    assert.equal(known.add(a, b), distinct.get(key));
  }
  assert.equal(known.count, distinct.size);
  assert.ok(distinct.size > 10_000);
});

test('an answer of many packages, functions and kinds, hostile names among them', () => {
  const kinds = [[1, 'usage', null, false, true], [2, 'a "b"\n c', null, true, false], [3, 'error', 'e-1', false, false]];
  const [users, functions, packages, bases] = [11, 3, 200, 4];
  const code = (bucket: number, user: number, func: number, pack: number, kind: number): number =>
    (((bucket * users + user) * functions + func) * bases + kind) * packages + pack;
  const visit = (user: number, word: number, isTest: boolean): number => (user * 4 + word) * 2 + (isTest ? 1 : 0);
  const rows: [string, string][] = [
    ['form', `${users} ${functions} ${packages} ${bases}`],
    ['counts', text(steps([code(1, 9, 0, 61, 2), 200], [code(1, 9, 1, 1, 0), 3], [code(2, 0, 0, 0, 3), 1],
      [code(2, 5, 2, 199, 1), 7]))],
    ['visits', text(steps([visit(9, 0, false), 1], [visit(9, 1, true), 1], [visit(9, 1, true), 1]))],
    ['sessions', text(bytes([7, 8], [1n << 59n, 8], [7, 8], [2, 8], [8, 8], [1, 8]))],
    ['users', '5 u-5 9 u-9'],
    ['packages', '1 p-1 61 p-61 199 p-199'],
    ['functions', '1 f-1 2 f-2'],
    ['kinds', JSON.stringify(kinds)],
  ];
  const dictionary = new Dictionary();
  const cut = {from: Date.UTC(2026, 0, 1), to: Date.UTC(2026, 0, 3), unit: 'day', zone: 'UTC'} as const;
  const slice = readSlice(rawTable(rows.map(([part, data]) => ({part, data}))), cut, dictionary);
  const name = ({names}: {names: string[]}, number: number): string | null => number < 0 ? null : names[number];
  const {runs} = slice;
  assert.deepEqual([runs.user.length, ...runs.from], [3, 0, 2, 3, 4]);
  const runOf = (row: number): number => runs.from.findIndex((first) => first > row) - 1;
  assert.deepEqual(Array.from({length: slice.rows}, (_, i) => [runs.bucket[runOf(i)],
    name(dictionary.users, runs.user[runOf(i)]), name(dictionary.packages, slice.package[i]),
    name(dictionary.functions, slice.function[i]), dictionary.kinds[slice.kind[i]], slice.events[i]]), [
    [0, 'u-9', 'p-61', null, {source: 'a "b"\n c', error: '', isTest: true, isRun: false}, 200],
    [0, 'u-9', 'p-1', 'f-1', {source: 'unknown', error: '', isTest: false, isRun: false}, 3],
    [1, null, null, null, {source: 'error', error: 'e-1', isTest: false, isRun: false}, 1],
    [1, 'u-5', 'p-199', 'f-2', {source: 'usage', error: '', isTest: false, isRun: true}, 7],
  ]);
  const {visits} = slice;
  assert.deepEqual(Array.from({length: visits.rows}, (_, i) => [visits.session[i],
    name(dictionary.users, visits.user[i]), visits.isTest[i], visits.word[i], visits.low[i], visits.high[i]]),
  [[0, 'u-9', 0, 0, 0, 2 ** 29], [0, 'u-9', 1, 1, 2, 0], [1, 'u-9', 1, 1, 1, 0]]);
});

test('an answer of nothing, and one of another form', () => {
  const cut = {from: Date.UTC(2026, 0, 1), to: Date.UTC(2026, 0, 2), unit: 'day', zone: 'UTC'} as const;
  const read = (form: string): unknown => readSlice(rawTable([{part: 'form', data: form}]), cut, new Dictionary()).rows;
  assert.equal(read('1 1 1 1'), 0);
  for (const form of ['', '1 1 1', '1 1 1 4 1', '1 1 0 1', '1 a 1 1'])
    assert.throws(() => read(form), RangeError, form);
});
