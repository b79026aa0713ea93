import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { BSON } from 'mongodb';

import {
  Binary,
  BsonSymbol,
  bsonUndefined,
  Code,
  CodeWithScope,
  compare,
  DateTime,
  DBPointer,
  Decimal128,
  decodeDocument,
  Document,
  encodeDocument,
  equal,
  Int32,
  keyString,
  maxKey,
  minKey,
  MongoError,
  ObjectId,
  Regex,
  stringPrefixKey,
  Timestamp,
} from './index.js';
import type { Direction, Value } from './index.js';

const bytes = (size: number) => fc.uint8Array({ minLength: size, maxLength: size });
const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 6 }),
  fc.constantFrom('', 'a', 'a\0', 'a\0b', 'b', '￿', '😀'),
);
const name = fc.oneof(
  fc.constantFrom('a', 'b', '0', '10', '__proto__', 'constructor', ''),
  fc.string({ unit: 'grapheme', maxLength: 4 }).filter((made) => !made.includes('\0')),
);
const decimal = fc
  .tuple(
    fc.bigInt(-(10n ** 34n) + 1n, 10n ** 34n - 1n),
    fc.oneof(fc.integer({ min: -6176, max: 6111 }), fc.integer({ min: -40, max: 5 })),
  )
  .map(([coefficient, exponent]) => Decimal128.fromString(`${coefficient}E${exponent}`));
const number = fc.oneof(
  fc.double(),
  fc.integer({ min: -3, max: 3 }),
  fc.integer().map((value) => new Int32(value)),
  fc.bigInt(-(2n ** 63n), 2n ** 63n - 1n),
  fc.bigInt(2n ** 53n - 3n, 2n ** 53n + 3n),
  decimal,
  fc
    .constantFrom('0', '-0', '1', '1.0', '0.1', 'NaN', 'Infinity', '-Infinity', '9007199254740993')
    .map((made) => Decimal128.fromString(made)),
  fc.constantFrom(
    0.1,
    NaN,
    Infinity,
    -Infinity,
    9007199254740992,
    Number.MAX_VALUE,
    -Number.MAX_VALUE,
    Number.MIN_VALUE,
  ),
);
const { value } = fc.letrec<{ value: Value; document: Document }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    number,
    text,
    fc.boolean(),
    fc.constant(null),
    bytes(12).map((made) => new ObjectId(made)),
    fc.bigInt(-(2n ** 63n), 2n ** 63n - 1n).map((ms) => new DateTime(ms)),
    fc.tuple(fc.nat(255), fc.uint8Array({ maxLength: 4 })).map(([subtype, made]) => new Binary(subtype, made)),
    fc.tuple(fc.nat(0xffffffff), fc.nat(0xffffffff)).map(([t, i]) => new Timestamp(t, i)),
    fc.tuple(name, fc.constantFrom('', 'i', 'im')).map(([pattern, flags]) => new Regex(pattern, flags)),
    fc.tuple(text, bytes(12)).map(([namespace, id]) => new DBPointer(namespace, id)),
    text.map((made) => new Code(made)),
    text.map((made) => new BsonSymbol(made)),
    fc.tuple(text, tie('document')).map(([code, scope]) => new CodeWithScope(code, scope)),
    fc.constantFrom<Value>(minKey, maxKey, bsonUndefined),
    tie('document'),
    fc.array(tie('value'), { maxLength: 3 }),
  ),
  document: fc.array(fc.tuple(name, tie('value')), { maxLength: 3 }).map((fields) => new Document(fields)),
}));

const key = (made: Value, direction: Direction = 1): Buffer => keyString([made], [direction]);

describe('the codec', () => {
  it('writes and reads every type back, byte for byte', () => {
    fc.assert(
      fc.property(value, (made) => {
        const written = encodeDocument(Document.of({ x: made }));
        const read = decodeDocument(written);
        const again = encodeDocument(new Document(read));
        expect(again).toEqual(written);
        expect(encodeDocument(read)).toEqual(written);
        expect(decodeDocument(written).get('x')).toEqual(new Map(read).get('x'));
      }),
      { numRuns: 1000 },
    );
  });

  it('writes what the driver writes, and keeps the order of integer-like names', () => {
    const fields: [string, Value][] = [
      ['10', 1.5],
      ['2', new Int32(7)],
      ['__proto__', 9007199254740993n],
      ['s', 'grüße'],
      ['d', Document.of({ deep: [null, true] })],
    ];
    const theirs = BSON.serialize(
      new Map<string, unknown>([
        ['10', 1.5],
        ['2', 7],
        ['__proto__', BSON.Long.fromString('9007199254740993')],
        ['s', 'grüße'],
        ['d', { deep: [null, true] }],
      ]),
    );
    expect(encodeDocument(new Document(fields))).toEqual(Buffer.from(theirs));
    expect([...decodeDocument(theirs).keys()]).toEqual(['10', '2', '__proto__', 's', 'd']);
  });

  it('refuses mutated bytes with a code, or reads them, but never reads over the end', () => {
    const sample = encodeDocument(
      Document.of({
        a: 'text',
        b: [new Int32(1), Document.of({ c: null })],
        d: new CodeWithScope('x', Document.of({ y: 1 })),
      }),
    );
    fc.assert(
      fc.property(fc.nat(sample.length - 1), fc.nat(255), fc.nat(sample.length), (at, byte, cut) => {
        const mutated = Buffer.from(sample);
        mutated[at] = byte;
        for (const bytesOf of [mutated, mutated.subarray(0, cut)]) {
          try {
            encodeDocument(new Document(decodeDocument(Buffer.from(bytesOf))));
          } catch (error) {
            expect(error).toBeInstanceOf(MongoError);
            expect([2, 15, 22]).toContain((error as MongoError).code);
          }
        }
      }),
      { numRuns: 2000 },
    );
  });

  it('refuses documents that nest too deeply with 15 (fact 9)', () => {
    let nested = Document.of({ leaf: 1 });
    for (let depth = 1; depth < 200; depth += 1) nested = Document.of({ a: nested });
    const deepest = encodeDocument(nested);
    expect(decodeDocument(deepest).bytes).toEqual(deepest);
    expect(() => encodeDocument(Document.of({ a: nested }))).toThrow(
      expect.objectContaining({ code: 15, codeName: 'Overflow' }),
    );
  });

  it('passes a document on as the bytes it came from, duplicate names included', () => {
    const twice = Buffer.from([19, 0, 0, 0, 0x10, 0x61, 0, 1, 0, 0, 0, 0x10, 0x61, 0, 2, 0, 0, 0, 0]);
    const document = decodeDocument(twice);
    expect(document.get('a')).toEqual(new Int32(1));
    expect(encodeDocument(Document.of({ outer: document })).includes(twice)).toBe(true);
  });
});

describe('the order of values (fact 6)', () => {
  it('is a total order', () => {
    fc.assert(
      fc.property(value, value, value, (a, b, c) => {
        expect(compare(a, a)).toBe(0);
        expect(Math.sign(compare(a, b))).toBe(-Math.sign(compare(b, a)) + 0);
        expect(equal(a, b)).toBe(compare(a, b) === 0);
        if (compare(a, b) <= 0 && compare(b, c) <= 0) expect(compare(a, c)).toBeLessThanOrEqual(0);
      }),
      { numRuns: 2000 },
    );
  });

  it('is the order of the key strings, upwards and downwards (fact 16)', () => {
    fc.assert(
      fc.property(value, value, (a, b) => {
        const expected = Math.sign(compare(a, b)) + 0;
        expect(Math.sign(Buffer.compare(key(a), key(b))) + 0).toBe(expected);
        expect(Math.sign(Buffer.compare(key(b, -1), key(a, -1))) + 0).toBe(expected);
      }),
      { numRuns: 3000 },
    );
  });

  it('is the order of the key strings for numbers of all four types', () => {
    fc.assert(
      fc.property(number, number, (a, b) => {
        expect(Math.sign(Buffer.compare(key(a), key(b))) + 0).toBe(Math.sign(compare(a, b)) + 0);
      }),
      { numRuns: 5000 },
    );
  });

  it('holds for compound keys with mixed directions', () => {
    fc.assert(
      fc.property(
        value,
        value,
        value,
        value,
        fc.constantFrom<Direction>(1, -1),
        fc.constantFrom<Direction>(1, -1),
        (a, b, c, d, p, q) => {
          const expected = Math.sign(p * compare(a, c) || q * compare(b, d)) + 0;
          expect(Math.sign(Buffer.compare(keyString([a, b], [p, q]), keyString([c, d], [p, q]))) + 0).toBe(expected);
        },
      ),
      { numRuns: 2000 },
    );
  });

  it('goes through the types in the order of the manual', () => {
    const ascending: Value[] = [
      minKey,
      bsonUndefined,
      null,
      NaN,
      -Infinity,
      -1,
      0,
      9007199254740992,
      9007199254740993n,
      Decimal128.fromString('9007199254740993.5'),
      9007199254740994n,
      Infinity,
      '',
      'a',
      '￿',
      '😀',
      new Document(),
      Document.of({ b: 1 }),
      Document.of({ a: 'x' }),
      [],
      [1],
      [1, 1],
      [Document.of({ a: 1 })],
      new Binary(0, new Uint8Array([9])),
      new Binary(0, new Uint8Array([1, 1])),
      new Binary(5, new Uint8Array([0, 0])),
      new ObjectId(new Uint8Array(12)),
      false,
      true,
      new DateTime(-1n),
      new DateTime(0n),
      new Timestamp(0, 1),
      new Timestamp(1, 0),
      new Regex('a', ''),
      new Regex('a', 'i'),
      new DBPointer('a', new Uint8Array(12)),
      new Code(''),
      new CodeWithScope('', new Document()),
      maxKey,
    ];
    const shuffled = [...ascending].reverse();
    expect(shuffled.sort((a, b) => compare(a, b))).toEqual(ascending);
    expect(compare(-0, 0)).toBe(0);
    expect(compare(NaN, Decimal128.fromString('NaN'))).toBe(0);
    expect(compare(undefined, bsonUndefined)).toBe(0);
    expect(compare(0.1, Decimal128.fromString('0.1'))).toBeGreaterThan(0);
  });

  it('keeps all strings with a beginning together', () => {
    fc.assert(
      fc.property(text, text, (prefix, other) => {
        const start = stringPrefixKey(prefix);
        expect(key(other).subarray(0, start.length).equals(start)).toBe(
          Buffer.from(other).subarray(0, Buffer.byteLength(prefix)).equals(Buffer.from(prefix)),
        );
      }),
      { numRuns: 2000 },
    );
  });
});
