import assert from 'node:assert/strict';
import {test} from 'node:test';
import type {Range} from '../../src/core/range.ts';
import {Rolled} from '../../src/core/summary/rolled.ts';
import type {RawTable} from '../../src/core/summary/table.ts';
import {CutAnswer, NO_HINTS, PACKING, SummaryStore, type Hints} from '../../src/data/summary/store.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const NOW = Date.UTC(2026, 10, 25, 15);
const NO_NAMES: RawTable = {rows: 0, texts: () => ({codes: [], names: []}), numbers: () => []};
const NO_COUNTS: RawTable = {...NO_NAMES, rows: 1,
  texts: (name) => ({codes: [0], names: [name === 'part' ? 'form' : '1 1 1 1']})};

/** September to today, in days: two whole months, the closed days of a third, the open ones. */
const cut = {from: Date.UTC(2026, 8, 1), to: Date.UTC(2026, 10, 26), unit: 'day', zone: 'UTC'} as const;

interface Question {
  query: string;
  parameters: Record<string, unknown>;
  signal: AbortSignal;
  answer(): void;
  fail(e: unknown): void;
}

/** A store whose questions are answered when the test says. */
class Asked {
  now = NOW;
  questions: Question[] = [];
  readonly store = new SummaryStore((query, parameters, signal) => new Promise((answer, fail) => {
    const question = {query, parameters, signal, answer: () => answer(query.endsWith('Dimensions') ? NO_NAMES : NO_COUNTS), fail};
    this.questions.push(question);
    signal.addEventListener('abort', () => fail(new Error('Cancelled')));
  }), () => this.now);

  /** The questions so far, in words, the same ones together; they are forgotten. */
  words(): string[] {
    const days = ({from, to}: Record<string, unknown>): string =>
      from == null ? '' : ` ${String(from).slice(0, 10)}..${String(to).slice(0, 10)}`;
    const texts = this.questions.map(({query, parameters}) =>
      `${query}${days(parameters)}${parameters.detail == null ? '' : ` ${parameters.detail}`}`);
    this.questions = [];
    return texts.sort();
  }

  /** Answers everything, also what is asked only then. */
  async answerAll(): Promise<void> {
    for (let i = 0; i < this.questions.length; i++) {
      this.questions[i].answer();
      await turns();
    }
  }
}

const turns = (): Promise<void> => new Promise((done) => setTimeout(done, 1));
const never = new AbortController().signal;

const PIECES = ['UsageSummary 2026-09-01..2026-10-01 packages', 'UsageSummary 2026-10-01..2026-11-01 packages',
  'UsageSummary 2026-11-01..2026-11-22 packages', 'UsageSummaryLive 2026-11-22..2026-11-26 packages'];

/** A store that has the range. */
async function filled(): Promise<Asked> {
  const asked = new Asked();
  const cube = asked.store.cube(cut, 'packages', never);
  await asked.answerAll();
  await cube;
  asked.questions = [];
  return asked;
}

test('each piece is asked once, whoever needs it, open ones first, at most four at a time', async () => {
  const asked = new Asked();
  const cubes = [asked.store.cube(cut, 'packages', never), asked.store.cube(cut, 'packages', never),
    asked.store.cube({...cut, from: Date.UTC(2026, 7, 1)}, 'packages', never)];
  await turns();
  assert.deepEqual(asked.questions.map(({query}) => query).filter((query) => query.startsWith('UsageSummary')),
    ['UsageSummaryLive', 'UsageSummary', 'UsageSummary', 'UsageSummary']);
  await asked.answerAll();
  const [{cube, asOf, keptUntil}] = await Promise.all(cubes);
  assert.deepEqual([cube.slices.length, asOf, keptUntil], [4, NOW, Date.UTC(2026, 10, 22)]);
  assert.deepEqual(asked.words(), ['UsageDimensions', 'UsageSummary 2026-08-01..2026-09-01 packages', ...PIECES]);
});

test('the longest pieces are asked first, two of them at a time, small ones beside them', async () => {
  const asked = new Asked();
  const cube = asked.store.cube({...cut, from: Date.UTC(2025, 11, 15), unit: 'week'}, 'packages', never);
  const running = (): string[] => asked.questions.filter(({query}) => query.startsWith('UsageSummary'))
    .map(({parameters: {from, to}}) => `${String(from).slice(2, 10)}..${String(to).slice(5, 10)}`);
  await turns();
  const order = ['26-11-22..11-26', '26-07-01..10-01', '26-04-01..07-01', '26-01-01..04-01', '26-10-01..11-21',
    '25-12-21..01-01', '25-12-15..12-21', '26-11-21..11-22'];
  // What is open leaves room for one large piece; then there are two of these, at the end small ones in their place.
  const steps: [answered: number, asked: number][] = [[0, 2], [1, 3], [2, 4], [3, 5], [4, 7], [5, 8]];
  for (const [answered, until] of steps) {
    if (answered > 0)
      asked.questions.filter(({query}) => query.startsWith('UsageSummary'))[answered - 1].answer();
    await turns();
    assert.deepEqual(running(), order.slice(0, until), `after ${answered}`);
  }
  await asked.answerAll();
  assert.equal((await cube).cube.slices.length, order.length);
});

test('days are asked for while it is unknown how to count, open ones first, and given up where roll-ups have them', async () => {
  for (const isRolled of [false, true]) {
    let [now, tell] = [NOW, (_: Hints): void => {}];
    const asked: {text: string, signal: AbortSignal}[] = [];
    const words = (): string[] => asked.splice(0).map(({text, signal}) => `${text}${signal.aborted ? ' given up' : ''}`);
    const store = new SummaryStore(async (query, {from}, signal) => {
      if (query.endsWith('Dimensions'))
        return NO_NAMES;
      asked.push({text: `${query} ${String(from).slice(5, 10)}`, signal});
      // As long as it takes to know how to count, and some more.
      await turns();
      await turns();
      return NO_COUNTS;
    }, () => now, () => new Promise((done) => tell = done));
    const range = {...cut, from: Date.UTC(2026, 10, 20)};
    // Roll-ups have the days up to the 23rd.
    const days = Array.from({length: 30}, (_, i) => Date.UTC(2026, 10, 24) / DAY - 30 + i);
    const rolled = new Rolled(days, days.map(() => 7));
    const hints = {...NO_HINTS, rolled: isRolled ? rolled : null};
    const first = store.cube(range, 'packages', never);
    await Promise.resolve();
    const early = asked.map(({text}) => text);
    assert.deepEqual(early, ['UsageSummaryLive 11-22', 'UsageSummaryLive 11-24', 'UsageSummary 11-20']);
    tell(hints);
    assert.equal((await first).cube.slices.length, 3);
    assert.deepEqual(words(), isRolled ?
      ['UsageSummaryLive 11-22 given up', 'UsageSummaryLive 11-24', 'UsageSummary 11-20 given up', 'RolledSummary 11-20',
        'RolledSummary 11-22'] : early);
    // When it is no longer known, nothing is asked in vain a second time.
    now += 6 * MINUTE;
    const second = store.cube(range, 'packages', never);
    await Promise.resolve();
    assert.deepEqual(words(), isRolled ? [] : early.slice(0, 2));
    tell(hints);
    await second;
    assert.deepEqual(words(), isRolled ? ['UsageSummaryLive 11-24'] : []);
  }
});

test('what is open is one piece in long ranges and of log levels, unless it has many events or is known in two', async () => {
  const asked: string[] = [];
  const storeOf = (eventsPerDay: number): SummaryStore => new SummaryStore(async (query, {from, to}, signal) => {
    if (query.endsWith('Dimensions'))
      return NO_NAMES;
    // Long enough for the one that is given up.
    await turns();
    await turns();
    if (query === 'UsageSummaryLive' && !signal.aborted)
      asked.push(`${String(from).slice(8, 10)}..${String(to).slice(8, 10)}`);
    return NO_COUNTS;
  }, () => NOW, async () => ({...NO_HINTS, eventsPerDay}));
  const short = {...cut, from: Date.UTC(2026, 10, 15)};
  for (const [eventsPerDay, range, detail, pieces] of [
    [5000, cut, 'packages', ['22..26']], [30_000, cut, 'packages', ['22..24', '24..26']],
    [5000, short, 'packages', ['22..24', '24..26']], [5000, short, 'levels', ['22..26']],
    [30_000, short, 'levels', ['22..24', '24..26']]] as const) {
    const store = storeOf(eventsPerDay);
    await store.cube(range, detail, never);
    assert.deepEqual(asked.splice(0), pieces, `${eventsPerDay}, ${detail}`);
    // Either way levels need nothing more.
    await store.cube(range, 'levels', never);
    assert.deepEqual(asked.splice(0), []);
  }
});

test('what lies before the first event of the log is not asked for, until the log may have older ones', async () => {
  const questions: string[] = [];
  let [now, firstEvent] = [NOW, Date.UTC(2026, 9, 31, 23)];
  const store = new SummaryStore(async (query, {from, to}, signal) => {
    if (query.endsWith('Dimensions'))
      return NO_NAMES;
    // What was asked before it was known when the log begins is given up.
    await turns();
    await turns();
    if (!signal.aborted)
      questions.push(`${String(from).slice(5, 10)}..${String(to).slice(5, 10)}`);
    return NO_COUNTS;
  }, () => now, async () => ({...NO_HINTS, firstEvent}));
  type Outcome = [asked: string[], slices: number, keptUntil: number | null, age: number];
  const ask = async (range: Range): Promise<Outcome> => {
    questions.length = 0;
    const {cube, keptUntil, asOf} = await store.cube({...cut, ...range}, 'packages', never);
    return [[...questions].sort(), cube.slices.length, keptUntil, now - asOf];
  };
  assert.deepEqual(await ask(cut), [['10-01..11-01', '11-01..11-22', '11-22..11-26'], 3, Date.UTC(2026, 10, 22), 0]);
  now += 4 * MINUTE;
  const before = {from: Date.UTC(2026, 8, 1), to: Date.UTC(2026, 9, 1)};
  // Nothing was kept, and what is known is as old as the first event's time.
  assert.deepEqual(await ask(before), [[], 0, null, 4 * MINUTE]);
  [now, firstEvent] = [now + 2 * MINUTE, Date.UTC(2026, 8, 5)];
  assert.deepEqual(await ask(before), [['09-01..10-01'], 1, Date.UTC(2026, 9, 1), 0]);
});

test('closed days of wide buckets wait until it is known how many events there are', async () => {
  const asked: string[] = [];
  const storeOf = (eventsPerDay: number): SummaryStore => new SummaryStore(async (query, {from, to}, signal) => {
    if (query.endsWith('Dimensions'))
      return NO_NAMES;
    asked.push(`${String(from).slice(0, 7)}..${String(to).slice(0, 7)}`);
    await turns();
    await turns();
    assert.equal(signal.aborted, false);
    return NO_COUNTS;
  }, () => NOW, async () => {
    await turns();
    return {...NO_HINTS, eventsPerDay};
  });
  const years = {...cut, from: Date.UTC(2025, 0, 1), unit: 'month'} as const;
  const cases = [[1000, ['2025-01..2026-01']], [10_000, ['2025-07..2025-10', '2025-10..2026-01']]] as const;
  for (const [eventsPerDay, pieces] of cases) {
    const cube = storeOf(eventsPerDay).cube(years, 'packages', never);
    await Promise.resolve();
    assert.deepEqual(asked.splice(0), ['2026-11..2026-11']);
    await cube;
    assert.deepEqual(asked.splice(0).slice(0, pieces.length), pieces);
  }
});

test('what is told apart by package serves for log levels; functions are asked with their names', async () => {
  const asked = await filled();
  await asked.store.cube(cut, 'levels', never);
  assert.deepEqual(asked.words(), []);
  const functions = asked.store.cube(cut, 'functions', never);
  await asked.answerAll();
  await functions;
  assert.deepEqual(asked.words(), ['FunctionDimensions', ...PIECES.map((text) => text.replace('packages', 'functions'))]);
});

test('open days and names are asked again when they are old, closed days are not; the age is that of the oldest', async () => {
  const asked = await filled();
  asked.now += 4 * MINUTE;
  assert.equal((await asked.store.cube(cut, 'packages', never)).asOf, NOW);
  asked.now += 2 * MINUTE;
  const cube = asked.store.cube(cut, 'packages', never);
  await asked.answerAll();
  assert.equal((await cube).asOf, NOW + 6 * MINUTE);
  assert.deepEqual(asked.words(), ['UsageDimensions', ...PIECES.slice(3)]);
});

test('Refresh asks everything anew, past what the platform keeps; new names are asked for alone', async () => {
  const asked = await filled();
  asked.store.refresh();
  const cube = asked.store.cube(cut, 'packages', never);
  await asked.answerAll();
  await cube;
  assert.deepEqual(asked.questions.filter(({query}) => query === 'UsageSummary').map(({parameters}) => parameters.fresh),
    [NOW, NOW, NOW].map((time) => `${PACKING} ${time}`));
  assert.deepEqual(asked.words(), ['UsageDimensions', ...PIECES]);
  asked.store.forgetNames();
  const renamed = asked.store.cube(cut, 'packages', never);
  await asked.answerAll();
  await renamed;
  assert.deepEqual(asked.words(), ['UsageDimensions']);
});

test('who leaves is told at once; the questions end when the last one has left, those in the queue are never asked', async () => {
  const asked = new Asked();
  const [first, second] = [new AbortController(), new AbortController()];
  const cubes = [first, second].map(({signal}) => asked.store.cube(cut, 'packages', signal));
  await turns();
  first.abort();
  await assert.rejects(cubes[0], /Cancelled/);
  await turns();
  assert.ok(asked.questions.every(({signal}) => !signal.aborted));
  second.abort();
  await assert.rejects(cubes[1], /Cancelled/);
  await turns();
  assert.equal(asked.questions.length, 5);
  assert.ok(asked.questions.every(({signal}) => signal.aborted));
  await assert.rejects(asked.store.cube(cut, 'packages', AbortSignal.abort()), /Cancelled/);
});

test('who leaves and comes back in one go waits for the same questions', async () => {
  const asked = new Asked();
  const control = new AbortController();
  const left = asked.store.cube(cut, 'packages', control.signal);
  await turns();
  control.abort();
  const back = asked.store.cube(cut, 'packages', never);
  await assert.rejects(left, /Cancelled/);
  await asked.answerAll();
  await back;
  assert.deepEqual(asked.words(), ['UsageDimensions', ...PIECES]);
});

test('when one piece fails the rest is given up, and all that is missing is asked again the next time', async () => {
  const asked = new Asked();
  const cube = asked.store.cube(cut, 'packages', never);
  await turns();
  const [answered, failing, running] = asked.questions.filter(({query}) => query.startsWith('UsageSummary'));
  answered.answer();
  failing.fail(new Error('no such table'));
  await assert.rejects(cube, /no such table/);
  await turns();
  assert.ok(running.signal.aborted);
  asked.questions = [];
  const again = asked.store.cube(cut, 'packages', never);
  await asked.answerAll();
  await again;
  assert.deepEqual(asked.words(), ['UsageDimensions', ...PIECES.filter((piece) => piece !== PIECES[3])]);
});

test('an answer that the platform cut is not asked for again, until Refresh', async () => {
  const asked = new Asked();
  const cube = asked.store.cube({...cut, to: cut.from + 30 * DAY}, 'packages', never);
  await turns();
  asked.questions.find(({query}) => query === 'UsageSummary')!.fail(new CutAnswer());
  await assert.rejects(cube, CutAnswer);
  await turns();
  asked.questions = [];
  await assert.rejects(asked.store.cube({...cut, to: cut.from + 30 * DAY}, 'packages', never), CutAnswer);
  assert.deepEqual(asked.words(), ['UsageDimensions']);
});
