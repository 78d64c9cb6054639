import {DAY, SITES} from './calendar.ts';
import {GroupMaker} from './groups.ts';
import {cumulate, type Id, type Random} from './random.ts';
import {DEPARTMENTS, FAMILY_NAMES, GIVEN_NAMES, SERVICE_ACCOUNTS} from './vocabulary/people.ts';
import {stamp, WELL_KNOWN, type World} from './world.ts';

/** Somebody with an account. */
export interface Person {
  id: Id;
  group: Id;
  login: string;
  friendlyName: string;
  kind: 'person' | 'service' | 'built-in';
  /** Index into `SITES`. */
  site: number;
  /** Index into `DEPARTMENTS`; -1 for accounts that are no persons. */
  department: number;
  team: Id | null;
  /** First and last instant (exclusive) at which this one may be active. */
  active: {from: number; until: number};
  /** Activity on a usual day, relative to others. Zero for those who never come. */
  intensity: number;
  /** Days since 1970, half-open ranges. */
  vacations: readonly (readonly [number, number])[];
  isDeveloper: boolean;
}

export interface Organisation {
  people: Person[];
  service: Record<(typeof SERVICE_ACCOUNTS)[number]['login'], Person>;
  admin: Person;
  system: Person;
  developers: Person[];
}

/** Makes people, accounts, groups and memberships: `users` persons, beside built-in and service accounts. */
export function buildOrganisation(world: World, users: number): Organisation {
  const random = world.random('organisation');
  const groups = new GroupMaker(world);
  groups.wellKnown();
  const account = (kind: 'service' | 'built-in', login: string, name: string, ids?: {user: Id; group: Id}): Person =>
    addPerson(world, groups, {
      id: ids?.user ?? world.id('user', login), group: ids?.group ?? world.id('personal group', login), login,
      friendlyName: name, kind, site: 0, department: -1, team: null,
      active: {from: world.span.from - 1500 * DAY, until: Infinity}, intensity: 0, vacations: [], isDeveloper: false,
    }, {first: name, last: '', status: 'active', joined: world.span.from - 1500 * DAY});
  const admin = account('built-in', 'admin', 'Admin', WELL_KNOWN.admin);
  admin.intensity = 0.4;
  const system = account('built-in', 'system', 'System', WELL_KNOWN.system);
  account('built-in', 'test', 'Test', WELL_KNOWN.test);
  const service = Object.fromEntries(SERVICE_ACCOUNTS.map(({login, name}) =>
    [login, account('service', login, name)])) as Organisation['service'];

  const teams = groups.departments();
  const people = makePeople(world, random, groups, users, teams);
  const developers = people.filter((person) => person.isDeveloper);
  for (const person of [admin, ...developers])
    groups.join(WELL_KNOWN.developers, person.group);
  for (const person of [admin, ...developers.slice(0, Math.max(1, Math.floor(users / 40)))])
    groups.join(WELL_KNOWN.administrators, person.group, true);
  groups.programmes(random, people);
  return {people: [admin, ...people], service, admin, system, developers: [admin, ...developers]};
}

function makePeople(world: World, random: Random, groups: GroupMaker, users: number,
  teams: readonly {department: number; id: Id}[]): Person[] {
  const logins = new Set<string>();
  const names = nameSource(random);
  const departments = cumulate(DEPARTMENTS.map((department) => department.share));
  const people: Person[] = [];
  for (let i = 0; i < users; i++) {
    const {first, last} = names();
    let login = (first[0] + last).toLowerCase();
    for (let n = 2; logins.has(login); n++)
      login = (first[0] + last).toLowerCase() + n;
    logins.add(login);
    const department = random.weighted(departments);
    const site = DEPARTMENTS[department].name === 'Process Engineering' ? 1 : random.weighted([4, 7, 10]);
    const team = random.pick(teams.filter((candidate) => candidate.department === department)).id;
    const life = lifeOf(world, random, i);
    const person: Person = {
      id: world.id('user', login), group: world.id('personal group', login), login, friendlyName: `${first} ${last}`,
      kind: 'person', site, department, team, active: life.active,
      // Heavy tail: the busiest tenth makes about half of the activity.
      intensity: life.isDormant ? 0 : random.logNormal(1, 1.1), vacations: vacations(world, random),
      isDeveloper: ['Informatics', 'Data Science'].includes(DEPARTMENTS[department].name) && life.stays,
    };
    addPerson(world, groups, person, {first, last, status: life.status, joined: life.joined});
    groups.join(groups.site(SITES[site].name), person.group);
    groups.join(team, person.group);
    people.push(person);
  }
  return people;
}

interface Life {
  joined: number;
  active: {from: number; until: number};
  status: string;
  /** Comes until the end of the span. */
  stays: boolean;
  /** Has an account and never came. */
  isDormant: boolean;
}

/** Of 20 persons about 4 are newcomers, 2 leave, 1 went quiet long ago, 1 never came; the others stay. */
function lifeOf(world: World, random: Random, index: number): Life {
  const {from, until} = world.span;
  const part = (a: number, b: number): number => Math.floor(from + (until - from) * random.between(a, b));
  const before = from - random.between(20, 1400) * DAY;
  const life = (joined: number, end: number, status: string, isDormant = false): Life =>
    ({joined, active: {from: Math.max(joined, from), until: end}, status, isDormant,
      stays: end === Infinity && !isDormant});
  switch (index % 20) {
    case 3: case 8: case 13: case 18: return life(part(0.02, 0.95), Infinity, 'active');
    case 5: case 15: return life(before, part(0.15, 0.9), 'blocked');
    case 10: return life(before, part(0.05, 0.3), 'active');
    case 17: return life(part(0, 0.9), Infinity, 'new', true);
    default: return life(before, Infinity, 'active');
  }
}

function vacations(world: World, random: Random): [number, number][] {
  const ranges: [number, number][] = [];
  for (let day = world.span.from / DAY; day < world.span.until / DAY; day += 365 / 3) {
    const start = Math.floor(day + random.between(10, 100));
    ranges.push([start, start + 5 + random.int(12)]);
  }
  return ranges;
}

function nameSource(random: Random): () => {first: string; last: string} {
  const given = random.shuffle(GIVEN_NAMES);
  const family = random.shuffle(FAMILY_NAMES);
  // Coprime list lengths would suffice; the shift makes pairs distinct whatever the lengths are.
  let i = 0;
  return () => {
    const first = given[i % given.length];
    const last = family[(i + Math.floor(i / given.length) * 7) % family.length];
    i++;
    return {first, last};
  };
}

function addPerson(world: World, groups: GroupMaker, person: Person,
  facts: {first: string; last: string; status: string; joined: number}): Person {
  // Down to the second, and never after the first thing done.
  const joined = stamp(Math.floor(facts.joined / 1000) * 1000);
  groups.create(person.group, person.login, person.friendlyName, {personal: true});
  groups.join(WELL_KNOWN.allUsers, person.group);
  world.add('users', {id: person.id.text, login: person.login, name: person.friendlyName.replaceAll(' ', ''),
    friendly_name: person.friendlyName, first_name: facts.first, last_name: facts.last, group_id: person.group.text,
    joined, status: facts.status, is_service: person.kind === 'service', has_password: true, email_confirmed: true,
    created_on: joined, updated_on: person.active.until === Infinity ? joined : stamp(person.active.until)});
  world.entity('User', person.id, person.login, person.friendlyName);
  return person;
}
