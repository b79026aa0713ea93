import {
  Binary,
  BsonType,
  Document,
  encodeDocument,
  int32,
  isNullish,
  isNumeric,
  MongoError,
  Timestamp,
  typeName,
  typesNamedBy,
} from '../../values/index.js';
import type { Value } from '../../values/index.js';
import { convert } from '../convert.js';
import type { Operator, OperatorGroup } from '../node.js';
import { argument, namedArguments, unary } from './arguments.js';

const shortcut = (name: string, to: BsonType): [string, Operator] =>
  unary(name, (value) => (isNullish(value) ? null : convert(value, to)));

function targetType(value: Value): BsonType {
  if (value === 0) throw new MongoError(9, 'In $convert, 0 is no type to convert to');
  try {
    const [type, other] = typesNamedBy(value);
    if (type !== undefined && other === undefined) return type;
  } catch (error) {
    if (error instanceof MongoError && error.code === 14)
      throw new MongoError(9, `$convert's 'to' argument must be a string or number, but is ${typeName(value)}`);
    throw error;
  }
  throw new MongoError(2, "$convert's 'to' argument must name one type");
}

const convertOperator: Operator = (operand, scope) => {
  const named = namedArguments('$convert', operand, ['input', 'to'], ['onError', 'onNull'], {
    notObject: 9,
    unknown: 9,
    missing: 9,
  });
  const [input, to, onError, onNull] = ['input', 'to', 'onError', 'onNull'].map((name) => argument(named, name, scope));
  return (frame) => {
    const value = input?.(frame);
    const type = to?.(frame);
    if (isNullish(value)) return named.has('onNull') ? onNull?.(frame) : null;
    if (isNullish(type)) return null;
    try {
      return convert(value, targetType(type));
    } catch (error) {
      if (error instanceof MongoError && error.code === 241 && named.has('onError')) return onError?.(frame);
      throw error;
    }
  };
};

function binarySize(value: Value | undefined): Value {
  if (isNullish(value)) return null;
  if (typeof value === 'string') return int32(Buffer.byteLength(value));
  if (value instanceof Binary) return int32(value.bytes.length);
  throw new MongoError(51276, `$binarySize requires a string or BinData argument, found: ${typeName(value)}`);
}

function bsonSize(value: Value | undefined): Value {
  if (isNullish(value)) return null;
  if (!(value instanceof Document))
    throw new MongoError(31393, `$bsonSize requires a document input, found: ${typeName(value)}`);
  return int32(encodeDocument(value).length);
}

const timestampPart = (name: string, code: number, part: (value: Timestamp) => number): [string, Operator] =>
  unary(name, (value) => {
    if (isNullish(value)) return null;
    if (!(value instanceof Timestamp))
      throw new MongoError(code, `Argument to ${name} must be a timestamp, but is ${typeName(value)}`);
    return BigInt(part(value));
  });

/** Types: their names, conversions, sizes. */
export const typeOperators: OperatorGroup = new Map<string, Operator>([
  unary('$type', (value) => typeName(value)),
  unary('$isNumber', (value) => isNumeric(value)),
  ['$convert', convertOperator],
  shortcut('$toDouble', BsonType.double),
  shortcut('$toString', BsonType.string),
  shortcut('$toObjectId', BsonType.objectId),
  shortcut('$toBool', BsonType.bool),
  shortcut('$toDate', BsonType.date),
  shortcut('$toInt', BsonType.int),
  shortcut('$toLong', BsonType.long),
  shortcut('$toDecimal', BsonType.decimal),
  unary('$binarySize', binarySize),
  unary('$bsonSize', bsonSize),
  timestampPart('$tsSecond', 5687301, (value) => value.t),
  timestampPart('$tsIncrement', 5687302, (value) => value.i),
]);
