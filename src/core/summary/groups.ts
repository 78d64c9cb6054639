import {Rows} from './rows';

/** Finds numbered groups by whole numbers up to 2^53: an open hash table over raw arrays. */
export class Groups {
  /** Key of each group, by its number. */
  keys = new Float64Array(1024);
  count = 0;
  private slots = new Int32Array(4096).fill(-1);

  /** Number of the group with the key, a new one when there is none. */
  add(key: number): number {
    if (this.count * 2 > this.slots.length)
      this.grow();
    let slot = this.slotOf(key);
    for (let found = this.slots[slot]; found >= 0; found = this.slots[slot]) {
      if (this.keys[found] === key)
        return found;
      slot = slot + 1 & this.slots.length - 1;
    }
    if (this.count === this.keys.length)
      this.keys = Float64Array.from({length: this.count * 2}, (_, i) => this.keys[i] ?? 0);
    this.keys[this.count] = key;
    return this.slots[slot] = this.count++;
  }

  private slotOf(key: number): number {
    const low = key % 4294967296 | 0;
    let hash = Math.imul(low ^ Math.imul(key / 4294967296 | 0, 0x85ebca6b), 0x9e3779b1);
    hash ^= hash >>> 15;
    return hash & this.slots.length - 1;
  }

  private grow(): void {
    this.slots = new Int32Array(this.slots.length * 4).fill(-1);
    for (let group = 0; group < this.count; group++) {
      let slot = this.slotOf(this.keys[group]);
      while (this.slots[slot] >= 0)
        slot = slot + 1 & this.slots.length - 1;
      this.slots[slot] = group;
    }
  }
}

/** Larger tables than this are hashed. */
const MOST_PLACES = 4_000_000;

/** Numbers places within one group after the other. */
interface Numbering {
  /** Begins a group, which knows no place and whose numbers go on from `next`. */
  begin(next: number): void;
  /** Number of a place, `next` when it is new. */
  add(place: number, next: number): number;
}

/** By a table of all places. */
class Marks implements Numbering {
  private readonly found: Int32Array;
  /** Group in which the place was last written, plus one. */
  private readonly written: Int32Array;
  private group = 1;

  constructor(places: number) {
    [this.found, this.written] = [new Int32Array(places), new Int32Array(places)];
  }

  begin(): void {
    this.group++;
  }

  add(place: number, next: number): number {
    if (this.written[place] === this.group)
      return this.found[place];
    this.written[place] = this.group;
    return this.found[place] = next;
  }
}

/** By hashing, for places that are too many for a table. */
class HashedMarks implements Numbering {
  private groups = new Groups();
  private first = 0;

  begin(next: number): void {
    this.groups = new Groups();
    this.first = next;
  }

  add(place: number): number {
    return this.first + this.groups.add(place);
  }
}

/**
 * Sums of events, runs and errors per cell: a bucket, a user and an item (a package, a function or a log level).
 * Buckets are filled one after the other.
 */
export class Cells extends Rows {
  private current = -1;
  private isSorted = false;
  private lastUser = -1;
  /** Items of the user at hand, and of nobody in the bucket at hand. */
  private readonly ofUser: Marks;
  private readonly ofNobody: Marks;
  /** Pairs of user and item in the bucket at hand; made when they are needed. */
  private pairs: Numbering | null = null;

  /** @param users number of users, @param items number of items, @param most cells that are ever made. */
  constructor(readonly users: number, readonly items: number, most: number) {
    super(most);
    [this.ofUser, this.ofNobody] = [new Marks(items), new Marks(items)];
  }

  /**
   * What is added from now on is in this bucket, which comes after those before.
   * @param isSorted what a user has in it comes without anything between, which is several times as fast: the places of
   * one user are few enough for the processor's memory.
   */
  begin(bucket: number, isSorted: boolean): void {
    this.current = bucket;
    this.isSorted = isSorted;
    this.lastUser = -1;
    this.ofNobody.begin();
    if (!isSorted) {
      const pairs = (this.users + 1) * this.items;
      this.pairs ??= pairs > MOST_PLACES ? new HashedMarks() : new Marks(pairs);
      this.pairs.begin(this.count);
    }
  }

  /** Adds to a cell; user -1 is nobody. */
  sum(user: number, item: number, events: number, runs: number, errors: number): void {
    const cell = this.isSorted || this.pairs === null ? this.placeInOrder(user, item) :
      this.pairs.add((user + 1) * this.items + item, this.count);
    if (cell === this.count)
      this.add(this.current, user, item);
    this.events[cell] += events;
    this.runs[cell] += runs;
    this.errors[cell] += errors;
  }

  private placeInOrder(user: number, item: number): number {
    if (user < 0)
      return this.ofNobody.add(item, this.count);
    if (user !== this.lastUser) {
      this.ofUser.begin();
      this.lastUser = user;
    }
    return this.ofUser.add(item, this.count);
  }
}
