import { timeZone, units, utc } from '../../dates/index.js';
import type { TimeZone, Unit } from '../../dates/index.js';
import { DateTime, exactInteger, isNullish, MongoError, ObjectId, Timestamp, typeName } from '../../values/index.js';
import type { Value } from '../../values/index.js';

/** The instant of a date, a timestamp or an ObjectId in milliseconds. Throws 16006 for other values, 15 beyond Date's range. */
export function instant(value: Value): number {
  if (value instanceof DateTime) {
    const ms = Number(value.ms);
    if (Math.abs(ms) > 8.64e15) throw new MongoError(15, `date ${value.ms} is out of range`);
    return ms;
  }
  if (value instanceof Timestamp) return value.t * 1000;
  if (value instanceof ObjectId) return Buffer.from(value.bytes).readUInt32BE(0) * 1000;
  throw new MongoError(16006, `can't convert from BSON type ${typeName(value)} to Date`);
}

/** A zone by name; missing means UTC, null gives undefined (the result is null). Throws 40517 unless it is a string. */
export function zoneOf(value: Value | undefined): TimeZone | undefined {
  if (value === undefined) return utc;
  if (isNullish(value)) return undefined;
  if (typeof value !== 'string')
    throw new MongoError(40517, `timezone must evaluate to a string, found ${typeName(value)}`);
  return timeZone(value);
}

/** Throws 5439013 unless it is a string, 9 for one that is no unit. */
export function unitOf(operator: string, value: Value): Unit {
  if (typeof value !== 'string')
    throw new MongoError(5439013, `${operator} requires 'unit' to be a string, but got ${typeName(value)}`);
  const unit = units.find((each) => each === value);
  if (unit === undefined) throw new MongoError(9, `unknown time unit value: ${value}`);
  return unit;
}

/** A whole number. Throws with the code given. */
export function wholeNumber(value: Value, code: number, what: string): number {
  const integer = exactInteger(value);
  if (integer === undefined) throw new MongoError(code, `${what} must be a whole number, but is ${typeName(value)}`);
  return Number(integer);
}

/** A date from milliseconds. Throws 15 for what no date holds. */
export function dateOf(ms: number): DateTime {
  if (!Number.isFinite(ms)) throw new MongoError(15, 'date overflow');
  return new DateTime(BigInt(Math.trunc(ms)));
}
