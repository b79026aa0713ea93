import { decimalFromParts } from '../../arithmetic/index.js';
import { Decimal128, decimalParts, fitsInt64, Int32, int32, MongoError } from '../../values/index.js';
import type { Numeric } from '../../values/index.js';

type RoundInteger = (value: bigint, unit: bigint) => bigint;

/** To the nearest multiple of a unit, a half to the even one. */
const halfEven: RoundInteger = (value, unit) => {
  const rest = ((value % unit) + unit) % unit;
  const floor = value - rest;
  if (rest * 2n < unit) return floor;
  if (rest * 2n > unit) return floor + unit;
  return (floor / unit) % 2n === 0n ? floor : floor + unit;
};

const towardsZero: RoundInteger = (value, unit) => value - (value % unit);

/** Rounds to decimal places (negative ones: to tens, hundreds …), a half to the even neighbour; the type stays. */
export const roundTo = (value: Numeric, places: number): Numeric => toPlaces(value, places, halfEven);

/** Cuts off after decimal places; the type stays. */
export const truncateTo = (value: Numeric, places: number): Numeric => toPlaces(value, places, towardsZero);

function toPlaces(value: Numeric, places: number, round: RoundInteger): Numeric {
  if (value instanceof Decimal128) return decimalToPlaces(value, places, round);
  if (typeof value === 'number') return doubleToPlaces(value, places, round);
  if (places >= 0) return value;
  const exact = round(value instanceof Int32 ? BigInt(value.value) : value, 10n ** BigInt(-places));
  if (!fitsInt64(exact)) throw new MongoError(51080, `invalid conversion from Decimal128 result in $round`);
  return value instanceof Int32 && BigInt.asIntN(32, exact) === exact ? int32(Number(exact)) : exact;
}

function decimalToPlaces(value: Decimal128, places: number, round: RoundInteger): Decimal128 {
  const parts = decimalParts(value);
  if (typeof parts === 'number' || parts.exponent >= -places) return value;
  const unit = 10n ** BigInt(-places - parts.exponent);
  return decimalFromParts({
    negative: parts.negative,
    coefficient: round(parts.coefficient, unit) / unit,
    exponent: -places,
  });
}

/** By the shortest decimal text of the double, as people mean it: 1.005 is taken as that and not as the bits under it. */
function doubleToPlaces(value: number, places: number, round: RoundInteger): number {
  if (!Number.isFinite(value) || value === 0) return value;
  const [digits = '', power = '0'] = Math.abs(value).toExponential().split('e');
  const fraction = digits.split('.')[1] ?? '';
  const exponent = Number(power) - fraction.length;
  if (exponent >= -places) return value;
  const unit = 10n ** BigInt(-places - exponent);
  const rounded = Number(`${round(BigInt(digits.replace('.', '')), unit)}e${exponent}`);
  return value < 0 ? -rounded : rounded;
}
