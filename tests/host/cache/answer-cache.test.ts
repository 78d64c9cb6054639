import assert from 'node:assert/strict';
import {test} from 'node:test';
import {AnswerCache, type CacheKey, type Keepable, type RunSignals} from '../../../host/server/cache/index.ts';
import {Cron} from '../../../host/shared/cache/cron.ts';

interface Answer extends Keepable {
  text: string;
}

/** A cache with runs that end when, and as, the test says. */
class Bench {
  time = Date.UTC(2026, 2, 20, 12);
  readonly cache: AnswerCache<Answer>;
  readonly runs: {signals: RunSignals, end(answer: Partial<Answer>): void, fail(error: Error): void}[] = [];

  constructor(limit = 1000) {
    this.cache = new AnswerCache(limit, () => this.time);
  }

  /** Asks; `control` gives up. */
  ask(key: string, more: Partial<CacheKey> & {control?: AbortController} = {}): Promise<string> {
    const {control = new AbortController(), ...rest} = more;
    return this.cache.ask({group: 'g', key, ...rest}, (signals) => new Promise((resolve, reject) => {
      signals.signal.addEventListener('abort', () => reject(new Error('aborted')));
      this.runs.push({signals, fail: reject,
        end: (answer) => resolve({text: key, size: 100, isWhole: true, ...answer})});
    }), {signal: control.signal}).then((answer) => answer.text);
  }

  /** Asks and answers at once if it is run. @returns whether it was. */
  async runs1(key: string, answer: Partial<Answer> = {}, more: Partial<CacheKey> = {}): Promise<boolean> {
    const before = this.runs.length;
    const asked = this.ask(key, more);
    this.runs.slice(before).forEach((run) => run.end(answer));
    await asked;
    return this.runs.length > before;
  }
}

test('a question is run once, and its answer is given again', async () => {
  const bench = new Bench();
  assert.deepEqual([await bench.runs1('a'), await bench.runs1('a'), await bench.runs1('b')], [true, false, true]);
  assert.equal(bench.cache.size, 200);
});

test('askers of one question at one time share one run and its progress', async () => {
  const bench = new Bench();
  const rows: number[] = [];
  const all = Array.from({length: 20}, () => bench.ask('a'));
  const told = bench.cache.ask({group: 'g', key: 'a'}, () => assert.fail('run twice'),
    {signal: new AbortController().signal, onProgress: (n) => rows.push(n)});
  assert.equal(bench.runs.length, 1);
  bench.runs[0].signals.onProgress!(7);
  bench.runs[0].end({text: 'x'});
  assert.deepEqual(new Set(await Promise.all(all)), new Set(['x']));
  assert.equal((await told).text, 'x');
  assert.deepEqual(rows, [7]);
});

test('an asker who gives up harms no other; the run is aborted when the last has left', async () => {
  const bench = new Bench();
  const [one, two] = [new AbortController(), new AbortController()];
  const first = bench.ask('a', {control: one});
  const second = bench.ask('a', {control: two});
  one.abort(new Error('left'));
  await assert.rejects(first, /left/);
  assert.equal(bench.runs[0].signals.signal.aborted, false);
  two.abort(new Error('left too'));
  await assert.rejects(second, /left too/);
  assert.equal(bench.runs[0].signals.signal.aborted, true);
  assert.equal(await bench.runs1('a'), true, 'who comes afterwards gets a run of their own');
  assert.equal(await bench.runs1('a'), false);
});

test('who asks while an abandoned run is still ending is not drawn into its end', async () => {
  const bench = new Bench();
  const control = new AbortController();
  const left = bench.ask('a', {control});
  control.abort(new Error('left'));
  const next = bench.ask('a');
  assert.equal(bench.runs.length, 2);
  bench.runs[1].end({text: 'fresh'});
  assert.equal(await next, 'fresh');
  await assert.rejects(left);
});

test('failures and answers that were cut are not kept', async () => {
  const bench = new Bench();
  const failing = bench.ask('a');
  bench.runs[0].fail(new Error('the database said no'));
  await assert.rejects(failing, /said no/);
  assert.equal(await bench.runs1('a', {isWhole: false}), true);
  assert.equal(await bench.runs1('a'), true);
  assert.equal(await bench.runs1('a'), false);
});

test('beyond the limit the answer unused for the longest goes; one that is larger than all is not kept', async () => {
  const bench = new Bench(300);
  for (const key of ['a', 'b', 'c'])
    await bench.runs1(key);
  assert.equal(await bench.runs1('a'), false);
  await bench.runs1('d', {size: 150});
  assert.equal(bench.cache.size, 250);
  assert.deepEqual([await bench.runs1('a'), await bench.runs1('d', {size: 150})], [false, false]);
  await bench.runs1('huge', {size: 301});
  assert.deepEqual([await bench.runs1('huge', {size: 301}), bench.cache.size], [true, 250]);
  assert.deepEqual([await bench.runs1('b'), await bench.runs1('c')], [true, true]);
});

test('a schedule ends answers, and what was asked before it struck is not kept after it', async () => {
  const bench = new Bench();
  const invalidateOn = new Cron('0 0 * * *');
  await bench.runs1('a', {}, {invalidateOn});
  await bench.runs1('always');
  bench.time = Date.UTC(2026, 2, 20, 23, 59, 59);
  assert.equal(await bench.runs1('a', {}, {invalidateOn}), false);
  const over = bench.ask('late', {invalidateOn});
  bench.time = Date.UTC(2026, 2, 21);
  bench.runs.at(-1)!.end({});
  await over;
  assert.equal(await bench.runs1('late', {}, {invalidateOn}), true);
  assert.equal(await bench.runs1('a', {}, {invalidateOn}), true);
  assert.equal(await bench.runs1('always'), false);
});

test('dropping a group leaves the others, and a run that began before it keeps nothing', async () => {
  const bench = new Bench();
  await bench.runs1('a');
  await bench.runs1('other', {}, {group: 'h'});
  const running = bench.ask('b');
  bench.cache.drop('g');
  assert.equal(bench.cache.size, 100);
  const after = bench.ask('b');
  assert.equal(bench.runs.length, 4, 'who asks after the drop does not get the run from before');
  bench.runs[2].end({text: 'old'});
  bench.runs[3].end({text: 'new'});
  assert.deepEqual([await running, await after], ['old', 'new']);
  assert.equal(await bench.ask('b'), 'new');
  assert.deepEqual([await bench.runs1('a'), await bench.runs1('other', {}, {group: 'h'})], [true, false]);
});

test('a limit of nothing keeps nothing', async () => {
  const bench = new Bench(0);
  assert.deepEqual([await bench.runs1('a'), await bench.runs1('a')], [true, true]);
});
