import assert from 'node:assert/strict';
import {test} from 'node:test';
import fc from 'fast-check';
import {EMPTY_ADDRESS, decodeAddress, encodeAddress, type AddressState} from '../../src/core/address.ts';
import {drillBack, drillClose, drillInto, drillTrail} from '../../src/core/drill.ts';
import {at} from './support.ts';

const start: AddressState = {...EMPTY_ADDRESS, tab: 'Packages', date: 'last 30 days', packages: ['Chem'],
  categories: ['Science'], selected: ['a', 'b']};

test('a drill-down narrows, remembers where it came from, and going back restores it', () => {
  const inside = drillInto(start, 'Functions', {range: {from: at('2026-02-03'), to: at('2026-02-04')},
    users: ['u1'], cells: ['x|y']}, 'UTC');
  assert.deepEqual({...inside, drill: []}, {...EMPTY_ADDRESS, tab: 'Functions', date: '2026-02-03', packages: ['Chem'],
    users: ['u1'], cells: ['x|y']});
  assert.deepEqual(drillTrail(inside), ['Packages']);
  assert.deepEqual(drillBack(inside), start);
});

test('drill-downs stack: back leads one level up, close leads out of all and stays on the tab', () => {
  const first = drillInto(start, 'Functions', {users: ['u1']}, 'UTC');
  const second = drillInto(first, 'Events', {sources: ['error'], measure: 'errors'}, 'UTC');
  assert.deepEqual(drillTrail(second), ['Packages', 'Functions']);
  assert.deepEqual(drillBack(second), first);
  assert.deepEqual(drillBack(drillBack(second)!), start);
  assert.deepEqual(drillClose(second), {...start, tab: 'Events', selected: []});
});

test('outside a drill-down there is nowhere to go back to', () => {
  assert.equal(drillBack(start), null);
  assert.equal(drillClose(start), start);
});

test('the stack survives the address, whatever text is in it', () => {
  const text = fc.string({unit: 'binary'});
  fc.assert(fc.property(text, fc.array(text), fc.array(text), (date, users, packages) => {
    const from = {...EMPTY_ADDRESS, tab: 'Overview', date, users, packages};
    const inside = drillInto(drillInto(from, 'Functions', {cells: users}, 'UTC'), 'Events', {sources: packages}, 'UTC');
    const opened = decodeAddress(encodeAddress(inside)).state;
    assert.deepEqual(opened, inside);
    assert.deepEqual(drillBack(drillBack(opened)!), from);
  }));
});
