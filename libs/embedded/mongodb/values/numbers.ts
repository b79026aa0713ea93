import type { Value } from './document.js';
import { Decimal128, Int32 } from './scalars.js';

/** The four numeric types. */
export type Numeric = number | bigint | Int32 | Decimal128;

/** A finite decimal: `coefficient` × 10^`exponent`; a zero keeps its sign in `negative`. */
export interface DecimalParts {
  readonly negative: boolean;
  readonly coefficient: bigint;
  readonly exponent: number;
}

export const isNumeric = (value: Value | undefined): value is Numeric =>
  typeof value === 'number' || typeof value === 'bigint' || value instanceof Int32 || value instanceof Decimal128;

const maxCoefficient = 10n ** 34n - 1n;

/** Takes a decimal apart; NaN and the infinities come back as doubles. Coefficients too large for the format are zero. */
export function decimalParts(decimal: Decimal128): DecimalParts | number {
  const view = new DataView(decimal.bytes.buffer, decimal.bytes.byteOffset, 16);
  const low = view.getBigUint64(0, true);
  const high = view.getBigUint64(8, true);
  const negative = high >> 63n === 1n;
  const special = Number((high >> 58n) & 0x1fn);
  if (special === 0x1f) return NaN;
  if (special === 0x1e) return negative ? -Infinity : Infinity;
  if (((high >> 61n) & 3n) === 3n)
    return { negative, coefficient: 0n, exponent: Number((high >> 47n) & 0x3fffn) - 6176 };
  const coefficient = ((high & 0x1_ffff_ffff_ffffn) << 64n) | low;
  const exponent = Number((high >> 49n) & 0x3fffn) - 6176;
  return { negative, coefficient: coefficient > maxCoefficient ? 0n : coefficient, exponent };
}

/** The double nearest to a number. */
export function toDouble(value: Numeric): number {
  if (typeof value === 'number') return value;
  if (typeof value === 'bigint') return Number(value);
  if (value instanceof Int32) return value.value;
  const parts = decimalParts(value);
  if (typeof parts === 'number') return parts;
  const magnitude = Number(`${parts.coefficient}e${parts.exponent}`);
  return parts.negative ? -magnitude : magnitude;
}

/** Compares by exact value over all four types: NaN is lowest and equal to itself, -0 equals 0. */
export function compareNumbers(a: Numeric, b: Numeric): number {
  const left = a instanceof Int32 ? a.value : a;
  const right = b instanceof Int32 ? b.value : b;
  if (left instanceof Decimal128 || right instanceof Decimal128) return compareExactly(exactly(left), exactly(right));
  // JavaScript compares a bigint with a number by exact value.
  if (left < right) return -1;
  if (left > right) return 1;
  return compareNotFinite(left, right);
}

/** Two values of which neither is less: NaN below everything else, the rest equal. */
const compareNotFinite = (left: number | bigint, right: number | bigint): number =>
  Number(Number.isNaN(right)) - Number(Number.isNaN(left));

/** The value `numerator` × 2^`twos` × 10^`tens`; NaN and the infinities stay doubles. */
type Exact = { readonly numerator: bigint; readonly twos: number; readonly tens: number } | number;

function exactly(value: number | bigint | Decimal128): Exact {
  if (typeof value === 'bigint') return { numerator: value, twos: 0, tens: 0 };
  if (typeof value === 'number') return Number.isFinite(value) ? exactDouble(value) : value;
  const parts = decimalParts(value);
  if (typeof parts === 'number') return parts;
  return { numerator: parts.negative ? -parts.coefficient : parts.coefficient, twos: 0, tens: parts.exponent };
}

const doubleView = new DataView(new ArrayBuffer(8));

function exactDouble(value: number): Exact {
  if (Number.isInteger(value)) return { numerator: BigInt(value), twos: 0, tens: 0 };
  doubleView.setFloat64(0, value);
  const bits = doubleView.getBigUint64(0);
  const biased = Number((bits >> 52n) & 0x7ffn);
  const fraction = bits & 0xf_ffff_ffff_ffffn;
  const mantissa = biased === 0 ? fraction : fraction | (1n << 52n);
  return { numerator: value < 0 ? -mantissa : mantissa, twos: Math.max(biased, 1) - 1075, tens: 0 };
}

function compareExactly(left: Exact, right: Exact): number {
  if (typeof left === 'number' || typeof right === 'number') {
    const a = typeof left === 'number' ? left : 0;
    const b = typeof right === 'number' ? right : 0;
    return a < b ? -1 : a > b ? 1 : compareNotFinite(a, b);
  }
  const twos = Math.min(left.twos, right.twos);
  const tens = Math.min(left.tens, right.tens);
  const a = left.numerator * 2n ** BigInt(left.twos - twos) * 10n ** BigInt(left.tens - tens);
  const b = right.numerator * 2n ** BigInt(right.twos - twos) * 10n ** BigInt(right.tens - tens);
  return a < b ? -1 : a > b ? 1 : 0;
}
