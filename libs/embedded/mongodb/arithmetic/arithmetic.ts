import { Decimal128, fitsInt32, fitsInt64, int32, Int32, toDouble } from '../values/index.js';
import type { Numeric } from '../values/index.js';
import { decimalAdd, decimalMultiply, decimalRemainder, decimalSubtract, toDecimal } from './decimal.js';

/** What becomes of an integer result that no int64 can hold. */
export type OnOverflow = (exact: bigint) => Numeric;

/** In aggregation a result too large for an int64 becomes a double. */
export const becomesDouble: OnOverflow = (exact) => Number(exact);

interface Operation {
  readonly integers: (a: bigint, b: bigint) => bigint;
  readonly doubles: (a: number, b: number) => number;
  readonly decimals: (a: Decimal128, b: Decimal128) => Decimal128;
}

/**
 * The result has the widest type of the two: int32, int64, double, decimal; an int32 that does not fit becomes an int64.
 */
function calculate(operation: Operation, a: Numeric, b: Numeric, onOverflow: OnOverflow): Numeric {
  if (a instanceof Decimal128 || b instanceof Decimal128) return operation.decimals(toDecimal(a), toDecimal(b));
  if (typeof a === 'number' || typeof b === 'number') return operation.doubles(toDouble(a), toDouble(b));
  if (a instanceof Int32 && b instanceof Int32) return calculateInt32(operation, a.value, b.value);
  const exact = operation.integers(toBigInt(a), toBigInt(b));
  return fitsInt64(exact) ? exact : onOverflow(exact);
}

function calculateInt32(operation: Operation, a: number, b: number): Numeric {
  const result = operation.doubles(a, b);
  if (Number.isSafeInteger(result)) return result === (result | 0) ? int32(result | 0) : BigInt(result);
  const exact = operation.integers(BigInt(a), BigInt(b));
  return fitsInt32(exact) ? int32(Number(exact)) : exact;
}

const toBigInt = (value: bigint | Int32): bigint => (value instanceof Int32 ? BigInt(value.value) : value);

const addition: Operation = { integers: (a, b) => a + b, doubles: (a, b) => a + b, decimals: decimalAdd };
const subtraction: Operation = { integers: (a, b) => a - b, doubles: (a, b) => a - b, decimals: decimalSubtract };
const multiplication: Operation = { integers: (a, b) => a * b, doubles: (a, b) => a * b, decimals: decimalMultiply };
const remaindering: Operation = { integers: (a, b) => a % b, doubles: (a, b) => a % b, decimals: decimalRemainder };

export const add = (a: Numeric, b: Numeric, onOverflow = becomesDouble): Numeric =>
  calculate(addition, a, b, onOverflow);

export const subtract = (a: Numeric, b: Numeric, onOverflow = becomesDouble): Numeric =>
  calculate(subtraction, a, b, onOverflow);

export const multiply = (a: Numeric, b: Numeric, onOverflow = becomesDouble): Numeric =>
  calculate(multiplication, a, b, onOverflow);

/** The rest of a division cut to an integer, with the sign of the dividend; the divisor must not be an integer zero. */
export const remainder = (a: Numeric, b: Numeric): Numeric => calculate(remaindering, a, b, becomesDouble);
