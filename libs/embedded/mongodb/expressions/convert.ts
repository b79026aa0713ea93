import { decimalFromParts, toDecimal } from '../arithmetic/index.js';
import { parseIsoDate } from '../dates/index.js';
import {
  BsonSymbol,
  BsonType,
  DateTime,
  Decimal128,
  fitsInt32,
  fitsInt64,
  Int32,
  int32,
  isNumeric,
  isTruthy,
  MongoError,
  ObjectId,
  Timestamp,
  toDouble,
  truncatedInt64,
  typeName,
} from '../values/index.js';
import type { Numeric, Value } from '../values/index.js';

const failure = (message: string): MongoError => new MongoError(241, `Failed to convert in $convert: ${message}`);

const unsupported = (value: Value, to: string): MongoError =>
  failure(`Unsupported conversion from ${typeName(value)} to ${to} with no onError value`);

/** Milliseconds since 1970 as ISO 8601 in UTC. */
export function isoText({ ms }: DateTime): string {
  const date = new Date(Number(ms));
  if (Number.isNaN(date.getTime())) throw failure(`date ${ms} is out of range`);
  return date.toISOString();
}

/** A double, int, long, decimal, date or timestamp as text. */
export function textOf(value: Numeric | DateTime | Timestamp): string {
  if (value instanceof Int32) return String(value.value);
  if (value instanceof DateTime) return isoText(value);
  if (value instanceof Timestamp) return isoText(new DateTime(BigInt(value.t) * 1000n));
  return typeof value === 'number' && Object.is(value, -0) ? '-0' : value.toString();
}

function toText(value: Value): Value {
  if (typeof value === 'string') return value;
  if (typeof value === 'boolean') return String(value);
  if (isNumeric(value) || value instanceof DateTime || value instanceof Timestamp) return textOf(value);
  if (value instanceof ObjectId) return value.toHex();
  if (value instanceof BsonSymbol) return value.text;
  throw unsupported(value, 'string');
}

function parsedDouble(text: string): number {
  if (/^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/.test(text)) return Number(text);
  const special = /^([+-]?)(inf|infinity|nan)$/i.exec(text);
  if (special === null) throw failure(`Failed to parse number '${text}'`);
  if (special[2]?.toLowerCase() === 'nan') return NaN;
  return special[1] === '-' ? -Infinity : Infinity;
}

function convertToDouble(value: Value): Value {
  if (typeof value === 'boolean') return value ? 1 : 0;
  if (value instanceof DateTime) return Number(value.ms);
  if (typeof value === 'string') return parsedDouble(value);
  if (!isNumeric(value)) throw unsupported(value, 'double');
  const double = toDouble(value);
  if (value instanceof Decimal128 && !Number.isFinite(double) && !/inf|nan/i.test(value.toString()))
    throw failure(`Conversion would overflow target type: ${value.toString()}`);
  return double;
}

function integerFrom(value: Value, to: 'int' | 'long'): bigint {
  if (typeof value === 'boolean') return value ? 1n : 0n;
  if (value instanceof DateTime && to === 'long') return value.ms;
  if (typeof value === 'string') {
    if (!/^[+-]?\d+$/.test(value)) throw failure(`Failed to parse number '${value}'`);
    return BigInt(value.replace(/^\+/, ''));
  }
  if (!isNumeric(value)) throw unsupported(value, to);
  const integer = truncatedInt64(value);
  if (integer === undefined) throw failure(`Conversion would overflow target type: ${textOf(value)}`);
  return integer;
}

function convertToInt(value: Value): Value {
  const integer = integerFrom(value, 'int');
  if (!fitsInt32(integer)) throw failure(`Conversion would overflow target type: ${integer}`);
  return int32(Number(integer));
}

function convertToLong(value: Value): Value {
  const integer = integerFrom(value, 'long');
  if (!fitsInt64(integer)) throw failure(`Conversion would overflow target type: ${integer}`);
  return integer;
}

function convertToDecimal(value: Value): Value {
  if (typeof value === 'boolean') return toDecimal(int32(value ? 1 : 0));
  if (value instanceof DateTime)
    return decimalFromParts({
      negative: value.ms < 0n,
      coefficient: value.ms < 0n ? -value.ms : value.ms,
      exponent: 0,
    });
  if (typeof value === 'string') {
    try {
      return Decimal128.fromString(value);
    } catch {
      throw failure(`Failed to parse number '${value}'`);
    }
  }
  if (!isNumeric(value)) throw unsupported(value, 'decimal');
  return toDecimal(value);
}

function convertToDate(value: Value): Value {
  if (value instanceof DateTime) return value;
  if (value instanceof ObjectId) return new DateTime(BigInt(Buffer.from(value.bytes).readUInt32BE(0)) * 1000n);
  if (value instanceof Timestamp) return new DateTime(BigInt(value.t) * 1000n);
  if (typeof value === 'string') {
    const ms = parseIsoDate(value, undefined);
    if (ms === undefined) throw failure(`Error parsing date string '${value}'`);
    return new DateTime(BigInt(ms));
  }
  if (!isNumeric(value) || value instanceof Int32) throw unsupported(value, 'date');
  const ms = truncatedInt64(value);
  if (ms === undefined) throw failure(`Conversion would overflow target type: ${textOf(value)}`);
  return new DateTime(ms);
}

function convertToObjectId(value: Value): Value {
  if (value instanceof ObjectId) return value;
  if (typeof value !== 'string') throw unsupported(value, 'objectId');
  if (!/^[0-9a-fA-F]{24}$/.test(value))
    throw failure(`Failed to parse objectId '${value}': invalid length or characters`);
  return new ObjectId(Buffer.from(value, 'hex'));
}

const conversions: ReadonlyMap<BsonType, (value: Value) => Value> = new Map<BsonType, (value: Value) => Value>([
  [BsonType.double, convertToDouble],
  [BsonType.string, toText],
  [BsonType.objectId, convertToObjectId],
  [BsonType.bool, (value) => isTruthy(value)],
  [BsonType.date, convertToDate],
  [BsonType.int, convertToInt],
  [BsonType.long, convertToLong],
  [BsonType.decimal, convertToDecimal],
]);

/** A value as another type. Throws 241 where it cannot be. */
export function convert(value: Value, to: BsonType): Value {
  const conversion = conversions.get(to);
  if (conversion === undefined) throw new MongoError(241, `Unsupported conversion from ${typeName(value)} in $convert`);
  return conversion(value);
}
