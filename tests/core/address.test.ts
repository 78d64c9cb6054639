import assert from 'node:assert/strict';
import {test} from 'node:test';
import fc from 'fast-check';
import {decodeAddress, EMPTY_ADDRESS, encodeAddress, type AddressState} from '../../src/core/address.ts';
import {anyText} from './support.ts';

const KEYS = ['tab', 'view', 'date', 'zone', 'groups', 'users', 'packages', 'service'];
const maybe = fc.option(anyText, {nil: undefined});
const list = fc.array(anyText, {maxLength: 4});
// Addresses cannot hold halves of surrogate pairs in keys that belong to others.
const whole = anyText.filter((text) => (text as any).isWellFormed?.() ?? true);
const rest = fc.array(fc.tuple(whole.filter((key) => !KEYS.includes(key)), whole), {maxLength: 3});
const state: fc.Arbitrary<AddressState> = fc.record({tab: maybe, view: maybe, date: maybe, zone: maybe,
  compare: maybe, groups: list, users: list, packages: list, categories: list, tags: list, service: fc.boolean(),
  functions: list, entities: list, sources: list, types: list, cells: list, measure: maybe, drill: list, selected: list,
  page: list, rest},
{noNullPrototype: true});

test('a state written to the address is read back as it was, any text in it', () => {
  fc.assert(fc.property(state, (given) => {
    const query = encodeAddress(given);
    assert.deepEqual(decodeAddress(query), {state: given, problems: []});
    assert.match(query, /^[\x21-\x7e]*$/);
    assert.doesNotMatch(query, /[#+<>"]/);
  }), {numRuns: 1000});
});

test('a browser that parses the address changes nothing', () => {
  fc.assert(fc.property(state, (given) => {
    const url = new URL(`http://localhost/apps/X/Overview?${encodeAddress(given)}#end`);
    assert.deepEqual(decodeAddress(url.search).state, given);
  }), {numRuns: 300});
});

test('addresses stay readable', () => {
  assert.equal(encodeAddress({...EMPTY_ADDRESS, tab: 'Overview', date: 'last 30 days', packages: ['Chem', 'A,b', ''],
    service: true, rest: [['x', 'y']]}),
  'tab=Overview&date=last%2030%20days&packages=Chem,A%5C,b,%5Ce&service=true&x=y');
  assert.equal(encodeAddress(EMPTY_ADDRESS), '');
});

test('addresses written by hand: plus for blank, repeated lists, other words for true', () => {
  const {state: read, problems} = decodeAddress('?date=this+week&users=Ann&users=bob,Eve&service=YES&utm=1&flag');
  assert.deepEqual(read, {...EMPTY_ADDRESS, date: 'this week', users: ['Ann', 'bob', 'Eve'], service: true,
    rest: [['utm', '1'], ['flag', '']]});
  assert.deepEqual(problems, []);
});

test('what cannot be read is reported, and the rest is read', () => {
  const {state: read, problems} = decodeAddress('date=%zz&date=today&service=perhaps&packages=%E0%A4%A&groups=a');
  assert.equal(read.date, 'today');
  assert.equal(read.service, false);
  assert.deepEqual(read.packages, ['%E0%A4%A']);
  assert.deepEqual(read.groups, ['a']);
  assert.equal(problems.length, 4);
});

test('names of built-in members are ordinary keys', () => {
  const {state: read} = decodeAddress('constructor=1&__proto__=2&toString=3&rest=4');
  assert.deepEqual(read.rest, [['constructor', '1'], ['__proto__', '2'], ['toString', '3'], ['rest', '4']]);
});

test('no address throws', () => {
  fc.assert(fc.property(anyText, (query) => {
    assert.ok(decodeAddress(query).state.rest.length >= 0);
  }), {numRuns: 500});
});
