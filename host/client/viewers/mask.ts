import * as DG from 'datagrok-api/dg';

/** Rows as bits, laid out as in `BitSet.getBuffer()`: row i is bit i % 32 of word i / 32. */
export type Mask = Uint32Array;

export const emptyMask = (rows: number): Mask => new Uint32Array((rows + 31) >> 5);

export function fullMask(rows: number): Mask {
  const mask = emptyMask(rows).fill(0xFFFFFFFF);
  return trim(mask, rows);
}

/** Clears the bits after the last row: the core does not promise that they are zero. */
export function trim(mask: Mask, rows: number): Mask {
  if ((rows & 31) !== 0)
    mask[mask.length - 1] &= (1 << (rows & 31)) - 1;
  return mask;
}

export const has = (mask: Mask, row: number): boolean => (mask[row >> 5] >>> (row & 31) & 1) === 1;

export const add = (mask: Mask, row: number): void => {
  mask[row >> 5] |= 1 << (row & 31);
};

/** Copy of the bits of a core bit set. */
export function maskOf(bits: DG.BitSet, rows: number): Mask {
  const mask = emptyMask(rows);
  const words = bits.getBuffer() as unknown as ArrayLike<number>;
  for (let i = 0; i < mask.length; i++)
    mask[i] = words[i];
  return rows === 0 ? mask : trim(mask, rows);
}

export function count(mask: Mask): number {
  let n = 0;
  for (let i = 0; i < mask.length; i++) {
    let x = mask[i];
    x -= x >>> 1 & 0x55555555;
    x = (x & 0x33333333) + (x >>> 2 & 0x33333333);
    n += ((x + (x >>> 4) & 0x0F0F0F0F) * 0x01010101) >>> 24;
  }
  return n;
}

export const combine = (a: Mask, b: Mask, f: (x: number, y: number) => number): Mask => a.map((x, i) => f(x, b[i]));
export const and = (a: Mask, b: Mask): Mask => combine(a, b, (x, y) => x & y);

export function maskWhere(rows: number, check: (row: number) => boolean): Mask {
  const mask = emptyMask(rows);
  for (let row = 0; row < rows; row++)
    if (check(row))
      add(mask, row);
  return mask;
}

/** Numbers of the rows in the mask, ascending. */
export function rowsIn(mask: Mask): Int32Array {
  const rows = new Int32Array(count(mask));
  let n = 0;
  for (let i = 0; i < mask.length; i++)
    for (let word = mask[i]; word !== 0; word &= word - 1)
      rows[n++] = (i << 5) + 31 - Math.clz32(word & -word);
  return rows;
}

export function toBitSet(mask: Mask, rows: number): DG.BitSet {
  return DG.BitSet.fromBytes(mask.slice().buffer as ArrayBuffer, rows);
}

/** Which keys were held: any mouse event will do. */
export interface Keys {ctrlKey: boolean; shiftKey: boolean; metaKey: boolean}

/**
 * What a click on `group` does to a bit set, in one change event: no key makes it exactly the group; Ctrl (or Meta)
 * toggles the group as a whole; Shift adds it; Ctrl+Shift removes it. The meaning of Ctrl on a partly selected group is
 * a guess about the platform: it is completed.
 * @param modifiedOnly without a key nothing happens.
 */
export function applyClick(target: DG.BitSet, group: Mask, keys: Keys, modifiedOnly = false): void {
  const ctrl = keys.ctrlKey || keys.metaKey;
  if (!ctrl && !keys.shiftKey && modifiedOnly)
    return;
  const rows = target.length;
  const now = maskOf(target, rows);
  const all = count(and(now, group)) === count(group);
  const remove = ctrl && (keys.shiftKey || all);
  const next = remove ? combine(now, group, (x, y) => x & ~y) :
    ctrl || keys.shiftKey ? combine(now, group, (x, y) => x | y) : group;
  target.copyFrom(toBitSet(next, rows));
}
