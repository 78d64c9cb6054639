import assert from 'node:assert/strict';
import {test} from 'node:test';
import fc from 'fast-check';
import {isRangeError, parseRange, rangeText, USUAL_RANGES, type NamedRange} from '../../src/core/range.ts';
import {anyText, at, instant, iso, zone} from './support.ts';

/** A Wednesday. */
const NOW = at('2026-05-20T15:30:00Z');

function parse(text: string, now = NOW, name = 'UTC'): NamedRange {
  const answer = parseRange(text, now, name);
  if (isRangeError(answer))
    throw new Error(answer.error);
  return answer;
}

/** Bounds as text; midnights as dates. */
function bounds(text: string, now = NOW, name = 'UTC'): string {
  const {from, to} = parse(text, now, name);
  return `${iso(from)} ${iso(to)}`.replace(/T00:00:00\.000Z/g, '').replace(/:00\.000Z/g, 'Z');
}

test('what each text means on a Wednesday', () => {
  const cases: Record<string, string> = {
    'today': '2026-05-20 2026-05-21',
    ' ToDay ': '2026-05-20 2026-05-21',
    'yesterday': '2026-05-19 2026-05-20',
    'this day': '2026-05-20 2026-05-21',
    'last day': '2026-05-19 2026-05-20',
    'this week': '2026-05-18 2026-05-25',
    'last week': '2026-05-11 2026-05-18',
    'previous  week': '2026-05-11 2026-05-18',
    'this month': '2026-05-01 2026-06-01',
    'last month': '2026-04-01 2026-05-01',
    'this quarter': '2026-04-01 2026-07-01',
    'last quarter': '2026-01-01 2026-04-01',
    'this year': '2026-01-01 2027-01-01',
    'last year': '2025-01-01 2026-01-01',
    'this hour': '2026-05-20T15:00Z 2026-05-20T16:00Z',
    'last hour': '2026-05-20T14:30Z 2026-05-20T15:30Z',
    'last 90 minutes': '2026-05-20T14:00Z 2026-05-20T15:30Z',
    'last 24 hours': '2026-05-19T15:30Z 2026-05-20T15:30Z',
    'last 1 day': '2026-05-20 2026-05-21',
    'last 30 days': '2026-04-21 2026-05-21',
    'LAST 30 DAYS': '2026-04-21 2026-05-21',
    'past 7 days': '2026-05-14 2026-05-21',
    '7d': '2026-05-14 2026-05-21',
    'last 2 weeks': '2026-05-11 2026-05-25',
    'last 3 months': '2026-03-01 2026-06-01',
    'last 2 quarters': '2026-01-01 2026-07-01',
    'last 2 years': '2025-01-01 2027-01-01',
    '2020': '2020-01-01 2021-01-01',
    '2019-2020': '2019-01-01 2021-01-01',
    '2021-05': '2021-05-01 2021-06-01',
    'Jan 2021': '2021-01-01 2021-02-01',
    'january 2021': '2021-01-01 2021-02-01',
    'march': '2026-03-01 2026-04-01',
    'December': '2025-12-01 2026-01-01',
    'q1 2021': '2021-01-01 2021-04-01',
    '2021 Q4': '2021-10-01 2022-01-01',
    '3/1/2026': '2026-03-01 2026-03-02',
    'Mar 1, 2026': '2026-03-01 2026-03-02',
    '1 mar 2026': '2026-03-01 2026-03-02',
    '2026-03-01': '2026-03-01 2026-03-02',
    '1/1/2026-1/31/2026': '2026-01-01 2026-02-01',
    '1/1/2026 - 1/31/2026': '2026-01-01 2026-02-01',
    '2026-01-01..2026-01-31': '2026-01-01 2026-02-01',
    '2026-01-01 - 2026-01-31': '2026-01-01 2026-02-01',
    '2026-01-01 to 2026-01-31': '2026-01-01 2026-02-01',
    '2026-01-01-2026-01-31': '2026-01-01 2026-02-01',
    '2026-01-01 – 2026-01-31': '2026-01-01 2026-02-01',
    'Jan 2026 - Mar 2026': '2026-01-01 2026-04-01',
    '2026-01-01..today': '2026-01-01 2026-05-21',
    '2026-01-01 10:00..2026-01-01 12:30': '2026-01-01T10:00Z 2026-01-01T12:30Z',
    '1/1/2026 10:00-1/2/2026 12:00': '2026-01-01T10:00Z 2026-01-02T12:00Z',
    'before 2026-03-01': '2000-01-01 2026-03-01',
    'before july 2025': '2000-01-01 2025-07-01',
    'after 3/1/2026': '2026-03-01 2026-05-21',
    'since Mar 2026': '2026-03-01 2026-05-21',
    'anytime': '2000-01-01 2026-05-21',
  };
  for (const [text, expected] of Object.entries(cases))
    assert.equal(bounds(text), expected, text);
});

test('days begin where the zone says, whatever UTC has', () => {
  assert.equal(bounds('today', at('2026-05-20T20:00:00Z'), 'Asia/Kolkata'), '2026-05-20T18:30Z 2026-05-21T18:30Z');
  assert.equal(bounds('last 30 days', NOW, 'America/New_York'), '2026-04-21T04:00Z 2026-05-21T04:00Z');
  assert.equal(bounds('2026-11-01', NOW, 'America/New_York'), '2026-11-01T04:00Z 2026-11-02T05:00Z');
  assert.equal(bounds('last 30 days', at('2026-03-20T12:00Z'), 'America/New_York'), '2026-02-19T05:00Z 2026-03-21T04:00Z');
  assert.equal(bounds('2026-01-01 10:00..2026-01-01 12:00', NOW, 'Asia/Kolkata'), '2026-01-01T04:30Z 2026-01-01T06:30Z');
});

test('on Monday and Sunday "this week" is the week that contains the day', () => {
  assert.equal(bounds('this week', at('2026-05-18T00:00Z')), '2026-05-18 2026-05-25');
  assert.equal(bounds('this week', at('2026-05-24T23:59Z')), '2026-05-18 2026-05-25');
});

test('kinds, units and labels', () => {
  const kinds = (text: string): string => `${parse(text).kind} ${parse(text).unit ?? ''}`.trim();
  assert.equal(kinds('this week'), 'calendar week');
  assert.equal(kinds('q1 2021'), 'calendar quarter');
  assert.equal(kinds('2026-03-01'), 'calendar day');
  assert.equal(kinds('last 30 days'), 'rolling');
  assert.equal(kinds('1/1/2026-1/31/2026'), 'explicit');
  assert.equal(parse('  last   30 days').label, 'Last 30 days');
  assert.equal(parse('  last   30 days').text, '  last   30 days');
});

test('texts that are no range are refused in words', () => {
  const cases: [string, RegExp][] = [['', /Type a date/], ['   ', /Type a date/], ['blah', /not a date/],
    ['2/30/2026', /no day 30/], ['2026-13', /not a month/], ['last 0 days', /not a date/],
    ['2026-02-01..2026-01-01', /ends before/], ['after 2027', /ends before/], ['2026-01-01..2026-02-30', /no day 30/],
    ['2026-01-01 25:00..2026-01-02', /time of day/], ['last 5000 years', /outside the years/], ['1850', /outside/]];
  for (const [text, expected] of cases) {
    const answer = parseRange(text, NOW, 'UTC');
    assert.ok(isRangeError(answer), text);
    assert.match(answer.error, expected, text);
  }
});

test('another parser is asked for what is not known here, and only then', () => {
  const asked: string[] = [];
  const fallback = (text: string): {from: number; to: number} | null => {
    asked.push(text);
    return text === 'next week' ? {from: at('2026-05-25'), to: at('2026-06-01')} : null;
  };
  assert.equal(isRangeError(parseRange('today', NOW, 'UTC', fallback)), false);
  const next = parseRange('next week', NOW, 'UTC', fallback) as NamedRange;
  assert.deepEqual([next.from, next.to, next.kind], [at('2026-05-25'), at('2026-06-01'), 'pattern']);
  assert.ok(isRangeError(parseRange('rubbish', NOW, 'UTC', fallback)));
  assert.ok(isRangeError(parseRange('x', NOW, 'UTC', () => {
    throw new Error('no');
  })));
  assert.deepEqual(asked, ['next week', 'rubbish']);
});

test('every usual range is understood, at any time and in any zone', () => {
  fc.assert(fc.property(instant, zone, fc.constantFrom(...USUAL_RANGES), (now, name, text) => {
    const {from, to} = parse(text, now, name);
    assert.ok(from < to);
    if (/^(today|this|anytime|last \d)/.test(text))
      assert.ok(from <= now && now < to, text);
  }), {numRuns: 300});
});

test('no text throws, and what is understood is a range', () => {
  fc.assert(fc.property(anyText, instant, zone, (text, now, name) => {
    const answer = parseRange(text, now, name);
    assert.ok(isRangeError(answer) ? answer.error.length > 0 : answer.from < answer.to);
  }), {numRuns: 500});
});

test('a range written as text is read back as the same bounds on any other day', () => {
  fc.assert(fc.property(instant, fc.integer({min: 1, max: 400_000_000}), instant, zone, (from, length, now, name) => {
    const {from: first, to} = parse(rangeText({from, to: from + length}, name), now, name);
    assert.deepEqual([first, to], [from, from + length]);
  }), {numRuns: 300});
  fc.assert(fc.property(instant, instant, zone, fc.constantFrom(...USUAL_RANGES), (then, now, name, text) => {
    const range = parse(text, then, name);
    const back = parse(rangeText(range, name), now, name);
    assert.deepEqual([back.from, back.to], [range.from, range.to]);
  }), {numRuns: 500});
  assert.equal(rangeText(parse('last 30 days'), 'UTC'), '2026-04-21..2026-05-20');
  assert.equal(rangeText(parse('yesterday'), 'UTC'), '2026-05-19');
});
