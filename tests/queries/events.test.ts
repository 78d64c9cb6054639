import assert from 'node:assert/strict';
import {after, before, test} from 'node:test';
import {openAsker, type Asker, type Row} from './asked.ts';
import {groupBy, Oracle, ZERO, type Asked, type Counted} from './oracle.ts';
import {eachLog as eachLogOf, sum, values, type Check} from './requests.ts';

let asker: Asker;
before(async () => {
  asker = await openAsker();
});
after(() => asker.close());

const eachLog = (check: Check): Promise<void> => eachLogOf(asker, 12, check);

test('types of events: what each counts, together the numbers of the cards', () => eachLog(async (oracle, asked) => {
  const rows = await asker.ask('EventTypes', values(asked));
  const expected = [...groupBy(oracle.counted(asked), (event) => event.typeId)].map(([key, events]) => {
    const type = oracle.find('event_types', JSON.parse(key));
    const names = oracle.data.event_parameters.filter((row) => row.event_type_id === type?.id).map((row) => row.name);
    const times = events.map((event) => event.time);
    return {type_id: JSON.parse(key), source: events[0].source, type: events[0].type,
      events: events.filter((event) => event.isEvent).length, errors: events.filter((event) => event.isError).length,
      users: new Set(events.map((event) => event.user).filter((user) => user !== null)).size,
      first_seen: Math.min(...times), last_seen: Math.max(...times), parameters: names.length,
      is_custom: names.includes('package') || names.includes('packageName'), comment: type?.comment ?? null,
      is_error: type?.source === 'error' && type.is_error !== false};
  });
  const order = (a: Row, b: Row): number => a.type_id < b.type_id ? -1 : 1;
  assert.deepEqual([...rows].sort(order), expected.sort(order));
  const [totals] = await asker.ask('OverviewTotals', values(asked));
  assert.deepEqual([sum(rows, 'events'), sum(rows, 'errors')], [totals.events, totals.errors]);
}));

interface Held {
  declared: Row;
  value: string;
  /** Whether it is the id of an entity. */
  isId: boolean;
}

/** What the parameters of an event hold, one value each: the first that is one. */
function heldBy(oracle: Oracle, event: Counted, fits: (declared: Row) => boolean): Held[] {
  const held = oracle.data.event_parameter_values.filter((row) => row.event_id === event.id &&
    (row.value_uuid !== null || (row.value !== null && row.value !== 'null')))
    .sort((a, b) => a.parameter_id + a.id < b.parameter_id + b.id ? -1 : 1);
  const first = new Map<string, Row>();
  for (const row of held)
    first.set(row.parameter_id, first.get(row.parameter_id) ?? row);
  return [...first.values()].map((row) => ({declared: oracle.find('event_parameters', row.parameter_id)!,
    value: row.value_uuid ?? row.value, isId: row.value_uuid !== null}))
    .filter(({declared}) => declared?.event_type_id === event.typeId && fits(declared));
}

const isNumber = (text: string): boolean => /^-?\d{1,18}(\.\d{1,18})?([eE][+-]?\d{1,2})?$/.test(text);

/** The events that the table of parameters is about: all that a measure asks for, else activity events. */
function measured(oracle: Oracle, asked: Asked): Counted[] {
  return oracle.counted(asked).filter((event) => event.isEvent || asked.measure);
}

test('parameters of types: how many events hold one, how many none, and the numbers among them', () =>
  eachLog(async (oracle, asked, random, tables) => {
    const types = [random.of(tables.event_types).id as string, ...random.chance(0.3) ? [ZERO] : []];
    const events = measured(oracle, {...asked, types});
    const rows = await asker.ask('EventTypeParameters', values({...asked, types}));
    const declared = oracle.data.event_parameters.filter((row) => types.includes(row.event_type_id));
    assert.deepEqual(rows.map((row) => row.parameter_id).sort(), declared.map((row) => row.id).sort());
    for (const row of rows) {
      const parameter = declared.find(({id}) => id === row.parameter_id)!;
      const all = events.filter((event) => event.typeId === parameter.event_type_id);
      const held = all.flatMap((event) => heldBy(oracle, event, ({id}) => id === parameter.id));
      const numbers = held.filter(({value, isId}) => !isId && isNumber(value)).map(({value}) => Number(value))
        .sort((a, b) => a - b);
      const middle = (numbers.length - 1) / 2;
      assert.deepEqual(row, {parameter_id: parameter.id, name: parameter.name, value_type: parameter.type,
        events: held.length, nulls: all.length - held.length,
        distinct_values: new Set(held.map(({value}) => value)).size,
        min_number: numbers[0] ?? null, max_number: numbers.at(-1) ?? null,
        p50_number: numbers.length === 0 ? null : (numbers[Math.floor(middle)] + numbers[Math.ceil(middle)]) / 2});
    }
  }));

test('values of a parameter: the most frequent apart, the others in a last row, all together its events', () =>
  eachLog(async (oracle, asked, random, tables) => {
    const type = random.of(tables.event_types).id as string;
    const declared = oracle.data.event_parameters.filter((row) => row.event_type_id === type);
    const parameter = random.chance(0.5) ? random.of(['ms', 'package', 'entity', `'; --`]) :
      random.some(declared, 1)[0]?.id ?? 'user';
    const top = random.of([0, 1, 2, 3, 50]);
    const events = measured(oracle, {...asked, types: [type]});
    const held = events.flatMap((event) => heldBy(oracle, event, ({id, name}) => parameter === id || parameter === name)
      .slice(0, 1).map(({value}) => ({value, user: event.user})));
    const groups = [...groupBy(held, ({value}) => value).values()];
    const rows = await asker.ask('EventParameterValues', values({...asked, types: [type]}, {parameter, top}));
    const apart = rows.filter((row) => row.value !== null);
    assert.equal(apart.length, Math.min(top, groups.length));
    const sizes = groups.map((group) => group.length).sort((a, b) => b - a);
    assert.deepEqual(apart.map((row) => row.events), sizes.slice(0, top));
    const users = (list: typeof held): number =>
      new Set(list.map(({user}) => user).filter((user) => user !== null)).size;
    for (const row of apart) {
      const own = held.filter(({value}) => value === row.value);
      assert.deepEqual([row.events, row.users, row.share], [own.length, users(own), own.length / held.length]);
    }
    const rest = held.filter(({value}) => !apart.some((row) => row.value === value));
    assert.deepEqual(rows.filter((row) => row.value === null), rest.length === 0 ? [] : [{value: null,
      label: 'Other values', events: rest.length, users: users(rest), share: rest.length / held.length}]);
    assert.ok(rows.findIndex((row) => row.value === null) === (rest.length === 0 ? -1 : rows.length - 1));
  }));

test('parameters of events: every value that was written, with the name of what it refers to', () =>
  eachLog(async (oracle, _, random) => {
    const users = new Map((await asker.ask('FilterUsers')).map((row) => [row.id, row.label]));
    const packages = new Map((await asker.ask('FilterPackages')).map((row) => [row.name, row.label]));
    const label = (id: string | null): string | null => {
      const version = oracle.find('published_packages', id);
      const owner = oracle.find('packages', version?.package_id);
      const named = (row: Row | undefined): string | undefined =>
        row?.friendly_name?.trim() || row?.name?.trim() || undefined;
      return users.get(id) ?? named(oracle.find('groups', id)) ??
        packages.get(Oracle.packageName(oracle.find('packages', id) ?? {name: '-'})) ??
        (owner === undefined ? undefined : `${packages.get(Oracle.packageName(owner))} ${version!.version}`) ??
        (oracle.find('funcs', id) === undefined ? undefined : Oracle.functionName(oracle.functionKey(id))) ??
        named(oracle.find('entities', id)) ?? id;
    };
    const ids = random.some(oracle.data.events, 8).map((row) => row.id as string);
    const rows = await asker.ask('EventRowParameters', {events: ids});
    const expected = oracle.data.event_parameter_values.filter((row) => ids.includes(row.event_id)).map((row) => {
      const parameter = oracle.find('event_parameters', row.parameter_id);
      const value = row.value_uuid ?? row.value;
      return [row.event_id, parameter?.name ?? row.parameter_id, parameter?.type ?? null, value, label(value)];
    });
    // As texts, for null and an empty text are one to "sort".
    const sorted = (list: unknown[][]): string[] => list.map((row) => JSON.stringify(row)).sort();
    assert.deepEqual(sorted(rows.map((row) => [row.event_id, row.name, row.type, row.value, row.label])),
      sorted(expected));
  }));
