import { compareNumbers, decimalParts, toDouble } from './numbers.js';
import type { Numeric } from './numbers.js';
import type { Decimal128 } from './scalars.js';
import { Int32 } from './scalars.js';

const view = new DataView(new ArrayBuffer(8));

/**
 * Bytes that compare as the numbers do, exactly, over all four numeric types: the greatest double that is not above the
 * value (8 bytes), then 0 if it is the value itself, or 1 and the value's decimal digits (17 bytes), which tell it from
 * its neighbours: only int64 and decimals fall between two doubles, and neither has more than 34 digits.
 */
export function numberKey(value: Numeric): Uint8Array {
  if (typeof value === 'number') return exactKey(value);
  if (value instanceof Int32) return exactKey(value.value);
  const floor = floorDouble(value);
  if (compareNumbers(floor, value) === 0) return exactKey(floor);
  const key = new Uint8Array(26);
  key.set(orderedDouble(floor));
  key[8] = 1;
  key.set(digits(value), 9);
  return key;
}

function exactKey(value: number): Uint8Array {
  const key = new Uint8Array(9);
  key.set(orderedDouble(value));
  return key;
}

/** The bits of a double, made to ascend with it: negative ones inverted, the others with the sign bit set; NaN is all zero. */
function orderedDouble(value: number): Uint8Array {
  view.setFloat64(0, value === 0 ? 0 : value);
  const high = view.getUint32(0);
  if (Number.isNaN(value)) view.setBigUint64(0, 0n);
  else if (high < 0x8000_0000) view.setUint32(0, (high | 0x8000_0000) >>> 0);
  else {
    view.setUint32(0, ~high >>> 0);
    view.setUint32(4, ~view.getUint32(4) >>> 0);
  }
  return new Uint8Array(view.buffer);
}

function floorDouble(value: bigint | Decimal128): number {
  const nearest = toDouble(value);
  return compareNumbers(nearest, value) > 0 ? nextDown(nearest) : nearest;
}

function nextDown(value: number): number {
  if (value === 0) return -Number.MIN_VALUE;
  view.setFloat64(0, value);
  view.setBigInt64(0, view.getBigInt64(0) + (value > 0 ? -1n : 1n));
  return view.getFloat64(0);
}

const exponentBias = 8192;

/** Exponent (2 bytes) and 34 digits (15 bytes) of a finite number that is not zero, inverted when it is negative. */
function digits(value: bigint | Decimal128): Uint8Array {
  const { negative, coefficient, exponent } = partsOf(value);
  const text = coefficient.toString();
  let scaled = coefficient * 10n ** BigInt(34 - text.length);
  const bytes = new Uint8Array(17);
  const biased = exponent + text.length + exponentBias;
  bytes[0] = biased >> 8;
  bytes[1] = biased & 0xff;
  for (let index = 16; index > 1; index -= 1) {
    bytes[index] = Number(scaled & 0xffn);
    scaled >>= 8n;
  }
  return negative ? bytes.map((byte) => byte ^ 0xff) : bytes;
}

function partsOf(value: bigint | Decimal128): { negative: boolean; coefficient: bigint; exponent: number } {
  if (typeof value === 'bigint') return { negative: value < 0n, coefficient: value < 0n ? -value : value, exponent: 0 };
  const parts = decimalParts(value);
  if (typeof parts === 'number') throw new RangeError('only finite numbers fall between two doubles');
  return parts;
}
