import {
  applyReal,
  decimalDivide,
  decimalNegate,
  multiply,
  Precise,
  remainder,
  rounded,
  RunningSum,
  subtract,
  toDecimal,
} from '../../arithmetic/index.js';
import type { RealFunction } from '../../arithmetic/index.js';
import {
  DateTime,
  Decimal128,
  decimalParts,
  exactInteger,
  fitsInt64,
  Int32,
  int32,
  isNumeric,
  MongoError,
  toDouble,
  truncatedInt64,
  typeName,
  isNullish,
} from '../../values/index.js';
import type { Numeric, Value } from '../../values/index.js';
import type { Operator, OperatorGroup } from '../node.js';
import { binary, nary, unary } from './arguments.js';
import { roundTo, truncateTo } from './rounding.js';

/** A function over the reals; `check` refuses what is outside of its domain. */
const real = (
  name: string,
  apply: RealFunction,
  check: (value: Numeric) => void = () => undefined,
): [string, Operator] =>
  unary(name, (value) => {
    if (isNullish(value)) return null;
    const number = numeric(name, value);
    check(number);
    // MongoDB leaves the decimals here: a logarithm of NaN is a double.
    return name !== '$sqrt' && name !== '$exp' && Number.isNaN(toDouble(number)) ? NaN : applyReal(apply, number);
  });

const naturalLogarithm: RealFunction = { double: Math.log, decimal: (value) => value.ln() };

function numeric(name: string, value: Value): Numeric {
  if (!isNumeric(value)) throw new MongoError(28765, `${name} only supports numeric types, not ${typeName(value)}`);
  return value;
}

function sum(values: readonly (Value | undefined)[]): Value {
  const total = new RunningSum();
  let date: DateTime | undefined;
  for (const value of values) {
    if (isNullish(value)) return null;
    if (value instanceof DateTime) {
      if (date !== undefined) throw new MongoError(16612, 'only one date allowed in an $add expression');
      date = value;
    } else if (isNumeric(value)) total.add(value);
    else throw new MongoError(16554, `$add only supports numeric or date types, not ${typeName(value)}`);
  }
  return date === undefined ? total.result() : shifted(date, total.result(), 1n);
}

/** A date moved by milliseconds, rounded to whole ones. Throws 15 beyond 64 bits. */
function shifted(date: DateTime, amount: Numeric, sign: 1n | -1n): DateTime {
  const milliseconds =
    typeof amount === 'number' ? truncatedInt64(Math.round(amount)) : truncatedInt64(roundTo(amount, 0));
  const ms = milliseconds === undefined ? undefined : date.ms + sign * milliseconds;
  if (ms === undefined || !fitsInt64(ms)) throw new MongoError(15, 'date overflow');
  return new DateTime(ms);
}

function difference(left: Value | undefined, right: Value | undefined): Value {
  if (isNullish(left) || isNullish(right)) return null;
  if (isNumeric(left) && isNumeric(right)) return subtract(left, right);
  if (left instanceof DateTime && right instanceof DateTime) return left.ms - right.ms;
  if (left instanceof DateTime && isNumeric(right)) return shifted(left, right, -1n);
  throw new MongoError(14, `can't $subtract ${typeName(right)} from ${typeName(left)}`);
}

function product(values: readonly (Value | undefined)[]): Value {
  let total: Numeric = int32(1);
  for (const value of values) {
    if (isNullish(value)) return null;
    if (!isNumeric(value)) throw new MongoError(14, `$multiply only supports numeric types, not ${typeName(value)}`);
    total = multiply(total, value);
  }
  return total;
}

function quotient(left: Value | undefined, right: Value | undefined): Value {
  if (isNumeric(left) && isNumeric(right)) {
    if (toDouble(right) === 0) throw new MongoError(2, "can't $divide by zero");
    if (left instanceof Decimal128 || right instanceof Decimal128)
      return decimalDivide(toDecimal(left), toDecimal(right));
    return toDouble(left) / toDouble(right);
  }
  if (isNullish(left) || isNullish(right)) return null;
  throw new MongoError(14, `$divide only supports numeric types, not ${typeName(left)} and ${typeName(right)}`);
}

function modulo(left: Value | undefined, right: Value | undefined): Value {
  if (isNumeric(left) && isNumeric(right)) {
    if (toDouble(right) === 0) throw new MongoError(16610, "can't $mod by zero");
    // A double that is a whole number counts as an integer beside an integer.
    if (
      typeof right === 'number' &&
      !(left instanceof Decimal128) &&
      typeof left !== 'number' &&
      Number.isInteger(right)
    )
      return remainder(left, BigInt(right));
    return remainder(left, right);
  }
  if (isNullish(left) || isNullish(right)) return null;
  throw new MongoError(16611, `$mod only supports numeric types, not ${typeName(left)} and ${typeName(right)}`);
}

function absolute(value: Value | undefined): Value {
  if (isNullish(value)) return null;
  const number = numeric('$abs', value);
  if (number instanceof Decimal128) return ((number.bytes[15] ?? 0) & 0x80) === 0 ? number : decimalNegate(number);
  if (typeof number === 'number') return Math.abs(number);
  const integer = exactInteger(number) ?? 0n;
  if (integer === -(2n ** 63n)) throw new MongoError(28680, "can't take $abs of long long min");
  if (number instanceof Int32) return integer === -(2n ** 31n) ? 2n ** 31n : int32(Math.abs(number.value));
  return integer < 0n ? -integer : integer;
}

const rounding = (name: string, toInteger: 'ceil' | 'floor'): [string, Operator] =>
  unary(name, (value) => {
    if (isNullish(value)) return null;
    const number = numeric(name, value);
    if (typeof number === 'number') return Math[toInteger](number);
    if (!(number instanceof Decimal128)) return number;
    const parts = decimalParts(number);
    if (typeof parts === 'number' || parts.exponent >= 0) return number;
    return Decimal128.fromString(new Precise(number.toString())[toInteger]().toFixed());
  });

function power(base: Value | undefined, exponent: Value | undefined): Value {
  if (isNullish(base) || isNullish(exponent)) return null;
  if (!isNumeric(base)) throw new MongoError(28762, `$pow's base must be numeric, not ${typeName(base)}`);
  if (!isNumeric(exponent)) throw new MongoError(28763, `$pow's exponent must be numeric, not ${typeName(exponent)}`);
  if (toDouble(base) === 0 && toDouble(exponent) < 0)
    throw new MongoError(28764, '$pow cannot take a base of 0 and a negative exponent');
  if (base instanceof Decimal128 || exponent instanceof Decimal128) {
    const [left, right] = [toDecimal(base), toDecimal(exponent)];
    if (typeof decimalParts(left) === 'number' || typeof decimalParts(right) === 'number')
      return toDecimal(toDouble(base) ** toDouble(exponent));
    return rounded(Precise.pow(left.toString(), right.toString()));
  }
  if (typeof base === 'number' || typeof exponent === 'number') return toDouble(base) ** toDouble(exponent);
  return integerPower(base, exponent);
}

/** Integers stay integers as long as the result is one that an int64 holds. */
function integerPower(base: bigint | Int32, exponent: bigint | Int32): Value {
  const [left, right] = [exactInteger(base) ?? 0n, exactInteger(exponent) ?? 0n];
  if (right < 0n && left !== 1n && left !== -1n) return Number(left) ** Number(right);
  if (left !== 0n && left !== 1n && left !== -1n && right > 63n) return Number(left) ** Number(right);
  const result =
    right < 0n
      ? left ** (-right % 2n)
      : left === -1n
        ? left ** (right % 2n)
        : left <= 1n && left >= 0n
          ? right === 0n
            ? 1n
            : left
          : left ** right;
  if (!fitsInt64(result)) return Number(left) ** Number(right);
  const bothInts = base instanceof Int32 && exponent instanceof Int32;
  return bothInts && BigInt.asIntN(32, result) === result ? int32(Number(result)) : result;
}

const positive =
  (name: string, code: number) =>
  (value: Numeric): void => {
    if (!(toDouble(value) > 0) && !Number.isNaN(toDouble(value)))
      throw new MongoError(code, `${name}'s argument must be a positive number`);
  };

const notNegative =
  (name: string, code: number) =>
  (value: Numeric): void => {
    if (toDouble(value) < 0) throw new MongoError(code, `${name}'s argument must be greater than or equal to 0`);
  };

function logarithm(value: Value | undefined, base: Value | undefined): Value {
  if (isNullish(value) || isNullish(base)) return null;
  if (!isNumeric(value)) throw new MongoError(28756, `$log's argument must be numeric, not ${typeName(value)}`);
  if (!isNumeric(base)) throw new MongoError(28757, `$log's base must be numeric, not ${typeName(base)}`);
  if (toDouble(value) <= 0) throw new MongoError(28758, "$log's argument must be a positive number");
  if (toDouble(base) <= 0 || toDouble(base) === 1)
    throw new MongoError(28759, "$log's base must be a positive number not equal to 1");
  if (value instanceof Decimal128 || base instanceof Decimal128)
    return rounded(Precise.log(toDecimal(value).toString(), toDecimal(base).toString()));
  return toDouble(applyReal(naturalLogarithm, value)) / toDouble(applyReal(naturalLogarithm, base));
}

const places = (name: string, apply: (value: Numeric, digits: number) => Numeric): [string, Operator] =>
  nary(name, 1, 2, ([value, digits = int32(0)]) => {
    if (isNullish(value) || isNullish(digits)) return null;
    if (!isNumeric(value)) throw new MongoError(51081, `${name} only supports numeric types, not ${typeName(value)}`);
    const count = exactInteger(digits);
    if (count === undefined) throw new MongoError(51082, `precision argument to ${name} must be an integral value`);
    if (count < -20n || count > 100n)
      throw new MongoError(51083, `cannot apply ${name} with precision value ${count}: it must be in [-20, 100]`);
    return apply(value, Number(count));
  });

/** Arithmetic: int32, int64, double and decimal results as in MongoDB. */
export const arithmeticOperators: OperatorGroup = new Map<string, Operator>([
  nary('$add', 0, Infinity, sum),
  binary('$subtract', difference),
  nary('$multiply', 0, Infinity, product),
  binary('$divide', quotient),
  binary('$mod', modulo),
  unary('$abs', absolute),
  rounding('$ceil', 'ceil'),
  rounding('$floor', 'floor'),
  places('$round', roundTo),
  places('$trunc', truncateTo),
  binary('$pow', power),
  binary('$log', logarithm),
  real('$exp', { double: Math.exp, decimal: (value) => value.exp() }),
  real('$ln', naturalLogarithm, positive('$ln', 28766)),
  real('$log10', { double: Math.log10, decimal: (value) => value.log(10) }, positive('$log10', 28761)),
  real('$sqrt', { double: Math.sqrt, decimal: (value) => value.sqrt() }, notNegative('$sqrt', 28714)),
]);
