/** Bytes of a text in base64; line breaks are left out. @throws when the text is no base64. */
export function bytesOf(base64: string): DataView {
  const text = atob(base64);
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++)
    bytes[i] = text.charCodeAt(i);
  return new DataView(bytes.buffer);
}

/** How the records of counts are packed: a code of 4 or 8 bytes, then a number of 1 or 4, each the high byte first. */
export interface CountForm {
  readonly codeBytes: number;
  readonly countBytes: number;
}

/**
 * Reads records of counts.
 * @throws RangeError when the bytes are no whole number of records.
 */
export function readCounts(bytes: DataView, {codeBytes, countBytes}: CountForm,
  read: (code: number, count: number) => void): void {
  const size = codeBytes + countBytes;
  checkLength(bytes, size);
  for (let at = 0; at < bytes.byteLength; at += size) {
    const code = codeBytes === 4 ? bytes.getInt32(at) : bytes.getInt32(at) * 2 ** 32 + bytes.getUint32(at + 4);
    read(code, countBytes === 1 ? bytes.getUint8(at + codeBytes) : bytes.getInt32(at + codeBytes));
  }
}

/** Bytes of a record of a session: its id (16), a code (4), 60 bits (8). */
const SESSION = 28;

/**
 * Reads records of sessions. The id stands at the place that is given; the bits are in two halves of 30.
 * @throws RangeError when the bytes are no whole number of records.
 */
export function readSessions(bytes: DataView,
  read: (at: number, code: number, low: number, high: number) => void): void {
  checkLength(bytes, SESSION);
  for (let at = 0; at < bytes.byteLength; at += SESSION) {
    const [upper, lower] = [bytes.getUint32(at + 20), bytes.getUint32(at + 24)];
    read(at, bytes.getInt32(at + 16), lower & 0x3fffffff, upper << 2 & 0x3ffffffc | lower >>> 30);
  }
}

/** Number of records of sessions. */
export const sessionsIn = (bytes: DataView): number => bytes.byteLength / SESSION;

function checkLength(bytes: DataView, size: number): void {
  if (bytes.byteLength % size !== 0)
    throw new RangeError(`${bytes.byteLength} bytes are no records of ${size}`);
}

/** Gives ids of 16 bytes small numbers: an open hash table over raw arrays. */
export class ByteIds {
  count = 0;
  private words = new Int32Array(8192);
  private slots = new Int32Array(4096).fill(-1);

  /** Number of the id at a place, a new one when it is seen first. */
  add(bytes: DataView, at: number): number {
    if (this.count * 2 >= this.slots.length)
      this.grow();
    const [a, b, c, d] = [bytes.getInt32(at), bytes.getInt32(at + 4), bytes.getInt32(at + 8), bytes.getInt32(at + 12)];
    const {words, slots} = this;
    let slot = slotOf(a, b, c, d, slots.length);
    for (let found = slots[slot]; found >= 0; found = slots[slot]) {
      if (words[found * 4] === a && words[found * 4 + 1] === b &&
        words[found * 4 + 2] === c && words[found * 4 + 3] === d)
        return found;
      slot = slot + 1 & slots.length - 1;
    }
    words.set([a, b, c, d], this.count * 4);
    return slots[slot] = this.count++;
  }

  private grow(): void {
    const {words} = this;
    this.slots = new Int32Array(this.slots.length * 2).fill(-1);
    this.words = new Int32Array(this.slots.length * 2);
    this.words.set(words);
    for (let id = 0; id < this.count; id++) {
      let slot = slotOf(words[id * 4], words[id * 4 + 1], words[id * 4 + 2], words[id * 4 + 3], this.slots.length);
      while (this.slots[slot] >= 0)
        slot = slot + 1 & this.slots.length - 1;
      this.slots[slot] = id;
    }
  }
}

/** Ids may differ in any of their parts alone. */
function slotOf(a: number, b: number, c: number, d: number, slots: number): number {
  let hash = Math.imul(a, 0x9e3779b1) ^ Math.imul(b, 0x85ebca6b) ^ Math.imul(c, 0xc2b2ae35) ^ Math.imul(d, 0x27d4eb2f);
  hash = Math.imul(hash ^ hash >>> 15, 0x2c1b3c6d);
  return (hash ^ hash >>> 13) & slots - 1;
}
