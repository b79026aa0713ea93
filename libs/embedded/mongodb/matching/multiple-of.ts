import { Decimal128, exactInteger, toDouble } from '../values/index.js';
import type { Numeric } from '../values/index.js';
import { remainder } from '../arithmetic/index.js';

/** Whether one number divides by another without a rest: exactly for integers and decimals, as doubles else. */
export function multipleOf(value: Numeric, divisor: Numeric): boolean {
  const integer = exactInteger(value);
  const integerDivisor = exactInteger(divisor);
  if (integer !== undefined && integerDivisor !== undefined) return integer % integerDivisor === 0n;
  if (value instanceof Decimal128 || divisor instanceof Decimal128) return toDouble(remainder(value, divisor)) === 0;
  return toDouble(value) % toDouble(divisor) === 0;
}
