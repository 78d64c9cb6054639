/** An id as the database stores it, with its text made once when asked for. */
export class Id {
  #text: string | undefined;
  constructor(readonly bytes: Buffer) {}

  get text(): string {
    const hex = this.#text ?? this.bytes.toString('hex');
    return this.#text ??= [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
  }

  static parse(text: string): Id {
    return new Id(Buffer.from(text.replaceAll('-', ''), 'hex'));
  }
}

/**
 * Small fast deterministic generator: sfc32 by Chris Doty-Humphrey (PractRand), seeded from text by FNV-1a.
 * The same seed text gives the same sequence on every machine.
 */
export class Random {
  #a: number;
  #b: number;
  #c: number;
  #d = 1;

  constructor(private readonly seed: string) {
    [this.#a, this.#b, this.#c] = [hash(seed, 0x811c9dc5), hash(seed, 0x9e3779b9), hash(seed, 0x85ebca6b)];
    for (let i = 0; i < 12; i++)
      this.uint32();
  }

  /** An independent generator: what happens in one part does not shift the others. */
  fork(name: string | number): Random {
    return new Random(`${this.seed}/${name}`);
  }

  uint32(): number {
    const t = (((this.#a + this.#b) | 0) + this.#d) | 0;
    this.#d = (this.#d + 1) | 0;
    this.#a = this.#b ^ (this.#b >>> 9);
    this.#b = (this.#c + (this.#c << 3)) | 0;
    this.#c = (this.#c << 21) | (this.#c >>> 11);
    this.#c = (this.#c + t) | 0;
    return t >>> 0;
  }

  /** Uniform in [0, 1). */
  next(): number {
    return this.uint32() / 4294967296;
  }

  between(from: number, to: number): number {
    return from + (to - from) * this.next();
  }

  /** Whole number in [0, n). */
  int(n: number): number {
    return Math.floor(this.next() * n);
  }

  chance(probability: number): boolean {
    return this.next() < probability;
  }

  pick<T>(items: readonly T[]): T {
    return items[this.int(items.length)];
  }

  /** Standard normal, by Box and Muller. */
  normal(): number {
    return Math.sqrt(-2 * Math.log(1 - this.next())) * Math.cos(2 * Math.PI * this.next());
  }

  logNormal(median: number, sigma: number): number {
    return median * Math.exp(sigma * this.normal());
  }

  exponential(mean: number): number {
    return -mean * Math.log(1 - this.next());
  }

  /** Index drawn by cumulative weights; -1 when they are all zero. */
  weighted(cumulative: ArrayLike<number>): number {
    const total = cumulative[cumulative.length - 1] ?? 0;
    if (total <= 0)
      return -1;
    const x = this.next() * total;
    let low = 0;
    let high = cumulative.length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (cumulative[middle] > x)
        high = middle;
      else
        low = middle + 1;
    }
    return low;
  }

  shuffle<T>(items: readonly T[]): T[] {
    const result = [...items];
    for (let i = result.length - 1; i > 0; i--) {
      const j = this.int(i + 1);
      [result[i], result[j]] = [result[j], result[i]];
    }
    return result;
  }

  /** An id in the form of a random (version 4) uuid. */
  id(): Id {
    const bytes = Buffer.allocUnsafe(16);
    for (let i = 0; i < 16; i += 4)
      bytes.writeUInt32BE(this.uint32(), i);
    bytes[6] = bytes[6] & 0x0f | 0x40;
    bytes[8] = bytes[8] & 0x3f | 0x80;
    return new Id(bytes);
  }
}

/** Running sums, for `weighted`. */
export function cumulate(weights: readonly number[]): Float64Array {
  const sums = new Float64Array(weights.length);
  let sum = 0;
  weights.forEach((weight, i) => sums[i] = sum += weight);
  return sums;
}

/** FNV-1a over UTF-16 units, from a given basis. */
function hash(text: string, basis: number): number {
  let value = basis;
  for (let i = 0; i < text.length; i++)
    value = Math.imul(value ^ text.charCodeAt(i), 0x01000193);
  return value >>> 0;
}
