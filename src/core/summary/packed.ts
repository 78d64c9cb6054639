/** Bytes of a text in base64; line breaks are left out. @throws when the text is no base64. */
export function bytesOf(base64: string): Uint8Array {
  // Younger browsers do it themselves.
  const native = (Uint8Array as {fromBase64?: (text: string) => Uint8Array}).fromBase64;
  if (native !== undefined)
    return native.call(Uint8Array, base64);
  const text = atob(base64);
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++)
    bytes[i] = text.charCodeAt(i);
  return bytes;
}

/** Records that are read at once: few enough for the processor's own memory. */
const BLOCK = 4096;

/**
 * Reads codes in their order, as the queries of summaries pack them: by how much each is more than the one before, and
 * how many it stands for. The first bits of a step tell its length as in UTF-8: 0, 10, 110 and 1110 begin one of 1 to 4
 * bytes, 1111 a byte before eight. Its last bit tells whether a number follows, which is 2 less than how many: a byte,
 * or 255 and four more. Records come in blocks of raw arrays: a function called for each of a million would take longer
 * than all else.
 */
export class StepReader {
  /** Number of all records. */
  readonly records: number;
  /**
   * Of the block at hand: how much each code is more than the one before; -1 where `wideStep` tells. Whole numbers of
   * 32 bits alone, for the browser makes an object of any other as long as it has not compiled a loop.
   */
  readonly steps = new Int32Array(BLOCK);
  /** How many it stands for. */
  readonly counts = new Int32Array(BLOCK);
  private readonly wide: number[] = [];
  private readonly words: DataView;
  private at = 0;
  private left: number;

  /** @throws RangeError when the bytes end within a record. */
  constructor(private readonly bytes: Uint8Array) {
    this.left = this.records = countRecords(bytes);
    this.words = wordsOf(bytes);
  }

  /** Reads the next block; gives the number of its records, 0 at the end. */
  next(): number {
    const {bytes, words, steps, counts} = this;
    const size = Math.min(this.left, BLOCK);
    let {at} = this;
    for (let record = 0; record < size; record++) {
      const first = bytes[at++];
      let value = first;
      if (first >= 0xf0) {
        this.wide.push(Math.floor((words.getUint32(at) * 2 ** 32 + words.getUint32(at + 4)) / 2));
        value = -1;
        at += 8;
      } else if (first >= 0xe0) {
        value = (first & 0xf) << 24 | bytes[at] << 16 | bytes[at + 1] << 8 | bytes[at + 2];
        at += 3;
      } else if (first >= 0xc0) {
        value = (first & 0x1f) << 16 | bytes[at] << 8 | bytes[at + 1];
        at += 2;
      } else if (first >= 0x80)
        value = (first & 0x3f) << 8 | bytes[at++];
      steps[record] = value >> 1;
      counts[record] = 1;
      if ((bytes[at - 1] & 1) === 0)
        continue;
      counts[record] = bytes[at] === 0xff ? words.getUint32(at + 1) + 2 : bytes[at] + 2;
      at += bytes[at] === 0xff ? 5 : 1;
    }
    this.at = at;
    this.left -= size;
    return size;
  }

  /** The next of the steps that are too large for `steps`; exact below 2^52. */
  wideStep(): number {
    return this.wide.shift() ?? 0;
  }
}

/** Number of the records. @throws RangeError when the bytes end within one. */
function countRecords(bytes: Uint8Array): number {
  let [records, at] = [0, 0];
  for (; at < bytes.length; records++) {
    const first = bytes[at];
    at += first < 0x80 ? 1 : first < 0xc0 ? 2 : first < 0xe0 ? 3 : first < 0xf0 ? 4 : 9;
    if ((bytes[at - 1] & 1) === 1)
      at += bytes[at] === 0xff ? 5 : 1;
  }
  if (at > bytes.length)
    throw new RangeError('The summary ends within a record');
  return records;
}

/** Reads numbers of four bytes, the high one first. */
function wordsOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
}

/** Bytes of a visit: eight that stand for its session, 60 bits in eight. */
const VISIT = 16;

/**
 * Reads visits: two words that stand for the session, and the bits in two halves of 30.
 * @param sessions gives the number of a session. @throws RangeError when there are not as many visits as expected.
 */
export function readVisits(bytes: Uint8Array, expected: number, sessions: WordPairs):
  {readonly session: Int32Array; readonly low: Int32Array; readonly high: Int32Array} {
  if (bytes.length !== expected * VISIT)
    throw new RangeError(`${bytes.length} bytes are no ${expected} visits`);
  const [session, low, high] = [new Int32Array(expected), new Int32Array(expected), new Int32Array(expected)];
  const words = wordsOf(bytes);
  for (let visit = 0, at = 0; visit < expected; visit++, at += VISIT) {
    session[visit] = sessions.add(words.getInt32(at), words.getInt32(at + 4));
    const lower = words.getUint32(at + 12);
    low[visit] = lower & 0x3fffffff;
    high[visit] = words.getUint32(at + 8) << 2 & 0x3ffffffc | lower >>> 30;
  }
  return {session, low, high};
}

/** Gives pairs of words small numbers: an open hash table over raw arrays. */
export class WordPairs {
  count = 0;
  private words = new Int32Array(4096);
  private slots = new Int32Array(4096).fill(-1);

  /** Number of the pair, a new one when it is seen first. Words are signed. */
  add(a: number, b: number): number {
    if (this.count * 2 >= this.slots.length)
      this.grow();
    const {words, slots} = this;
    let slot = slotOf(a, b, slots.length);
    for (let found = slots[slot]; found >= 0; found = slots[slot]) {
      if (words[found * 2] === a && words[found * 2 + 1] === b)
        return found;
      slot = slot + 1 & slots.length - 1;
    }
    words[this.count * 2] = a;
    words[this.count * 2 + 1] = b;
    return slots[slot] = this.count++;
  }

  private grow(): void {
    const {words} = this;
    this.slots = new Int32Array(this.slots.length * 2).fill(-1);
    this.words = new Int32Array(this.slots.length);
    this.words.set(words);
    for (let id = 0; id < this.count; id++) {
      let slot = slotOf(words[id * 2], words[id * 2 + 1], this.slots.length);
      while (this.slots[slot] >= 0)
        slot = slot + 1 & this.slots.length - 1;
      this.slots[slot] = id;
    }
  }
}

/** Pairs may differ in one of the words alone. */
function slotOf(a: number, b: number, slots: number): number {
  let hash = Math.imul(a, 0x9e3779b1) ^ Math.imul(b, 0x85ebca6b);
  hash = Math.imul(hash ^ hash >>> 15, 0x2c1b3c6d);
  return (hash ^ hash >>> 13) & slots - 1;
}
