import assert from 'node:assert/strict';
import {before, test} from 'node:test';
import fc from 'fast-check';
import {parseParameter} from '../../../host/server/annotation/parameter.ts';
import {loadCore, type Core} from '../../../host/server/core/core.ts';
import {QueryError} from '../../../host/server/query/error.ts';
import {makeStatement} from '../../../host/server/query/statement.ts';
import {resolveValues} from '../../../host/server/query/values.ts';

process.env.TZ = 'UTC';
const UUID = 'a4b45840-9a50-11e6-9cc9-8546b8bf62e6';
const UUID2 = 'A4B45840-9A50-11E6-C537-6BF8E9AB02EE';
const BOOL = 16, INT8 = 20, INT4 = 23, FLOAT8 = 701, TEXT_ARRAY = 1009, VARCHAR = 1043, TIMESTAMP = 1114;
const UUID_TYPE = 2950, UUID_ARRAY = 2951;
let core: Core;
before(async () => core = await loadCore());

function make(sql: string, inputs: string[], values: Record<string, unknown>) {
  const params = inputs.map((line) => parseParameter(line, true));
  return makeStatement(core, sql, params, resolveValues(params, values));
}

const binds: [input: string, value: unknown, oid: number, text: string | null][] = [
  ['string p', 'x', VARCHAR, 'x'],
  ['string p', '', VARCHAR, ''],
  ['string p', `'; drop table events; --`, VARCHAR, `'; drop table events; --`],
  ['string p', UUID, UUID_TYPE, UUID],
  ['string p', UUID2, UUID_TYPE, UUID2],
  ['string p', ` ${UUID}`, VARCHAR, ` ${UUID}`],
  ['string p', 5, VARCHAR, '5'],
  ['string p {nullable: true}', null, VARCHAR, null],
  ['int p', 5, INT4, '5'],
  ['int p', '-5', INT4, '-5'],
  ['int p', 2 ** 31 - 1, INT4, '2147483647'],
  ['int p', 2 ** 31, INT8, '2147483648'],
  ['int p {nullable: true}', null, INT4, null],
  ['bigint p', '9223372036854775807', INT8, '9223372036854775807'],
  ['double p', 1.5, FLOAT8, '1.5'],
  ['double p', '1e-3', FLOAT8, '0.001'],
  ['double p {nullable: true}', null, FLOAT8, null],
  ['bool p', true, BOOL, 'true'],
  ['bool p', 'false', BOOL, 'false'],
  ['datetime p', '2024-02-29T12:30:00.000001Z', TIMESTAMP, '2024-02-29 12:30:00.000001'],
  ['datetime p', '2024-01-01T00:30:00+02:00', TIMESTAMP, '2023-12-31 22:30:00.000000'],
  ['datetime p', '2024-01-01', TIMESTAMP, '2024-01-01 00:00:00.000000'],
  ['datetime p {nullable: true}', null, TIMESTAMP, null],
  ['list<string> p', [UUID, UUID2], UUID_ARRAY, `{"${UUID}","${UUID2}"}`],
  ['list<string> p', [UUID, 'all'], TEXT_ARRAY, `{"${UUID}","all"}`],
  ['list<string> p', [], TEXT_ARRAY, '{}'],
  ['list<string> p', UUID, UUID_ARRAY, `{"${UUID}"}`],
  ['list<string> p', ['a"b', 'c\\d', '{,}', 'null', null], TEXT_ARRAY, '{"a\\"b","c\\\\d","{,}","null",NULL}'],
  ['list<string> p {nullable: true}', null, TEXT_ARRAY, null],
];

for (const [input, value, oid, text] of binds) {
  test(`${input} with ${JSON.stringify(value)} is bound as type ${oid}`, () => {
    assert.deepEqual(make('select @p', [input], {p: value}), {text: 'select $1', binds: [{oid, text}], notes: []});
  });
}

const wrong: [input: string, value: unknown, message: RegExp][] = [
  ['int p', 'x', /"p": int expected, got "x"/],
  ['int p', 1.5, /"p": int expected, got 1\.5/],
  ['int p', [1], /got a list/],
  ['bigint p', '9223372036854775808', /bigint expected/],
  ['double p', 'NaN', /double expected/],
  ['bool p', 1, /bool expected, got 1/],
  ['string p', ['a'], /string expected, got a list/],
  ['string p', {}, /got an object/],
  ['string p', 'a\0b', /zero character/],
  ['datetime p', '2024-02-30', /datetime expected/],
  ['datetime p', 'yesterday', /datetime expected/],
  ['list<string> p', [{}], /list of strings expected/],
  ['dataframe p', 'x', /a dataframe cannot be passed/],
];

for (const [input, value, message] of wrong) {
  test(`${input} with ${JSON.stringify(value)} is refused`, () => {
    assert.throws(() => make('select @p', [input], {p: value}),
      (error) => error instanceof QueryError && error.kind === 'input' && message.test(error.message));
  });
}

const texts: [situation: string, sql: string, expected: string][] = [
  ['the same value has one number', 'select @a, @b, @A', 'select $1, $2, $1'],
  ['casts are no parameters', 'select @a::text, b::a', 'select $1::text, b::a'],
  ['names that are not declared stay', 'select @aa, @c', 'select @aa, @c'],
  ['string literals stay', `select 'x@a.com', 'it''s @a', @a`, `select 'x@a.com', 'it''s @a', $1`],
  ['escape strings stay', `select E'\\'@a', e'\\\\', @a`, `select E'\\'@a', e'\\\\', $1`],
  ['a backslash ends no ordinary string', `select '\\', @a, '@a'`, `select '\\', $1, '@a'`],
  ['quoted names stay', 'select "@a", @a', 'select "@a", $1'],
  ['dollar quotes stay', 'select $$ @a $$, $x$ @a $$ $x$, @a', 'select $$ @a $$, $x$ @a $$ $x$, $1'],
  ['comments within lines stay', 'select 1 -- @a\n, @a /* @a /* @a */ @a */', 'select 1 -- @a\n, $1 /* @a /* @a */ @a */'],
  ['lines of comment are dropped', '--name: q\n  -- @a\nselect @a\n--end', 'select $1'],
  ['doubled question marks are the operator', `select x ?? 'k', y ??| z`, `select x ? 'k', y ?| z`],
  ['a question mark in a literal stays', `select 'why?', @a`, `select 'why?', $1`],
];

for (const [situation, sql, expected] of texts) {
  test(situation, () => assert.equal(make(sql, ['string a', 'string b'], {a: 'x', b: 'y'}).text, expected));
}

const refused: [situation: string, sql: string, message: RegExp][] = [
  ['a single question mark', 'select x ? y', /written "\?\?"/],
  ['a number of a bind', 'select $1', /"\$1"/],
  ['brackets behind a parameter that is no pattern', 'select @a(x)', /"@a\(" needs an input "a" with a pattern/],
  ['brackets behind an unknown name', 'select @abs(x)', /"@abs\("/],
  ['blanks in the brackets of a pattern', 'select @d( x )', /without blanks and brackets/],
  ['brackets in the brackets of a pattern', 'select @d(lower(x))', /without blanks and brackets/],
];

for (const [situation, sql, message] of refused) {
  test(`${situation} is refused`, () => {
    assert.throws(() => make(sql, ['string a', 'string d {pattern: string}'], {a: 'x', d: 'y'}), {message});
  });
}

test('no value ever becomes part of the text', () => {
  fc.assert(fc.property(fc.string({unit: 'grapheme'}).filter((s) => !s.includes('\0')), (value) => {
    const statement = make(`select @a, '@a' from t where @d(x)`, ['string a', 'string d = "" {pattern: string}'],
      {a: value});
    assert.equal(statement.text, `select $1, '@a' from t where (1 = 1)`);
    assert.equal(statement.binds[0].text, value);
  }));
});

test('values are found without regard to case, then defaults, then null', () => {
  const params = ['string a', 'int b = 5', 'string c {pattern: string}', 'string d {nullable: true}',
    'string e = "x" {nullable: true}'].map((line) => parseParameter(line, true));
  assert.deepEqual([...resolveValues(params, {A: 'x', unknown: 1, b: null, e: null})],
    [['a', 'x'], ['b', 5], ['c', null], ['d', null], ['e', null]]);
  assert.deepEqual([...resolveValues(params, {a: ''})].slice(3), [['d', null], ['e', 'x']]);
  assert.throws(() => resolveValues(params, {a: null}), {message: 'Parameter "a" is required'});
});
