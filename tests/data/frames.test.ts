import assert from 'node:assert/strict';
import {after, before, test} from 'node:test';
import {startNodeClient} from '../host/query/node-client.ts';

let DG: any;
let columnOfCodes: typeof import('../../src/data/category-order.ts').columnOfCodes;
let orderCategories: typeof import('../../src/data/category-order.ts').orderCategories;
let frameOf: typeof import('../../src/data/summary/frames.ts').frameOf;
let points: typeof import('../../src/data/event-points.ts');
let withZeroRows: typeof import('../../src/data/overview.ts').withZeros;

before(async () => {
  // Nobody listens there: frames need the core alone.
  ({DG} = await startNodeClient('http://127.0.0.1:9/api', true));
  ({columnOfCodes, orderCategories} = await import('../../src/data/category-order.ts'));
  ({frameOf} = await import('../../src/data/summary/frames.ts'));
  points = await import('../../src/data/event-points.ts');
  ({withZeros: withZeroRows} = await import('../../src/data/overview.ts'));
});
after(() => setTimeout(() => process.exit(), 300).unref());

test('a column of codes knows its texts and its nulls, whatever is null', () => {
  const cases: [names: string[], codes: number[], texts: (string | null)[]][] = [
    [['b', 'a'], [1, 0, 1], ['a', 'b', 'a']],
    [['b', 'a'], [2, 1, 2, 0], [null, 'a', null, 'b']],
    [['b', 'a'], [0, 1, 2], ['b', 'a', null]],
    [['b', 'a'], [0, 1], ['b', 'a']],
    [[], [0, 0], [null, null]],
    [[], [], []],
  ];
  for (const [names, codes, texts] of cases) {
    const column = columnOfCodes('x', [...names], Int32Array.from(codes));
    assert.deepEqual(texts.map((_, row) => column.isNone(row) ? null : column.get(row)), texts);
    assert.equal(column.length, texts.length);
    assert.deepEqual(column.categories.filter((text: string) => text !== ''), names);
  }
});

test('categories in an order: as by setCategoryOrder, in the same place, with the same rows', () => {
  for (const texts of [['Ann', 'Bob', 'Cy', 'Ann'], ['Ann', null, 'Cy', 'Bob', null], ['Bob']]) {
    const order = ['Cy', 'Ann', 'Bob'].filter((text) => texts.includes(text));
    const [made, expected] = [0, 1].map(() => DG.DataFrame.fromColumns([DG.Column.int('n', texts.length),
      DG.Column.fromStrings('t', texts), DG.Column.int('m', texts.length)]));
    orderCategories(made, 't', order);
    expected.getCol('t').setCategoryOrder(order);
    assert.deepEqual([...made.columns.names()], ['n', 't', 'm']);
    const [column, other] = [made, expected].map((frame) => frame.getCol('t'));
    assert.deepEqual(column.toList(), other.toList());
    assert.deepEqual(texts.map((_, row) => column.isNone(row)), texts.map((text) => text === null));
    assert.deepEqual(column.categories.filter((text: string) => text !== ''), order);
    assert.deepEqual(column.getCategoryOrder(), other.getCategoryOrder());
    // What becomes of it elsewhere.
    assert.deepEqual(made.clone().getCol('t').categories.filter((text: string) => text !== ''), order);
    assert.deepEqual(DG.DataFrame.fromByteArray(made.toByteArray()).getCol('t').toList(), other.toList());
  }
});

test('a made table is a frame: texts with nulls, numbers, instants to the millisecond', () => {
  const at = Date.UTC(2026, 1, 3, 4, 5, 6, 789);
  const frame = frameOf({rows: 3, columns: [
    {name: 't', type: 'text', names: ['a', 'b', ''], codes: Int32Array.of(1, 2, 0)},
    {name: 'n', type: 'int', values: Int32Array.of(3, 0, -4)},
    {name: 'i', type: 'instant', instants: [at + 1, at, 0], places: Int32Array.of(1, 2, 0)}]});
  const [t, n, i] = ['t', 'n', 'i'].map((name) => frame.getCol(name));
  assert.deepEqual([0, 1, 2].map((row) => t.isNone(row) ? null : t.get(row)), ['b', null, 'a']);
  assert.deepEqual(n.toList(), [3, 0, -4]);
  assert.deepEqual([0, 1, 2].map((row) => i.get(row).valueOf()), [at, 0, at + 1]);
});

/** Points as `EventsActivity` gives them: bucket, level, user, events, errors. */
function pointsFrame(rows: [number, string | null, string | null, number, number][]): any {
  const column = (place: number): any[] => rows.map((row) => row[place]);
  return DG.DataFrame.fromColumns([DG.Column.fromList('int', 'bucket', column(0)),
    DG.Column.fromStrings('source', column(1)), DG.Column.fromStrings('user', column(2)),
    DG.Column.fromList('int', 'events', column(3)), DG.Column.fromList('int', 'errors', column(4))]);
}

const rowsOf = (frame: any): string[] => Array.from({length: frame.rowCount}, (_, row) =>
  ['bucket', 'source', 'user', 'events', 'errors'].map((name) => frame.getCol(name).isNone(row) ? '-' :
    frame.get(name, row)).join(' ')).sort();

test('every level has a point in every bucket, nobody has a name where there are errors, people are in order', () => {
  const frame = pointsFrame([[1, 'audit', 'Ann', 2, 0], [1, 'error', null, 0, 3], [2, null, null, 0, 0],
    [3, 'error', 'Bob', 0, 1], [3, 'audit', 'Ann', 9, 0]]);
  points.nameNobody(frame);
  const all = points.withZeros(frame);
  assert.deepEqual(rowsOf(all), ['1 audit Ann 2 0', `1 error ${points.NOBODY} 0 3`, '2 audit - 0 0', '2 error - 0 0',
    '3 audit Ann 9 0', '3 error Bob 0 1']);
  points.orderUsers(all);
  assert.deepEqual(all.getCol('user').categories.filter((name: string) => name !== ''), ['Bob', points.NOBODY, 'Ann']);
  assert.deepEqual(rowsOf(points.withZeros(pointsFrame([[1, null, null, 0, 0]]))), ['1 - - 0 0']);
});

test('a bucket of the Overview gets a row of nobody and nothing once, in which nothing is folded', () => {
  const rows: [number, string | null, number, number, number][] = [[1, 'Core', 2, 0, 0], [1, 'Other packages', 1, 0, 7],
    [2, null, 0, 0, 0], [3, 'Core', 0, 4, 0]];
  const column = (place: number): any[] => rows.map((row) => row[place]);
  const frame = DG.DataFrame.fromColumns([DG.Column.fromList('int', 'bucket', column(0)),
    DG.Column.fromStrings('package_name', column(1)),
    ...['events', 'errors', 'folded'].map((name, i) => DG.Column.fromList('int', name, column(2 + i)))]);
  const all = withZeroRows(frame);
  const texts = Array.from({length: all.rowCount}, (_, row) => ['bucket', 'package_name', 'events', 'errors', 'folded']
    .map((name) => all.getCol(name).isNone(row) ? '-' : all.get(name, row)).join(' '));
  assert.deepEqual(texts, ['1 Core 2 0 0', '1 Other packages 1 0 7', '2 - 0 0 0', '3 Core 0 4 0', '1 - 0 0 0', '3 - 0 0 0']);
});
