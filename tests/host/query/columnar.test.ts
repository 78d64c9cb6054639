import assert from 'node:assert/strict';
import {test} from 'node:test';
import fc from 'fast-check';
import {decodeColumnar, encodeColumnar, isColumnar} from '../../../host/shared/columnar.ts';
import {uniqueNames} from '../../../host/shared/frame.ts';
import {DOUBLE_NULL, INT_NULL, plainValues, type Table, type TableColumn} from '../../../host/shared/table.ts';
import {loadCore} from '../../../host/server/core/core.ts';
import {encodeD42} from '../../../host/server/core/d42.ts';

process.env.TZ = 'UTC';

function stringColumn(name: string, values: (string | null)[]): TableColumn {
  const categories = [...new Set(values)].filter((v): v is string => v !== null).sort();
  if (categories[0] === '')
    categories.push(categories.shift()!);
  const data = Int32Array.from(values, (v) => v === null ? -1 : categories.indexOf(v));
  return {name, type: 'string', categories, data};
}

const table: Table = {
  rowCount: 3, tags: {'.a': 'ü'},
  columns: [
    {name: 'i', type: 'int', data: Int32Array.of(1, INT_NULL, 2147483647), tags: {units: 's'}},
    {name: 'I', type: 'double', data: Float64Array.of(0.1, DOUBLE_NULL, NaN)},
    stringColumn('s', ['b', null, 'a']),
    stringColumn('empty', ['', 'x', null]),
    stringColumn('none', [null, null, null]),
    {name: 'b', type: 'bool', data: Uint8Array.of(1, 0, 1)},
    {name: 'd', type: 'datetime', data: Float64Array.of(1_700_000_000_123_000, DOUBLE_NULL, -5_000_000_000_000_000)},
    {name: 'q', type: 'bigint', data: BigInt64Array.of(-(2n ** 63n), 0n, 5n), nulls: Int32Array.of(1)},
  ],
};

const values = (of: Table): unknown[] => of.columns.map((column) => [column.name, column.type, plainValues(column)]);

test('a table is the same after its way through the container, at any address', () => {
  const bytes = encodeColumnar(table);
  assert.ok(isColumnar(bytes));
  for (const shift of [0, 1, 4, 8]) {
    const moved = new Uint8Array(bytes.length + shift);
    moved.set(bytes, shift);
    const decoded = decodeColumnar(moved.subarray(shift));
    assert.deepEqual(values(decoded), values(table));
    assert.deepEqual(decoded.tags, {'.a': 'ü'});
    assert.deepEqual(decoded.columns[0].tags, {units: 's'});
  }
});

test('any strings come through', () => {
  fc.assert(fc.property(fc.array(fc.option(fc.string({unit: 'grapheme'}))), (strings) => {
    const column = stringColumn('s', strings);
    const decoded = decodeColumnar(encodeColumnar({rowCount: strings.length, columns: [column]}));
    assert.deepEqual(plainValues(decoded.columns[0]), strings);
  }));
});

test('tables without rows or columns come through', () => {
  assert.deepEqual(decodeColumnar(encodeColumnar({rowCount: 5, columns: []})),
    {rowCount: 5, tags: undefined, columns: []});
  const empty = table.columns.map((column) => ({...column, data: column.data.slice(0, 0),
    ...column.type === 'bigint' ? {nulls: new Int32Array(0)} : {}} as TableColumn));
  assert.deepEqual(decodeColumnar(encodeColumnar({rowCount: 0, columns: empty})).columns.map(plainValues),
    empty.map(() => []));
});

test('bytes that are no container, or are cut off, are refused', () => {
  assert.equal(isColumnar(new Uint8Array(8)), false);
  assert.throws(() => decodeColumnar(new TextEncoder().encode('PAR1 and something else')), /no columnar table/);
  assert.throws(() => decodeColumnar(encodeColumnar(table).slice(0, -16)), /cut off/);
});

test('the core reads what it was given, through d42', async () => {
  const core = await loadCore();
  const bytes = encodeD42(core, decodeColumnar(encodeColumnar(table)), 'result');
  const frame = core.call.grok_DataFrame_FromByteArray(bytes);
  assert.equal(core.call.grok_DataFrame_Get_Name(frame), 'result');
  assert.equal(core.call.grok_DataFrame_Get_Tag(frame, '.a'), 'ü');
  assert.deepEqual(core.call.grok_DataFrame_ToCsv(frame, null, null).trimEnd().split('\n'), [
    'i,I (2),s,empty,none,b,d,q',
    '1,0.1,b,,,true,11/14/2023 22:13:20.123,-9223372036854775808',
    ',,,x,,false,,',
    '2147483647,NaN,a,,,true,07/23/1811 15:06:40.000,5',
  ]);
});

test('an empty table has its columns in the core', async () => {
  const core = await loadCore();
  const empty = table.columns.map((column) => ({...column, data: column.data.slice(0, 0),
    ...column.type === 'bigint' ? {nulls: new Int32Array(0)} : {}} as TableColumn));
  const frame = core.call.grok_DataFrame_FromByteArray(encodeD42(core, {rowCount: 0, columns: empty}, 'result'));
  assert.equal(core.call.grok_DataFrame_RowCount(frame), 0);
  assert.equal(core.call.grok_DataFrame_ToCsv(frame, null, null).trimEnd(), 'i,I (2),s,empty,none,b,d,q');
});

test('names of columns are made unique without regard to case', () => {
  assert.deepEqual(uniqueNames(['a', 'A', 'a', 'a (2)', '', '']), ['a', 'A (2)', 'a (3)', 'a (2) (2)', '', ' (2)']);
});
