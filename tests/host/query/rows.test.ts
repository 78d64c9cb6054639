import assert from 'node:assert/strict';
import {after, before, test} from 'node:test';
import pg from 'pg';
import {decodeColumnar, encodeColumnar} from '../../../host/shared/columnar.ts';
import {plainValues} from '../../../host/shared/table.ts';
import {QueryRunner, type QueryResult} from '../../../host/server/query/run.ts';
import {testDatabase, withClient} from '../../support/postgres.ts';
import {queryOf} from './queries.ts';

process.env.TZ = 'UTC';
let database: {url: string; close(): Promise<void>};
let runner: QueryRunner;

before(async () => {
  database = await testDatabase();
  runner = new QueryRunner({url: database.url});
});
after(async () => {
  await runner?.close();
  await database?.close();
});

const run = (sql: string, values = {}): Promise<QueryResult> => runner.run(queryOf(sql), values);

/** Expected: type and value of a column; datetimes in microseconds. */
const types: [sql: string, type: string, value: unknown][] = [
  [`(-32768)::int2`, 'int', -32768],
  [`32767::int2`, 'int', 32767],
  [`(-2147483647)::int4`, 'int', -2147483647],
  [`2147483647::int4`, 'int', 2147483647],
  [`null::int4`, 'int', null],
  [`(-9223372036854775808)::int8`, 'bigint', -9223372036854775808n],
  [`9223372036854775807::int8`, 'bigint', 9223372036854775807n],
  [`4294967296::int8`, 'bigint', 4294967296n],
  [`(-1)::int8`, 'bigint', -1n],
  [`null::int8`, 'bigint', null],
  [`4294967295::oid`, 'bigint', 4294967295n],
  [`0.1::float4`, 'double', 0.1],
  [`0.1::float8`, 'double', 0.1],
  [`5e-324::float8`, 'double', 5e-324],
  [`1.7976931348623157e308::float8`, 'double', Number.MAX_VALUE],
  [`'-0'::float8`, 'double', -0],
  [`'NaN'::float8`, 'double', NaN],
  [`'-Infinity'::float8`, 'double', -Infinity],
  [`null::float8`, 'double', null],
  [`123456789.987654321::numeric`, 'double', Number('123456789.987654321')],
  [`'NaN'::numeric`, 'double', NaN],
  [`'Infinity'::numeric`, 'double', Infinity],
  [`null::numeric`, 'double', null],
  [`true`, 'bool', true],
  [`false`, 'bool', false],
  [`null::bool`, 'bool', false],
  [`timestamp '1970-01-01'`, 'datetime', 0],
  [`timestamp '2024-02-29 23:59:59.999999'`, 'datetime', 1709251199999999],
  [`timestamp '1969-12-31 23:59:59.999999'`, 'datetime', -1],
  [`timestamp '0001-01-01 00:00:00'`, 'datetime', -62135596800000000],
  [`timestamp '1999-12-31 23:59:59.999999'`, 'datetime', 946684799999999],
  [`null::timestamp`, 'datetime', null],
  [`timestamptz '2024-01-01 00:00:00.000001+02'`, 'datetime', 1704060000000001],
  [`timestamp 'infinity'`, 'datetime', null],
  [`date '2024-02-29'`, 'datetime', 1709164800000000],
  [`date '1960-01-01'`, 'datetime', -315619200000000],
  [`date '-infinity'`, 'datetime', null],
  [`'ü 漢 😀'::text`, 'string', 'ü 漢 😀'],
  [`''::varchar`, 'string', ''],
  [`null::text`, 'string', null],
  [`'ab'::char(4)`, 'string', 'ab  '],
  [`'name'::name`, 'string', 'name'],
  [`'A4B45840-9A50-11E6-9CC9-8546B8BF62E6'::uuid`, 'string', 'a4b45840-9a50-11e6-9cc9-8546b8bf62e6'],
  [`'{"a":[1, null]}'::jsonb`, 'string', '{"a": [1, null]}'],
  [`'{"a":1}'::json`, 'string', '{"a":1}'],
  [`array['a,b', null, 'c']`, 'string', '{"a,b",NULL,c}'],
  [`time '12:30:00.5'`, 'string', '12:30:00.5'],
  [`interval '1 day 2 hours'`, 'string', '1 day 02:00:00'],
  [`'10.0.0.1'::inet`, 'string', '10.0.0.1'],
  [`'\\x00ff'::bytea`, 'string', '\\x00ff'],
];

for (const [sql, type, value] of types) {
  test(`${sql} is ${type}`, async () => {
    // The values around it show that it takes its own place and no more.
    const {columns} = await run(`select 1 as before, ${sql} as x, 'after' as after`);
    assert.equal(columns[1].type, type);
    assert.deepEqual(columns.map(plainValues), [[1], [value], ['after']]);
  });
}

test('enums and domains are read as their texts', async () => {
  await withClient(database.url, (client) => client.query(
    `create type mood as enum ('fine', 'bad'); create domain name_of as text; ` +
    `create table moods as select 'bad'::mood as mood, 'x'::name_of as name`));
  const {columns} = await run('select mood, name from moods');
  assert.deepEqual(columns.map((column) => [column.type, ...plainValues(column)]), [['string', 'bad'], ['string', 'x']]);
});

test('a column with the least int4 becomes double and says so', async () => {
  const {columns, notes} = await run('select x from (values ((-2147483648)::int4), (null), (7)) v(x)');
  assert.deepEqual([columns[0].type, plainValues(columns[0])], ['double', [-2147483648, null, 7]]);
  assert.match(notes[0], /Column "x".*double/);
});

test('the type decides, not the values: empty and null columns have theirs', async () => {
  const {columns, rowCount} = await run(`select 1::int8 as a, 1 as b, now() as c, true as d, 'x' as e, 1.5 as f where false`);
  assert.equal(rowCount, 0);
  assert.deepEqual(columns.map((c) => c.type), ['bigint', 'int', 'datetime', 'bool', 'string', 'double']);
  assert.deepEqual(columns.map(plainValues), [[], [], [], [], [], []]);
});

test('a result without columns has its rows counted', async () => {
  const result = await run('select from generate_series(1, 3)');
  assert.deepEqual([result.rowCount, result.columns], [3, []]);
});

test('categories are sorted by code unit, the empty one last', async () => {
  const {columns: [column]} = await run(`select x from unnest(array['b2', null, 'é', '', 'B', 'b10', 'a', 'b2']) x`);
  assert.equal(column.type, 'string');
  assert.deepEqual('categories' in column && column.categories, ['B', 'a', 'b10', 'b2', 'é', '']);
  assert.deepEqual(plainValues(column), ['b2', null, 'é', '', 'B', 'b10', 'a', 'b2']);
});

test('dates are computed in UTC whatever the server is set to', async () => {
  const other = new QueryRunner({url: database.url, pool: {options: '-c timezone=Asia/Tokyo'}});
  try {
    const {columns} = await other.run(queryOf(
      `select current_setting('timezone') as zone, timestamptz '2024-01-01 00:00+00' :: timestamp as local`));
    assert.deepEqual(columns.map(plainValues), [['UTC'], [Date.UTC(2024, 0, 1) * 1000]]);
  } finally {
    await other.close();
  }
});

test('values arrive in the database as they were given', async () => {
  const result = await run([
    '--input: string s', '--input: list<string> l', '--input: datetime d', '--input: int i', '--input: double f',
    '--input: string u', '--input: list<string> us', '--input: list<string> none',
    `select @s::text as s, array_to_string(@l::text[], '|') as l, @d as d, @i as i, @f as f, pg_typeof(@u)::text as u,`,
    `pg_typeof(@us)::text as us, @none::uuid[] = '{}' as none, @u = any(@us) as found`,
  ].join('\n'), {
    s: `'; drop table events; -- $1 \\ "`, l: ['a"b', 'c\\', '{,}', ''], d: '2024-01-01T00:00:00.000001Z', i: 3000000000,
    f: 0.1, u: 'a4b45840-9a50-11e6-9cc9-8546b8bf62e6', us: ['A4B45840-9A50-11E6-9CC9-8546B8BF62E6'], none: [],
  });
  assert.deepEqual(result.columns.flatMap(plainValues), [`'; drop table events; -- $1 \\ "`, 'a"b|c\\|{,}|',
    1704067200000001, 3000000000n, 0.1, 'uuid', 'uuid[]', true, true]);
});

const LARGE = `select i, (i * 7919::int8) % 1000003 as big, i / 7.0::float8 as ratio, i % 3 = 0 as third,
  case when i % 11 <> 0 then 'name ' || i % 2000 end as name, md5(i::text) as hash,
  timestamp '2020-01-01' + i * interval '1.000001 second' as time,
  case when i % 5 <> 0 then (i % 100)::numeric / 8 end as part
  from generate_series(1, 200000) i order by i`;

test('200,000 rows by 8 columns are what pg reads, also after the container', async () => {
  const result = await run(LARGE);
  assert.deepEqual([result.rowCount, result.truncated], [200_000, false]);
  const {columns} = decodeColumnar(encodeColumnar(result));
  const ours = columns.map(plainValues);
  const naive: string[][] = await withClient(database.url, async (client) => {
    const types: pg.CustomTypesConfig = {getTypeParser: () => (text: string) => text} as any;
    return (await client.query({text: LARGE, rowMode: 'array', types})).rows;
  });
  const timeOf = (text: string): number =>
    Date.parse(`${text.slice(0, 19).replace(' ', 'T')}Z`) * 1000 + Number(text.slice(20).padEnd(6, '0'));
  naive.forEach((row, i) => {
    const [id, big, ratio, third, name, hash, time, part] = row;
    const expected = [Number(id), BigInt(big), Number(ratio), third === 't', name, hash, timeOf(time),
      part === null ? null : Number(part)];
    for (let c = 0; c < expected.length; c++) {
      if (!Object.is(ours[c][i], expected[c]))
        assert.fail(`row ${i}, column ${c}: ${ours[c][i]} instead of ${expected[c]}`);
    }
  });
});
