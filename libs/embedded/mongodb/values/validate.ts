import { MongoError } from './errors.js';
import { BsonType } from './scalars.js';
import { nulAt } from './strings.js';

/** How deep a stored document may nest. */
export const maxStoredDepth = 180;

const fixedSizes: ReadonlyMap<number, number> = new Map([
  [BsonType.double, 8],
  [BsonType.undefined, 0],
  [BsonType.objectId, 12],
  [BsonType.date, 8],
  [BsonType.null, 0],
  [BsonType.int, 4],
  [BsonType.timestamp, 8],
  [BsonType.long, 8],
  [BsonType.decimal, 16],
  [BsonType.minKey, 0],
  [BsonType.maxKey, 0],
]);

/**
 * Walks the document at `start` of foreign bytes once, so that everything after may read without checks. Answers its
 * length. Throws 22 (InvalidBSON) where lengths, types or terminators do not fit, 15 (Overflow) when it nests deeper
 * than `maxDepth` levels.
 */
export function validateBson(source: Buffer, start = 0, limit = source.length, maxDepth = 200): number {
  return nested(source, start, limit, maxDepth);
}

function nested(source: Buffer, start: number, limit: number, depthLeft: number): number {
  if (depthLeft === 0) throw new MongoError(15, 'the document nests too deeply');
  const end = start + lengthAt(source, start, limit, 5);
  if (source[end - 1] !== 0) throw invalid('a document does not end in a zero byte', end - 1);
  let offset = start + 4;
  while (offset < end - 1) {
    const type = source[offset] ?? 0;
    const valueStart = afterNul(source, offset + 1, end - 1);
    offset = valueStart + valueSize(source, type, valueStart, end - 1, depthLeft);
  }
  if (offset !== end - 1) throw invalid('a document has a wrong length', start);
  return end - start;
}

function valueSize(source: Buffer, type: number, offset: number, limit: number, depthLeft: number): number {
  switch (type) {
    case BsonType.string:
    case BsonType.javascript:
    case BsonType.symbol:
      return stringSize(source, offset, limit);
    case BsonType.object:
    case BsonType.array:
      return nested(source, offset, limit, depthLeft - 1);
    case BsonType.bool:
      return boolSize(source, offset, limit);
    case BsonType.binData:
      return binarySize(source, offset, limit);
    case BsonType.regex:
      return afterNul(source, afterNul(source, offset, limit), limit) - offset;
    case BsonType.dbPointer:
      return fits(stringSize(source, offset, limit) + 12, offset, limit);
    case BsonType.javascriptWithScope:
      return codeWithScopeSize(source, offset, limit, depthLeft);
    default: {
      const size = fixedSizes.get(type);
      if (size === undefined) throw invalid(`unknown BSON type ${type}`, offset);
      return fits(size, offset, limit);
    }
  }
}

function stringSize(source: Buffer, offset: number, limit: number): number {
  fits(4, offset, limit);
  const length = source.readInt32LE(offset);
  if (length < 1) throw invalid('a string has a wrong length', offset);
  fits(4 + length, offset, limit);
  if (source[offset + 3 + length] !== 0) throw invalid('a string does not end in a zero byte', offset);
  return 4 + length;
}

function boolSize(source: Buffer, offset: number, limit: number): number {
  fits(1, offset, limit);
  if ((source[offset] ?? 0) > 1) throw invalid('a boolean is neither 0 nor 1', offset);
  return 1;
}

function binarySize(source: Buffer, offset: number, limit: number): number {
  fits(5, offset, limit);
  const length = source.readInt32LE(offset);
  if (length < 0) throw invalid('binary data has a wrong length', offset);
  return fits(5 + length, offset, limit);
}

function codeWithScopeSize(source: Buffer, offset: number, limit: number, depthLeft: number): number {
  const size = lengthAt(source, offset, limit, 14);
  const end = offset + size;
  const scope = offset + 4 + stringSize(source, offset + 4, end);
  if (scope + nested(source, scope, end, depthLeft - 1) !== end)
    throw invalid('code with scope has a wrong length', offset);
  return size;
}

function lengthAt(source: Buffer, offset: number, limit: number, least: number): number {
  fits(4, offset, limit);
  const length = source.readInt32LE(offset);
  if (length < least) throw invalid('a length is too small', offset);
  return fits(length, offset, limit);
}

function fits(size: number, offset: number, limit: number): number {
  if (offset + size > limit) throw invalid('a value reaches over the end', offset);
  return size;
}

function afterNul(source: Buffer, offset: number, limit: number): number {
  const end = nulAt(source, offset);
  if (end >= limit) throw invalid('a name does not end', offset);
  return end + 1;
}

const invalid = (problem: string, offset: number): MongoError =>
  new MongoError(22, `invalid BSON: ${problem} (at byte ${offset})`);
