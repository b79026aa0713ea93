import { Decimal128, decimalParts, Int32 } from '../values/index.js';
import type { DecimalParts, Numeric } from '../values/index.js';

const maxDigits = 34;
const minExponent = -6176;
const maxExponent = 6111;

/** Two finite decimals in, an exact or rounded decimal out; NaN and the infinities follow the rules of doubles. */
interface DecimalOperation {
  readonly finite: (a: DecimalParts, b: DecimalParts) => Decimal128;
  readonly special: (a: number, b: number) => number;
}

const signed = (parts: DecimalParts): bigint => (parts.negative ? -parts.coefficient : parts.coefficient);

/** A decimal of 34 digits, rounded half to even; too large becomes infinite, too small loses digits. */
export function decimalFromParts({ negative, coefficient, exponent }: DecimalParts): Decimal128 {
  let digits = coefficient;
  let power = exponent;
  const excess = Math.max(digits.toString().length - maxDigits, minExponent - power);
  if (excess > 0) {
    digits = roundedShift(digits, excess);
    power += excess;
    // Rounding 9…9 up gives one digit more.
    if (digits.toString().length > maxDigits) {
      digits /= 10n;
      power += 1;
    }
  }
  if (power > maxExponent) {
    if (digits === 0n) power = maxExponent;
    const padding = power - maxExponent;
    if (digits.toString().length + padding > maxDigits) return specialDecimal(negative ? -Infinity : Infinity);
    digits *= 10n ** BigInt(padding);
    power -= padding;
  }
  const high = (negative ? 1n << 63n : 0n) | (BigInt(power - minExponent) << 49n) | (digits >> 64n);
  return fromWords(high, BigInt.asUintN(64, digits));
}

/** `value` / 10^`digits`, rounded half to even. */
function roundedShift(value: bigint, digits: number): bigint {
  const divisor = 10n ** BigInt(digits);
  const quotient = value / divisor;
  const twice = (value % divisor) * 2n;
  return twice > divisor || (twice === divisor && (quotient & 1n) === 1n) ? quotient + 1n : quotient;
}

function fromWords(high: bigint, low: bigint): Decimal128 {
  const bytes = Buffer.alloc(16);
  bytes.writeBigUInt64LE(low, 0);
  bytes.writeBigUInt64LE(high, 8);
  return new Decimal128(bytes);
}

function specialDecimal(value: number): Decimal128 {
  if (Number.isNaN(value)) return fromWords(0x7c00_0000_0000_0000n, 0n);
  return fromWords(value > 0 ? 0x7800_0000_0000_0000n : 0xf800_0000_0000_0000n, 0n);
}

/** A decimal from a number of any type; doubles keep 15 significant digits, as in MongoDB. */
export function toDecimal(value: Numeric): Decimal128 {
  if (value instanceof Decimal128) return value;
  if (value instanceof Int32) return decimalFromInteger(BigInt(value.value));
  if (typeof value === 'bigint') return decimalFromInteger(value);
  if (!Number.isFinite(value)) return specialDecimal(value);
  if (value === 0) return decimalFromParts({ negative: Object.is(value, -0), coefficient: 0n, exponent: 0 });
  const [digits = '', power = ''] = Math.abs(value).toExponential(14).split('e');
  return decimalFromParts({
    negative: value < 0,
    coefficient: BigInt(digits.replace('.', '')),
    exponent: Number(power) - 14,
  });
}

const decimalFromInteger = (value: bigint): Decimal128 =>
  decimalFromParts({ negative: value < 0n, coefficient: value < 0n ? -value : value, exponent: 0 });

function apply(operation: DecimalOperation, a: Decimal128, b: Decimal128): Decimal128 {
  const left = decimalParts(a);
  const right = decimalParts(b);
  if (typeof left !== 'number' && typeof right !== 'number') return operation.finite(left, right);
  return specialDecimal(operation.special(orSign(left), orSign(right)));
}

/** For rules about infinities the size of a finite number does not matter, only its sign and whether it is zero. */
const orSign = (parts: DecimalParts | number): number => {
  if (typeof parts === 'number') return parts;
  const size = parts.coefficient === 0n ? 0 : 1;
  return parts.negative ? -size : size;
};

const addition: DecimalOperation = {
  finite: (a, b) => {
    const exponent = Math.min(a.exponent, b.exponent);
    const sum = signed(a) * 10n ** BigInt(a.exponent - exponent) + signed(b) * 10n ** BigInt(b.exponent - exponent);
    const negative = sum < 0n || (sum === 0n && a.negative && b.negative);
    return decimalFromParts({ negative, coefficient: sum < 0n ? -sum : sum, exponent });
  },
  special: (a, b) => a + b,
};

const multiplication: DecimalOperation = {
  finite: (a, b) =>
    decimalFromParts({
      negative: a.negative !== b.negative,
      coefficient: a.coefficient * b.coefficient,
      exponent: a.exponent + b.exponent,
    }),
  special: (a, b) => a * b,
};

const division: DecimalOperation = {
  finite: (a, b) => {
    const negative = a.negative !== b.negative;
    if (b.coefficient === 0n) return specialDecimal(a.coefficient === 0n ? NaN : negative ? -Infinity : Infinity);
    // Enough digits that the rest only decides the rounding; a sticky digit keeps an inexact half from looking exact.
    const scale = maxDigits + 2 + Math.max(0, b.coefficient.toString().length - a.coefficient.toString().length);
    const dividend = a.coefficient * 10n ** BigInt(scale);
    let coefficient = dividend / b.coefficient;
    let exponent = a.exponent - b.exponent - scale;
    if (dividend % b.coefficient !== 0n) {
      coefficient = coefficient * 10n + 1n;
      exponent -= 1;
    } else
      for (let spare = scale; spare > 0 && coefficient % 10n === 0n; spare -= 1) {
        coefficient /= 10n;
        exponent += 1;
      }
    return decimalFromParts({ negative, coefficient, exponent });
  },
  special: (a, b) => a / b,
};

const remaindering: DecimalOperation = {
  finite: (a, b) => {
    if (b.coefficient === 0n) return specialDecimal(NaN);
    const exponent = Math.min(a.exponent, b.exponent);
    const left = a.coefficient * 10n ** BigInt(a.exponent - exponent);
    const right = b.coefficient * 10n ** BigInt(b.exponent - exponent);
    return decimalFromParts({ negative: a.negative, coefficient: left % right, exponent });
  },
  special: (a, b) => (Number.isFinite(a) && Math.abs(b) === Infinity ? a : NaN),
};

export const decimalAdd = (a: Decimal128, b: Decimal128): Decimal128 => apply(addition, a, b);
export const decimalSubtract = (a: Decimal128, b: Decimal128): Decimal128 => apply(addition, a, decimalNegate(b));
export const decimalMultiply = (a: Decimal128, b: Decimal128): Decimal128 => apply(multiplication, a, b);
export const decimalDivide = (a: Decimal128, b: Decimal128): Decimal128 => apply(division, a, b);

/** The rest of a division cut to an integer; it has the sign of the dividend. */
export function decimalRemainder(a: Decimal128, b: Decimal128): Decimal128 {
  const parts = decimalParts(b);
  if (typeof parts === 'number' && !Number.isNaN(parts) && typeof decimalParts(a) !== 'number') return a;
  return apply(remaindering, a, b);
}

/** The same number with the other sign. */
export function decimalNegate(value: Decimal128): Decimal128 {
  const bytes = Buffer.from(value.bytes);
  bytes[15] = (bytes[15] ?? 0) ^ 0x80;
  return new Decimal128(bytes);
}
