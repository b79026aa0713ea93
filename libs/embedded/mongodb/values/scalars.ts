import { Decimal128 } from 'bson';

/** The byte that announces each BSON type on the wire. */
export const BsonType = {
  double: 0x01,
  string: 0x02,
  object: 0x03,
  array: 0x04,
  binData: 0x05,
  undefined: 0x06,
  objectId: 0x07,
  bool: 0x08,
  date: 0x09,
  null: 0x0a,
  regex: 0x0b,
  dbPointer: 0x0c,
  javascript: 0x0d,
  symbol: 0x0e,
  javascriptWithScope: 0x0f,
  int: 0x10,
  timestamp: 0x11,
  long: 0x12,
  decimal: 0x13,
  minKey: 0xff,
  maxKey: 0x7f,
} as const;

export type BsonType = (typeof BsonType)[keyof typeof BsonType];

export { Decimal128 };

/** A 32-bit integer; boxed, because a bare `number` is a BSON double and the two must stay apart. */
export class Int32 {
  readonly value: number;

  /** `value` must be an integer of 32 bits. */
  constructor(value: number) {
    this.value = value;
  }

  get bsonType(): typeof BsonType.int {
    return BsonType.int;
  }
}

const smallInts = Array.from({ length: 1280 }, (_, index) => new Int32(index - 256));

/** An Int32, shared for the small ones that make up most of real documents. */
export const int32 = (value: number): Int32 =>
  value >= -256 && value < 1024 ? (smallInts[value + 256] ?? new Int32(value)) : new Int32(value);

/** An instant in milliseconds since 1970; a JavaScript Date cannot hold all 64 bits. */
export class DateTime {
  readonly ms: bigint;

  constructor(ms: bigint) {
    this.ms = ms;
  }

  get bsonType(): typeof BsonType.date {
    return BsonType.date;
  }
}

/** Twelve bytes. */
export class ObjectId {
  readonly bytes: Uint8Array;

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
  }

  get bsonType(): typeof BsonType.objectId {
    return BsonType.objectId;
  }

  toHex(): string {
    return Buffer.from(this.bytes.buffer, this.bytes.byteOffset, 12).toString('hex');
  }
}

/** Bytes with a subtype; for the old subtype 2 the inner length is part of `bytes`. */
export class Binary {
  readonly subtype: number;
  readonly bytes: Uint8Array;

  constructor(subtype: number, bytes: Uint8Array) {
    this.subtype = subtype;
    this.bytes = bytes;
  }

  get bsonType(): typeof BsonType.binData {
    return BsonType.binData;
  }
}

/** Seconds `t` and ordinal `i`, both unsigned 32-bit. */
export class Timestamp {
  readonly t: number;
  readonly i: number;

  constructor(t: number, i: number) {
    this.t = t;
    this.i = i;
  }

  get bsonType(): typeof BsonType.timestamp {
    return BsonType.timestamp;
  }
}

export class Regex {
  readonly pattern: string;
  readonly flags: string;

  constructor(pattern: string, flags: string) {
    this.pattern = pattern;
    this.flags = flags;
  }

  get bsonType(): typeof BsonType.regex {
    return BsonType.regex;
  }
}

/** The deprecated reference type: a namespace and twelve bytes. */
export class DBPointer {
  readonly namespace: string;
  readonly id: Uint8Array;

  constructor(namespace: string, id: Uint8Array) {
    this.namespace = namespace;
    this.id = id;
  }

  get bsonType(): typeof BsonType.dbPointer {
    return BsonType.dbPointer;
  }
}

export class Code {
  readonly code: string;

  constructor(code: string) {
    this.code = code;
  }

  get bsonType(): typeof BsonType.javascript {
    return BsonType.javascript;
  }
}

/** The deprecated symbol type: a string by another name. */
export class BsonSymbol {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }

  get bsonType(): typeof BsonType.symbol {
    return BsonType.symbol;
  }
}

export class MinKey {
  get bsonType(): typeof BsonType.minKey {
    return BsonType.minKey;
  }
}

export class MaxKey {
  get bsonType(): typeof BsonType.maxKey {
    return BsonType.maxKey;
  }
}

/** BSON's deprecated undefined, a stored value; a missing field is JavaScript's `undefined`. */
export class BsonUndefined {
  get bsonType(): typeof BsonType.undefined {
    return BsonType.undefined;
  }
}

export const minKey = new MinKey();
export const maxKey = new MaxKey();
export const bsonUndefined = new BsonUndefined();
