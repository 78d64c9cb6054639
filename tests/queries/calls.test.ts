import assert from 'node:assert/strict';
import {after, before, test} from 'node:test';
import {bucketsOf} from '../../src/core/buckets.ts';
import {startOf} from '../../src/core/calendar.ts';
import {openAsker, type Asker, type Row} from './asked.ts';
import {groupBy, Oracle, ZERO, type Asked} from './oracle.ts';
import {eachLog as eachLogOf, values, type Check} from './requests.ts';

let asker: Asker;
before(async () => {
  asker = await openAsker();
});
after(() => asker.close());

/** Calls know people, packages, functions and exact selections; nothing else restricts them. */
const eachLog = (check: Check): Promise<void> => eachLogOf(asker, 12, (oracle, asked, random, tables) => {
  const {sources: _, types: __, measure: ___, ...request} = asked;
  return check(oracle, request, random, tables);
});

interface Call {
  id: string;
  time: number;
  user: string;
  functions: [key: string];
  package: string;
  /** Milliseconds, or null for a call that did not end. */
  ms: number | null;
  isFailed: boolean;
  row: Row;
}

/** Every saved call that counts. */
function callsOf(oracle: Oracle, asked: Asked): Call[] {
  return oracle.data.func_calls.flatMap((row): Call[] => {
    const user = oracle.userOf(row.session_id);
    const time = row.started === null ? NaN : Date.parse(`${row.started}Z`);
    if (user === undefined || !oracle.isCounted(user, asked) || !(time >= asked.from && time < asked.to))
      return [];
    const ms = row.ended === null ? null : milliseconds(row.ended) - milliseconds(row.started);
    const key = oracle.find('funcs', row.func_id) === undefined ? ZERO : oracle.functionKey(row.func_id);
    return [{id: row.id, time, user: user.id, functions: [key], ms, isFailed: row.status?.toLowerCase() === 'error', row,
      package: Oracle.packageName(oracle.packageOfEntity(key === ZERO ? null : row.func_id))}];
  }).filter((call) => (!asked.packages?.length || asked.packages.includes(call.package)) &&
    oracle.inCategories(call.package, asked.categories) && oracle.isChosen(call.functions, asked) &&
    (!asked.cells?.length || asked.cells.some((cell) => oracle.inCell(cell, call))));
}

/** Of a stored instant, with the microseconds as a fraction. */
function milliseconds(text: string): number {
  return Date.parse(`${text.slice(0, 19)}Z`) + Number(`0.${(text.split('.')[1] ?? '0')}`) * 1000;
}

/** The value below which a share of the sorted values lies, interpolated. */
function percentile(sorted: number[], share: number): number | null {
  const place = share * (sorted.length - 1);
  const [low, high] = [sorted[Math.floor(place)], sorted[Math.ceil(place)]];
  return sorted.length === 0 ? null : low + (high - low) * (place - Math.floor(place));
}

function near(actual: number | null, expected: number | null, what: string): void {
  assert.ok(actual === expected || Math.abs(actual! - expected!) < 0.01, `${what}: ${actual}, expected ${expected}`);
}

function timesOf(calls: Call[]): number[] {
  return calls.map((call) => call.ms).filter((ms) => ms !== null).sort((a, b) => a - b);
}

test('timing: calls, failures and lengths of each function, versions as one', () => eachLog(async (oracle, asked) => {
  const rows = new Map((await asker.ask('FunctionsTiming', values(asked))).map((row) =>
    [oracle.functionKey(row.function_id), row]));
  const groups = groupBy(callsOf(oracle, asked), (call) => call.functions[0]);
  assert.deepEqual([...rows.keys()].sort(), [...groups.keys()].map((key) => JSON.parse(key)).sort());
  for (const [text, calls] of groups) {
    const key = JSON.parse(text);
    const row = rows.get(key)!;
    const times = timesOf(calls);
    const failed = calls.filter((call) => call.isFailed).length;
    assert.deepEqual([row.function, row.package_name, row.calls, row.failed, row.unfinished, row.users, row.last_call],
      [Oracle.functionName(key), calls[0].package, calls.length, failed, calls.length - times.length,
        new Set(calls.map((call) => call.user)).size, Math.max(...calls.map((call) => call.time))]);
    near(row.failed_share, failed / calls.length, 'share');
    near(row.p50_ms, percentile(times, 0.5), 'p50');
    near(row.p95_ms, percentile(times, 0.95), 'p95');
    near(row.max_ms, times.at(-1) ?? null, 'longest');
    near(row.total_ms, times.length === 0 ? null : times.reduce((sum, ms) => sum + ms, 0), 'total');
  }
}));

test('calls: those that timing counts, one by one, whatever their status', () => eachLog(async (oracle, asked, random) => {
  const calls = callsOf(oracle, asked);
  const status = random.of([undefined, '', 'Error', 'completed', 'unfinished', 'no such']);
  const expected = calls.filter(({row}) => !status || (status === 'unfinished' ? row.ended === null :
    row.status?.toLowerCase() === status.toLowerCase()));
  const rows = await asker.ask('FunctionCalls', values(asked, {status, pageSize: 1000}));
  assert.deepEqual(rows.map((row) => row.id).sort(), expected.map((call) => call.id).sort());
  for (const row of rows) {
    const {row: stored, ...call} = expected.find(({id}) => id === row.id)!;
    const version = oracle.find('published_packages', oracle.find('entities', stored.func_id)?.package_id)?.version;
    assert.deepEqual([row.started, row.status, row.user_id, row.error_message, row.version, row.total],
      [call.time, stored.status, call.user, stored.error_message,
        oracle.find('funcs', stored.func_id) === undefined ? null : version ?? null, expected.length]);
    assert.equal(row.function, Oracle.functionName(call.functions[0]));
    near(row.ms, call.ms, 'ms');
  }
}));

test('calls over time: every bucket has a row, and together they are those of the table', () =>
  eachLog(async (oracle, asked, random) => {
    const zone = random.of(['UTC', 'America/New_York', 'Asia/Kathmandu']);
    const rows = await asker.ask('FunctionCallsOverTime', values(asked, {unit: 'day', zone}));
    assert.deepEqual(rows.map((row) => [row.bucket, row.bucket_end]),
      bucketsOf(asked, 'day', zone, 0).map((bucket) => [bucket.start, bucket.end]));
    const calls = callsOf(oracle, asked);
    for (const row of rows) {
      const inside = calls.filter((call) => startOf(call.time, 'day', zone) === row.bucket);
      assert.deepEqual([row.calls, row.failed], [inside.length, inside.filter((call) => call.isFailed).length]);
      near(row.p50_ms, percentile(timesOf(inside), 0.5), 'p50');
      near(row.p95_ms, percentile(timesOf(inside), 0.95), 'p95');
    }
  }));

test('values of calls: every declared parameter in order, inputs first, and what belongs to other versions', () =>
  eachLog(async (oracle, _, random) => {
    const ids = random.some(oracle.data.func_calls, 6).map((row) => row.id as string);
    const rows = groupBy(await asker.ask('FunctionCallValues', {calls: ids}), (row) => row.call_id);
    for (const id of new Set(ids)) {
      const call = oracle.find('func_calls', id)!;
      const held = oracle.data.func_call_values.filter((row) => row.func_call_id === id);
      const isOwn = (param: Row | undefined): boolean => param !== undefined && param.func_id === call.func_id;
      const rank = (param: Row | undefined): number => param === undefined ? Infinity :
        oracle.data.func_params.indexOf(param);
      const all: [Row | undefined, Row | undefined][] = [
        ...oracle.data.func_params.filter(isOwn).map((param): [Row, Row | undefined] =>
          [param, held.find((row) => row.func_param_id === param.id)]),
        ...held.map((row): [Row | undefined, Row] => [oracle.find('func_params', row.func_param_id), row])
          .filter(([param]) => !isOwn(param))];
      const side = (param: Row | undefined): number => param?.is_input === true ? 0 : param?.is_input === false ? 1 : 2;
      const name = ([param, row]: [Row | undefined, Row | undefined]): string => param?.name ?? row?.func_param_id;
      all.sort((a, b) => side(a[0]) - side(b[0]) || (rank(a[0]) === rank(b[0]) ? name(a) < name(b) ? -1 : 1 :
        rank(a[0]) - rank(b[0])));
      const told = rows.get(JSON.stringify(id)) ?? [];
      assert.deepEqual(told.map((row) => [row.position, row.name, row.is_input, row.value]),
        all.map(([param, row], i) => [i + 1, name([param, row]), param?.is_input ?? false, row === undefined ? null :
          row.value ?? row.value_uuid ?? (row.value_array === null ? null : '{a,"b \\"c\\""}') ??
          row.data_frame_value_name ?? row.value_string]));
    }
  }));
