import { CodeWithScope, Document } from './document.js';
import type { Value } from './document.js';
import { compareNumbers, isNumeric } from './numbers.js';
import {
  Binary,
  BsonSymbol,
  BsonUndefined,
  Code,
  DateTime,
  DBPointer,
  Decimal128,
  Int32,
  MinKey,
  ObjectId,
  Regex,
  Timestamp,
} from './scalars.js';

/** Where the types stand in the order of all values; the gaps are for bounds between two types. */
export const Rank = {
  minKey: 0x10,
  undefined: 0x18,
  null: 0x20,
  number: 0x28,
  string: 0x30,
  object: 0x38,
  array: 0x40,
  binData: 0x48,
  objectId: 0x50,
  bool: 0x58,
  date: 0x60,
  timestamp: 0x68,
  regex: 0x70,
  dbPointer: 0x78,
  code: 0x80,
  codeWithScope: 0x88,
  maxKey: 0x90,
} as const;

/** The bracket of a value: values of one rank are compared with each other, others by rank alone. */
export function rankOf(value: Value | undefined): number {
  switch (typeof value) {
    case 'string':
      return Rank.string;
    case 'number':
    case 'bigint':
      return Rank.number;
    case 'boolean':
      return Rank.bool;
    case 'undefined':
      return Rank.undefined;
    default:
      return value === null ? Rank.null : rankOfObject(value);
  }
}

function rankOfObject(value: object): number {
  if (value instanceof Int32 || value instanceof Decimal128) return Rank.number;
  if (value instanceof Document) return Rank.object;
  if (Array.isArray(value)) return Rank.array;
  if (value instanceof ObjectId) return Rank.objectId;
  if (value instanceof DateTime) return Rank.date;
  if (value instanceof BsonSymbol) return Rank.string;
  if (value instanceof Binary) return Rank.binData;
  if (value instanceof Timestamp) return Rank.timestamp;
  if (value instanceof Regex) return Rank.regex;
  if (value instanceof DBPointer) return Rank.dbPointer;
  if (value instanceof Code) return Rank.code;
  if (value instanceof CodeWithScope) return Rank.codeWithScope;
  if (value instanceof BsonUndefined) return Rank.undefined;
  return value instanceof MinKey ? Rank.minKey : Rank.maxKey;
}

/** How strings are ordered; a collation brings its own. */
export type CompareStrings = (a: string, b: string) => number;

/** MongoDB's order of all values: negative, 0 or positive. A missing value equals undefined and is below null. */
export function compare(a: Value | undefined, b: Value | undefined, strings: CompareStrings = compareUtf8): number {
  if (typeof a === 'string' && typeof b === 'string') return strings(a, b);
  const rank = rankOf(a);
  const difference = rank - rankOf(b);
  if (difference !== 0) return difference;
  return compareSameRank(a, b, strings);
}

function compareSameRank(a: Value | undefined, b: Value | undefined, strings: CompareStrings): number {
  if (isNumeric(a) && isNumeric(b)) return compareNumbers(a, b);
  if (a instanceof Document && b instanceof Document) return compareDocuments(a, b, strings);
  if (Array.isArray(a) && Array.isArray(b)) return compareArrays(a, b, strings);
  if (a instanceof ObjectId && b instanceof ObjectId) return Buffer.compare(a.bytes, b.bytes);
  if (a instanceof DateTime && b instanceof DateTime) return a.ms < b.ms ? -1 : a.ms > b.ms ? 1 : 0;
  if (typeof a === 'boolean' && typeof b === 'boolean') return Number(a) - Number(b);
  if (a instanceof Binary && b instanceof Binary)
    return a.bytes.length - b.bytes.length || a.subtype - b.subtype || Buffer.compare(a.bytes, b.bytes);
  if (a instanceof Timestamp && b instanceof Timestamp) return a.t - b.t || a.i - b.i;
  if (a instanceof Regex && b instanceof Regex)
    return compareUtf8(a.pattern, b.pattern) || compareUtf8(a.flags, b.flags);
  if (a instanceof DBPointer && b instanceof DBPointer)
    return compareUtf8(a.namespace, b.namespace) || Buffer.compare(a.id, b.id);
  if (a instanceof Code && b instanceof Code) return compareUtf8(a.code, b.code);
  if (a instanceof CodeWithScope && b instanceof CodeWithScope)
    return compareUtf8(a.code, b.code) || compareDocuments(a.scope, b.scope, strings);
  if (isText(a) && isText(b)) return strings(textOf(a), textOf(b));
  return 0;
}

const isText = (value: Value | undefined): value is string | BsonSymbol =>
  typeof value === 'string' || value instanceof BsonSymbol;

const textOf = (value: string | BsonSymbol): string => (typeof value === 'string' ? value : value.text);

/** Field by field: the type first, then the name, then the value; a document that ends first is less. */
function compareDocuments(a: Document, b: Document, strings: CompareStrings): number {
  const right = b[Symbol.iterator]();
  for (const [name, value] of a) {
    const next = right.next();
    if (next.done === true) return 1;
    const [otherName, other] = next.value;
    const difference =
      rankOf(value) - rankOf(other) || compareUtf8(name, otherName) || compareSameRank(value, other, strings);
    if (difference !== 0) return difference;
  }
  return right.next().done === true ? 0 : -1;
}

function compareArrays(a: readonly Value[], b: readonly Value[], strings: CompareStrings): number {
  const shared = Math.min(a.length, b.length);
  for (let index = 0; index < shared; index += 1) {
    const difference = compare(a[index], b[index], strings);
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}

/** The order of the strings' UTF-8 bytes, which is not the order of UTF-16 units where surrogates take part. */
export function compareUtf8(a: string, b: string): number {
  if (a === b) return 0;
  const shared = Math.min(a.length, b.length);
  for (let index = 0; index < shared; index += 1) {
    const left = a.charCodeAt(index);
    const right = b.charCodeAt(index);
    if (left !== right) return left < 0xd800 || right < 0xd800 ? left - right : byCodePoint(left) - byCodePoint(right);
  }
  return a.length - b.length;
}

/** Moves surrogates, the first units of all code points above U+FFFF, behind the other units. */
const byCodePoint = (unit: number): number => (unit >= 0xe000 ? unit - 0x800 : unit + 0x2000);
