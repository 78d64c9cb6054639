import assert from 'node:assert/strict';
import {before, test} from 'node:test';
import {loadCore, type Core, type PatternKind} from '../../../host/server/core/core.ts';
import {compilePattern} from '../../../host/server/query/pattern.ts';

process.env.TZ = 'UTC';
let core: Core;
before(async () => core = await loadCore());

/** Condition with its values in place, for comparison only. */
function shown(kind: PatternKind, text: string | null): string {
  return compilePattern(core, kind, 'p', text, 'x').condition
    .map((piece) => typeof piece === 'string' ? piece : `<${piece.text!.replace(' 00:00:00.000000', '')}>`).join('');
}

const DAY = 86_400_000;
const today = (): number => Math.floor(Date.now() / DAY) * DAY;
const date = (ms: number): string => new Date(ms).toISOString().slice(0, 10);
const utc = (year: number, month: number, day = 1): number => Date.UTC(year, month, day);
const range = (from: number, to: number): string => `(x >= <${date(from)}> AND x < <${date(to)}>)`;

/** Runs again when midnight passed meanwhile. */
function checkByToday(text: string, expected: (d: number, year: number, month: number) => string): void {
  for (;;) {
    const d = today();
    const actual = shown('datetime', text);
    if (d !== today())
      continue;
    const now = new Date(d);
    return assert.equal(actual, expected(d, now.getUTCFullYear(), now.getUTCMonth()));
  }
}

const sunday = (d: number): number => d - new Date(d).getUTCDay() * DAY;
const monday = (d: number): number => d - (new Date(d).getUTCDay() + 6) % 7 * DAY;

const relative: [text: string, expected: (d: number, year: number, month: number) => string][] = [
  ['today', (d) => range(d, d + DAY)],
  ['yesterday', (d) => range(d - DAY, d)],
  ['last week', (d) => range(sunday(d) - 7 * DAY, sunday(d))],
  ['this month', (_d, y, m) => range(utc(y, m), utc(y, m + 1))],
  ['last month', (_d, y, m) => range(utc(y, m - 1), utc(y, m))],
  ['this year', (_d, y) => range(utc(y, 0), utc(y + 1, 0))],
  ['last year', (_d, y) => range(utc(y - 1, 0), utc(y, 0))],
  ['last 1 day', (d) => range(d, d + DAY)],
  ['last 30 days', (d) => range(d - 29 * DAY, d + DAY)],
  ['last 2 weeks', (d) => range(monday(d) - 7 * DAY, monday(d) + 7 * DAY)],
  ['last 3 months', (_d, y, m) => range(utc(y, m - 2), utc(y, m + 1))],
  ['last 2 years', (_d, y) => range(utc(y - 1, 0), utc(y + 1, 0))],
  ['Last 30 Days', (d) => range(d - 29 * DAY, d + DAY)],
];

for (const [text, expected] of relative)
  test(`datetime: ${text}`, () => checkByToday(text, expected));

test('datetime: this week has eight days, from Sunday to the second Monday', () => {
  checkByToday('this week', (d) => range(sunday(d), sunday(d) + 8 * DAY));
});

test('datetime: last N hours ends now and includes both ends', () => {
  const begun = Date.now();
  const {condition} = compilePattern(core, 'datetime', 'p', 'last 5 hours', 'x');
  const ended = Date.now();
  assert.deepEqual(condition.filter((piece) => typeof piece === 'string'), ['(x >= ', ' AND x <= ', ')']);
  const [from, to] = condition.flatMap((piece) => typeof piece === 'string' ? [] :
    [Date.parse(`${piece.text!.replace(' ', 'T').slice(0, 23)}Z`)]);
  assert.equal(to - from, 5 * 3_600_000);
  assert.ok(to >= begun && to <= ended, 'the second end is now');
});

const fixed: [kind: PatternKind, text: string | null, expected: string][] = [
  ['datetime', 'anytime', '(1 = 1)'],
  ['datetime', '', '(1 = 1)'],
  ['datetime', null, '(1 = 1)'],
  ['datetime', 'before 1/2/2020', '(x <= <2020-01-02>)'],
  ['datetime', 'after 2020-01-02', '(x >= <2020-01-02>)'],
  ['datetime', '< 2020-01-02', '(x < <2020-01-02>)'],
  ['datetime', '> 1/2/2020', '(x > <2020-01-02>)'],
  ['datetime', '<= 2020-01-02', '(x <= <2020-01-02>)'],
  ['datetime', '>= 2020-01-02', '(x >= <2020-01-02>)'],
  ['datetime', '2020-01-02', '(x = <2020-01-02>)'],
  ['datetime', '2020', range(utc(2020, 0), utc(2021, 0))],
  ['datetime', '2019-2020', '(x >= <2019-01-01> AND x <= <2020-01-01>)'],
  ['datetime', '1/1/2019-2/3/2020', '(x >= <2019-01-01> AND x <= <2020-02-03>)'],
  ['datetime', '1/1/2019 10:00 - 2/3/2020 11:30',
    '(x >= <2019-01-01 10:00:00.000000> AND x <= <2020-02-03 11:30:00.000000>)'],
  ['datetime', 'Jan 2021', range(utc(2021, 0), utc(2021, 1))],
  ['datetime', 'q1 2021', range(utc(2021, 0), utc(2021, 3))],
  ['datetime', 'is null', '(x IS NULL)'],
  ['datetime', 'is not null', '(x IS NOT NULL)'],
  ['datetime', 'Mon-Fri', '(1 = 1)'],
  ['datetime', 'monday', '(1 = 1)'],
  ['datetime', 'Jan', '(1 = 1)'],
  ['datetime', 'jan-mar', '(1 = 1)'],
  ['datetime', 'before July 1984', range(utc(1984, 6), utc(1984, 7))],
  ['int', '5', '(x = <5>)'],
  ['int', '= 5', '(x = <5>)'],
  ['int', '!= 5', '(x != <5>)'],
  ['int', '> 5', '(x > <5>)'],
  ['int', '>= 5', '(x >= <5>)'],
  ['int', '< 5', '(x < <5>)'],
  ['int', '<= 5', '(x <= <5>)'],
  ['int', 'in (1, 2)', '(x IN (<1>, <2>))'],
  ['int', 'not in (1, 2)', '(x NOT IN (<1>, <2>))'],
  ['int', '1-2', '(x >= <1> AND x <= <2>)'],
  ['double', '1.5..2', '(x >= <1.5> AND x <= <2>)'],
  ['double', 'min-max 1-2', '(x >= <1> AND x <= <2>)'],
  ['double', 'is null', '(x IS NULL)'],
  ['double', 'is not null', '(x IS NOT NULL)'],
  ['double', 'none', '(1 = 1)'],
  ['double', '', '(1 = 1)'],
  ['string', 'Foo Bar', '(LOWER(x) LIKE <foo bar>)'],
  ['string', '= X', '(LOWER(x) LIKE <x>)'],
  ['string', 'equals X', '(LOWER(x) LIKE <x>)'],
  ['string', 'contains X', '(LOWER(x) LIKE <%x%>)'],
  ['string', 'starts with X', '(LOWER(x) LIKE <x%>)'],
  ['string', 'ends with X', '(LOWER(x) LIKE <%x>)'],
  ['string', 'regex ^X', '(x ~ <^x>)'],
  ['string', 'in (a, B)', '(x IN (<a>, <B>))'],
  ['string', 'not in (a, B)', '(x NOT IN (<a>, <B>))'],
  ['string', 'is null', '(x IS NULL)'],
  ['string', 'is not null', '(x IS NOT NULL)'],
  ['string', 'is empty', '(x IS NULL)'],
  ['string', 'is not empty', '(x IS NOT NULL)'],
  ['string', '!= x', '(1 = 1)'],
  ['string', '', '(1 = 1)'],
];

for (const [kind, text, expected] of fixed)
  test(`${kind}: ${text}`, () => assert.equal(shown(kind, text), expected));

const unknown = ['last hour', 'last day', 'last quarter', 'this quarter', 'tomorrow', 'next week', '7d', '2021-05',
  '>2020-01-01', '2020-01-01 - 2020-02-01', '2020-01-02T03:04:05Z', 'any', `'; drop table events`];

for (const text of unknown) {
  test(`datetime: "${text}" is not understood, and the parameter is named`, () => {
    assert.throws(() => shown('datetime', text), (error: Error) =>
      error.message.startsWith('Parameter "p": ') && error.message.includes(text));
  });
}

test('a matcher without SQL lets all rows pass and says so', () => {
  assert.match(compilePattern(core, 'datetime', 'when', 'Mon-Fri', 'x').note!, /"when".*"Mon-Fri".*all rows pass/);
  assert.match(compilePattern(core, 'datetime', 'when', 'before July 1984', 'x').note!, /"before" .* left out/);
  assert.equal(compilePattern(core, 'datetime', 'when', 'today', 'x').note, undefined);
});
