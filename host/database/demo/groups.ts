import {DAY} from './calendar.ts';
import type {Person} from './organisation.ts';
import type {Id, Random} from './random.ts';
import {DEPARTMENTS, PROGRAMMES} from './vocabulary/people.ts';
import {stamp, WELL_KNOWN, type World} from './world.ts';

/** Groups by name, and memberships. */
export class GroupMaker {
  readonly #byName = new Map<string, Id>();
  #relations = 0;

  constructor(private readonly world: World) {}

  create(id: Id, name: string, friendlyName: string,
    flags: {personal?: boolean; is_role?: boolean; hidden?: boolean} = {}): Id {
    const created = stamp(this.world.span.from - 1500 * DAY);
    this.world.add('groups', {id: id.text, name, friendly_name: friendlyName, personal: false, is_role: false,
      hidden: false, created_on: created, updated_on: created, ...flags});
    this.world.entity('UserGroup', id, name, friendlyName);
    return id;
  }

  join(parent: Id, child: Id, isAdmin = false): void {
    this.world.add('groups_relations', {id: this.world.id('relation', this.#relations++).text, parent_id: parent.text,
      child_id: child.text, is_admin: isAdmin});
  }

  site(name: string): Id {
    return this.#named(`Site ${name}`);
  }

  wellKnown(): void {
    this.create(WELL_KNOWN.allUsers, 'All users', 'All users');
    this.create(WELL_KNOWN.developers, 'Developers', 'Developers');
    this.create(WELL_KNOWN.administrators, 'Administrators', 'Administrators', {is_role: true});
  }

  /** Divisions hold departments, departments hold teams; each is also a member of All users through its people. */
  departments(): {department: number; id: Id}[] {
    const teams: {department: number; id: Id}[] = [];
    DEPARTMENTS.forEach((department, index) => {
      this.join(this.#named(department.division), this.#named(department.name));
      for (const team of department.teams) {
        const id = this.#named(team);
        this.join(this.#named(department.name), id);
        teams.push({department: index, id});
      }
    });
    return teams;
  }

  programmes(random: Random, people: readonly Person[]): void {
    for (const programme of PROGRAMMES) {
      const id = this.#named(programme.name);
      for (const parent of programme.parents)
        this.join(this.#named(parent), id);
      const candidates = people.filter((person) => programme.parents.includes(DEPARTMENTS[person.department].name));
      for (const person of random.shuffle(candidates).slice(0, programme.size))
        this.join(id, person.group);
    }
    this.create(this.world.id('group', 'Retired Projects'), 'Retired Projects', 'Retired Projects', {hidden: true});
  }

  #named(name: string): Id {
    let id = this.#byName.get(name);
    if (id === undefined)
      this.#byName.set(name, id = this.create(this.world.id('group', name), name, name));
    return id;
  }
}
