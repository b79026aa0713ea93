import {
  Binary,
  BsonSymbol,
  BsonType,
  bsonUndefined,
  Code,
  DateTime,
  DBPointer,
  Decimal128,
  int32,
  maxKey,
  minKey,
  ObjectId,
  Regex,
  Timestamp,
} from './scalars.js';
import type { BsonUndefined, Int32, MaxKey, MinKey } from './scalars.js';
import { sizeOf } from './element-size.js';
import { isName, nulAt, readCString, readName } from './strings.js';

/**
 * A BSON value in memory. `number` is a double, `bigint` an int64, `Int32` an int32: the four numeric types never mix.
 * A missing field is `undefined`, which is no Value. Values are never changed in place once they are shared.
 */
export type Value =
  | number
  | string
  | boolean
  | bigint
  | null
  | Int32
  | Decimal128
  | DateTime
  | ObjectId
  | Document
  | Value[]
  | Binary
  | Timestamp
  | Regex
  | DBPointer
  | Code
  | CodeWithScope
  | BsonSymbol
  | MinKey
  | MaxKey
  | BsonUndefined;

/** The deprecated code type with variables. */
export class CodeWithScope {
  readonly code: string;
  readonly scope: Document;

  constructor(code: string, scope: Document) {
    this.code = code;
    this.scope = scope;
  }

  get bsonType(): typeof BsonType.javascriptWithScope {
    return BsonType.javascriptWithScope;
  }
}

/** Fields are looked up one by one this often before all of them are decoded. */
const LOOKUPS_IN_BYTES = 4;

/**
 * Fields in order. A plain object would move integer-like names to the front and treat `__proto__` as magic.
 *
 * A document that came from bytes keeps them, and decodes its own level at the first look: what is only passed on is
 * never decoded, and is written as the same bytes. The bytes must have passed `validateBson`.
 */
export class Document {
  private source: Buffer | undefined = undefined;
  private start = 0;
  private decoded: Map<string, Value> | undefined = undefined;
  private lookups = 0;

  constructor(fields?: Iterable<readonly [string, Value]>) {
    if (fields !== undefined) this.decoded = new Map(fields);
  }

  /** A document over validated bytes; `start` is where its length stands. */
  static over(source: Buffer, start = 0): Document {
    const document = new Document();
    document.source = source;
    document.start = start;
    return document;
  }

  /** From a literal, for replies and tests; nested documents must be Documents, and numbers mean doubles. */
  static of(fields: Record<string, Value>): Document {
    return new Document(Object.entries(fields));
  }

  get bsonType(): typeof BsonType.object {
    return BsonType.object;
  }

  /** The bytes this document came from, as long as it was not changed. */
  get bytes(): Buffer | undefined {
    return this.source?.subarray(this.start, this.start + this.source.readInt32LE(this.start));
  }

  get size(): number {
    return this.fields.size;
  }

  get(name: string): Value | undefined {
    if (this.decoded === undefined && this.source !== undefined && ++this.lookups <= LOOKUPS_IN_BYTES) {
      const at = findField(this.source, this.start, name);
      if (at === undefined) return undefined;
      const type = this.source[at] ?? 0;
      // What is made of parts has to be the same object each time: that two paths lead into one array is told by it.
      if (type !== BsonType.object && type !== BsonType.array)
        return readValue(this.source, type, nulAt(this.source, at + 1) + 1);
    }
    return this.fields.get(name);
  }

  has(name: string): boolean {
    return this.fields.has(name);
  }

  set(name: string, value: Value): this {
    this.fields.set(name, value);
    this.source = undefined;
    return this;
  }

  delete(name: string): boolean {
    const deleted = this.fields.delete(name);
    if (deleted) this.source = undefined;
    return deleted;
  }

  keys(): MapIterator<string> {
    return this.fields.keys();
  }

  values(): MapIterator<Value> {
    return this.fields.values();
  }

  [Symbol.iterator](): MapIterator<[string, Value]> {
    return this.fields.entries();
  }

  /** A copy of this level; the values are shared. */
  clone(): Document {
    return new Document(this.fields);
  }

  private get fields(): Map<string, Value> {
    return (this.decoded ??= this.source === undefined ? new Map() : readFields(this.source, this.start));
  }
}

/** The type byte of a value. */
export function typeOf(value: Value): BsonType {
  switch (typeof value) {
    case 'string':
      return BsonType.string;
    case 'number':
      return BsonType.double;
    case 'bigint':
      return BsonType.long;
    case 'boolean':
      return BsonType.bool;
    default:
      if (value === null) return BsonType.null;
      if (Array.isArray(value)) return BsonType.array;
      if (value instanceof Decimal128) return BsonType.decimal;
      return value.bsonType;
  }
}

/** Where the first field of that name of the document at `start` begins; the others are stepped over. */
function findField(source: Buffer, start: number, name: string): number | undefined {
  const end = start + source.readInt32LE(start) - 1;
  let offset = start + 4;
  while (offset < end) {
    const type = source[offset] ?? 0;
    const nameEnd = nulAt(source, offset + 1);
    if (isName(source, offset + 1, nameEnd, name)) return offset;
    offset = nameEnd + 1 + sizeOf(source, type, nameEnd + 1);
  }
  return undefined;
}

/** The fields of the document at `start`; where a name comes twice the first one counts, as in MongoDB's lookups. */
function readFields(source: Buffer, start: number): Map<string, Value> {
  const fields = new Map<string, Value>();
  const end = start + source.readInt32LE(start) - 1;
  let offset = start + 4;
  while (offset < end) {
    const type = source[offset] ?? 0;
    const nameEnd = nulAt(source, offset + 1);
    const name = readName(source, offset + 1, nameEnd);
    if (!fields.has(name)) fields.set(name, readValue(source, type, nameEnd + 1));
    offset = nameEnd + 1 + sizeOf(source, type, nameEnd + 1);
  }
  return fields;
}

function readArray(source: Buffer, start: number): Value[] {
  const elements: Value[] = [];
  const end = start + source.readInt32LE(start) - 1;
  let offset = start + 4;
  while (offset < end) {
    const type = source[offset] ?? 0;
    const valueStart = nulAt(source, offset + 1) + 1;
    elements.push(readValue(source, type, valueStart));
    offset = valueStart + sizeOf(source, type, valueStart);
  }
  return elements;
}

/** The value of type `type` at `offset` of validated bytes. */
export function readValue(source: Buffer, type: number, offset: number): Value {
  switch (type) {
    case BsonType.double:
      return source.readDoubleLE(offset);
    case BsonType.string:
      return readString(source, offset);
    case BsonType.object:
      return Document.over(source, offset);
    case BsonType.array:
      return readArray(source, offset);
    case BsonType.binData: {
      const length = source.readInt32LE(offset);
      return new Binary(source[offset + 4] ?? 0, source.subarray(offset + 5, offset + 5 + length));
    }
    case BsonType.undefined:
      return bsonUndefined;
    case BsonType.objectId:
      return new ObjectId(source.subarray(offset, offset + 12));
    case BsonType.bool:
      return source[offset] !== 0;
    case BsonType.date:
      return new DateTime(source.readBigInt64LE(offset));
    case BsonType.null:
      return null;
    case BsonType.regex: {
      const flags = nulAt(source, offset) + 1;
      return new Regex(readCString(source, offset), readCString(source, flags));
    }
    case BsonType.dbPointer: {
      const id = offset + 4 + source.readInt32LE(offset);
      return new DBPointer(readString(source, offset), source.subarray(id, id + 12));
    }
    case BsonType.javascript:
      return new Code(readString(source, offset));
    case BsonType.symbol:
      return new BsonSymbol(readString(source, offset));
    case BsonType.javascriptWithScope: {
      const scope = offset + 8 + source.readInt32LE(offset + 4);
      return new CodeWithScope(readString(source, offset + 4), Document.over(source, scope));
    }
    case BsonType.int:
      return int32(source.readInt32LE(offset));
    case BsonType.timestamp:
      return new Timestamp(source.readUInt32LE(offset + 4), source.readUInt32LE(offset));
    case BsonType.long:
      return source.readBigInt64LE(offset);
    case BsonType.decimal:
      return new Decimal128(source.subarray(offset, offset + 16));
    case BsonType.maxKey:
      return maxKey;
    default:
      return minKey;
  }
}

const readString = (source: Buffer, offset: number): string =>
  source.toString('utf8', offset + 4, offset + 3 + source.readInt32LE(offset));
