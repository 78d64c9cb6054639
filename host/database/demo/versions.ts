import {DAY, HOUR} from './calendar.ts';
import type {Person} from './organisation.ts';
import type {Id, Random} from './random.ts';
import {INCIDENT_PACKAGE, type PackageWords} from './vocabulary/packages.ts';
import {stamp, type World} from './world.ts';

export interface Version {
  id: Id;
  version: string;
  published: number;
  author: Person;
}

/** The published versions of one package, oldest first; writes their rows. */
export class Versions {
  readonly all: Version[];
  /** When the broken release of the incident came out and when its repair did; null for other packages. */
  readonly incident: {from: number; until: number} | null;

  constructor(private readonly world: World, private readonly words: PackageWords, private readonly packageId: Id,
    developers: readonly Person[]) {
    const random = world.random(`versions:${words.name}`);
    this.incident = words.name === INCIDENT_PACKAGE ? incidentOf(world) : null;
    const times = this.#times(random);
    this.all = times.map((published, index) => ({
      id: world.id('published', words.name, index), version: this.#number(index), published,
      author: this.#author(random, developers, published),
    }));
    this.all.forEach((version, index) => this.#write(version, index === this.all.length - 1, false));
    if (random.chance(0.35))
      this.#writeDebugBuild(random);
  }

  get current(): Version {
    return this.all[this.all.length - 1];
  }

  /** The version in use at an instant; the first one before any was published. */
  at(time: number): Version {
    let i = this.all.length - 1;
    while (i > 0 && this.all[i].published > time)
      i--;
    return this.all[i];
  }

  #times(random: Random): number[] {
    const {from, until} = this.world.span;
    const launch = from + (until - from) * (this.words.launch ?? 0);
    const first = this.words.launch === undefined ? from - random.between(60, 800) * DAY : launch;
    const count = 3 + random.int(this.words.reach > 0 ? 5 : 2);
    const end = this.words.retire === undefined ? until - HOUR : from + (until - from) * this.words.retire;
    const later = Array.from({length: count - 1}, () => workingHour(random.between(first, end), random));
    const times = [workingHour(first, random), ...later];
    if (this.incident !== null)
      times.push(this.incident.from, this.incident.until);
    return times.filter((time) => time < until - HOUR).sort((a, b) => a - b);
  }

  #number(index: number): string {
    return `1.${Math.floor(index / 2)}.${index % 2}`;
  }

  #author(random: Random, developers: readonly Person[], time: number): Person {
    const present = developers.filter((person) => person.active.from <= time - DAY);
    // The built-in admin, who comes first, is always there.
    return random.pick(present.length > 1 ? present.slice(1) : developers.slice(0, 1));
  }

  /** A developer's own build, which may be marked as current beside the released one [guess]. */
  #writeDebugBuild(random: Random): void {
    const {version, author} = this.current;
    const id = this.world.id('debug build', this.words.name);
    const published = Math.min(this.current.published + random.between(1, 20) * DAY, this.world.span.until - HOUR);
    this.#write({id, version, published, author}, random.chance(0.5), true);
  }

  #write(version: Version, isCurrent: boolean, debug: boolean): void {
    const {words} = this;
    const published = stamp(version.published);
    this.world.add('published_packages', {id: version.id.text, package_id: this.packageId.text, name: words.name,
      friendly_name: words.title, version: version.version, debug, is_current: isCurrent,
      is_latest: isCurrent && !debug, build_hash: version.id.text.slice(0, 8),
      package_author: version.author.friendlyName, author_id: version.author.id.text, published_on: published,
      created_on: published, updated_on: published});
    this.world.entity('GrokPublishedPackage', version.id, words.name, words.title);
  }
}

/** The incident: a broken release at 14:00 UTC on a Tuesday, about four fifths into the span, repaired 26 hours on. */
export function incidentOf(world: World): {from: number; until: number} {
  const {from, until} = world.span;
  let day = Math.floor((from + (until - from) * 0.8) / DAY);
  while (new Date(day * DAY).getUTCDay() !== 2 && day * DAY > from + DAY)
    day--;
  const start = Math.max(day * DAY + 14 * HOUR, from + HOUR);
  return {from: start, until: Math.min(start + 26 * HOUR, until - HOUR)};
}

/** The nearest working time: Monday to Friday, 8 to 17 UTC. */
function workingHour(time: number, random: Random): number {
  let day = Math.floor(time / DAY);
  while ([0, 6].includes(new Date(day * DAY).getUTCDay()))
    day--;
  return day * DAY + random.between(8, 17) * HOUR;
}
