import { Decimal } from 'decimal.js';

import { applyReal, Precise, rounded, toDecimal } from '../../arithmetic/index.js';
import { Decimal128, isNumeric, MongoError, toDouble, typeName, isNullish } from '../../values/index.js';
import type { Numeric, Value } from '../../values/index.js';
import type { Operator, OperatorGroup } from '../node.js';
import { binary, unary } from './arguments.js';

/** A function of one number on doubles and decimals; `domain` is where it is defined. */
function real(
  name: string,
  double: (value: number) => number,
  decimal: (value: Decimal) => Decimal,
  domain: (value: number) => boolean = () => true,
): [string, Operator] {
  return unary(name, (value) => {
    if (isNullish(value)) return null;
    const number = numeric(name, value);
    const approximate = toDouble(number);
    if (!Number.isNaN(approximate) && !domain(approximate))
      throw new MongoError(50989, `cannot apply ${name} to ${approximate}, value is out of its domain`);
    return applyReal({ double, decimal }, number);
  });
}

function numeric(name: string, value: Value): Numeric {
  if (!isNumeric(value)) throw new MongoError(28765, `${name} only supports numeric types, not ${typeName(value)}`);
  return value;
}

const pi = new Decimal('3.14159265358979323846264338327950288419716939937511');

const isFinite = Number.isFinite;
const inUnit = (value: number): boolean => value >= -1 && value <= 1;

/** Angles are in radians. */
export const trigonometryOperators: OperatorGroup = new Map<string, Operator>([
  real('$sin', Math.sin, (value) => value.sin(), isFinite),
  real('$cos', Math.cos, (value) => value.cos(), isFinite),
  real('$tan', Math.tan, (value) => value.tan(), isFinite),
  real('$asin', Math.asin, (value) => value.asin(), inUnit),
  real('$acos', Math.acos, (value) => value.acos(), inUnit),
  real('$atan', Math.atan, (value) => value.atan()),
  real('$sinh', Math.sinh, (value) => value.sinh()),
  real('$cosh', Math.cosh, (value) => value.cosh()),
  real('$tanh', Math.tanh, (value) => value.tanh()),
  real('$asinh', Math.asinh, (value) => value.asinh()),
  real(
    '$acosh',
    Math.acosh,
    (value) => value.acosh(),
    (value) => value >= 1,
  ),
  real('$atanh', Math.atanh, (value) => value.atanh(), inUnit),
  real(
    '$degreesToRadians',
    (value) => (value * Math.PI) / 180,
    (value) => value.times(pi).div(180),
  ),
  real(
    '$radiansToDegrees',
    (value) => (value * 180) / Math.PI,
    (value) => value.times(180).div(pi),
  ),
  binary('$atan2', (y, x) => {
    if (isNullish(y) || isNullish(x)) return null;
    const [top, side] = [numeric('$atan2', y), numeric('$atan2', x)];
    if (!(top instanceof Decimal128) && !(side instanceof Decimal128)) return Math.atan2(toDouble(top), toDouble(side));
    return rounded(Precise.atan2(toDecimal(top).toString(), toDecimal(side).toString()));
  }),
]);
