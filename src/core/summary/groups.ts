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
      this.keys = enlarged(this.keys);
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

/** Twice as long, with the same beginning. */
export function enlarged(array: Float64Array): Float64Array<ArrayBuffer> {
  const longer = new Float64Array(array.length * 2);
  longer.set(array);
  return longer;
}

/** Sums of events, runs and errors per cell: a bucket, a user and an item (a package, a function or a log level). */
export class Cells {
  readonly groups = new Groups();
  events = new Float64Array(1024);
  runs = new Float64Array(1024);
  errors = new Float64Array(1024);

  /** @param users number of users, @param items number of items. */
  constructor(private readonly users: number, readonly items: number) {}

  get count(): number {return this.groups.count;}

  /** Adds to a cell; user -1 is nobody. */
  add(bucket: number, user: number, item: number, events: number, runs: number, errors: number): void {
    const cell = this.groups.add((bucket * (this.users + 1) + user + 1) * this.items + item);
    if (cell === this.events.length)
      [this.events, this.runs, this.errors] = [this.events, this.runs, this.errors].map(enlarged);
    this.events[cell] += events;
    this.runs[cell] += runs;
    this.errors[cell] += errors;
  }

  bucket(cell: number): number {
    return Math.floor(this.groups.keys[cell] / (this.items * (this.users + 1)));
  }

  user(cell: number): number {
    return Math.floor(this.groups.keys[cell] / this.items) % (this.users + 1) - 1;
  }

  item(cell: number): number {
    return this.groups.keys[cell] % this.items;
  }
}
