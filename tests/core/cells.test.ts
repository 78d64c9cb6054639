import {test} from 'node:test';
import assert from 'node:assert/strict';
import fc from 'fast-check';
import {cellsWithin, parseCell, usersOfCells} from '../../src/core/cells.ts';
import {cellText, type Cell} from '../../src/core/request.ts';

const users = ['u1', 'u2', 'u3'];
const cell: fc.Arbitrary<Cell> = fc.record({
  from: fc.integer({min: 0, max: 5}), length: fc.integer({min: 1, max: 4}),
  who: fc.oneof(fc.constant({}), fc.constant({user: null}), fc.constantFrom(...users).map((user) => ({user})),
    fc.subarray(users).map((notUsers) => ({notUsers}))),
  source: fc.option(fc.constantFrom('audit', 'usage'), {nil: undefined}),
  package: fc.option(fc.constantFrom('A', 'B|C'), {nil: undefined}),
}).map(({from, length, who, ...rest}) => ({from: from * 1000, to: (from + length) * 1000, ...who, ...rest}));

interface Event {time: number; user: string | null; source: string; package: string}

/** Whether an event lies in a cell, by the definition of cells. */
function lies(e: Event, c: Cell): boolean {
  return e.time >= c.from && e.time < c.to && (c.user === undefined || c.user === e.user) &&
    (c.notUsers === undefined || e.user != null && !c.notUsers.includes(e.user)) &&
    (c.source === undefined || c.source === e.source) && (c.package === undefined || c.package === e.package);
}

test('an event lies in the narrowed cells exactly when it lies in both lists', () => {
  fc.assert(fc.property(fc.array(cell, {minLength: 1, maxLength: 4}), fc.array(cell, {minLength: 1, maxLength: 4}),
    (inner, outer) => {
      const both = cellsWithin(inner.map(cellText), outer.map(cellText)).map((text) => parseCell(text)!);
      for (let time = 0; time < 10_000; time += 1000)
        for (const user of [null, ...users])
          for (const source of ['audit', 'usage'])
            for (const name of ['A', 'B|C', 'Core']) {
              const event = {time, user, source, package: name};
              assert.equal(both.some((c) => lies(event, c)),
                inner.some((c) => lies(event, c)) && outer.some((c) => lies(event, c)));
            }
    }), {numRuns: 200});
});

test('without earlier cells the chosen ones stay as they are', () => {
  assert.deepEqual(cellsWithin(['x', 'y'], []), ['x', 'y']);
});

test('a text that is no cell is none', () => {
  assert.equal(parseCell('2026-01-01'), null);
  assert.equal(parseCell('soon|later||||'), null);
});

test('cells name users when each of them names one', () => {
  const [u1, u2] = ['u2', 'u1'].map((user) => cellText({from: 0, to: 1000, user, package: 'A'}));
  for (const [cells, named] of [
    [[], []], [[u1], ['u2']], [[u1, u2, u1], ['u1', 'u2']], [[u1, cellText({from: 0, to: 1000})], []],
    [[u1, cellText({from: 0, to: 1000, user: null})], []], [[cellText({from: 0, to: 1000, notUsers: ['u1']})], []],
    [[u1, 'no cell'], []]] as const)
    assert.deepEqual(usersOfCells(cells), named);
});
