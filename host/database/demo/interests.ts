import type {Catalog, DemoPackage, Runnable} from './catalog.ts';
import {DAY} from './calendar.ts';
import type {Person} from './organisation.ts';
import {cumulate, type Random} from './random.ts';
import {DEPARTMENTS} from './vocabulary/people.ts';
import type {World} from './world.ts';

interface Adoption {
  package: DemoPackage;
  from: number;
  weight: number;
}

/** Which packages each person uses, and how that changes: adoption after launch, fading after retirement. */
export class Interests {
  readonly #adoptions = new Map<Person, Adoption[]>();
  readonly #current = new Map<Person, {week: number; packages: DemoPackage[]; cumulative: Float64Array}>();
  readonly #own: {runnables: Runnable[]; cumulative: Float64Array};
  readonly #core: {runnables: Runnable[]; cumulative: Float64Array};

  constructor(private readonly world: World, private readonly catalog: Catalog) {
    this.#own = {runnables: catalog.own, cumulative: cumulate(catalog.own.map((one) => one.weight))};
    this.#core = {runnables: catalog.core, cumulative: cumulate(catalog.core.map((one) => one.weight))};
  }

  /** A package somebody uses at that time; null when there is none. */
  package(person: Person, time: number, random: Random): DemoPackage | null {
    const week = Math.floor(time / (7 * DAY));
    let current = this.#current.get(person);
    if (current?.week !== week)
      this.#current.set(person, current = {week, ...this.#mix(person, week * 7 * DAY)});
    const index = random.weighted(current.cumulative);
    const found = index < 0 ? null : current.packages[index];
    return found !== null && found.versions.all[0].published <= time ? found : null;
  }

  /** A function, query or script that somebody runs at that time. */
  runnable(person: Person, time: number, random: Random): Runnable {
    const kind = random.weighted([80, 88, 100]);
    const found = kind === 0 ? this.package(person, time, random) : null;
    if (found !== null)
      return found.runnables[random.weighted(found.cumulative)];
    if (kind === 1) {
      const own = this.#own.runnables[random.weighted(this.#own.cumulative)];
      if (own.created <= time)
        return own;
    }
    return this.#core.runnables[random.weighted(this.#core.cumulative)];
  }

  #mix(person: Person, time: number): {packages: DemoPackage[]; cumulative: Float64Array} {
    const {from, until} = this.world.span;
    const adopted = this.#adoptionsOf(person).filter((adoption) => adoption.from <= time);
    const weights = adopted.map(({package: {words}, weight}) => {
      const retired = words.retire === undefined ? Infinity : from + (until - from) * words.retire;
      return time <= retired ? weight : weight * Math.exp(-(time - retired) / (0.05 * (until - from)));
    });
    return {packages: adopted.map((adoption) => adoption.package), cumulative: cumulate(weights)};
  }

  #adoptionsOf(person: Person): Adoption[] {
    let adoptions = this.#adoptions.get(person);
    if (adoptions === undefined) {
      const random = this.world.random(`interests:${person.login}`);
      adoptions = this.catalog.packages.flatMap((each) => this.#adoption(person, each, random) ?? []);
      this.#adoptions.set(person, adoptions);
    }
    return adoptions;
  }

  #adoption(person: Person, each: DemoPackage, random: Random): Adoption | null {
    const {from, until} = this.world.span;
    const {category, reach, launch} = each.words;
    const isClose = person.department >= 0 && DEPARTMENTS[person.department].interests.includes(category);
    const isCommon = ['Visualization', 'Data Access'].includes(category);
    const adopts = random.chance(reach * (isClose ? 1 : isCommon ? 0.5 : 0.12));
    const lag = random.exponential(0.12 * (until - from));
    const isLate = random.chance(0.15);
    const weight = random.logNormal(isClose ? 1 : 0.25, 0.7);
    if (!adopts)
      return null;
    const start = launch === undefined ? isLate ? from + lag : -Infinity : from + launch * (until - from) + lag;
    return {package: each, from: start, weight};
  }
}
