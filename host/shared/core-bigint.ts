/** A big integer of the compiled core: digits of base 10^7, the lowest first. Zero has none, in a list of Dart's. */
interface CoreBigInt {
  value: Int32Array;
  isPositive: boolean;
}

const BASE = 10_000_000;
const BIG_BASE = BigInt(BASE);

/**
 * What makes big integers of the core out of those of JavaScript, up to 64 bits.
 *
 * The core's own way goes through text and takes some two microseconds each, a frozen page for a column of ids.
 * Setting the fields takes a tenth of that. Whether this build keeps big integers in that form is tried on a few
 * first; where it does not, the core's own way remains.
 */
export function bigIntMaker(toDart: (value: bigint) => any): (value: bigint) => any {
  const samples = [1n, -1n, 9_999_999n, 10_000_000n, -123_000_000_456n, 2n ** 53n, 2n ** 63n - 1n, -(2n ** 63n)];
  const sample = toDart(1n);
  if (sample === null || typeof sample !== 'object')
    return toDart;
  // An old-fashioned constructor: it takes the core's prototype, and is much faster than assigning to a bare object.
  function Made(this: CoreBigInt, value: Int32Array, isPositive: boolean): void {
    this.value = value;
    this.isPositive = isPositive;
  }
  Made.prototype = Object.getPrototypeOf(sample);
  const make = (value: bigint): CoreBigInt =>
    new (Made as any)(digitsOf(value < 0n ? -value : value), value >= 0n);
  const isKnown = samples.every((value) => isSame(make(value), toDart(value)));
  return (value) => isKnown && value !== 0n ? make(value) : toDart(value);
}

/** Of a number above zero. Numbers that a double holds are not divided as big integers, which is slow. */
function digitsOf(value: bigint): Int32Array {
  if (value > Number.MAX_SAFE_INTEGER) {
    const rest = digitsOf(value / BIG_BASE);
    const digits = new Int32Array(rest.length + 1);
    digits[0] = Number(value % BIG_BASE);
    digits.set(rest, 1);
    return digits;
  }
  let rest = Number(value);
  const digits = new Int32Array(rest < BASE ? 1 : rest < BASE * BASE ? 2 : 3);
  for (let i = 0; i < digits.length; i++) {
    digits[i] = rest % BASE;
    rest = Math.floor(rest / BASE);
  }
  return digits;
}

function isSame(made: CoreBigInt, own: any): boolean {
  return Object.keys(own).join() === Object.keys(made).join() && own.isPositive === made.isPositive &&
    own.value instanceof Int32Array && own.value.join() === made.value.join();
}
