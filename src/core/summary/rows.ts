/** Rows of a table before they have their names: raw arrays, because there may be many and none lives long. */
export class Rows {
  count = 0;
  readonly bucket: Int32Array;
  /** -1 is nobody. */
  readonly user: Int32Array;
  readonly item: Int32Array;
  readonly events: Int32Array;
  readonly runs: Int32Array;
  readonly errors: Int32Array;

  /** @param most rows that are ever added. */
  constructor(most: number) {
    const column = (): Int32Array => new Int32Array(most);
    [this.bucket, this.user, this.item, this.events, this.runs, this.errors] =
      [column(), column(), column(), column(), column(), column()];
  }

  /** A new row without numbers; gives its place. */
  add(bucket: number, user: number, item: number): number {
    this.bucket[this.count] = bucket;
    this.user[this.count] = user;
    this.item[this.count] = item;
    return this.count++;
  }

  /** Adds a row of nobody for each bucket that has none, or for every bucket. */
  fillBuckets(buckets: number, item: number, every = false): void {
    const filled = new Uint8Array(buckets);
    for (let row = 0; row < this.count && !every; row++)
      filled[this.bucket[row]] = 1;
    filled.forEach((isFilled, bucket) => isFilled === 1 || this.add(bucket, -1, item));
  }

  /** Adds a row of nobody wherever a bucket has none of an item that there is in any row. */
  fillItems(buckets: number, items: number): void {
    const [filled, found] = [new Uint8Array(buckets * items), new Uint8Array(items)];
    for (let row = 0; row < this.count; row++) {
      filled[this.bucket[row] * items + this.item[row]] = 1;
      found[this.item[row]] = 1;
    }
    filled.forEach((isFilled, place) => isFilled === 1 || found[place % items] === 0 ||
      this.add(Math.floor(place / items), -1, place % items));
  }
}

/** Rows in which several users may be one. */
export class FoldedRows extends Rows {
  /** Number of users in the row that are not told apart; 0 when it is one user's. */
  readonly folded: Int32Array;

  constructor(most: number) {
    super(most);
    this.folded = new Int32Array(most);
  }
}
