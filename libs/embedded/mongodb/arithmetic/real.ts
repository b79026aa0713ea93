import { Decimal } from 'decimal.js';

import { Decimal128, decimalParts, toDouble } from '../values/index.js';
import type { Numeric } from '../values/index.js';
import { decimalFromParts, toDecimal } from './decimal.js';

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
    return exactOrRounded(decimal(new Precise(value.toString())));
  }
  const argument = toDouble(value);
  const isPlain = Number.isFinite(approximate) && approximate !== 0 && Math.abs(argument) <= largest;
  // Forty digits of the double itself: its shortest text, 0.1, would be another number.
  return isPlain ? decimal(new forDoubles(argument.toPrecision(40))).toNumber() : approximate;
}

/** A result with no more digits than it has, if it has at most 34; a whole number has no exponent as long as that fits. */
function exactOrRounded(value: Decimal): Decimal128 {
  if (value.precision() > 34 || !value.isFinite()) return rounded(value);
  const [digits = '', power = '0'] = value.abs().toExponential().split('e');
  const coefficient = BigInt(digits.replace('.', ''));
  const exponent = Number(power) - (digits.length > 1 ? digits.length - 2 : 0);
  const zeros = exponent > 0 && Number(power) < 34 ? exponent : 0;
  return decimalFromParts({
    negative: value.isNegative(),
    coefficient: coefficient * 10n ** BigInt(zeros),
    exponent: exponent - zeros,
  });
}

/** The decimal of 34 digits nearest to a value; what is too large becomes infinite. */
export function rounded(value: Decimal): Decimal128 {
  if (!value.isFinite()) return toDecimal(value.toNumber());
  if (value.isZero()) return decimalFromParts({ negative: false, coefficient: 0n, exponent: -6176 });
  const [digits = '', power = '0'] = value.abs().toExponential(33).split('e');
  return decimalFromParts({
    negative: value.isNegative(),
    coefficient: BigInt(digits.replace('.', '')),
    exponent: Number(power) - 33,
  });
}
