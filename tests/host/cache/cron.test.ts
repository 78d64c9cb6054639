import assert from 'node:assert/strict';
import {test} from 'node:test';
import {Cron} from '../../../host/shared/cache/cron.ts';
import {cachePolicy} from '../../../host/shared/cache/policy.ts';

const next = (text: string, after: string): string => {
  const time = new Cron(text).next(Date.parse(`${after}Z`));
  return Number.isFinite(time) ? new Date(time).toISOString().slice(0, 16) : 'never';
};

const table: [schedule: string, after: string, next: string][] = [
  ['0 0 * * *', '2026-03-20T12:00', '2026-03-21T00:00'],
  ['0 0 * * *', '2026-03-21T00:00', '2026-03-22T00:00'],
  ['0 0 * * *', '2026-03-20T23:59', '2026-03-21T00:00'],
  ['*/5 * * * *', '2026-03-20T12:01', '2026-03-20T12:05'],
  ['*/5 * * * *', '2026-03-20T23:55', '2026-03-21T00:00'],
  ['30 6 1 * *', '2026-03-20T12:00', '2026-04-01T06:30'],
  ['0 12 * * 1', '2026-03-20T12:00', '2026-03-23T12:00'],
  ['0 12 13 * 1', '2026-03-20T12:00', '2026-03-23T12:00'],
  ['0 12 21 * 1', '2026-03-20T12:00', '2026-03-21T12:00'],
  ['15,45 8-10 * * *', '2026-03-20T09:20', '2026-03-20T09:45'],
  ['5/20 * * * *', '2026-03-20T09:26', '2026-03-20T09:45'],
  ['0 0 29 2 *', '2026-03-20T12:00', '2028-02-29T00:00'],
  ['0 0 30 2 *', '2026-03-20T12:00', 'never'],
];

for (const [schedule, after, expected] of table)
  test(`${schedule} after ${after}`, () => assert.equal(next(schedule, after), expected));

for (const text of ['', '* * * *', '60 * * * *', '* 24 * * *', '* * 0 * *', '* * * 13 *', '* * * * 7', '*/0 * * * *',
  '9-3 * * * *', 'a * * * *', '* * * * * *', '1; * * * *'])
  test(`no schedule: "${text}"`, () => assert.throws(() => new Cron(text)));

test('annotations say where answers are kept', () => {
  const kinds = ['server', 'client', 'all', 'true', ' ALL ', 'none', ''].map((cache) => {
    const {server, client} = cachePolicy({cache});
    return [server, client];
  });
  assert.deepEqual(kinds, [[true, false], [false, true], [true, true], [true, true], [true, true], [false, false],
    [false, false]]);
  assert.deepEqual(cachePolicy(undefined), {server: false, client: false});
});

test('a schedule that is not understood keeps nothing; the older spelling works', () => {
  assert.deepEqual(cachePolicy({'cache': 'all', 'cache.invalidateOn': 'at noon'}), {server: false, client: false});
  const at = Date.UTC(2026, 2, 20, 12);
  assert.equal(cachePolicy({cache: 'all', invalidate: '0 0 * * *'}).invalidateOn!.next(at), Date.UTC(2026, 2, 21));
});
