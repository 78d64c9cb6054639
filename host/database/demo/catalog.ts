import {DAY, HOUR} from './calendar.ts';
import type {Organisation, Person} from './organisation.ts';
import {cumulate, type Id, type Random} from './random.ts';
import {CONNECTIONS, CORE_FUNCTIONS, OWN_QUERIES, OWN_SCRIPTS, PACKAGES, SLOW_QUERY,
  type PackageWords} from './vocabulary/packages.ts';
import {readSignature, readSignatures, type Signature} from './vocabulary/signature.ts';
import {stamp, type World} from './world.ts';
import {Versions} from './versions.ts';

export interface FunctionParam {
  id: Id;
  name: string;
  type: string;
  isInput: boolean;
}

/** A function, query or script that can be run. */
export interface Runnable {
  id: Id;
  name: string;
  source: 'function' | 'function-package' | 'data-query' | 'script';
  params: FunctionParam[];
  /** Relative use; zero for what nobody calls. */
  weight: number;
  /** Milliseconds; median of the run time. */
  median: number;
  failureRate: number;
  package: DemoPackage | null;
  /** From when on it can be run: it was created then, by its author. */
  created: number;
  author: Person | null;
  getsSlow: boolean;
}

export interface DemoPackage {
  id: Id;
  words: PackageWords;
  versions: Versions;
  runnables: Runnable[];
  cumulative: Float64Array;
  logs: Signature[];
}

export interface Catalog {
  packages: DemoPackage[];
  core: Runnable[];
  own: Runnable[];
}

/** Makes packages with their versions, functions, queries, scripts, connections, and what people wrote themselves. */
export function buildCatalog(world: World, organisation: Organisation): Catalog {
  const connections = buildConnections(world, organisation);
  const maker = new RunnableMaker(world, new Map(connections.map(({name, id}) => [name, id])));
  const packages = PACKAGES.map((words) => buildPackage(world, organisation, maker, words));
  const random = world.random('catalog');
  const core = readSignatures(CORE_FUNCTIONS)
    .map((signature, rank) => maker.make(signature, 'function', null, rank, null));
  const authors = organisation.people.filter((person) => person.kind === 'person' && person.intensity > 0.5);
  const own = [...OWN_QUERIES.map((name) => ({name, source: 'data-query' as const, at: random.pick(CONNECTIONS).name})),
    ...OWN_SCRIPTS.map((name) => ({name, source: 'script' as const, at: random.pick(['python', 'r', 'javascript'])}))]
    .map(({name, source, at}, rank) => maker.make(readSignature(`${name}(from: datetime)@${at}`), source, null, rank,
      random.pick(authors)));
  return {packages, core, own};
}

function buildConnections(world: World, organisation: Organisation): {id: Id; name: string}[] {
  return CONNECTIONS.map(({name, source}) => {
    const id = world.id('connection', name);
    const created = stamp(world.span.from - 700 * DAY);
    world.add('connections', {id: id.text, name, friendly_name: name, data_source: source, is_available: true,
      is_system: false, parameters: {}, author_id: organisation.admin.id.text, created_on: created,
      updated_on: created});
    world.entity('DataConnection', id, name, name);
    return {id, name};
  });
}

function buildPackage(world: World, organisation: Organisation, maker: RunnableMaker,
  words: PackageWords): DemoPackage {
  const id = world.id('package', words.name);
  const versions = new Versions(world, words, id, organisation.developers);
  const created = stamp(versions.all[0].published);
  world.add('packages', {id: id.text, name: words.name, friendly_name: words.title, category: words.category,
    full_name: `@demo/${words.name.toLowerCase()}`, description: `${words.title} for ${words.category.toLowerCase()}`,
    published_on: created, created_on: created, updated_on: stamp(versions.all.at(-1)!.published),
    author_id: versions.all[0].author.id.text});
  world.entity('GrokPackage', id, words.name, words.title);
  const logs = readSignatures(words.logs);
  const result: DemoPackage = {id, words, versions, runnables: [], cumulative: new Float64Array(), logs};
  const add = (list: string | undefined, source: Runnable['source'], shift: number): void =>
    readSignatures(list).forEach((signature, rank) =>
      result.runnables.push(maker.make(signature, source, result, rank + shift, versions.all[0].author)));
  add(words.functions, 'function-package', 0);
  add(words.queries, 'data-query', 1);
  add(words.scripts, 'script', 2);
  result.cumulative = cumulate(result.runnables.map((runnable) => words.reach > 0 ? runnable.weight : 0));
  return result;
}

const ENTITY_TYPES = {'function': 'Func', 'function-package': 'PackageFunc', 'data-query': 'DataQuery', 'script': 'Script'} as const;

/** The nearest instant at which somebody is there to do it. */
export function withinActive(time: number, author: Person, until: number): number {
  return Math.min(Math.max(time, author.active.from + HOUR), author.active.until - HOUR, until - HOUR);
}

/** Writes the rows of a function and of its parameters, and the traits of its runs. */
class RunnableMaker {
  constructor(private readonly world: World, private readonly connections: ReadonlyMap<string, Id>) {}

  make(signature: Signature, source: Runnable['source'], owner: DemoPackage | null, rank: number,
    author: Person | null): Runnable {
    const {world} = this;
    const key = `${owner?.words.name ?? 'own'}:${signature.name}`;
    const random = world.random(`runnable:${key}`);
    const id = world.id('function', key);
    const name = signature.name.replaceAll(' ', '');
    const params = this.#params(id, signature, source);
    const from = this.#created(random, owner, author);
    const runnable: Runnable = {
      id, name, source, params, package: owner,
      // Zipf's law over the place in the list.
      weight: signature.isUnused ? 0 : 1 / (rank + 1) ** 1.1,
      median: random.logNormal({'function': 60, 'function-package': 700, 'data-query': 900, 'script': 3500}[source], 1),
      failureRate: random.between(0.004, 0.04), created: from, author, getsSlow: name === SLOW_QUERY,
    };
    const row = {id: id.text, name, friendly_name: signature.name, source, author_id: author?.id.text ?? null,
      created_on: stamp(from), updated_on: stamp(from), options: {}};
    world.add('funcs', {...row, description: `${signature.name} of ${owner?.words.title ?? 'the platform'}`});
    if (source === 'data-query')
      world.add('queries', {...row, connection_id: this.connections.get(signature.at)!.text, query: 'select 1'});
    if (source === 'script')
      world.add('scripts', {...row, language: signature.at, script: `#name: ${signature.name}\n#language: ${signature.at}\n`});
    const space = owner?.words.name ?? author?.login;
    world.entity(ENTITY_TYPES[source], id, name, signature.name,
      {package_id: this.#version(random, owner, rank), namespace: space === undefined ? '' : `${space}:`});
    for (const tag of this.#tags(source, owner, rank))
      world.add('tags', {id: world.id('tag', key, tag).text, entity_id: id.text, tag});
    return runnable;
  }

  #params(functionId: Id, signature: Signature, source: Runnable['source']): FunctionParam[] {
    const output = source === 'data-query' || signature.output === '' ? 'dataframe' : signature.output;
    return [...signature.params.map((param) => ({...param, isInput: true})), {name: 'result', type: output, isInput: false}]
      .map(({name, type, isInput}) => {
        const id = this.world.id('param', functionId.text, name, String(isInput));
        this.world.add('func_params', {id: id.text, func_id: functionId.text, is_input: isInput, name, type,
          is_optional: false, nullable_raw: false});
        return {id, name, type, isInput};
      });
  }

  #created(random: Random, owner: DemoPackage | null, author: Person | null): number {
    if (owner !== null)
      return owner.versions.all[0].published;
    const {from, until} = this.world.span;
    if (author === null)
      return from - 1000 * DAY;
    const time = random.chance(0.5) ? from - random.between(10, 400) * DAY :
      from + (until - from) * random.between(0.05, 0.9);
    return withinActive(time, author, until);
  }

  /** Most belong to the current version; some to an earlier one, as entities that a release left alone may [guess]. */
  #version(random: Random, owner: DemoPackage | null, rank: number): string | null {
    if (owner === null)
      return null;
    const {all, current} = owner.versions;
    return (rank > 0 && all.length > 1 && random.chance(0.35) ? all[all.length - 2] : current).id.text;
  }

  #tags(source: Runnable['source'], owner: DemoPackage | null, rank: number): string[] {
    const category = owner?.words.category.toLowerCase().replaceAll(' ', '-');
    return [source === 'data-query' ? 'query' : source === 'script' ? 'script' : 'function',
      ...(category === undefined ? [] : [category]), ...(rank === 0 ? ['featured'] : [])];
  }
}
