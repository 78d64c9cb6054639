import assert from 'node:assert/strict';
import {test} from 'node:test';
import {LogQueue, type PostedRecord, type QueueOptions} from '../../../host/client/log/queue.ts';

const record = (n: number): PostedRecord =>
  ({id: String(n), level: 'usage', message: String(n), params: {}, time: 0});

/** A queue whose server answers with the given statuses, then with 200; 0 stands for no answer. */
function queueWith(statuses: number[], options: QueueOptions = {}) {
  const posts: string[][] = [];
  const warnings: string[] = [];
  const queue = new LogQueue(async (records) => {
    posts.push(records.map(({id}) => id));
    const status = statuses.shift() ?? 200;
    if (status === 0)
      throw new Error('not reached');
    return {status, reason: `reason ${status}`};
  }, {pause: 1, batch: 3, longestWait: 4, warn: (text) => warnings.push(text), ...options});
  const empty = async (): Promise<void> => {
    while (queue.length > 0)
      await new Promise((done) => setTimeout(done, 1));
  };
  return {queue, posts, warnings, empty};
}

test('records are sent in their order, a batch at a time', async () => {
  const {queue, posts, empty} = queueWith([]);
  for (let n = 0; n < 7; n++)
    queue.add(record(n));
  await empty();
  assert.deepEqual(posts, [['0', '1', '2'], ['3', '4', '5'], ['6']]);
});

test('two who flush at once send each record once', async () => {
  const {queue, posts} = queueWith([], {pause: 10_000});
  for (let n = 0; n < 5; n++)
    queue.add(record(n));
  await Promise.all([queue.flush(), queue.flush(), queue.flush()]);
  assert.deepEqual(posts.flat(), ['0', '1', '2', '3', '4']);
});

for (const status of [0, 429, 500, 503]) {
  test(`the same records are sent again after ${status || 'no answer'}`, async () => {
    const {queue, posts, warnings, empty} = queueWith([status, status]);
    for (let n = 0; n < 4; n++)
      queue.add(record(n));
    await empty();
    assert.deepEqual(posts, [['0', '1', '2'], ['0', '1', '2'], ['0', '1', '2'], ['3']]);
    assert.deepEqual(warnings, []);
  });
}

test('what is refused is dropped, and said', async () => {
  const {queue, posts, warnings, empty} = queueWith([400]);
  for (let n = 0; n < 4; n++)
    queue.add(record(n));
  await empty();
  assert.deepEqual(posts, [['0', '1', '2'], ['3']]);
  assert.deepEqual(warnings, ['The log refused 3 records: reason 400']);
});

for (const status of [401, 403, 404, 409, 501]) {
  test(`nothing is sent after ${status}: it would be refused again`, async () => {
    const {queue, posts, warnings, empty} = queueWith([status]);
    queue.add(record(0));
    await empty();
    queue.add(record(1));
    await queue.flush();
    assert.deepEqual(posts, [['0']]);
    assert.deepEqual(warnings, []);
    assert.equal(queue.length, 0);
  });
}

test('more than may wait is left out, and said once it can be', async () => {
  const {queue, posts, warnings} = queueWith([], {pause: 10_000, most: 4, batch: 100});
  for (let n = 0; n < 9; n++)
    queue.add(record(n));
  await queue.flush();
  assert.deepEqual(posts, [['0', '1', '2', '3']]);
  assert.deepEqual(warnings, ['The log left out 5 records: too many waited']);
});
