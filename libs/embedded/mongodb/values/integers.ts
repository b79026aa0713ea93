import type { Value } from './document.js';
import { decimalParts, isNumeric } from './numbers.js';
import type { Numeric } from './numbers.js';
import type { Decimal128 } from './scalars.js';
import { Int32 } from './scalars.js';

/** The integer a number of any type is, exactly; undefined if it has a fraction or is not finite. */
export function exactInteger(value: Value | undefined): bigint | undefined {
  if (!isNumeric(value)) return undefined;
  if (typeof value === 'bigint') return value;
  if (value instanceof Int32) return BigInt(value.value);
  if (typeof value === 'number') return Number.isInteger(value) ? BigInt(value) : undefined;
  const truncated = truncatedDecimal(value);
  return truncated?.exact === true ? truncated.integer : undefined;
}

/** A number cut towards zero; undefined for NaN, the infinities, and what an int64 cannot hold. */
export function truncatedInt64(value: Numeric): bigint | undefined {
  const integer = truncated(value);
  return integer !== undefined && fitsInt64(integer) ? integer : undefined;
}

export const fitsInt64 = (value: bigint): boolean => BigInt.asIntN(64, value) === value;

export const fitsInt32 = (value: bigint): boolean => BigInt.asIntN(32, value) === value;

function truncated(value: Numeric): bigint | undefined {
  if (typeof value === 'bigint') return value;
  if (value instanceof Int32) return BigInt(value.value);
  if (typeof value === 'number') return Number.isFinite(value) ? BigInt(Math.trunc(value)) : undefined;
  return truncatedDecimal(value)?.integer;
}

function truncatedDecimal(value: Decimal128): { integer: bigint; exact: boolean } | undefined {
  const parts = decimalParts(value);
  if (typeof parts === 'number') return undefined;
  const scale = 10n ** BigInt(Math.abs(parts.exponent));
  const magnitude = parts.exponent >= 0 ? parts.coefficient * scale : parts.coefficient / scale;
  const exact = parts.exponent >= 0 || magnitude * scale === parts.coefficient;
  return { integer: parts.negative ? -magnitude : magnitude, exact };
}
