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

/** Numbers pairs within one bucket after the other: by a table of all pairs, or by hashing where that is too large. */
class Pairs {
  private readonly found: Int32Array | null;
  /** Bucket in which the place of the table was last written, plus one. */
  private readonly written: Int32Array | null;
  private groups = new Groups();
  private bucket = -1;
  private first = 0;

  constructor(places: number) {
    const isLarge = places > MOST_PLACES;
    [this.found, this.written] = isLarge ? [null, null] : [new Int32Array(places), new Int32Array(places)];
  }

  /** Begins a bucket, in which numbers go on from `next`. */
  begin(bucket: number, next: number): void {
    this.bucket = bucket + 1;
    this.first = next;
    if (this.found === null)
      this.groups = new Groups();
  }

  /** Number of the pair at a place, `next` when it is new. */
  add(place: number, next: number): number {
    if (this.found === null || this.written === null)
      return this.first + this.groups.add(place);
    if (this.written[place] === this.bucket)
      return this.found[place];
    this.written[place] = this.bucket;
    return this.found[place] = next;
  }
}

/**
 * Sums of events, runs and errors per cell: a bucket, a user and an item (a package, a function or a log level).
 * Buckets are filled one after the other.
 */
export class Cells {
  count = 0;
  bucket = new Int32Array(1024);
  /** -1 is nobody. */
  user = new Int32Array(1024);
  item = new Int32Array(1024);
  events = new Int32Array(1024);
  runs = new Int32Array(1024);
  errors = new Int32Array(1024);
  private current = -1;
  private readonly pairs: Pairs;

  /** @param users number of users, @param items number of items. */
  constructor(users: number, readonly items: number) {
    this.pairs = new Pairs((users + 1) * items);
  }

  /** What is added from now on is in this bucket, which comes after those before. */
  begin(bucket: number): void {
    this.current = bucket;
    this.pairs.begin(bucket, this.count);
  }

  /** Adds to a cell; user -1 is nobody. */
  add(user: number, item: number, events: number, runs: number, errors: number): void {
    const cell = this.pairs.add((user + 1) * this.items + item, this.count);
    if (cell === this.count)
      this.append(user, item);
    this.events[cell] += events;
    this.runs[cell] += runs;
    this.errors[cell] += errors;
  }

  private append(user: number, item: number): void {
    const cell = this.count++;
    if (cell === this.bucket.length)
      [this.bucket, this.user, this.item, this.events, this.runs, this.errors] =
        [this.bucket, this.user, this.item, this.events, this.runs, this.errors].map(enlarged);
    this.bucket[cell] = this.current;
    this.user[cell] = user;
    this.item[cell] = item;
  }
}

/** Four times as long, with the same beginning. */
function enlarged(array: Int32Array): Int32Array<ArrayBuffer> {
  const longer = new Int32Array(array.length * 4);
  longer.set(array);
  return longer;
}
