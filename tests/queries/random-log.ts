import type pg from 'pg';

/** Tables of a small organisation, as rows to be inserted. */
export type Tables = Record<string, Record<string, unknown>[]>;

/** Deterministic random numbers (mulberry32). */
export class Random {
  constructor(private state: number) {}

  next(): number {
    this.state = this.state + 0x6d2b79f5 | 0;
    let t = Math.imul(this.state ^ this.state >>> 15, 1 | this.state);
    t = t + Math.imul(t ^ t >>> 7, 61 | t) ^ t;
    return ((t ^ t >>> 14) >>> 0) / 4294967296;
  }

  below(count: number): number {
    return Math.floor(this.next() * count);
  }

  chance(share: number): boolean {
    return this.next() < share;
  }

  of<T>(values: readonly T[]): T {
    return values[this.below(values.length)];
  }

  some<T>(values: readonly T[], most: number): T[] {
    return values.length === 0 ? [] : Array.from({length: this.below(most + 1)}, () => this.of(values));
  }

  uuid(): string {
    const hex = Array.from({length: 32}, () => this.below(16).toString(16)).join('');
    return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
  }
}

export const SYSTEM = '3e32c5fa-ac9c-4d39-8b4b-4db3e576b3c3';
export const TEST = 'ca1e672e-e3be-40e0-b79b-d2c68e68d380';

const NAMES = ['Ann Lee', 'ann lee', `O'Brien "Bob"`, '<img src=x onerror=alert(1)>', 'Ünal, Ç.', '', ' ', null,
  'Ann Lee (ann)', '{}\\', 'x=1;--'];
const PACKAGES = ['Chem', 'Bio', `O'Pack "q"`, '<b>bold</b>', 'Core2', 'Other packages', 'a|b||c'];
export const TAGS = ['viewer', `<i>it's</i>`, 'Viewer', ' '];
export const CATEGORIES = ['A', 'B | C', ' ', null];

/** Where events lie: around a clock change of the western zones, bounds of days and hours included. */
export const CENTRE = Date.UTC(2026, 10, 1);
const HOUR = 3_600_000;

function people(random: Random, tables: Tables): void {
  const users = Array.from({length: 9}, (_, i) => ({
    id: i === 0 ? SYSTEM : i === 1 ? TEST : random.uuid(), login: random.of(['ann', 'bob', null, `user${i}`]),
    friendly_name: random.of(NAMES), is_service: random.chance(0.2), group_id: random.uuid(),
    joined: random.chance(0.1) ? null : time(random), status: random.of(['active', 'blocked', null]),
  }));
  const groups = Array.from({length: 6}, (_, i) => ({id: random.uuid(), name: `group ${i}`, personal: false,
    friendly_name: random.of([`Group ${i}`, null, '']), hidden: random.chance(0.2)}));
  const personal = users.map((user) => ({id: user.group_id, name: 'p', friendly_name: 'p', personal: true, hidden: false}));
  const all = [...groups, ...personal].map((group) => group.id);
  // Any group in any other: diamonds, cycles, even members of themselves and of personal groups.
  tables.groups_relations = Array.from({length: 14}, () => ({id: random.uuid(),
    parent_id: random.of(random.chance(0.9) ? groups : personal).id, child_id: random.of(all)}));
  Object.assign(tables, {users, groups: [...groups, ...personal]});
  tables.users_sessions = Array.from({length: 16}, () => ({id: random.uuid(),
    user_id: random.chance(0.95) ? random.of(users).id : random.uuid(), started: time(random)}));
}

function content(random: Random, tables: Tables): void {
  const packages = Array.from({length: 5}, () => ({id: random.uuid(), name: random.of([...PACKAGES, null]),
    friendly_name: random.of(['Cheminformatics', 'cheminformatics', null, '<i>x</i>']), category: random.of(CATEGORIES)}));
  tables.packages = packages;
  tables.published_packages = Array.from({length: 9}, (_, i) => ({id: random.uuid(), version: `1.${i}`,
    package_id: random.chance(0.9) ? random.of(packages).id : random.of([null, random.uuid()]),
    is_current: random.chance(0.4), debug: random.chance(0.3),
    published_on: random.chance(0.9) ? time(random) : null}));
  const versions = tables.published_packages.map((version) => version.id);
  const entity = (id: unknown): Record<string, unknown> => ({id, is_deleted: random.chance(0.2),
    friendly_name: random.of(['An entity', '<u>e</u>', '', null]),
    package_id: random.chance(0.6) ? random.of(versions) : random.of([null, null, random.uuid()])});
  tables.funcs = Array.from({length: 9}, (_, i) => ({id: random.uuid(),
    name: random.of([`f${i}`, 'f', 'f', `<f"'>`, 'f|g', null])}));
  tables.tags = Array.from({length: 8}, () => ({id: random.uuid(), tag: random.of(TAGS),
    entity_id: random.of([...tables.funcs, ...packages]).id}));
  tables.entities = [...tables.funcs, ...tables.users, ...versions.map((id) => ({id}))].filter(() => random.chance(0.9))
    .map(({id}) => entity(id));
  tables.entities.push(...Array.from({length: 5}, () => entity(random.uuid())));
}

const RAN: [string, string, null] = ['usage', 'function-ran', null];
const TYPES: [string | null, string | null, boolean | null][] = [RAN, RAN, RAN, RAN, RAN, RAN,
  ['usage', 'click', null], ['usage', 'project-opened', null], ['audit', 'query-created', null], ['audit', 'function-ran', null], ['error', 'boom', null],
  ['error', 'not bad', false], ['error', 'test-boom', true], ['warning', 'hm', null], ['usage', 'test-unit Chem: a: b', null],
  ['usage', 'my <event>', null], ['audit', 'package-version-published', null], [null, null, null]];

function time(random: Random): string {
  // Several things at one instant, a bound of days, hours and pages.
  if (random.chance(0.2))
    return new Date(CENTRE + random.below(3) * HOUR).toISOString().slice(0, -1);
  const spread = random.chance(0.6) ? 30 * HOUR : 400 * HOUR;
  const step = random.chance(0.3) ? HOUR : 1;
  const instant = CENTRE + Math.round((random.next() - 0.5) * 2 * spread / step) * step;
  const micros = random.chance(0.3) ? String(random.below(1000)).padStart(3, '0') : '';
  return new Date(instant).toISOString().slice(0, -1) + micros;
}

/** Saved calls: of functions that are gone too, open ones, failed ones, with values of other versions' parameters. */
function calls(random: Random, tables: Tables): void {
  tables.func_params = tables.funcs.flatMap((func) => Array.from({length: random.below(4)}, (_, i) => ({
    id: random.uuid(), func_id: func.id, is_input: random.of([true, true, false, null]),
    name: random.of(['x', 'y', `p${i}`]), type: 'int'})));
  tables.func_calls = Array.from({length: 40}, () => {
    const started = random.chance(0.95) ? time(random) : null;
    const ended = started !== null && random.chance(0.75) ?
      new Date(Date.parse(`${started.slice(0, 23)}Z`) + random.below(90_000)).toISOString().slice(0, -1) : null;
    return {id: random.uuid(), started, ended, error_message: random.of([null, '<b>no</b>']),
      func_id: random.chance(0.9) ? random.of(tables.funcs).id : random.of([null, random.uuid()]),
      session_id: random.chance(0.9) ? random.of(tables.users_sessions).id : random.of([null, random.uuid()]),
      status: random.of(['Completed', 'Completed', 'Error', 'Canceled', 'Running', 'error', null])};
  });
  tables.func_call_values = tables.func_calls.flatMap((call) => tables.func_params
    .filter((param) => random.chance(param.func_id === call.func_id ? 0.8 : 0.05)).map((param) => ({id: random.uuid(),
      func_call_id: call.id, func_param_id: random.chance(0.95) ? param.id : random.uuid(),
      ...random.of([{value: '1'}, {value_string: 'long'}, {value_array: ['a', 'b "c"']}, {value_uuid: random.uuid()},
        {data_frame_value_name: 'df'}, {value: '<b>', value_string: 'other'}, {}])})));
}

/** Texts that are numbers. */
export const TEXTS_OF_MS = ['12', '-3.5', '7'];
const TEXTS = ['12', '-3.5', '1e3', '7', '7', 'null', 'abc', '', '1.', '<i>v</i>'];

/** What a parameter holds: the id of something, or a text that may or may not be a number. */
function held(random: Random, name: string, known: Record<string, unknown>[]): Record<string, unknown> {
  const id = random.chance(0.85) ? random.of(known).id : random.of([null, random.uuid()]);
  if (random.chance(name === 'ms' ? 0.9 : 0.1)) {
    return {value_uuid: null,
      value: random.of([...TEXTS, null, '9'.repeat(400), String(id)])};
  }
  return {value: random.of(['null', String(id)]), value_uuid: id};
}

/** A random small log with everything that makes counting hard, see the comments and `TYPES`. */
export function randomLog(seed: number): Tables {
  const random = new Random(seed);
  const tables: Tables = {};
  people(random, tables);
  content(random, tables);
  calls(random, tables);
  tables.event_types = TYPES.map(([source, friendly_name, is_error]) =>
    ({id: random.uuid(), source, friendly_name, is_error}));
  tables.event_parameters = tables.event_types.flatMap((type) => ['package', 'entity', 'user', 'package', 'ms']
    .filter(() => random.chance(0.9))
    .map((name) => ({id: random.uuid(), event_type_id: type.id, name, type: name === 'ms' ? 'int' : 'entity_id'})));
  const known = [...tables.published_packages, ...tables.funcs, ...tables.funcs, ...tables.entities, ...tables.users,
    ...tables.packages];
  tables.events = [];
  tables.event_parameter_values = [];
  for (let i = 0; i < 90; i++) {
    const type = random.of(tables.event_types);
    const event = {id: random.uuid(), event_time: random.chance(0.02) ? null : time(random),
      friendly_name: random.of([null, 'short']), description: random.of([null, '', '<script>alert(1)</script>']),
      error_message: random.of([null, `"it's"`]),
      event_type_id: random.chance(0.97) ? type.id : random.of([null, random.uuid()]),
      session_id: random.chance(0.85) ? random.of(tables.users_sessions).id : random.of([null, random.uuid()])};
    tables.events.push(event);
    const declared = tables.event_parameters.filter((parameter) => parameter.event_type_id === type.id);
    const values = random.some(declared, 5).map((parameter) => ({
      id: random.uuid(), event_id: event.id, parameter_id: random.chance(0.97) ? parameter.id : random.uuid(),
      ...held(random, parameter.name as string, known)}));
    // The same parameter twice, with the same value.
    tables.event_parameter_values.push(...values, ...values.filter(() => random.chance(0.2))
      .map((value) => ({...value, id: random.uuid()})));
  }
  return tables;
}

/** Empties the tables and fills them with the log. */
export async function load(client: pg.Client, tables: Tables): Promise<void> {
  await client.query(`truncate ${Object.keys(tables).join(', ')} cascade`);
  for (const [table, rows] of Object.entries(tables)) {
    const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))].join(', ');
    if (rows.length > 0) {
      await client.query(`insert into ${table} (${columns}) select ${columns} from ` +
        `json_populate_recordset(null::${table}, $1)`, [JSON.stringify(rows)]);
    }
  }
}
