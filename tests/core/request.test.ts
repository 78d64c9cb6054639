import assert from 'node:assert/strict';
import {test} from 'node:test';
import {parseRange, type NamedRange} from '../../src/core/range.ts';
import {cellText, createRequest, sameRequest, type RequestInput, type UsageRequest} from '../../src/core/request.ts';
import {at} from './support.ts';

const NOW = at('2026-05-20T15:30:00Z');
const A = 'a4b45840-9a50-11e6-9cc9-8546b8bf62e6';
const B = 'ba9cd191-9a50-11e6-9cc9-910bf827f0ab';

function request(input: Partial<RequestInput> & {text?: string} = {}): UsageRequest {
  const range = parseRange(input.text ?? 'last 30 days', NOW, 'UTC') as NamedRange;
  const answer = createRequest({range, zone: 'UTC', now: NOW, ...input});
  assert.deepEqual(answer.problems, []);
  return answer.request!;
}

test('a request holds absolute bounds, the unit and the comparison', () => {
  const made = request({groups: [B.toUpperCase(), A, A], packages: ['Chem', 'Bio', 'Core']});
  assert.deepEqual({...made, key: ''}, {from: at('2026-04-21'), to: at('2026-05-21'), zone: 'UTC', unit: 'day',
    groups: [A, B], users: [], packages: ['Bio', 'Chem', 'Core'], categories: [], tags: [], functions: [], entities: [],
    sources: [], types: [], cells: [], service: false, text: 'last 30 days', key: '',
    comparison: {current: {from: at('2026-04-21'), to: at('2026-05-21')}, wording: 'the 30 days before',
      previous: {from: at('2026-03-22'), to: at('2026-04-21')}}});
});

test('nothing in a request can be changed', () => {
  const made = request({groups: [A]}) as any;
  for (const change of [() => made.from = 1, () => made.groups.push('x'), () => made.comparison.previous.from = 1])
    assert.throws(change, TypeError);
});

test('equal requests have one key, whatever the order and the words; different ones differ', () => {
  assert.ok(sameRequest(request({groups: [A, B]}), request({groups: [B, A]})));
  assert.ok(sameRequest(request({text: 'last 30 days'}), request({text: '30d'})));
  const all = [request(), request({groups: [A]}), request({users: [A]}), request({packages: [A]}),
    request({service: true}), request({zone: 'Asia/Kolkata'}), request({text: 'last 31 days'}), request({packages: ['a', 'b']}),
    request({packages: ['a,b']}), request({tags: ['a']}), request({categories: ['a']}), request({sources: ['a']}),
    request({cells: ['a']}), request({functions: [A]}), request({entities: [A]}), request({types: [A]}), request({compare: 'year'}),
    request({text: '2026-05'}), request({text: '2026-05-01..2026-05-31'})];
  assert.equal(new Set(all.map((made) => made.key)).size, all.length);
});

test('what is wrong is said in words, all of it', () => {
  const range = parseRange('today', NOW, 'UTC') as NamedRange;
  assert.deepEqual(createRequest({range: {...range, from: range.to}, zone: 'Nowhere', now: NOW, groups: ['x'],
    users: [`' or 1=1`], packages: ['']}), {request: null, problems: ['The range ends before it begins.',
    '"Nowhere" is not a time zone.', '"x" is not the id of a group.', '"\' or 1=1" is not the id of a user.',
    'A package without a name cannot be chosen.']});
});

test('a year ago is the same dates of the year before, a leap day among them', () => {
  const {comparison} = request({text: '2028-02-29..2028-03-31', compare: 'year'});
  assert.deepEqual(comparison.previous, {from: at('2027-02-28'), to: at('2027-04-01')});
  assert.equal(comparison.wording, 'the same dates a year before');
});

test('a point is written with its package last, which may hold any character', () => {
  const cell = {from: at('2026-02-01'), to: at('2026-02-02'), user: A, package: 'a|b'};
  const times = '2026-02-01T00:00:00.000Z|2026-02-02T00:00:00.000Z';
  assert.equal(cellText(cell), `${times}|${A}|||a|b`);
  assert.equal(cellText({...cell, user: null, source: 'error', package: undefined}), `${times}|-|error||`);
  assert.equal(cellText({...cell, user: undefined, notUsers: [A, B], function: B, package: 'x'}),
    `${times}|!${A},${B}||${B}|x`);
});
