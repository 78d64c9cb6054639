import {withinActive, type Catalog} from './catalog.ts';
import {DAY} from './calendar.ts';
import type {Organisation, Person} from './organisation.ts';
import type {Id} from './random.ts';
import {DASHBOARDS} from './vocabulary/activity.ts';
import {stamp, type World} from './world.ts';

/** A dashboard that people open. */
export interface Dashboard {
  id: Id;
  name: string;
  author: Person;
  created: number;
  /** Never opened from then on. */
  deleted: number;
  weight: number;
}

/** Makes dashboards, and the projects that are none: roots of packages and users, wrappers, spaces. */
export function buildProjects(world: World, organisation: Organisation, catalog: Catalog): Dashboard[] {
  for (const {words, versions, id} of catalog.packages) {
    addProject(world, world.id('package root', words.name), words.name, words.title, versions.all[0].author,
      versions.all[0].published, {is_root: true, is_package: true});
    // The wrapper of one entity: never to be counted as a dashboard.
    addProject(world, world.id('wrapper', id.text), '', `${words.title} (entity)`, versions.all[0].author,
      versions.all[0].published, {is_entity: true, is_dashboard: true});
  }
  for (const person of organisation.people)
    addProject(world, world.id('user root', person.login), person.login, person.friendlyName, person,
      person.active.from, {is_root: true});
  return buildDashboards(world, organisation, catalog);
}

function buildDashboards(world: World, organisation: Organisation, catalog: Catalog): Dashboard[] {
  const random = world.random('dashboards');
  const {from, until} = world.span;
  const authors = organisation.people.filter((person) => person.kind === 'person' && person.intensity > 0.5);
  const content = [...catalog.own, ...catalog.packages.flatMap((each) => each.runnables.filter((one) => one.source === 'data-query'))];
  const names = [...DASHBOARDS, ...DASHBOARDS.slice(0, 12).map((name) => `${name} (copy)`)];
  let relations = 0;
  return names.map((title, rank) => {
    const author = authors.length > 0 ? random.pick(authors) : organisation.admin;
    const id = world.id('dashboard', title);
    const wish = random.chance(0.45) ? from - random.between(10, 500) * DAY :
      from + (until - from) * random.between(0.03, 0.9);
    const created = withinActive(wish, author, until);
    const lives = rank % 9 !== 5;
    const deleted = lives ? Infinity :
      withinActive(created + (until - Math.max(created, from)) * random.between(0.3, 0.9), author, until);
    // Some have no technical name; then the shown one counts.
    const name = rank % 7 === 3 ? '' : title.replaceAll(/\W/g, '');
    addProject(world, id, name, title, author, created, {is_dashboard: true}, !lives);
    for (const item of random.shuffle(content).slice(0, 1 + random.int(3))) {
      world.add('project_relations', {id: world.id('content', relations++).text, project_id: id.text,
        entity_id: item.id.text, is_link: random.chance(0.6)});
    }
    const tag = rank % 3 === 0 ? 'review' : 'team';
    world.add('tags', {id: world.id('tag', title).text, entity_id: id.text, tag});
    return {id, name: title, author, created, deleted, weight: rank >= names.length - 4 ? 0 : 1 / (rank + 2) ** 0.9};
  });
}

function addProject(world: World, id: Id, name: string, friendlyName: string, author: Person, created: number,
  flags: {is_root?: boolean; is_package?: boolean; is_entity?: boolean; is_dashboard?: boolean},
  isDeleted = false): void {
  const time = stamp(created);
  world.add('projects', {id: id.text, name, friendly_name: friendlyName, is_root: false, is_entity: false,
    is_package: false, is_dashboard: false, ...flags, author_id: author.id.text, created_on: time, updated_on: time,
    options: {}});
  world.entity('Project', id, name, friendlyName, {is_deleted: isDeleted, namespace: `${author.login}:`});
}
