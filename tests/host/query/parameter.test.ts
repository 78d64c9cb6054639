import assert from 'node:assert/strict';
import {test} from 'node:test';
import {AnnotationError, parseParameter} from '../../../host/server/annotation/parameter.ts';

const plain = {isInput: true, isOptional: false, isNullable: false, options: {}};
const optional = {...plain, isOptional: true};

const inputs: [line: string, expected: object][] = [
  ['string name', {...plain, name: 'name', type: 'string'}],
  ['  int   n  ', {...plain, name: 'n', type: 'int'}],
  ['list<string> groups', {...plain, name: 'groups', type: 'list', subType: 'string'}],
  ['column < numerical > c', {...plain, name: 'c', type: 'column', subType: 'numerical'}],
  ['int top = 5', {...optional, name: 'top', type: 'int', defaultValue: 5}],
  ['int top="7"', {...optional, name: 'top', type: 'int', defaultValue: 7}],
  ['double x = -1.5e3', {...optional, name: 'x', type: 'double', defaultValue: -1500}],
  ['bool b = true', {...optional, name: 'b', type: 'bool', defaultValue: true}],
  ['bool b = "false"', {...optional, name: 'b', type: 'bool', defaultValue: false}],
  ['string s = today', {...optional, name: 's', type: 'string', defaultValue: 'today'}],
  ['string s = 5', {...optional, name: 's', type: 'string', defaultValue: '5'}],
  ['string s = last 30 days {pattern: datetime}',
    {...optional, name: 's', type: 'string', defaultValue: 'last 30 days', options: {pattern: 'datetime'}}],
  [`string s = 'it\\'s {not} [an] option'`,
    {...optional, name: 's', type: 'string', defaultValue: `it's {not} [an] option`}],
  ['string s = "null"', {...optional, name: 's', type: 'string', defaultValue: 'null'}],
  ['string s = null', {...optional, isNullable: true, name: 's', type: 'string', defaultValue: null}],
  [`list<string> l = ['all']`, {...optional, name: 'l', type: 'list', subType: 'string', defaultValue: ['all']}],
  ['list<string> l = ["a, b", \'c;d\', e]',
    {...optional, name: 'l', type: 'list', subType: 'string', defaultValue: ['a, b', 'c;d', 'e']}],
  ['list<string> l = []', {...optional, name: 'l', type: 'list', subType: 'string', defaultValue: []}],
  ['list<string> l = all', {...optional, name: 'l', type: 'list', subType: 'string', defaultValue: ['all']}],
  ['datetime d = 2024-01-01', {...optional, name: 'd', type: 'datetime', defaultValue: '2024-01-01'}],
  ['int n = 2 + 3', {...optional, name: 'n', type: 'int', options: {default: '2 + 3'}}],
  ['string d {pattern: datetime}', {...optional, name: 'd', type: 'string', options: {pattern: 'datetime'}}],
  ['string d {nullable: true}', {...plain, isNullable: true, name: 'd', type: 'string', options: {nullable: 'true'}}],
  ['string d {optional: true}', {...optional, name: 'd', type: 'string', options: {optional: 'true'}}],
  ['string d {optional}', {...optional, name: 'd', type: 'string', options: {optional: 'true'}}],
  ['string d {choices: ["a; b", "c}"]; caption: User\'s choice; semType: Login}', {
    ...plain, name: 'd', type: 'string', semType: 'Login',
    options: {choices: '["a; b", "c}"]', caption: `User's choice`, semType: 'Login'}}],
  ['string d {choices: Query("select a; b"); caption: "x: y"}',
    {...plain, name: 'd', type: 'string', options: {choices: 'Query("select a; b")', caption: 'x: y'}}],
  [`string d = "a" {min: 1} [It's [nested] {text}]`, {...optional, name: 'd', type: 'string', defaultValue: 'a',
    options: {min: '1'}, description: `It's [nested] {text}`}],
  ['string d [first] {min: 1}',
    {...plain, name: 'd', type: 'string', options: {min: '1'}, description: 'first'}],
  ['string path {meta.url: true; optional: true}',
    {...optional, name: 'path', type: 'string', options: {'meta.url': 'true', 'optional': 'true'}}],
];

for (const [line, expected] of inputs)
  test(`input: ${line}`, () => assert.deepEqual(parseParameter(line, true), expected));

test('an output without a name is called result', () => {
  assert.deepEqual(parseParameter('widget', false), {...plain, isInput: false, name: 'result', type: 'widget'});
});

for (const line of ['', 'string', 'string a b', 'string a {min: 1', 'string a [text', '5 a'])
  test(`unreadable input: "${line}"`, () => assert.throws(() => parseParameter(line, true), AnnotationError));
