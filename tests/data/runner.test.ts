import assert from 'node:assert/strict';
import {test} from 'node:test';
import {Runner, type State} from '../../src/data/runner.ts';

/** An asker whose answers come when, and in the order in which, the test says. */
class Asked {
  readonly calls: {request: string, signal: AbortSignal, answer(data: string): void, fail(e: unknown): void}[] = [];
  clock = 100;
  readonly runner = new Runner<string, string>((request, signal) => new Promise((answer, fail) =>
    this.calls.push({request, signal, answer, fail})), {isEmpty: (data) => data === '', now: () => this.clock});
  readonly seen: State<string>[] = [];

  constructor() {
    this.runner.states.subscribe((state) => this.seen.push(state));
  }
}

const turns = (): Promise<void> => new Promise((done) => setImmediate(done));

function permutations<T>(items: T[]): T[][] {
  return items.length <= 1 ? [items] : items.flatMap((item, i) =>
    permutations([...items.slice(0, i), ...items.slice(i + 1)]).map((rest) => [item, ...rest]));
}

test('whatever the order of up to four answers, the last request wins and an older answer never shows', async () => {
  for (const n of [1, 2, 3, 4])
    for (const order of permutations([...Array(n).keys()])) {
      const asked = new Asked();
      for (let i = 0; i < n; i++)
        void asked.runner.run(`r${i}`);
      for (const i of order)
        asked.calls[i].answer(`a${i}`);
      await turns();
      assert.deepEqual(asked.seen.filter((s) => s.kind === 'ready').map((s) => s.data), [`a${n - 1}`]);
      assert.deepEqual(asked.calls.map((c) => c.signal.aborted), [...Array(n).keys()].map((i) => i < n - 1));
    }
});

test('answers and failures in any order: only the last request decides', async () => {
  for (const order of permutations([0, 1, 2])) {
    const asked = new Asked();
    for (let i = 0; i < 3; i++)
      void asked.runner.run(`r${i}`);
    for (const i of order)
      if (i === 2)
        asked.calls[i].fail(new Error('no such table'));
      else
        asked.calls[i].answer('old');
    await turns();
    assert.deepEqual(asked.runner.state, {kind: 'failed', message: 'no such table', data: undefined, asOf: undefined});
  }
});

test('the five states: loading, ready, stale while the next is awaited, empty, failed with the old data kept', async () => {
  const asked = new Asked();
  assert.deepEqual(asked.runner.state, {kind: 'loading', since: 100});
  void asked.runner.run('a');
  asked.clock = 110;
  asked.calls[0].answer('A');
  await turns();
  assert.deepEqual(asked.runner.state, {kind: 'ready', data: 'A', asOf: 100});
  void asked.runner.run('b');
  assert.deepEqual(asked.runner.state, {kind: 'stale', data: 'A', asOf: 100, since: 110});
  asked.calls[1].fail('lost the connection');
  await turns();
  assert.deepEqual(asked.runner.state, {kind: 'failed', message: 'lost the connection', data: 'A', asOf: 100});
  asked.clock = 120;
  void asked.runner.retry();
  assert.deepEqual(asked.runner.state, {kind: 'stale', data: 'A', asOf: 100, since: 120});
  asked.calls[2].answer('');
  await turns();
  assert.deepEqual(asked.runner.state, {kind: 'empty', data: '', asOf: 120});
  assert.deepEqual(asked.calls.map((c) => c.request), ['a', 'b', 'b']);
});

test('the same request is asked once, unless forced or failed', async () => {
  const asked = new Asked();
  void asked.runner.run('a');
  void asked.runner.run('a');
  asked.calls[0].answer('A');
  await turns();
  void asked.runner.run('a');
  assert.equal(asked.calls.length, 1);
  void asked.runner.run('a', true);
  asked.calls[1].fail(new Error('x'));
  await turns();
  void asked.runner.run('a');
  assert.equal(asked.calls.length, 3);
});

test('cancelling aborts the query and says so; the answer that still comes is not shown', async () => {
  const asked = new Asked();
  void asked.runner.run('a');
  asked.runner.cancel();
  assert.equal(asked.calls[0].signal.aborted, true);
  asked.calls[0].answer('A');
  await turns();
  assert.deepEqual(asked.runner.state, {kind: 'failed', message: 'Cancelled', data: undefined, asOf: undefined});
});

test('after dispose the query is aborted, nothing is published and nothing is asked', async () => {
  const asked = new Asked();
  void asked.runner.run('a');
  const before = asked.seen.length;
  asked.runner.dispose();
  asked.calls[0].answer('A');
  void asked.runner.run('b');
  await turns();
  assert.equal(asked.calls[0].signal.aborted, true);
  assert.equal(asked.seen.length, before);
  assert.equal(asked.calls.length, 1);
});

test('a failure without words still says something', async () => {
  for (const thrown of [new Error(''), '', '  ']) {
    const asked = new Asked();
    void asked.runner.run('a');
    asked.calls[0].fail(thrown);
    await turns();
    assert.equal((asked.runner.state as any).message, 'The query failed without a message');
  }
});
