import assert from 'node:assert/strict';
import {test} from 'node:test';
import fc from 'fast-check';
import {addUnits, nextStart, startOf, type Unit} from '../../src/core/calendar.ts';
import {isZone, offsetAt, toInstant, toWall} from '../../src/core/zone.ts';
import {at, instant, iso, zone, ZONES} from './support.ts';

const UNITS: Unit[] = ['minute', '10 minutes', 'hour', 'day', 'week', 'month', 'quarter', 'year'];

test('names of zones: IANA names pass, offsets and rubbish do not', () => {
  for (const name of [...ZONES, 'utc', 'Etc/GMT+3'])
    assert.equal(isZone(name), true, name);
  for (const name of ['', '+03:00', '-05', '3', 'Mars/Olympus', `UTC'; drop`, ' UTC'])
    assert.equal(isZone(name), false, name);
});

test('offsets before and after a clock change, and in zones of half and quarter hours', () => {
  const cases: [string, string, number][] = [
    ['America/New_York', '2026-03-08T06:59:59.999Z', -300], ['America/New_York', '2026-03-08T07:00Z', -240],
    ['Asia/Kolkata', '2026-01-01T00:00Z', 330], ['Asia/Kathmandu', '2026-01-01T00:00Z', 345], ['UTC', '2026-01-01T00:00Z', 0],
  ];
  for (const [name, time, minutes] of cases)
    assert.equal(offsetAt(at(time), name) / 60_000, minutes, `${name} ${time}`);
});

test('starts of units', () => {
  const cases: [string, Unit, string, string][] = [
    ['2026-11-23T10:17:00Z', 'day', 'UTC', '2026-11-23T00:00:00.000Z'],
    ['2026-11-22T19:00:00Z', 'day', 'Asia/Kolkata', '2026-11-22T18:30:00.000Z'],
    ['2026-11-23T10:17:00Z', 'hour', 'Asia/Kolkata', '2026-11-23T09:30:00.000Z'],
    ['2026-11-23T10:17:00Z', '10 minutes', 'Asia/Kathmandu', '2026-11-23T10:15:00.000Z'],
    ['2026-11-22T23:00:00Z', 'week', 'UTC', '2026-11-16T00:00:00.000Z'],
    ['2026-11-23T00:00:00Z', 'week', 'UTC', '2026-11-23T00:00:00.000Z'],
    ['2026-11-01T03:00:00Z', 'month', 'America/New_York', '2026-10-01T04:00:00.000Z'],
    ['2026-11-01T12:00:00Z', 'quarter', 'America/New_York', '2026-10-01T04:00:00.000Z'],
    ['2026-01-01T04:59:00Z', 'year', 'America/New_York', '2025-01-01T05:00:00.000Z'],
    // Midnight does not exist: the day begins with the jump.
    ['2018-11-04T12:00:00Z', 'day', 'America/Sao_Paulo', '2018-11-04T03:00:00.000Z'],
    // Midnight comes twice: the day begins with the first.
    ['2024-11-03T12:00:00Z', 'day', 'America/Havana', '2024-11-03T04:00:00.000Z'],
    // The repeated hour is an hour of its own.
    ['2026-11-01T05:30:00Z', 'hour', 'America/New_York', '2026-11-01T05:00:00.000Z'],
    ['2026-11-01T06:30:00Z', 'hour', 'America/New_York', '2026-11-01T06:00:00.000Z'],
  ];
  for (const [time, unit, name, expected] of cases)
    assert.equal(iso(startOf(at(time), unit, name)), expected, `${unit} of ${time} in ${name}`);
});

test('days of a clock change have 23 and 25 hours, or half an hour more', () => {
  const hours = (time: string, name: string): number =>
    (nextStart(at(time), 'day', name) - startOf(at(time), 'day', name)) / 3_600_000;
  assert.equal(hours('2026-03-08T12:00Z', 'America/New_York'), 23);
  assert.equal(hours('2026-11-01T12:00Z', 'America/New_York'), 25);
  assert.equal(hours('2026-04-04T20:00Z', 'Australia/Lord_Howe'), 24.5);
  assert.equal(hours('2026-06-01T12:00Z', 'Asia/Kolkata'), 24);
});

test('adding days keeps the time of day, adding hours does not; months clamp', () => {
  const cases: [string, number, Unit, string, string][] = [
    ['2026-03-07T15:00:00Z', 1, 'day', 'America/New_York', '2026-03-08T14:00:00.000Z'],
    ['2026-03-07T15:00:00Z', 24, 'hour', 'America/New_York', '2026-03-08T15:00:00.000Z'],
    ['2026-01-31T00:00:00Z', 1, 'month', 'UTC', '2026-02-28T00:00:00.000Z'],
    ['2026-03-31T10:00:00Z', -1, 'month', 'UTC', '2026-02-28T10:00:00.000Z'],
    ['2024-02-29T00:00:00Z', -1, 'year', 'UTC', '2023-02-28T00:00:00.000Z'],
    ['2026-01-15T00:00:00Z', -1, 'quarter', 'UTC', '2025-10-15T00:00:00.000Z'],
    ['2026-01-05T00:00:00Z', -1, 'week', 'UTC', '2025-12-29T00:00:00.000Z'],
  ];
  for (const [time, count, unit, name, expected] of cases)
    assert.equal(iso(addUnits(at(time), count, unit, name)), expected, `${time} ${count} ${unit}`);
});

test('wall times that exist map back to an instant that shows them', () => {
  fc.assert(fc.property(instant, zone, (time, name) => {
    const wall = toWall(time, name);
    const back = toInstant(wall, name);
    assert.equal(toWall(back, name), wall);
    assert.ok(back <= time);
  }), {numRuns: 500});
});

test('units tile time: each instant lies in one unit, starts are fixed points', () => {
  fc.assert(fc.property(instant, zone, fc.constantFrom(...UNITS), (time, name, unit) => {
    const start = startOf(time, unit, name);
    const next = nextStart(time, unit, name);
    assert.ok(start <= time && time < next, `${iso(start)} ${iso(time)} ${iso(next)} ${unit} ${name}`);
    assert.equal(startOf(start, unit, name), start);
    assert.equal(startOf(next, unit, name), next);
    assert.equal(startOf(next - 1, unit, name), start);
    assert.equal(nextStart(start, unit, name), next);
  }), {numRuns: 2000});
});
