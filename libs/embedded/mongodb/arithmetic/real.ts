import { Decimal } from 'decimal.js';

import { Decimal128, decimalParts, toDouble } from '../values/index.js';
import type { Numeric } from '../values/index.js';
import { toDecimal } from './decimal.js';

/** Enough digits that rounding the result to the 34 of a decimal is right. */
export const Precise = Decimal.clone({ precision: 42, toExpNeg: -7000, toExpPos: 7000, minE: -9e15, maxE: 9e15 });

/** Enough digits that rounding the result to a double is right. */
const forDoubles = Decimal.clone({ precision: 25 });

/** Beyond this, reducing an angle costs more than the last bit is worth. */
const largest = 1e6;

/** A function of one real number, for doubles and for decimals; both forms are to say the same. */
export interface RealFunction {
  readonly double: (value: number) => number;
  readonly decimal: (value: Decimal) => Decimal;
}

/**
 * The function of a number: of a decimal to 34 digits, of any other to the nearest double. The runtime's own functions may
 * be off by the last bit, so doubles go through decimals too.
 */
export function applyReal({ double, decimal }: RealFunction, value: Numeric): number | Decimal128 {
  const approximate = double(toDouble(value));
  if (value instanceof Decimal128) {
    if (typeof decimalParts(value) === 'number') return toDecimal(approximate);
    return rounded(decimal(new Precise(value.toString())));
  }
  const argument = toDouble(value);
  const isPlain = Number.isFinite(approximate) && approximate !== 0 && Math.abs(argument) <= largest;
  return isPlain ? decimal(new forDoubles(argument)).toNumber() : approximate;
}

/** The number of 34 digits nearest to a precise one. */
export const rounded = (value: Decimal): Decimal128 => Decimal128.fromStringWithRounding(value.toPrecision(34));
