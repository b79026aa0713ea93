import { exactInteger, isNumeric, MongoError, truncatedInt64, typeOf, typesNamedBy } from '../values/index.js';
import type { Value } from '../values/index.js';
import type { ElementCondition } from './expression.js';

/** `$exists: true`; the opposite is its negation. */
export const exists = (operand: Value): ElementCondition => ({
  operator: '$exists',
  operand,
  leafArrays: 'array only',
  test: (value) => value !== undefined,
});

/** `$type`: aliases and codes, one or several. Throws 9 for none, 2 and 14 as `typesNamedBy`. */
export function type(operand: Value): ElementCondition {
  const named = Array.isArray(operand) ? operand : [operand];
  if (named.length === 0) throw new MongoError(9, '$type must match at least one type');
  const types = new Set(named.flatMap((each) => typesNamedBy(each)));
  return {
    operator: '$type',
    operand,
    leafArrays: 'elements and array',
    test: (value) => value !== undefined && types.has(typeOf(value)),
  };
}

/** `$mod: [divisor, remainder]`, both cut to integers. Throws 2 for anything else and for a zero divisor. */
export function mod(operand: Value): ElementCondition {
  if (!Array.isArray(operand)) throw new MongoError(2, 'malformed mod, needs to be an array');
  if (operand.length < 2) throw new MongoError(2, 'malformed mod, not enough elements');
  if (operand.length > 2) throw new MongoError(2, 'malformed mod, too many elements');
  const [divisor, remainder] = operand.map((each) => (isNumeric(each) ? truncatedInt64(each) : undefined));
  if (divisor === undefined) throw new MongoError(2, 'malformed mod, divisor is not a number that an integer can hold');
  if (remainder === undefined)
    throw new MongoError(2, 'malformed mod, remainder is not a number that an integer can hold');
  if (divisor === 0n) throw new MongoError(2, 'divisor cannot be 0');
  return {
    operator: '$mod',
    operand,
    leafArrays: 'elements and array',
    test: (value) => {
      const integer = isNumeric(value) ? truncatedInt64(value) : undefined;
      return integer !== undefined && integer % divisor === remainder;
    },
  };
}

/** `$size`: an array of exactly so many elements. Throws 2 unless it is a whole number that is not negative. */
export function size(operand: Value): ElementCondition {
  const length = exactInteger(operand);
  if (length === undefined || length < 0n)
    throw new MongoError(2, 'Failed to parse $size. Expected a non-negative whole number');
  return {
    operator: '$size',
    operand,
    leafArrays: 'array only',
    test: (value) => Array.isArray(value) && BigInt(value.length) === length,
  };
}
